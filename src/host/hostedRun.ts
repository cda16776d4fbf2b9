/**
 * A run whose replicas live in a host: the asynchronous twin of the model's InlineRun, with the same plans and the same
 * taking over, hence the same history. Its methods must not overlap; the session sees to that.
 */
import { type HashText, hashText } from "../base/hash.ts";
import type { ReplicaId } from "../base/ids.ts";
import { after, earlier, type Micros, NEVER, seconds } from "../base/units.ts";
import { memberOf } from "../model/cluster/absorb.ts";
import { askedProblem, asRecorded } from "../model/cluster/aim.ts";
import { applyCommand, applyStrike } from "../model/cluster/command.ts";
import type { Lifecycle } from "../model/cluster/faults.ts";
import { nextStrikeAt } from "../model/cluster/gameDay.ts";
import { advanceIndexes, indexesProgress, isFarBehind, needsIndexes } from "../model/cluster/indexes.ts";
import { type InlineRun, startOrder } from "../model/cluster/inline.ts";
import { type ClusterState, setStatus } from "../model/cluster/state.ts";
import {
  finishWindow,
  nextEventAt,
  planEvent,
  planWindow,
  type ReplicaJob,
  type Window,
} from "../model/cluster/window.ts";
import type { AimedCommand, Command, PersonalCommand, TimedCommand } from "../model/protocol/commands.ts";
import type { SearchIndexConfig } from "../model/protocol/config.ts";
import type { IndexProgress, SearchPath } from "../model/protocol/searchIndex.ts";
import type { RunInputs } from "../model/protocol/session.ts";
import type { WorkOutcome } from "../model/protocol/work.ts";
import { type Examined, examine, type IndexQuestion, pathThrough } from "./indexes.ts";
import type { ObservedAnswer, ReplicaHost } from "./replicaHost.ts";
import { answerFrom } from "./replicaMachine.ts";
import type { RecordedOutcome } from "./steerable.ts";

/** The machine of one replica did not do its work. */
export class ReplicaError extends Error {
  override readonly name = "ReplicaError";
  readonly replicaId: ReplicaId;

  constructor(replicaId: ReplicaId, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.replicaId = replicaId;
  }
}

/** A single step looks this far ahead: in a cluster in which nothing ever happens again it ends there. */
const STEP_HORIZON = seconds(10);

/** Wall milliseconds that indexes are built before somebody else may have a turn. */
const INDEX_SLICE = 24;

/** How a run is taken forward. The history is the same. */
export interface Driving {
  /** Windows as long as the network's latency allows; without it one event at a time. */
  readonly lookahead: boolean;
}

/** The results of `tasks`, once none of them is under way any more. Throws what the first of them threw. */
async function all<Result>(tasks: readonly Promise<Result>[]): Promise<readonly Result[]> {
  const only = tasks[0];
  if (only !== undefined && tasks.length === 1) return [await only];
  const results: Result[] = [];
  for (const outcome of await Promise.allSettled(tasks)) {
    if (outcome.status === "rejected") throw outcome.reason;
    results.push(outcome.value);
  }
  return results;
}

function sumOf(parts: readonly IndexProgress[]): IndexProgress {
  const sum = (of: (part: IndexProgress) => number) => parts.reduce((so, part) => so + of(part), 0);
  return { done: sum(({ done }) => done), total: sum(({ total }) => total) };
}

/** The index that a command switches on. */
function aheadOf(timed: TimedCommand | undefined): SearchIndexConfig | undefined {
  return timed?.command.kind === "setSearchIndex" ? timed.command.index : undefined;
}

async function blame<Result>(id: ReplicaId, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    throw new ReplicaError(id, cause);
  }
}

export class HostedRun {
  readonly state: ClusterState;
  readonly #host: ReplicaHost;
  readonly #driving: Driving;
  readonly #opened: RunInputs;
  /** Commands of the inputs that are still to come. */
  #coming: readonly TimedCommand[];
  /** End of the last window: nothing is due before it, though `state.now` may be the last event before it. */
  #barrier: Micros;
  /** Set while the replicas are here, in the thread that computed them, and not with the host. */
  #held: InlineRun | undefined;

  /** The replicas whose indexes are behind, and how far they are: searches would take long, so the run waits for them. */
  readonly #indexing = new Map<ReplicaId, IndexProgress>();
  /** The coming command that switches an index on, once that is built, or waited for. */
  #prepared: TimedCommand | undefined;

  /**
   * Goes on with a run of `inputs` that was computed in this thread. The host is untouched until {@link handOver}, which
   * whatever takes the run on does by itself.
   */
  constructor(host: ReplicaHost, driving: Driving, inputs: RunInputs, run: InlineRun) {
    const { state } = run;
    this.state = state;
    this.#host = host;
    this.#driving = driving;
    this.#opened = inputs;
    this.#coming = inputs.commands.slice(state.commands.length);
    this.#barrier = run.nextCommandAt;
    this.#held = run;
  }

  /** The run as this thread computed it, while the replicas have not been handed over. */
  get held(): InlineRun | undefined {
    return this.#held;
  }

  /** Gives the computed states to the host, which drops whatever it had. */
  async handOver(): Promise<void> {
    const computed = this.#held?.replicas;
    if (computed === undefined) return;
    this.#held = undefined;
    const leftOver = this.#host.running().filter((id) => !computed.has(id));
    await all(leftOver.map((id) => blame(id, this.#host.stop(id))));
    await all([...computed.values()].map((replica) => blame(replica.id, this.#host.load(replica))));
    await all([...computed.keys()].map((id) => this.#noteIndex(id)));
  }

  /** A machine that begins may have no index built yet. */
  async #noteIndex(id: ReplicaId): Promise<void> {
    if (this.state.config.cluster.searchIndex === undefined) return;
    const progress = await blame(id, this.#host.buildIndex(id, { budget: 0, ahead: undefined }));
    if (isFarBehind(progress)) this.#indexing.set(id, progress);
  }

  /** Everything that led here and what is still to come, and where the run stands. */
  inputs(): { readonly inputs: RunInputs; readonly at: Micros } {
    const commands = [...this.state.commands, ...this.#coming];
    return { inputs: { ...this.#opened, commands }, at: this.#barrier };
  }

  /**
   * Runs to `until` and stands there; commands that come due take effect, those at `until` too. Stops early at the end
   * of a window when `enough` says so. Returns whether it got there.
   */
  async advance(until: Micros, enough: () => boolean = () => false): Promise<boolean> {
    if (until < this.#barrier) return true;
    await this.handOver();
    for (;;) {
      if (!(await this.#buildIndexes(enough))) return false;
      const stops = () => this.#indexing.size > 0 || enough();
      if (await this.#pursue(until, stops)) return true;
      if (this.#indexing.size === 0) return false;
    }
  }

  async #pursue(until: Micros, enough: () => boolean): Promise<boolean> {
    if (until < this.#barrier) return true;
    await this.handOver();
    const plan = this.#driving.lookahead ? planWindow : planEvent;
    for (;;) {
      const stop = earlier(until, this.#nextOrderAt());
      const window = plan(this.state, stop);
      if (window !== undefined) await this.#run(window);
      else if (!(await this.#rest(stop))) return true;
      if (enough()) return false;
    }
  }

  /** Comes to rest: every event of the last instant is done, and virtual time stands behind it. */
  async settle(): Promise<void> {
    await this.#pursue(this.#barrier, () => false);
  }

  /** Processes exactly one event, or takes the command that is due before it. */
  async step(): Promise<void> {
    await this.handOver();
    await this.#buildIndexes(() => false);
    const { state } = this;
    const stop = earlier(after(state.now, STEP_HORIZON), this.#nextOrderAt());
    const window = planEvent(state, stop);
    if (window !== undefined) await this.#run(window);
    else if ((await this.#rest(stop)) && this.#isPreparing) {
      await this.#buildIndexes(() => false);
      await this.#rest(stop);
    }
  }

  /**
   * Carries out a person's command now, if it can be. What the inputs had for later is given up: history
   * branches. `taking` is called right before.
   */
  async command(command: PersonalCommand, taking: () => void = () => undefined): Promise<RecordedOutcome> {
    await this.settle();
    const problem = askedProblem(this.state, command);
    if (problem !== undefined) return { taken: false, problem };
    this.#coming = [];
    taking();
    const before = this.state.commands.length;
    const recorded = { at: this.state.now, command: asRecorded(this.state, command) };
    await this.#carryOut(recorded.command);
    return { taken: true, recorded, before };
  }

  /** The hash, and the instant that a replay has to be asked for to give it. After a single step: the last before it. */
  async hashNow(): Promise<{ readonly at: Micros; readonly runHash: HashText }> {
    const { state } = this;
    const isBetweenInstants = nextEventAt(state) > state.now;
    if (!(this.#held !== undefined && isBetweenInstants) && nextEventAt(state) >= this.#barrier) await this.settle();
    return { at: state.now, runHash: hashText(state.hash) };
  }

  /** The `k` items of a replica's store nearest to `query`, from wherever its machine is. */
  answer(id: ReplicaId, query: Float32Array, k: number): Promise<ObservedAnswer> {
    const replica = this.#held?.replicas.get(id);
    const exact = this.#isExact;
    return replica === undefined
      ? this.#host.answer(id, query, k, exact)
      : Promise.resolve(answerFrom(replica, query, k, exact));
  }

  /** How a replica's search stands to exact search, from wherever its machine is. */
  examine(id: ReplicaId, question: IndexQuestion): Promise<Examined> {
    const replica = this.#held?.replicas.get(id);
    const exact = this.#isExact;
    return replica === undefined
      ? this.#host.examine(id, question, exact)
      : Promise.resolve(examine(replica, question, exact));
  }

  /** The way of a search through a replica's index, from wherever its machine is. */
  path(id: ReplicaId, question: IndexQuestion): Promise<SearchPath | undefined> {
    if (this.#isExact) return Promise.resolve(undefined);
    const replica = this.#held?.replicas.get(id);
    return replica === undefined ? this.#host.path(id, question) : Promise.resolve(pathThrough(replica, question));
  }

  /**
   * Builds the indexes that searches would wait for, wherever the machines are, until `enough` says so. Returns whether
   * any question can be answered at once.
   */
  async buildIndexes(enough: () => boolean): Promise<boolean> {
    const held = this.#held;
    return held === undefined ? await this.#buildIndexes(enough) : !needsIndexes(held) || advanceIndexes(held, enough);
  }

  /** How far the indexes are that the run waits for; undefined while it waits for none. */
  get indexing(): IndexProgress | undefined {
    const held = this.#held;
    if (held !== undefined) return needsIndexes(held) ? indexesProgress(held) : undefined;
    if (this.#indexing.size === 0) return undefined;
    return sumOf([...this.#indexing.values()]);
  }

  /**
   * Builds, for a slice of time in every replica at once, the index that is about to be set. The run must stand where it
   * stands until it is.
   */
  async prepareIndex(ahead: SearchIndexConfig, budget: number): Promise<IndexProgress> {
    await this.settle();
    await this.handOver();
    const order = { budget, ahead };
    return sumOf(await all(this.#host.running().map((id) => blame(id, this.#host.buildIndex(id, order)))));
  }

  /** Builds the indexes that the run waits for, in slices, until `enough` says so. Returns whether it waits no more. */
  async #buildIndexes(enough: () => boolean): Promise<boolean> {
    while (this.#indexing.size > 0) {
      const build = async (id: ReplicaId) => {
        const ahead = this.#isPreparing ? aheadOf(this.#prepared) : undefined;
        const progress = await blame(id, this.#host.buildIndex(id, { budget: INDEX_SLICE, ahead }));
        if (progress.done < progress.total) this.#indexing.set(id, progress);
        else this.#indexing.delete(id);
      };
      const running = this.#host.running();
      for (const id of [...this.#indexing.keys()]) if (!running.includes(id)) this.#indexing.delete(id);
      await all([...this.#indexing.keys()].map(build));
      if (enough()) return false;
    }
    return true;
  }

  /** Whether no replica has an index in force. A machine hears of it with its next event, and may be asked before that. */
  get #isExact(): boolean {
    return this.state.config.cluster.searchIndex === undefined;
  }

  /** When the next command of the inputs, or of the game day, takes effect. */
  #nextOrderAt(): Micros {
    return earlier(this.#coming[0]?.at ?? NEVER, nextStrikeAt(this.state));
  }

  async #run(window: Window): Promise<void> {
    const job = ({ id, work }: ReplicaJob): Promise<WorkOutcome> => blame(id, this.#host.run(id, work));
    const outcomes = await all(window.replicas.map(job));
    finishWindow(this.state, window, outcomes);
    this.#barrier = window.end;
    for (const [at, { needsIndex }] of outcomes.entries()) {
      const id = window.replicas[at]?.id;
      if (id !== undefined && needsIndex === true) this.#indexing.set(id, { done: 0, total: 0 });
    }
  }

  /** Nothing is due before `stop`, where the run stands now. Takes the next command if it is due; tells whether. */
  async #rest(stop: Micros): Promise<boolean> {
    this.#barrier = stop;
    if (nextStrikeAt(this.state) <= stop) {
      await this.#obey(applyStrike(this.state));
      return true;
    }
    const [next, ...rest] = this.#coming;
    if (next === undefined || next.at > stop) return false;
    if (this.#waitsFor(next)) return true;
    this.#coming = rest;
    await this.#carryOut(next.command);
    return true;
  }

  /** Whether the next command waits for its index. */
  get #isPreparing(): boolean {
    return this.#prepared !== undefined && this.#coming[0] === this.#prepared;
  }

  /** Whether the index that `next` sets is to be built first: asked once, who does not wait takes it at once. */
  #waitsFor(next: TimedCommand): boolean {
    if (this.#prepared === next || aheadOf(next) === undefined) return false;
    this.#prepared = next;
    const total = this.state.workload.catalogue.length;
    for (const id of this.#host.running()) this.#indexing.set(id, { done: 0, total });
    return true;
  }

  async #carryOut(command: Command | AimedCommand): Promise<void> {
    await this.#obey(applyCommand(this.state, command));
    // Nobody builds what nobody will search.
    if (this.#isExact && !this.#isPreparing) this.#indexing.clear();
  }

  async #obey(orders: readonly Lifecycle[]): Promise<void> {
    for (const { kind, id } of orders) {
      await blame(id, kind === "stop" ? this.#host.stop(id) : this.#start(id));
    }
  }

  async #start(id: ReplicaId): Promise<void> {
    const member = memberOf(this.state, id);
    const order = startOrder(this.state, id);
    setStatus(member, await this.#host.start(order, this.state.config.cluster, member.disk));
    await this.#noteIndex(id);
  }
}
