/**
 * Which columns of a delimited file are what: whether its first record names them, which holds the ids, which the
 * vectors. Guessed from the first records where nobody said.
 */
import { type CellKind, cellKind, isNumeric, listed, quoted } from "./cells.ts";
import { failed, type ReadChoices, type ReadResult } from "./table.ts";

/** A column of ids, of texts, and those of the vectors: many with a number each, or one with lists. */
export interface Columns {
  readonly header: readonly string[] | undefined;
  readonly id: number | undefined;
  readonly text: number | undefined;
  readonly vector: readonly number[];
  readonly lists: boolean;
}

/** Columns, or why there are none. */
export type ColumnsResult = { readonly ok: true; readonly columns: Columns } | (ReadResult & { readonly ok: false });

type Records = readonly (readonly string[])[];

/** First cells of what is no vector, by which a header made of numbers is told from a row. */
const ID_NAMES = new Set(["", "id", "_id", "index", "key", "word", "token", "name", "label", "title", "text"]);
const TEXT_NAMES = ["text", "title", "name", "document", "content", "description"];
const LIST_NAMES = ["embedding", "vector"];

/** So many columns named 0, 1, 2... are no vector: writers of tables count columns so that have no name. */
const NUMBERED_HEADER = 16;

/** What most cells of a column are: numbers if half of them are. */
function columnKind(records: Records, column: number): CellKind {
  const kinds = records.map((record) => cellKind(record[column] ?? ""));
  const count = (wanted: (kind: CellKind) => boolean) => kinds.filter(wanted).length;
  if (count((kind) => kind === "list") * 2 >= kinds.length) return "list";
  if (count(isNumeric) * 2 >= kinds.length) return count((kind) => kind === "number") > 0 ? "number" : "integer";
  return count((kind) => kind === "empty") === kinds.length ? "empty" : "text";
}

function isCounting(cells: readonly string[]): boolean {
  const from = Number(cells[0]);
  return (from === 0 || from === 1) && cells.every((cell, at) => cell === String(from + at));
}

/** Whether the first record names the columns: where the others have numbers it has words, or counts from 0 or 1. */
function isHeader(first: readonly string[], kinds: readonly CellKind[]): boolean {
  const own = first.map((cell) => cellKind(cell));
  const above = own.filter((_, column) => isNumeric(kinds[column] ?? "text") || kinds[column] === "list");
  if (above.includes("text") && above.every((kind) => kind === "text" || kind === "empty")) return true;
  const counting = first.filter((_, column) => own[column] === "integer");
  if (counting.length < 2 || !isCounting(counting)) return false;
  if (ID_NAMES.has((first[0] ?? "").toLowerCase())) return true;
  return counting.length === first.length && first.length >= NUMBERED_HEADER && kinds.includes("number");
}

/**
 * A number that a caller gave for a column. They count from 1; or from 0 when one of the numbers given is 0, which could
 * mean nothing else.
 */
class Numbering {
  readonly #header: readonly string[] | undefined;
  readonly #width: number;
  readonly #first: number;

  constructor(header: readonly string[] | undefined, width: number, { idColumn, vectorColumns }: ReadChoices) {
    this.#header = header;
    this.#width = width;
    const given = [idColumn, ...(vectorColumns?.split("-") ?? [])];
    this.#first = given.some((name) => name === "0" && header?.includes("0") !== true) ? 0 : 1;
  }

  /** The column of this name or number. */
  find(name: string): number | undefined {
    const named = this.#header?.indexOf(name) ?? -1;
    if (named >= 0) return named;
    const at = /^\d+$/.test(name) ? Number(name) - this.#first : -1;
    return at >= 0 && at < this.#width ? at : undefined;
  }

  /** The columns from A to B for "A-B", where names may hold hyphens too; one column for a name alone. */
  range(text: string): readonly number[] | undefined {
    const single = this.find(text);
    if (single !== undefined) return [single];
    for (let at = text.indexOf("-"); at >= 0; at = text.indexOf("-", at + 1)) {
      const from = this.find(text.slice(0, at));
      const to = this.find(text.slice(at + 1));
      if (from === undefined || to === undefined || to < from) continue;
      return Array.from({ length: to - from + 1 }, (_, step) => from + step);
    }
    return undefined;
  }
}

/** Of columns named v0, v1, v2... and some others, those: when they are most of all. */
function numberedGroup(columns: readonly number[], header: readonly string[] = []): readonly number[] | undefined {
  const groups = new Map<string, number[]>();
  for (const column of columns) {
    const prefix = /^(.*?)\d+$/.exec(header[column] ?? "")?.[1];
    if (prefix === undefined) continue;
    const group = groups.get(prefix) ?? [];
    groups.set(prefix, group);
    group.push(column);
  }
  const found = [...groups.values()].find((group) => group.length * 2 > columns.length);
  return found !== undefined && found.length >= 2 ? found : undefined;
}

/** What the first cells of all records say: see {@link firstIsId}. */
export interface FirstCells {
  readonly integers: number;
  readonly numbers: number;
  readonly texts: number;
  readonly distinct: boolean;
}

/** Counts the first cells of records. */
export function countFirstCells(cells: Iterable<string>): FirstCells {
  const seen = new Set<string>();
  const counts = { integers: 0, numbers: 0, texts: 0 };
  let rows = 0;
  for (const cell of cells) {
    rows += 1;
    seen.add(cell);
    const kind = cellKind(cell);
    if (kind === "integer") counts.integers += 1;
    else if (kind === "number") counts.numbers += 1;
    else counts.texts += 1;
  }
  return { ...counts, distinct: seen.size === rows };
}

/**
 * A first column of distinct integers or texts is the id. Without a header a column of texts is it also if they repeat,
 * for want of another use: then that is wrong.
 */
function firstIsId({ integers, numbers, texts, distinct }: FirstCells, hasHeader: boolean): boolean {
  if (numbers > 0 && numbers >= texts) return false;
  return distinct || (!hasHeader && texts > integers);
}

/** Finds out about columns; `sample` holds the first records, one that may be a header included. */
export class ColumnGuess {
  /** Undefined when the first record is a row. */
  readonly header: readonly string[] | undefined;
  readonly #kinds: readonly CellKind[];
  readonly #numbering: Numbering;
  readonly #choices: ReadChoices;

  constructor(sample: Records, choices: ReadChoices) {
    const [first = [], ...rest] = sample;
    const kindsOf = (records: Records) => first.map((_, column) => columnKind(records, column));
    const below = kindsOf(rest.length > 0 ? rest : sample);
    this.header = rest.length > 0 && isHeader(first, below) ? first : undefined;
    this.#kinds = this.header === undefined ? kindsOf(sample) : below;
    this.#numbering = new Numbering(this.header, first.length, choices);
    this.#choices = choices;
  }

  /** The columns, given what stands first in every row. */
  columns(firstCells: FirstCells): ColumnsResult {
    const { idColumn, vectorColumns, queries = false, dimension } = this.#choices;
    const all = this.#allNumbers();
    // A file of queries often has the vectors alone; then the dimension tells, whatever was said about the data's columns.
    if (queries && dimension !== undefined && all.length === dimension) return this.#made(undefined, all);
    const id = idColumn === undefined ? this.#guessId(firstCells) : this.#numbering.find(idColumn);
    if (idColumn !== undefined && id === undefined && !queries) return this.#unknown("id-column", idColumn);
    if (vectorColumns === undefined) return this.#made(id, this.#guessVector(id));
    const vector = this.#numbering.range(vectorColumns);
    if (vector === undefined && !queries) return this.#unknown("vector-columns", vectorColumns);
    if (vector === undefined) return this.#made(id, this.#guessVector(id));
    if (id !== undefined && vector.includes(id)) {
      if (idColumn !== undefined) return failed(`Column ${this.#nameOf(id)} cannot be the id and part of the vector.`);
      return this.#made(undefined, vector);
    }
    return this.#made(id, vector);
  }

  #allNumbers(): readonly number[] {
    return [...this.#kinds.keys()].filter((column) => isNumeric(this.#kinds[column] ?? "text"));
  }

  #guessId(firstCells: FirstCells): number | undefined {
    const named = this.header?.findIndex((name) => name.trim().toLowerCase() === "id") ?? -1;
    if (named >= 0) return named;
    // By its name it is one of the numbers of the vector.
    if (numberedGroup(this.#allNumbers(), this.header)?.includes(0) === true) return undefined;
    const others = this.#guessVector(0).length;
    return others > 0 && firstIsId(firstCells, this.header !== undefined) ? 0 : undefined;
  }

  /** Lists by name, lists, or else all columns of numbers that have a name where the others have one. */
  #guessVector(id: number | undefined): readonly number[] {
    const lists = [...this.#kinds.keys()].filter((column) => this.#kinds[column] === "list" && column !== id);
    const named = lists.filter((column) => LIST_NAMES.includes((this.header?.[column] ?? "").toLowerCase()));
    if (named[0] !== undefined) return [named[0]];
    if (lists.length > 0) return lists;
    const numbers = this.#allNumbers().filter((column) => column !== id && this.header?.[column] !== "");
    return numberedGroup(numbers, this.header) ?? numbers;
  }

  #made(id: number | undefined, vector: readonly number[]): ColumnsResult {
    const { header } = this;
    const lists = vector.some((column) => this.#kinds[column] === "list");
    if (vector.length === 0) return failed("The file has no columns of numbers.", header);
    if (lists && vector.length > 1) {
      const names = vector.map((column) => this.#nameOf(column));
      return failed(`Several columns hold lists of numbers: ${listed(names)}. Which is the vector?`, names);
    }
    const texts = [...this.#kinds.keys()].filter((column) => column !== id && !vector.includes(column));
    const named = texts.find((column) => TEXT_NAMES.includes((header?.[column] ?? "").toLowerCase()));
    const text = named ?? texts.find((column) => this.#kinds[column] === "text");
    return { ok: true, columns: { header, id, text, vector, lists } };
  }

  #nameOf(column: number): string {
    return this.header?.[column] ?? String(column + 1);
  }

  #unknown(option: string, given: string): ReadResult & { readonly ok: false } {
    const names = this.#kinds.map((_, column) => this.#nameOf(column));
    const some = names.length > 6 ? [...names.slice(0, 5), "...", ...names.slice(-1)] : names;
    return failed(`--${option} ${quoted(given)} names no columns of the file, which are ${listed(some)}.`, names);
  }
}
