/** Where the story turned, as far as it is known: what one goes to from where one stands. */
import { type Micros, seconds } from "../../base/units.ts";
import { type ClusterEvent, isTurn } from "../../model/protocol/events.ts";
import type { RunFacts } from "./runFacts.ts";

type Known = Pick<RunFacts, "feed" | "lanes">;

/** Every turn that is known, in order: the feed's, and older ones that still have their mark. */
function turnsOf({ feed, lanes }: Known): readonly ClusterEvent[] {
  const first = feed[0]?.sequence ?? Number.POSITIVE_INFINITY;
  const older = lanes.marks.map(({ event }) => event).filter((event) => event.sequence < first && isTurn(event));
  const turns = [...older, ...feed.filter(isTurn)];
  return turns.filter((event, place) => !isTimeout(event) || !follows(event, turns[place - 1]));
}

function isTimeout({ fact }: ClusterEvent): boolean {
  return fact.kind === "writeUnknown";
}

/** Timeouts come in rows: the first of a row is the turn. */
function follows(event: ClusterEvent, before: ClusterEvent | undefined): boolean {
  return before !== undefined && isTimeout(before) && event.at - before.at <= seconds(2);
}

/** The last turn before `now`. */
export function turnBefore(known: Known, now: Micros): ClusterEvent | undefined {
  return turnsOf(known).findLast(({ at }) => at < now);
}

/** The first turn after `now`. */
export function turnAfter(known: Known, now: Micros): ClusterEvent | undefined {
  return turnsOf(known).find(({ at }) => at > now);
}
