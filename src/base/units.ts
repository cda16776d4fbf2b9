/** Virtual time and durations: integer microseconds everywhere, so that no rounding can differ between machines. */
import { InvariantError } from "./assert.ts";
import type { Brand } from "./brand.ts";

/** Integer virtual microseconds: an instant since the run began, or a duration. */
export type Micros = Brand<number, "Micros">;

/** `value` rounded to whole microseconds. Throws if it is not a finite number. */
export function micros(value: number): Micros {
  // Spelt out: the message would be built on every call, and this is called for every event.
  if (!Number.isFinite(value)) throw new InvariantError(`${value} is not a time`);
  return Math.round(value) as Micros;
}

/** `value` milliseconds. */
export function millis(value: number): Micros {
  return micros(value * 1_000);
}

/** `value` seconds. */
export function seconds(value: number): Micros {
  return micros(value * 1_000_000);
}

/** An instant or duration later than every other: "never". */
export const NEVER = Number.MAX_SAFE_INTEGER as Micros;

/** The beginning of a run, and the empty duration. */
export const ZERO = 0 as Micros;

/** `a + b`; saturates at {@link NEVER}. */
export function after(a: Micros, b: Micros): Micros {
  const sum = a + b;
  return (sum >= NEVER ? NEVER : sum) as Micros;
}

/** The duration from `from` to `to`, negative when `to` is earlier. */
export function between(from: Micros, to: Micros): Micros {
  return (to - from) as Micros;
}

/** The earlier of two instants. */
export function earlier(a: Micros, b: Micros): Micros {
  return a < b ? a : b;
}

/** The later of two instants. */
export function later(a: Micros, b: Micros): Micros {
  return a > b ? a : b;
}

/** `time` in seconds, for display and metrics. */
export function toSeconds(time: Micros): number {
  return time / 1_000_000;
}

/** `time` in milliseconds, for display and metrics. */
export function toMillis(time: Micros): number {
  return time / 1_000;
}
