/**
 * One thread that replays a run's inputs behind the live one and leaves checkpoints, so that any moment of it is near.
 * Works in slices of wall time; whether and when it does cannot reach the history.
 */
import type { Micros } from "../base/units.ts";
import { countCustomers } from "../model/cluster/customers.ts";
import { Replay } from "../model/cluster/replay.ts";
import type { Timeline } from "../model/history/timeline.ts";
import type { DatasetContent } from "../model/protocol/dataset.ts";
import type { WallClock } from "./wallClock.ts";

/** Events between two looks at the clock, and at the timeline. */
const EVENTS_PER_LOOK = 64;

export class Follower {
  readonly #timeline: Timeline;
  readonly #dataset: DatasetContent;
  readonly #clock: WallClock;
  #way: Replay | undefined;

  constructor(timeline: Timeline, dataset: DatasetContent, clock: WallClock) {
    this.#timeline = timeline;
    this.#dataset = dataset;
    this.#clock = clock;
  }

  /** The inputs have changed from `at` on. What was computed beyond is of another branch. */
  branched(at: Micros): void {
    if (this.#way !== undefined && this.#way.run.state.now > at) this.#way = undefined;
  }

  /** Goes towards `until` for at most `budget` wall milliseconds. Returns whether it is there. */
  advance(until: Micros, budget: number): boolean {
    const run = this.#way?.run;
    if (run !== undefined && run.state.now >= until) return true;
    const inputs = this.#timeline.inputs;
    const way = run === undefined ? this.#timeline.way(until) : new Replay(inputs, this.#dataset, until, run);
    way.run.state.outbox.awaited = false;
    countCustomers(way.run.state);
    this.#way = way;
    const end = this.#clock.now() + budget;
    let events = 0;
    return way.advance(() => {
      events += 1;
      if (events % EVENTS_PER_LOOK !== 0) return false;
      this.#timeline.look(way.run);
      return this.#clock.now() >= end;
    });
  }
}
