/**
 * What the page pulls once per animation frame: everything that moves, and the slow facts since the last pull. Numbers
 * only where they are measured; whatever can be derived from them is derived in the view.
 */

import type { HashText } from "../../base/hash.ts";
import type { Address, ClientId, LogIndex, ReplicaId, Term } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { GameDay } from "./commands.ts";
import type { ReadPolicy, RunConfig } from "./config.ts";
import type { ClusterEvent } from "./events.ts";
import type { Item, Neighbour, Version, WriteOperation } from "./item.ts";
import type { RequestId } from "./log.ts";
import type { MessageShape } from "./messages.ts";
import type { IndexProgress } from "./searchIndex.ts";
import type { ReplicaStatus } from "./step.ts";
import type { Verdict } from "./verdict.ts";

/** One cell of a log strip. */
export interface StripCell {
  /** The term of the entry, 0 where this replica has none. */
  readonly term: Term;
  /** Acknowledged to a client, and the leader of the highest live term does not have it. */
  readonly doomed: boolean;
}

/** One replica at one instant. */
export interface ReplicaFrame {
  readonly replicaId: ReplicaId;
  readonly alive: boolean;
  /** Of a dead replica: what it knew last; its memory is gone. */
  readonly status: ReplicaStatus;
  /** Last entry on disk. */
  readonly lastLogIndex: LogIndex;
  readonly lastLogTerm: Term;
  /** Index that the snapshot on disk reaches. */
  readonly snapshotIndex: LogIndex;
  /** A cell for each of {@link Frame.stripIndices}, the same on all replicas. */
  readonly strip: readonly StripCell[];
  /** Age of the oldest entry of the leader's log that is not applied here; 0 when in step. */
  readonly lag: Micros;
  /** Entries of the leader's log that are not applied here. */
  readonly lagEntries: number;
  /** Entries that the leader appended and this replica has not acknowledged; a dead leader's last known queue. */
  readonly queueDepth: number;
  /** Acknowledged writes in this log that the leader of the highest live term does not have. */
  readonly doomedCount: number;
  /** What is wrong with its disk, whether or not it knows. */
  readonly disk: DiskFrame;
}

/** What nobody sees of a disk until it is too late. */
export interface DiskFrame {
  /** It says "synced" before it is. */
  readonly lies: boolean;
  /** A record is damaged, and no restart has found it yet. */
  readonly damaged: boolean;
}

/** The game day that goes on. */
export interface GameDayFrame {
  readonly plan: GameDay;
  readonly nextAt: Micros;
  /** Faults so far. */
  readonly struck: number;
}

/** One message in flight. It stands at `(now - sentAt) / (deliverAt - sentAt)` of its way. */
export interface FlightFrame {
  readonly id: number;
  readonly from: Address;
  readonly to: Address;
  readonly shape: MessageShape;
  /** 0 for messages without a term. */
  readonly term: Term;
  readonly entries: number;
  readonly sentAt: Micros;
  readonly deliverAt: Micros;
  /** Set when it will not arrive: the instant at which it bursts. Kept in the frame a moment longer. */
  readonly lostAt: Micros | undefined;
}

/** One open operation of a client, or the last that ended. */
export interface OperationFrame {
  readonly requestId: RequestId;
  readonly what: "put" | "delete" | "get" | "search";
  readonly target: ReplicaId;
  readonly id: string;
  readonly askedAt: Micros;
  readonly outcome: "open" | "acknowledged" | "answered" | "empty" | "unknown" | "failed";
  readonly endedAt: Micros | undefined;
}

export interface ClientFrame {
  readonly clientId: ClientId;
  /** The replica it stands beside. */
  readonly home: ReplicaId;
  /** The replica it takes for the leader. */
  readonly believedLeader: ReplicaId;
  /** The replica that its next read goes to where any may answer: its own, or the next that has not been silent lately. */
  readonly readsAt: ReplicaId;
  /** The last write that was acknowledged to it: what a session has to show. */
  readonly lastWrite: Version;
  readonly open: number;
  readonly last: OperationFrame | undefined;
}

/** What became of a write that a person asked for. */
export interface Receipt {
  readonly requestId: RequestId;
  readonly clientId: ClientId;
  readonly operation: WriteOperation;
  readonly askedAt: Micros;
  readonly outcome: "pending" | "acknowledged" | "unknown" | "failed" | "lost";
  /** Whether a replica sent the client elsewhere on the way. */
  readonly redirects: number;
  /** The entry it became, once a leader appended it. */
  readonly version: Version | undefined;
  /** Replicas whose disk holds that entry now. */
  readonly copies: readonly ReplicaId[];
  /** Replicas that had it and rolled it back. */
  readonly rolledBack: readonly ReplicaId[];
  readonly latency: Micros | undefined;
}

/** One neighbour of an answer that a client got. */
export interface AskedNeighbour {
  readonly id: string;
  readonly name: string;
  readonly fault: "missing" | "outdated" | "ghost" | "unconfirmed" | undefined;
}

/** What became of a search that a person let a client ask, under the read policy of then. */
export interface AskedSearch {
  readonly requestId: RequestId;
  readonly clientId: ClientId;
  readonly k: number;
  readonly policy: ReadPolicy;
  readonly askedAt: Micros;
  readonly outcome: "pending" | "answered" | "empty" | "unanswered" | "skipped";
  /** Replicas that the client asked, one after the other. */
  readonly sentTo: readonly ReplicaId[];
  /** Of a quorum search: who asked the others, and who took part, in order of arrival; the coordinator first. */
  readonly coordinator: ReplicaId | undefined;
  readonly parts: readonly {
    readonly replicaId: ReplicaId;
    readonly logEnd: Version;
    /** Undefined of the coordinator. */
    readonly applied: Version | undefined;
  }[];
  /** How many have to take part. */
  readonly wanted: number;
  /** Set when none of them had applied this, so that they waited for the first that had. */
  readonly waitedFor: Version | undefined;
  readonly answeredBy: ReplicaId | undefined;
  readonly appliedTo: Version | undefined;
  readonly latency: Micros | undefined;
  /** Against what was true when it was asked. */
  readonly recall: number | undefined;
  readonly neighbours: readonly AskedNeighbour[];
  readonly missing: readonly AskedNeighbour[];
}

/** Why a link carries nothing. */
export interface CutLink {
  readonly from: Address;
  readonly to: Address;
}

/** Counters since the run began, named as an exporter would name them. */
export interface Counters {
  readonly writesAttempted: number;
  readonly writesAcknowledged: number;
  readonly writesUnknown: number;
  readonly writesFailed: number;
  readonly acknowledgedWritesLost: number;
  readonly readsServed: number;
  readonly searchesServed: number;
  readonly searchesEmpty: number;
  readonly redirects: number;
  readonly skipped: number;
  readonly leaderChanges: number;
  readonly entriesRolledBack: number;
  readonly messagesSent: number;
  readonly messagesDelivered: number;
  readonly messagesDropped: number;
  readonly eventsProcessed: number;
}

/**
 * How the searches of clients were answered since the run began, each against the truth when it was asked: the shop's
 * customers.
 */
export interface Customers {
  readonly right: number;
  readonly wrong: number;
  /** Wrong answers with an outdated item in them, without one that belonged there, with a deleted one: perhaps several. */
  readonly outdated: number;
  readonly missing: number;
  readonly ghost: number;
  /** Nothing was found although there was something. */
  readonly empty: number;
  /** The client gave up before an answer came. */
  readonly unanswered: number;
  readonly lastRightAt: Micros | undefined;
}

/** One sample of the lanes: every replica's lag and queue at one instant, by slot. */
export interface LaneSample {
  readonly at: Micros;
  /** Microseconds; a dead replica applies nothing, so its lag grows. */
  readonly lag: readonly number[];
  readonly queueDepth: readonly number[];
}

/** What the continuous probe found at one virtual second: a few fixed questions, put to every live replica. */
export interface RecallSample {
  readonly at: Micros;
  /**
   * By slot, the share of the true nearest that it found in their true or a newer version; NaN of a dead replica, and of one
   * whose store differs from its log, of which a fact tells.
   */
  readonly recall: readonly number[];
}

/** One finished write, for the latency lane. */
export interface WriteSample {
  readonly at: Micros;
  readonly latency: Micros;
  readonly outcome: "acknowledged" | "unknown" | "failed";
}

/** A span in which one replica led one term; `to` is undefined while it lasts. */
export interface Leadership {
  readonly replicaId: ReplicaId;
  readonly term: Term;
  readonly from: Micros;
  readonly to: Micros | undefined;
}

/** What stopped the run: an exception inside a replica's worker, or of the event loop. */
export interface Failure {
  readonly replicaId: ReplicaId | undefined;
  readonly at: Micros;
  readonly seed: number;
  readonly message: string;
  /** The last events before it, newest last, in short. */
  readonly trace: readonly string[];
}

/** Another run that is being computed before it is opened. */
export interface Opening {
  /** Where it is, and where it has to get. */
  readonly reached: Micros;
  readonly end: Micros;
}

/** Search indexes that are being built, in insertions; whether the person may give it up. */
export interface Indexing extends IndexProgress {
  readonly canCancel: boolean;
}

/** Everything the page needs to draw one picture. */
export interface Frame {
  /** Changes when another run is opened: everything kept from earlier frames is void. */
  readonly runId: number;
  readonly virtualNow: Micros;
  readonly runHash: HashText;
  readonly config: RunConfig;
  readonly replicas: readonly ReplicaFrame[];
  readonly clients: readonly ClientFrame[];
  /** Rising; where they do not follow each other the strips are folded. */
  readonly stripIndices: readonly LogIndex[];
  readonly flights: readonly FlightFrame[];
  /** Groups of the partition in force, in the order they were given; empty when there is none. */
  readonly groups: readonly (readonly Address[])[];
  readonly partitionedAt: Micros | undefined;
  /** Directed links that carry nothing, those of the partition included. */
  readonly cuts: readonly CutLink[];
  /** Undefined when none goes on. */
  readonly gameDay: GameDayFrame | undefined;
  readonly counters: Counters;
  /** Undefined where nobody counts them. */
  readonly customers: Customers | undefined;
  readonly receipts: readonly Receipt[];
  /** Newest first. */
  readonly searches: readonly AskedSearch[];
  /** How every verdict stands, in the order in which they are shown. */
  readonly verdicts: readonly Verdict[];
  readonly leaderships: readonly Leadership[];
  /** Since the last pull, oldest first. */
  readonly events: readonly ClusterEvent[];
  /** Events that were left out since the last pull because the bound was reached. */
  readonly eventsOmitted: number;
  readonly lanes: readonly LaneSample[];
  readonly recalls: readonly RecallSample[];
  readonly writes: readonly WriteSample[];
  readonly playing: boolean;
  /** Virtual seconds per wall second asked for, and reached over the last second. */
  readonly playbackRate: number;
  readonly reachedRate: number;
  readonly failure: Failure | undefined;
  /** How far this run has been, and how often it left a future that it had for another. */
  readonly travelled: Travelled;
  /** Set while another run is computed; this one stands still. */
  readonly opening?: Opening | undefined;
  /** Set while the run, or the one that is computed, waits for search indexes that are being built. */
  readonly indexing?: Indexing | undefined;
}

/** How a run has been travelled. */
export interface Travelled {
  /** The furthest instant that it has stood at; `virtualNow` is earlier after going back. */
  readonly end: Micros;
  /** The number of the last fact that has happened; after going back a view knows later ones. */
  readonly fact: number;
  /** Counts the branches: commands given before `end`. With each, whatever a view knows of later is of another branch. */
  readonly branch: number;
  /** Of a branch that was entered as a whole: where it left the one of before, at the latest. */
  readonly since?: BranchPoint | undefined;
}

/** A place in a run up to which two branches of it are the same. */
export interface BranchPoint {
  /** The number of the last fact that they have in common. */
  readonly fact: number;
  readonly at: Micros;
}

/** One neighbour as a search panel shows it. */
export interface JudgedNeighbour extends Neighbour {
  readonly item: Item;
}

/** The answer of one replica to the observer's question. It is not part of the run. */
export interface ReplicaAnswer {
  readonly replicaId: ReplicaId;
  readonly alive: boolean;
  readonly neighbours: readonly JudgedNeighbour[];
  readonly vectorCount: number;
  /** What of the truth it holds, in the true version, and does not answer; absent where it answers all that it holds. */
  readonly unanswered?: readonly string[];
}

/**
 * The same question put to every replica, beside the truth: all acknowledged writes in order of version, lost ones
 * included.
 */
export interface SearchComparison {
  readonly at: Micros;
  readonly k: number;
  readonly truth: readonly JudgedNeighbour[];
  readonly answers: readonly ReplicaAnswer[];
  /** What the truth says of every id in `truth` and of every id that some replica answered: its version, or deleted. */
  readonly standing: readonly {
    readonly id: string;
    readonly version: Version;
    readonly deleted: boolean;
    readonly lost: boolean;
  }[];
}
