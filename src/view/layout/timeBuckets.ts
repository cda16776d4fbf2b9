/**
 * What writes say of a stretch of time: how long the middle one and the slowest of a hundred took, and how many of those
 * asked were acknowledged. A stretch is a second at least, and lies on a grid, so that a moving window changes nothing.
 */
import { type Micros, micros, seconds } from "../../base/units.ts";
import type { WriteSample } from "../../model/protocol/frame.ts";
import { indicesBetween } from "./timeLanes.ts";
import type { TimeWindow } from "./timeWindow.ts";

/** Stretches in one window, at most. */
const MOST = 120;

/** A stretch with at least one write that was asked for in it. */
export interface WriteBucket {
  readonly from: number;
  readonly length: number;
  /** Of acknowledged writes; undefined where there is none. */
  readonly p50: Micros | undefined;
  readonly p99: Micros | undefined;
  /** The share of writes that were acknowledged, from 0 to 1. */
  readonly availability: number;
  readonly writes: number;
}

/** How long a stretch of `window` is: 1, 2 or 5 times a power of ten seconds. */
export function bucketLength(window: TimeWindow): number {
  const wanted = Math.max(seconds(1), window.span / MOST);
  const power = 10 ** Math.floor(Math.log10(wanted) + 1e-9);
  return power * ([1, 2, 5, 10].find((digit) => digit * power >= wanted - 1e-9) ?? 10);
}

/** The value at `share` of an ordered list: the smallest that at least that share does not exceed. */
function quantile(ordered: readonly number[], share: number): Micros | undefined {
  const value = ordered[Math.max(0, Math.ceil(ordered.length * share) - 1)];
  return value === undefined ? undefined : micros(value);
}

function bucketOf(from: number, length: number, writes: readonly WriteSample[]): WriteBucket {
  const taken = writes.filter(({ outcome }) => outcome === "acknowledged").map(({ latency }) => latency);
  const ordered = taken.toSorted((a, b) => a - b);
  return {
    from,
    length,
    p50: quantile(ordered, 0.5),
    p99: quantile(ordered, 0.99),
    availability: taken.length / writes.length,
    writes: writes.length,
  };
}

/** No client waits longer for an answer. */
const LONGEST_WAIT = seconds(10);

/** The stretches of `length` from `from` to `to`, in order; a write belongs to the one in which it was asked for. */
export function bucketsBetween(
  writes: readonly WriteSample[],
  from: number,
  to: number,
  length: number,
): readonly WriteBucket[] {
  const range = indicesBetween(writes, Math.floor(from / length) * length, to + LONGEST_WAIT);
  const groups = new Map<number, WriteSample[]>();
  for (const write of writes.slice(range.from, range.to)) {
    const start = Math.floor((write.at - write.latency) / length) * length;
    if (start + length <= from || start > to) continue;
    const group = groups.get(start);
    if (group === undefined) groups.set(start, [write]);
    else group.push(write);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([start, group]) => bucketOf(start, length, group));
}

/** The stretch that holds `at`. */
export function bucketAt(writes: readonly WriteSample[], at: number, length: number): WriteBucket | undefined {
  const start = Math.floor(at / length) * length;
  return bucketsBetween(writes, start, start, length).find(({ from }) => from === start);
}
