/** The disks, which outlive their replicas. They live with the event loop and change by increments. */
import { assertNever, present } from "../../base/assert.ts";
import { type LogIndex, logIndex, term } from "../../base/ids.ts";
import { after, type Micros } from "../../base/units.ts";
import type { Rules } from "../protocol/config.ts";
import type { Embedding } from "../protocol/item.ts";
import { BLANK_SNAPSHOT_INDEX, type Disk, type DiskChange, type Entry, type Snapshot } from "../protocol/log.ts";
import { lastLogIndex } from "../replica/log.ts";
import { embeddingOf, unitVector } from "../vector/embedding.ts";

/** Applies one increment; returns the entries that a truncation removed. */
export function applyDiskChange(disk: Disk, change: DiskChange): readonly Entry[] {
  switch (change.kind) {
    case "vote":
      disk.currentTerm = change.currentTerm;
      disk.votedFor = change.votedFor;
      return [];
    case "append":
      for (const entry of change.entries) disk.entries.push(entry);
      return [];
    case "truncate":
      if (disk.damaged !== undefined && disk.damaged.index >= change.from) disk.damaged = undefined;
      return disk.entries.splice(Math.max(0, change.from - disk.snapshot.lastIncludedIndex - 1));
    case "quarantineEnded":
      disk.quarantinedUntil = undefined;
      return [];
    case "snapshot":
      return replaceSnapshot(disk, change);
    default:
      return assertNever(change);
  }
}

function replaceSnapshot(disk: Disk, change: Extract<DiskChange, { kind: "snapshot" }>): readonly Entry[] {
  const { snapshot, keepTail } = change;
  const before = disk.entries;
  const folded = Math.max(0, snapshot.lastIncludedIndex - disk.snapshot.lastIncludedIndex);
  disk.entries = keepTail ? before.slice(folded) : [];
  disk.snapshot = snapshot;
  const { damaged } = disk;
  if (damaged !== undefined && (!keepTail || damaged.index <= snapshot.lastIncludedIndex)) disk.damaged = undefined;
  return keepTail ? [] : before;
}

/** A disk that says "synced" at once and writes `syncTime` later: what it owed is gone in a crash. */
export interface LyingDisk {
  readonly syncTime: Micros;
  /** What is really written. */
  readonly written: Disk;
  /** What it owes, oldest first. */
  readonly owed: { readonly at: Micros; readonly change: DiskChange }[];
}

function copyOf(disk: Disk): Disk {
  return { ...disk, entries: disk.entries.slice() };
}

/** From now on `disk` lies. */
export function beginLying(disk: Disk, syncTime: Micros): LyingDisk {
  return { syncTime, written: copyOf(disk), owed: [] };
}

function writeOwed(lying: LyingDisk, now: Micros): void {
  while (lying.owed.length > 0 && after(present(lying.owed[0], "an owed change").at, lying.syncTime) <= now) {
    applyDiskChange(lying.written, present(lying.owed.shift(), "an owed change").change);
  }
}

/** Notes a change that the disk says it has written. */
export function owe(lying: LyingDisk, at: Micros, change: DiskChange): void {
  writeOwed(lying, at);
  lying.owed.push({ at, change });
}

/** A crash at `now`: the disk becomes what was really written. Returns whether anything was lost. */
export function loseOwed(disk: Disk, lying: LyingDisk, now: Micros): boolean {
  writeOwed(lying, now);
  if (lying.owed.length === 0) return false;
  lying.owed.length = 0;
  Object.assign(disk, copyOf(lying.written));
  return true;
}

const blankSnapshot: Snapshot = {
  lastIncludedIndex: logIndex(BLANK_SNAPSHOT_INDEX),
  lastIncludedTerm: term(0),
  items: [],
  requests: [],
};

/** Empties the log, data set included. */
function emptyLog(disk: Disk): void {
  disk.snapshot = blankSnapshot;
  disk.entries = [];
  disk.damaged = undefined;
}

/** Empties the disk: term and vote are gone too, which is why a wiped replica may vote twice. */
export function wipeDisk(disk: Disk): void {
  emptyLog(disk);
  disk.currentTerm = term(0);
  disk.votedFor = undefined;
  disk.quarantinedUntil = undefined;
}

/** A crash under rules that keep something in memory only. */
export function forgetUnpersisted(disk: Disk, rules: Rules): void {
  if (!rules.persistTermAndVote) {
    disk.currentTerm = term(0);
    disk.votedFor = undefined;
  }
  if (!rules.persistLog) disk.entries = [];
}

/** Damages the newest record with an embedding; undefined when the log has none. */
export function damage(disk: Disk): LogIndex | undefined {
  for (let at = disk.entries.length - 1; at >= 0; at -= 1) {
    const entry = disk.entries[at];
    if (entry?.operation.kind !== "put") continue;
    disk.damaged = { ...entry, operation: { ...entry.operation, embedding: damagedCopy(entry.operation.embedding) } };
    return entry.index;
  }
  return undefined;
}

/** A stuck bit in every other number: the sign is lost. */
function damagedCopy(embedding: Embedding): Embedding {
  return embeddingOf(unitVector(embedding.values.map((value, at) => (at % 2 === 0 ? -value : value))));
}

/** A restart with checksums: a damaged log is thrown away and the replica is in quarantine. Returns where it was. */
export function checkRecords(disk: Disk): LogIndex | undefined {
  const { damaged } = disk;
  if (damaged === undefined) return undefined;
  // Damaged again before it had come so far: what was promised then still counts.
  disk.quarantinedUntil = logIndex(Math.max(lastLogIndex(disk), disk.quarantinedUntil ?? 0));
  emptyLog(disk);
  return damaged.index;
}

/** A restart without checksums: the damaged record is read as it stands. Whether there is one. */
export function readDamage(disk: Disk): boolean {
  const { damaged, entries } = disk;
  const at = damaged === undefined ? -1 : damaged.index - disk.snapshot.lastIncludedIndex - 1;
  if (damaged === undefined || entries[at] === undefined) return false;
  entries[at] = damaged;
  return true;
}
