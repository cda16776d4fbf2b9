/** How many neighbours, only where answers differ, and the same table as wide as the page. */
import { Maximize2 } from "lucide-react";
import { useState } from "react";
import { useServices, useView } from "../../appContext.ts";

/** Neighbours that a person may ask for. */
export const MOST_ASKED = 50;

/** The number that was typed, if it is one that can be asked for. */
export function askedFor(text: string): number | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value >= 1 && value <= MOST_ASKED ? value : undefined;
}

function NeighbourCount() {
  const { store } = useServices();
  const k = useView((state) => state.searchK ?? state.config?.workload.k ?? 5);
  const [typed, setTyped] = useState<string>();
  const isWrong = typed !== undefined && askedFor(typed) === undefined;
  const type = (text: string) => {
    setTyped(text);
    const value = askedFor(text);
    if (value !== undefined) store.setState({ searchK: value });
  };
  return (
    <label className="search-count">
      top
      <input
        className="field-input"
        type="number"
        min={1}
        max={MOST_ASKED}
        aria-label="Neighbours to ask for, 1 to 50"
        aria-invalid={isWrong}
        value={typed ?? String(k)}
        onChange={({ target }) => type(target.value)}
        onBlur={() => setTyped(undefined)}
      />
      {isWrong ? <span role="status">1 to {MOST_ASKED}</span> : null}
    </label>
  );
}

interface SearchControlsProps {
  /** Whether this stands over the wide table already. */
  readonly wide?: boolean;
}

/** The row between the question and the answers. */
export function SearchControls({ wide = false }: SearchControlsProps) {
  const { store } = useServices();
  const onlyDifferences = useView((state) => state.onlyDifferences);
  const openDialog = useView((state) => state.openDialog);
  return (
    <div className="search-controls">
      <NeighbourCount />
      <label className="search-only">
        <input
          type="checkbox"
          checked={onlyDifferences}
          onChange={({ target }) => store.setState({ onlyDifferences: target.checked })}
        />
        differences only
      </label>
      {wide ? null : (
        <button
          type="button"
          className="button search-wide"
          data-kind="icon"
          aria-haspopup="dialog"
          aria-label="Answers as wide as the page"
          title="Wide view"
          onClick={() => openDialog({ kind: "answers" })}
        >
          <Maximize2 size={16} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
