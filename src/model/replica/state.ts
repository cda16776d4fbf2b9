/**
 * The state of one replica: Raft's (figure 2 of the paper), its log and store, and the reads and writes that wait.
 * Plain data, so that a structured clone is a checkpoint.
 */
import { type Address, type LogIndex, logIndex, type ReplicaId, replicaIds, type Term, term } from "../../base/ids.ts";
import { nextBetween, type RngState } from "../../base/rng.ts";
import { after, type Micros, micros, NEVER, ZERO } from "../../base/units.ts";
import type { ClusterConfig } from "../protocol/config.ts";
import type { Version } from "../protocol/item.ts";
import type { Disk, RequestId, Snapshot } from "../protocol/log.ts";
import type { ProbeResult, Question } from "../protocol/messages.ts";
import { type Conditions, type Effect, HEALTHY, type ReplicaInput, type Role } from "../protocol/step.ts";
import { entryAt, type Log, versionOf } from "./log.ts";
import { adoptIndex } from "./searchIndex.ts";
import { type Store, storeOf } from "./store.ts";

/** A leader's view of one follower. Invariant: `nextIndex > matchIndex`. */
export interface Peer {
  readonly id: ReplicaId;
  matchIndex: LogIndex;
  nextIndex: LogIndex;
  /** `probe`: one message at a time until it matches; `replicate`: pipelined; `snapshot`: chunks travel. */
  state: "probe" | "replicate" | "snapshot";
  /** When it last answered; what check-quorum and the fall back to `probe` look at. */
  lastHeardAt: Micros;
  /** The latest heartbeat round it has answered in this term, by the instant at which that began. */
  confirmedRound: Micros;
  /** The latest of them in which it accepted what it was sent. */
  matchedRound: Micros;
  /** The snapshot that travels, and how many items it has confirmed. */
  transfer: { readonly snapshot: Snapshot; received: number } | undefined;
}

/** Chunks of a snapshot received so far. */
export interface IncomingSnapshot {
  readonly lastIncludedIndex: LogIndex;
  readonly lastIncludedTerm: Term;
  readonly items: Snapshot["items"][number][];
}

/** What a read waits for before it is answered from this replica's store. */
export type ReadNeed =
  | { readonly kind: "applied"; readonly target: Version }
  /** The state must be at most `stalenessBound` old. */
  | { readonly kind: "fresh" }
  /** A majority must have answered heartbeat `round`, and `readIndex` must be applied. */
  | { readonly kind: "confirmed"; readonly round: Micros; readonly readIndex: LogIndex };

/** Where the answer goes: to a client, to a coordinator of a quorum read, or to a quorum read of this replica's own. */
export type ReadReturn =
  | { readonly kind: "client"; readonly client: Address; readonly requestId: RequestId }
  | { readonly kind: "coordinator"; readonly coordinator: ReplicaId; readonly readId: number }
  | { readonly kind: "self"; readonly readId: number };

export interface WaitingRead {
  readonly question: Question;
  readonly need: ReadNeed;
  readonly answerTo: ReadReturn;
  /** When it began to wait. */
  readonly since: Micros;
}

/** A client that waits for an acknowledgement. The entry itself may be folded by the time it gets one. */
export interface WaitingWriter {
  readonly client: Address;
  readonly requestId: RequestId;
  readonly term: Term;
}

/** A quorum read that this replica coordinates. */
export interface QuorumRead {
  readonly client: Address;
  readonly requestId: RequestId;
  readonly question: Question;
  /** R when it was asked. */
  readonly wanted: number;
  /** The first R results, in order of arrival. */
  readonly results: { readonly from: ReplicaId; readonly result: ProbeResult }[];
}

/** An input that came while the replica was paused or busy. */
export interface WaitingInput {
  readonly at: Micros;
  readonly input: ReplicaInput;
}

/** What leaves later than the step that asked for it: when the work is done, or the disk has synced. */
export interface Deferred {
  readonly at: Micros;
  readonly effects: readonly Effect[];
  /** The log is on this replica's disk up to here once it is released. */
  readonly syncedTo: LogIndex | undefined;
}

export interface ReplicaState {
  readonly id: ReplicaId;
  config: ClusterConfig;
  readonly rng: RngState;
  // Persistent (figure 2).
  currentTerm: Term;
  votedFor: ReplicaId | undefined;
  readonly log: Log;
  // Volatile.
  role: Role;
  leaderId: ReplicaId | undefined;
  commitIndex: LogIndex;
  lastApplied: LogIndex;
  store: Store;
  electionTimerSetAt: Micros;
  electionDeadline: Micros;
  /** When a valid message of a leader last arrived. */
  leaderHeardAt: Micros;
  /** Votes granted to this candidate, its own first. */
  votes: ReplicaId[];
  incoming: IncomingSnapshot | undefined;
  /** This log conflicts with the leader's below its own beginning: what mends it undoes what was applied. */
  conflictsBelow: boolean;
  /** The term whose leader was last told that its entries end before this log's beginning; 0 once they agree. */
  parted: Term;
  /** Requests in the log or remembered by the snapshot, for recognising retries. */
  readonly requests: Map<RequestId, Version>;
  /** The instant up to which the applied state is known to be complete, by the leader's clock. */
  freshAt: Micros;
  waitingReads: WaitingRead[];
  readonly quorumReads: Map<number, QuorumRead>;
  nextReadId: number;
  // Volatile, of a leader.
  peers: Peer[];
  heartbeatAt: Micros;
  /** When the latest round of heartbeats began. */
  round: Micros;
  /** The index of this term's no-op: nothing before it may be read linearizably. */
  termStart: LogIndex;
  /** Clients that wait for an acknowledgement, by index. */
  readonly writers: Map<LogIndex, WaitingWriter>;
  /** Synchronous with `synchronousDegrades`: currently at one copy. */
  degraded: boolean;
  // The machine it runs on.
  conditions: Conditions;
  /** In order of arrival. */
  readonly inbox: WaitingInput[];
  /** Nothing new is begun before this instant. */
  busyUntil: Micros;
  /** How long what is next in line, or what would come now, has to wait for its turn. */
  lateBy: Micros;
  /** In order of release. */
  deferred: Deferred[];
  /** What of the log is on disk for sure: the leader's own copy counts up to here. */
  syncedIndex: LogIndex;
  /** Damage was found: neither serves nor votes before its log reaches this index again. */
  quarantinedUntil: LogIndex | undefined;
}

/** Random election timeouts are drawn anew each time (Raft section 5.2). */
export function resetElectionTimer(state: ReplicaState, at: Micros): void {
  const { min, max } = state.config.electionTimeout;
  state.electionTimerSetAt = at;
  state.electionDeadline = after(at, ownDuration(state, micros(nextBetween(state.rng, min, max))));
}

/** How long `duration` of this replica's clock really takes: a fast clock is through earlier. */
export function ownDuration(state: ReplicaState, duration: Micros): Micros {
  const { clockDrift } = state.conditions;
  return clockDrift === 0 ? duration : micros(duration / (1 + clockDrift));
}

/** What this replica's clock shows at the true instant `at`. */
export function ownClock(state: ReplicaState, at: Micros): Micros {
  const { clockDrift, clockOffset } = state.conditions;
  return micros(at * (1 + clockDrift) + clockOffset);
}

/** A replica as it starts at `at`: it knows its disk and nothing else. The disk's arrays are copied. */
export function createReplica(
  id: ReplicaId,
  config: ClusterConfig,
  disk: Disk,
  rng: RngState,
  at: Micros,
  conditions: Conditions = HEALTHY,
): ReplicaState {
  const { snapshot, entries } = disk;
  const requests = new Map<RequestId, Version>(snapshot.requests);
  for (const entry of entries) if (entry.requestId !== 0) requests.set(entry.requestId, versionOf(entry));
  const state: ReplicaState = {
    id,
    config,
    rng,
    currentTerm: disk.currentTerm,
    votedFor: disk.votedFor,
    log: { snapshot, entries: entries.slice() },
    role: "follower",
    leaderId: undefined,
    commitIndex: snapshot.lastIncludedIndex,
    lastApplied: snapshot.lastIncludedIndex,
    store: storeOf(snapshot),
    electionTimerSetAt: at,
    electionDeadline: NEVER,
    leaderHeardAt: micros(-NEVER),
    votes: [],
    incoming: undefined,
    conflictsBelow: false,
    parted: term(0),
    requests,
    freshAt: micros(-NEVER),
    waitingReads: [],
    quorumReads: new Map(),
    // An answer to what a former life of this replica asked must not be taken for one of this life's.
    nextReadId: at,
    peers: [],
    heartbeatAt: NEVER,
    round: ZERO,
    termStart: logIndex(0),
    writers: new Map(),
    degraded: false,
    conditions,
    inbox: [],
    busyUntil: ZERO,
    lateBy: ZERO,
    deferred: [],
    syncedIndex: logIndex(snapshot.lastIncludedIndex + entries.length),
    quarantinedUntil: disk.quarantinedUntil,
  };
  resetElectionTimer(state, at);
  adoptIndex(state);
  return state;
}

/** Every other member. */
export function othersOf(state: ReplicaState): readonly ReplicaId[] {
  return replicaIds(state.config.replicaCount).filter((id) => id !== state.id);
}

/** Term and index of the last applied entry. */
export function appliedTo(state: ReplicaState): Version {
  const entry = entryAt(state.log, state.lastApplied);
  return { term: entry?.term ?? state.log.snapshot.lastIncludedTerm, logIndex: state.lastApplied };
}

/** The disk of a replica that never ran: the data set as a snapshot at index 0. */
export function newDisk(snapshot: Snapshot): Disk {
  return {
    currentTerm: term(0),
    votedFor: undefined,
    snapshot,
    entries: [],
    damaged: undefined,
    quarantinedUntil: undefined,
  };
}
