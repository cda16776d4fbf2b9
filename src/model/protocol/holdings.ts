/**
 * Who holds what: every item that the truth or a replica knows, and how each replica stands to it, for a map of the
 * embeddings. It crosses threads several times a second, so items are told once and the rest is a byte each.
 */
import type { ReplicaId } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { ItemPayload } from "./item.ts";

/**
 * How a replica stands to an item: the names of the bytes in {@link ReplicaHoldings.standings}, in order.
 *
 * - `absent`: neither true nor here
 * - `held`: as the truth has it
 * - `outdated`: an older version than the truth's
 * - `missing`: true, and not here
 * - `ghost`: deleted in the truth, still here
 * - `unconfirmed`: newer here than in the truth
 * - `unconfirmedDelete`: gone here by a delete that is newer than the truth; not a fault, and not here. Once a snapshot has
 *   taken the delete in, it is so only to a ledger that has looked on since before; to others it is `missing`
 * - `onItsWay`: not here as it should be, but in this replica's log, in a message to it, or in a snapshot that it receives
 * - `lost`: not here, and the acknowledged write that made it true is lost
 */
export const HOLDINGS = [
  "absent",
  "held",
  "outdated",
  "missing",
  "ghost",
  "unconfirmed",
  "unconfirmedDelete",
  "onItsWay",
  "lost",
] as const;
export type Holding = (typeof HOLDINGS)[number];

/** What the truth says of an item: the names of the bytes in {@link Holdings.truth}, in order. */
export const TRUTHS = [
  /** No client has heard of it yet. */
  "unknown",
  "true",
  "deleted",
  /** Deleted, and the delete is lost: what still holds it will not be mended. */
  "deleteLost",
  /** True, and the write that made it so is lost. */
  "lost",
] as const;
export type TruthOfItem = (typeof TRUTHS)[number];

/** How much of the items somebody knows: what the last answer said, to be given back with the next question. */
export interface HoldingsKnown {
  /** Changes when another run is opened: then everything is told anew, and what was known is void. */
  readonly epoch: number;
  readonly revision: number;
}

/** Nothing. */
export const NO_HOLDINGS_KNOWN: HoldingsKnown = { epoch: 0, revision: 0 };

/** Items in the state in which they are to be shown: the truth's, or else a replica's. */
export interface ItemNews {
  /** Where each stands in all arrays of an answer, the same in the whole epoch. */
  readonly positions: Uint32Array;
  readonly ids: readonly string[];
  readonly payloads: readonly ItemPayload[];
  /** One after the other, {@link dimension} numbers each. */
  readonly embeddings: Float32Array;
  readonly dimension: number;
}

/** How one replica stands to every item. */
export interface ReplicaHoldings {
  readonly replicaId: ReplicaId;
  /** Of a dead replica everything is absent: its memory is gone. */
  readonly alive: boolean;
  /** By position: which of {@link HOLDINGS}. */
  readonly standings: Uint8Array;
  /** How many of each there are. */
  readonly counts: Readonly<Record<Holding, number>>;
}

/** The answer. */
export interface Holdings {
  readonly at: Micros;
  /** What whoever gets this knows from now on. */
  readonly known: HoldingsKnown;
  /** How many items there are, known and new ones. */
  readonly size: number;
  /** Those that are new or look different since what was known. */
  readonly news: ItemNews;
  /** By position: which of {@link TRUTHS}. */
  readonly truth: Uint8Array;
  /** In order of slots. */
  readonly replicas: readonly ReplicaHoldings[];
}

/** What of `holdings` can be handed over to another thread instead of being copied. */
export function buffersOf({ news, truth, replicas }: Holdings): ArrayBufferLike[] {
  const arrays = [news.positions, news.embeddings, truth, ...replicas.map(({ standings }) => standings)];
  return arrays.map(({ buffer }) => buffer);
}
