/**
 * Computing a run before it is opened: in slices, so that pictures can be pulled meanwhile, and so that it can be
 * cancelled. A run that takes less than a blink is computed in one go.
 */
import type { InlineRun } from "../model/cluster/inline.ts";
import type { Replay } from "../model/cluster/replay.ts";
import type { Opening } from "../model/protocol/frame.ts";
import type { IndexProgress } from "../model/protocol/searchIndex.ts";
import type { WallClock } from "./wallClock.ts";

/** Wall milliseconds that the first slice may take: what lies before an ordinary opening fits into it. */
const FIRST_SLICE = 80;
/** Wall milliseconds of the others: shorter than the time between two pictures. */
const SLICE = 12;
/** Events between two looks at the clock. */
const EVENTS_PER_LOOK = 64;

export class Opener {
  readonly #clock: WallClock;
  #way: Replay | undefined;
  /** Who looks at what is computed, between events. */
  #look: (run: InlineRun) => void = () => undefined;

  constructor(clock: WallClock) {
    this.#clock = clock;
  }

  /** How far the run is that is being computed; undefined while none is. */
  get progress(): Opening | undefined {
    const way = this.#way;
    return way === undefined ? undefined : { reached: way.run.state.now, end: way.end };
  }

  /** How far the indexes are that it waits for; undefined while it waits for none. */
  get indexing(): IndexProgress | undefined {
    return this.#way?.indexing;
  }

  /**
   * Begins on a way, in place of the one that was gone before; `look` may look at the run every now and then. Returns
   * whether it is at its end already.
   */
  begin(way: Replay, look: (run: InlineRun) => void): boolean {
    this.#way = undefined;
    this.#look = look;
    if (this.#slice(way, FIRST_SLICE)) return true;
    this.#way = way;
    return false;
  }

  /** Goes on until `way` is at its end; false when it was cancelled, or another was begun. */
  async finish(way: Replay): Promise<boolean> {
    try {
      while (this.#way === way) {
        if (this.#slice(way, SLICE)) return true;
        await new Promise<void>((resolve) => this.#clock.after(0, resolve));
      }
      return false;
    } finally {
      if (this.#way === way) this.#way = undefined;
    }
  }

  /** Gives up what is being computed. */
  cancel(): void {
    this.#way = undefined;
  }

  #slice(way: Replay, budget: number): boolean {
    const until = this.#clock.now() + budget;
    let events = 0;
    return way.advance(() => {
      events += 1;
      if (events % EVENTS_PER_LOOK !== 0) return false;
      this.#look(way.run);
      return this.#clock.now() >= until;
    });
  }
}
