/**
 * The history: one JSON object per line for the beginning and the end of every client operation, as checkers of
 * linearizability read it (after Jepsen). A process is a client and a slot and does one operation at a time; one whose
 * outcome is unknown never goes on, the slot gets a new number. Schema in docs/scenario-format.md.
 */
import { type ClientId, nameOf } from "../base/ids.ts";
import type { Micros } from "../base/units.ts";
import type { ClientRecord } from "../model/cluster/absorb.ts";
import type { Onlooker } from "../model/measure/onlookers.ts";
import type { ClientEvent } from "../model/protocol/events.ts";
import type { Version, WriteOperation } from "../model/protocol/item.ts";
import type { Message } from "../model/protocol/messages.ts";
import type { LineSink } from "./trace.ts";

type Outcome = "ok" | "fail" | "info";

/** An operation that has not ended. */
interface Open {
  readonly process: number;
  readonly f: string;
  readonly id: string | null;
  readonly value: string | null;
}

/** The slots of one client. */
interface Slots {
  /** Free numbers, the smallest first. */
  readonly free: number[];
  next: number;
  readonly open: Map<number, Open>;
}

/** The name of a write: unique, and what a read of it shows. */
function writeName(requestId: number): string {
  return `w${Math.floor(requestId / 0x1_0000_0000)}-${requestId % 0x1_0000_0000}`;
}

function versionKey({ term, logIndex }: Version): string {
  return `${term}.${logIndex}`;
}

/** Writes the operations of a run. */
export class History {
  readonly #sink: LineSink;
  readonly #clients = new Map<ClientId, Slots>();
  /** Which write made which version. */
  readonly #writeOf = new Map<string, string>();
  /** Requests that have left, and those of which the network has made two: one may take effect after the other failed. */
  readonly #left = new WeakSet<Message>();
  readonly #repeated = new Set<number>();

  constructor(sink: LineSink) {
    this.#sink = sink;
  }

  readonly onlooker: Onlooker = {
    replica: (_, { effects }) => {
      for (const effect of effects) {
        if (effect.kind !== "persist" || effect.change.kind !== "append") continue;
        for (const { term, index, requestId } of effect.change.entries) {
          if (requestId !== 0) this.#writeOf.set(versionKey({ term, logIndex: index }), writeName(requestId));
        }
      }
    },
    client: (id, record) => this.#client(id, record),
    sent: ({ message }) => {
      if (message.kind !== "writeRequest") return;
      if (this.#left.has(message)) this.#repeated.add(message.requestId);
      this.#left.add(message);
    },
  };

  #client(client: ClientId, { at, input, effects }: ClientRecord): void {
    for (const effect of effects) {
      if (effect.kind === "send") {
        if (input.kind === "ask") this.#invoke(client, at, effect.message);
      } else this.#ended(client, at, effect.event, input.kind === "message" ? input.message : undefined);
    }
  }

  #slotsOf(client: ClientId): Slots {
    let slots = this.#clients.get(client);
    if (slots === undefined) {
      slots = { free: [], next: 0, open: new Map() };
      this.#clients.set(client, slots);
    }
    return slots;
  }

  #invoke(client: ClientId, at: Micros, message: Message): void {
    if (message.kind !== "writeRequest" && message.kind !== "readRequest") return;
    const slots = this.#slotsOf(client);
    const process = slots.free.shift() ?? slots.next;
    if (process === slots.next) slots.next += 1;
    const { requestId } = message;
    const operation = message.kind === "writeRequest" ? written(message.operation, requestId) : asked(message);
    const open = { process, ...operation };
    slots.open.set(requestId, open);
    this.#write(client, "invoke", at, open, open.value);
  }

  #ended(client: ClientId, at: Micros, event: ClientEvent, heard: Message | undefined): void {
    switch (event.kind) {
      case "writeAcknowledged":
        this.#writeOf.set(versionKey(event.version), writeName(event.requestId));
        this.#close(client, at, event.requestId, "ok");
        break;
      case "writeFailed":
        this.#close(client, at, event.requestId, this.#repeated.has(event.requestId) ? "info" : "fail");
        break;
      case "writeUnknown":
        this.#close(client, at, event.requestId, "info");
        break;
      case "unanswered":
        // A read that was not answered has changed nothing.
        this.#close(client, at, event.requestId, "fail");
        break;
      case "answered":
        this.#close(client, at, event.requestId, "ok", heard === undefined ? null : this.#shown(heard));
        break;
      default:
    }
  }

  /** What an answer shows: the write that made the item, the ids of the neighbours, or nothing. */
  #shown(message: Message): unknown {
    if (message.kind !== "clientReply" || message.answer.kind !== "answered") return null;
    const { answer } = message.answer;
    if (answer.kind === "neighbours") return answer.neighbours.map((neighbour) => neighbour.id);
    if (answer.item === undefined) return null;
    const { version } = answer.item;
    return version.logIndex === 0 ? "initial" : (this.#writeOf.get(versionKey(version)) ?? versionKey(version));
  }

  #close(client: ClientId, at: Micros, requestId: number, type: Outcome, value?: unknown): void {
    const slots = this.#slotsOf(client);
    const open = slots.open.get(requestId);
    // A late answer to an operation whose outcome was unknown: the process is gone.
    if (open === undefined) return;
    slots.open.delete(requestId);
    this.#repeated.delete(requestId);
    if (type !== "info") {
      slots.free.push(open.process);
      slots.free.sort((a, b) => a - b);
    }
    this.#write(client, type, at, open, value === undefined ? open.value : value);
  }

  #write(client: ClientId, type: "invoke" | Outcome, time: Micros, { process, f, id }: Open, value: unknown): void {
    this.#sink(JSON.stringify({ process: `${nameOf(client)}.${process}`, type, f, id, value, time }));
  }
}

function written(operation: WriteOperation, requestId: number): Omit<Open, "process"> {
  const value = operation.kind === "put" ? writeName(requestId) : null;
  return { f: operation.kind, id: operation.id, value };
}

function asked(message: Extract<Message, { kind: "readRequest" }>): Omit<Open, "process"> {
  const { question } = message;
  return question.kind === "get" ? { f: "get", id: question.id, value: null } : { f: "search", id: null, value: null };
}
