/**
 * Travelling in the run that is open: where it has been, what the page knows of it, and the way to any moment. The
 * session decides when; nothing here is part of the run.
 */
import { isSame } from "../base/equality.ts";
import { later, type Micros, ZERO } from "../base/units.ts";
import { countCustomers } from "../model/cluster/customers.ts";
import type { InlineRun } from "../model/cluster/inline.ts";
import { beginWaiting, type Known, knownNow, NOTHING_KNOWN } from "../model/cluster/outbox.ts";
import type { Goal, Replay } from "../model/cluster/replay.ts";
import type { ClusterState } from "../model/cluster/state.ts";
import { Timeline } from "../model/history/timeline.ts";
import type { Chronicle, ChronicleSpan, Explanation, Question } from "../model/protocol/chronicle.ts";
import type { DatasetContent } from "../model/protocol/dataset.ts";
import type { BranchPoint, Travelled } from "../model/protocol/frame.ts";
import type { RunInputs, Sought } from "../model/protocol/session.ts";
import type { Chronicles } from "./chronicles.ts";
import { Follower } from "./follower.ts";
import type { WallClock } from "./wallClock.ts";

export class Travel {
  readonly #timeline: Timeline;
  readonly #follower: Follower;
  /** Loaded when somebody first looks back: the first load does without it. */
  #chronicles: Promise<Chronicles> | undefined;
  readonly #clock: WallClock;
  #end: Micros = ZERO;
  #branch = 0;
  #known: Known = NOTHING_KNOWN;
  /** Where the open branch left another one, if it was entered as a whole. */
  #since: BranchPoint | undefined;
  /** Whether the page has had a picture of it. */
  #isSeen = false;

  constructor(inputs: RunInputs, dataset: DatasetContent, clock: WallClock, timeline = new Timeline(inputs, dataset)) {
    this.#timeline = timeline;
    this.#follower = new Follower(this.#timeline, dataset, clock);
    this.#clock = clock;
  }

  /**
   * Travelling in `inputs`, another branch of this run, and the way to `to` in it, from a checkpoint before they part;
   * undefined where there is none, or they are different runs. Nothing here changes.
   */
  toward(inputs: RunInputs, dataset: DatasetContent, to: Goal): SettingOut | undefined {
    const open = this.#timeline.inputs;
    if (open.modelVersion !== inputs.modelVersion || !isSame(open.config, inputs.config)) return undefined;
    const timeline = this.#timeline.toward(inputs);
    const way = timeline.way(to, undefined, this.#known.fact);
    const { state } = way.run;
    if (state.counters.eventsProcessed === 0) return undefined;
    const travel = new Travel(inputs, dataset, this.#clock, timeline);
    travel.#branch = this.#branch + 1;
    travel.#known = knownNow(state);
    travel.#since = { fact: travel.#known.fact, at: state.now };
    beginWaiting(state, travel.#known);
    return { way, travel };
  }

  /** Whether it is another branch of the run that was open before. */
  get isBranch(): boolean {
    return this.#since !== undefined;
  }

  /** For the picture of a run in `state`. */
  travelled({ now, nextEvent }: Pick<ClusterState, "now" | "nextEvent">): Travelled {
    const end = later(this.#end, now);
    const travelled = { end, fact: nextEvent - 1, branch: this.#branch };
    return this.#since === undefined ? travelled : { ...travelled, since: this.#since };
  }

  /** A replay to `to`, from `held` or from a checkpoint, whichever is nearer. Facts that the page has do not wait in it. */
  way(to: Goal, held: InlineRun | undefined): Replay {
    const way = this.#timeline.way(to, held);
    countCustomers(way.run.state);
    if (way.run !== held) beginWaiting(way.run.state, this.#known);
    return way;
  }

  /**
   * A replay to the next of `next` before `until`, behind where a run in `state` stands. It takes nothing along: where
   * there is nothing to be found, the run stays where it is.
   */
  wayToNext(next: Sought, until: Micros, { counters, nextEvent }: ClusterState): Replay {
    return this.way({ next, after: { event: counters.eventsProcessed, fact: nextEvent - 1 }, until }, undefined);
  }

  /** Looks at a run of these inputs that is computed in this thread, between two events. */
  look(run: InlineRun): void {
    this.#timeline.look(run);
  }

  /** The run stands at `at`. */
  reached(at: Micros): void {
    this.#end = later(this.#end, at);
  }

  /** The page has pulled everything that waited. */
  pulled({ nextEvent, nextSampleAt, outbox, now }: ClusterState): void {
    this.reached(now);
    this.#isSeen = true;
    const known = knownNow({ nextEvent, nextSampleAt });
    if (outbox.awaited && known.fact > this.#known.fact) this.#known = known;
  }

  /** A command is about to be taken at `state.now`: what lies behind is of another branch from now on. */
  commanded(state: ClusterState): void {
    if (state.now >= this.#end) return;
    this.#branch += 1;
    this.#end = state.now;
    // Of what the page has not seen it knows no more than where that began.
    if (this.#isSeen) this.#since = undefined;
    this.#known = knownNow(state);
    beginWaiting(state, this.#known);
  }

  /** The commands of the run have changed at `at`. */
  follow(inputs: RunInputs, at: Micros): void {
    this.#timeline.follow(inputs);
    this.#follower.branched(at);
    void this.#chronicles?.then((chronicles) => chronicles.branched());
  }

  /** What happened in the part of `span` that the run, in `state` now and number `runId`, has been through. */
  async chronicle(span: ChronicleSpan, state: ClusterState, runId: number): Promise<Chronicle> {
    const { branch, end } = this.travelled(state);
    const chronicles = await this.#lookingBack();
    return { runId, branch, ...(await chronicles.record(span, end)) };
  }

  /** Why something happened. */
  async why(question: Question): Promise<Explanation | undefined> {
    return (await this.#lookingBack()).why(question);
  }

  #lookingBack(): Promise<Chronicles> {
    this.#chronicles ??= import("./chronicles.ts").then(
      ({ Chronicles }) => new Chronicles(this.#timeline, this.#clock),
    );
    return this.#chronicles;
  }

  /** Leaves checkpoints up to `until`, for at most `budget` wall milliseconds. Returns whether they reach there. */
  catchUp(until: Micros, budget: number): boolean {
    return this.#follower.advance(until, budget);
  }
}

/** A way to be gone, and who knows what lies along it. */
interface SettingOut {
  readonly way: Replay;
  readonly travel: Travel;
}

/** The way to `to` in the run of `inputs`: from where it leaves the run that `open` travels in, if it is a branch of that. */
export function setOut(
  inputs: RunInputs,
  dataset: DatasetContent,
  to: Goal,
  clock: WallClock,
  open: Travel | undefined,
): SettingOut {
  const branch = open?.toward(inputs, dataset, to);
  if (branch !== undefined) return branch;
  const travel = new Travel(inputs, dataset, clock);
  return { way: travel.way(to, undefined), travel };
}
