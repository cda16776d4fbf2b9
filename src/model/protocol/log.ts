/**
 * The replicated log and what survives a crash. A log is a snapshot followed by entries without gaps; the snapshot at
 * index 0 is the data set that the run begins with.
 */
import type { LogIndex, ReplicaId, Term } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { Item, Operation, Version } from "./item.ts";

/** A client's name for one operation; a retry carries the same one. Client address * 2^32 + its own count. */
export type RequestId = number;

/** One entry, written by the leader of `term`. Immutable. */
export interface Entry {
  readonly term: Term;
  readonly index: LogIndex;
  readonly operation: Operation;
  /** The request that asked for it; 0 for the leader's own no-op. */
  readonly requestId: RequestId;
  /** When the leader appended it. Lag is measured from here. */
  readonly appendedAt: Micros;
}

/** The store as it was after `lastIncludedIndex` (Raft section 7). Immutable. Items in order of id. */
export interface Snapshot {
  readonly lastIncludedIndex: LogIndex;
  readonly lastIncludedTerm: Term;
  readonly items: readonly Item[];
  /** The newest requests that are folded in and what became of them, so that a late retry is still recognised. */
  readonly requests: readonly (readonly [RequestId, Version])[];
}

/** The snapshot of a disk that was wiped: it does not even hold the data set, so every log begins behind its end. */
export const BLANK_SNAPSHOT_INDEX = -1;

/** The disk of one replica: everything that a restart finds. `entries[0]` follows the snapshot. */
export interface Disk {
  currentTerm: Term;
  votedFor: ReplicaId | undefined;
  snapshot: Snapshot;
  entries: Entry[];
  /** A record as it stands there since it was damaged. Nobody notices before the replica reads its disk again. */
  damaged: Entry | undefined;
  /** Damage was found: until the log has been replaced up to here the replica neither serves nor votes. */
  quarantinedUntil: LogIndex | undefined;
}

/** One increment of a disk. */
export type DiskChange =
  | { readonly kind: "vote"; readonly currentTerm: Term; readonly votedFor: ReplicaId | undefined }
  | { readonly kind: "append"; readonly entries: readonly Entry[] }
  /** Removes `from` and everything behind it. */
  | { readonly kind: "truncate"; readonly from: LogIndex }
  /** Replaces the snapshot; entries up to it go, and with `keepTail` false the others too. */
  | { readonly kind: "quarantineEnded" }
  | { readonly kind: "snapshot"; readonly snapshot: Snapshot; readonly keepTail: boolean };

/** Entries beyond this many are folded into the snapshot. */
export const LOG_CAPACITY = 10_000;

/** How many folded requests a snapshot remembers. */
export const REMEMBERED_REQUESTS = 512;
