/** Every verdict on the run: what is promised, what is not and why, and what broke first. */
import { Check, Minus, X } from "lucide-react";
import type { Verdict } from "../../../model/protocol/verdict.ts";
import { count, duration } from "../../store/format.ts";
import { VERDICT_WORDS } from "../../store/verdict.ts";
import { useView } from "../appContext.ts";
import { DialogFrame } from "./DialogFrame.tsx";

/** How a verdict stands, in one word; the mark beside it has the same meaning. */
type Standing = "broken" | "promised" | "happened" | "notPromised";

function standingOf({ holds, promised, count: times }: Verdict): Standing {
  if (!holds) return "broken";
  if (times > 0) return "happened";
  return promised ? "promised" : "notPromised";
}

function standingWords(verdict: Verdict, standing: Standing): string {
  switch (standing) {
    case "broken":
      return `Promised, and broken${times(verdict)}`;
    case "happened":
      return `Not promised when it happened${times(verdict)}`;
    case "promised":
      return "Promised, and kept";
    case "notPromised":
      return `Not promised: ${verdict.withdrawnBy}`;
  }
}

function times({ count: broken }: Verdict): string {
  return broken > 1 ? `, ${count(broken)} times` : "";
}

function Mark({ standing }: { readonly standing: Standing }) {
  if (standing === "promised") return <Check size={16} aria-hidden="true" />;
  if (standing === "notPromised") return <Minus size={16} aria-hidden="true" />;
  return <X size={16} aria-hidden="true" />;
}

function VerdictRow({ verdict }: { readonly verdict: Verdict }) {
  const standing = standingOf(verdict);
  const { at, message } = verdict;
  return (
    <li className="verdict" data-standing={standing}>
      <Mark standing={standing} />
      <div>
        <p className="verdict-promise">{VERDICT_WORDS[verdict.name].promise}</p>
        <p className="note">{standingWords(verdict, standing)}</p>
        {at === undefined ? null : (
          <p className="verdict-first">
            First at {duration(at)}: {message}
          </p>
        )}
      </div>
    </li>
  );
}

/** The list of verdicts. */
export function VerdictsDialog({ onClose }: { readonly onClose: () => void }) {
  const verdicts = useView((state) => state.verdicts);
  return (
    <DialogFrame
      title="What this cluster promises"
      description="Mode, rules, read policy and the faults so far decide together what is promised. What breaks is judged by what was promised when it was acknowledged or asked."
      wide
      onClose={onClose}
    >
      <ul className="verdicts">
        {verdicts.map((verdict) => (
          <VerdictRow key={verdict.name} verdict={verdict} />
        ))}
      </ul>
    </DialogFrame>
  );
}
