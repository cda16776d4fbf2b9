/** Obvious search for the tests of embeddings: every item scored, all sorted, ties by id. */
import { cosine } from "../support/cosine.ts";

/** The ids of `items` by falling cosine with `query`. */
export function rankedIds(
  items: readonly { readonly id: string; readonly vector: Float32Array }[],
  query: Float32Array,
): string[] {
  return items
    .map(({ id, vector }) => ({ id, score: cosine(query, vector) }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}

/** Euclidean length, in float64. */
export function lengthOf(vector: Float32Array): number {
  return Math.sqrt(cosine(vector, vector));
}
