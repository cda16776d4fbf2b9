/**
 * A replica's search: exact, or with an approximate index where the configuration says so. The index itself is derived
 * (`vector/graphs.ts`); what it is a function of, the journal, lives in the store of a replica that has it on.
 */
import { indexOf } from "../protocol/config.ts";
import type { Embedding } from "../protocol/item.ts";
import { approximateOf } from "../vector/approximate.ts";
import type { Found } from "../vector/best.ts";
import { newJournal, rewrite } from "../vector/journal.ts";
import { nearestOf } from "../vector/nearest.ts";
import type { ReplicaState } from "./state.ts";
import type { Store } from "./store.ts";

/** Begins a journal where the index was switched on, and drops it where it was switched off. */
export function adoptIndex({ config, id, rng, store }: Pick<ReplicaState, "config" | "id" | "rng" | "store">): void {
  const isOn = indexOf(config, id) !== undefined;
  if (isOn && store.journal === undefined) store.journal = newJournal(store.items.values(), rng);
  else if (!isOn && store.journal !== undefined) store.journal = undefined;
}

/** `store` takes the place of one that had this journal: it begins one of its own, and the stream goes on. */
export function inheritJournal(store: Store, { journal }: Store): void {
  if (journal === undefined) return;
  rewrite(journal, store.items);
  store.journal = journal;
}

/** The `k` items of the store nearest to `query`, without any index. */
export function searchExactly({ store }: ReplicaState, query: Embedding, k: number): Found[] {
  return nearestOf(store, () => store.items.values(), query, k);
}

/** What a search answers here: the `k` nearest, or what the index takes for them. */
export function searchStore(state: ReplicaState, query: Embedding, k: number): Found[] {
  const { store, config, id } = state;
  const index = indexOf(config, id);
  if (index === undefined || store.journal === undefined) return searchExactly(state, query, k);
  return (
    approximateOf({ journal: store.journal, index, items: store.items }, query, k) ?? searchExactly(state, query, k)
  );
}
