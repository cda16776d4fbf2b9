/**
 * Building large search indexes between two events of a replay, so that whoever computes it can look at the clock
 * meanwhile. Small ones are built by the first search that needs them. Either way the history is the same.
 */
import type { Micros } from "../../base/units.ts";
import type { IndexProgress } from "../protocol/searchIndex.ts";
import { advanceIndex, indexProgress } from "../replica/searchIndex.ts";
import type { ReplicaState } from "../replica/state.ts";
import { keepGraphsOf } from "../vector/graphs.ts";
import type { InlineRun } from "./inline.ts";

/** As many insertions as a search may make by itself: some tens of milliseconds. */
const INSERTIONS_AT_ONCE = 500;
/** An insertion takes about as long as so many events, by which those who look at the clock count. */
const EVENTS_PER_INSERTION = 64;

/** Whether more is to be built than a search may build by itself. */
export function isFarBehind({ done, total }: IndexProgress): boolean {
  return total - done > INSERTIONS_AT_ONCE;
}

/** Whether a search of this replica would take long, since its index is far behind. */
export function needsIndex(replica: ReplicaState): boolean {
  const { journal } = replica.store;
  if (journal === undefined || journal.insertions.length <= INSERTIONS_AT_ONCE) return false;
  return isFarBehind(indexProgress(replica));
}

/** Whether that holds for any replica of `run`. */
export function needsIndexes({ state, replicas }: InlineRun): boolean {
  if (state.config.cluster.searchIndex === undefined) return false;
  for (const replica of replicas.values()) if (needsIndex(replica)) return true;
  return false;
}

/** How far the indexes of `run` are, all together. */
export function indexesProgress({ replicas }: InlineRun): IndexProgress {
  let [done, total] = [0, 0];
  for (const replica of replicas.values()) {
    const progress = indexProgress(replica);
    done += progress.done;
    total += progress.total;
  }
  return { done, total };
}

/** Gives back the memory of this thread's indexes over other data than that of `run`. */
export function keepIndexesOf({ replicas }: InlineRun): void {
  keepGraphsOf([...replicas.values()].map(({ store }) => store));
}

/** Builds until no search takes long, or until `enough` says so. Returns whether it came to its end. */
export function advanceIndexes({ replicas }: InlineRun, enough: () => boolean): boolean {
  for (const replica of replicas.values()) {
    if (!needsIndex(replica)) continue;
    for (let { done, total } = indexProgress(replica); done < total; ) {
      ({ done, total } = advanceIndex(replica, 1));
      for (let event = 0; event < EVENTS_PER_INSERTION; event += 1) if (enough()) return false;
    }
  }
  return true;
}

/**
 * As {@link InlineRun.runUntil}, but indexes that a search would have to wait for are built before it, in slices:
 * `enough` is asked after every event, and `pauses` as often while an index is built.
 */
export function runWithIndexes(run: InlineRun, until: Micros, enough: () => boolean, pauses = enough): boolean {
  let isEnough = false;
  const stops = () => {
    isEnough = enough();
    return isEnough || needsIndexes(run);
  };
  do {
    if (needsIndexes(run) && !advanceIndexes(run, pauses)) return false;
    if (run.runUntil(until, stops)) return true;
  } while (!isEnough);
  return false;
}
