/**
 * Somebody who looks on while a run is taken over, event by event: the trace, the history and the report of the command
 * line. Reads only; whether there is one changes nothing.
 */
import type { ClientId, ReplicaId } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { ClusterEvent } from "../protocol/events.ts";
import type { StepRecord } from "../protocol/work.ts";
import type { ClientRecord } from "./absorb.ts";
import type { Flight, LostFlight } from "./state.ts";

export interface RunObserver {
  /** A replica has processed one event; `flight` is the message that was it. Its effects are taken over next. */
  replica(id: ReplicaId, record: StepRecord, flight: Flight | undefined): void;
  /** The same of a client. */
  client(id: ClientId, record: ClientRecord, flight: Flight | undefined): void;
  /** A message has left and will arrive. */
  sent(flight: Flight): void;
  /** A message will not arrive. */
  lost(flight: LostFlight): void;
  /** A virtual second is over: everything before `at` has happened, and every replica has said where it stands. */
  second?(at: Micros): void;
  /** A fact was recorded. */
  fact(event: ClusterEvent): void;
}
