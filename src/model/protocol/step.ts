/** The contract of a replica: what goes into `step` and what comes out. Plain data. */

import type { HashState } from "../../base/hash.ts";
import type { Address, LogIndex, ReplicaId, Term } from "../../base/ids.ts";
import { type Micros, ZERO } from "../../base/units.ts";
import type { ClusterConfig } from "./config.ts";
import type { ReplicaEvent } from "./events.ts";
import type { Version } from "./item.ts";
import type { DiskChange } from "./log.ts";
import type { Message } from "./messages.ts";

/** The timers of a replica, in the order in which they fire when due at the same instant. */
export type TimerKind = "release" | "work" | "election" | "heartbeat";

/** What may be wrong with a replica without its knowing. */
export interface Conditions {
  /** A long garbage collection: nothing is done, everything waits, the clock goes on. */
  readonly paused: boolean;
  /** Work takes this many times as long; 1 is healthy. */
  readonly slowFactor: number;
  /** The bad configuration that nobody notices: entries are refused, votes are not. */
  readonly refusesWrites: boolean;
  /** The replica's clock is this far ahead of the true time... */
  readonly clockOffset: Micros;
  /** ...and gains this much on every true second: 0.01 is one per cent fast. */
  readonly clockDrift: number;
  /** Added to the cluster's `diskSync`. */
  readonly extraDiskSync: Micros;
}

/** A replica with which nothing is wrong. */
export const HEALTHY: Conditions = {
  paused: false,
  slowFactor: 1,
  refusesWrites: false,
  clockOffset: ZERO,
  clockDrift: 0,
  extraDiskSync: ZERO,
};

/** What can happen to a replica. */
export type ReplicaInput =
  | { readonly kind: "message"; readonly from: Address; readonly message: Message }
  | { readonly kind: "timer"; readonly timer: TimerKind }
  | { readonly kind: "configure"; readonly config: ClusterConfig }
  | { readonly kind: "conditions"; readonly conditions: Conditions }
  /** The run begins with this replica as the leader of term 1: every disk holds that term and the vote. */
  | { readonly kind: "lead" }
  /** The emergency button: lead the next term without asking anybody. */
  | { readonly kind: "promote" };

/** What a replica wants done. In order: a `send` that follows a `persist` leaves once that is on disk. */
export type Effect =
  | { readonly kind: "send"; readonly to: Address; readonly message: Message }
  | { readonly kind: "persist"; readonly change: DiskChange }
  | { readonly kind: "report"; readonly event: ReplicaEvent };

/** A replica's role as it sees itself. A pre-candidate asks whether it could win before it raises the term. */
export type Role = "follower" | "preCandidate" | "candidate" | "leader";

/** A leader's view of one follower (etcd's `tracker/progress.go` names the states). */
export interface PeerProgress {
  readonly replicaId: ReplicaId;
  readonly matchIndex: LogIndex;
  readonly nextIndex: LogIndex;
  readonly state: "probe" | "replicate" | "snapshot";
  /** While a snapshot travels: items the follower has confirmed, and how many there are. */
  readonly snapshotSent: number;
  readonly snapshotTotal: number;
}

/** What everybody may know of a replica after a step; small, since it crosses threads in every window. */
export interface ReplicaStatus {
  readonly role: Role;
  readonly currentTerm: Term;
  readonly votedFor: ReplicaId | undefined;
  readonly leaderId: ReplicaId | undefined;
  readonly commitIndex: LogIndex;
  readonly lastApplied: LogIndex;
  readonly appliedTo: Version;
  /** When the election timer was set, and when it fires. {@link NEVER} on a leader. */
  readonly electionTimerSetAt: Micros;
  readonly electionDeadline: Micros;
  /** A candidate's granted votes, its own included. */
  readonly votes: readonly ReplicaId[];
  /** Empty unless it leads. */
  readonly progress: readonly PeerProgress[];
  readonly vectorCount: number;
  /** Order-free sum over the applied items. */
  readonly digest: HashState;
  /** Reads that wait for something to be applied or confirmed. */
  readonly waitingReads: number;
  /** Inputs that wait because the replica is paused or busy. */
  readonly inboxDepth: number;
  readonly conditions: Conditions;
  /** A damaged record was found at the start: it neither serves nor votes before its log has been replaced. */
  readonly quarantined: boolean;
  /** When the next timer fires; {@link NEVER} when none is set. */
  readonly nextTimerAt: Micros;
  /**
   * The last instant, in true time, at which it answers under bounded staleness if it hears nothing more; minus
   * {@link NEVER} where it does not know of any.
   */
  readonly freshUntil: Micros;
}
