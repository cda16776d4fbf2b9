/** What the event loop asks of a machine for one window of virtual time, and what comes back. Crosses threads. */
import type { LogIndex, Term } from "../../base/ids.ts";
import type { Timed } from "../../base/interleave.ts";
import type { Micros } from "../../base/units.ts";
import type { Effect, ReplicaInput, ReplicaStatus, Role, TimerKind } from "./step.ts";

/** Process what is due before `until`, at most `limit` events. `inputs` are in order. */
export interface Work {
  readonly inputs: readonly Timed<ReplicaInput>[];
  readonly until: Micros;
  readonly limit: number;
}

/** One processed event. */
export interface StepRecord {
  readonly at: Micros;
  readonly source: number;
  /** Set when it was the replica's own timer. */
  readonly timer: TimerKind | undefined;
  readonly effects: readonly Effect[];
  /** What the replica shows of itself afterwards; the verdicts look at it after every event. */
  readonly shown: ShownMachine;
}

/** The part of a replica's state that the safety properties speak of; its log is on the disk. */
export interface Shown {
  readonly role: Role;
  readonly currentTerm: Term;
  readonly commitIndex: LogIndex;
  readonly lastApplied: LogIndex;
}

/** The same, and how the machine keeps up. */
export interface ShownMachine extends Shown {
  /** How long what is next in line, or what would come now, has to wait for its turn. */
  readonly lateBy: Micros;
}

export interface WorkOutcome {
  /** In order of processing. */
  readonly records: readonly StepRecord[];
  /** How many of the inputs were processed. */
  readonly taken: number;
  readonly status: ReplicaStatus;
  /** Set by the thread it ran in, no part of the run: the replica's next search would take long, its index being behind. */
  readonly needsIndex?: boolean | undefined;
}
