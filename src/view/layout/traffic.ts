/**
 * How many messages a second each link carries, for when they are too quick to be drawn one by one. An average over
 * about a second of wall time, of an estimate that is right on average at every instant.
 */
import type { FlightFrame } from "../../model/protocol/frame.ts";
import { arrivalsPerSecond, isTooQuick } from "./flights.ts";
import { linkKey } from "./stageLayout.ts";

/** Time constant of the average, in seconds of wall time. */
const MEMORY_SECONDS = 0.8;
/** Below this a link counts as idle. */
const IDLE = 0.5;

export class Traffic {
  readonly #rates = new Map<string, number>();
  #perWallSecond = 0;
  #tooQuick = false;
  #started = false;

  /** Takes in one picture, `elapsed` seconds of wall time after the last. A paused picture changes nothing. */
  observe(flights: readonly FlightFrame[], elapsed: number, playbackRate: number, playing: boolean): void {
    if (!playing) return;
    const weight = this.#started ? 1 - Math.exp(-Math.max(elapsed, 0.001) / MEMORY_SECONDS) : 1;
    this.#started = true;
    const now = new Map<string, number>();
    for (const flight of flights) {
      const key = linkKey(flight.from, flight.to);
      now.set(key, (now.get(key) ?? 0) + 1e6 / Math.max(1, flight.deliverAt - flight.sentAt));
    }
    for (const key of new Set([...this.#rates.keys(), ...now.keys()])) {
      const before = this.#rates.get(key) ?? 0;
      const rate = before + ((now.get(key) ?? 0) - before) * weight;
      if (rate < IDLE / 4 && !now.has(key)) this.#rates.delete(key);
      else this.#rates.set(key, rate);
    }
    this.#perWallSecond += (arrivalsPerSecond(flights) * playbackRate - this.#perWallSecond) * weight;
    this.#tooQuick = isTooQuick(this.#perWallSecond, this.#tooQuick);
  }

  /** Another run, or a jump in time: nothing seen before counts. */
  forget(): void {
    this.#rates.clear();
    this.#perWallSecond = 0;
    this.#started = false;
  }

  /** Whether links should show counts instead of messages. */
  get tooQuick(): boolean {
    return this.#tooQuick;
  }

  /** Messages per virtual second on the link between `a` and `b`, both directions; 0 when it is idle. */
  rateOf(key: string): number {
    const rate = this.#rates.get(key) ?? 0;
    return rate < IDLE ? 0 : rate;
  }
}

/** The width of a link that carries `perSecond` messages: 2 px for few, 9 px at most. */
export function trafficWidth(perSecond: number): number {
  return Math.min(9, 2 + Math.sqrt(perSecond) * 0.55);
}
