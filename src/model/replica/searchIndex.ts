/**
 * A replica's search: exact, or with an approximate index where the configuration says so. The index itself is derived
 * (`vector/graphs.ts`); what it is a function of, the journal, lives in the store of a replica that has it on.
 */
import type { RngState } from "../../base/rng.ts";
import { indexOf, type SearchIndexConfig } from "../protocol/config.ts";
import type { Embedding } from "../protocol/item.ts";
import type { IndexProgress, IndexStanding, SearchPath } from "../protocol/searchIndex.ts";
import { approximateOf, type Indexed, pathOf, standingOf } from "../vector/approximate.ts";
import type { Found } from "../vector/best.ts";
import { advanceGraph, missingFrom } from "../vector/graphs.ts";
import { type Journal, newJournal, rewrite } from "../vector/journal.ts";
import { nearestOf } from "../vector/nearest.ts";
import type { ReplicaState } from "./state.ts";
import type { Store } from "./store.ts";

type Searcher = Pick<ReplicaState, "config" | "id" | "rng" | "store">;

/** A journal as it would begin, so that the graph can be built before it does. Derived: no part of a state. */
interface Plan {
  readonly from: RngState;
  readonly journal: Journal;
}

const plans = new WeakMap<Store, Plan>();

/** The journal that `store` would begin now; the very same insertions as long as nothing has changed. */
function plannedJournal({ store, rng }: Searcher): Journal {
  const known = plans.get(store);
  if (known !== undefined && isCurrent(known, store, rng)) return known.journal;
  const plan = { from: { ...rng }, journal: newJournal(store.items.values(), rng) };
  plans.set(store, plan);
  return plan.journal;
}

function isCurrent({ from, journal: { insertions } }: Plan, { items }: Store, { a, b, c }: RngState): boolean {
  if (from.a !== a || from.b !== b || from.c !== c || insertions.length !== items.size) return false;
  return insertions.every(({ item }) => items.get(item.id) === item);
}

/** Begins a journal where the index was switched on, and drops it where it was switched off. */
export function adoptIndex(searcher: Searcher): void {
  const { config, id, store } = searcher;
  const isOn = indexOf(config, id) !== undefined;
  if (isOn && store.journal === undefined) {
    const { insertions, rng } = plannedJournal(searcher);
    plans.delete(store);
    store.journal = { insertions: insertions.slice(), rng: { ...rng } };
  } else if (!isOn && store.journal !== undefined) store.journal = undefined;
}

/** `store` takes the place of one that had this journal: it begins one of its own, and the stream goes on. */
export function inheritJournal(store: Store, { journal }: Store): void {
  if (journal === undefined) return;
  rewrite(journal, store.items);
  store.journal = journal;
}

function indexedOf({ config, id, store: { journal, items } }: Searcher): Indexed | undefined {
  const index = indexOf(config, id);
  return index === undefined || journal === undefined ? undefined : { journal, index, items, owner: id };
}

/** The `k` items of the store nearest to `query`, without any index. */
export function searchExactly({ store }: Searcher, query: Embedding, k: number): Found[] {
  return nearestOf(store, () => store.items.values(), query, k);
}

/** What a search answers here: the `k` nearest, or what the index takes for them. */
export function searchStore(searcher: Searcher, query: Embedding, k: number): Found[] {
  const indexed = indexedOf(searcher);
  return (indexed && approximateOf(indexed, query, k)) ?? searchExactly(searcher, query, k);
}

/** The way that a search takes through the index; undefined where it is exact. */
export function searchPath(searcher: Searcher, query: Embedding, k: number): SearchPath | undefined {
  const indexed = indexedOf(searcher);
  const path = indexed && pathOf(indexed, query, k);
  return path === undefined ? undefined : { replicaId: searcher.id, ...path };
}

/** What the index is made of; undefined where there is none. */
export function indexStanding(searcher: Searcher): IndexStanding | undefined {
  const indexed = indexedOf(searcher);
  return indexed && standingOf(indexed);
}

const NOTHING_TO_DO: IndexProgress = { done: 0, total: 0 };

/** How far this thread's graph is behind the state. */
export function indexProgress(searcher: Searcher): IndexProgress {
  const indexed = indexedOf(searcher);
  if (indexed === undefined) return NOTHING_TO_DO;
  const total = indexed.journal.insertions.length;
  return { done: total - missingFrom(indexed.journal, indexed.index), total };
}

/**
 * Makes up to `limit` insertions of what is missing; with `ahead` of the index that is about to be set. Nothing of the
 * state changes.
 */
export function advanceIndex(searcher: Searcher, limit: number, ahead?: SearchIndexConfig): IndexProgress {
  const { config, id, store } = searcher;
  const index = ahead === undefined ? indexOf(config, id) : indexOf({ ...config, searchIndex: ahead }, id);
  if (index === undefined) return NOTHING_TO_DO;
  const journal = store.journal ?? plannedJournal(searcher);
  advanceGraph(journal, index, limit, id);
  const total = journal.insertions.length;
  return { done: total - missingFrom(journal, index), total };
}
