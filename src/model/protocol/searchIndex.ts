/** What observers are told of approximate indexes: how good they are, what they are made of, which way a search takes. */
import type { ReplicaId } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { ItemPayload } from "./item.ts";

/** How far indexes are that are being built, in insertions. */
export interface IndexProgress {
  readonly done: number;
  readonly total: number;
}

/** One replica's index. */
export interface IndexStanding {
  /** Insertions that still count, and those that are only stepping stones. */
  readonly living: number;
  readonly dead: number;
  /** Nodes in each layer, the lowest first. */
  readonly layers: readonly number[];
}

/** How a replica's searches stand to exact ones over the very same items. */
export interface ReplicaIndexReport {
  readonly replicaId: ReplicaId;
  readonly alive: boolean;
  /** Undefined where searches are exact. */
  readonly index: IndexStanding | undefined;
  /** The mean share of the exact nearest that its searches find; undefined of one that is down or holds nothing. */
  readonly recall: number | undefined;
}

/** A question that replicas with the same items answer differently: what is near an item of the catalogue. */
export interface DifferingQuestion {
  readonly id: string;
  readonly payload: ItemPayload;
  readonly vector: Float32Array;
}

/** The same questions put to every replica. */
export interface IndexReport {
  readonly at: Micros;
  readonly k: number;
  readonly queries: number;
  readonly replicas: readonly ReplicaIndexReport[];
  /**
   * The most replicas that hold the very same items, by their digests, and the questions to which they do not all answer
   * the same; undefined while no two hold the same.
   */
  readonly converged:
    | { readonly replicas: readonly ReplicaId[]; readonly differing: readonly DifferingQuestion[] }
    | undefined;
}

/** A node that a search went on from. */
export interface PathStep {
  readonly layer: number;
  readonly id: string;
  readonly score: number;
  /** Deleted or replaced since: a stepping stone. */
  readonly isDead: boolean;
}

/** The way of one search through the layers of a replica's graph. */
export interface SearchPath {
  readonly replicaId: ReplicaId;
  /** Breadth of the search in the lowest layer. */
  readonly ef: number;
  /** Nodes in each layer, the lowest first. */
  readonly layers: readonly number[];
  /** In order, from the entry point in the highest layer. */
  readonly steps: readonly PathStep[];
  /** How many nodes were looked at. */
  readonly looked: number;
  /** The ids that it answered, best first. */
  readonly found: readonly string[];
}
