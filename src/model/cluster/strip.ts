/**
 * Which indices the log strips show, the same on all replicas. As long as every log ends near the newest entry these are
 * the last ones. Where one is far behind or has parted from the leader's log before them, strips fold: a few cells around
 * where logs part and where the shorter ones end, and the newest, with what lies between left out.
 */
import { type LogIndex, logIndex } from "../../base/ids.ts";
import { type Log, lastLogIndex, termAt } from "../replica/log.ts";

/** Cells of a strip. */
export const STRIP_LENGTH = 10;
/** Cells around a place that is worth seeing: before it, the place, behind it. */
const AROUND = [-1, 0, 1];
/** Such places at most: what is left of the cells shows the newest entries. */
const PLACES = 2;

/** The first index at which two logs hold different entries; undefined where one is the beginning of the other. */
export function partingOf(one: Log, other: Log): number | undefined {
  const differs = (index: number) => {
    const [a, b] = [termAt(one, index), termAt(other, index)];
    return a !== undefined && b !== undefined && a !== b;
  };
  let differing = Math.min(lastLogIndex(one), lastLogIndex(other));
  if (!differs(differing)) return undefined;
  // Logs that agree at an index agree before it (Log Matching), so that halving finds where they part.
  let agreeing = Math.max(one.snapshot.lastIncludedIndex, other.snapshot.lastIncludedIndex) - 1;
  while (differing - agreeing > 1) {
    const middle = Math.floor((agreeing + differing) / 2);
    if (differs(middle)) differing = middle;
    else agreeing = middle;
  }
  return differing;
}

/** Places before `start` that nobody would see: the first parting, then the ends of logs, the shortest first. */
function hiddenPlaces(logs: readonly Log[], reference: Log, start: number): readonly number[] {
  const partings = logs.flatMap((log) => partingOf(log, reference) ?? []).sort((a, b) => a - b);
  const ends = logs.map((log) => lastLogIndex(log)).sort((a, b) => a - b);
  return [...partings.slice(0, 1), ...ends].filter((index) => index < start && index > 0);
}

/** The indices of the strips; `reference` is the log that the others follow. */
export function stripIndices(logs: readonly Log[], reference: Log): readonly LogIndex[] {
  const newest = Math.max(...logs.map((log) => lastLogIndex(log)));
  const last = Math.max(newest + 1, STRIP_LENGTH);
  const chosen = new Set<number>();
  let places = 0;
  for (const place of hiddenPlaces(logs, reference, last - STRIP_LENGTH + 1)) {
    if (places === PLACES) break;
    if (chosen.has(place)) continue;
    for (const by of AROUND) if (place + by > 0) chosen.add(place + by);
    places += 1;
  }
  for (let index = last; chosen.size < STRIP_LENGTH; index -= 1) chosen.add(index);
  return [...chosen].sort((a, b) => a - b).map((index) => logIndex(index));
}
