/**
 * Where the replicas' machines run: in the calling thread, behind a port, in real workers. One interface, one acceptance
 * suite (test/host/session.contract.ts). A host only computes; it knows no links, no disks and no clock, so every
 * host gives the same answers.
 */
import type { ReplicaId } from "../base/ids.ts";
import type { StartOrder } from "../model/cluster/inline.ts";
import type { ClusterConfig } from "../model/protocol/config.ts";
import type { JudgedNeighbour } from "../model/protocol/frame.ts";
import type { Disk } from "../model/protocol/log.ts";
import type { IndexProgress, SearchPath } from "../model/protocol/searchIndex.ts";
import type { ReplicaStatus } from "../model/protocol/step.ts";
import type { Work, WorkOutcome } from "../model/protocol/work.ts";
import type { ReplicaState } from "../model/replica/state.ts";
import type { Found } from "../model/vector/best.ts";
import type { Examined, IndexOrder, IndexQuestion } from "./indexes.ts";

/** What one replica's store answers to an observer, who is no part of the run. */
export interface ObservedAnswer {
  readonly neighbours: readonly JudgedNeighbour[];
  readonly vectorCount: number;
}

/** What a search found, as an answer shows it. */
export function neighbourOf({ item, score }: Found): JudgedNeighbour {
  const { id, version } = item;
  return { id, score, version, item };
}

export interface ReplicaHost {
  /** The replicas that have a machine here. */
  running(): readonly ReplicaId[];
  /** Starts a replica that does not run: it gets its disk and nothing else. */
  start(order: StartOrder, config: ClusterConfig, disk: Disk): Promise<ReplicaStatus>;
  /** Hands over a computed state; whatever machine the replica had here is replaced. The caller gives `state` away. */
  load(state: ReplicaState): Promise<void>;
  /** Ends a replica's machine. Its memory is gone. */
  stop(id: ReplicaId): Promise<void>;
  /** Runs one window of a running replica. */
  run(id: ReplicaId, work: Work): Promise<WorkOutcome>;
  /** The `k` items of its store nearest to `query`, which has unit length; `exact` without its index. Changes nothing. */
  answer(id: ReplicaId, query: Float32Array, k: number, exact: boolean): Promise<ObservedAnswer>;
  /** Builds a replica's search index for a slice of time, before a search needs it. Changes nothing. */
  buildIndex(id: ReplicaId, order: IndexOrder): Promise<IndexProgress>;
  /** Puts questions to a replica's search, `exact` without its index, and to exact search. Changes nothing. */
  examine(id: ReplicaId, question: IndexQuestion, exact: boolean): Promise<Examined>;
  /** The way of a search through a replica's index; undefined where it is exact. Changes nothing. */
  path(id: ReplicaId, question: IndexQuestion): Promise<SearchPath | undefined>;
  /** Ends all machines. Calls that are under way are rejected. */
  close(): void;
}
