/**
 * What clients were promised: every acknowledged write, who still holds it, and the truth that follows from them. A
 * write is lost when a majority of disks holds an entry of a later term at its index, or no disk holds it any more
 * (DESIGN section 5). Work is per change of a disk, never a scan of the history.
 */
import { type LogIndex, majorityOf } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import { compareVersions, type Embedding, type Item, type Version, type WriteOperation } from "../protocol/item.ts";
import type { Disk, DiskChange, Entry, RequestId, Snapshot } from "../protocol/log.ts";
import { type Log, termAt } from "../replica/log.ts";
import type { Found } from "../vector/best.ts";
import { nearestOf, noteChange } from "../vector/nearest.ts";
import { noteItem } from "./changeLog.ts";

/** How one disk stands to one acknowledged write. */
const Copy = { absent: 0, held: 1, overwritten: 2 } as const;

export interface AcknowledgedWrite {
  readonly requestId: RequestId;
  readonly version: Version;
  readonly operation: WriteOperation;
  /** When its client heard so: it is judged by what was promised then. */
  readonly acknowledgedAt: Micros;
  /** By replica slot: one of `Copy`. */
  readonly copies: Uint8Array;
  lost: boolean;
  /** Slots of the replicas that had it when it was lost; of one that the last disk dropped, that disk's. */
  lostFrom: readonly number[];
}

/** What the truth says of one id. */
export interface Standing {
  readonly version: Version;
  /** Undefined once deleted. */
  readonly item: Item | undefined;
  readonly write: AcknowledgedWrite | undefined;
}

export interface Acknowledged {
  readonly replicaCount: number;
  /** Writes that not every disk holds yet (or holds no longer), by index; a rollback can give an index to several. */
  readonly unsettled: Map<LogIndex, AcknowledgedWrite[]>;
  readonly truth: Map<string, Standing>;
  /** The newest delete of each id that a log has held, acknowledged or not: why a snapshot may lack the id. */
  readonly deletions: Map<string, Version>;
}

/** Unsettled writes that are followed; beyond it the oldest are taken as they stand. */
const UNSETTLED_LIMIT = 20_000;

export function newAcknowledged(replicaCount: number, snapshot: Snapshot): Acknowledged {
  const truth = new Map<string, Standing>();
  for (const item of snapshot.items) truth.set(item.id, { version: item.version, item, write: undefined });
  return { replicaCount, unsettled: new Map(), truth, deletions: new Map() };
}

/** Whether a snapshot shows the effect of the write that became `version`, as far as its items can tell. */
export function showsWrite(snapshot: Snapshot, operation: WriteOperation, version: Version): boolean {
  const item = snapshot.items.find((candidate) => candidate.id === operation.id);
  if (item === undefined) return operation.kind === "delete";
  return compareVersions(item.version, version) >= 0;
}

/** Whether some log has held a delete of `id` that is newer than `version`: who lacks that may have applied it. */
export function mayBeDeletedSince({ deletions }: Acknowledged, id: string, version: Version): boolean {
  const deletion = deletions.get(id);
  return deletion !== undefined && compareVersions(deletion, version) > 0;
}

/** Whether an id that `snapshot` lacks was deleted after `version`, and no later than where the snapshot ends. */
function deletedSince({ truth, deletions }: Acknowledged, snapshot: Snapshot, id: string, version: Version): boolean {
  const end = { term: snapshot.lastIncludedTerm, logIndex: snapshot.lastIncludedIndex };
  const deletion = deletions.get(id);
  const newest = truth.get(id);
  if (newest !== undefined && compareVersions(newest.version, version) > 0) return true;
  return deletion !== undefined && compareVersions(deletion, version) > 0 && compareVersions(deletion, end) <= 0;
}

/**
 * Whether a snapshot contains the effect of `write`, or of something newer under the same id. An id that is not there
 * may have been deleted since: a write is not lost because another of its own item took its place.
 */
function snapshotHolds(state: Acknowledged, snapshot: Snapshot, write: AcknowledgedWrite): boolean {
  const { operation, version } = write;
  const item = snapshot.items.find((candidate) => candidate.id === operation.id);
  if (item === undefined) {
    return operation.kind === "delete" || deletedSince(state, snapshot, operation.id, version);
  }
  return compareVersions(item.version, version) >= 0;
}

/** How `log` (of a disk) stands to `write`. */
function copyOf(state: Acknowledged, log: Log, write: AcknowledgedWrite): number {
  const { term, logIndex } = write.version;
  const there = termAt(log, logIndex);
  if (there === undefined) {
    if (logIndex > log.snapshot.lastIncludedIndex) return Copy.absent;
    return snapshotHolds(state, log.snapshot, write) ? Copy.held : Copy.overwritten;
  }
  if (there === term) return Copy.held;
  return there > term ? Copy.overwritten : Copy.absent;
}

function count(copies: Uint8Array, wanted: number): number {
  let found = 0;
  for (const copy of copies) if (copy === wanted) found += 1;
  return found;
}

function holdersOf({ copies }: AcknowledgedWrite, last: number): readonly number[] {
  const held = [...copies.keys()].filter((slot) => copies[slot] === Copy.held);
  return held.length === 0 ? [last] : held;
}

function judge(state: Acknowledged, write: AcknowledgedWrite): boolean {
  if (write.lost) return false;
  const overwritten = count(write.copies, Copy.overwritten) >= majorityOf(state.replicaCount);
  write.lost = overwritten || count(write.copies, Copy.held) === 0;
  return write.lost;
}

/** Nothing more can become of it: everybody holds it, or nobody does. A lost write is followed while some log shows it. */
function isSettled(state: Acknowledged, write: AcknowledgedWrite): boolean {
  const held = count(write.copies, Copy.held);
  return held === state.replicaCount || held === 0;
}

function follow(state: Acknowledged, write: AcknowledgedWrite): void {
  const { logIndex } = write.version;
  const others = state.unsettled.get(logIndex);
  if (others === undefined) state.unsettled.set(logIndex, [write]);
  else others.push(write);
  if (state.unsettled.size <= UNSETTLED_LIMIT) return;
  const oldest = state.unsettled.keys().next().value;
  if (oldest !== undefined) state.unsettled.delete(oldest);
}

function putTruth(state: Acknowledged, write: AcknowledgedWrite): void {
  const { operation, version } = write;
  const before = state.truth.get(operation.id);
  if (before !== undefined && compareVersions(before.version, version) > 0) return;
  const item: Item | undefined =
    operation.kind === "put"
      ? { id: operation.id, embedding: operation.embedding, payload: operation.payload, version }
      : undefined;
  state.truth.set(operation.id, { version, item, write });
  noteChange(state.truth, operation.id, item);
  noteItem(state.truth, operation.id, before?.item, item);
}

/** Every item of the truth: acknowledged, and not deleted. */
export function* trueItems({ truth }: Acknowledged): Iterable<Item> {
  for (const { item } of truth.values()) if (item !== undefined) yield item;
}

/** The `k` items of the truth nearest to `query`, best first. */
export function nearestOfTruth(state: Acknowledged, query: Embedding, k: number): Found[] {
  return nearestOf(state.truth, () => trueItems(state), query, k);
}

/** A client has heard that its write is acknowledged. Returns the write if it is lost already. */
export function acknowledge(
  state: Acknowledged,
  acknowledged: Pick<AcknowledgedWrite, "requestId" | "version" | "operation" | "acknowledgedAt">,
  disks: readonly Disk[],
): readonly AcknowledgedWrite[] {
  const write: AcknowledgedWrite = {
    ...acknowledged,
    copies: new Uint8Array(state.replicaCount),
    lost: false,
    lostFrom: [],
  };
  for (const [slot, disk] of disks.entries()) write.copies[slot] = copyOf(state, disk, write);
  putTruth(state, write);
  const lostNow = judge(state, write) ? [write] : [];
  if (!isSettled(state, write)) follow(state, write);
  return lostNow;
}

/** Looks again at the writes of `index` after replica `slot`'s disk changed there. */
function revisit(state: Acknowledged, index: LogIndex, slot: number, disk: Disk): readonly AcknowledgedWrite[] {
  const writes = state.unsettled.get(index);
  if (writes === undefined) return [];
  for (const write of writes) write.copies[slot] = copyOf(state, disk, write);
  const lostNow = writes.filter((write) => judge(state, write));
  for (const write of lostNow) write.lostFrom = holdersOf(write, slot);
  const open = writes.filter((write) => !isSettled(state, write));
  if (open.length === 0) state.unsettled.delete(index);
  else if (open.length < writes.length) state.unsettled.set(index, open);
  return lostNow;
}

function noteDeletions({ deletions }: Acknowledged, entries: readonly Entry[]): void {
  for (const { operation, term, index } of entries) {
    if (operation.kind !== "delete") continue;
    const before = deletions.get(operation.id);
    const version = { term, logIndex: index };
    if (before === undefined || compareVersions(version, before) > 0) deletions.set(operation.id, version);
  }
}

/** After `change` has been applied to replica `slot`'s disk: the acknowledged writes that are lost from now on. */
export function afterDiskChange(
  state: Acknowledged,
  change: DiskChange,
  removed: readonly Entry[],
  slot: number,
  disk: Disk,
): readonly AcknowledgedWrite[] {
  switch (change.kind) {
    case "vote":
    case "quarantineEnded":
      return [];
    case "append":
      noteDeletions(state, change.entries);
      if (state.unsettled.size === 0) return [];
      return change.entries.flatMap((entry) => revisit(state, entry.index, slot, disk));
    case "truncate":
      return removed.flatMap((entry) => revisit(state, entry.index, slot, disk));
    case "snapshot":
      if (change.keepTail) return [];
      return [...state.unsettled.keys()].flatMap((index) => revisit(state, index, slot, disk));
  }
}

/** After replica `slot`'s disk changed as a whole (wiped, rolled back by a crash): the writes that are lost from now on. */
export function afterDiskReplaced(state: Acknowledged, slot: number, disk: Disk): readonly AcknowledgedWrite[] {
  return [...state.unsettled.keys()].flatMap((index) => revisit(state, index, slot, disk));
}

/** The acknowledged writes at `index` that are not settled. */
export function unsettledAt(state: Acknowledged, index: LogIndex): readonly AcknowledgedWrite[] {
  return state.unsettled.get(index) ?? [];
}
