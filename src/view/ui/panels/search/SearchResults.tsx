/**
 * The table of answers: along a row the eye looks for agreement, down a column for one replica's answer. What does not
 * belong stands below the rule, recall at the foot.
 */
import { nameOf } from "../../../../base/ids.ts";
import type { Question } from "../../../../model/protocol/chronicle.ts";
import type { SearchComparison } from "../../../../model/protocol/frame.ts";
import type { Item } from "../../../../model/protocol/item.ts";
import { type SearchCell, type SearchColumn, type SearchRow, searchTable } from "../../../store/searchTable.ts";
import { useView } from "../../appContext.ts";
import { WhyButton } from "../../spacetime/WhyButton.tsx";
import { Swatch } from "../Swatch.tsx";
import { similarTo } from "./questions.ts";
import { MARK_NAMES, MarkBox, SearchLegend } from "./SearchLegend.tsx";

/** With more columns than this a row's name stands on a line of its own. */
const MANY_COLUMNS = 5;

/** What a replica has not applied: the newest version of an item that the truth knows, or its removal. */
function whyQuestion(
  { at, standing }: SearchComparison,
  { replicaId, mark }: SearchCell,
  id: string,
): Question | undefined {
  const version = standing.find((known) => known.id === id)?.version;
  const isBehind = mark === "missing" || mark === "outdated" || mark === "ghost";
  return version !== undefined && isBehind ? { kind: "unapplied", at, replicaId, version, id } : undefined;
}

interface CellProps {
  readonly cell: SearchCell;
  readonly why: Question | undefined;
}

function Mark({ cell, why }: CellProps) {
  if (cell.mark === undefined) return cell.rank ?? "";
  const box = <MarkBox mark={cell.mark} text={cell.rank === undefined ? "" : String(cell.rank)} />;
  if (why === undefined) return box;
  return (
    <WhyButton question={why} about={`It is ${MARK_NAMES[cell.mark]} at ${nameOf(cell.replicaId)}`}>
      {box}
    </WhyButton>
  );
}

function Cell({ cell, why }: CellProps) {
  if (!cell.alive) {
    return (
      <td className="search-cell" data-alive="false">
        <span aria-hidden="true">·</span>
        <span className="only-read">down</span>
      </td>
    );
  }
  return (
    <td className="search-cell">
      <Mark cell={cell} why={why} />
      {cell.mark === undefined ? null : <span className="only-read"> {MARK_NAMES[cell.mark]}</span>}
    </td>
  );
}

function ItemName({ item }: { readonly item: Item }) {
  const ask = useView((state) => state.ask);
  return (
    <button type="button" className="search-item" title={item.payload.name} onClick={() => ask(similarTo(item))}>
      <Swatch payload={item.payload} />
      <span className="search-item-name">{item.payload.name}</span>
      <span className="only-read">: search similar ones</span>
    </button>
  );
}

interface RowProps {
  readonly row: SearchRow;
  readonly isStacked: boolean;
  readonly comparison: SearchComparison;
}

function Row({ row, isStacked, comparison }: RowProps) {
  const cells = row.cells.map((cell) => (
    <Cell key={cell.replicaId} cell={cell} why={whyQuestion(comparison, cell, row.item.id)} />
  ));
  if (!isStacked) {
    return (
      <tr>
        <td className="search-rank">{row.rank}</td>
        <th className="search-name" scope="row">
          <ItemName item={row.item} />
        </th>
        {cells}
      </tr>
    );
  }
  return (
    <>
      <tr className="search-stacked">
        <td className="search-rank">{row.rank}</td>
        <th className="search-name" scope="row" colSpan={row.cells.length + 1}>
          <ItemName item={row.item} />
        </th>
      </tr>
      <tr>
        <td colSpan={2} />
        {cells}
      </tr>
    </>
  );
}

function Head({ columns, outOf }: { readonly columns: readonly SearchColumn[]; readonly outOf: number }) {
  return (
    <thead>
      <tr>
        <th className="search-title" colSpan={2} scope="col">
          {columns.length > MANY_COLUMNS ? "top" : "the true top"} {outOf}
        </th>
        {columns.map(({ replicaId, alive }) => (
          <th key={replicaId} className="search-column" scope="col" data-alive={alive}>
            {nameOf(replicaId)}
            {alive ? null : <span className="only-read"> down</span>}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Foot({ columns, outOf }: { readonly columns: readonly SearchColumn[]; readonly outOf: number }) {
  return (
    <tfoot>
      <tr>
        <th className="search-title" colSpan={2} scope="row">
          recall@{outOf}
        </th>
        {columns.map(({ replicaId, alive, recall }) => (
          <td key={replicaId} className="search-recall" data-whole={recall === outOf}>
            {alive ? (columns.length > MANY_COLUMNS ? recall : `${recall}/${outOf}`) : "–"}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}

interface SearchResultsProps {
  readonly comparison: SearchComparison;
  /** What nearness means here. */
  readonly similarity: string;
}

/** The table, its legend, and what nearness means. */
export function SearchResults({ comparison, similarity }: SearchResultsProps) {
  const { columns, rows, strangers, outOf, marks } = searchTable(comparison);
  if (rows.length === 0 && strangers.length === 0) {
    return <p className="panel-empty">Nothing is stored: no acknowledged item to find.</p>;
  }
  const isStacked = columns.length > MANY_COLUMNS;
  return (
    <>
      <table className="search-table" data-stacked={isStacked ? "" : undefined}>
        <caption className="only-read">Rank of each item in the answer of each replica</caption>
        <colgroup>
          <col className="search-rank" />
          <col />
          {columns.map(({ replicaId }) => (
            <col key={replicaId} className="search-column" />
          ))}
        </colgroup>
        <Head columns={columns} outOf={outOf} />
        <tbody>
          {rows.map((row) => (
            <Row key={row.item.id} row={row} isStacked={isStacked} comparison={comparison} />
          ))}
        </tbody>
        {strangers.length === 0 ? null : (
          <tbody className="search-strangers">
            <tr>
              <th className="search-title" colSpan={columns.length + 2} scope="rowgroup">
                Not in the true top {outOf}
              </th>
            </tr>
            {strangers.map((row) => (
              <Row key={row.item.id} row={row} isStacked={isStacked} comparison={comparison} />
            ))}
          </tbody>
        )}
        <Foot columns={columns} outOf={outOf} />
      </table>
      <SearchLegend marks={marks} answering={columns.filter((column) => column.alive).length} asked={columns.length} />
      <p className="note search-similarity">Nearness: {similarity}. Click an item for similar ones.</p>
    </>
  );
}
