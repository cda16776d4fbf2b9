/**
 * The embeddings of a set of items side by side in one memory, a row each, so that a search reads them as fast as memory
 * gives. Growth, update and delete in place. Where an item stands depends on the past; no answer does.
 */
import type { Embedding, Item } from "../protocol/item.ts";
import { Best, type Found } from "./best.ts";
import { type Kernel, LANES } from "./kernel.ts";

function paddedLength(length: number): number {
  return Math.max(LANES, Math.ceil(length / LANES) * LANES);
}

/** Memory is: the query, then the rows, then their scores, which are written anew by every search. */
export class ItemMatrix {
  readonly #kernel: Kernel;
  readonly #stride: number;
  readonly #items: Item[] = [];
  readonly #rows = new Map<string, number>();
  #capacity = 0;
  #numbers: Float32Array;

  constructor(kernel: Kernel, items: Iterable<Item>) {
    const all = [...items];
    this.#kernel = kernel;
    this.#stride = paddedLength(all.reduce((longest, { embedding }) => Math.max(longest, embedding.values.length), 0));
    this.#numbers = this.#reserve(all.length);
    for (const item of all) this.put(item);
  }

  /**
   * Adds `item`, or puts it in the place of the one with its id. Returns false when a row is too short for it, which
   * cannot be once there is an item, as long as all embeddings are of one dimension.
   */
  put(item: Item): boolean {
    if (item.embedding.values.length > this.#stride) return false;
    const known = this.#rows.get(item.id);
    const row = known ?? this.#items.length;
    if (row === this.#capacity) this.#numbers = this.#reserve(Math.ceil(row * 1.5) + LANES);
    this.#rows.set(item.id, row);
    this.#items[row] = item;
    this.#write(this.#stride * (row + 1), item.embedding.values);
    return true;
  }

  /** Takes out the item `id`, if it is there. The last row fills the gap. */
  delete(id: string): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    this.#rows.delete(id);
    const last = this.#items.pop();
    if (last === undefined || row === this.#items.length) return;
    this.#items[row] = last;
    this.#rows.set(last.id, row);
    this.#write(this.#stride * (row + 1), last.embedding.values);
  }

  /** The `k` items nearest to `query`, best first; fewer when there are fewer. */
  nearest(query: Embedding, k: number): Found[] {
    const items = this.#items;
    // What of a query is longer than every row meets zeros, and adds nothing.
    this.#write(0, query.values.subarray(0, this.#stride));
    const rows = this.#stride;
    const from = rows + this.#capacity * this.#stride;
    this.#kernel.score(0, rows, this.#stride, items.length, from);
    const scores = this.#numbers.subarray(from, from + items.length);
    const best = new Best(k);
    for (let row = 0; row < scores.length; row += 1) {
      const score = scores[row] ?? 0;
      if (score < best.threshold) continue;
      const item = items[row];
      if (item !== undefined) best.offer({ item, score });
    }
    return best.inOrder();
  }

  #write(at: number, values: Float32Array): void {
    this.#numbers.set(values, at);
    this.#numbers.fill(0, at + values.length, at + this.#stride);
  }

  #reserve(capacity: number): Float32Array {
    this.#capacity = capacity;
    return this.#kernel.memory(this.#stride + capacity * (this.#stride + 1));
  }
}
