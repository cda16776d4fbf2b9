/** Choosing a row of loaded vectors by a part of its id or text. */
import { useDeferredValue, useId, useMemo, useState } from "react";
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

/** Field and list. Nothing is asked of the replicas: what stands in the file is known here. */
export function RowFinder({ data, label, showsFirst, onChoose }: RowFinderProps) {
  const id = useId();
  const [text, setText] = useState("");
  const typed = useDeferredValue(text);
  const isAsked = showsFirst || typed.trim() !== "";
  const found = useMemo(
    () => (isAsked && isHeld(data) ? findRows(loadedContent(data), typed, OFFERED) : undefined),
    [data, typed, isAsked],
  );
  const choose = (row: DatasetItem) => {
    setText("");
    onChoose(row);
  };
  return (
    <div className="row-finder">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="field-input"
        type="text"
        autoComplete="off"
        spellCheck={false}
        placeholder="Part of a text or id"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {found === undefined ? null : <Found found={found} onChoose={choose} />}
    </div>
  );
}

function Found({ found, onChoose }: { readonly found: FoundRows; readonly onChoose: (row: DatasetItem) => void }) {
  const { rows, hasMore } = found;
  return (
    <>
      <ul className="row-finder-list" aria-label="Items found">
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" className="row-finder-row" onClick={() => onChoose(row)}>
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
