/**
 * The applied state of a replica: items by id, an order-free digest over them, and for every applied entry since the
 * snapshot what it replaced, so that applying and undoing are O(1) and the store always equals a rebuild from the log.
 */

import { present } from "../../base/assert.ts";
import { addHash, feedHash, feedText, feedUint32, type HashState, newHash, subtractHash } from "../../base/hash.ts";
import type { Item, ItemPayload } from "../protocol/item.ts";
import type { Entry, Snapshot } from "../protocol/log.ts";
import { type Journal, keepJournal } from "../vector/journal.ts";
import { noteChange } from "../vector/nearest.ts";
import { versionOf } from "./log.ts";

/** What an applied entry replaced. `id` is undefined for a no-op. */
interface UndoRecord {
  readonly id: string | undefined;
  readonly previous: Item | undefined;
}

/** Plain data; owned by the replica's step. */
export interface Store {
  readonly items: Map<string, Item>;
  /** Sum of the digests of all items. */
  readonly digest: HashState;
  /** One record per applied entry, the last is the newest. */
  readonly undo: UndoRecord[];
  /** Only where this replica searches with an approximate index. */
  journal?: Journal | undefined;
}

const payloadDigests = new WeakMap<ItemPayload, HashState>();

/** Payloads are immutable and shared, so that their texts are hashed once per thread. */
function payloadDigest(payload: ItemPayload): HashState {
  const known = payloadDigests.get(payload);
  if (known !== undefined) return known;
  const hash = newHash();
  feedText(hash, payload.kind);
  feedText(hash, payload.name);
  switch (payload.kind) {
    case "product":
      feedText(hash, payload.description);
      feedText(hash, payload.category);
      feedUint32(hash, payload.priceCents);
      break;
    case "colour":
      feedText(hash, payload.hex);
      break;
    case "row":
      feedText(hash, payload.text);
      break;
  }
  payloadDigests.set(payload, hash);
  return hash;
}

/** The digest of one item: id, version, payload and the embedding's bits. */
export function itemDigest(item: Item): HashState {
  const hash = newHash();
  feedText(hash, item.id);
  feedUint32(hash, item.version.term);
  feedUint32(hash, item.version.logIndex);
  feedHash(hash, payloadDigest(item.payload));
  feedUint32(hash, item.embedding.digestLow);
  feedUint32(hash, item.embedding.digestHigh);
  return hash;
}

/** The store as a snapshot describes it. */
export function storeOf(snapshot: Snapshot): Store {
  const items = new Map<string, Item>();
  const digest: HashState = { low: 0, high: 0 };
  for (const item of snapshot.items) {
    items.set(item.id, item);
    addHash(digest, itemDigest(item));
  }
  return { items, digest, undo: [] };
}

/** Puts `next` (or nothing) in the place of what the store holds under `id`; returns what was there. */
function replace(store: Store, id: string, next: Item | undefined): Item | undefined {
  const previous = store.items.get(id);
  if (previous !== undefined) subtractHash(store.digest, itemDigest(previous));
  if (next === undefined) {
    store.items.delete(id);
  } else {
    store.items.set(id, next);
    addHash(store.digest, itemDigest(next));
  }
  noteChange(store, id, next);
  if (store.journal !== undefined) keepJournal(store.journal, next, store.items);
  return previous;
}

/** Items that are remembered with their entries: the replicas of one thread share them. */
const RECENT = 256;
const recent: ({ readonly entry: Entry; readonly item: Item } | undefined)[] = new Array(RECENT).fill(undefined);

/** What `entry` leaves under its id; undefined after a delete. */
export function itemOf(entry: Entry): Item | undefined {
  const { operation, index } = entry;
  if (operation.kind !== "put") return undefined;
  const known = recent[index % RECENT];
  if (known?.entry === entry) return known.item;
  const { id, embedding, payload } = operation;
  const item = { id, embedding, payload, version: versionOf(entry) };
  recent[index % RECENT] = { entry, item };
  return item;
}

/** Applies the next entry. */
export function applyEntry(store: Store, entry: Entry): void {
  if (entry.operation.kind === "noop") {
    store.undo.push({ id: undefined, previous: undefined });
    return;
  }
  const { id } = entry.operation;
  store.undo.push({ id, previous: replace(store, id, itemOf(entry)) });
}

/** Undoes the newest applied entry. */
export function undoEntry(store: Store): void {
  const record = present(store.undo.pop(), "an applied entry to undo");
  if (record.id !== undefined) replace(store, record.id, record.previous);
}

/** The items as they were `newest` applied entries ago, in order of id. The store stays as it is. */
export function itemsBefore(store: Store, newest: number): Item[] {
  const items = new Map(store.items);
  for (let at = store.undo.length - 1; at >= store.undo.length - newest; at -= 1) {
    const record = store.undo[at];
    if (record?.id === undefined) continue;
    if (record.previous === undefined) items.delete(record.id);
    else items.set(record.id, record.previous);
  }
  return [...items.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
