/** What a run's data set provides: the items that every replica holds at virtual 0, and what the workload writes. */
import type { HashText } from "../../base/hash.ts";
import type { ItemPayload } from "./item.ts";

/** The built-in data sets. */
export type BuiltInDataset = "products" | "colours";

/**
 * What a run says of vectors that a person loaded: which they are, never the vectors themselves. Links, files and autosaves
 * carry this; whoever opens one is asked for the file.
 */
export interface LoadedData {
  /** The file's name, as it was on the machine. */
  readonly file: string;
  /** Its size. */
  readonly bytes: number;
  /** Of what was read: ids, texts and the bits of the unit vectors, in order. Equal digests are equal data. */
  readonly digest: HashText;
  readonly rows: number;
  readonly dimension: number;
  /** What a person chose where only a person could know: the columns of ids and of vectors. */
  readonly idColumn?: string | undefined;
  readonly vectorColumns?: string | undefined;
}

/** Loaded vectors that a run needs, as far as it says which; any will do where it says no digest. */
export type WantedData = Pick<LoadedData, "file"> & {
  readonly [Key in keyof LoadedData]?: LoadedData[Key] | undefined;
};

/** What a run calls its data set: a built-in one by its name, loaded vectors by what is known of them. */
export type DatasetName = BuiltInDataset | LoadedData;

/** Whether `name` is of vectors that a person loaded. */
export function isLoaded(name: DatasetName): name is LoadedData {
  return typeof name !== "string";
}

/** One state that an item can be in: what a put writes. `embedding` has `dimension` values and unit length. */
export interface Draft {
  readonly text: string;
  readonly payload: ItemPayload;
  readonly embedding: Float32Array;
}

/** An item of a data set: its id and the drafts that the workload can write. The first is the one it starts with. */
export interface DatasetItem {
  readonly id: string;
  readonly drafts: readonly Draft[];
}

/** A whole data set. The first `initialCount` items are on every replica at virtual 0. */
export interface DatasetContent {
  readonly name: DatasetName;
  readonly label: string;
  /** What nearness means here, in words: "lexical similarity". */
  readonly similarity: string;
  readonly dimension: number;
  readonly initialCount: number;
  readonly items: readonly DatasetItem[];
}
