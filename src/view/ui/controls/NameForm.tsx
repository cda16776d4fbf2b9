/** Giving something another name, in place of the name. */
import { useState } from "react";

const LONGEST_NAME = 80;

interface NameFormProps {
  readonly name: string;
  /** Whose name it is, for who does not see where the field stands. */
  readonly label: string;
  readonly className: string;
  /** Told the new name; undefined for none. */
  readonly onDone: (name: string | undefined) => void;
}

/** Field and button. An empty name is none. */
export function NameForm({ name, label, className, onDone }: NameFormProps) {
  const [typed, setTyped] = useState(name);
  return (
    <form
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        onDone(typed.trim() === "" ? undefined : typed.trim());
      }}
    >
      <input
        className="field-input"
        aria-label={label}
        value={typed}
        maxLength={LONGEST_NAME}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to type here
        autoFocus
        onChange={({ target }) => setTyped(target.value)}
      />
      <button type="submit" className="button">
        Rename
      </button>
    </form>
  );
}
