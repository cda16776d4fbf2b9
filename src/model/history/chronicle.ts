/**
 * The chronicle: looks on while a span of a run is run again, and writes down every event with its message, its facts and
 * what the replica was afterwards. It only reads; what it looks at is a copy.
 */
import { type Address, isReplica, type ReplicaId, slotOf } from "../../base/ids.ts";
import type { InlineRun } from "../cluster/inline.ts";
import type { RunObserver } from "../cluster/observer.ts";
import type {
  BeginningOf,
  Chronicle,
  ChronicleEvent,
  ChronicleMessage,
  EventId,
  LossReason,
  ReplicaStanding,
  Trigger,
} from "../protocol/chronicle.ts";
import type { Command } from "../protocol/commands.ts";
import type { ClusterEvent } from "../protocol/events.ts";
import { summaryOf } from "../protocol/messageSummary.ts";
import { shapeOf, termOf } from "../protocol/messages.ts";
import { Postponed } from "./postponed.ts";

type Record = Parameters<RunObserver["replica"]>[1];
type ClientRecord = Parameters<RunObserver["client"]>[1];
type Flight = Parameters<RunObserver["sent"]>[0];
type LostFlight = Parameters<RunObserver["lost"]>[0];
type Replica = InlineRun["replicas"] extends Map<ReplicaId, infer State> ? State : never;

type Written<Line> = { -readonly [Key in keyof Line]: Line[Key] };
type OpenEvent = Omit<ChronicleEvent, "facts"> & { readonly facts: ClusterEvent[] };
type OpenMessage = Written<ChronicleMessage>;

function standingOf({ role, currentTerm, leaderId, commitIndex, lastApplied, log, electionTimerSetAt }: Replica) {
  const last = log.entries.at(-1);
  const { lastIncludedTerm, lastIncludedIndex } = log.snapshot;
  const standing: ReplicaStanding = {
    role,
    term: currentTerm,
    leader: leaderId,
    commitIndex,
    lastApplied,
    logEnd:
      last === undefined
        ? { term: lastIncludedTerm, logIndex: lastIncludedIndex }
        : { term: last.term, logIndex: last.index },
    timerSetAt: electionTimerSetAt,
  };
  return standing;
}

function isSame(a: ReplicaStanding, b: ReplicaStanding): boolean {
  return (
    a.role === b.role &&
    a.term === b.term &&
    a.leader === b.leader &&
    a.commitIndex === b.commitIndex &&
    a.lastApplied === b.lastApplied &&
    a.timerSetAt === b.timerSetAt &&
    a.logEnd.logIndex === b.logEnd.logIndex &&
    a.logEnd.term === b.logEnd.term
  );
}

/** Whom a command is about, where that is one replica or client. */
function subjectOf(command: Command | { readonly kind: "aimed" | "nextMessage" }): Address | undefined {
  if ("replicaId" in command) return command.replicaId;
  return command.kind === "write" || command.kind === "search" ? command.client : undefined;
}

function triggerOf({ input }: ClientRecord, flight: Flight | undefined): Trigger {
  if (flight !== undefined) return { kind: "message", flight: flight.id };
  switch (input.kind) {
    case "ask": {
      const { ask } = input;
      if (ask.kind === "write") return { kind: "ask", what: ask.operation.kind, id: ask.operation.id };
      return { kind: "ask", what: ask.question.kind, id: ask.question.kind === "get" ? ask.question.id : "" };
    }
    case "retry":
      return { kind: "ask", what: input.operation.kind, id: input.operation.id };
    default:
      return { kind: "timer", timer: "client" };
  }
}

/** Looks on at `run` from now on. The run must be nobody else's. */
export class Chronicler implements RunObserver {
  readonly run: InlineRun;
  readonly #postponed = new Map<ReplicaId, Postponed>();
  readonly #standings = new Map<ReplicaId, ReplicaStanding>();
  /** By id: under way, or lost or arrived in the span. */
  #messages = new Map<number, OpenMessage>();
  readonly #underWay = new Map<number, OpenMessage>();
  /** By link: the event that cut it, where that is known. */
  readonly #cutBy = new Map<string, EventId | undefined>();
  readonly #downSince = new Map<ReplicaId, EventId>();
  #events: OpenEvent[] = [];
  #current: OpenEvent | undefined;
  /** A command has been taken, and what it did to the links is not noted yet. */
  #linksChanged = true;
  #isWriting = false;

  constructor(run: InlineRun) {
    this.run = run;
    for (const { flight } of run.state.queue.unordered()) if (flight !== undefined) this.#meet(flight, undefined);
    this.#noteLinks(undefined);
    run.state.observer = this;
  }

  /** How many events have been written down. */
  get size(): number {
    return this.#events.length;
  }

  /** Begins to write; what was written before is forgotten. */
  begin(): readonly BeginningOf[] {
    this.#isWriting = true;
    this.#events = [];
    this.#current = undefined;
    this.#messages = new Map(this.#underWay);
    return this.run.state.members.map(({ id, alive, conditions }) => {
      const replica = this.run.replicas.get(id);
      const standing = alive && replica !== undefined ? standingOf(replica) : undefined;
      return { replicaId: id, alive, paused: conditions.paused, standing };
    });
  }

  /** What has been written since {@link begin}. */
  end(): Pick<Chronicle, "events" | "messages"> {
    this.#isWriting = false;
    const messages = [...this.#messages.values()].map((message) => ({ ...message }));
    return { events: this.#events, messages: messages.sort((a, b) => a.id - b.id) };
  }

  replica(id: ReplicaId, { at, timer }: Record, flight: Flight | undefined): void {
    const replica = this.run.replicas.get(id);
    if (replica === undefined) return;
    const event = this.run.state.counters.eventsProcessed;
    const continues = this.#postponedOf(id).note(event, timer, replica);
    const trigger: Trigger =
      flight !== undefined
        ? { kind: "message", flight: flight.id }
        : timer === undefined
          ? { kind: "told" }
          : { kind: "timer", timer };
    this.#open(
      { id: event, at, who: id, trigger, continues, facts: [], standing: this.#standing(id, replica) },
      flight,
    );
  }

  client(id: Address, record: ClientRecord, flight: Flight | undefined): void {
    const event = this.run.state.counters.eventsProcessed;
    const trigger = triggerOf(record, flight);
    const { at } = record;
    this.#open({ id: event, at, who: id, trigger, continues: undefined, facts: [], standing: undefined }, flight);
  }

  sent(flight: Flight): void {
    // A delayed message is sent again under its own number.
    const known = this.#underWay.get(flight.id);
    if (known === undefined) this.#meet(flight, this.#current?.id);
    else known.arrivesAt = flight.deliverAt;
  }

  lost(flight: LostFlight): void {
    const known = this.#underWay.get(flight.id);
    const message = known ?? this.#meet(flight, this.#current?.id);
    this.#underWay.delete(flight.id);
    message.lost = { at: flight.lostAt, ...this.#whyLost(flight, known !== undefined) };
  }

  fact(event: ClusterEvent): void {
    if (event.source === "world" && (event.fact.kind === "commandDone" || event.fact.kind === "commandIgnored")) {
      this.#command(event, event.fact);
    } else {
      this.#current?.facts.push(event);
    }
  }

  #command(event: ClusterEvent, fact: Extract<ClusterEvent["fact"], { kind: "commandDone" | "commandIgnored" }>): void {
    this.#noteLinks(this.#current?.id);
    const { command } = fact;
    const who = fact.kind === "commandDone" ? subjectOf(command) : undefined;
    const by = fact.kind === "commandDone" && fact.by !== undefined ? { by: fact.by } : {};
    const id = -event.sequence;
    const trigger = { kind: "command", command, ...by } as const;
    this.#open(
      { id, at: event.at, who, trigger, continues: undefined, facts: [event], standing: undefined },
      undefined,
    );
    this.#linksChanged = true;
    if (fact.kind !== "commandDone" || who === undefined || !isReplica(who)) return;
    if (command.kind === "crash") this.#downSince.set(who, id);
    if (command.kind === "crash" || command.kind === "restart" || command.kind === "wipe") {
      this.#postponed.delete(who);
      this.#standings.delete(who);
    }
  }

  #open(event: OpenEvent, flight: Flight | undefined): void {
    if (event.id > 0) this.#noteLinks(this.#current?.id);
    this.#current = event;
    if (this.#isWriting) this.#events.push(event);
    if (flight === undefined) return;
    const message = this.#underWay.get(flight.id) ?? this.#meet(flight, undefined);
    this.#underWay.delete(flight.id);
    message.arrivedIn = event.id;
  }

  #meet(flight: Flight, sentIn: EventId | undefined): OpenMessage {
    const { id, from, to, message, sentAt, deliverAt } = flight;
    const met: OpenMessage = {
      id,
      from,
      to,
      shape: shapeOf(message),
      term: termOf(message),
      sentAt,
      arrivesAt: deliverAt,
      lost: undefined,
      sentIn,
      arrivedIn: undefined,
      content: summaryOf(message),
    };
    this.#underWay.set(id, met);
    if (this.#isWriting) this.#messages.set(id, met);
    return met;
  }

  #whyLost(
    flight: LostFlight,
    wasUnderWay: boolean,
  ): { readonly reason: LossReason; readonly by: EventId | undefined } {
    const { to, from, lostAt, deliverAt, sentAt } = flight;
    const member = isReplica(to) ? this.run.state.members[slotOf(to)] : undefined;
    if (isReplica(to) && member?.alive === false && wasUnderWay && lostAt === deliverAt) {
      return { reason: "down", by: this.#downSince.get(to) };
    }
    const command = this.#current?.trigger.kind === "command" ? this.#current : undefined;
    if (wasUnderWay && command !== undefined) {
      const { kind } = command.trigger.kind === "command" ? command.trigger.command : { kind: "crash" };
      const reason =
        kind === "message" || kind === "nextMessage" ? "dropped" : kind === "crash" || kind === "wipe" ? "down" : "cut";
      return { reason, by: command.id };
    }
    const link = `${from}>${to}`;
    if (this.#cutBy.has(link)) return { reason: "cut", by: this.#cutBy.get(link) };
    return { reason: lostAt === sentAt ? "full" : "chance", by: undefined };
  }

  /** Notes which links are cut since the command `by`. */
  #noteLinks(by: EventId | undefined): void {
    if (!this.#linksChanged) return;
    this.#linksChanged = false;
    for (const { from, to, cut } of this.run.state.network.links.values()) {
      const link = `${from}>${to}`;
      if (!cut) this.#cutBy.delete(link);
      else if (!this.#cutBy.has(link)) this.#cutBy.set(link, by);
    }
  }

  #postponedOf(id: ReplicaId): Postponed {
    const known = this.#postponed.get(id);
    if (known !== undefined) return known;
    const made = new Postponed();
    this.#postponed.set(id, made);
    return made;
  }

  #standing(id: ReplicaId, replica: Replica): ReplicaStanding {
    const standing = standingOf(replica);
    const before = this.#standings.get(id);
    if (before !== undefined && isSame(before, standing)) return before;
    this.#standings.set(id, standing);
    return standing;
  }
}
