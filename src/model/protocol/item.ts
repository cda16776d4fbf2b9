/** What the store holds: items with an embedding, a payload that people can read, and a version. */
import type { LogIndex, Term } from "../../base/ids.ts";

/**
 * A unit-length vector. Immutable, and kept once per thread by digest: logs, stores and checkpoints refer to it.
 * `digestLow` and `digestHigh` are the digest's two lanes, for hashing without parsing.
 */
export interface Embedding {
  readonly values: Float32Array;
  readonly digestLow: number;
  readonly digestHigh: number;
}

/** What a person sees of an item. */
export type ItemPayload =
  | {
      readonly kind: "product";
      readonly name: string;
      readonly description: string;
      readonly category: string;
      readonly priceCents: number;
    }
  | { readonly kind: "colour"; readonly name: string; readonly hex: string }
  /** A row of loaded vectors: a line to call it by, and its text to the last character. */
  | { readonly kind: "row"; readonly name: string; readonly text: string };

/** Which write made an item what it is: the log entry's place, ordered by term and then by index. 0,0 is the start. */
export interface Version {
  readonly term: Term;
  readonly logIndex: LogIndex;
}

/** One item as a replica's store holds it. */
export interface Item {
  readonly id: string;
  readonly embedding: Embedding;
  readonly payload: ItemPayload;
  readonly version: Version;
}

/** What a log entry does to the store when it is applied. A new leader appends a `noop` (Raft section 8). */
export type Operation =
  | { readonly kind: "noop" }
  | { readonly kind: "put"; readonly id: string; readonly embedding: Embedding; readonly payload: ItemPayload }
  | { readonly kind: "delete"; readonly id: string };

/** An operation that a client can ask for. */
export type WriteOperation = Exclude<Operation, { kind: "noop" }>;

/** One answer of a search. `score` is the cosine, 1 for the same direction. */
export interface Neighbour {
  readonly id: string;
  readonly score: number;
  readonly version: Version;
}

/** Negative, zero or positive as `a` is older than, the same as or newer than `b`. */
export function compareVersions(a: Version, b: Version): number {
  return a.term - b.term || a.logIndex - b.logIndex;
}
