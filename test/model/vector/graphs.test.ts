// Graphs are found by what their journals hold, wherever a copy comes from, and go with the data that they are of.
import { describe, expect, it } from "vitest";
import { rngStream } from "../../../src/base/rng.ts";
import type { Item } from "../../../src/model/protocol/item.ts";
import { advanceGraph, graphsKept, keepGraphsOf, missingFrom } from "../../../src/model/vector/graphs.ts";
import { type Journal, newJournal } from "../../../src/model/vector/journal.ts";
import { clusteredItems } from "../../support/clusters.ts";

const SHAPE = { m: 4, efConstruction: 16 };
const whole = Number.POSITIVE_INFINITY;

function held(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [item.id, item]));
}

function built(items: readonly Item[], seed: number): Journal {
  const journal = newJournal(items, rngStream(seed, 1));
  advanceGraph(journal, SHAPE, whole);
  return journal;
}

describe("the graphs of a thread", () => {
  const items = clusteredItems(31, 8, 40);
  const others = clusteredItems(32, 8, 40);

  it("serve every copy of a journal, and one that is made alike again", () => {
    const journal = built(items, 1);
    expect(missingFrom(structuredClone(journal), SHAPE)).toBe(0);
    expect(missingFrom(newJournal(items, rngStream(1, 1)), SHAPE)).toBe(0);
    expect(missingFrom(newJournal(items, rngStream(2, 1)), SHAPE)).toBe(40);
    expect(missingFrom(journal, { ...SHAPE, m: 8 })).toBe(40);
  });

  it("stay with their data, index or none, and go when the data does", () => {
    const journal = built(items, 1);
    const other = built(others, 1);
    keepGraphsOf([{ items: held(items) }, { items: held(others), journal: other }]);
    expect([missingFrom(journal, SHAPE), missingFrom(other, SHAPE)]).toEqual([0, 0]);
    keepGraphsOf([{ items: held(others) }]);
    expect([missingFrom(journal, SHAPE), missingFrom(other, SHAPE)]).toEqual([40, 0]);
    // The first item has changed since: the journal still tells.
    keepGraphsOf([{ items: held(others.slice(1)), journal: other }]);
    expect(missingFrom(other, SHAPE)).toBe(0);
    keepGraphsOf([{ items: held(others.slice(1)) }]);
    expect(missingFrom(other, SHAPE)).toBe(40);
  });

  /** As after so many rewritings: each begins with another level. */
  function rewritten(owner: number, count: number, data = items): readonly Journal[] {
    return Array.from({ length: count }, (_, at) => {
      const journal = newJournal(data, rngStream(100 * owner + at, 1));
      advanceGraph(journal, SHAPE, whole, owner);
      return journal;
    });
  }

  const isKept = (journal: Journal) => missingFrom(journal, SHAPE) === 0;

  it("do not pile up while journals are written anew: a few per replica stay, the newest", () => {
    keepGraphsOf([]);
    const first = rewritten(1, 30);
    const { count, bytes } = graphsKept();
    expect(count).toBe(4);
    expect(first.map(isKept)).toEqual([...Array(26).fill(false), true, true, true, true]);
    rewritten(1, 60);
    expect(graphsKept().count).toBe(count);
    expect(graphsKept().bytes).toBeLessThan(1.5 * bytes);
    // Another's are its own.
    const second = rewritten(2, 1);
    rewritten(1, 30);
    expect(second.map(isKept)).toEqual([true]);
    expect(graphsKept().count).toBe(5);
  });

  it("never drive each other out, however much there is", { timeout: 60_000 }, () => {
    keepGraphsOf([]);
    const data = clusteredItems(33, 2_000, 60);
    const journals = Array.from({ length: 20 }, (_, owner) => rewritten(owner + 1, 2, data));
    expect(graphsKept().bytes).toBeGreaterThan(16 * 1_024 * 1_024);
    expect(journals.flat().every(isKept)).toBe(true);
    const third = rewritten(1, 3, data);
    expect(third.map(isKept)).toEqual([false, true, true]);
    keepGraphsOf([]);
    expect(graphsKept()).toEqual({ count: 0, bytes: 0 });
  });
});
