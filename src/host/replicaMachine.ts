/** One replica's machine, wherever it runs: a state and the few things that can be asked of it. */
import { present } from "../base/assert.ts";
import { rngStream, Stream } from "../base/rng.ts";
import { needsIndex } from "../model/cluster/indexes.ts";
import type { StartOrder } from "../model/cluster/inline.ts";
import type { ClusterConfig } from "../model/protocol/config.ts";
import type { Disk } from "../model/protocol/log.ts";
import type { IndexProgress, SearchPath } from "../model/protocol/searchIndex.ts";
import type { ReplicaStatus } from "../model/protocol/step.ts";
import type { Work, WorkOutcome } from "../model/protocol/work.ts";
import { runReplica } from "../model/replica/runner.ts";
import { searchExactly, searchStore } from "../model/replica/searchIndex.ts";
import { createReplica, type ReplicaState } from "../model/replica/state.ts";
import { statusOf } from "../model/replica/status.ts";
import { embeddingOf } from "../model/vector/embedding.ts";
import { keepGraphsOf } from "../model/vector/graphs.ts";
import { buildIndex, type Examined, examine, type IndexOrder, type IndexQuestion, pathThrough } from "./indexes.ts";
import { neighbourOf, type ObservedAnswer } from "./replicaHost.ts";
import { systemClock } from "./wallClock.ts";

/** What a search for the `k` items nearest to `query`, which has unit length, answers at a replica; `exact` without its index. */
export function answerFrom(state: ReplicaState, query: Float32Array, k: number, exact: boolean): ObservedAnswer {
  const found = (exact ? searchExactly : searchStore)(state, embeddingOf(query), k);
  return { neighbours: found.map(neighbourOf), vectorCount: state.store.items.size };
}

export class ReplicaMachine {
  #state: ReplicaState | undefined;

  /** Starts from a disk; every start has a random stream of its own. */
  start({ id, seed, incarnation, at, conditions }: StartOrder, config: ClusterConfig, disk: Disk): ReplicaStatus {
    const rng = rngStream(seed, Stream.replica, id, incarnation);
    this.#state = createReplica(id, config, disk, rng, at, conditions);
    return statusOf(this.#state);
  }

  /** Goes on from a computed state, which belongs to this machine from now on. */
  load(state: ReplicaState): void {
    this.#state = state;
  }

  run(work: Work): WorkOutcome {
    const state = this.#running();
    const outcome = runReplica(state, work);
    return needsIndex(state) ? { ...outcome, needsIndex: true } : outcome;
  }

  answer(query: Float32Array, k: number, exact: boolean): ObservedAnswer {
    return answerFrom(this.#running(), query, k, exact);
  }

  /** Gives back the memory of indexes over other data. For a thread of its own. */
  keepOwnIndex(): void {
    keepGraphsOf([this.#running().store]);
  }

  buildIndex(order: IndexOrder): IndexProgress {
    return buildIndex(this.#running(), order, systemClock);
  }

  examine(question: IndexQuestion, exact: boolean): Examined {
    return examine(this.#running(), question, exact);
  }

  path(question: IndexQuestion): SearchPath | undefined {
    return pathThrough(this.#running(), question);
  }

  #running(): ReplicaState {
    return present(this.#state, "the state of a replica that was started");
  }
}
