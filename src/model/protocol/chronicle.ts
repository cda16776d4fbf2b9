/**
 * A span of a run, event by event, as plain data: what the space-time diagram draws, and what "why?" is answered from.
 * It is computed by running the inputs again and is no part of the run.
 */
import type { Address, LogIndex, ReplicaId, Term } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { AimedCommand, Command } from "./commands.ts";
import type { ClusterEvent } from "./events.ts";
import type { Version } from "./item.ts";
import type { MessageSummary } from "./messageSummary.ts";
import type { MessageShape } from "./messages.ts";
import type { Role, TimerKind } from "./step.ts";

/**
 * Names an event of a run, for good: above 0 the count of what replicas and clients have processed, so that one can seek
 * to it; below 0 a command, by the number of the fact that tells of it.
 */
export type EventId = number;

/** What set an event off. */
export type Trigger =
  | { readonly kind: "message"; readonly flight: number }
  | { readonly kind: "timer"; readonly timer: TimerKind | "client" }
  /** The workload, or a person through it, asks a client for something. */
  | { readonly kind: "ask"; readonly what: "put" | "delete" | "get" | "search"; readonly id: string }
  /** A command has reached the replica: settings, conditions, a promotion. */
  | { readonly kind: "told" }
  | { readonly kind: "command"; readonly command: Command | AimedCommand; readonly by?: "gameDay" | "time" };

/** What a replica was after an event. The same object while nothing of it changes. */
export interface ReplicaStanding {
  readonly role: Role;
  readonly term: Term;
  readonly leader: ReplicaId | undefined;
  readonly commitIndex: LogIndex;
  readonly lastApplied: LogIndex;
  readonly logEnd: Version;
  /** When its election timer was last set. */
  readonly timerSetAt: Micros;
}

/** One thing that one replica, client or person did. */
export interface ChronicleEvent {
  readonly id: EventId;
  readonly at: Micros;
  /** Whose line it stands on; undefined for a command about nobody in particular. */
  readonly who: Address | undefined;
  readonly trigger: Trigger;
  /** The event that it finishes: a message that had to wait, or a write to disk. */
  readonly continues: EventId | undefined;
  /** What was reported while it was taken over. */
  readonly facts: readonly ClusterEvent[];
  /** Of a replica only. */
  readonly standing: ReplicaStanding | undefined;
}

/** Why a message did not arrive. */
export type LossReason =
  /** The link was cut when it was sent, or while it was under way. */
  | "cut"
  | "chance"
  /** Nobody was there to hear it. */
  | "down"
  | "dropped"
  | "full";

/** One message on its way. */
export interface ChronicleMessage {
  readonly id: number;
  readonly from: Address;
  readonly to: Address;
  readonly shape: MessageShape;
  /** Undefined for clients' messages and reads. */
  readonly term: Term | undefined;
  readonly sentAt: Micros;
  /** When it arrives, or would have. */
  readonly arrivesAt: Micros;
  readonly lost: { readonly at: Micros; readonly reason: LossReason; readonly by: EventId | undefined } | undefined;
  /** Undefined where that lies before what was looked at, or behind it. */
  readonly sentIn: EventId | undefined;
  readonly arrivedIn: EventId | undefined;
  readonly content: MessageSummary;
}

/** How one replica stood at the beginning of a chronicle. */
export interface BeginningOf {
  readonly replicaId: ReplicaId;
  readonly alive: boolean;
  readonly paused: boolean;
  readonly standing: ReplicaStanding | undefined;
}

/** A span of a run. */
export interface Chronicle {
  /** The run and the branch that it is of. */
  readonly runId: number;
  readonly branch: number;
  readonly from: Micros;
  /** Everything before it is here; earlier than what was asked for when there was more than the limit. */
  readonly to: Micros;
  /** Whether there was more than the limit. */
  readonly isCut: boolean;
  readonly beginning: readonly BeginningOf[];
  /** In order. */
  readonly events: readonly ChronicleEvent[];
  /** Those that were under way in the span, in order of id. */
  readonly messages: readonly ChronicleMessage[];
}

/** Which part of a run: what happened at `from` or later and before `to`, at most `limit` events. */
export interface ChronicleSpan {
  readonly from: Micros;
  readonly to: Micros;
  readonly limit: number;
}

/** A "why?", and how far back its reasons are to be looked for; without it as far as is usually enough. */
export type Question = Asked & { readonly reach?: Micros | undefined };

/** What "why?" can be asked of. */
type Asked =
  | { readonly kind: "event"; readonly at: Micros; readonly event: EventId }
  | { readonly kind: "message"; readonly at: Micros; readonly flight: number }
  /** A fact, by its number. */
  | { readonly kind: "fact"; readonly at: Micros; readonly sequence: number }
  /** Why a replica had not applied an entry by an instant: a neighbour that its answer misses, or has not deleted. */
  | {
      readonly kind: "unapplied";
      readonly at: Micros;
      readonly replicaId: ReplicaId;
      readonly version: Version;
      /** The item that the entry writes. */
      readonly id: string;
    };

/** What a step of an explanation says. Data: the view makes the words. */
export type Claim =
  | { readonly kind: "fact"; readonly fact: ClusterEvent }
  | { readonly kind: "arrived" | "sent"; readonly message: ChronicleMessage }
  /** So many messages from one to the other did not arrive in a stretch of time. */
  | {
      readonly kind: "lost";
      readonly from: Address;
      readonly to: Address;
      readonly shape: MessageShape;
      readonly reason: LossReason;
      readonly count: number;
    }
  | {
      readonly kind: "silence";
      readonly who: ReplicaId;
      readonly lasted: Micros;
      readonly leader: ReplicaId | undefined;
    }
  /** Elections of these terms that it began one after the other and did not win. */
  | { readonly kind: "inVain"; readonly who: ReplicaId; readonly from: number; readonly to: number }
  | { readonly kind: "beats"; readonly who: ReplicaId; readonly term: Term }
  | { readonly kind: "stored"; readonly who: ReplicaId; readonly version: Version }
  | {
      readonly kind: "committed";
      readonly who: ReplicaId;
      readonly index: LogIndex;
      /** Those whose copies it counted; empty for a follower, which was told. */
      readonly copies: readonly ReplicaId[];
    }
  | {
      readonly kind: "asked";
      readonly client: Address;
      readonly what: "put" | "delete" | "get" | "search";
      readonly id: string;
    }
  | {
      readonly kind: "unapplied";
      readonly who: ReplicaId;
      readonly version: Version;
      readonly id: string;
      /** In its log and not known to be committed; not in its log; of its disk's beginning. */
      readonly how: "uncommitted" | "absent" | "down";
    }
  | { readonly kind: "underWay"; readonly message: ChronicleMessage }
  | {
      readonly kind: "neverSent";
      readonly from: ReplicaId;
      readonly to: ReplicaId;
      readonly version: Version;
    }
  | { readonly kind: "refusesWrites"; readonly who: ReplicaId }
  | { readonly kind: "began" }
  /** It came about before what was looked at. */
  | { readonly kind: "earlier" };

/** One step of an explanation, and those that explain it. */
export interface Reason {
  readonly claim: Claim;
  readonly at: Micros | undefined;
  readonly event: EventId | undefined;
  /** The message that brought it about. */
  readonly flight: number | undefined;
  readonly because: readonly Reason[];
  /** Its own reasons stand elsewhere in the explanation. */
  readonly isRepeated: boolean;
}

/** How far back was looked, and whether one can look further. */
export interface LookedBack {
  readonly to: Micros;
  readonly goesOn: boolean;
}

/** The causal past of something, pruned to what mattered. */
export interface Explanation {
  readonly reason: Reason;
  /** Set where reasons lie further back than was looked. */
  readonly lookedBack?: LookedBack | undefined;
  /** Every event and message that the explanation speaks of. */
  readonly events: readonly ChronicleEvent[];
  readonly messages: readonly ChronicleMessage[];
}
