/** One sentence about acknowledged writes. Filled red only where a promise broke. */
import { Check, X } from "lucide-react";
import { useShallow } from "zustand/react/shallow";
import { verdictOf } from "../../store/verdict.ts";
import { useView } from "../appContext.ts";

/** The chip at the right of the bar. */
export function VerdictChip() {
  const facts = useView(
    useShallow(({ counters, losses, replicas, config }) => ({ counters, losses, replicas, config })),
  );
  const { state, note, sentence, short } = verdictOf(facts);
  return (
    <p
      className="bar-verdict"
      data-state={state}
      role="status"
      aria-label={`Verdict: ${[note, sentence].filter(Boolean).join(": ")}`}
    >
      {state === "intact" ? <Check size={16} aria-hidden="true" /> : <X size={16} aria-hidden="true" />}
      <span className="bar-verdict-long">
        {note === "" ? null : <span className="bar-verdict-note">{note}:</span>}
        <span className="bar-verdict-sentence">{sentence}</span>
      </span>
      <span className="bar-verdict-short" aria-hidden="true">
        {short}
      </span>
    </p>
  );
}
