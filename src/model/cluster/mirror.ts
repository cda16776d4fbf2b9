/**
 * What each replica has applied, as the event loop sees it: rebuilt from its disk (snapshot, then entries up to what it
 * says it has applied) and kept up with from then on. Derived from the run and kept outside of it, in no digest, copy or
 * checkpoint; the replica's own digest checks it.
 */
import { assert, present } from "../../base/assert.ts";
import type { HashState } from "../../base/hash.ts";
import { nameOf } from "../../base/ids.ts";
import type { Item, Version } from "../protocol/item.ts";
import type { Entry, Snapshot } from "../protocol/log.ts";
import { versionOf } from "../replica/log.ts";
import { applyEntry, itemOf, type Store, storeOf, undoEntry } from "../replica/store.ts";
import { ChangeLog } from "./changeLog.ts";
import type { Member } from "./state.ts";

/** Applied entries that can be undone; whoever goes back further is made anew. */
const UNDO_KEPT = 512;

/** The digests of snapshots: they never change, and copies of a run share them. */
const snapshotDigests = new WeakMap<Snapshot, HashState>();

function restored(snapshot: Snapshot): Store {
  const digest = snapshotDigests.get(snapshot);
  if (digest === undefined) {
    const store = storeOf(snapshot);
    snapshotDigests.set(snapshot, { ...store.digest });
    return store;
  }
  return { items: itemsIn(snapshot), digest: { ...digest }, undo: [] };
}

function itemsIn({ items }: Snapshot): Map<string, Item> {
  return new Map(items.map((item) => [item.id, item]));
}

/** The store after `entries` were applied to `snapshot`, none of which can be undone: digests are taken of what is left. */
function settledStore(snapshot: Snapshot, entries: readonly Entry[]): Store {
  const items = itemsIn(snapshot);
  for (const entry of entries) {
    const item = itemOf(entry);
    if (item !== undefined) items.set(item.id, item);
    else if (entry.operation.kind === "delete") items.delete(entry.operation.id);
  }
  return storeOf({ ...snapshot, items: [...items.values()] });
}

/** One life of one replica, up to what it has applied. */
export class Mirror {
  readonly #incarnation: number;
  readonly #store: Store;
  /** The newest applied entries: one for each undo record of the store. */
  readonly #applied: Entry[] = [];
  /** Applied entries behind {@link #snapshot} that came before them. */
  #settled = 0;
  /** By id, the newest last. */
  readonly #deletions = new Map<string, Version[]>();
  #snapshot: Snapshot;
  readonly changes = new ChangeLog();

  constructor({ incarnation, disk: { snapshot, entries }, status }: Member) {
    this.#incarnation = incarnation;
    this.#snapshot = snapshot;
    const settled = entries.slice(0, Math.max(0, status.lastApplied - snapshot.lastIncludedIndex - UNDO_KEPT));
    // One by one is as fast where few have been applied to many items, whose digests are known.
    this.#settled = settled.length > snapshot.items.length ? settled.length : 0;
    this.#store = this.#settled === 0 ? restored(snapshot) : settledStore(snapshot, settled);
    if (this.#settled > 0) for (const entry of settled) this.#noteDeletion(entry);
  }

  /** What the replica holds, by id. */
  get items(): ReadonlyMap<string, Item> {
    return this.#store.items;
  }

  /**
   * The delete of `id` that was applied last in this life, if nothing has been put in its place. A mirror that was made later,
   * as after going to a moment, knows only those that the log still has: what a snapshot has taken in it never saw. So an
   * item that lacks here by such a delete, which nobody confirmed, is missing to the one and deleted to the other.
   */
  deletionOf(id: string): Version | undefined {
    return this.#store.items.has(id) ? undefined : this.#deletions.get(id)?.at(-1);
  }

  /** The ids that {@link deletionOf} may be asked about. */
  deletedIds(): Iterable<string> {
    return this.#deletions.keys();
  }

  /** Goes on to where `member` stands now. False when that does not lead there: then another has to be made. */
  follow(member: Member): boolean {
    if (member.incarnation !== this.#incarnation || !this.#fold(member.disk.snapshot)) return false;
    const { entries, snapshot } = member.disk;
    const target = member.status.lastApplied - snapshot.lastIncludedIndex;
    while (this.#settled + this.#applied.length > target || this.#isReplaced(entries)) {
      if (this.#applied.length === 0) return false;
      this.#undo();
    }
    for (let at = this.#settled + this.#applied.length; at < target; at += 1) {
      const entry = entries[at];
      if (entry === undefined) return false;
      this.#apply(entry);
    }
    this.#settle();
    const { low, high } = this.#store.digest;
    return low === member.status.digest.low && high === member.status.digest.high;
  }

  /** Whether the newest applied entry is no longer where it was: what came before it may be. */
  #isReplaced(entries: readonly Entry[]): boolean {
    const { length } = this.#applied;
    return length > 0 && this.#applied[length - 1] !== entries[this.#settled + length - 1];
  }

  /** Forgets how to undo what is far back. */
  #settle(): void {
    if (this.#applied.length <= 2 * UNDO_KEPT) return;
    this.#forget(this.#applied.length - UNDO_KEPT);
  }

  #forget(count: number): void {
    this.#applied.splice(0, count);
    this.#store.undo.splice(0, count);
    this.#settled += count;
  }

  /** The disk begins with `snapshot`, which may have taken in what is applied. */
  #fold(snapshot: Snapshot): boolean {
    if (snapshot === this.#snapshot) return true;
    const folded = snapshot.lastIncludedIndex - this.#snapshot.lastIncludedIndex;
    if (folded <= 0 || folded > this.#settled + this.#applied.length) return false;
    if (folded > this.#settled) {
      if (this.#applied[folded - this.#settled - 1]?.term !== snapshot.lastIncludedTerm) return false;
      this.#forget(folded - this.#settled);
    }
    this.#settled -= folded;
    this.#snapshot = snapshot;
    return true;
  }

  #apply(entry: Entry): void {
    this.#changing(entry, () => applyEntry(this.#store, entry));
    this.#applied.push(entry);
    this.#noteDeletion(entry);
  }

  #noteDeletion(entry: Entry): void {
    const { operation } = entry;
    if (operation.kind !== "delete") return;
    const before = this.#deletions.get(operation.id);
    if (before === undefined) this.#deletions.set(operation.id, [versionOf(entry)]);
    else before.push(versionOf(entry));
    // What cannot be undone need not be come back to.
    const first = this.#applied[0]?.index ?? Number.POSITIVE_INFINITY;
    while (before !== undefined && before.length > 2 && (before[1]?.logIndex ?? first) < first) before.shift();
  }

  #undo(): void {
    const entry = present(this.#applied.pop(), "an entry to undo");
    this.#changing(entry, () => undoEntry(this.#store));
    if (entry.operation.kind === "delete") this.#deletions.get(entry.operation.id)?.pop();
  }

  /** Does `change` to what stands under the id of `entry`. */
  #changing({ operation }: Entry, change: () => void): void {
    const before = operation.kind === "noop" ? undefined : this.#store.items.get(operation.id);
    change();
    if (operation.kind !== "noop") this.changes.note(operation.id, before, this.#store.items.get(operation.id));
  }
}

const mirrors = new WeakMap<Member, Mirror>();

/**
 * The mirror of `member`, as it stands between two windows; undefined of a dead one, whose memory is gone. Another object
 * than the last time when it had to be made anew.
 */
export function mirrorOf(member: Member): Mirror | undefined {
  const mirror = trueMirrorOf(member);
  const isTrue = mirror !== undefined || !member.alive;
  assert(isTrue, `what ${nameOf(member.id)} says it has applied is not what its disk holds`);
  return mirror;
}

/** The same for those who look on while a run goes on, which is not theirs to stop: undefined, too, where it would throw. */
export function trueMirrorOf(member: Member): Mirror | undefined {
  const known = member.alive ? mirrors.get(member) : undefined;
  if (known?.follow(member)) return known;
  mirrors.delete(member);
  if (!member.alive) return undefined;
  const mirror = new Mirror(member);
  if (!mirror.follow(member)) return undefined;
  mirrors.set(member, mirror);
  return mirror;
}
