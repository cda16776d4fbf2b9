/**
 * Long series within a bound. The newest half stays as it came; what is older is put into equal spans of time, as long as
 * they must be to fit, and of each span its extremes are kept: a peak is never lost, and its time is off by one span at
 * most. Pure.
 */
import type { Micros } from "./units.ts";

/** Something that has its instant. */
export interface Timed {
  readonly at: Micros;
}

/** What is left of the things of one span, in order of time. */
export type Collapse<T> = (span: readonly T[]) => readonly T[];

/** One sample: every replica's lag and queue by slot. */
interface Sampled extends Timed {
  readonly lag: readonly number[];
  readonly queueDepth: readonly number[];
}

/** One write that has ended. */
export interface Ended extends Timed {
  readonly latency: Micros;
  readonly outcome: "acknowledged" | "unknown" | "failed";
}

/** Three quarters of `bound` or less, so that the next thinning is a quarter of it away. */
export function thinned<T extends Timed>(list: readonly T[], bound: number, collapse: Collapse<T>): readonly T[] {
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

/** Of samples two are left, with the extremes of every slot between them. */
export function collapseSamples(span: readonly Sampled[]): readonly Sampled[] {
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

/** One sample of recall by slot; NaN where nobody was asked. */
interface Recalled extends Timed {
  readonly recall: readonly number[];
}

/** The same of samples of recall. */
export function collapseRecalls(span: readonly Recalled[]): readonly Recalled[] {
  const first = span[0];
  const last = span.at(-1);
  if (first === undefined || last === undefined || span.length <= 2) return span;
  const { earlier, later } = extremesBySlot(span.map((sample) => sample.recall));
  return [
    { at: first.at, recall: earlier },
    { at: last.at, recall: later },
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

/** Of writes the fastest, the slowest, and one of every other outcome are left. */
export function collapseWrites<Write extends Ended>(span: readonly Write[]): readonly Write[] {
  const kept = new Set<Write | undefined>();
  for (const outcome of ["acknowledged", "unknown", "failed"] as const) {
    const alike = span.filter((write) => write.outcome === outcome).sort((a, b) => a.latency - b.latency);
    kept.add(alike.at(-1));
    if (outcome === "acknowledged") kept.add(alike[0]);
  }
  return span.filter((write) => kept.has(write));
}
