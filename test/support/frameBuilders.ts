/**
 * Hand-made frames for tests and for looking at the view without a model. One place builds them, so that a field added
 * to the protocol is added here once. Every builder takes the parts that matter to its test; the rest is a healthy run.
 * The named pictures stand in `frames.ts`.
 */
import {
  type Address,
  type ClientId,
  clientId,
  type LogIndex,
  logIndex,
  type ReplicaId,
  replicaId,
  term,
} from "../../src/base/ids.ts";
import { type Micros, micros, millis, NEVER, seconds, ZERO } from "../../src/base/units.ts";
import { DEFAULT_CLUSTER, DEFAULT_NETWORK, DEFAULT_WORKLOAD, type RunConfig } from "../../src/model/protocol/config.ts";
import type {
  ClientFrame,
  Counters,
  CutLink,
  FlightFrame,
  Frame,
  Leadership,
  OperationFrame,
  ReplicaFrame,
  StripCell,
} from "../../src/model/protocol/frame.ts";
import { HEALTHY, type PeerProgress, type ReplicaStatus } from "../../src/model/protocol/step.ts";

/** How many cells a strip has. */
export const STRIP_LENGTH = 10;

/** Names that read well in tests. */
export const [r1, r2, r3, r4, r5, r6, r7, r8, r9] = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(replicaId) as [
  ReplicaId,
  ReplicaId,
  ReplicaId,
  ReplicaId,
  ReplicaId,
  ReplicaId,
  ReplicaId,
  ReplicaId,
  ReplicaId,
];
export const [c1, c2, c3] = [1, 2, 3].map(clientId) as [ClientId, ClientId, ClientId];

/** A strip from the terms of its cells, one digit each; `.` where the replica has no entry. `doomed` is how many of the last are. */
export function aStrip(terms: string, doomed = 0): readonly StripCell[] {
  const padded = terms.padEnd(STRIP_LENGTH, ".");
  const end = terms.replaceAll(".", "").length;
  return [...padded].map((digit, at) => ({
    term: term(digit === "." ? 0 : Number(digit)),
    doomed: at < end && at >= end - doomed,
  }));
}

/** The indices of a whole strip. */
export function indicesFrom(start: number): readonly LogIndex[] {
  return Array.from({ length: STRIP_LENGTH }, (_, at) => logIndex(start + at));
}

/** The parts of a replica that a test may give; status fields stand beside the others. */
export type ReplicaParts = Partial<Omit<ReplicaFrame, "status">> & { readonly status?: Partial<ReplicaStatus> };

/** A live follower of r1 in term 1 that holds and has applied everything. */
export function aReplica(id: ReplicaId, parts: ReplicaParts = {}): ReplicaFrame {
  const { status, ...rest } = parts;
  return {
    replicaId: id,
    alive: true,
    lastLogIndex: logIndex(42),
    lastLogTerm: term(1),
    snapshotIndex: logIndex(0),
    strip: aStrip("1111111"),
    lag: ZERO,
    lagEntries: 0,
    queueDepth: 0,
    doomedCount: 0,
    disk: { lies: false, damaged: false },
    ...rest,
    status: {
      role: "follower",
      currentTerm: term(1),
      votedFor: r1,
      leaderId: r1,
      commitIndex: logIndex(42),
      lastApplied: logIndex(42),
      appliedTo: { term: term(1), logIndex: logIndex(42) },
      electionTimerSetAt: millis(4_990),
      electionDeadline: millis(5_210),
      votes: [],
      progress: [],
      vectorCount: 240,
      digest: { low: 0, high: 0 },
      waitingReads: 0,
      inboxDepth: 0,
      conditions: HEALTHY,
      quarantined: false,
      nextTimerAt: millis(5_210),
      freshUntil: NEVER,
      ...status,
    },
  };
}

/** The status of a leader: no countdown, and a view of each peer. */
export function leading(peers: readonly ReplicaId[], parts: Partial<ReplicaStatus> = {}): Partial<ReplicaStatus> {
  return {
    role: "leader",
    electionTimerSetAt: NEVER,
    electionDeadline: NEVER,
    progress: peers.map((peer) => aProgress(peer)),
    ...parts,
  };
}

/** A leader's view of a peer in step. */
export function aProgress(peer: ReplicaId, parts: Partial<PeerProgress> = {}): PeerProgress {
  return {
    replicaId: peer,
    matchIndex: logIndex(42),
    nextIndex: logIndex(43),
    state: "replicate",
    snapshotSent: 0,
    snapshotTotal: 0,
    ...parts,
  };
}

/** A client beside `home`, whose last write was acknowledged. */
export function aClient(id: ClientId, home: ReplicaId, parts: Partial<ClientFrame> = {}): ClientFrame {
  const lastWrite = { term: term(1), logIndex: logIndex(42) };
  return {
    clientId: id,
    home,
    believedLeader: r1,
    readsAt: home,
    lastWrite,
    open: 0,
    last: anOperation(home),
    ...parts,
  };
}

/** A finished put. */
export function anOperation(target: ReplicaId, parts: Partial<OperationFrame> = {}): OperationFrame {
  return {
    requestId: 318,
    what: "put",
    target,
    id: "p-318",
    askedAt: millis(4_900),
    outcome: "acknowledged",
    endedAt: millis(4_926),
    ...parts,
  };
}

let nextFlight = 1;

/** A message `along` of its way (0 to 1) at `now`; its flight takes 12 ms. */
export function aFlight(
  from: Address,
  to: Address,
  along: number,
  parts: Partial<FlightFrame> = {},
  now = seconds(5),
): FlightFrame {
  const duration = 12_000;
  nextFlight += 1;
  return {
    id: nextFlight,
    from,
    to,
    shape: "heartbeat",
    term: term(1),
    entries: 0,
    sentAt: micros(now - along * duration),
    deliverAt: micros(now + (1 - along) * duration),
    lostAt: undefined,
    ...parts,
  };
}

/** A message that burst just now, half of its way between `from` and `to`. */
export function aLostFlight(from: Address, to: Address, now: Micros, parts: Partial<FlightFrame> = {}): FlightFrame {
  return { ...aFlight(from, to, 0.525, {}, now), lostAt: micros(now - 300), ...parts };
}

/** Counters of a run in which nothing went wrong. */
export const calmCounters: Counters = {
  writesAttempted: 26,
  writesAcknowledged: 25,
  writesUnknown: 0,
  writesFailed: 0,
  acknowledgedWritesLost: 0,
  readsServed: 0,
  searchesServed: 10,
  searchesEmpty: 0,
  redirects: 0,
  skipped: 0,
  leaderChanges: 1,
  entriesRolledBack: 0,
  messagesSent: 620,
  messagesDelivered: 617,
  messagesDropped: 0,
  eventsProcessed: 2_140,
};

/** A configuration of `replicaCount` replicas; the rest is the default. */
export function aConfig(replicaCount: number, cluster: Partial<RunConfig["cluster"]> = {}): RunConfig {
  return {
    seed: 7,
    cluster: { ...DEFAULT_CLUSTER, replicaCount, writeQuorum: Math.floor(replicaCount / 2) + 1, ...cluster },
    network: DEFAULT_NETWORK,
    workload: DEFAULT_WORKLOAD,
  };
}

/** A frame; without parts a trio at virtual 5 s in which nothing moves. */
export function aFrame(parts: Partial<Frame> = {}): Frame {
  const replicas = parts.replicas ?? [aReplica(r1, { status: leading([r2, r3]) }), aReplica(r2), aReplica(r3)];
  return {
    runId: 1,
    virtualNow: seconds(5),
    runHash: "7f3ac21e00d1b52a",
    config: aConfig(replicas.length),
    replicas,
    clients: [],
    stripIndices: indicesFrom(36),
    flights: [],
    groups: [],
    partitionedAt: undefined,
    cuts: [],
    gameDay: undefined,
    counters: calmCounters,
    receipts: [],
    searches: [],
    verdicts: [],
    leaderships: [aLeadership(r1, 1, millis(180))],
    events: [],
    eventsOmitted: 0,
    lanes: [],
    recalls: [],
    customers: undefined,
    writes: [],
    playing: false,
    playbackRate: 0.05,
    reachedRate: 0.05,
    travelled: { end: parts.virtualNow ?? seconds(5), fact: 1_000_000, branch: 0 },
    failure: undefined,
    ...parts,
  };
}

/** A span of leading. */
export function aLeadership(leader: ReplicaId, inTerm: number, from: Micros, to?: Micros): Leadership {
  return { replicaId: leader, term: term(inTerm), from, to };
}

/** Every directed link between different groups. */
export function cutsBetween(groups: readonly (readonly Address[])[]): readonly CutLink[] {
  return groups.flatMap((group, at) =>
    groups.flatMap((other, where) =>
      where === at ? [] : group.flatMap((from) => other.map((to): CutLink => ({ from, to }))),
    ),
  );
}
