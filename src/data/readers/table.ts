/** What every reader gives: a table of unit vectors, or one sentence that says what is wrong and where. */

/** Rows between two reports of progress. */
export const REPORT_EVERY = 500;

/** Rows that a file may have. */
export const MAX_ROWS = 50_000;
/** Numbers that a row may have. */
export const MAX_DIMENSION = 384;

/** The vectors of a file, one row each, in its order. */
export interface VectorTable {
  /** As they stand in the file; its row numbers from 0 where it has none. Distinct, except in a file of queries. */
  readonly ids: readonly string[];
  /** Row after row, each scaled to unit length. */
  readonly vectors: Float32Array;
  /** How long each row was before. */
  readonly norms: Float64Array;
  readonly dimension: number;
  /** What a person can read of a row; empty where there is nothing. */
  readonly texts: readonly string[];
}

/** Why a file gives no vectors. */
export interface ReadProblem {
  /** One sentence, with the row (from 1) or the byte (from 0). */
  readonly message: string;
  /** The columns to choose from, when only a person can know which holds the vectors. */
  readonly columns?: readonly string[];
}

/** A whole table or nothing: no half of a file ever comes out. */
export type ReadResult =
  | {
      readonly ok: true;
      readonly table: VectorTable;
      /** The columns or fields by their names, for whoever wants others than were read. */
      readonly columns?: readonly string[];
    }
  | { readonly ok: false; readonly problem: ReadProblem };

/** What a caller knows about a file. */
export interface ReadChoices {
  /** The column or field that holds the ids: its name, or in a file with columns its number. */
  readonly idColumn?: string | undefined;
  /** The columns of the vectors, "A-B" by name or number; or the one column or field that holds lists. */
  readonly vectorColumns?: string | undefined;
  /** Queries need no ids, and their ids may repeat. */
  readonly queries?: boolean | undefined;
  /** The dimension that the rows must have. */
  readonly dimension?: number | undefined;
  /** Told now and then which share of the file is done, from 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** A table with one sentence instead of rows. */
export function failed(message: string, columns?: readonly string[]): { readonly ok: false; problem: ReadProblem } {
  return { ok: false, problem: columns === undefined ? { message } : { message, columns } };
}

/** What was read, with the names of the columns or fields that the file has. */
export function withColumns(read: ReadResult, columns: readonly string[] | undefined): ReadResult {
  return read.ok && columns !== undefined && columns.length > 0 ? { ...read, columns } : read;
}

/** Where a row stands, for people: its number from 1, and its line where that is another. */
export function placeOf(row: number, line = row): string {
  return line === row ? `Row ${row}` : `Row ${row} (line ${line})`;
}

/** "1 number", "2 numbers". */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** The sentence for a file with too many rows. */
export function tooManyRows(rows?: number): string {
  const found = rows === undefined ? "" : ` ${rows}`;
  return `The file has${found} rows beyond row ${MAX_ROWS}: at most ${MAX_ROWS} x ${MAX_DIMENSION} can be loaded.`;
}

/** One row as a reader found it. */
export interface Row {
  /** Where it stands: see {@link placeOf}. */
  readonly place: string;
  readonly values: ArrayLike<number>;
  /** Undefined where the file has no ids. */
  readonly id?: string | undefined;
  readonly text?: string | undefined;
}

/** Squares of numbers within this neither overflow nor vanish in float64. */
const SAFE_SIZE = 1e140;

/** A row's length is `unit * length`: of rows of very large or small numbers the unit is the largest of them. */
function measure(values: ArrayLike<number>, largest: number): { readonly unit: number; readonly length: number } {
  const unit = largest > SAFE_SIZE || largest < 1 / SAFE_SIZE ? largest : 1;
  let squares = 0;
  for (let at = 0; at < values.length; at += 1) {
    const value = (values[at] ?? 0) / unit;
    squares += value * value;
  }
  return { unit, length: Math.sqrt(squares) };
}

/** A place in the middle of a sentence. */
function lowered(place: string): string {
  return place.charAt(0).toLowerCase() + place.slice(1);
}

/** Takes rows one by one, checks each, and gives the table at the end. */
export class TableBuilder {
  readonly #ids: string[] = [];
  readonly #texts: string[] = [];
  readonly #known = new Map<string, string>();
  readonly #queries: boolean;
  readonly #wanted: number | undefined;
  #norms: Float64Array<ArrayBuffer>;
  #vectors = new Float32Array(0);
  #dimension = 0;

  /** `expected` rows are made room for. */
  constructor({ queries = false, dimension }: ReadChoices, expected = 1_024) {
    this.#queries = queries;
    this.#wanted = dimension;
    this.#norms = new Float64Array(Math.min(Math.max(1, expected), MAX_ROWS));
  }

  /** Rows taken so far. */
  get rows(): number {
    return this.#ids.length;
  }

  /** Takes a row; the answer is what is wrong with it. */
  add(row: Row): string | undefined {
    return this.#shapeProblem(row) ?? this.#idProblem(row) ?? this.#take(row);
  }

  /** The table of the rows taken. */
  finish(): ReadResult {
    const rows = this.rows;
    if (rows === 0) return failed("The file has no rows.");
    const vectors = this.#vectors.slice(0, rows * this.#dimension);
    const norms = this.#norms.slice(0, rows);
    return { ok: true, table: { ids: this.#ids, vectors, norms, dimension: this.#dimension, texts: this.#texts } };
  }

  #shapeProblem({ place, values }: Row): string | undefined {
    const { length } = values;
    if (this.rows >= MAX_ROWS) return tooManyRows();
    if (length === 0) return `${place} has no numbers.`;
    if (this.rows > 0) {
      if (length === this.#dimension) return undefined;
      return `${place} has ${counted(length, "number")}; the rows before it have ${this.#dimension}.`;
    }
    if (length > MAX_DIMENSION) {
      return `${place} has ${length} numbers: at most ${MAX_ROWS} x ${MAX_DIMENSION} can be loaded.`;
    }
    if (this.#wanted !== undefined && length !== this.#wanted) {
      return `${place} has ${counted(length, "number")}; the data has ${this.#wanted} in every row.`;
    }
    this.#dimension = length;
    this.#vectors = new Float32Array(length * this.#norms.length);
    return undefined;
  }

  #idProblem({ place, id }: Row): string | undefined {
    if (id === undefined || this.#queries) return undefined;
    if (id === "") return `${place} has an empty id.`;
    const earlier = this.#known.get(id);
    if (earlier !== undefined) return `${place} has the id ${JSON.stringify(id)}, as ${lowered(earlier)} has.`;
    this.#known.set(id, place);
    return undefined;
  }

  #take({ place, values, id, text }: Row): string | undefined {
    let largest = 0;
    for (let at = 0; at < values.length; at += 1) {
      const value = values[at] ?? Number.NaN;
      if (Number.isNaN(value)) return `${place}: number ${at + 1} is not a number (NaN).`;
      if (!Number.isFinite(value)) return `${place}: number ${at + 1} is infinite.`;
      largest = Math.max(largest, Math.abs(value));
    }
    if (largest === 0) return `${place} has only zeros, so it has no direction to compare.`;
    this.#makeRoom();
    const row = this.rows;
    const { unit, length } = measure(values, largest);
    const start = row * this.#dimension;
    for (let at = 0; at < values.length; at += 1) this.#vectors[start + at] = (values[at] ?? 0) / unit / length;
    this.#norms[row] = unit * length;
    this.#ids.push(id ?? String(row));
    this.#texts.push(text ?? "");
    return undefined;
  }

  #makeRoom(): void {
    if (this.rows < this.#norms.length) return;
    const capacity = Math.min(MAX_ROWS, this.#norms.length * 2);
    const norms = new Float64Array(capacity);
    norms.set(this.#norms);
    this.#norms = norms;
    const vectors = new Float32Array(capacity * this.#dimension);
    vectors.set(this.#vectors);
    this.#vectors = vectors;
  }
}
