import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Embedding, Item } from "../../../src/model/protocol/item.ts";
import type { Entry } from "../../../src/model/protocol/log.ts";
import { applyEntry, type Store, storeOf, undoEntry } from "../../../src/model/replica/store.ts";
import type { Found } from "../../../src/model/vector/best.ts";
import { LANES, scalarKernel } from "../../../src/model/vector/kernel.ts";
import { ItemMatrix } from "../../../src/model/vector/matrix.ts";
import { forgetMatrix, nearestOf } from "../../../src/model/vector/nearest.ts";
import { cosine } from "../../support/cosine.ts";
import { anEntry, anItem, aSnapshot, put } from "../../support/replica.ts";
import { embeddings, itemWith } from "../../support/vectors.ts";

/** The score as the rule says it, one rounding at a time, in no hurry. */
function slowScore(a: Float32Array, b: Float32Array): number {
  const sums = new Float32Array(LANES);
  for (const [at, value] of a.entries()) {
    const lane = at % LANES;
    sums[lane] = (sums[lane] ?? 0) + Math.fround(value * (b[at] ?? 0));
  }
  // Lane by lane the four sums of four, then the four that are left.
  const four = [0, 1, 2, 3].map((lane) => {
    const [first = 0, second = 0, third = 0, fourth = 0] = [0, 4, 8, 12].map((from) => sums[from + lane]);
    return Math.fround(Math.fround(first + second) + Math.fround(third + fourth));
  });
  const [first = 0, second = 0, third = 0, fourth = 0] = four;
  return Math.fround(Math.fround(first + second) + Math.fround(third + fourth));
}

function bruteForce(items: readonly Item[], query: Embedding, k: number): readonly Found[] {
  return items
    .map((item) => ({ item, score: slowScore(query.values, item.embedding.values) }))
    .sort((a, b) => b.score - a.score || (a.item.id < b.item.id ? -1 : 1))
    .slice(0, k);
}

function found(items: Iterable<Item>, query: Embedding, k: number): readonly Found[] {
  return new ItemMatrix(scalarKernel(), items).nearest(query, k);
}

describe("a score", () => {
  it("is what the rule says, to the bit, and close to the cosine, in every dimension", () => {
    for (const dimension of [...Array(70).keys()].map((at) => at + 1).concat(256, 384, 1_000, 1_024)) {
      const [query, ...rest] = embeddings(dimension, dimension, 20);
      if (query === undefined) throw new Error("twenty embeddings were asked for");
      const items = rest.map((embedding, at) => itemWith(`i${at}`, embedding));
      for (const { item, score } of found(items, query, items.length)) {
        expect(score, `dimension ${dimension}`).toBe(slowScore(query.values, item.embedding.values));
        expect(Math.abs(score - cosine(query.values, item.embedding.values))).toBeLessThan(2 ** -23 * 8);
      }
    }
  });

  it("takes what one side lacks for zeros", () => {
    const query = put("query", 3, 4).embedding;
    const long = Float32Array.from({ length: 40 }, (_, at) => (at < 20 ? 1 : 0));
    const answers = found([anItem("a", 1, 1, 1, 0), anItem("b", 1, 1, ...long)], query, 2);
    expect(answers.map(({ item, score }) => [item.id, score])).toEqual([
      ["a", Math.fround(0.6)],
      ["b", slowScore(query.values, put("b", ...long).embedding.values)],
    ]);
    expect(found([anItem("a", 1, 1, 1, 0)], put("query", ...long).embedding, 1)[0]?.score).toBeCloseTo(20 ** -0.5, 6);
  });
});

describe("the nearest", () => {
  it("equal brute force, ties by id and never by place", () => {
    const angle = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(fc.array(angle, { maxLength: 20 }), angle, fc.integer({ min: 0, max: 25 }), (angles, asked, k) => {
        const at = (steps: number) => [Math.cos(steps), Math.sin(steps)] as const;
        const items = angles.map((steps, number) => anItem(`i${(number * 7) % 20}-${number}`, 1, 1, ...at(steps)));
        const query = anItem("query", 1, 1, ...at(asked)).embedding;
        const brute = bruteForce(items, query, k);
        expect(found(items, query, k)).toEqual(brute);
        expect(found(items.slice().reverse(), query, k)).toEqual(brute);
      }),
    );
  });
});

/** What may happen to a store between two searches. */
type Happening =
  | { readonly kind: "put"; readonly id: number; readonly vector: number }
  | { readonly kind: "delete"; readonly id: number }
  | { readonly kind: "undo" | "forget" | "search" };

const DIMENSION = 19;
const pool = embeddings(5, DIMENSION, 12);
const id = fc.integer({ min: 0, max: 9 });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("put" as const), id, vector: fc.nat(pool.length - 1) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("delete" as const), id }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("undo" as const, "forget" as const, "search" as const) }) },
);

function entryOf(action: Extract<Happening, { id: number }>, index: number): Entry {
  const name = `i${action.id}`;
  if (action.kind === "delete") return anEntry(1, index, { operation: { kind: "delete", id: name } });
  const embedding = pool[action.vector];
  if (embedding === undefined) throw new Error("the pool has a vector of that number");
  return anEntry(1, index, { operation: { ...put(name), embedding } });
}

function happen(store: Store, action: Happening, query: Embedding): void {
  switch (action.kind) {
    case "put":
    case "delete":
      applyEntry(store, entryOf(action, store.undo.length + 1));
      break;
    case "undo":
      if (store.undo.length > 0) undoEntry(store);
      break;
    case "forget":
      forgetMatrix(store);
      break;
    case "search":
      nearestOf(store, () => store.items.values(), query, 3);
      break;
  }
}

describe("what is derived from a store", () => {
  const [query, ...others] = pool;
  if (query === undefined) throw new Error("the pool is not empty");

  it("follows every write, delete and undo; dropping it at any moment changes no answer", () => {
    const startIds = fc.uniqueArray(id, { maxLength: 8 });
    fc.assert(
      fc.property(startIds, fc.array(happening, { maxLength: 60 }), fc.nat(12), (start, actions, k) => {
        const items = start.map((number, at) => itemWith(`i${number}`, others[at] ?? query));
        const store = storeOf(aSnapshot(1, 0, items));
        for (const action of actions) {
          happen(store, action, query);
          const answer = nearestOf(store, () => store.items.values(), query, k);
          expect(answer).toEqual(bruteForce([...store.items.values()], query, k));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("never reaches the store itself, so that no copy and no checkpoint has it", () => {
    const store = storeOf(aSnapshot(1, 0, [itemWith("a", query)]));
    const before = structuredClone(store);
    nearestOf(store, () => store.items.values(), query, 1);
    expect(structuredClone(store)).toEqual(before);
  });

  it("is made anew for an item that its rows are too short for", () => {
    const store = storeOf(aSnapshot(1, 0, [anItem("a", 1, 1, 1, 0)]));
    const wide = put("b", ...Array.from({ length: 30 }, (_, at) => (at === 29 ? 1 : 0)));
    expect(nearestOf(store, () => store.items.values(), wide.embedding, 2)).toHaveLength(1);
    applyEntry(store, anEntry(1, 1, { operation: wide }));
    const answer = nearestOf(store, () => store.items.values(), wide.embedding, 2);
    expect(answer.map(({ item, score }) => [item.id, score])).toEqual([
      ["b", 1],
      ["a", 0],
    ]);
  });
});
