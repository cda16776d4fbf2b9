// Lists that are kept are what a search finds, whatever is put, replaced and deleted; equal scores included.
import { describe, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { logIndex, term } from "../../../src/base/ids.ts";
import { nextBelow, nextFraction, type RngState, rngStream, Stream } from "../../../src/base/rng.ts";
import { ChangeLog } from "../../../src/model/cluster/changeLog.ts";
import { FixedQueries, TopLists } from "../../../src/model/cluster/topLists.ts";
import type { Embedding, Item } from "../../../src/model/protocol/item.ts";
import { embeddingOf, unitVector } from "../../../src/model/vector/embedding.ts";
import { nearestOf } from "../../../src/model/vector/nearest.ts";

const DIMENSION = 5;
const K = 6;

function randomEmbedding(rng: RngState): Embedding {
  return embeddingOf(unitVector(Float32Array.from({ length: DIMENSION }, () => nextFraction(rng) - 0.5)));
}

/** What changes at random, and who follows it. */
class Shop {
  readonly items = new Map<string, Item>();
  readonly log = new ChangeLog();
  readonly rng: RngState;
  readonly embeddings: readonly Embedding[];
  #count = 0;

  constructor(seed: number) {
    this.rng = rngStream(seed, Stream.faults);
    // Fewer embeddings than items: scores are equal again and again.
    this.embeddings = Array.from({ length: 90 }, () => randomEmbedding(this.rng));
  }

  put(id: string): void {
    this.#count += 1;
    const embedding = present(this.embeddings[nextBelow(this.rng, this.embeddings.length)], "an embedding");
    const version = { term: term(1), logIndex: logIndex(this.#count) };
    this.#set(id, { id, embedding, payload: { kind: "colour", name: id, hex: "#808080" }, version });
  }

  delete(id: string): void {
    this.#set(id, undefined);
  }

  #set(id: string, item: Item | undefined): void {
    this.log.note(id, this.items.get(id), item);
    if (item === undefined) this.items.delete(id);
    else this.items.set(id, item);
  }
}

function expectLists(lists: TopLists, queries: readonly Embedding[], items: ReadonlyMap<string, Item>): void {
  for (const [query, embedding] of queries.entries()) {
    const found = nearestOf({}, () => items.values(), embedding, K).map(({ item }) => item);
    expect(lists.nearest(query).slice(0, K)).toEqual(found);
  }
}

describe("lists that are kept", () => {
  it.each([1, 2, 3, 4, 5])("are what a search finds after every change, seed %i", (seed) => {
    const shop = new Shop(seed);
    const queries = Array.from({ length: 7 }, () => randomEmbedding(shop.rng));
    for (let at = 0; at < 150; at += 1) shop.put(`i-${at}`);
    const lists = new TopLists(new FixedQueries(queries), K, shop.items.values());
    let known = shop.log.count;
    for (let round = 0; round < 300; round += 1) {
      // Long spells of deletes eat what the lists have to spare, and in the end everything.
      const deletes = round % 100 > 40 ? 80 : 20;
      for (let change = nextBelow(shop.rng, 6); change >= 0; change -= 1) {
        const id = `i-${nextBelow(shop.rng, 180)}`;
        if (nextBelow(shop.rng, 100) < deletes) shop.delete(id);
        else shop.put(id);
      }
      lists.follow(present(shop.log.since(known), "changes"), () => shop.items.values());
      known = shop.log.count;
      expectLists(lists, queries, shop.items);
    }
    for (const id of [...shop.items.keys()]) shop.delete(id);
    lists.follow(present(shop.log.since(known), "changes"), () => shop.items.values());
    expectLists(lists, queries, shop.items);
  });

  it("say which queries may find others than before", () => {
    const shop = new Shop(9);
    const queries = Array.from({ length: 7 }, () => randomEmbedding(shop.rng));
    for (let at = 0; at < 150; at += 1) shop.put(`i-${at}`);
    const lists = new TopLists(new FixedQueries(queries), K, shop.items.values());
    const before = queries.map((_, query) => lists.nearest(query).slice(0, K));
    lists.untouch();
    const known = shop.log.count;
    shop.put("i-170");
    shop.delete(present(before[2]?.[0], "the nearest").id);
    lists.follow(present(shop.log.since(known), "changes"), () => shop.items.values());
    expect(lists.touched[2]).toBe(1);
    expect([...lists.touched]).toContain(0);
    for (const [query, was] of before.entries()) {
      if (lists.touched[query] === 0) expect(lists.nearest(query).slice(0, K)).toEqual(was);
    }
  });
});

describe("a log of changes", () => {
  it("tells whoever keeps up, and says so to whoever does not", () => {
    const shop = new Shop(3);
    shop.put("a");
    expect(shop.log.since(0)?.map(({ id }) => id)).toEqual(["a"]);
    for (let at = 0; at < 5_000; at += 1) shop.put(`i-${at}`);
    expect(shop.log.count).toBe(5_001);
    expect(shop.log.since(0)).toBeUndefined();
    expect(shop.log.since(5_000)?.map(({ id }) => id)).toEqual(["i-4999"]);
    shop.delete("nothing there");
    expect(shop.log.count).toBe(5_001);
  });
});
