/** Choosing a row of loaded vectors by a part of its id or text. */
import { type KeyboardEvent, useDeferredValue, useId, useMemo, useRef, useState } from "react";
import { type FoundRows, findRows } from "../../../data/findRows.ts";
import { isHeld, loadedContent } from "../../../data/loaded.ts";
import type { DatasetItem, LoadedData } from "../../../model/protocol/dataset.ts";
import "./load.css";

/** Rows that are offered at a time. */
const OFFERED = 8;

interface RowFinderProps {
  readonly data: LoadedData;
  readonly label: string;
  /** Whether rows are offered before anything is typed. */
  readonly showsFirst: boolean;
  readonly onChoose: (row: DatasetItem) => void;
}

/** The arrow keys go from the field into its list and back, from row to row; the page does not scroll meanwhile. */
function moveInRows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("input, .row-finder-row")];
  const at = stops.findIndex((stop) => stop.matches(":focus"));
  event.preventDefault();
  stops[Math.min(Math.max(0, at + step), stops.length - 1)]?.focus();
}

/** Field and list: Enter chooses the likeliest row. Nothing is asked of the replicas: what stands in the file is known here. */
export function RowFinder({ data, label, showsFirst, onChoose }: RowFinderProps) {
  const id = useId();
  const [text, setText] = useState("");
  const typed = useDeferredValue(text);
  const isAsked = showsFirst || typed.trim() !== "";
  const found = useMemo(
    () => (isAsked && isHeld(data) ? findRows(loadedContent(data), typed, OFFERED) : undefined),
    [data, typed, isAsked],
  );
  const field = useRef<HTMLInputElement>(null);
  const choose = (row: DatasetItem, byKey: boolean) => {
    setText("");
    // The list may go, and the focus with it; after a click the page's keys are wanted, not letters.
    if (byKey) field.current?.focus();
    onChoose(row);
  };
  const chooseLikeliest = () => {
    const likeliest = text.trim() !== "" && isHeld(data) ? findRows(loadedContent(data), text, 1).rows[0] : undefined;
    if (likeliest !== undefined) choose(likeliest, true);
  };
  return (
    <div role="search" className="row-finder" onKeyDown={moveInRows}>
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        ref={field}
        id={id}
        className="field-input"
        type="text"
        autoComplete="off"
        spellCheck={false}
        placeholder="Part of a text or id"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          // It may stand in a form that is sent otherwise.
          event.preventDefault();
          chooseLikeliest();
        }}
      />
      {found === undefined ? null : <Found found={found} onChoose={choose} />}
    </div>
  );
}

interface FoundProps {
  readonly found: FoundRows;
  readonly onChoose: (row: DatasetItem, byKey: boolean) => void;
}

function Found({ found, onChoose }: FoundProps) {
  const { rows, hasMore } = found;
  return (
    <>
      <ul className="row-finder-list" aria-label="Items found">
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" className="row-finder-row" onClick={({ detail }) => onChoose(row, detail === 0)}>
              <span className="row-finder-id">{row.id}</span>
              <span className="row-finder-text">{row.drafts[0]?.text ?? ""}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="note" role="status">
        {rows.length === 0 ? "No item has this in its text or id." : hasMore ? "And more: type on." : ""}
      </p>
    </>
  );
}
