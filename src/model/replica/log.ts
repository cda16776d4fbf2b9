/**
 * The log in memory: a snapshot followed by entries without gaps. Entries are immutable and shared; appending and
 * truncating change the array in place (the step owns its state).
 */
import { type LogIndex, logIndex, type Term } from "../../base/ids.ts";
import type { Version } from "../protocol/item.ts";
import type { Entry, Snapshot } from "../protocol/log.ts";

/** `entries[0].index` is `snapshot.lastIncludedIndex + 1`. A disk has the same shape. */
export interface Log {
  snapshot: Snapshot;
  entries: Entry[];
}

/** Index of the last entry, or of the snapshot when there is none. */
export function lastLogIndex(log: Log): LogIndex {
  return logIndex(log.snapshot.lastIncludedIndex + log.entries.length);
}

/** Term of the last entry. */
export function lastLogTerm(log: Log): Term {
  return log.entries[log.entries.length - 1]?.term ?? log.snapshot.lastIncludedTerm;
}

/** The end of the log, for "which log is more up to date" (Raft section 5.4.1). */
export function logEnd(log: Log): Version {
  return { term: lastLogTerm(log), logIndex: lastLogIndex(log) };
}

/** The entry at `index`; undefined where the log has none, or has folded it. */
export function entryAt(log: Log, index: number): Entry | undefined {
  return log.entries[index - log.snapshot.lastIncludedIndex - 1];
}

/** Versions that are remembered: replicas of one thread come to the same entry at about the same time, and share its. */
const RECENT = 256;
const recent: (Version | undefined)[] = new Array(RECENT).fill(undefined);

/** What the entry makes of its item: where it stands in the log. */
export function versionOf({ term, index }: Entry): Version {
  const known = recent[index % RECENT];
  if (known?.logIndex === index && known.term === term) return known;
  const version = { term, logIndex: index };
  recent[index % RECENT] = version;
  return version;
}

/** The term at `index`, that of the snapshot's end included; undefined outside the log. */
export function termAt(log: Log, index: number): Term | undefined {
  if (index === log.snapshot.lastIncludedIndex) return log.snapshot.lastIncludedTerm;
  return entryAt(log, index)?.term;
}

/** Up to `limit` entries from `from`. */
export function entriesFrom(log: Log, from: number, limit: number): Entry[] {
  const start = from - log.snapshot.lastIncludedIndex - 1;
  return log.entries.slice(start, start + limit);
}

/** The first index that carries the same term as `index`, as far back as the log goes. */
export function firstIndexOfTerm(log: Log, index: number): LogIndex {
  const term = termAt(log, index);
  let first = index;
  while (first - 1 > log.snapshot.lastIncludedIndex && termAt(log, first - 1) === term) first -= 1;
  return logIndex(first);
}

/** Removes `from` and everything behind it; returns what went. */
export function truncateFrom(log: Log, from: number): Entry[] {
  return log.entries.splice(Math.max(0, from - log.snapshot.lastIncludedIndex - 1));
}
