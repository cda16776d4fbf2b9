/** What a run's data set provides: the items that every replica holds at virtual 0, and what the workload writes. */
import type { ItemPayload } from "./item.ts";

/** The built-in data sets. */
export type DatasetName = "products" | "colours";

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
