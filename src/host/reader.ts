/** The thread in which a person's file is read: the page's first message is the file, what comes back is its vectors. */
import { readDataFile } from "../data/dataFile.ts";
import { type ColumnChoices, type DataFileResult, unreadable } from "../data/reading.ts";

/** The page's message to the thread. */
export interface ReadOrder {
  readonly file: Blob;
  readonly name: string;
  readonly choices: ColumnChoices;
}

/** What the thread says: how far it is, again and again, and once what it found. */
export type ReadNews =
  | { readonly kind: "progress"; readonly share: number }
  | { readonly kind: "result"; readonly result: DataFileResult };

/** Larger files do not fit into one block of memory in every browser. */
export const LARGEST_FILE = 2_000_000_000;

/** Reads; `tell` takes what is to be said and what is handed over with it. */
export async function serveReader(
  { file, name, choices }: ReadOrder,
  tell: (news: ReadNews, handedOver: readonly ArrayBuffer[]) => void,
): Promise<void> {
  const onProgress = (share: number) => tell({ kind: "progress", share }, []);
  let result: DataFileResult;
  try {
    if (file.size > LARGEST_FILE) throw new Error(`it has more than ${LARGEST_FILE / 1_000_000_000} GB`);
    result = await readDataFile(name, new Uint8Array(await file.arrayBuffer()), { ...choices, onProgress });
  } catch (error) {
    result = unreadable(name, error);
  }
  tell({ kind: "result", result }, result.ok ? [result.table.vectors.buffer] : []);
}
