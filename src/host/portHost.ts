/**
 * Replicas behind ports: in real workers, or at the other end of a bare MessageChannel. Whoever supplies the ports owns
 * the workers and can terminate them.
 */
import { expose } from "comlink";
import { present } from "../base/assert.ts";
import { nameOf, type ReplicaId } from "../base/ids.ts";
import type { StartOrder } from "../model/cluster/inline.ts";
import type { ClusterConfig } from "../model/protocol/config.ts";
import type { Disk } from "../model/protocol/log.ts";
import type { IndexProgress, SearchPath } from "../model/protocol/searchIndex.ts";
import type { ReplicaStatus } from "../model/protocol/step.ts";
import type { Work, WorkOutcome } from "../model/protocol/work.ts";
import type { ReplicaState } from "../model/replica/state.ts";
import { EmbeddingTable } from "../model/vector/embedding.ts";
import { internArrived } from "./arrival.ts";
import type { Examined, IndexOrder, IndexQuestion } from "./indexes.ts";
import { installFastestKernel } from "./kernel.ts";
import { Line, PATIENCE } from "./line.ts";
import type { ObservedAnswer, ReplicaHost } from "./replicaHost.ts";
import { ReplicaMachine } from "./replicaMachine.ts";

/** What stands at the far end of a port: plain data in, a promise of plain data out. */
interface ReplicaApi {
  start(order: StartOrder, config: ClusterConfig, disk: Disk): Promise<ReplicaStatus>;
  load(state: ReplicaState): Promise<void>;
  run(work: Work): Promise<WorkOutcome>;
  answer(query: Float32Array, k: number, exact: boolean): Promise<ObservedAnswer>;
  buildIndex(order: IndexOrder): Promise<IndexProgress>;
  examine(question: IndexQuestion, exact: boolean): Promise<Examined>;
  path(question: IndexQuestion): Promise<SearchPath | undefined>;
}

/** Answers for one replica's machine at `port`. This is all that a replica's worker does. */
export function serveReplica(port: MessagePort): void {
  installFastestKernel();
  const table = new EmbeddingTable();
  const machine = new ReplicaMachine();
  const api: ReplicaApi = {
    start: async (order, config, disk) => machine.start(order, config, internArrived(table, disk)),
    load: async (state) => {
      // Whatever was here before is gone, its vectors too.
      table.clear();
      machine.load(internArrived(table, state));
      machine.keepOwnIndex();
    },
    run: async (work) => machine.run(internArrived(table, work)),
    answer: async (query, k, exact) => machine.answer(query, k, exact),
    buildIndex: async (order) => machine.buildIndex(order),
    examine: async (question, exact) => machine.examine(question, exact),
    path: async (question) => machine.path(question),
  };
  expose(api, port);
}

/** A machine's port, and the number by which its supplier knows the worker behind it. */
export interface SuppliedPort {
  readonly worker: number;
  readonly port: MessagePort;
}

/** Who makes the far ends. */
export interface PortSupply {
  /** A new machine for a replica. */
  spawn(id: ReplicaId): Promise<SuppliedPort>;
  /** Ends a machine; resolves when it is gone. */
  terminate(worker: number): Promise<void>;
}

interface Connection {
  readonly worker: number;
  readonly line: Line<ReplicaApi>;
}

/** Breaks that are remembered until their port arrives. */
const EARLY_BREAKS_LIMIT = 64;

export class PortHost implements ReplicaHost {
  readonly #supply: PortSupply;
  readonly #patience: number;
  readonly #table = new EmbeddingTable();
  readonly #connections = new Map<ReplicaId, Connection>();
  readonly #brokenEarly = new Map<number, string>();

  /** `ready` are machines that were made ahead for these replicas. */
  constructor(
    supply: PortSupply,
    ready: Iterable<readonly [ReplicaId, SuppliedPort]> = [],
    patience: number = PATIENCE,
  ) {
    this.#supply = supply;
    this.#patience = patience;
    for (const [id, supplied] of ready) this.#connect(id, supplied);
  }

  running(): readonly ReplicaId[] {
    return [...this.#connections.keys()];
  }

  /** Calls that wait for an answer, of all replicas. */
  get inFlight(): number {
    let calls = 0;
    for (const { line } of this.#connections.values()) calls += line.inFlight;
    return calls;
  }

  async start(order: StartOrder, config: ClusterConfig, disk: Disk): Promise<ReplicaStatus> {
    await this.stop(order.id);
    const line = await this.#open(order.id);
    return await line.call((api) => api.start(order, config, disk));
  }

  async load(state: ReplicaState): Promise<void> {
    const current = this.#connections.get(state.id);
    if (current?.line.ended !== undefined) await this.stop(state.id);
    const line = this.#connections.get(state.id)?.line ?? (await this.#open(state.id));
    await line.call((api) => api.load(state));
  }

  async stop(id: ReplicaId): Promise<void> {
    const connection = this.#connections.get(id);
    if (connection === undefined) return;
    this.#connections.delete(id);
    connection.line.end("closed", "the replica was stopped");
    await this.#supply.terminate(connection.worker);
  }

  async run(id: ReplicaId, work: Work): Promise<WorkOutcome> {
    return internArrived(this.#table, await this.#line(id).call((api) => api.run(work)));
  }

  async answer(id: ReplicaId, query: Float32Array, k: number, exact: boolean): Promise<ObservedAnswer> {
    return internArrived(this.#table, await this.#line(id).call((api) => api.answer(query, k, exact)));
  }

  buildIndex(id: ReplicaId, order: IndexOrder): Promise<IndexProgress> {
    return this.#line(id).call((api) => api.buildIndex(order));
  }

  examine(id: ReplicaId, question: IndexQuestion, exact: boolean): Promise<Examined> {
    return this.#line(id).call((api) => api.examine(question, exact));
  }

  path(id: ReplicaId, question: IndexQuestion): Promise<SearchPath | undefined> {
    return this.#line(id).call((api) => api.path(question));
  }

  /** Keeps these vectors as this thread's own, and no others, so that what arrives with the same bits becomes them. */
  adopt(vectors: Iterable<Float32Array>): void {
    this.#table.clear();
    for (const values of vectors) this.#table.intern(values);
  }

  /** A worker reported an error of its own, outside any call: nothing more will come from it. */
  workerBroke(worker: number, reason: string): void {
    const connection = [...this.#connections.values()].find((candidate) => candidate.worker === worker);
    if (connection !== undefined) {
      connection.line.end("broken", reason);
      return;
    }
    if (this.#brokenEarly.size >= EARLY_BREAKS_LIMIT) this.#brokenEarly.clear();
    this.#brokenEarly.set(worker, reason);
  }

  close(): void {
    for (const { line, worker } of this.#connections.values()) {
      line.end("closed", "the host was closed");
      // Whoever closes a host does not wait for its workers to be gone.
      this.#supply.terminate(worker).catch(() => undefined);
    }
    this.#connections.clear();
  }

  async #open(id: ReplicaId): Promise<Line<ReplicaApi>> {
    return this.#connect(id, await this.#supply.spawn(id)).line;
  }

  #connect(id: ReplicaId, { worker, port }: SuppliedPort): Connection {
    const line = new Line<ReplicaApi>(nameOf(id), port, () => port.close(), this.#patience);
    const connection = { worker, line };
    this.#connections.set(id, connection);
    const broken = this.#brokenEarly.get(worker);
    if (broken !== undefined) line.end("broken", broken);
    return connection;
  }

  #line(id: ReplicaId): Line<ReplicaApi> {
    return present(this.#connections.get(id), `a machine of ${nameOf(id)}`).line;
  }
}
