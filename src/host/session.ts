/**
 * A session: one run after the other, played by the wall clock, over any host. Everything that touches the run takes its
 * turn at the end of a window, so a command, a step, a picture or a search never meets half a window, and neither frame
 * rate nor jank nor the order of replies can reach the history.
 */
import { type Micros, ZERO } from "../base/units.ts";
import { traceLines } from "../model/cluster/absorb.ts";
import { buildFrame } from "../model/cluster/frame.ts";
import { keepIndexesOf } from "../model/cluster/indexes.ts";
import type { Replay } from "../model/cluster/replay.ts";
import type { PersonalCommand } from "../model/protocol/commands.ts";
import type { DatasetContent, DatasetName } from "../model/protocol/dataset.ts";
import type { Failure, Frame } from "../model/protocol/frame.ts";
import type {
  ClusterSession,
  CommandOutcome,
  Destination,
  Finding,
  RunInputs,
  Sought,
} from "../model/protocol/session.ts";
import { HostedRun, ReplicaError } from "./hostedRun.ts";
import { Opener } from "./opener.ts";
import { clampedRate, Pacer } from "./pacer.ts";
import { type BuildSlice, Preparation } from "./preparation.ts";
import { Questions } from "./questions.ts";
import type { ReplicaHost } from "./replicaHost.ts";
import { outcomeOf, type RecordedOutcome, refusal, type SteerableSession } from "./steerable.ts";
import { setOut, type Travel } from "./travel.ts";
import { Turns } from "./turns.ts";
import { systemClock, type WallClock } from "./wallClock.ts";

/** Wall milliseconds that a session computes before it lets others have their turn, unless they ask for it earlier. */
const BUDGET = 8;
/** Wall milliseconds that a picture may wait for the run to reach the instant that the picture should show. */
const PULL_BUDGET = 4;
/** Wall milliseconds between two looks at the clock while the run keeps up: pulls do the work, this is for when none come. */
const TICK = 40;
/** Wall milliseconds spent on checkpoints behind a run that keeps up, each time that it is taken on. */
const FOLLOW_BUDGET = 2;
/** Wall milliseconds between two slices of the same while nothing moves. */
const FOLLOW_PAUSE = 16;

/** A way that is to be gone, and what is done at its end. */
interface Journey {
  readonly way: Replay;
  readonly travel: Travel;
  readonly arrive: () => Promise<unknown>;
}

/** What a session is made of. */
export interface SessionParts {
  readonly host: ReplicaHost;
  readonly datasetByName: (name: DatasetName) => DatasetContent;
  readonly clock?: WallClock;
  /** Off: one event per window. For tests: the history is the same. */
  readonly lookahead?: boolean;
  /** Runs that whoever looks on has seen before, in other sessions: numbers of runs begin behind it. */
  readonly runsBefore?: number;
}

export class HostedSession implements SteerableSession {
  readonly #host: ReplicaHost;
  readonly #datasetByName: (name: DatasetName) => DatasetContent;
  readonly #clock: WallClock;
  readonly #lookahead: boolean;
  readonly #turns = new Turns();
  readonly #pacer = new Pacer();
  readonly #opener: Opener;
  #run: HostedRun | undefined;
  #travel: Travel | undefined;
  /** Counts the destinations that were asked for: the last one counts. */
  #seeks = 0;
  #followWaits = false;
  #runId: number;
  #playing = true;
  #failure: Failure | undefined;
  #cancelTick: (() => void) | undefined;
  /** A tick is waiting for its turn: one is enough. */
  #tickWaits = false;
  #closed = false;
  readonly #preparation: Preparation;
  readonly #questions: Questions;
  readonly inputs: ClusterSession["inputs"] = () => this.#turns.take(async () => this.#open().inputs());
  readonly search: ClusterSession["search"] = (query, k) => this.#questions.search(query, k);
  readonly items: ClusterSession["items"] = () => this.#questions.items();
  readonly indexReport: ClusterSession["indexReport"] = () => this.#questions.indexReport();
  readonly searchPath: ClusterSession["searchPath"] = (id, query, k) => this.#questions.searchPath(id, query, k);
  readonly holdings: ClusterSession["holdings"] = (known) => this.#questions.holdings(known);
  readonly hashNow: ClusterSession["hashNow"] = () => this.#questions.hashNow();
  readonly chronicle: ClusterSession["chronicle"] = async (span) =>
    this.#travelOf().chronicle(span, this.#open().state, this.#runId);
  readonly why: ClusterSession["why"] = async (question) => this.#travelOf().why(question);

  constructor({ host, datasetByName, clock = systemClock, lookahead = true, runsBefore = 0 }: SessionParts) {
    this.#runId = runsBefore;
    this.#host = host;
    this.#datasetByName = datasetByName;
    this.#clock = clock;
    this.#opener = new Opener(clock);
    const asked = () => ({ run: this.#open(), runId: this.#runId, hasFailed: this.#failure !== undefined });
    this.#questions = new Questions(this.#turns, clock, asked);
    const build: BuildSlice = async (index, budget) =>
      this.#opener.progress ? undefined : this.#guard(this.#open(), () => this.#open().prepareIndex(index, budget));
    this.#preparation = new Preparation(this.#turns, clock, build, () => this.#beginPacing());
    this.#lookahead = lookahead;
  }

  /** What `inputs` ask is computed first: if that throws, the run that was open goes on. */
  open(inputs: RunInputs, to: Destination): Promise<boolean> {
    return this.#go(async () => {
      const dataset = this.#datasetByName(inputs.config.workload.dataset);
      const from = this.#failure === undefined ? this.#travel : undefined;
      const { way, travel } = setOut(inputs, dataset, to, this.#clock, from);
      return { way, travel, arrive: () => this.#takeOver(inputs, way, travel) };
    });
  }

  seek(to: Destination): Promise<boolean> {
    this.#seeks += 1;
    const seek = this.#seeks;
    return this.#go(async () => {
      const run = this.#open();
      if (seek !== this.#seeks) return undefined;
      this.#pause();
      const travel = this.#travelOf();
      const way = travel.way(to, run.held);
      const { inputs } = run.inputs();
      return { way, travel, arrive: async () => this.#show(inputs, way, travel) };
    });
  }

  async seekNext(next: Sought, until: Micros): Promise<Finding> {
    let found: Finding = "given up";
    this.#seeks += 1;
    const seek = this.#seeks;
    await this.#go(async () => {
      const run = this.#open();
      if (seek !== this.#seeks) return undefined;
      this.#pause();
      const travel = this.#travelOf();
      const way = travel.wayToNext(next, until, run.state);
      const { inputs } = run.inputs();
      const arrive = async () => {
        found = way.hasFound ? "found" : "nothing";
        if (way.hasFound) this.#show(inputs, way, travel);
      };
      return { way, travel, arrive };
    });
    return found;
  }

  async stepBack(): Promise<void> {
    const { eventsProcessed } = this.#open().state.counters;
    if (eventsProcessed > 0) await this.seek({ event: eventsProcessed - 1 });
  }

  /** Goes the way that `plan` finds, in slices if it is long. Returns whether it came to its end. */
  async #go(plan: () => Promise<Journey | undefined>): Promise<boolean> {
    this.#preparation.cancel();
    const journey = await this.#turns.take(async () => {
      const planned = await plan();
      if (planned === undefined || !this.#opener.begin(planned.way, (run) => planned.travel.look(run))) return planned;
      await planned.arrive();
      return "arrived";
    });
    if (journey === "arrived") return true;
    if (journey === undefined) return false;
    try {
      if (!(await this.#opener.finish(journey.way)) || this.#closed) return false;
      await this.#turns.take(journey.arrive);
      return true;
    } finally {
      // The run that was open has stood still; it goes on from where it was.
      this.#beginPacing();
    }
  }

  async cancelOpening(): Promise<void> {
    this.#preparation.cancel();
    this.#opener.cancel();
  }

  async #takeOver(inputs: RunInputs, way: Replay, travel: Travel): Promise<void> {
    if (!travel.isBranch) this.#runId += 1;
    const run = this.#show(inputs, way, travel);
    keepIndexesOf(way.run);
    await this.#guard(run, () => run.handOver());
    this.#beginPacing();
  }

  /** The replicas stay in this thread until somebody takes the run on. */
  #show(inputs: RunInputs, way: Replay, travel: Travel): HostedRun {
    const run = new HostedRun(this.#host, { lookahead: this.#lookahead }, inputs, way.run);
    this.#run = run;
    this.#travel = travel;
    this.#failure = undefined;
    travel.reached(run.state.now);
    this.#followSoon();
    return run;
  }

  #travelOf(): Travel {
    if (this.#travel === undefined) throw new Error("no run is open");
    return this.#travel;
  }

  /** While nothing moves, indexes are built, then checkpoints are left up to where the run has been. */
  #followSoon(): void {
    if (this.#followWaits || this.#closed) return;
    this.#followWaits = true;
    this.#clock.after(FOLLOW_PAUSE, () => {
      void this.#turns.take(async () => {
        this.#followWaits = false;
        const run = this.#run;
        if (this.#closed || run === undefined || this.#isMoving() || this.#failure !== undefined) return;
        const end = this.#clock.now() + BUDGET;
        const isBuilt = await this.#guard(run, () => run.buildIndexes(() => this.#clock.now() >= end));
        const travel = this.#travelOf();
        if (isBuilt !== true || !travel.catchUp(travel.travelled(run.state).end, BUDGET)) this.#followSoon();
      });
    });
  }

  pull(): Promise<Frame> {
    return this.#turns.take(async () => {
      const run = this.#open();
      await this.#chase(run, PULL_BUDGET, false);
      const now = this.#clock.now();
      const playing = this.#isMoving();
      const travel = this.#travelOf();
      travel.pulled(run.state);
      if (run.indexing !== undefined) this.#followSoon();
      return buildFrame(run.state, {
        travelled: travel.travelled(run.state),
        opening: this.#opener.progress,
        indexing: this.#preparation.indexing(this.#opener.indexing, run.indexing),
        runId: this.#runId,
        playing,
        playbackRate: this.#pacer.rate,
        reachedRate: playing ? this.#pacer.reachedRate(now, run.state.now) : 0,
        failure: this.#failure,
      });
    });
  }

  async command(command: PersonalCommand): Promise<CommandOutcome> {
    return outcomeOf(await this.record(command));
  }

  /** {@link command}, and what stands in the inputs since. */
  record(command: PersonalCommand): Promise<RecordedOutcome> {
    return this.#preparation.before(command, () => this.#carryOut(command));
  }

  #carryOut(command: PersonalCommand): Promise<RecordedOutcome> {
    return this.#turns.take(async () => {
      const run = this.#open();
      if (this.#opener.progress !== undefined) return refusal("Another run is being computed. Wait, or cancel it.");
      const outcome = this.#failure === undefined ? await this.#guard(run, () => this.#take(run, command)) : undefined;
      return outcome ?? refusal("The run has stopped. Restart it to go on.");
    });
  }

  async #take(run: HostedRun, command: PersonalCommand): Promise<RecordedOutcome> {
    const travel = this.#travelOf();
    const outcome = await run.command(command, () => travel.commanded(run.state));
    if (outcome.taken) travel.follow(run.inputs().inputs, outcome.recorded.at);
    return outcome;
  }

  play(): Promise<void> {
    return this.#turns.take(async () => {
      this.#playing = true;
      this.#beginPacing();
    });
  }

  pause(): Promise<void> {
    return this.#turns.take(async () => this.#pause());
  }

  setPlaybackRate(rate: number): Promise<void> {
    return this.#turns.take(async () => {
      const wanted = Number.isFinite(rate) ? clampedRate(rate) : this.#pacer.rate;
      this.#pacer.begin(this.#clock.now(), this.#run?.state.now ?? ZERO, wanted);
    });
  }

  async step(): Promise<void> {
    const held = this.#run?.held;
    if (held !== undefined) await this.seek({ event: held.state.counters.eventsProcessed + 1 });
    else await this.#halted((run) => run.step());
  }

  /** Pauses, and does `work`. */
  #halted(work: (run: HostedRun) => Promise<unknown>): Promise<void> {
    return this.#turns.take(async () => {
      const run = this.#open();
      this.#pause();
      if (this.#failure === undefined) await this.#guard(run, () => work(run));
    });
  }

  runTo(at: Micros): Promise<void> {
    return this.#halted((run) => run.advance(at));
  }

  /** Ends the session and its host. */
  close(): void {
    this.#closed = true;
    this.#opener.cancel();
    this.#cancelTick?.();
    this.#cancelTick = undefined;
    this.#host.close();
  }

  #open(): HostedRun {
    if (this.#closed) throw new Error("the session is closed");
    if (this.#run === undefined) throw new Error("no run is open");
    return this.#run;
  }

  #isMoving(): boolean {
    if (this.#failure !== undefined || this.#opener.progress !== undefined) return false;
    return this.#playing && !this.#preparation.isOn;
  }

  #pause(): void {
    this.#playing = false;
    this.#followSoon();
    this.#cancelTick?.();
    this.#cancelTick = undefined;
  }

  #beginPacing(): void {
    if (this.#run === undefined) return;
    this.#pacer.begin(this.#clock.now(), this.#run.state.now);
    this.#tickIn(0);
  }

  /**
   * Runs towards the target of this instant for at most `budget` milliseconds, a `polite` one only until somebody else
   * waits. Behind the target it goes on by itself as soon as it can.
   */
  async #chase(run: HostedRun, budget: number, polite: boolean): Promise<void> {
    if (!this.#isMoving()) return;
    const began = this.#clock.now();
    const target = this.#pacer.targetAt(began, run.state.now);
    const enough = () => (polite && this.#turns.contended) || this.#clock.now() - began >= budget;
    const arrived = await this.#guard(run, async () => {
      const there = await run.advance(target, enough);
      if (!there) await run.settle();
      return there;
    });
    this.#pacer.note(this.#clock.now(), run.state.now);
    if (arrived === true && !this.#turns.contended) this.#travel?.catchUp(run.state.now, FOLLOW_BUDGET);
    this.#tickIn(arrived === true ? TICK : 0);
  }

  #tickIn(delay: number): void {
    if (this.#closed || this.#tickWaits || !this.#isMoving()) return;
    this.#cancelTick?.();
    this.#cancelTick = this.#clock.after(delay, () => {
      this.#cancelTick = undefined;
      void this.#tick();
    });
  }

  async #tick(): Promise<void> {
    this.#tickWaits = true;
    await this.#turns.take(async () => {
      this.#tickWaits = false;
      if (!this.#closed && this.#run !== undefined) await this.#chase(this.#run, BUDGET, true);
    });
  }

  /** Does `work` on the run. If it throws, the run stops there and the picture says why; nothing else is lost. */
  async #guard<Result>(run: HostedRun, work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work();
    } catch (error) {
      const { now, config } = run.state;
      const replicaId = error instanceof ReplicaError ? error.replicaId : undefined;
      // A machine that threw may be broken in itself: the next run gets another.
      if (replicaId !== undefined) await this.#host.stop(replicaId).catch(() => undefined);
      this.#failure = {
        replicaId,
        at: now,
        seed: config.seed,
        message: error instanceof Error ? error.message : String(error),
        trace: traceLines(run.state),
      };
      return undefined;
    }
  }
}
