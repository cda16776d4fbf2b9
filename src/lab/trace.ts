/**
 * The trace: one JSON object per line for everything that happened, in the order in which it was taken over. `at` is in
 * virtual microseconds, `sequence` counts the lines. Schema in docs/scenario-format.md.
 */
import { type Address, nameOf } from "../base/ids.ts";
import type { Micros } from "../base/units.ts";
import type { Flight } from "../model/cluster/state.ts";
import type { ClusterEvent } from "../model/protocol/events.ts";
import type { Message } from "../model/protocol/messages.ts";
import type { Onlooker } from "./onlookers.ts";

/** Takes one line, without its end. */
export type LineSink = (line: string) => void;

/** A message without what it carries: numbers and names only. */
function messageFields(message: Message): object {
  switch (message.kind) {
    case "appendEntries": {
      const { entries, freshAt: _, ...rest } = message;
      return { ...rest, entries: entries.map(entryFields) };
    }
    case "installSnapshot": {
      const { items, ...rest } = message;
      return { ...rest, items: items.length };
    }
    case "writeRequest": {
      const { kind, requestId, operation } = message;
      return { kind, requestId, operation: operation.kind, id: operation.id };
    }
    case "readRequest": {
      const { kind, requestId, question, policy } = message;
      return { kind, requestId, question: question.kind, policy };
    }
    case "clientReply": {
      const { kind, requestId, answer } = message;
      return { kind, requestId, answer: answer.kind, ...(answer.kind === "acknowledged" ? answer.version : {}) };
    }
    case "readProbe":
    case "readProbeReply":
    case "readWait":
    case "readWaitReply": {
      const { kind, readId } = message;
      return { kind, readId };
    }
    default:
      return message;
  }
}

function entryFields({ term, index }: { readonly term: number; readonly index: number }): readonly [number, number] {
  return [term, index];
}

/** Vectors are left out of the lines. */
function withoutVectors(_: string, value: unknown): unknown {
  return value instanceof Float32Array ? `${value.length} numbers` : value;
}

function flightFields(flight: Flight): object {
  const { id, from, to, message, sentAt, deliverAt } = flight;
  return { flight: id, from: nameOf(from), to: nameOf(to), sentAt, deliverAt, message: messageFields(message) };
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
