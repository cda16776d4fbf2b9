/** A labelled field and the message beside it. The message is tied to the control, so that it is read with it. */
import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";

/** What a field hands to its control. */
export interface FieldControl {
  readonly id: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby": string | undefined;
}

interface FieldProps {
  readonly label: string;
  /** What is wrong, in a sentence; undefined when nothing is. */
  readonly problem?: string | undefined;
  /** Label and control on one line. */
  readonly row?: boolean;
  readonly children: (control: FieldControl) => ReactNode;
}

/** The message beside a field. */
export function Problem({ id, children }: { readonly id?: string; readonly children: ReactNode }) {
  return (
    <p className="field-problem" id={id} role="status">
      <CircleAlert size={14} aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}

/** Label, control and message. */
export function Field({ label, problem, row = false, children }: FieldProps) {
  const id = useId();
  const problemId = `${id}-problem`;
  return (
    <div className="field" data-row={row ? "" : undefined}>
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        "aria-invalid": problem !== undefined,
        "aria-describedby": problem === undefined ? undefined : problemId,
      })}
      {problem === undefined ? null : <Problem id={problemId}>{problem}</Problem>}
    </div>
  );
}
