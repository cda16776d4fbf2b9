/** Replicas in the calling thread: for tests, and the measure that every other host is held to. */
import { present } from "../base/assert.ts";
import { nameOf, type ReplicaId } from "../base/ids.ts";
import type { StartOrder } from "../model/cluster/inline.ts";
import type { ClusterConfig } from "../model/protocol/config.ts";
import type { Disk } from "../model/protocol/log.ts";
import type { IndexProgress, SearchPath } from "../model/protocol/searchIndex.ts";
import type { ReplicaStatus } from "../model/protocol/step.ts";
import type { Work, WorkOutcome } from "../model/protocol/work.ts";
import type { ReplicaState } from "../model/replica/state.ts";
import type { Examined, IndexOrder, IndexQuestion } from "./indexes.ts";
import type { ObservedAnswer, ReplicaHost } from "./replicaHost.ts";
import { ReplicaMachine } from "./replicaMachine.ts";

// The methods are async so that what a machine throws arrives as a rejection, as it does from a worker.
export class InlineHost implements ReplicaHost {
  readonly #machines = new Map<ReplicaId, ReplicaMachine>();

  running(): readonly ReplicaId[] {
    return [...this.#machines.keys()];
  }

  async start(order: StartOrder, config: ClusterConfig, disk: Disk): Promise<ReplicaStatus> {
    const machine = new ReplicaMachine();
    this.#machines.set(order.id, machine);
    return machine.start(order, config, disk);
  }

  async load(state: ReplicaState): Promise<void> {
    const machine = new ReplicaMachine();
    this.#machines.set(state.id, machine);
    machine.load(state);
  }

  async stop(id: ReplicaId): Promise<void> {
    this.#machines.delete(id);
  }

  async run(id: ReplicaId, work: Work): Promise<WorkOutcome> {
    return this.#machine(id).run(work);
  }

  async answer(id: ReplicaId, query: Float32Array, k: number, exact: boolean): Promise<ObservedAnswer> {
    return this.#machine(id).answer(query, k, exact);
  }

  async buildIndex(id: ReplicaId, order: IndexOrder): Promise<IndexProgress> {
    return this.#machine(id).buildIndex(order);
  }

  async examine(id: ReplicaId, question: IndexQuestion, exact: boolean): Promise<Examined> {
    return this.#machine(id).examine(question, exact);
  }

  async path(id: ReplicaId, question: IndexQuestion): Promise<SearchPath | undefined> {
    return this.#machine(id).path(question);
  }

  close(): void {
    this.#machines.clear();
  }

  #machine(id: ReplicaId): ReplicaMachine {
    return present(this.#machines.get(id), `a machine of ${nameOf(id)}`);
  }
}
