/**
 * The trace: one JSON object per line for everything that happened, in the order in which it was taken over. `at` is in
 * virtual microseconds, `sequence` counts the lines. Schema in docs/scenario-format.md.
 */
import { type Address, nameOf } from "../base/ids.ts";
import type { Micros } from "../base/units.ts";
import type { Flight } from "../model/cluster/state.ts";
import type { Onlooker } from "../model/measure/onlookers.ts";
import type { ClusterEvent } from "../model/protocol/events.ts";
import { summaryOf } from "../model/protocol/messageSummary.ts";

/** Takes one line, without its end. */
export type LineSink = (line: string) => void;

/** Vectors are left out of the lines. */
function withoutVectors(_: string, value: unknown): unknown {
  return value instanceof Float32Array ? `${value.length} numbers` : value;
}

function flightFields(flight: Flight): object {
  const { id, from, to, message, sentAt, deliverAt } = flight;
  return { flight: id, from: nameOf(from), to: nameOf(to), sentAt, deliverAt, message: summaryOf(message) };
}

/** Writes every event of a run. */
export function traceTo(sink: LineSink): Onlooker {
  let sequence = 0;
  const write = (at: Micros, kind: string, who: Address | undefined, fields: object) => {
    sequence += 1;
    const subject = who === undefined ? {} : { replica: nameOf(who) };
    sink(JSON.stringify({ at, sequence, kind, ...subject, ...fields }, withoutVectors));
  };
  const processed = (at: Micros, who: Address, flight: Flight | undefined, otherwise: string) => {
    if (flight === undefined) write(at, otherwise, who, {});
    else write(at, "deliver", who, flightFields(flight));
  };
  return {
    replica: (id, { at, timer }, flight) =>
      processed(at, id, flight, timer === undefined ? "operator" : `${timer}Timer`),
    client: (id, { at, input }, flight) => processed(at, id, flight, input.kind),
    sent: (flight) => write(flight.sentAt, "send", flight.from, flightFields(flight)),
    lost: (flight) => write(flight.lostAt, "drop", undefined, flightFields(flight)),
    fact: (event) => write(event.at, "fact", subject(event), { fact: event.fact }),
  };
}

function subject(event: ClusterEvent): Address | undefined {
  if (event.source === "replica") return event.replicaId;
  return event.source === "client" ? event.clientId : undefined;
}
