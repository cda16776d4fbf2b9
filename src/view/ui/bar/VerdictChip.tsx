/** One sentence about what the run has kept. Filled red only where a promise broke; it opens the list of verdicts. */
import { Check, Minus, X } from "lucide-react";
import { useShallow } from "zustand/react/shallow";
import { type ChipVerdict, verdictOf } from "../../store/verdict.ts";
import { useView } from "../appContext.ts";

/** The same as the colour says, by shape: a check, a dash for what is only counted, a cross for loss. */
function Sign({ state }: Pick<ChipVerdict, "state">) {
  if (state === "intact") return <Check size={16} aria-hidden="true" />;
  return state === "counted" ? <Minus size={16} aria-hidden="true" /> : <X size={16} aria-hidden="true" />;
}

/** The chip at the right of the bar. */
export function VerdictChip() {
  const facts = useView(useShallow(({ counters, verdicts, replicas }) => ({ counters, verdicts, replicas })));
  const openDialog = useView((view) => view.openDialog);
  const { state, note, sentence, short } = verdictOf(facts);
  const words = [note, sentence].filter(Boolean).join(": ");
  return (
    <div role="status" aria-label={`Verdict: ${words}`}>
      <button
        type="button"
        className="bar-verdict"
        data-state={state}
        aria-label={`${words}. Show all verdicts`}
        onClick={() => openDialog({ kind: "verdicts" })}
      >
        <Sign state={state} />
        <span className="bar-verdict-long">
          {note === "" ? null : <span className="bar-verdict-note">{note}:</span>}
          <span className="bar-verdict-sentence">{sentence}</span>
        </span>
        <span className="bar-verdict-short" aria-hidden="true">
          {short}
        </span>
      </button>
    </div>
  );
}
