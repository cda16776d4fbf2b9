// Graphs are found by what their journals hold, wherever a copy comes from, and go with the data that they are of.
import { describe, expect, it } from "vitest";
import { rngStream } from "../../../src/base/rng.ts";
import type { Item } from "../../../src/model/protocol/item.ts";
import { advanceGraph, keepGraphsOf, missingFrom } from "../../../src/model/vector/graphs.ts";
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
});
