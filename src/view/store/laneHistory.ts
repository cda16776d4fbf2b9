/** The time panel's history of one run: it grows in place, and is thinned where a bound is reached, its peaks kept. */
import type { Command } from "../../model/protocol/commands.ts";
import type { ClusterEvent } from "../../model/protocol/events.ts";
import type { LaneSample, Leadership, WriteSample } from "../../model/protocol/frame.ts";
import { isSame } from "./equality.ts";
import type { FrameBatch } from "./frameCollector.ts";
import type { LaneMark, LaneSeries, MarkKind } from "./runFacts.ts";

/** Samples and finished writes that are kept at full resolution before the older half is thinned. */
export const SERIES_BOUND = 8_192;

/** Marks that are kept; of more the oldest go. */
export const MARK_BOUND = 2_000;

export class LaneHistory implements LaneSeries {
  readonly #samples: LaneSample[] = [];
  readonly #writes: WriteSample[] = [];
  readonly #marks: LaneMark[] = [];
  #leaderships: readonly Leadership[] = [];

  get samples(): readonly LaneSample[] {
    return this.#samples;
  }

  get writes(): readonly WriteSample[] {
    return this.#writes;
  }

  get marks(): readonly LaneMark[] {
    return this.#marks;
  }

  get leaderships(): readonly Leadership[] {
    return this.#leaderships;
  }

  /** Takes in a batch; says whether anything was added or changed. */
  append(batch: FrameBatch): boolean {
    const marks = batch.events.flatMap(markOf);
    for (const sample of batch.lanes) this.#samples.push(sample);
    for (const write of batch.writes) this.#writes.push(write);
    for (const mark of marks) this.#marks.push(mark);
    thin(this.#samples, SERIES_BOUND, higherSample);
    thin(this.#writes, SERIES_BOUND, worseWrite);
    if (this.#marks.length > MARK_BOUND) this.#marks.splice(0, this.#marks.length - MARK_BOUND);
    const hasNewLeader = !isSame(this.#leaderships, batch.frame.leaderships);
    if (hasNewLeader) this.#leaderships = batch.frame.leaderships;
    return hasNewLeader || batch.lanes.length + batch.writes.length + marks.length > 0;
  }
}

/** Merges the older half of `list` in pairs once it is longer than `bound`. */
function thin<T>(list: T[], bound: number, merge: (earlier: T, later: T) => T): void {
  if (list.length <= bound) return;
  const merged: T[] = [];
  const end = Math.floor(bound / 4) * 2;
  for (let at = 0; at + 1 < end; at += 2) {
    const [earlier, later] = [list[at], list[at + 1]];
    if (earlier !== undefined && later !== undefined) merged.push(merge(earlier, later));
  }
  list.splice(0, end, ...merged);
}

function higher(one: readonly number[], other: readonly number[]): readonly number[] {
  return one.map((value, slot) => {
    const beside = other[slot] ?? Number.NaN;
    return Number.isNaN(value) || beside > value ? beside : value;
  });
}

function higherSample(earlier: LaneSample, later: LaneSample): LaneSample {
  return {
    at: earlier.at,
    lag: higher(earlier.lag, later.lag),
    queueDepth: higher(earlier.queueDepth, later.queueDepth),
  };
}

function worseWrite(earlier: WriteSample, later: WriteSample): WriteSample {
  if (earlier.outcome !== "acknowledged") return earlier;
  return later.outcome !== "acknowledged" || later.latency > earlier.latency ? later : earlier;
}

function markOfCommand(command: Command): MarkKind | undefined {
  switch (command.kind) {
    case "crash":
    case "restart":
    case "partition":
    case "heal":
      return command.kind;
    case "cut":
      return "partition";
    case "restore":
      return "heal";
    case "write":
    case "retry":
      return undefined;
    case "setMode":
    case "setQuorum":
    case "setDegrade":
    case "setPolicy":
    case "setTimings":
    case "setRule":
    case "setNetwork":
    case "setLink":
    case "setRates":
      return "settings";
  }
}

function kindOf(event: ClusterEvent): MarkKind | undefined {
  switch (event.fact.kind) {
    case "electionStarted":
      return event.fact.preVote ? undefined : "election";
    case "becameLeader":
      return "leader";
    case "rolledBack":
      return event.fact.undone > 0 ? "rolledBack" : undefined;
    case "writeUnknown":
      return "unknown";
    case "writeLost":
      return "lost";
    case "commandDone":
      return markOfCommand(event.fact.command);
    default:
      return undefined;
  }
}

function markOf(event: ClusterEvent): LaneMark[] {
  const kind = kindOf(event);
  return kind === undefined ? [] : [{ at: event.at, kind, event }];
}
