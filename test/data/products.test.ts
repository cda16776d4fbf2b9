import { describe, expect, it } from "vitest";
import { assert, present } from "../../src/base/assert.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { type ProductPayload, productDraft } from "../../src/data/products.ts";
import { embedProduct, embedQuery } from "../../src/data/query.ts";
import type { Draft } from "../../src/model/protocol/dataset.ts";
import { cosine } from "../support/cosine.ts";
import { lengthOf, rankedIds } from "./ranking.ts";

const { items, dimension, initialCount } = datasetByName("products");
const originals = items.map(({ id, drafts }) => ({ id, draft: present(drafts[0], `the first draft of ${id}`) }));

function payloadOf(draft: Draft): ProductPayload {
  assert(draft.payload.kind === "product", "products hold products");
  return draft.payload;
}

/** Names of the `k` products nearest to a query, each with its category. */
function found(query: string, k: number): string[] {
  const embedded = embedQuery("products", query);
  assert(embedded.ok, query);
  const order = rankedIds(
    originals.map(({ id, draft }) => ({ id, vector: draft.embedding })),
    embedded.vector,
  );
  const byId = new Map(originals.map(({ id, draft }) => [id, payloadOf(draft)]));
  return order.slice(0, k).map((id) => {
    const { name, category } = present(byId.get(id), id);
    return `${name} / ${category}`;
  });
}

describe("products: the catalogue", () => {
  it("has 320 products in 16 categories of 20, and 240 at the start", () => {
    expect(items).toHaveLength(320);
    expect(initialCount).toBe(240);
    const perCategory = new Map<string, number>();
    for (const { draft } of originals) {
      const { category } = payloadOf(draft);
      perCategory.set(category, (perCategory.get(category) ?? 0) + 1);
    }
    expect([...perCategory.values()]).toEqual(Array.from({ length: 16 }, () => 20));
  });

  it("has no id, name or description twice", () => {
    const all = originals.map(({ draft }) => payloadOf(draft));
    expect(new Set(items.map(({ id }) => id)).size).toBe(320);
    expect(new Set(all.map(({ name }) => name.toLowerCase())).size).toBe(320);
    expect(new Set(all.map(({ description }) => description)).size).toBe(320);
  });

  it("fits a narrow column, and has prices a shop would ask", () => {
    for (const { drafts } of items) {
      for (const draft of drafts) {
        const { name, description, priceCents } = payloadOf(draft);
        expect(name.length, name).toBeLessThanOrEqual(32);
        expect(description.length, description).toBeLessThanOrEqual(90);
        expect(Number.isSafeInteger(priceCents) && priceCents >= 90 && priceCents < 500_000, name).toBe(true);
      }
    }
  });

  it("begins with every category, at least thirteen of each", () => {
    const perCategory = new Map<string, number>();
    for (const { draft } of originals.slice(0, initialCount)) {
      const { category } = payloadOf(draft);
      perCategory.set(category, (perCategory.get(category) ?? 0) + 1);
    }
    expect(perCategory.size).toBe(16);
    for (const [category, count] of perCategory) expect(count, category).toBeGreaterThanOrEqual(13);
  });
});

describe("products: drafts", () => {
  it("offers each product as it is, cheaper, and as a new edition", () => {
    for (const { id, drafts } of items) {
      const [original, reduced, renewed] = drafts.map(payloadOf);
      assert(original !== undefined && reduced !== undefined && renewed !== undefined, id);
      expect(drafts).toHaveLength(3);
      expect(reduced.priceCents, id).toBeLessThan(original.priceCents);
      expect(reduced.description).toContain("Now reduced by");
      expect(renewed.description).toContain("New: ");
      expect(new Set([original.name, reduced.name, renewed.name]).size).toBe(1);
    }
  });

  it("moves an embedding a little with every draft", () => {
    for (const { id, drafts } of items) {
      const [original, ...others] = drafts;
      for (const other of others) {
        const moved = cosine(present(original, id).embedding, other.embedding);
        expect(moved, id).toBeGreaterThan(0.8);
        expect(moved, id).toBeLessThan(0.995);
      }
    }
  });

  it("embeds every draft with unit length", () => {
    for (const { drafts } of items) {
      for (const { embedding } of drafts) {
        expect(embedding).toHaveLength(dimension);
        expect(Math.abs(lengthOf(embedding) - 1)).toBeLessThan(1e-6);
      }
    }
  });

  it("makes a draft of a person's own product, and says when there is nothing to embed", () => {
    const payload: ProductPayload = {
      kind: "product",
      name: "Glass teapot",
      description: "Hand blown",
      category: "Kitchen",
      priceCents: 4_900,
    };
    expect(embedProduct("Glass teapot", "Hand blown", "Kitchen")).toEqual({
      ok: true,
      vector: productDraft(payload).embedding,
    });
    expect(embedProduct("?", "", "!").ok).toBe(false);
  });
});

describe("products: what a person would search for", () => {
  it.each([
    ["waterproof trail running shoe", /^Larch waterproof trail shoe/],
    ["head torch", /head torch/],
    ["headlamp", /headlamp/],
    ["coffee grinder", /coffee grinder/],
    ["espresso machine", /^Espresso machine/],
    ["two person tent", /^Robin two-person tent/],
    ["down sleeping bag", /down bag|sleeping bag/],
    ["inflatable sleeping mat", /^Inflatable sleeping mat/],
    ["noise cancelling headphones", /^Noise cancelling earbuds|^Quiet Room wireless headphones/],
    ["climbing rope", /climbing rope/],
    ["bike helmet", /bike helmet/],
    ["mountain bike", /^Root mountain bike/],
    ["kitchen knife", /knife/],
    ["frying pan", /frying pan/],
    ["camping stove", /stove/],
    ["hiking boots for wide feet", /^Wide Valley hiking boot/],
    ["laptop backpack", /^Office laptop backpack/],
    ["wool socks", /socks/],
    ["merino base layer", /^Merino long-sleeve base layer/],
    ["winter gloves", /gloves/],
    ["kids rain jacket", /^Puddle kids rain jacket/],
    ["rechargeable lantern", /lantern/],
    ["garden hose", /^Garden hose/],
    ["pruning shears", /pruning shears/],
    ["tomato seeds", /^Tomato seeds/],
    ["camping cookbook", /^One-pot camping cookbook/],
    ["a map of the Alps", /Alps|map/],
    ["book about birds", /^Birds/],
    ["water bottle", /water bottle/],
    ["tea kettle", /kettle/],
    ["solar charger for my phone", /^Solar power bank/],
    ["crampons", /crampons/],
  ])("answers %j first with what was meant", (query, meant) => {
    expect(found(query, 1)[0]).toMatch(meant);
  });

  it.each([
    ["warm jacket for rain", /jacket|parka|coat/i, 5],
    ["trail running shoe", /Running shoes$/, 5],
    ["tent", /Tents$/, 5],
    ["wireless headphones", /(headphones|earbuds|headset) \/ Headphones and audio$/i, 3],
    ["climbing harness", /climb/i, 5],
    ["hiking boots", /Hiking boots$/, 5],
    ["coffee", /Coffee/, 5],
    ["garden", /Garden$|garden/i, 5],
  ])("answers %j with nothing but %s", (query, meant, k) => {
    for (const answer of found(query, k)) expect(answer).toMatch(meant);
  });
});
