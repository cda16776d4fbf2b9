/** The disks, which outlive their replicas. They live with the event loop and change by increments. */
import { assertNever } from "../../base/assert.ts";
import type { Disk, DiskChange, Entry } from "../protocol/log.ts";

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
      return disk.entries.splice(Math.max(0, change.from - disk.snapshot.lastIncludedIndex - 1));
    case "snapshot":
      return replaceSnapshot(disk, change);
    default:
      return assertNever(change);
  }
}

function replaceSnapshot(disk: Disk, change: Extract<DiskChange, { kind: "snapshot" }>): readonly Entry[] {
  const { snapshot, keepTail } = change;
  const before = disk.entries;
  disk.entries = keepTail
    ? before.slice(Math.max(0, snapshot.lastIncludedIndex - disk.snapshot.lastIncludedIndex))
    : [];
  disk.snapshot = snapshot;
  return keepTail ? [] : before;
}
