/** The items that can be chosen to change: what is acknowledged now, asked for when a list opens. */
import { useCallback, useEffect, useState } from "react";
import type { Item } from "../../../../model/protocol/item.ts";
import { useServices, useView } from "../../appContext.ts";

/** The items by name, and how to bring them up to date. */
export function useItems(): { readonly items: readonly Item[]; readonly refresh: () => void } {
  const { session } = useServices();
  const runId = useView((state) => state.runId);
  const [items, setItems] = useState<readonly Item[]>([]);
  const load = useCallback(async () => {
    const found = await session.items();
    setItems([...found].sort((one, other) => one.payload.name.localeCompare(other.payload.name)));
  }, [session]);
  const refresh = useCallback(() => {
    load().catch(() => setItems([]));
  }, [load]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run holds other items
  useEffect(refresh, [refresh, runId]);
  return { items, refresh };
}
