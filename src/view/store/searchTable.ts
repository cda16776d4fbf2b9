/**
 * The comparison of a search as a table: a row per item of the true top k, a column per replica, in each cell the rank it
 * gave and a mark for what is wrong with it. Amber heals by itself (missing, outdated, ghost); red does not (lost).
 */
import type { ReplicaId } from "../../base/ids.ts";
import type { JudgedNeighbour, ReplicaAnswer, SearchComparison } from "../../model/protocol/frame.ts";
import { compareVersions, type Item, type Version } from "../../model/protocol/item.ts";

/** What is wrong with a cell; undefined when nothing is. `unconfirmed` is a newer version, not yet acknowledged. */
export type SearchMark = "missing" | "outdated" | "ghost" | "lost" | "unconfirmed";

/** The marks in the order in which the legend lists them. */
export const SEARCH_MARKS: readonly SearchMark[] = ["missing", "outdated", "ghost", "unconfirmed", "lost"];

export interface SearchCell {
  readonly replicaId: ReplicaId;
  readonly alive: boolean;
  /** From 1; undefined where the replica does not answer the item. */
  readonly rank: number | undefined;
  readonly mark: SearchMark | undefined;
}

export interface SearchRow {
  readonly item: Item;
  /** The true rank, from 1; undefined for what does not belong into the top k. */
  readonly rank: number | undefined;
  readonly cells: readonly SearchCell[];
}

export interface SearchColumn {
  readonly replicaId: ReplicaId;
  readonly alive: boolean;
  /** How many of the true top k it answered, in their true version. */
  readonly recall: number;
}

export interface SearchTable {
  readonly columns: readonly SearchColumn[];
  readonly rows: readonly SearchRow[];
  /** What some replica answered and does not belong there. */
  readonly strangers: readonly SearchRow[];
  /** How many the recall is measured against. */
  readonly outOf: number;
  /** The marks in use, for the legend. */
  readonly marks: readonly SearchMark[];
}

type Standing = SearchComparison["standing"][number];

function answeredMark(version: Version, standing: Standing | undefined): SearchMark | undefined {
  if (standing === undefined) return "unconfirmed";
  const order = compareVersions(version, standing.version);
  if (order > 0) return "unconfirmed";
  if (order === 0 && !standing.deleted) return undefined;
  if (standing.lost) return "lost";
  return standing.deleted ? "ghost" : "outdated";
}

function cellOf(id: string, isTrue: boolean, answer: ReplicaAnswer, standing: Standing | undefined): SearchCell {
  const { replicaId, alive } = answer;
  const at = answer.neighbours.findIndex((neighbour) => neighbour.id === id);
  const found = answer.neighbours[at];
  if (!alive) return { replicaId, alive, rank: undefined, mark: undefined };
  if (found !== undefined) return { replicaId, alive, rank: at + 1, mark: answeredMark(found.version, standing) };
  const mark = isTrue ? (standing?.lost === true ? "lost" : "missing") : undefined;
  return { replicaId, alive, rank: undefined, mark };
}

function strangersOf(comparison: SearchComparison): readonly JudgedNeighbour[] {
  const known = new Set(comparison.truth.map(({ id }) => id));
  const best = new Map<string, { readonly rank: number; readonly neighbour: JudgedNeighbour }>();
  for (const { alive, neighbours } of comparison.answers) {
    if (!alive) continue;
    for (const [rank, neighbour] of neighbours.entries()) {
      const before = best.get(neighbour.id);
      if (!known.has(neighbour.id) && (before === undefined || rank < before.rank)) {
        best.set(neighbour.id, { rank, neighbour });
      }
    }
  }
  return [...best.values()]
    .sort((one, other) => one.rank - other.rank || (one.neighbour.id < other.neighbour.id ? -1 : 1))
    .map(({ neighbour }) => neighbour);
}

function recallOf(rows: readonly SearchRow[], replicaId: ReplicaId): number {
  return rows.filter(({ cells }) =>
    cells.some(
      (cell) =>
        cell.replicaId === replicaId &&
        cell.rank !== undefined &&
        (cell.mark === undefined || cell.mark === "unconfirmed"),
    ),
  ).length;
}

/** The table of a comparison. */
export function searchTable(comparison: SearchComparison): SearchTable {
  const standings = new Map(comparison.standing.map((standing) => [standing.id, standing]));
  const rowOf = ({ item }: JudgedNeighbour, rank: number | undefined): SearchRow => ({
    item,
    rank,
    cells: comparison.answers.map((answer) =>
      cellOf(item.id, rank !== undefined, answer, standingOf(standings, item, rank !== undefined)),
    ),
  });
  const rows = comparison.truth.map((neighbour, at) => rowOf(neighbour, at + 1));
  const strangers = strangersOf(comparison).map((neighbour) => rowOf(neighbour, undefined));
  const used = new Set([...rows, ...strangers].flatMap(({ cells }) => cells.map(({ mark }) => mark)));
  return {
    columns: comparison.answers.map(({ replicaId, alive }) => ({
      replicaId,
      alive,
      recall: recallOf(rows, replicaId),
    })),
    rows,
    strangers,
    outOf: rows.length,
    marks: SEARCH_MARKS.filter((mark) => used.has(mark)),
  };
}

/** What the truth says of an item; of a true one that nobody answered, its own version. */
function standingOf(standings: ReadonlyMap<string, Standing>, item: Item, isTrue: boolean): Standing | undefined {
  const known = standings.get(item.id);
  if (known !== undefined || !isTrue) return known;
  return { id: item.id, version: item.version, deleted: false, lost: false };
}
