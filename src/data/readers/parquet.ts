/** Parquet: a column of lists of numbers, and one of ids. Loaded only when such a file is read. */
import { gunzipSync } from "fflate";
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadata,
  parquetReadObjects,
  parquetSchema,
  type SchemaTree,
} from "hyparquet";
import { listed, quoted } from "./cells.ts";
import { kindOf } from "./jsonRows.ts";
import { pageProblem } from "./parquetPages.ts";
import {
  failed,
  MAX_ROWS,
  placeOf,
  type ReadChoices,
  type ReadResult,
  TableBuilder,
  tooManyRows,
  withColumns,
} from "./table.ts";

const VECTOR_NAMES = ["embedding", "vector"];
const TEXT_NAMES = ["text", "title", "name", "document", "content", "description"];
const CODECS = ["UNCOMPRESSED", "SNAPPY", "GZIP"];

/** Types that ids have in a first column that is not named as such. */
const ID_TYPES = ["INT32", "INT64", "BYTE_ARRAY"];

/** Rows read at a time. */
const BATCH = 2_048;

type Failure = ReadResult & { readonly ok: false };

/** What is read of a file. */
interface Selection {
  readonly vector: string;
  readonly id?: string | undefined;
  readonly text: string | undefined;
}

/** The column of the ids; or one that is it if its values are distinct. */
interface Ids {
  readonly id?: string;
  readonly perhaps?: string;
}

/** A column whose values are lists, with the type of what is in them. */
interface ListColumn {
  readonly name: string;
  readonly type: string;
}

const exactText = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const parsers = { stringFromBytes: (bytes: Uint8Array | undefined) => bytes && exactText.decode(bytes) };
const compressors = {
  GZIP: (input: Uint8Array, length: number) => gunzipSync(input, { out: new Uint8Array(length) }),
};

/** The type of the numbers in a column's lists; undefined when its values are no lists of plain values. */
function listType(column: SchemaTree): string | undefined {
  let node = column;
  let repeated = 0;
  for (;;) {
    if (node.element.repetition_type === "REPEATED") repeated += 1;
    const [child, other] = node.children;
    if (other !== undefined) return undefined;
    if (child === undefined) break;
    node = child;
  }
  const { type, logical_type } = node.element;
  return repeated === 1 ? (logical_type?.type === "FLOAT16" ? "FLOAT16" : (type ?? "none")) : undefined;
}

function isSupported({ type }: ListColumn): boolean {
  return type === "FLOAT" || type === "DOUBLE" || type === "FLOAT16";
}

function chooseVector(columns: readonly SchemaTree[], { vectorColumns }: ReadChoices): string | Failure {
  const lists: ListColumn[] = [];
  for (const column of columns) {
    const type = listType(column);
    if (type !== undefined) lists.push({ name: column.element.name, type });
  }
  const supported = lists.filter(isSupported);
  const [only, second] = supported;
  const named = lists.find(({ name }) =>
    vectorColumns === undefined ? VECTOR_NAMES.includes(name.toLowerCase()) : name === vectorColumns,
  );
  if (vectorColumns !== undefined && named === undefined) {
    return failed(`--vector-columns ${quoted(vectorColumns)} names no column of lists.`, supported.map(nameOf));
  }
  const chosen = named ?? only ?? lists[0];
  if (chosen === undefined) return failed("The file has no column whose values are lists of numbers.");
  if (!isSupported(chosen)) {
    return failed(`Column ${quoted(chosen.name)} holds lists of ${chosen.type}; of FLOAT or DOUBLE are supported.`);
  }
  if (named === undefined && second !== undefined) {
    const names = supported.map(nameOf);
    return failed(`Several columns hold lists of numbers: ${listed(names)}. Which is the vector?`, names);
  }
  return chosen.name;
}

function nameOf({ name }: ListColumn): string {
  return name;
}

/** The column of the ids, or the one to look into because it is the first and holds integers or texts. */
function chooseId(columns: readonly SchemaTree[], { idColumn, queries = false }: ReadChoices): Ids | Failure {
  if (queries) return {};
  const names = columns.filter(({ children }) => children.length === 0).map(({ element }) => element.name);
  if (idColumn !== undefined) {
    if (names.includes(idColumn)) return { id: idColumn };
    return failed(`--id-column ${quoted(idColumn)} names no column of the file, which are ${listed(names)}.`, names);
  }
  const id = names.find((name) => name.toLowerCase() === "id");
  if (id !== undefined) return { id };
  const first = columns[0]?.element;
  return first?.type !== undefined && ID_TYPES.includes(first.type) && first.repetition_type !== "REPEATED"
    ? { perhaps: first.name }
    : {};
}

function select(metadata: FileMetaData, choices: ReadChoices): (Selection & Ids) | Failure {
  const columns = parquetSchema(metadata).children;
  const vector = chooseVector(columns, choices);
  if (typeof vector !== "string") return vector;
  const ids = chooseId(columns, choices);
  if ("ok" in ids) return ids;
  const texts = columns.filter(({ element }) => element.type === "BYTE_ARRAY").map(({ element }) => element.name);
  const text = TEXT_NAMES.find((name) => texts.includes(name)) ?? texts.find((name) => name !== ids.id);
  return { vector, text, ...ids };
}

/** Compressions that cannot be undone here, of the columns that are read. */
function codecProblem({ row_groups }: FileMetaData, names: readonly string[]): string | undefined {
  for (const { columns } of row_groups) {
    for (const { meta_data } of columns) {
      const name = meta_data?.path_in_schema[0];
      if (meta_data === undefined || name === undefined || !names.includes(name)) continue;
      if (CODECS.includes(meta_data.codec)) continue;
      const codec = meta_data.codec ?? "(unknown)";
      return `The compression ${codec} of column ${quoted(name)} is not supported: none, Snappy and gzip are.`;
    }
  }
  return undefined;
}

/** An id as text: whole numbers with all their digits. */
function idOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return value.toString();
  return typeof value === "number" && Number.isFinite(value) ? String(value) : undefined;
}

function isList(value: unknown): value is ArrayLike<number> {
  return Array.isArray(value) || value instanceof Float32Array || value instanceof Float64Array;
}

function take(table: TableBuilder, row: Record<string, unknown>, { vector, id, text }: Selection): string | undefined {
  const place = placeOf(table.rows + 1);
  const values = row[vector];
  if (!isList(values)) return `${place} has no vector.`;
  const given = id === undefined ? undefined : row[id];
  const found = idOf(given);
  if (id !== undefined && found === undefined) return `${place}: the id is ${kindOf(given ?? null)}.`;
  const words = text === undefined ? undefined : row[text];
  return table.add({ place, values, id: found, text: typeof words === "string" ? words : undefined });
}

function reason(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : "it cannot be read";
}

/** The signature that a Parquet file begins and ends with. */
function isSigned(bytes: Uint8Array, at: number): boolean {
  return [0x50, 0x41, 0x52, 0x31].every((byte, step) => bytes[at + step] === byte);
}

function metadataOf(bytes: Uint8Array): FileMetaData | Failure {
  if (!isSigned(bytes, 0)) return failed("The file is no Parquet file: byte 0 should begin its signature.");
  if (bytes.length < 12 || !isSigned(bytes, bytes.length - 4)) {
    return failed(`The file ends at byte ${bytes.length} without the signature of its end: it is truncated.`);
  }
  try {
    return parquetMetadata(bytes.slice().buffer, { geoparquet: false });
  } catch (error) {
    return failed(`The footer before byte ${bytes.length - 8} is damaged (${reason(error)}).`);
  }
}

/** Reads rows of some columns, so many at a time that a file of wide rows stays small. */
class Batches {
  readonly #metadata: FileMetaData;
  readonly #file: AsyncBuffer;
  readonly rows: number;

  constructor(bytes: Uint8Array, metadata: FileMetaData) {
    this.#metadata = metadata;
    this.rows = Number(metadata.num_rows);
    this.#file = { byteLength: bytes.length, slice: (start, end) => bytes.slice(start, end).buffer };
  }

  /** Hands over every row; the answer is what is wrong with one, or with the file. */
  async each(
    columns: string[],
    take: (row: Record<string, unknown>) => string | undefined,
  ): Promise<string | undefined> {
    for (let rowStart = 0; rowStart < this.rows; rowStart += BATCH) {
      const rowEnd = Math.min(this.rows, rowStart + BATCH);
      const part = { rowStart, rowEnd, columns, metadata: this.#metadata, parsers, compressors };
      let batch: readonly Record<string, unknown>[];
      try {
        batch = await parquetReadObjects({ file: this.#file, ...part });
      } catch (error) {
        return `Rows ${rowStart + 1} to ${rowEnd} cannot be read: the file is damaged (${reason(error)}).`;
      }
      if (batch.length !== rowEnd - rowStart) return `Row ${rowStart + batch.length + 1} is missing in the file.`;
      for (const row of batch) {
        const problem = take(row);
        if (problem !== undefined) return problem;
      }
    }
    return undefined;
  }
}

/** Whether every row has a value of its own in `column`. */
async function isDistinct(batches: Batches, column: string): Promise<boolean> {
  const seen = new Set<string>();
  const repeated = await batches.each([column], (row) => {
    const id = idOf(row[column]);
    if (id === undefined || seen.has(id)) return "repeated";
    seen.add(id);
    return undefined;
  });
  return repeated === undefined;
}

/** Reads a .parquet file. */
export async function readParquet(bytes: Uint8Array, choices: ReadChoices): Promise<ReadResult> {
  const metadata = metadataOf(bytes);
  if ("ok" in metadata) return metadata;
  const batches = new Batches(bytes, metadata);
  if (batches.rows > MAX_ROWS) return failed(tooManyRows(batches.rows));
  const selection = select(metadata, choices);
  if ("ok" in selection) return selection;
  const { vector, text, perhaps } = selection;
  const read = [vector, selection.id, text, perhaps].filter((name) => name !== undefined);
  const compression = codecProblem(metadata, read);
  if (compression !== undefined) return failed(compression);
  const damage = pageProblem(bytes, metadata, read);
  if (damage !== undefined) return failed(damage);
  const guessed = perhaps !== undefined && (await isDistinct(batches, perhaps)) ? perhaps : undefined;
  const chosen = { vector, text, id: selection.id ?? guessed };
  const table = new TableBuilder(choices, batches.rows);
  const problem = await batches.each([...new Set(read)], (row) => {
    if (table.rows % BATCH === 0) choices.onProgress?.(table.rows / batches.rows);
    return take(table, row, chosen);
  });
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  return problem === undefined ? withColumns(table.finish(), names) : failed(problem);
}
