/** Building one picture from the state of a run. Reads only. */
import { present } from "../../base/assert.ts";
import { hashText } from "../../base/hash.ts";
import { type LogIndex, logIndex, term } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import { type ClientState, readsAt } from "../client/client.ts";
import type {
  ClientFrame,
  CutLink,
  Failure,
  FlightFrame,
  Frame,
  GameDayFrame,
  Indexing,
  Opening,
  Receipt,
  ReplicaFrame,
  StripCell,
  Travelled,
} from "../protocol/frame.ts";
import { entryCountOf, shapeOf, termOf } from "../protocol/messages.ts";
import { lastLogIndex, lastLogTerm, termAt } from "../replica/log.ts";
import { showsWrite, unsettledAt } from "./acknowledged.ts";
import { askedSearches } from "./askedSearches.ts";
import { lagOf, leadingMember, queueDepthOf } from "./metrics.ts";
import type { ClusterState, Flight, LostFlight, Member, ReceiptState } from "./state.ts";
import { stripIndices } from "./strip.ts";
import { verdictsOf } from "./verdicts.ts";

/** What the session knows and the run does not. */
export interface Playback {
  readonly runId: number;
  readonly playing: boolean;
  readonly playbackRate: number;
  readonly reachedRate: number;
  readonly failure: Failure | undefined;
  readonly opening?: Opening | undefined;
  readonly indexing?: Indexing | undefined;
  readonly travelled: Travelled;
}

/** A lost message stays in the frame this long in wall seconds, for its burst. */
const LOST_LINGER_SECONDS = 0.4;
/** Messages in a frame, newest first to be kept: more than anybody can tell apart. */
const FLIGHTS_SHOWN = 2_000;
/** Receipts in a frame. */
const RECEIPTS_SHOWN = 20;

/** Whether `index` of `member` holds an acknowledged write that the leader of the highest live term does not have. */
function isDoomed(state: ClusterState, leader: Member | undefined, member: Member, index: LogIndex): boolean {
  const own = termAt(member.disk, index);
  if (own === undefined || leader === undefined || !leader.alive || leader === member) return false;
  if (leader.status.role !== "leader" || leader.status.currentTerm <= own || termAt(leader.disk, index) === own)
    return false;
  if (index <= leader.disk.snapshot.lastIncludedIndex) return false;
  return unsettledAt(state.acknowledged, index).some((write) => write.version.term === own);
}

/** Counts doomed entries from the end of the log back to where it agrees with the leader's. */
function doomedCount(state: ClusterState, leader: Member | undefined, member: Member): number {
  if (leader === undefined || leader === member) return 0;
  let found = 0;
  for (
    let index = lastLogIndex(member.disk);
    index > member.disk.snapshot.lastIncludedIndex;
    index = logIndex(index - 1)
  ) {
    if (termAt(leader.disk, index) === termAt(member.disk, index)) break;
    if (isDoomed(state, leader, member, index)) found += 1;
  }
  return found;
}

function stripOf(
  state: ClusterState,
  leader: Member | undefined,
  member: Member,
  indices: readonly LogIndex[],
): readonly StripCell[] {
  return indices.map((index) => ({
    term: termAt(member.disk, index) ?? term(0),
    doomed: isDoomed(state, leader, member, index),
  }));
}

function replicaFrame(
  state: ClusterState,
  leader: Member | undefined,
  member: Member,
  indices: readonly LogIndex[],
): ReplicaFrame {
  const { lag, entries } = lagOf(leader, member, state.now);
  return {
    replicaId: member.id,
    alive: member.alive,
    // What is wrong with a machine is known of a dead one too.
    status: { ...member.status, conditions: member.conditions },
    lastLogIndex: lastLogIndex(member.disk),
    lastLogTerm: lastLogTerm(member.disk),
    snapshotIndex: member.disk.snapshot.lastIncludedIndex,
    strip: stripOf(state, leader, member, indices),
    lag,
    lagEntries: entries,
    queueDepth: queueDepthOf(leader, member),
    doomedCount: doomedCount(state, leader, member),
    disk: { lies: member.lying !== undefined, damaged: member.disk.damaged !== undefined },
  };
}

function flightFrame(flight: Flight, lostAt: Micros | undefined): FlightFrame {
  const { id, from, to, message, sentAt, deliverAt } = flight;
  return {
    id,
    from,
    to,
    shape: shapeOf(message),
    term: termOf(message) ?? term(0),
    entries: entryCountOf(message),
    sentAt,
    deliverAt,
    lostAt,
  };
}

/** Messages on their way, those that will be lost among them until they have burst. */
function flightsOf(state: ClusterState, playback: Playback): readonly FlightFrame[] {
  const linger = LOST_LINGER_SECONDS * playback.playbackRate * 1_000_000;
  state.lostFlights = state.lostFlights.filter((flight: LostFlight) => flight.lostAt + linger > state.now);
  const flying = state.queue
    .unordered()
    .flatMap(({ flight }) => (flight === undefined ? [] : [flightFrame(flight, undefined)]));
  flying.sort((a, b) => a.id - b.id);
  return flying.slice(-FLIGHTS_SHOWN).concat(state.lostFlights.map((flight) => flightFrame(flight, flight.lostAt)));
}

function receiptOf(state: ClusterState, receipt: ReceiptState): Receipt {
  const { version, rolledBack, operation } = receipt;
  const holds = (member: Member) => version !== undefined && termAt(member.disk, version.logIndex) === version.term;
  const folded = ({ disk: { snapshot } }: Member) =>
    version !== undefined && version.logIndex < snapshot.lastIncludedIndex && showsWrite(snapshot, operation, version);
  return {
    ...receipt,
    copies: state.members.filter((member) => holds(member) || folded(member)).map((member) => member.id),
    rolledBack: [...rolledBack].sort((a, b) => a - b),
  };
}

function clientFrame(client: ClientState, at: Micros): ClientFrame {
  const { id, home, believedLeader, session, open, last } = client;
  return {
    clientId: id,
    home,
    believedLeader,
    readsAt: readsAt(client, at),
    lastWrite: session,
    open: open.length,
    last,
  };
}

function cutsOf(state: ClusterState): readonly CutLink[] {
  const cuts: CutLink[] = [];
  for (const { from, to, cut } of state.network.links.values()) if (cut) cuts.push({ from, to });
  return cuts;
}

function gameDayFrame({ gameDay: { plan, nextAt, struck } }: ClusterState): GameDayFrame | undefined {
  return plan === undefined ? undefined : { plan, nextAt, struck };
}

/** The indices of the strips, measured by the leader's log; without a leader by the log that would win an election. */
function indicesOf({ members }: ClusterState, leader: Member | undefined): readonly LogIndex[] {
  const logs = members.map(({ disk }) => disk);
  const newest = logs.toSorted((a, b) => lastLogTerm(b) - lastLogTerm(a) || lastLogIndex(b) - lastLogIndex(a))[0];
  return stripIndices(logs, leader?.disk ?? present(newest, "a replica"));
}

/** The picture now. Hands over the facts that wait in the outbox, and empties it. */
export function buildFrame(state: ClusterState, playback: Playback): Frame {
  const leader = leadingMember(state);
  const indices = indicesOf(state, leader);
  const { events, eventsOmitted, lanes, recalls, writes } = state.outbox;
  state.outbox.events = [];
  state.outbox.lanes = [];
  state.outbox.recalls = [];
  state.outbox.writes = [];
  state.outbox.eventsOmitted = 0;
  return {
    ...playback,
    virtualNow: state.now,
    runHash: hashText(state.hash),
    config: state.config,
    replicas: state.members.map((member) => replicaFrame(state, leader, member, indices)),
    clients: state.clients.map((client) => clientFrame(client, state.now)),
    stripIndices: indices,
    flights: flightsOf(state, playback),
    groups: state.network.groups,
    partitionedAt: state.network.partitionedAt,
    cuts: cutsOf(state),
    gameDay: gameDayFrame(state),
    counters: { ...state.counters },
    customers: state.customers === undefined ? undefined : { ...state.customers.counts },
    receipts: state.receipts
      .slice(-RECEIPTS_SHOWN)
      .reverse()
      .map((receipt) => receiptOf(state, receipt)),
    searches: askedSearches(state),
    verdicts: verdictsOf(state),
    leaderships: state.leaderships.slice(),
    events,
    eventsOmitted,
    lanes,
    recalls,
    writes,
  };
}
