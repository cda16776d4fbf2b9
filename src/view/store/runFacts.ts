/**
 * What the view keeps of a run: slow facts, folded from frames at most ten times a second. Whatever moves faster goes
 * straight from a frame to a draw layer and never through here. Every list has a bound.
 */
import type { HashText } from "../../base/hash.ts";
import type { Address, ClientId, LogIndex, ReplicaId, Term } from "../../base/ids.ts";
import { type Micros, ZERO } from "../../base/units.ts";
import type { RunConfig } from "../../model/protocol/config.ts";
import type { ClusterEvent } from "../../model/protocol/events.ts";
import type {
  AskedSearch,
  Counters,
  Customers,
  CutLink,
  DiskFrame,
  Failure,
  GameDayFrame,
  Indexing,
  LaneSample,
  Leadership,
  Opening,
  RecallSample,
  Receipt,
  Travelled,
  WriteSample,
} from "../../model/protocol/frame.ts";
import type { Conditions, Role } from "../../model/protocol/step.ts";
import type { Verdict } from "../../model/protocol/verdict.ts";

/** A replica as panels, sentences and controls need it. */
export interface ReplicaSummary {
  readonly replicaId: ReplicaId;
  readonly alive: boolean;
  readonly role: Role;
  /** The term it believes in: its hue. */
  readonly term: Term;
  readonly leaderId: ReplicaId | undefined;
  readonly votedFor: ReplicaId | undefined;
  /** A candidate's granted votes, its own included. */
  readonly votes: readonly ReplicaId[];
  /** Age of the oldest entry of the leader's log that is not applied here; 0 when in step. */
  readonly lag: Micros;
  readonly lagEntries: number;
  readonly queueDepth: number;
  readonly vectorCount: number;
  readonly commitIndex: LogIndex;
  readonly lastLogIndex: LogIndex;
  /** Acknowledged writes in its log that the leader of the highest term does not have. */
  readonly doomedCount: number;
  /** What is wrong with the machine that it runs on. */
  readonly conditions: Conditions;
  /** Its log is damaged: it neither serves nor votes. */
  readonly quarantined: boolean;
  /** What is wrong with its disk, whether or not it knows. */
  readonly disk: DiskFrame;
}

/** A client as panels and dialogs need it. */
export interface ClientSummary {
  readonly clientId: ClientId;
  /** The replica it stands beside. */
  readonly home: ReplicaId;
}

/** What a mark on the time axis stands for. */
export type MarkKind =
  | "election"
  | "leader"
  | "crash"
  | "restart"
  | "partition"
  | "heal"
  | "pause"
  | "resume"
  | "mode"
  | "settings"
  | "rolledBack"
  /** Writes get no answer from here on. */
  | "stalled"
  | "broken"
  | "lost";

/** One event that is worth a mark on the time axis. */
export interface LaneMark {
  readonly at: Micros;
  readonly kind: MarkKind;
  readonly event: ClusterEvent;
}

/**
 * The history that the time panel paints, made by `timeSeries.ts`: lists never change in place, and one that did not
 * grow is the same list as before; `lanesVersion` counts the changes. Where a bound is reached, what is older is
 * thinned, its peaks kept.
 */
export interface LaneSeries {
  readonly samples: readonly LaneSample[];
  /** Once per virtual second. */
  readonly recalls: readonly RecallSample[];
  readonly writes: readonly WriteSample[];
  readonly leaderships: readonly Leadership[];
  readonly marks: readonly LaneMark[];
}

/** The slow facts of the run that is open. */
export interface RunFacts {
  /** 0 before the first frame. */
  readonly runId: number;
  readonly config: RunConfig | undefined;
  readonly counters: Counters | undefined;
  /** How clients' searches were answered; undefined where nobody counts them. */
  readonly customers: Customers | undefined;
  /** The playhead. */
  readonly virtualNow: Micros;
  /** How far the run has been: what lies behind the playhead is known, and still to come. */
  readonly travelled: Travelled;
  readonly runHash: HashText;
  readonly playing: boolean;
  /** Virtual seconds per wall second asked for, and reached over the last second. */
  readonly playbackRate: number;
  readonly reachedRate: number;
  readonly replicas: readonly ReplicaSummary[];
  readonly clients: readonly ClientSummary[];
  /** Groups of the partition in force; empty when there is none. */
  readonly groups: readonly (readonly Address[])[];
  readonly partitionedAt: Micros | undefined;
  readonly cuts: readonly CutLink[];
  /** Undefined when none goes on. */
  readonly gameDay: GameDayFrame | undefined;
  readonly receipts: readonly Receipt[];
  readonly searches: readonly AskedSearch[];
  /** The newest {@link FEED_BOUND} events, newest last, and older ones that are not routine; later than the playhead too. */
  readonly feed: readonly ClusterEvent[];
  /** Older events that were left out of the feed. */
  readonly feedOmitted: number;
  readonly failure: Failure | undefined;
  /** Another run that is being computed, to be opened in place of this one. */
  readonly opening: Opening | undefined;
  /** Search indexes that are being built before something goes on. */
  readonly indexing: Indexing | undefined;
  readonly verdicts: readonly Verdict[];
  readonly lanes: LaneSeries;
  readonly lanesVersion: number;
}

/** Events that the feed keeps of every kind, and older ones besides that are not clients' daily work. */
export const FEED_BOUND = 500;
export const OLD_FEED_BOUND = 1_500;

/** Facts before the first frame. */
export function noFacts(): RunFacts {
  return {
    runId: 0,
    config: undefined,
    counters: undefined,
    customers: undefined,
    virtualNow: ZERO,
    travelled: { end: ZERO, fact: 0, branch: 0 },
    runHash: "",
    playing: false,
    playbackRate: 1,
    reachedRate: 0,
    replicas: [],
    clients: [],
    groups: [],
    partitionedAt: undefined,
    cuts: [],
    gameDay: undefined,
    receipts: [],
    searches: [],
    feed: [],
    feedOmitted: 0,
    failure: undefined,
    opening: undefined,
    indexing: undefined,
    verdicts: [],
    lanes: { samples: [], recalls: [], writes: [], leaderships: [], marks: [] },
    lanesVersion: 0,
  };
}
