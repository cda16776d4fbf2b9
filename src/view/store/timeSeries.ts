/**
 * The bounded history behind the time axis. The newest half of every list is kept as it came; what is older is put into
 * equal spans of virtual time, as long as they must be to fit, and each span keeps its extremes: the lowest and the
 * highest value of every replica in the order in which they came, the fastest and the slowest write, one write of every
 * other outcome, one mark of every kind. A peak is never lost, and its time is off by one span at most.
 * Pure: a list that did not change is the same list as before.
 */
import type { Micros } from "../../base/units.ts";
import type { Command } from "../../model/protocol/commands.ts";
import type { ClusterEvent } from "../../model/protocol/events.ts";
import type { Frame, LaneSample, Leadership, WriteSample } from "../../model/protocol/frame.ts";
import type { LaneMark, LaneSeries, MarkKind } from "./runFacts.ts";

/** The most that each list keeps. */
export interface LaneBounds {
  readonly samples: number;
  readonly writes: number;
  readonly leaderships: number;
  readonly marks: number;
}

/**
 * About 0.6 MB with five replicas. Half of the samples are 200 s at the 10 that a run takes per second: ten times what
 * the axis shows by default.
 */
export const LANE_BOUNDS: LaneBounds = { samples: 4_096, writes: 2_048, leaderships: 1_024, marks: 1_024 };

/** A run that has no history yet. */
export const NO_LANES: LaneSeries = { samples: [], writes: [], leaderships: [], marks: [] };

/** What a frame adds to the history. */
export type LaneNews = Pick<Frame, "lanes" | "writes" | "leaderships" | "events">;

/** `series` with what `news` adds, within `bounds`; the same object when nothing was added. */
export function appendLanes(series: LaneSeries, news: LaneNews, bounds: LaneBounds = LANE_BOUNDS): LaneSeries {
  const samples = appended(series.samples, news.lanes, bounds.samples, collapseSamples);
  const writes = appended(series.writes, news.writes, bounds.writes, collapseWrites);
  const marks = appended(series.marks, marksOf(news.events), bounds.marks, collapseMarks);
  const leaderships = newest(series.leaderships, news.leaderships, bounds.leaderships);
  const isSame =
    samples === series.samples &&
    writes === series.writes &&
    marks === series.marks &&
    leaderships === series.leaderships;
  return isSame ? series : { samples, writes, leaderships, marks };
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
  pause: "settings",
  resume: "settings",
  slow: "settings",
  refuseWrites: "settings",
  acceptWrites: "settings",
  clock: "settings",
  disk: "settings",
  corrupt: "settings",
  promote: "leader",
  message: "settings",
  search: undefined,
  setMode: "settings",
  setQuorum: "settings",
  setDegrade: "settings",
  setPolicy: "settings",
  setTimings: "settings",
  setRule: "settings",
  setNetwork: "settings",
  setLink: "settings",
  setRates: "settings",
  setCosts: "settings",
  setGameDay: "settings",
  write: undefined,
  retry: undefined,
};

function marksOf(events: readonly ClusterEvent[]): readonly LaneMark[] {
  return events.map(markOf).filter((mark) => mark !== undefined);
}

interface Timed {
  readonly at: Micros;
}

/** What is left of the things of one span, in order of time. */
type Collapse<T> = (span: readonly T[]) => readonly T[];

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

/** Three quarters of `bound` or less, so that the next thinning is a quarter of it away. */
function thinned<T extends Timed>(list: readonly T[], bound: number, collapse: Collapse<T>): readonly T[] {
  const recent = list.slice(list.length - Math.floor(bound / 2));
  const older = list.slice(0, list.length - recent.length);
  const room = Math.floor(bound / 4);
  const length = (older.at(-1)?.at ?? 0) - (older[0]?.at ?? 0);
  let span = 1;
  while (span * room < length) span *= 2;
  let kept = spansOf(older, span).flatMap(collapse);
  // A span keeps a few things each: wider ones until they fit. Four times the whole length is one span for certain.
  while (kept.length > room && span < 4 * length) {
    span *= 2;
    kept = spansOf(kept, span).flatMap(collapse);
  }
  return [...kept.slice(-room), ...recent];
}

/** `list` cut where a multiple of `span` passes. */
function spansOf<T extends Timed>(list: readonly T[], span: number): readonly (readonly T[])[] {
  const spans: T[][] = [];
  let current = Number.NaN;
  for (const thing of list) {
    const bucket = Math.floor(thing.at / span);
    if (bucket !== current) spans.push([]);
    current = bucket;
    spans.at(-1)?.push(thing);
  }
  return spans;
}

function collapseSamples(span: readonly LaneSample[]): readonly LaneSample[] {
  const first = span[0];
  const last = span.at(-1);
  if (first === undefined || last === undefined || span.length <= 2) return span;
  const lag = extremesBySlot(span.map((sample) => sample.lag));
  const queueDepth = extremesBySlot(span.map((sample) => sample.queueDepth));
  return [
    { at: first.at, lag: lag.earlier, queueDepth: queueDepth.earlier },
    { at: last.at, lag: lag.later, queueDepth: queueDepth.later },
  ];
}

/** For each slot its lowest and highest value, whichever came first first. NaN only where there was no number at all. */
function extremesBySlot(rows: readonly (readonly number[])[]): { earlier: number[]; later: number[] } {
  const earlier: number[] = [];
  const later: number[] = [];
  const slots = Math.max(...rows.map((row) => row.length));
  for (let slot = 0; slot < slots; slot += 1) {
    const values = rows.map((row) => row[slot] ?? Number.NaN).filter((value) => !Number.isNaN(value));
    const lowest = values.length === 0 ? Number.NaN : Math.min(...values);
    const highest = values.length === 0 ? Number.NaN : Math.max(...values);
    const risesFirst = values.indexOf(highest) < values.lastIndexOf(lowest);
    earlier.push(risesFirst ? highest : lowest);
    later.push(risesFirst ? lowest : highest);
  }
  return { earlier, later };
}

function collapseWrites(span: readonly WriteSample[]): readonly WriteSample[] {
  const kept = new Set<WriteSample | undefined>();
  for (const outcome of ["acknowledged", "unknown", "failed"] as const) {
    const alike = span.filter((write) => write.outcome === outcome).sort((a, b) => a.latency - b.latency);
    kept.add(alike.at(-1));
    if (outcome === "acknowledged") kept.add(alike[0]);
  }
  return span.filter((write) => kept.has(write));
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
