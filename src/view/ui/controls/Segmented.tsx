/** One of a few choices, all of them visible. Arrow keys move, Enter or Space chooses: moving alone orders nothing. */
import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";

/** One choice. */
export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChoose: (value: Value) => void;
}

/** The choices in a row; the chosen one is filled and pressed. */
export function Segmented<Value extends string>({ label, value, choices, onChoose }: SegmentedProps<Value>) {
  const choose = ([chosen]: readonly string[]) => {
    const choice = choices.find((known) => known.value === chosen);
    if (choice !== undefined && choice.value !== value) onChoose(choice.value);
  };
  return (
    <ToggleGroup className="segmented" aria-label={label} value={[value]} onValueChange={choose}>
      {choices.map((choice) => (
        <Toggle key={choice.value} className="segmented-choice" value={choice.value}>
          {choice.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
