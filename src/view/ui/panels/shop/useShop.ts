/** What the shop window shows: the product, and every replica's neighbours of it, kept fresh while the tab is open. */
import { useEffect, useMemo, useState } from "react";
import { type DatasetName, isLoaded } from "../../../../model/protocol/dataset.ts";
import type { SearchComparison } from "../../../../model/protocol/frame.ts";
import type { Item } from "../../../../model/protocol/item.ts";
import { useServices, useView } from "../../appContext.ts";
import { wordsOf } from "../../attempt.ts";
import { pollWhenMoved } from "../../pollWhenMoved.ts";
import { ownItems } from "../write/ownItems.ts";
import { useItems } from "../write/useItems.ts";

/** Wall milliseconds between two looks whether the answer may have changed. */
const INTERVAL = 500;
/** Products among which one can choose; the rest is found by searching. */
const MOST_LISTED = 2_000;

/** What is known of the window. */
export interface Shop {
  /** The products of the truth, by name, as they were listed last. */
  readonly items: readonly Item[];
  /** Lists them anew. */
  readonly refresh: () => void;
  /** The product of the page; undefined while nothing is stored. */
  readonly product: Item | undefined;
  readonly comparison: SearchComparison | undefined;
  /** Why there is nothing: the question failed. */
  readonly problem: string | undefined;
}

interface Answer {
  readonly vector: Float32Array;
  readonly comparison: SearchComparison | undefined;
  readonly problem: string | undefined;
}

/** Every replica's neighbours of `product`: only these are asked for again and again. */
function useNeighbours(product: Item | undefined): Answer | undefined {
  const services = useServices();
  const runId = useView((state) => state.runId);
  const isSeen = useView((state) => state.failure === undefined);
  const vector = product?.embedding.values;
  const [answer, setAnswer] = useState<Answer>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run is another shop
  useEffect(() => {
    if (!isSeen || vector === undefined) return undefined;
    const { session, store } = services;
    return pollWhenMoved(services, {
      interval: INTERVAL,
      ask: () => {
        const { config } = store.getState();
        // One more: the nearest to a product is the product itself.
        return config === undefined ? undefined : session.search(vector, config.workload.k + 1);
      },
      onAnswer: (comparison) => setAnswer({ vector, comparison, problem: undefined }),
      onProblem: (error) =>
        setAnswer({ vector, comparison: undefined, problem: `The shop could not be asked: ${wordsOf(error)}` }),
    });
  }, [services, vector, isSeen, runId]);
  return answer?.vector === vector ? answer : undefined;
}

/** The list: of loaded vectors there may be too many for one, and the page knows each row itself. */
function useProducts(dataset: DatasetName) {
  const wanted = useView((state) => state.shopItem);
  const receipts = useView((state) => state.receipts);
  const { items: listed, problem, refresh } = useItems(!isLoaded(dataset));
  const [own, setOwn] = useState<readonly Item[]>([]);
  useEffect(() => {
    if (isLoaded(dataset)) setOwn(ownItems(dataset, wanted?.id, receipts));
  }, [dataset, wanted, receipts]);
  const items = isLoaded(dataset) ? own : listed;
  // What was chosen stays the product, though the truth may not have it: it may be deleted, or not yet confirmed.
  const first = useMemo(() => items.toSorted((one, other) => (one.id < other.id ? -1 : 1))[0], [items]);
  const product = wanted === undefined ? first : (items.find(({ id }) => id === wanted.id) ?? wanted);
  return { items: items.slice(0, MOST_LISTED), product, problem, refresh };
}

/** The shop as it is now. */
export function useShop(): Shop {
  const dataset = useView(({ config }) => config?.workload.dataset ?? "products");
  const { items, product, problem, refresh } = useProducts(dataset);
  const answer = useNeighbours(product);
  return { items, product, refresh, comparison: answer?.comparison, problem: problem ?? answer?.problem };
}
