/**
 * The store of a replica is what its snapshot and the applied part of its log make of it, also after entries were
 * undone. This one rebuilds the store each time: it is for tests.
 */
import { nameOf } from "../../base/ids.ts";
import type { Item } from "../protocol/item.ts";
import type { LogView, Observation } from "./observation.ts";
import type { Checker, Violation } from "./verdict.ts";

/** The items that `log` makes when it is applied up to `lastApplied`. */
export function rebuild(log: LogView, lastApplied: number): ReadonlyMap<string, Item> {
  const items = new Map<string, Item>();
  for (const item of log.snapshot.items) items.set(item.id, item);
  for (const { operation, term, index } of log.entries) {
    if (index > lastApplied) break;
    if (operation.kind === "delete") items.delete(operation.id);
    if (operation.kind !== "put") continue;
    const { id, embedding, payload } = operation;
    items.set(id, { id, embedding, payload, version: { term, logIndex: index } });
  }
  return items;
}

function sameItem(a: Item, b: Item | undefined): boolean {
  return (
    b !== undefined &&
    a.version.term === b.version.term &&
    a.version.logIndex === b.version.logIndex &&
    a.payload === b.payload &&
    a.embedding.digestLow === b.embedding.digestLow &&
    a.embedding.digestHigh === b.embedding.digestHigh
  );
}

export class StoreEqualsLog implements Checker {
  readonly name = "StoreEqualsLog";
  readonly sentence = "The store is what the log says, also after entries were undone.";

  observe(shown: Observation): Violation | undefined {
    const { log, lastApplied, items, replicaId, at, currentTerm } = shown;
    const expected = rebuild(log, lastApplied);
    const wrong = [...expected.values()].find((item) => !sameItem(item, items.get(item.id)));
    const extra = expected.size === items.size ? undefined : [...items.keys()].find((id) => !expected.has(id));
    const id = wrong?.id ?? extra;
    if (id === undefined) return undefined;
    return {
      verdict: this.name,
      at,
      replicas: [replicaId],
      term: currentTerm,
      index: lastApplied,
      what: `${nameOf(replicaId)} holds “${id}” otherwise than its log says after entry ${lastApplied}.`,
    };
  }
}
