/**
 * The comparison of a search as a table: a row per item of the true top k, a column per replica, in each cell the rank it
 * gave and a mark for what is wrong with it. Amber heals by itself (missing, outdated, ghost); red does not (lost). Two
 * are neither lag nor loss of the item itself: what a replica holds as it should is displaced when something that should
 * not be there takes its place, and skipped when an approximate index passes over it.
 *
 * A rank that is not the true one has one of two reasons. The item was *shifted*: something above it is missing, or should
 * not be there, and the item itself is where it belongs among the others. Or it *moved*: among the true items of this
 * answer it stands in another place, which only its own version, or an inexact search, can do.
 */
import type { ReplicaId } from "../../base/ids.ts";
import type { JudgedNeighbour, ReplicaAnswer, SearchComparison } from "../../model/protocol/frame.ts";
import { compareVersions, type Item, type Version } from "../../model/protocol/item.ts";

/** What is wrong with a cell; undefined when nothing is. `unconfirmed` is a newer version, not yet acknowledged. */
export type SearchMark = "missing" | "displaced" | "skipped" | "outdated" | "ghost" | "lost" | "unconfirmed";

/** The marks in the order in which the legend lists them. */
export const SEARCH_MARKS: readonly SearchMark[] = [
  "missing",
  "displaced",
  "skipped",
  "outdated",
  "ghost",
  "unconfirmed",
  "lost",
];

export interface SearchCell {
  readonly replicaId: ReplicaId;
  readonly alive: boolean;
  /** From 1; undefined where the replica does not answer the item. */
  readonly rank: number | undefined;
  readonly mark: SearchMark | undefined;
  /** How far below its true rank it stands, negative for above; 0 where that is no question. */
  readonly shift: number;
  /** Whether that is its own doing. */
  readonly moved: boolean;
}

/** What is wrong with one answer, counted. */
export type SearchFaults = Readonly<Record<SearchMark | "moved", number>>;

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
  readonly faults: SearchFaults;
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
  /** Whether some item moved, and whether some was only shifted. */
  readonly hasMoved: boolean;
  readonly hasShifted: boolean;
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

type Places = ReadonlyMap<string, { readonly rank: number; readonly moved: boolean }>;

interface CellParts {
  readonly id: string;
  readonly trueRank: number | undefined;
  readonly answer: ReplicaAnswer;
  readonly places: Places;
  readonly standing: Standing | undefined;
  readonly k: number;
  readonly trueScore: number | undefined;
}

function cellOf({ id, trueRank, answer, places, standing, k, trueScore }: CellParts): SearchCell {
  const { replicaId, alive } = answer;
  const place = alive ? places.get(id) : undefined;
  const found = place === undefined ? undefined : answer.neighbours[place.rank - 1];
  const nowhere = { replicaId, alive, rank: undefined, shift: 0, moved: false };
  if (!alive) return { ...nowhere, mark: undefined };
  if (place !== undefined && found !== undefined) {
    const shift = trueRank === undefined ? 0 : place.rank - trueRank;
    const mark = answeredMark(found.version, standing);
    // At its true rank nothing is to be seen of a move: what passed it says so.
    return { replicaId, alive, rank: place.rank, mark, shift, moved: place.moved && shift !== 0 };
  }
  if (trueRank === undefined) return { ...nowhere, mark: undefined };
  return { ...nowhere, mark: absenceOf(answer, id, { isLost: standing?.lost === true, k, score: trueScore }) };
}

/** Why a replica does not answer an item that is true: what it holds as it should be is not lost, or missing, there. */
export function absenceOf(
  answer: ReplicaAnswer,
  id: string,
  { isLost, k, score }: { readonly isLost: boolean; readonly k: number; readonly score: number | undefined },
): "missing" | "displaced" | "skipped" | "lost" {
  if (isSkipped(answer, id, k, score)) return "skipped";
  if (answer.unanswered?.includes(id) === true) return "displaced";
  return isLost ? "lost" : "missing";
}

/** Whether an exact search over what this replica holds would have answered it: it is there, and nothing pushed it out. */
export function isSkipped(
  { unanswered, neighbours }: ReplicaAnswer,
  id: string,
  k: number,
  score: number | undefined,
): boolean {
  if (unanswered?.includes(id) !== true) return false;
  const last = neighbours.at(-1);
  if (neighbours.length < k || last === undefined || score === undefined) return true;
  return last.score < score || (last.score === score && id < last.id);
}

/** A true item inside an answer, in the order of the answer. */
interface Placed {
  readonly id: string;
  readonly trueRank: number;
  /** Answered in the true version. */
  readonly isTrue: boolean;
  /** Answered at its true rank. */
  readonly isInPlace: boolean;
}

/**
 * The ids that moved: what has to be taken out of `placed` so that the rest is in true order. As few as possible, and
 * rather those that are not in their true version, or not at their true rank. Longest rising sequence, by the obvious
 * square of comparisons: k is 50 at most.
 */
export function movedAmong(placed: readonly Placed[]): ReadonlySet<string> {
  const best: { weight: number; from: number }[] = [];
  let end = -1;
  for (const [at, { trueRank, isTrue, isInPlace }] of placed.entries()) {
    let from = -1;
    for (let before = 0; before < at; before += 1) {
      if ((placed[before]?.trueRank ?? Infinity) > trueRank) continue;
      if ((best[before]?.weight ?? 0) > (best[from]?.weight ?? 0)) from = before;
    }
    // The count comes first; all true versions together outweigh nothing but a tie, and so do all true ranks.
    const weight = 1_000_000 + (isTrue ? 1_000 : 0) + (isInPlace ? 1 : 0);
    best.push({ weight: (best[from]?.weight ?? 0) + weight, from });
    if ((best[at]?.weight ?? 0) > (best[end]?.weight ?? 0)) end = at;
  }
  const moved = new Set(placed.map(({ id }) => id));
  for (let at = end; at >= 0; at = best[at]?.from ?? -1) moved.delete(placed[at]?.id ?? "");
  return moved;
}

/** Where an answer has each item, and which of the true ones moved. */
function placesOf({ neighbours }: ReplicaAnswer, truth: ReadonlyMap<string, readonly [number, Version]>): Places {
  const placed = neighbours.flatMap(({ id, version }, at): readonly Placed[] => {
    const known = truth.get(id);
    if (known === undefined) return [];
    const [trueRank, trueVersion] = known;
    return [{ id, trueRank, isTrue: compareVersions(version, trueVersion) === 0, isInPlace: trueRank === at + 1 }];
  });
  const moved = movedAmong(placed);
  return new Map(neighbours.map(({ id }, at) => [id, { rank: at + 1, moved: moved.has(id) }]));
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

/** What is wrong with the answer of a replica: over all rows, since what it misses stands in some of them. */
function faultsOf(rows: readonly SearchRow[], slot: number): SearchFaults {
  const cells = rows.flatMap((row) => row.cells[slot] ?? []);
  const count = (wanted: SearchMark) => cells.filter(({ mark }) => mark === wanted).length;
  return {
    missing: count("missing"),
    displaced: count("displaced"),
    skipped: count("skipped"),
    outdated: count("outdated"),
    ghost: count("ghost"),
    unconfirmed: count("unconfirmed"),
    lost: count("lost"),
    moved: cells.filter(({ moved }) => moved).length,
  };
}

/** Whether somebody's answer is wrong about the item of a row, or differs from the others by more than a shift. */
export function isDifference({ cells, rank }: SearchRow): boolean {
  return rank === undefined || cells.some(({ mark, moved }) => mark !== undefined || moved);
}

/** What is said in place of `hidden` rows without a difference, where only differences are shown. */
export function hiddenWords(hidden: number, running: number): string {
  const [rows, them] = hidden === 1 ? ["row is", "it"] : ["rows are", "them"];
  const why =
    running === 0
      ? "no replica runs"
      : running === 1
        ? `the replica that runs has ${them} as the truth has`
        : `the replicas that run agree on ${them}`;
  return `${hidden} ${rows} not shown: ${why}.`;
}

/** The table of a comparison. */
export function searchTable(comparison: SearchComparison): SearchTable {
  const { truth, answers, k } = comparison;
  const standings = new Map(comparison.standing.map((standing) => [standing.id, standing]));
  const trueRanks = new Map(truth.map(({ id, version }, at) => [id, [at + 1, version] as const]));
  const places = answers.map((answer) => placesOf(answer, trueRanks));
  const nowhere: Places = new Map();
  const rowOf = ({ item, score }: JudgedNeighbour, rank: number | undefined): SearchRow => {
    const standing = standingOf(standings, item, rank !== undefined);
    const cells = answers.map((answer, slot) =>
      cellOf({
        id: item.id,
        trueRank: rank,
        answer,
        places: places[slot] ?? nowhere,
        standing,
        k,
        trueScore: rank === undefined ? undefined : score,
      }),
    );
    return { item, rank, cells };
  };
  const rows = truth.map((neighbour, at) => rowOf(neighbour, at + 1));
  const strangers = strangersOf(comparison).map((neighbour) => rowOf(neighbour, undefined));
  const all = [...rows, ...strangers];
  const cells = all.flatMap((row) => row.cells);
  const used = new Set(cells.map(({ mark }) => mark));
  return {
    columns: answers.map(({ replicaId, alive }, slot) => ({
      replicaId,
      alive,
      recall: recallOf(rows, replicaId),
      faults: faultsOf(all, slot),
    })),
    rows,
    strangers,
    outOf: rows.length,
    marks: SEARCH_MARKS.filter((mark) => used.has(mark)),
    hasMoved: cells.some(({ moved }) => moved),
    hasShifted: cells.some(({ moved, shift }) => !moved && shift !== 0),
  };
}

/** What the truth says of an item; of a true one that nobody answered, its own version. */
function standingOf(standings: ReadonlyMap<string, Standing>, item: Item, isTrue: boolean): Standing | undefined {
  const known = standings.get(item.id);
  if (known !== undefined || !isTrue) return known;
  return { id: item.id, version: item.version, deleted: false, lost: false };
}

const faultNames: readonly (readonly [keyof SearchFaults, string, string])[] = [
  ["missing", "missing", "missing"],
  ["displaced", "pushed out", "pushed out"],
  ["skipped", "missed by the index", "missed by the index"],
  ["outdated", "outdated", "outdated"],
  ["ghost", "ghost", "ghosts"],
  ["lost", "lost", "lost"],
  ["unconfirmed", "unconfirmed", "unconfirmed"],
  ["moved", "moved", "moved"],
];

/** One answer in a few words: "2 missing, 1 outdated". */
export function faultWords({ alive, faults }: Pick<SearchColumn, "alive" | "faults">): string {
  if (!alive) return "down";
  const parts = faultNames.flatMap(([fault, one, more]) => {
    const count = faults[fault];
    return count === 0 ? [] : [`${count} ${count === 1 ? one : more}`];
  });
  return parts.length === 0 ? "as the truth" : parts.join(", ");
}
