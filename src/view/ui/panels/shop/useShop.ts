/** What the shop window shows: the product, and every replica's neighbours of it, kept fresh while the tab is open. */
import { useEffect, useState } from "react";
import { isLoaded } from "../../../../model/protocol/dataset.ts";
import type { SearchComparison } from "../../../../model/protocol/frame.ts";
import type { Item } from "../../../../model/protocol/item.ts";
import type { ViewState } from "../../../store/viewStore.ts";
import { useServices, useView } from "../../appContext.ts";
import { wordsOf } from "../../attempt.ts";
import { ownItems } from "../write/ownItems.ts";

/** Wall milliseconds between two looks whether the answer may have changed. */
const INTERVAL = 500;
/** Products among which one can choose; the rest is found by searching. */
const MOST_LISTED = 2_000;

/** What is known of the window. */
export interface Shop {
  /** The products of the truth, by name. */
  readonly items: readonly Item[];
  /** The product of the page; undefined while nothing is stored. */
  readonly product: Item | undefined;
  readonly comparison: SearchComparison | undefined;
  /** Why there is nothing: the question failed. */
  readonly problem: string | undefined;
}

const NOTHING: Shop = { items: [], product: undefined, comparison: undefined, problem: undefined };

/** The shop as it is now. */
export function useShop(): Shop {
  const { session, store } = useServices();
  const runId = useView((state) => state.runId);
  const wanted = useView((state) => state.shopItem);
  const isSeen = useView((state) => state.failure === undefined);
  const [shop, setShop] = useState(NOTHING);
  const itemsOf = ({ config, receipts }: ViewState, id: string | undefined): Promise<readonly Item[]> => {
    const dataset = config?.workload.dataset ?? "products";
    // Of loaded vectors there may be too many to be sent twice a second: the page knows the row itself.
    return isLoaded(dataset) ? Promise.resolve(ownItems(dataset, id, receipts)) : session.items();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run is another shop
  useEffect(() => {
    if (!isSeen) return undefined;
    let isOver = false;
    let isAsking = false;
    let askedAt = "";
    let known: Item | undefined;
    const ask = async () => {
      const { runHash, virtualNow, config } = store.getState();
      const place = `${virtualNow} ${runHash}`;
      if (isAsking || place === askedAt || config === undefined) return;
      isAsking = true;
      try {
        const items = await itemsOf(store.getState(), wanted ?? known?.id);
        known = items.find(({ id }) => id === (wanted ?? known?.id)) ?? known ?? items[0];
        // One more: the nearest to a product is the product itself.
        const comparison =
          known === undefined ? undefined : await session.search(known.embedding.values, config.workload.k + 1);
        askedAt = place;
        const named = items.slice(0, MOST_LISTED).sort((a, b) => a.payload.name.localeCompare(b.payload.name));
        if (!isOver) setShop({ items: named, product: known, comparison, problem: undefined });
      } catch (error) {
        if (!isOver) setShop({ ...NOTHING, problem: `The shop could not be asked: ${wordsOf(error)}` });
      } finally {
        isAsking = false;
      }
    };
    void ask();
    const timer = setInterval(() => void ask(), INTERVAL);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [session, store, wanted, isSeen, runId]);
  return shop;
}
