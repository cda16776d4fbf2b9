/**
 * What sentences need to know besides what they tell: who led, and what items are called. Names come with the catalogue,
 * which the page does not open with: only parts that are loaded later import this.
 */
import { useMemo } from "react";
import { itemNames } from "../../data/itemNames.ts";
import { writtenName } from "../store/itemWords.ts";
import type { ViewState } from "../store/viewStore.ts";
import type { WordContext } from "../store/words.ts";
import { useServices, useView } from "./appContext.ts";

/** What `id` is called: as the data set has it, else as a person wrote it. */
function nameOfItem({ config, receipts }: ViewState, id: string): string | undefined {
  const known = config === undefined ? undefined : itemNames(config.workload.dataset).get(id);
  if (known !== undefined) return known;
  return receipts.map(({ operation }) => (operation.id === id ? writtenName(operation) : undefined)).find(Boolean);
}

/** The context of sentences that are told now. */
export function wordContextOf(state: () => ViewState): WordContext {
  return { leaderships: state().lanes.leaderships, itemName: (id) => nameOfItem(state(), id) };
}

/** The same for a component, which renders again when somebody else leads. */
export function useWordContext(): WordContext {
  const { store } = useServices();
  const leaderships = useView((state) => state.lanes.leaderships);
  return useMemo(() => ({ ...wordContextOf(store.getState), leaderships }), [store, leaderships]);
}
