/** What a reader cannot know: which columns hold the vectors and the ids. */
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import type { ColumnChoices } from "../../../data/reading.ts";
import { Field, Problem } from "../controls/Field.tsx";

/** Columns that are named in the text; a list offers all of them. */
const NAMED = 12;

/** A reader's sentence, in which the fields have the names that they have here. */
function inThisForm(message: string): string {
  return message.replaceAll("--vector-columns", "Vectors:").replaceAll("--id-column", "Ids:");
}

interface ColumnFormProps {
  /** Why it is asked; undefined where a person wants it otherwise. */
  readonly problem: string | undefined;
  /** The columns, as far as they are known. */
  readonly columns: readonly string[];
  readonly choices: ColumnChoices;
  /** What leaving this leads to. */
  readonly backLabel: string;
  readonly onRead: (choices: ColumnChoices) => void;
  readonly onBack: () => void;
}

/** Two columns, and reading again. */
export function ColumnForm({ problem, columns, choices, backLabel, onRead, onBack }: ColumnFormProps) {
  const listId = useId();
  const only = columns.length === 1 ? columns[0] : undefined;
  const [vectors, setVectors] = useState(choices.vectorColumns ?? only ?? "");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const [ids, setIds] = useState(choices.idColumn ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onRead({
      ...(ids.trim() === "" ? {} : { idColumn: ids.trim() }),
      ...(vectors.trim() === "" ? {} : { vectorColumns: vectors.trim() }),
    });
  };
  const more = columns.length > NAMED ? `, and ${columns.length - NAMED} more` : "";
  const isSaid = columns.every((column) => problem?.includes(column));
  return (
    <form className="load-columns" onSubmit={submit}>
      {problem === undefined ? null : <Problem>{inThisForm(problem)}</Problem>}
      {isSaid ? null : (
        <p className="note">
          The file has {columns.slice(0, NAMED).join(", ")}
          {more}.
        </p>
      )}
      <datalist id={listId}>
        {columns.map((column) => (
          <option key={column} value={column} />
        ))}
      </datalist>
      <Field label="Vectors: one column or field, or the first and the last as A-B">
        {(control) => (
          <input
            {...control}
            ref={field}
            className="field-input"
            autoComplete="off"
            spellCheck={false}
            list={listId}
            value={vectors}
            onChange={({ target }) => setVectors(target.value)}
          />
        )}
      </Field>
      <Field label="Ids: a column or field (empty: as found)">
        {(control) => (
          <input
            {...control}
            className="field-input"
            autoComplete="off"
            spellCheck={false}
            list={listId}
            value={ids}
            onChange={({ target }) => setIds(target.value)}
          />
        )}
      </Field>
      <div className="dialog-verbs">
        <button type="button" className="button" onClick={onBack}>
          {backLabel}
        </button>
        <button type="submit" className="button" data-kind="main">
          Read these
        </button>
      </div>
    </form>
  );
}
