/** The one message that may have a caption: the vote that makes a candidate the leader, while it is on its way. */
import { isReplica, majorityOf, nameOf } from "../../../base/ids.ts";
import type { FlightFrame, Frame } from "../../../model/protocol/frame.ts";
import { isUnderWay } from "../../layout/flights.ts";

export interface Caption {
  readonly flightId: number;
  readonly text: string;
}

const ORDINALS = ["first", "second", "third", "fourth", "fifth"];

/** The caption of this picture, if it has one. */
export function captionOf(frame: Frame): Caption | undefined {
  const needed = majorityOf(frame.replicas.length);
  const isDeciding = (flight: FlightFrame): boolean => {
    if (flight.shape !== "voteGranted" || flight.lostAt !== undefined || !isUnderWay(flight, frame.virtualNow))
      return false;
    const candidate = frame.replicas.find((replica) => replica.replicaId === flight.to);
    if (candidate?.alive !== true || candidate.status.role !== "candidate") return false;
    const { currentTerm, votes } = candidate.status;
    const isNew = isReplica(flight.from) && !votes.includes(flight.from);
    return currentTerm === flight.term && votes.length === needed - 1 && isNew;
  };
  const deciding = frame.flights.filter(isDeciding);
  const first = deciding.reduce<FlightFrame | undefined>(
    (best, next) => (best === undefined || next.deliverAt < best.deliverAt ? next : best),
    undefined,
  );
  if (first === undefined) return undefined;
  return { flightId: first.id, text: `${nameOf(first.from)}’s vote: the ${ORDINALS[needed - 1] ?? "last"}` };
}
