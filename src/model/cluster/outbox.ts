/**
 * The outbox: slow facts that wait for a view. Bounded, for an hour may be computed between two pictures: samples are
 * thinned and keep their peaks; of facts what clients do all day long gives way first, and is counted.
 */
import { collapseRecalls, collapseSamples, collapseWrites, thinned } from "../../base/thinning.ts";
import { type Micros, micros, millis, ZERO } from "../../base/units.ts";
import type { ClusterEvent, WorldEvent } from "../protocol/events.ts";
import type { LaneSample, RecallSample, WriteSample } from "../protocol/frame.ts";
import type { ClusterState } from "./state.ts";

/** Events that may wait for a view; samples likewise. */
export const OUTBOX_LIMIT = 5_000;
/** Lag and queue depth are sampled this often. */
export const SAMPLE_INTERVAL = millis(100);

/** Facts that wait to be pulled by a view. */
export interface Outbox {
  events: ClusterEvent[];
  eventsOmitted: number;
  lanes: LaneSample[];
  recalls: RecallSample[];
  writes: WriteSample[];
  /** Whether a view will pull them; set before the first event. Where nobody looks nothing waits, and nothing is sampled. */
  awaited: boolean;
  /** What the view has already, since the run has been here before: that does not wait again. */
  readonly known: Known;
}

/** How much of a run somebody knows. */
export interface Known {
  /** The number of the last fact. */
  readonly fact: number;
  /** The instant of the last sample of lag and queues; recall is sampled at some of the same instants. */
  readonly sampleAt: Micros;
}

/** Nothing. */
export const NOTHING_KNOWN: Known = { fact: 0, sampleAt: ZERO };

/** An outbox in which nothing waits. */
export function newOutbox(awaited: boolean, known: Known = NOTHING_KNOWN): Outbox {
  return { events: [], eventsOmitted: 0, lanes: [], recalls: [], writes: [], awaited, known };
}

/** `Omit` that keeps the members of a union apart. */
type Unnumbered<Event> = Event extends unknown ? Omit<Event, "at" | "sequence"> : never;

/** Adds a fact to the outbox. */
export function emit(state: ClusterState, at: Micros, event: Unnumbered<ClusterEvent>): void {
  const { outbox } = state;
  const numbered = { at, sequence: state.nextEvent, ...event };
  state.nextEvent += 1;
  state.observer?.fact(numbered);
  if (!outbox.awaited || numbered.sequence <= outbox.known.fact) return;
  outbox.events.push(numbered);
  if (outbox.events.length <= OUTBOX_LIMIT) return;
  const kept = withRoom(outbox.events);
  outbox.eventsOmitted += outbox.events.length - kept.length;
  outbox.events = kept;
}

/** The newest quarter of what may wait, and before it all but clients' facts; of those too the newest, where it must be. */
function withRoom(events: readonly ClusterEvent[]): ClusterEvent[] {
  const recent = events.slice(-OUTBOX_LIMIT / 4);
  const older = events.slice(0, -OUTBOX_LIMIT / 4).filter(({ source }) => source !== "client");
  return [...older.slice(-OUTBOX_LIMIT / 2), ...recent];
}

/** Adds a sample of lag and queues. */
export function keepLanes(outbox: Outbox, sample: LaneSample): void {
  outbox.lanes.push(sample);
  if (outbox.lanes.length > OUTBOX_LIMIT) outbox.lanes = [...thinned(outbox.lanes, OUTBOX_LIMIT, collapseSamples)];
}

/** Adds a sample of recall. */
export function keepRecall(outbox: Outbox, sample: RecallSample): void {
  outbox.recalls.push(sample);
  if (outbox.recalls.length > OUTBOX_LIMIT) {
    outbox.recalls = [...thinned(outbox.recalls, OUTBOX_LIMIT, collapseRecalls)];
  }
}

/** Adds a write that has ended. */
export function keepWrite(outbox: Outbox, write: WriteSample): void {
  outbox.writes.push(write);
  if (outbox.writes.length > OUTBOX_LIMIT) outbox.writes = [...thinned(outbox.writes, OUTBOX_LIMIT, collapseWrites)];
}

/** How much a view knows that has pulled everything. */
export function knownNow({ nextEvent, nextSampleAt }: Pick<ClusterState, "nextEvent" | "nextSampleAt">): Known {
  return { fact: nextEvent - 1, sampleAt: micros(nextSampleAt - SAMPLE_INTERVAL) };
}

/** From now on facts wait for a view that has `known` already. Sampling goes on with the next instant that is due. */
export function beginWaiting(state: ClusterState, known: Known): void {
  state.outbox = newOutbox(true, known);
  state.nextSampleAt = micros((Math.floor(state.now / SAMPLE_INTERVAL) + 1) * SAMPLE_INTERVAL);
}

/** Records a fact about the cluster as a whole. */
export function reportWorld(state: ClusterState, at: Micros, fact: WorldEvent): void {
  emit(state, at, { source: "world", fact });
}
