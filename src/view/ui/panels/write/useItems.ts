/** The items that can be chosen to change: what is acknowledged now, asked for when a list opens. */
import { useCallback, useEffect, useState } from "react";
import type { Item } from "../../../../model/protocol/item.ts";
import { useServices, useView } from "../../appContext.ts";
import { wordsOf } from "../../attempt.ts";

/** The items by name, and how to bring them up to date. */
interface ItemList {
  readonly items: readonly Item[];
  /** Why there are none: the question failed. */
  readonly problem: string | undefined;
  readonly refresh: () => void;
}

/** The list of now, asked for anew with every run; empty where items are found and not listed. */
export function useItems(isListed: boolean): ItemList {
  const { session } = useServices();
  const runId = useView((state) => state.runId);
  const [items, setItems] = useState<readonly Item[]>([]);
  const [problem, setProblem] = useState<string>();
  const load = useCallback(async () => {
    try {
      const found = isListed ? await session.items() : [];
      setItems([...found].sort((one, other) => one.payload.name.localeCompare(other.payload.name)));
      setProblem(undefined);
    } catch (error) {
      setItems([]);
      setProblem(`The items could not be listed: ${wordsOf(error)}`);
    }
  }, [session, isListed]);
  const refresh = useCallback(() => void load(), [load]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run holds other items
  useEffect(refresh, [refresh, runId]);
  return { items, problem, refresh };
}
