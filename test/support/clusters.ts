/** Data as it is in life, in clusters: what an approximate index is good at. */
import { present } from "../../src/base/assert.ts";
import { nextBelow, nextFraction, type RngState, rngStream } from "../../src/base/rng.ts";
import type { DatasetContent } from "../../src/model/protocol/dataset.ts";
import type { Embedding, Item } from "../../src/model/protocol/item.ts";
import { embeddingOf, unitVector } from "../../src/model/vector/embedding.ts";
import { itemWith } from "./vectors.ts";

const CLUSTERS = 100;

/** About a bell: the sum of a few. */
function bell(rng: RngState): number {
  return nextFraction(rng) + nextFraction(rng) + nextFraction(rng) + nextFraction(rng) - 2;
}

/** `count` unit embeddings around the same hundred centres of a seed, the first `skip` left out. */
export function clustered(
  seed: number,
  dimension: number,
  count: number,
  skip = 0,
  spread = 0.3,
): readonly Embedding[] {
  const rng = rngStream(seed, 2);
  const centres = Array.from({ length: CLUSTERS }, () => Float32Array.from({ length: dimension }, () => bell(rng)));
  const all = Array.from({ length: skip + count }, () => {
    const centre = present(centres[nextBelow(rng, CLUSTERS)], "a centre");
    return unitVector(centre.map((value) => value + spread * bell(rng)));
  });
  return all.slice(skip).map(embeddingOf);
}

/** An item for each. */
export function itemsOf(all: readonly Embedding[]): readonly Item[] {
  return all.map((embedding, at) => itemWith(`i${at}`, embedding));
}

/** Items in clusters. */
export function clusteredItems(seed: number, dimension: number, count: number, skip = 0): readonly Item[] {
  return itemsOf(clustered(seed, dimension, count, skip));
}

/** So many items in clusters as data, all of them there from the beginning but for a few. */
export function clusteredData(seed: number, dimension: number, count: number): DatasetContent {
  return {
    name: "products",
    label: "Clusters",
    similarity: "none",
    dimension,
    initialCount: count - 50,
    items: clusteredItems(seed, dimension, count).map(({ id, payload, embedding }) => ({
      id,
      drafts: [{ text: id, payload, embedding: embedding.values }],
    })),
  };
}
