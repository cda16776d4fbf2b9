/**
 * What the checkers look at: what one replica showed after an event, as a read-only view. Nothing is copied; a checker
 * keeps what it needs. Whoever runs a cluster makes these, in order, for every replica that may have changed.
 */
import type { LogIndex, ReplicaId, Term } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { Item } from "../protocol/item.ts";
import type { Entry, Snapshot } from "../protocol/log.ts";
import type { Role } from "../protocol/step.ts";

/** A log as a reader sees it: a replica's own and a disk have this shape. `entries[0]` follows the snapshot. */
export interface LogView {
  readonly snapshot: Snapshot;
  readonly entries: readonly Entry[];
}

/** One replica after one event. */
export interface Observation {
  readonly at: Micros;
  readonly replicaId: ReplicaId;
  /** How often the replica has been started: with each start it forgets what is not on its disk. */
  readonly incarnation: number;
  readonly role: Role;
  readonly currentTerm: Term;
  readonly commitIndex: LogIndex;
  readonly lastApplied: LogIndex;
  readonly log: LogView;
  readonly items: ReadonlyMap<string, Item>;
}

/** Index of the last entry, or of the snapshot when there is none. */
export function lastIndexOf(log: LogView): number {
  return log.snapshot.lastIncludedIndex + log.entries.length;
}

/** The entry at `index`; undefined where the log has none, or has folded it. */
export function entryAt(log: LogView, index: number): Entry | undefined {
  return log.entries[index - log.snapshot.lastIncludedIndex - 1];
}

/** The term at `index`, that of the snapshot's end included; undefined outside the log. */
export function termAt(log: LogView, index: number): Term | undefined {
  if (index === log.snapshot.lastIncludedIndex) return log.snapshot.lastIncludedTerm;
  return entryAt(log, index)?.term;
}
