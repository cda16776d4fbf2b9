/** Vectors and items of any dimension, from a seed. */
import { nextFraction, rngStream } from "../../src/base/rng.ts";
import type { Embedding, Item } from "../../src/model/protocol/item.ts";
import { embeddingOf, unitVector } from "../../src/model/vector/embedding.ts";
import { anItem } from "./replica.ts";

/** Endless unit vectors of `dimension` numbers. */
export function* unitVectors(seed: number, dimension: number): Generator<Float32Array, never> {
  const rng = rngStream(seed, 1);
  for (;;) yield unitVector(Float32Array.from({ length: dimension }, () => nextFraction(rng) - 0.5));
}

/** Unit embeddings, `count` of them. */
export function embeddings(seed: number, dimension: number, count: number): readonly Embedding[] {
  const vectors = unitVectors(seed, dimension);
  return Array.from({ length: count }, () => embeddingOf(vectors.next().value));
}

/** An item with this embedding. */
export function itemWith(id: string, embedding: Embedding): Item {
  return { ...anItem(id, 1, 1), embedding };
}
