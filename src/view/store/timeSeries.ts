/**
 * The bounded history behind the time axis, thinned where it is old (`base/thinning.ts`), peaks kept; of marks one of
 * every kind is left in a span.
 * Pure: a list that did not change is the same list as before.
 */
import {
  type Collapse,
  collapseRecalls,
  collapseSamples,
  collapseWrites,
  type Timed,
  thinned,
} from "../../base/thinning.ts";
import { seconds } from "../../base/units.ts";
import type { Command } from "../../model/protocol/commands.ts";
import type { ClusterEvent } from "../../model/protocol/events.ts";
import type { Frame, Leadership, WriteSample } from "../../model/protocol/frame.ts";
import { type Cut, isBefore } from "./frameCollector.ts";
import type { LaneMark, LaneSeries, MarkKind } from "./runFacts.ts";

/** The most that each list keeps. */
export interface LaneBounds {
  readonly samples: number;
  readonly recalls: number;
  readonly writes: number;
  readonly leaderships: number;
  readonly marks: number;
}

/**
 * About 1 MB with five replicas. Half of the samples are 200 s at the 10 that a run takes per second: ten times what
 * the axis shows by default.
 */
export const LANE_BOUNDS: LaneBounds = {
  samples: 4_096,
  recalls: 4_096,
  writes: 4_096,
  leaderships: 1_024,
  marks: 1_024,
};

/** A run that has no history yet. */
export const NO_LANES: LaneSeries = { samples: [], recalls: [], writes: [], leaderships: [], marks: [] };

/** What a frame adds to the history. */
export type LaneNews = Pick<Frame, "lanes" | "recalls" | "writes" | "leaderships" | "events">;

/** `series` with what `news` adds, within `bounds`; the same object when nothing was added. */
export function appendLanes(series: LaneSeries, news: LaneNews, bounds: LaneBounds = LANE_BOUNDS): LaneSeries {
  const samples = appended(series.samples, news.lanes, bounds.samples, collapseSamples);
  const recalls = appended(series.recalls, news.recalls, bounds.recalls, collapseRecalls);
  const writes = appended(series.writes, news.writes, bounds.writes, collapseWrites);
  const marks = appended(series.marks, marksOf(news.events, writes), bounds.marks, collapseMarks);
  const leaderships = newest(series.leaderships, news.leaderships, bounds.leaderships);
  const isSame =
    samples === series.samples &&
    recalls === series.recalls &&
    writes === series.writes &&
    marks === series.marks &&
    leaderships === series.leaderships;
  return isSame ? series : { samples, recalls, writes, leaderships, marks };
}

/** What is left of `series` where a branch begins at `cut`. */
export function lanesUpTo(series: LaneSeries, cut: Cut): LaneSeries {
  return {
    samples: series.samples.filter(({ at }) => at <= cut.at),
    recalls: series.recalls.filter(({ at }) => at <= cut.at),
    writes: series.writes.filter(({ at }) => at <= cut.at),
    leaderships: [],
    marks: series.marks.filter(({ event }) => isBefore(cut, event)),
  };
}

/** The mark that `event` leaves on the time axis. Most leave none: a write without an answer is in its own lane. */
export function markOf(event: ClusterEvent): LaneMark | undefined {
  const kind = markKindOf(event);
  return kind === undefined ? undefined : { at: event.at, kind, event };
}

function markKindOf(event: ClusterEvent): MarkKind | undefined {
  const { fact } = event;
  switch (fact.kind) {
    case "electionStarted":
      return fact.preVote ? undefined : "election";
    case "becameLeader":
      return "leader";
    case "rolledBack":
      return "rolledBack";
    case "writeUnknown":
      return "stalled";
    case "verdictBroken":
      return fact.promised ? "broken" : undefined;
    case "writeLost":
      return "lost";
    case "commandDone":
      return COMMAND_MARKS[fact.command.kind];
    default:
      return undefined;
  }
}

/** A person's own write is in the latency lane, so it needs no mark. */
const COMMAND_MARKS: Readonly<Record<Command["kind"], MarkKind | undefined>> = {
  crash: "crash",
  restart: "restart",
  partition: "partition",
  cut: "partition",
  heal: "heal",
  restore: "heal",
  isolate: "partition",
  wipe: "restart",
  pause: "pause",
  resume: "resume",
  slow: "settings",
  refuseWrites: "settings",
  acceptWrites: "settings",
  clock: "settings",
  disk: "settings",
  corrupt: "settings",
  promote: "leader",
  message: "settings",
  search: undefined,
  setMode: "mode",
  setQuorum: "mode",
  setDegrade: "mode",
  setPolicy: "settings",
  setTimings: "settings",
  setRule: "settings",
  setNetwork: "settings",
  setLink: "settings",
  setRates: "settings",
  setCosts: "settings",
  setSearchIndex: "settings",
  setGameDay: "settings",
  write: undefined,
  retry: undefined,
};

/** Writes that get no answer come in rows: the first of a row has the mark. */
const STALL_GAP = seconds(2);

function isFirstOfRow({ at }: LaneMark, writes: readonly WriteSample[]): boolean {
  return !writes.some((write) => write.outcome === "unknown" && write.at < at && write.at >= at - STALL_GAP);
}

function marksOf(events: readonly ClusterEvent[], writes: readonly WriteSample[]): readonly LaneMark[] {
  const marks = events.map(markOf).filter((mark) => mark !== undefined);
  return marks.filter((mark) => mark.kind !== "stalled" || isFirstOfRow(mark, writes));
}

function appended<T extends Timed>(
  list: readonly T[],
  news: readonly T[],
  bound: number,
  collapse: Collapse<T>,
): readonly T[] {
  if (news.length === 0) return list;
  const longer = [...list, ...news];
  return longer.length <= bound ? longer : thinned(longer, bound, collapse);
}

function collapseMarks(span: readonly LaneMark[]): readonly LaneMark[] {
  const seen = new Set<MarkKind>();
  return span.filter((mark) => {
    const isFirst = !seen.has(mark.kind);
    seen.add(mark.kind);
    return isFirst;
  });
}

/** The frame carries every leadership so far: the newest list is the truth, the old one is kept where it says the same. */
function newest(before: readonly Leadership[], now: readonly Leadership[], bound: number): readonly Leadership[] {
  const kept = now.slice(-bound);
  const isSame =
    kept.length === before.length &&
    kept.every(
      (span, at) => span.from === before[at]?.from && span.to === before[at]?.to && span.term === before[at]?.term,
    );
  return isSame ? before : kept;
}
