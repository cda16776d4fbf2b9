/** A labelled switch with a sentence of what it does. */
import { Switch } from "@base-ui/react/switch";
import { useId } from "react";

interface SwitchFieldProps {
  readonly label: string;
  readonly note?: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

/** Label, switch, and the note below. */
export function SwitchField({ label, note, on, onChange }: SwitchFieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div className="field" data-row="">
      <span className="field-label" id={id}>
        {label}
      </span>
      <Switch.Root
        className="switch"
        aria-labelledby={id}
        aria-describedby={note === undefined ? undefined : noteId}
        checked={on}
        onCheckedChange={onChange}
      >
        <Switch.Thumb className="switch-thumb" />
      </Switch.Root>
      {note === undefined ? null : (
        <p className="note" id={noteId}>
          {note}
        </p>
      )}
    </div>
  );
}
