/** Every verdict on the run: what is promised, what is not and why, and what broke first. */
import { Check, Minus, X } from "lucide-react";
import { useState } from "react";
import type { Verdict } from "../../../model/protocol/verdict.ts";
import { count, instant } from "../../store/format.ts";
import { verdictWords } from "../../store/verdict.ts";
import { useServices, useView } from "../appContext.ts";
import { type Choice, Segmented } from "../controls/Segmented.tsx";
import { canShow, showBreak } from "../lookBack.ts";
import { DialogFrame } from "./DialogFrame.tsx";
import { PromiseTable } from "./PromiseTable.tsx";

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

interface VerdictRowProps {
  readonly verdict: Verdict;
  readonly onShow: () => void;
}

function VerdictRow({ verdict, onShow }: VerdictRowProps) {
  const standing = standingOf(verdict);
  const { at, message, name } = verdict;
  return (
    <li className="verdict" data-standing={standing}>
      <Mark standing={standing} />
      <div>
        <p className="verdict-promise">{verdictWords(name).promise}</p>
        <p className="note">{standingWords(verdict, standing)}</p>
        {at === undefined ? null : (
          <p className="verdict-first">
            First at {instant(at)} s: {message}
          </p>
        )}
      </div>
      {canShow(verdict) ? (
        <button type="button" className="button" aria-label={`Show me: ${verdictWords(name).broken}`} onClick={onShow}>
          Show me
        </button>
      ) : null}
    </li>
  );
}

function rankOf(verdict: Verdict): number {
  return ["broken", "happened", "promised", "notPromised"].indexOf(standingOf(verdict));
}

/** How this run stands; what broke is what one came for, so it is first. */
function VerdictList({ onClose }: { readonly onClose: () => void }) {
  const services = useServices();
  const verdicts = useView((state) => state.verdicts);
  const show = (verdict: Verdict) => {
    onClose();
    void showBreak(services, verdict);
  };
  return (
    <ul className="verdicts">
      {[...verdicts]
        .sort((a, b) => rankOf(a) - rankOf(b))
        .map((verdict) => (
          <VerdictRow key={verdict.name} verdict={verdict} onShow={() => show(verdict)} />
        ))}
    </ul>
  );
}

const views: readonly Choice<"now" | "table">[] = [
  { value: "now", label: "This run" },
  { value: "table", label: "Who promises what" },
];

/** The dialog: how this run stands, and what any cluster promises. */
export function VerdictsDialog({ onClose }: { readonly onClose: () => void }) {
  const [view, setView] = useState<"now" | "table">("now");
  return (
    <DialogFrame
      title="What this cluster promises"
      description="Mode, rules, read policy and the faults so far decide together what is promised. What breaks is judged by what was promised when it was acknowledged or asked."
      wide
      onClose={onClose}
    >
      <Segmented label="What to show" value={view} choices={views} onChoose={setView} />
      {view === "now" ? <VerdictList onClose={onClose} /> : <PromiseTable />}
    </DialogFrame>
  );
}
