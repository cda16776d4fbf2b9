/**
 * Exact search over items that somebody else owns. Their matrix is derived from them and kept outside of every state: in
 * no digest, copy or checkpoint. It is made when somebody asks, follows each change, and may be dropped at any moment.
 */
import type { Embedding, Item } from "../protocol/item.ts";
import type { Found } from "./best.ts";
import { newKernel } from "./kernel.ts";
import { ItemMatrix } from "./matrix.ts";

/** By the object that owns the items: with it, the matrix goes. */
const matrices = new WeakMap<object, ItemMatrix>();

/** The `k` of `owner`'s `items` nearest to `query`, best first, equal scores by id; fewer when there are fewer. */
export function nearestOf(owner: object, items: () => Iterable<Item>, query: Embedding, k: number): Found[] {
  let matrix = matrices.get(owner);
  if (matrix === undefined) {
    matrix = new ItemMatrix(newKernel(), items());
    matrices.set(owner, matrix);
  }
  return matrix.nearest(query, k);
}

/** Whoever changes what `owner` holds under `id` says so: `item` from now on, or nothing. */
export function noteChange(owner: object, id: string, item: Item | undefined): void {
  const matrix = matrices.get(owner);
  if (matrix === undefined) return;
  if (item === undefined) matrix.delete(id);
  else if (!matrix.put(item)) forgetMatrix(owner);
}

/** Drops what was derived from `owner`'s items; the next search makes it anew. */
export function forgetMatrix(owner: object): void {
  matrices.delete(owner);
}
