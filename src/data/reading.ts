/** Reading a person's file, as those know it who ask for it: what goes in, what comes out. The reading is `dataFile.ts`. */
import type { LoadedData } from "../model/protocol/dataset.ts";
import type { LoadedTable } from "./loaded.ts";
import type { ReadProblem } from "./readers/table.ts";

/** What a person may have to say about the columns of a file. */
export type ColumnChoices = Pick<LoadedData, "idColumn" | "vectorColumns">;

/**
 * Vectors and what is known of them, or what is wrong. `norms` are the lengths that the rows had in the file, `columns` the
 * names to choose others from, where the file has names.
 */
export type DataFileResult =
  | {
      readonly ok: true;
      readonly table: LoadedTable;
      readonly norms: Float64Array;
      readonly columns?: readonly string[];
    }
  | { readonly ok: false; readonly problem: ReadProblem };

/** Reading that goes on elsewhere. */
export interface Reading {
  /** Never rejects: whatever happens is a sentence. */
  readonly result: Promise<DataFileResult>;
  /** Ends it at once, whatever it is doing; the result says so. */
  cancel(): void;
}

/** Reads a file in a thread of its own; `onProgress` hears which share is done, from 0 to 1. */
export type ReadElsewhere = (
  file: Blob,
  name: string,
  choices: ColumnChoices,
  onProgress: (share: number) => void,
) => Reading;

/** A file that could not be read at all. */
export function unreadable(name: string, why: unknown): DataFileResult {
  const message = `${name} cannot be read: ${why instanceof Error ? why.message : String(why)}`;
  return { ok: false, problem: { message } };
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}
