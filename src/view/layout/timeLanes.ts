/** The lanes' numbers: which samples a window needs, what they say at one instant, and how high a lane must be. */
import { bisector } from "d3";
import { millis, seconds } from "../../base/units.ts";
import type { WriteSample } from "../../model/protocol/frame.ts";

/** A value and the slot of the replica that has it. */
export interface Peak {
  readonly value: number;
  readonly slot: number;
}

const samplesByTime = bisector((sample: { readonly at: number }) => sample.at);

/** Index of the last of `list` at or before `at`; -1 where there is none. */
export function lastIndexAt(list: readonly { readonly at: number }[], at: number): number {
  return samplesByTime.right(list, at) - 1;
}

/** The last of `list` at or before `at`. */
export function lastAt<T extends { readonly at: number }>(list: readonly T[], at: number): T | undefined {
  return list[lastIndexAt(list, at)];
}

/** The indices that a window needs: those inside it and one more on either side, `to` not included. */
export function indicesBetween(
  list: readonly { readonly at: number }[],
  from: number,
  to: number,
): { readonly from: number; readonly to: number } {
  return { from: Math.max(0, lastIndexAt(list, from)), to: Math.min(list.length, lastIndexAt(list, to) + 2) };
}

/** The highest number of a row; undefined when nobody is alive. */
export function peakOf(row: readonly number[]): Peak | undefined {
  let peak: Peak | undefined;
  for (const [slot, value] of row.entries()) {
    if (!Number.isNaN(value) && (peak === undefined || value > peak.value)) peak = { value, slot };
  }
  return peak;
}

/** The lowest number of a row and whose it is; undefined when nobody is alive. */
export function lowestOf(row: readonly number[]): Peak | undefined {
  let lowest: Peak | undefined;
  for (const [slot, value] of row.entries()) {
    if (!Number.isNaN(value) && (lowest === undefined || value < lowest.value)) lowest = { value, slot };
  }
  return lowest;
}

/** Lanes never magnify less than this, so that the flicker of a healthy cluster stays small. */
export const LEAST_LAG_TOP: number = millis(100);
export const LEAST_QUEUE_TOP = 10;

/** Recall may stand on these shares: the scale ends at 1, and little that is missing is to be seen too. */
const RECALL_FLOORS = [0.9, 0.75, 0.5, 0];

/** Where the scale of recall begins, so that `lowest` is on it. */
export function recallFloor(lowest: number): number {
  return RECALL_FLOORS.find((floor) => lowest >= floor) ?? 0;
}

/** The end of a lane's scale: 1, 2 or 5 times a power of ten, at least `least`. */
export function roundTop(value: number, least: number): number {
  const wanted = Math.max(value, least);
  const power = 10 ** Math.floor(Math.log10(wanted) + 1e-9);
  const digit = [1, 2, 5, 10].find((one) => one * power >= wanted - 1e-9) ?? 10;
  return digit * power;
}

const SHORTEST_LATENCY = millis(1);
/** The top of the write lane. */
export const LONGEST_LATENCY = seconds(2);

/**
 * Write latencies from 1 ms to 2 s on a log scale, as shares of the lane's height; beyond it they stand at its edge. In two
 * lines: the scale of d3 would bring colours and number formats into the page's first load.
 */
export function latencyShare(latency: number): number {
  const share = Math.log(latency / SHORTEST_LATENCY) / Math.log(LONGEST_LATENCY / SHORTEST_LATENCY);
  return Math.min(1, Math.max(0, share));
}

/** What a write's lane says in place of a latency. */
export function isUnanswered(write: WriteSample): boolean {
  return write.outcome !== "acknowledged";
}
