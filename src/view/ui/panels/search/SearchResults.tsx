/**
 * The table of answers: along a row the eye looks for agreement, down a column for one replica's answer. The truth comes
 * first, recall stands at the head, what does not belong below the rule.
 */
import { nameOf } from "../../../../base/ids.ts";
import type { Question } from "../../../../model/protocol/chronicle.ts";
import type { ClusterEvent } from "../../../../model/protocol/events.ts";
import type { SearchComparison } from "../../../../model/protocol/frame.ts";
import type { Item } from "../../../../model/protocol/item.ts";
import { lossQuestion } from "../../../store/lossQuestion.ts";
import {
  faultWords,
  hiddenWords,
  isDifference,
  type SearchCell,
  type SearchColumn,
  type SearchRow,
  searchTable,
} from "../../../store/searchTable.ts";
import { useServices, useView } from "../../appContext.ts";
import { WhyButton } from "../../spacetime/WhyButton.tsx";
import { Swatch } from "../Swatch.tsx";
import { similarTo } from "./questions.ts";
import { MARK_NAMES, MarkBox, MovedSign, SearchLegend, ShiftSign } from "./SearchLegend.tsx";

/** With more columns than this a row's name stands on a line of its own. */
const MANY_COLUMNS = 5;

/**
 * Of what is lost: the event of its loss, where the feed still has it. Else what a replica has not applied: the newest
 * version of an item that the truth knows, or its removal.
 */
function whyQuestion(
  { at, standing, answers }: SearchComparison,
  { replicaId, mark }: SearchCell,
  id: string,
  feed: readonly ClusterEvent[],
): Question | undefined {
  const version = standing.find((known) => known.id === id)?.version;
  if (mark === "lost") return version === undefined ? undefined : lossQuestion(feed, id, version);
  const isBehind = mark === "missing" || mark === "outdated" || mark === "ghost";
  const isHeld = answers.find((answer) => answer.replicaId === replicaId)?.unanswered?.includes(id) === true;
  return version !== undefined && isBehind && !isHeld ? { kind: "unapplied", at, replicaId, version, id } : undefined;
}

interface CellProps {
  readonly cell: SearchCell;
  readonly why: Question | undefined;
}

/** Its own move in ink, a shift that others caused in grey. */
function Move({ shift, moved }: SearchCell) {
  if (moved) {
    return (
      <>
        <MovedSign down={shift > 0} />
        <span className="only-read"> moved</span>
      </>
    );
  }
  if (shift === 0) return null;
  return (
    <>
      <ShiftSign down={shift > 0} />
      <span className="only-read"> shifted by what is above</span>
    </>
  );
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
    <td className="search-cell" data-shifted={cell.shift !== 0 && !cell.moved ? "" : undefined}>
      <Mark cell={cell} why={why} />
      <Move {...cell} />
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

/** What a row without a loss knows of the feed: that it need not render again with it. */
const NO_FEED: readonly ClusterEvent[] = [];

interface RowProps {
  readonly row: SearchRow;
  readonly isStacked: boolean;
  readonly comparison: SearchComparison;
}

/** Lights up an item wherever else it is shown, while it is pointed at. */
function usePointing(id: string) {
  const { store } = useServices();
  const isPointed = useView((state) => state.pointedItem === id);
  const point = () => store.setState({ pointedItem: id });
  const leave = () => store.setState(({ pointedItem }) => (pointedItem === id ? { pointedItem: undefined } : {}));
  return {
    "data-pointed": isPointed ? "" : undefined,
    onPointerEnter: point,
    onPointerLeave: leave,
    onFocus: point,
    onBlur: leave,
  };
}

function Row({ row, isStacked, comparison }: RowProps) {
  const pointing = usePointing(row.item.id);
  const feed = useView((state) => (row.cells.some(({ mark }) => mark === "lost") ? state.feed : NO_FEED));
  const cells = row.cells.map((cell) => (
    <Cell key={cell.replicaId} cell={cell} why={whyQuestion(comparison, cell, row.item.id, feed)} />
  ));
  if (!isStacked) {
    return (
      <tr {...pointing}>
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
      <tr className="search-stacked" {...pointing}>
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

interface HeadProps {
  readonly columns: readonly SearchColumn[];
  readonly outOf: number;
  readonly isNarrow: boolean;
}

function Head({ columns, outOf, isNarrow }: HeadProps) {
  return (
    <thead>
      <tr>
        <th className="search-title" colSpan={2} scope="col">
          {isNarrow ? "top" : "the true top"} {outOf}
        </th>
        {columns.map(({ replicaId, alive }) => (
          <th key={replicaId} className="search-column" scope="col" data-alive={alive}>
            {nameOf(replicaId)}
            {alive ? null : <span className="only-read"> down</span>}
          </th>
        ))}
      </tr>
      <tr className="search-recalls">
        <th className="search-title" colSpan={2} scope="row">
          recall@{outOf}
        </th>
        {columns.map(({ replicaId, alive, recall }) => (
          <td key={replicaId} className="search-recall" data-whole={recall === outOf}>
            {alive ? (isNarrow || outOf > 9 ? recall : `${recall}/${outOf}`) : "–"}
          </td>
        ))}
      </tr>
    </thead>
  );
}

/** What is wrong with each answer, in a line per replica: fifty rows are not read, a line is. */
function Differences({ columns }: { readonly columns: readonly SearchColumn[] }) {
  const isWrong = (column: SearchColumn) => column.alive && faultWords(column) !== "as the truth";
  if (!columns.some(isWrong)) return null;
  return (
    <ul className="search-differences" aria-label="What differs">
      {columns.map((column) => (
        <li key={column.replicaId} data-wrong={isWrong(column) ? "" : undefined}>
          <b>{nameOf(column.replicaId)}</b>: {faultWords(column)}
        </li>
      ))}
    </ul>
  );
}

interface SearchResultsProps {
  readonly comparison: SearchComparison;
  /** What nearness means here. */
  readonly similarity: string;
  /** In a dialog of its own: room for names beside any number of columns. */
  readonly wide?: boolean;
}

/** What differs, the table, its legend, and what nearness means. */
export function SearchResults({ comparison, similarity, wide = false }: SearchResultsProps) {
  const onlyDifferences = useView((state) => state.onlyDifferences);
  const table = searchTable(comparison);
  const { columns, strangers, outOf, marks } = table;
  if (table.rows.length === 0 && strangers.length === 0) {
    return <p className="panel-empty">Nothing is stored: no acknowledged item to find.</p>;
  }
  const rows = onlyDifferences ? table.rows.filter(isDifference) : table.rows;
  const hidden = table.rows.length - rows.length;
  const isNarrow = !wide && columns.length > MANY_COLUMNS;
  return (
    <>
      <Differences columns={columns} />
      <table
        className="search-table"
        data-stacked={isNarrow ? "" : undefined}
        data-wide={wide ? "" : undefined}
        data-moves={table.hasMoved ? "" : undefined}
        data-many={outOf > 9 ? "" : undefined}
      >
        <caption className="only-read">Rank of each item in the answer of each replica</caption>
        <colgroup>
          <col className="search-rank" />
          <col />
          {columns.map(({ replicaId }) => (
            <col key={replicaId} className="search-column" />
          ))}
        </colgroup>
        <Head columns={columns} outOf={outOf} isNarrow={isNarrow} />
        <tbody>
          {rows.map((row) => (
            <Row key={row.item.id} row={row} isStacked={isNarrow} comparison={comparison} />
          ))}
          {hidden === 0 ? null : (
            <tr>
              <td className="search-hidden" colSpan={columns.length + 2}>
                {hiddenWords(hidden, columns.filter((column) => column.alive).length)}
              </td>
            </tr>
          )}
        </tbody>
        {strangers.length === 0 ? null : (
          <tbody className="search-strangers">
            <tr>
              <th className="search-title" colSpan={columns.length + 2} scope="rowgroup">
                Not in the true top {outOf}
              </th>
            </tr>
            {strangers.map((row) => (
              <Row key={row.item.id} row={row} isStacked={isNarrow} comparison={comparison} />
            ))}
          </tbody>
        )}
      </table>
      <SearchLegend
        marks={marks}
        moves={table}
        answering={columns.filter((column) => column.alive).length}
        asked={columns.length}
      />
      <p className="note search-similarity">Nearness: {similarity}. Click an item for similar ones.</p>
    </>
  );
}
