/** One of a few choices, all of them visible. Arrow keys move, Enter or Space chooses: moving alone orders nothing. */
import { moveFocus } from "./moveFocus.ts";

/** One choice. `tail` is read but not seen: "Async" is named "Asynchronous". */
export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly tail?: string;
}

interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChoose: (value: Value) => void;
}

/** The choices in a row; the chosen one is filled and pressed. */
export function Segmented<Value extends string>({ label, value, choices, onChoose }: SegmentedProps<Value>) {
  const isOther = choices.every((choice) => choice.value !== value);
  return (
    <div className="segmented" role="group" aria-label={label} onKeyDown={moveFocus}>
      {choices.map((choice, at) => {
        const isChosen = choice.value === value;
        return (
          <button
            key={choice.value}
            type="button"
            className="segmented-choice"
            aria-pressed={isChosen}
            tabIndex={isChosen || (isOther && at === 0) ? 0 : -1}
            onClick={() => (isChosen ? undefined : onChoose(choice.value))}
          >
            {choice.label}
            {choice.tail === undefined ? null : <span className="segmented-tail">{choice.tail}</span>}
          </button>
        );
      })}
    </div>
  );
}
