/** What every checker says of itself, and what it says when its promise is broken. */
import type { LogIndex, ReplicaId, Term } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import { LOG_CAPACITY } from "../protocol/log.ts";
import type { Change } from "./change.ts";
import type { Observation } from "./observation.ts";

/** The promises that are checked, named as in the Raft paper (figure 3) where it names them. */
export type VerdictName =
  | "ElectionSafety"
  | "LeaderAppendOnly"
  | "LogMatching"
  | "LeaderCompleteness"
  | "StateMachineSafety"
  | "StoreEqualsLog"
  | "QuorumReads";

/** The first event that broke a promise. */
export interface Violation {
  readonly verdict: VerdictName;
  readonly at: Micros;
  /** Who is involved; the replica that showed it first. */
  readonly replicas: readonly ReplicaId[];
  readonly term: Term | undefined;
  readonly index: LogIndex | undefined;
  /** What happened, in one sentence for people. */
  readonly what: string;
}

/** A checker of what replicas show. Work is per changed entry, never a scan of the history. */
export interface Checker {
  readonly name: VerdictName;
  /** The promise, in plain words. */
  readonly sentence: string;
  /** Takes notice of one replica; says what is broken, if this event broke it. */
  observe(shown: Observation, change: Change): Violation | undefined;
}

/** Indexes that checkers remember behind the newest: more than any log keeps, so that what is forgotten is folded. */
export const REMEMBERED_INDEXES = 1.2 * LOG_CAPACITY;
