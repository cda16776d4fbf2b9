/**
 * Taking over what a machine did with one event, in the total order: into the run hash, onto the links, onto the disk,
 * into the facts. Every driver ends here, which is why all of them write the same history.
 */

import { InvariantError, present } from "../../base/assert.ts";
import { feedInteger, feedUint32 } from "../../base/hash.ts";
import { type Address, type ClientId, isClient, nameOf, type ReplicaId, slotOf } from "../../base/ids.ts";
import { after, later, type Micros, micros, seconds } from "../../base/units.ts";
import type { ClientEffect, ClientInput } from "../client/client.ts";
import { cutOff, type Link, transmit } from "../network/link.ts";
import { linkKey, qualityOf } from "../network/network.ts";
import type { Command } from "../protocol/commands.ts";
import type { Disk, DiskChange, Entry } from "../protocol/log.ts";
import { bytesOf, classOf, type Message, shapeOf } from "../protocol/messages.ts";
import type { Effect } from "../protocol/step.ts";
import type { StepRecord } from "../protocol/work.ts";
import { afterDiskChange, showsWrite } from "./acknowledged.ts";
import { followClient, followReplica } from "./askedSearches.ts";
import { noteCustomer } from "./customers.ts";
import { applyDiskChange, owe } from "./disk.ts";
import { feedEffect, feedPlain } from "./feed.ts";
import { reportWorld } from "./outbox.ts";
import { reportClient, reportLost, reportReplica } from "./report.ts";
import type { ClusterState, Flight, Member, ReceiptState } from "./state.ts";
import { judgeClient, judgeRemoved, judgeReplica } from "./verdicts.ts";

/** Messages that may be under way at a time: ten times what any lesson needs. */
const UNDER_WAY_LIMIT = 20_000;
/** Lost messages that are kept for the picture. */
const LOST_FLIGHTS_LIMIT = 256;
/** Events that the report of a failure shows. */
const TRACE_LENGTH = 20;

const Event = { replica: 1, client: 2 } as const;

function note(state: ClusterState, at: Micros, who: Address, what: Flight | string): void {
  const slot = (state.counters.eventsProcessed - 1) % TRACE_LENGTH;
  const line = state.trace[slot];
  if (line === undefined) state.trace[slot] = { at, who, what };
  else {
    line.at = at;
    line.who = who;
    line.what = what;
  }
}

/** The last events before now in short, newest last. */
export function traceLines(state: ClusterState): readonly string[] {
  const next = state.counters.eventsProcessed % TRACE_LENGTH;
  const inOrder = [...state.trace.slice(next), ...state.trace.slice(0, next)];
  return inOrder.map(({ at, who, what }) => {
    const words = typeof what === "string" ? what : `${shapeOf(what.message)} from ${nameOf(what.from)}`;
    return `${at} us ${nameOf(who)} ${words}`;
  });
}

/** The member with this id. */
export function memberOf(state: ClusterState, id: ReplicaId): Member {
  const member = state.members[slotOf(id)];
  if (member === undefined) throw new InvariantError(`there is no replica ${nameOf(id)}`);
  return member;
}

/** The next number of the order key's last part. */
export function nextCounter(state: ClusterState, source: number): number {
  const counter = (state.madeBy[source] ?? 0) + 1;
  state.madeBy[source] = counter;
  return counter;
}

/** Puts a message into the queue of its destination. */
function enqueue(state: ClusterState, flight: Flight): void {
  const { to, from, message, deliverAt } = flight;
  state.observer?.sent(flight);
  const counter = nextCounter(state, from);
  const input = { kind: "message", from, message } as const;
  if (isClient(to)) state.queue.push({ at: deliverAt, source: from, counter, for: "client", to, input, flight });
  else state.queue.push({ at: deliverAt, source: from, counter, for: "replica", to, input, flight });
}

function lose(state: ClusterState, flight: Flight, lostAt: Micros): void {
  const lost = { ...flight, lostAt };
  state.counters.messagesDropped += 1;
  state.observer?.lost(lost);
  state.lostFlights.push(lost);
  if (state.lostFlights.length > LOST_FLIGHTS_LIMIT) state.lostFlights.shift();
}

/** A message reaches a replica that is down: nobody is there to hear it. */
export function loseOnArrival(state: ClusterState, flight: Flight): void {
  lose(state, flight, flight.deliverAt);
}

/** Half way: where the wall of a partition stands. */
function midway(sentAt: Micros, arriveAt: Micros): Micros {
  return micros((sentAt + arriveAt) / 2);
}

/** Drops, delays or duplicates the message `flightId`; false when it is not under way. */
export function meddle(
  state: ClusterState,
  flightId: number,
  action: Extract<Command, { kind: "message" }>["action"],
): boolean {
  const flight = state.queue.unordered().find((queued) => queued.flight?.id === flightId)?.flight;
  if (flight === undefined) return false;
  if (action.kind !== "duplicate") state.queue.retain((queued) => queued.flight?.id !== flightId);
  if (action.kind === "drop") lose(state, flight, state.now);
  else if (action.kind === "delay") enqueue(state, { ...flight, deliverAt: after(flight.deliverAt, action.by) });
  else {
    enqueue(state, { ...flight, id: state.nextFlight });
    state.nextFlight += 1;
  }
  return true;
}

/** Takes out of the queue what `isLost` says, as lost at `lostAt`. */
function loseFlights(
  state: ClusterState,
  isLost: (flight: Flight) => boolean,
  lostAt: (flight: Flight) => Micros,
): void {
  for (const { flight } of state.queue.inOrder()) {
    if (flight !== undefined && isLost(flight)) lose(state, flight, lostAt(flight));
  }
  state.queue.retain(({ flight }) => flight === undefined || !isLost(flight));
}

/** Messages under way over a link that is cut now are lost if they have not passed the middle of it yet. */
export function loseBeforeTheWall(state: ClusterState): void {
  const { network, now } = state;
  const half = ({ sentAt, deliverAt }: Flight) => midway(sentAt, deliverAt);
  const isCut = ({ from, to }: Flight) => network.links.get(linkKey(from, to))?.cut === true;
  loseFlights(state, (flight) => isCut(flight) && half(flight) > now, half);
}

/** What a replica that dies has not sent yet, for want of bandwidth, dies with it. */
export function loseUnsent(state: ClusterState, id: ReplicaId): void {
  const { network, now, queue } = state;
  const waiting = [...network.links.values()].filter(({ from, freeAt }) => from === id && freeAt > now);
  if (waiting.length === 0) return;
  loseFlights(
    state,
    ({ from, leavesAt }) => from === id && leavesAt > now,
    () => now,
  );
  for (const link of waiting) {
    const left = queue.unordered().filter(({ flight }) => flight?.from === id && flight.to === link.to);
    cutOff(link, now, left.map(({ at }) => at).reduce(later, now));
  }
}

function newFlight(state: ClusterState, { from, to }: Link, parts: Omit<Flight, "id" | "from" | "to">): Flight {
  const id = state.nextFlight;
  state.nextFlight += 1;
  const { message, sentAt, leavesAt, deliverAt } = parts;
  return { id, from, to, message, sentAt, leavesAt, deliverAt };
}

/** The network is full: what is sent now is dropped where it stands, and people are told once a virtual second. */
function overflow(state: ClusterState, flight: Flight): void {
  lose(state, flight, flight.sentAt);
  if (flight.sentAt < state.overflowToldUntil) return;
  state.overflowToldUntil = after(flight.sentAt, seconds(1));
  reportWorld(state, flight.sentAt, { kind: "networkFull", limit: UNDER_WAY_LIMIT });
}

function sendMessage(state: ClusterState, from: Address, to: Address, message: Message, sentAt: Micros): void {
  const { network, config } = state;
  const link = present(network.links.get(linkKey(from, to)), "a link between the two");
  const quality = qualityOf(config.network, from, to);
  const bytes = quality.bandwidth === undefined ? 0 : bytesOf(message);
  const sending = { at: sentAt, messageClass: classOf(message), bytes };
  const { lost, arriveAt, leavesAt, copyArrivesAt } = transmit(link, quality, config.network.minimumLatency, sending);
  state.counters.messagesSent += 1;
  const flight = newFlight(state, link, { message, sentAt, leavesAt, deliverAt: arriveAt });
  if (state.queue.size >= UNDER_WAY_LIMIT) overflow(state, flight);
  else if (lost) lose(state, flight, midway(sentAt, arriveAt));
  else enqueue(state, flight);
  if (copyArrivesAt !== undefined && state.queue.size < UNDER_WAY_LIMIT) {
    enqueue(state, newFlight(state, link, { message, sentAt, leavesAt, deliverAt: copyArrivesAt }));
  }
}

/** Whether an entry that left the log is still there in the snapshot's items. */
function isFolded({ snapshot }: Disk, { index, term }: Entry, { operation }: ReceiptState): boolean {
  return index <= snapshot.lastIncludedIndex && showsWrite(snapshot, operation, { term, logIndex: index });
}

function persist(state: ClusterState, at: Micros, id: ReplicaId, change: DiskChange): void {
  const { disk, lying } = memberOf(state, id);
  if (lying !== undefined) owe(lying, at, change);
  const removed = applyDiskChange(disk, change);
  reportLost(state, at, afterDiskChange(state.acknowledged, change, removed, slotOf(id), disk));
  if (state.judged) judgeRemoved(state, id, removed, at);
  if (state.receipts.length === 0) return;
  for (const receipt of state.receipts) {
    const gone = removed.find((entry) => entry.requestId === receipt.requestId);
    if (gone !== undefined && !isFolded(disk, gone, receipt)) receipt.rolledBack.add(id);
    if (change.kind !== "append") continue;
    const entry = change.entries.find((candidate) => candidate.requestId === receipt.requestId);
    if (entry === undefined) continue;
    receipt.rolledBack.delete(id);
    if (receipt.outcome === "pending") receipt.version = { term: entry.term, logIndex: entry.index };
  }
}

function takeReplicaEffect(state: ClusterState, at: Micros, id: ReplicaId, effect: Effect): void {
  switch (effect.kind) {
    case "send":
      sendMessage(state, id, effect.to, effect.message, at);
      break;
    case "persist":
      persist(state, at, id, effect.change);
      break;
    case "report":
      reportReplica(state, at, id, effect.event);
  }
}

/** Takes over one event that replica `id` processed. `flight` is the message that was it, if it was one. */
export function absorbReplica(
  state: ClusterState,
  id: ReplicaId,
  record: StepRecord,
  flight: Flight | undefined,
): void {
  const { at, source, timer, effects } = record;
  const { hash, counters } = state;
  state.now = at;
  counters.eventsProcessed += 1;
  if (flight !== undefined) counters.messagesDelivered += 1;
  feedUint32(hash, Event.replica);
  feedInteger(hash, at);
  feedUint32(hash, id);
  feedUint32(hash, source);
  feedUint32(hash, flight?.id ?? 0);
  note(state, at, id, flight ?? timer ?? "configure");
  state.observer?.replica(id, record, flight);
  for (const effect of effects) {
    feedEffect(hash, effect);
    takeReplicaEffect(state, at, id, effect);
  }
  if (state.searches.length > 0) followReplica(state, id, record, flight);
  if (state.judged) judgeReplica(state, memberOf(state, id), record);
}

/** One event that a client processed. */
export interface ClientRecord {
  readonly at: Micros;
  readonly source: number;
  readonly input: ClientInput;
  readonly effects: readonly ClientEffect[];
}

/** Takes over one event that client `id` processed. */
export function absorbClient(
  state: ClusterState,
  id: ClientId,
  record: ClientRecord,
  flight: Flight | undefined,
): void {
  const { at, source, effects, input } = record;
  const { hash, counters } = state;
  state.now = at;
  counters.eventsProcessed += 1;
  if (flight !== undefined) counters.messagesDelivered += 1;
  if (input.kind === "ask" && input.ask.kind === "write") counters.writesAttempted += 1;
  feedUint32(hash, Event.client);
  feedInteger(hash, at);
  feedUint32(hash, id);
  feedUint32(hash, source);
  feedUint32(hash, flight?.id ?? 0);
  note(state, at, id, flight ?? input.kind);
  state.observer?.client(id, record, flight);
  if (state.customers !== undefined) noteCustomer(state, state.customers, record);
  for (const effect of effects) {
    if (effect.kind === "send") {
      feedUint32(hash, effect.to);
      feedPlain(hash, effect.message);
      sendMessage(state, id, effect.to, effect.message, at);
    } else {
      feedPlain(hash, effect.event);
      reportClient(state, at, id, effect.event);
    }
  }
  if (state.searches.length > 0) followClient(state, id, record);
  if (state.judged) judgeClient(state, id, record);
}
