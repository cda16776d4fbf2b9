/** Where the story turned, as far as it is known: what one goes to from where one stands. */
import type { Micros } from "../../base/units.ts";
import { type ClusterEvent, isTurn } from "../../model/protocol/events.ts";
import type { RunFacts } from "./runFacts.ts";

type Known = Pick<RunFacts, "feed" | "lanes">;

/** Every turn that is known, in order: the feed's, and older ones that still have their mark. */
function turnsOf({ feed, lanes }: Known): readonly ClusterEvent[] {
  const first = feed[0]?.sequence ?? Number.POSITIVE_INFINITY;
  const older = lanes.marks.map(({ event }) => event).filter((event) => event.sequence < first && isTurn(event));
  return [...older, ...feed.filter(isTurn)];
}

/** The last turn before `now`. */
export function turnBefore(known: Known, now: Micros): ClusterEvent | undefined {
  return turnsOf(known).findLast(({ at }) => at < now);
}

/** The first turn after `now`. */
export function turnAfter(known: Known, now: Micros): ClusterEvent | undefined {
  return turnsOf(known).find(({ at }) => at > now);
}
