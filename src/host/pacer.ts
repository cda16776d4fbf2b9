/**
 * Turns wall time into a virtual target: wall time times speed. It bounds by time and never drops an event: what cannot
 * be reached is reached later. A thread that was stopped (a hidden tab, a sleeping laptop, a long task) goes on where it
 * was; its run does not jump.
 */
import { type Micros, micros } from "../base/units.ts";

/** Wall milliseconds between two looks at the clock that count at most. */
export const LONGEST_TICK = 100;

/** Wall milliseconds over which the reached speed is measured. */
const MEASURED_OVER = 1_000;
/** Wall milliseconds that must have passed since the start before a measure means anything. */
const MEASURED_AFTER = 250;
/** Between two samples of the measure, wall milliseconds: bounds their number to a few dozen. */
const SAMPLE_EVERY = 40;

interface Sample {
  readonly wall: number;
  readonly virtual: Micros;
}

/** Virtual seconds per wall second. */
const SLOWEST_RATE = 0.001;
const FASTEST_RATE = 100;

/** The rate nearest to `rate` that a run can be asked for. */
export function clampedRate(rate: number): number {
  return Math.min(FASTEST_RATE, Math.max(SLOWEST_RATE, rate));
}

export class Pacer {
  #rate = 1;
  /** Virtual microseconds with a fraction, so that slow motion moves evenly. */
  #target = 0;
  #wall = 0;
  #samples: Sample[] = [];

  /** Virtual seconds per wall second. */
  get rate(): number {
    return this.#rate;
  }

  /** Begins anew: at `wall` the run stands at `virtual` and moves at `rate`. */
  begin(wall: number, virtual: Micros, rate: number = this.#rate): void {
    this.#rate = rate;
    this.#target = virtual;
    this.#wall = wall;
    this.#samples = [{ wall, virtual }];
  }

  /** Where the run should stand at `wall`, when it stands at `virtual`. */
  targetAt(wall: number, virtual: Micros): Micros {
    const passed = Math.min(Math.max(0, wall - this.#wall), LONGEST_TICK);
    this.#wall = wall;
    const mostAhead = LONGEST_TICK * 1_000 * this.#rate;
    this.#target = Math.min(this.#target + passed * 1_000 * this.#rate, virtual + mostAhead);
    return micros(Math.floor(this.#target));
  }

  /** Notes that the run stands at `virtual` now, for the measure. */
  note(wall: number, virtual: Micros): void {
    const newest = this.#samples[this.#samples.length - 1];
    if (newest !== undefined && wall - newest.wall < SAMPLE_EVERY) return;
    this.#samples.push({ wall, virtual });
    while (this.#samples.length > 2 && (this.#samples[1]?.wall ?? wall) < wall - MEASURED_OVER) this.#samples.shift();
  }

  /** Virtual seconds per wall second over the last wall second; the speed asked for while too little has passed. */
  reachedRate(wall: number, virtual: Micros): number {
    const oldest = this.#samples[0];
    if (oldest === undefined || wall - oldest.wall < MEASURED_AFTER) return this.#rate;
    return (virtual - oldest.virtual) / 1_000 / (wall - oldest.wall);
  }
}
