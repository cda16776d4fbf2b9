/** A choice of many: the platform's own list, which every phone and screen reader knows. */
import { Field } from "./Field.tsx";

interface SelectFieldProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly problem?: string | undefined;
  readonly row?: boolean;
  readonly onChoose: (value: Value) => void;
  /** Before the list opens: time to bring it up to date. */
  readonly onOpen?: () => void;
}

/** Label and list. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { label, value, choices, problem, row = false, onChoose, onOpen } = props;
  const choose = (chosen: string) => {
    const choice = choices.find((known) => known.value === chosen);
    if (choice !== undefined) onChoose(choice.value);
  };
  return (
    <Field label={label} problem={problem} row={row}>
      {(control) => (
        <select
          {...control}
          className="field-input"
          value={value}
          onChange={({ target }) => choose(target.value)}
          onPointerDown={onOpen}
          onFocus={onOpen}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
