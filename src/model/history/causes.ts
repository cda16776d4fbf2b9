/**
 * Looking back in a chronicle: who did what before, which message brought it, what set the timer. Each event has direct
 * causes; `why.ts` follows those that mattered.
 */
import type { Address, ReplicaId } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { ChronicleEvent, ChronicleMessage, EventId } from "../protocol/chronicle.ts";
import type { Command } from "../protocol/commands.ts";
import type { ClusterEvent } from "../protocol/events.ts";
import type { MessageSummary } from "../protocol/messageSummary.ts";
import type { Written } from "./recording.ts";

/** The facts of one kind. */
export type FactOf<Kind extends ClusterEvent["fact"]["kind"]> = Extract<ClusterEvent["fact"], { readonly kind: Kind }>;

type CommandOf<Kind extends Command["kind"]> = Extract<Command, { readonly kind: Kind }>;

/** Entries by an index that all replicas share. */
interface EntryPlace {
  readonly term: number;
  readonly logIndex: number;
}

/** What a message says, if it is of this kind. */
export function contentOf<Kind extends MessageSummary["kind"]>(
  message: ChronicleMessage | undefined,
  kind: Kind,
): Extract<MessageSummary, { readonly kind: Kind }> | undefined {
  const content = message?.content;
  const isIt = (known: MessageSummary): known is Extract<MessageSummary, { readonly kind: Kind }> =>
    known.kind === kind;
  return content !== undefined && isIt(content) ? content : undefined;
}

/** The first fact of this kind that an event told. */
export function factOf<Kind extends ClusterEvent["fact"]["kind"]>(
  event: ChronicleEvent | undefined,
  kind: Kind,
): FactOf<Kind> | undefined {
  const isIt = (fact: ClusterEvent["fact"]): fact is FactOf<Kind> => fact.kind === kind;
  return event?.facts.map(({ fact }) => fact).find(isIt);
}

/** A chronicle in which one can look back. */
export class Past {
  readonly chronicle: Written;
  readonly #events = new Map<EventId, ChronicleEvent>();
  readonly #places = new Map<EventId, number>();
  readonly #messages = new Map<number, ChronicleMessage>();
  readonly #lines = new Map<Address, ChronicleEvent[]>();

  constructor(chronicle: Written) {
    this.chronicle = chronicle;
    for (const [place, event] of chronicle.events.entries()) {
      this.#events.set(event.id, event);
      this.#places.set(event.id, place);
      if (event.who === undefined) continue;
      const line = this.#lines.get(event.who);
      if (line === undefined) this.#lines.set(event.who, [event]);
      else line.push(event);
    }
    for (const message of chronicle.messages) this.#messages.set(message.id, message);
  }

  event(id: EventId | undefined): ChronicleEvent | undefined {
    return id === undefined ? undefined : this.#events.get(id);
  }

  message(flight: number | undefined): ChronicleMessage | undefined {
    return flight === undefined ? undefined : this.#messages.get(flight);
  }

  /** Whether `a` comes before `b`. */
  isBefore(a: ChronicleEvent, b: ChronicleEvent): boolean {
    return (this.#places.get(a.id) ?? 0) < (this.#places.get(b.id) ?? 0);
  }

  /** The last event of `who` before `than`, or up to and with an instant, for which `holds`. */
  last(
    who: Address,
    than: ChronicleEvent | Micros,
    holds: (event: ChronicleEvent) => boolean,
  ): ChronicleEvent | undefined {
    const isEarlier = (event: ChronicleEvent) =>
      typeof than === "number" ? event.at <= than : this.isBefore(event, than);
    return this.#lines.get(who)?.findLast((event) => isEarlier(event) && holds(event));
  }

  /** The event of the same replica or client before it. */
  previous(event: ChronicleEvent): ChronicleEvent | undefined {
    return event.who === undefined ? undefined : this.last(event.who, event, () => true);
  }

  /** What the replica was before it. */
  standingBefore(event: ChronicleEvent) {
    if (event.who === undefined) return undefined;
    const before = this.last(event.who, event, ({ standing }) => standing !== undefined)?.standing;
    return before ?? this.chronicle.beginning.find(({ replicaId }) => replicaId === event.who)?.standing;
  }

  /** The message that `event` worked on, also where it had to wait first. */
  received(event: ChronicleEvent | undefined): ChronicleMessage | undefined {
    const { trigger } = event ?? {};
    if (trigger?.kind === "message") return this.message(trigger.flight);
    const first = this.event(event?.continues);
    return first === undefined || first === event ? undefined : this.received(first);
  }

  /** The last command of this kind before `than`, or up to an instant, for which `holds`. */
  lastCommand<Kind extends Command["kind"]>(
    kinds: readonly Kind[],
    than: ChronicleEvent | Micros,
    holds: (command: CommandOf<Kind>) => boolean,
  ): ChronicleEvent | undefined {
    const isOne = (command: { readonly kind: string }): command is CommandOf<Kind> =>
      kinds.some((kind) => kind === command.kind);
    return this.chronicle.events.findLast((event) => {
      const isEarlier = typeof than === "number" ? event.at <= than : this.isBefore(event, than);
      if (!isEarlier) return false;
      const done = factOf(event, "commandDone");
      return event.trigger.kind === "command" && done !== undefined && isOne(done.command) && holds(done.command);
    });
  }

  /** The event by which `who` came to have an entry in its log, the last time before `than` or in it. */
  stored(who: ReplicaId, entry: EntryPlace, than: ChronicleEvent | Micros): ChronicleEvent | undefined {
    const isIt = (event: ChronicleEvent) => {
      const end = event.standing?.logEnd;
      const before = this.standingBefore(event)?.logEnd;
      if (end === undefined || before === undefined || end.logIndex < entry.logIndex) return false;
      if (before === end || (before.logIndex >= entry.logIndex && before.term === end.term)) return false;
      const sent = contentOf(this.received(event), "appendEntries");
      if (sent === undefined) return end.term === entry.term && before.logIndex < entry.logIndex;
      return sent.entries.some(([term, index]) => term === entry.term && index === entry.logIndex);
    };
    return typeof than !== "number" && than.who === who && isIt(than) ? than : this.last(who, than, isIt);
  }

  /** The event by which `who` came to know that entries up to `index` are committed. */
  committed(who: ReplicaId, index: number, than: ChronicleEvent | Micros): ChronicleEvent | undefined {
    return this.last(who, than, (event) => {
      const { commitIndex } = event.standing ?? { commitIndex: -1 };
      const before = this.standingBefore(event)?.commitIndex;
      return before !== undefined && commitIndex >= index && before < index;
    });
  }
}

/**
 * The direct causes of an event: the sending of the message that it received, what it finishes, what set the timer that
 * went off, the command that reached it; and the last event of its own line that changed what it was.
 */
export function causesOf(past: Past, event: ChronicleEvent): readonly EventId[] {
  const causes: (EventId | undefined)[] = [past.message(flightOf(event))?.sentIn, event.continues];
  if (event.trigger.kind === "timer") causes.push(timerSet(past, event)?.id);
  if (event.trigger.kind === "told") {
    causes.push(past.chronicle.events.findLast((other) => other.id < 0 && past.isBefore(other, event))?.id);
  }
  if (event.who !== undefined) causes.push(past.last(event.who, event, (other) => matters(past, other))?.id);
  return [
    ...new Set(causes.filter((id) => id !== undefined && past.event(id) !== undefined && id !== event.id)),
  ].flatMap((id) => (id === undefined ? [] : [id]));
}

function flightOf({ trigger }: ChronicleEvent): number | undefined {
  return trigger.kind === "message" ? trigger.flight : undefined;
}

function matters(past: Past, event: ChronicleEvent): boolean {
  if (event.id < 0 || event.facts.length > 0) return true;
  return event.standing !== undefined && past.standingBefore(event) !== event.standing;
}

/** The event that set the timer which went off in `event`. */
export function timerSet(past: Past, event: ChronicleEvent): ChronicleEvent | undefined {
  if (event.who === undefined || event.trigger.kind !== "timer") return undefined;
  switch (event.trigger.timer) {
    case "election": {
      const setAt = past.standingBefore(event)?.timerSetAt;
      return past.last(event.who, event, ({ at }) => at === setAt);
    }
    case "heartbeat":
      return past.last(
        event.who,
        event,
        (other) =>
          (other.trigger.kind === "timer" && other.trigger.timer === "heartbeat") ||
          factOf(other, "becameLeader") !== undefined,
      );
    default:
      return undefined;
  }
}
