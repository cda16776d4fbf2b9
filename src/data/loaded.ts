/**
 * Vectors that a person loaded, as the data set of a run. A run carries only their description; the content is held here,
 * once per thread, by its digest, from when somebody provides it until nobody needs it any more.
 */
import { feedText, feedUint32, type HashText, hashText, newHash } from "../base/hash.ts";
import type { DatasetContent, DatasetItem, DatasetName, LoadedData } from "../model/protocol/dataset.ts";
import { isLoaded } from "../model/protocol/dataset.ts";
import type { ItemPayload } from "../model/protocol/item.ts";
import { fileSize } from "./fileSize.ts";

/** Loaded vectors as they go from thread to thread: one block of numbers, which can be handed over without a copy. */
export interface LoadedTable {
  readonly data: LoadedData;
  readonly ids: readonly string[];
  /** Of each row; empty where it has none. */
  readonly texts: readonly string[];
  /** Row after row, each of unit length. */
  readonly vectors: Float32Array<ArrayBuffer>;
}

/** The content of loaded vectors is asked for and not here: a person has to open the file. */
export class MissingDataError extends Error {
  override readonly name = "MissingDataError";
  readonly data: LoadedData;

  constructor(data: LoadedData) {
    super(missingWords(data));
    this.data = data;
  }
}

/** "This run uses vectors.npy (1.2 MB). Open the file to go on." */
export function missingWords({ file, bytes }: Pick<LoadedData, "file" | "bytes">): string {
  return `This run uses ${file} (${fileSize(bytes)}). Open the file to go on.`;
}

/** Characters by which a row is called; its text may go on. */
const NAME_LENGTH = 80;

/** A line to call a row by: the beginning of its text, or its id. By code points, so that it is the same everywhere. */
function nameOf(id: string, text: string): string {
  const line =
    text
      .slice(0, NAME_LENGTH * 4)
      .trim()
      .split(/[\r\n]/, 1)[0] ?? "";
  if (line === "") return id;
  const letters = [...line];
  return letters.length <= NAME_LENGTH ? line : `${letters.slice(0, NAME_LENGTH - 1).join("")}…`;
}

/** What a person sees of a row. */
export function rowPayload(id: string, text: string): Extract<ItemPayload, { kind: "row" }> {
  return { kind: "row", name: nameOf(id, text), text };
}

/** Of ten rows nine are on every replica from virtual 0. */
export function initialRows(rows: number): number {
  return Math.max(1, Math.floor((rows * 9) / 10));
}

/** The digest of what was read from a file. */
export function digestOfTable({ ids, texts, vectors }: Omit<LoadedTable, "data">, dimension: number): HashText {
  const hash = newHash();
  feedUint32(hash, ids.length);
  feedUint32(hash, dimension);
  for (const id of ids) feedText(hash, id);
  for (const text of texts) feedText(hash, text);
  const bits = new Int32Array(vectors.buffer, vectors.byteOffset, vectors.length);
  for (let at = 0; at < bits.length; at += 1) feedUint32(hash, bits[at] ?? 0);
  return hashText(hash);
}

/**
 * The data set of a table. Each row gets numbers of its own: a message to another thread copies the whole block that a
 * vector lies in.
 */
function contentOf({ data, ids, texts, vectors }: LoadedTable): DatasetContent {
  const { dimension } = data;
  const items = ids.map((id, row): DatasetItem => {
    const text = texts[row] ?? "";
    const payload = rowPayload(id, text);
    const embedding = vectors.slice(row * dimension, (row + 1) * dimension);
    return { id, drafts: [{ text, payload, embedding }] };
  });
  return {
    name: data,
    label: data.file,
    similarity: "cosine of the loaded vectors",
    dimension,
    initialCount: initialRows(ids.length),
    items,
  };
}

const held = new Map<HashText, DatasetContent>();

/** Holds loaded vectors in this thread from now on. What is held already stays the one content. */
export function provideData(table: LoadedTable): void {
  if (!held.has(table.data.digest)) held.set(table.data.digest, contentOf(table));
}

/** Whether a data set can be asked for in this thread: every built-in one can. */
export function isHeld(name: DatasetName): boolean {
  return !isLoaded(name) || held.has(name.digest);
}

/** The content of loaded vectors; throws {@link MissingDataError} when nobody has provided it. */
export function loadedContent(data: LoadedData): DatasetContent {
  const content = held.get(data.digest);
  if (content === undefined) throw new MissingDataError(data);
  return content;
}

/** Loaded vectors as another thread is given them: a copy, to be handed over. */
export function tableOf(data: LoadedData): LoadedTable {
  const { items, dimension } = loadedContent(data);
  const vectors = new Float32Array(items.length * dimension);
  for (const [row, { drafts }] of items.entries()) vectors.set(drafts[0]?.embedding ?? [], row * dimension);
  return { data, ids: items.map(({ id }) => id), texts: items.map(({ drafts }) => drafts[0]?.text ?? ""), vectors };
}

/** Lets go of every content that none of `names` means. */
export function keepOnly(names: Iterable<DatasetName>): void {
  const needed = new Set<HashText>();
  for (const name of names) if (isLoaded(name)) needed.add(name.digest);
  for (const digest of [...held.keys()]) if (!needed.has(digest)) held.delete(digest);
}
