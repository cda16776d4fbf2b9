/** What was read, before it becomes a run: how much, what it looks like, what will be done with it, what it takes. */
import { useEffect, useRef, useState } from "react";
import { fileSize } from "../../../data/fileSize.ts";
import { initialRows, type LoadedTable } from "../../../data/loaded.ts";
import { FEW_REPLICAS, isMuch, memoryNeed } from "../../../data/memoryNeed.ts";
import type { SearchIndexConfig } from "../../../model/protocol/config.ts";
import { count, plural } from "../../store/format.ts";
import { useView } from "../appContext.ts";
import { SwitchField } from "../controls/SwitchField.tsx";
import { ColumnForm } from "./ColumnForm.tsx";
import type { Loading, ReadFile } from "./useLoading.ts";

/** Rows that are shown. */
const SHOWN = 5;

/** Shortest, middle and longest of the rows as the file had them. */
function normsOf(norms: Float64Array): readonly number[] {
  const sorted = norms.toSorted();
  return [sorted[0] ?? 0, sorted[sorted.length >> 1] ?? 0, sorted.at(-1) ?? 0];
}

function lengthsText(norms: Float64Array): string {
  const [shortest, middle, longest] = normsOf(norms).map((norm) => norm.toPrecision(3));
  return shortest === longest ? `${middle} in every row` : `${shortest} / ${middle} / ${longest}`;
}

interface FactsProps extends ReadFile {
  readonly replicas: number;
  readonly index: SearchIndexConfig | undefined;
}

function Facts({ table, norms, replicas, index }: FactsProps) {
  const { rows, dimension } = table.data;
  const initial = initialRows(rows);
  const later = rows - initial;
  const facts: readonly (readonly [string, string])[] = [
    ["Rows", count(rows)],
    ["Numbers in each", count(dimension)],
    ["Length, least / median / most", lengthsText(norms)],
    ["On every replica from the start", `${count(initial)} (the first 90 %)`],
    ["Written by the clients", later === 0 ? "none: they only write rows again" : `${count(later)}, and rows again`],
    [
      `Memory with ${plural(replicas, "replica")}`,
      `about ${fileSize(memoryNeed(rows, dimension, replicas, index))}, for a moment twice as much`,
    ],
  ];
  return (
    <dl className="load-facts">
      {facts.map(([name, value]) => (
        <div key={name} className="load-fact">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function FirstRows({ ids, texts }: LoadedTable) {
  return (
    <div className="load-rows">
      <table className="load-table">
        <caption className="only-read">The first rows</caption>
        <thead>
          <tr>
            <th scope="col">Id</th>
            <th scope="col">Text</th>
          </tr>
        </thead>
        <tbody>
          {ids.slice(0, SHOWN).map((id, row) => (
            <tr key={id}>
              <th scope="row">{id}</th>
              <td>{texts[row] === "" ? <span className="note">none</span> : texts[row]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface PreviewProps {
  readonly read: ReadFile;
  readonly loading: Loading;
  /** Where the file stays. */
  readonly stays: string;
  readonly onStart: (table: LoadedTable, replicaCount: number) => void;
}

/** Facts, first rows, and the way on. */
export function Preview({ read, loading, stays, onStart }: PreviewProps) {
  const { table, norms } = read;
  const { file, rows, dimension } = table.data;
  const configured = useView(({ config }) => config?.cluster.replicaCount ?? FEW_REPLICAS);
  const index = useView(({ config }) => config?.cluster.searchIndex);
  const [keepsAll, setKeepsAll] = useState(false);
  const [showsColumns, setShowsColumns] = useState(false);
  const isLarge = isMuch(rows, dimension, configured);
  const replicas = isLarge && !keepsAll ? FEW_REPLICAS : configured;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!showsColumns) button.current?.focus();
  }, [showsColumns]);
  if (showsColumns) {
    const { choices, readAgain } = loading;
    const back = () => setShowsColumns(false);
    return (
      <ColumnForm
        problem={undefined}
        columns={read.columns ?? []}
        choices={choices}
        backLabel="Back"
        onRead={readAgain}
        onBack={back}
      />
    );
  }
  return (
    <>
      <p className="load-name">
        {file}, {fileSize(table.data.bytes)}
      </p>
      <Facts table={table} norms={norms} replicas={replicas} index={index} />
      <FirstRows {...table} />
      {isLarge ? (
        <SwitchField
          label={`Keep all ${configured} replicas: about ${fileSize(memoryNeed(rows, dimension, configured, index))}`}
          on={keepsAll}
          onChange={setKeepsAll}
        />
      ) : null}
      {isLarge && !keepsAll ? (
        <p className="note">
          So many vectors start with {FEW_REPLICAS} replicas, unless you say that {configured} may take what they need.
        </p>
      ) : null}
      <p className="note">
        Search works by item: the model that made these vectors is not here, so words cannot be turned into one. {stays}
      </p>
      <div className="dialog-verbs">
        <button type="button" className="button" onClick={() => setShowsColumns(true)}>
          Other columns …
        </button>
        <button type="button" className="button" onClick={loading.forget}>
          Another file
        </button>
        <button type="button" className="button" data-kind="main" ref={button} onClick={() => onStart(table, replicas)}>
          Start the run
        </button>
      </div>
    </>
  );
}
