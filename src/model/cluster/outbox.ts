/** The outbox: slow facts that wait for a view. Bounded; what did not fit is counted. */
import type { Micros } from "../../base/units.ts";
import type { ClusterEvent, WorldEvent } from "../protocol/events.ts";
import type { ClusterState } from "./state.ts";

/** Events that may wait for a view, samples likewise; older ones give way and are counted. */
export const OUTBOX_LIMIT = 5_000;
/** `Omit` that keeps the members of a union apart. */
type Unnumbered<Event> = Event extends unknown ? Omit<Event, "at" | "sequence"> : never;

/** Adds a fact to the outbox. */
export function emit(state: ClusterState, at: Micros, event: Unnumbered<ClusterEvent>): void {
  const { outbox } = state;
  const numbered = { at, sequence: state.nextEvent, ...event };
  state.nextEvent += 1;
  state.observer?.fact(numbered);
  if (!outbox.awaited) return;
  outbox.events.push(numbered);
  if (outbox.events.length <= OUTBOX_LIMIT) return;
  outbox.events.splice(0, OUTBOX_LIMIT / 2);
  outbox.eventsOmitted += OUTBOX_LIMIT / 2;
}

/** Records a fact about the cluster as a whole. */
export function reportWorld(state: ClusterState, at: Micros, fact: WorldEvent): void {
  emit(state, at, { source: "world", fact });
}
