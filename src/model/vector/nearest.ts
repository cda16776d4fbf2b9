/** Exact k-nearest search by cosine. Equal scores are ordered by id, never by where an item happens to be stored. */
import type { Embedding, Item, Neighbour } from "../protocol/item.ts";

/** The dot product in float64, in order of dimension: of unit vectors the cosine. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

/** Whether `a` stands before `b` in an answer: the higher score first, then the smaller id. */
function ranksBefore(a: Neighbour, b: Neighbour): boolean {
  return a.score > b.score || (a.score === b.score && a.id < b.id);
}

/** The `k` items nearest to `query`, best first; fewer when there are fewer. */
export function nearest(items: Iterable<Item>, query: Embedding, k: number): Neighbour[] {
  const best: Neighbour[] = [];
  for (const { id, embedding, version } of items) {
    const candidate = { id, score: cosine(query.values, embedding.values), version };
    const worst = best[k - 1];
    if (worst !== undefined && !ranksBefore(candidate, worst)) continue;
    let at = Math.min(best.length, k - 1);
    for (let above = best[at - 1]; above !== undefined && ranksBefore(candidate, above); above = best[at - 1]) {
      best[at] = above;
      at -= 1;
    }
    best[at] = candidate;
  }
  return best;
}
