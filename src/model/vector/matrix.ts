/**
 * The embeddings of a set of items side by side in one memory, a row each, so that a search reads them as fast as memory
 * gives. Growth, update and delete in place. Where an item stands depends on the past; no answer does.
 */
import type { Embedding, Item } from "../protocol/item.ts";
import { Best, type Found } from "./best.ts";
import { CoarseRows } from "./coarse.ts";
import { type Kernel, LANES } from "./kernel.ts";

/** From so many numbers on, rows are kept a second time in bytes, and only those that these leave over are scored. */
const COARSE_FROM = 1_000_000;
/** Shorter rows are scored as soon as they are estimated. */
const COARSE_STRIDE = 96;

function paddedLength(length: number): number {
  return Math.max(LANES, Math.ceil(length / LANES) * LANES);
}

/** Memory is: the query, the rows, a number for each that every search writes anew, and what `CoarseRows` keeps. */
export class ItemMatrix {
  readonly #kernel: Kernel;
  readonly #stride: number;
  readonly #coarseFrom: number;
  readonly #items: Item[] = [];
  readonly #rows = new Map<string, number>();
  #capacity = 0;
  #numbers: Float32Array;
  #coarse: CoarseRows | undefined;
  #scored = 0;

  /** `coarseFrom` says from how many numbers on rows are kept in bytes, too; it changes no answer. */
  constructor(kernel: Kernel, items: Iterable<Item>, coarseFrom?: number) {
    const all = [...items];
    this.#kernel = kernel;
    this.#stride = paddedLength(all.reduce((longest, { embedding }) => Math.max(longest, embedding.values.length), 0));
    this.#coarseFrom = coarseFrom ?? (this.#stride < COARSE_STRIDE ? Number.POSITIVE_INFINITY : COARSE_FROM);
    this.#numbers = this.#reserve(all.length);
    for (const item of all) this.put(item);
  }

  /** Of how many rows the last search computed the score. */
  get scored(): number {
    return this.#scored;
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
    this.#writeRow(row, item.embedding);
    return true;
  }

  /** Takes out the item `id`, if it is there. The last row fills the gap. */
  delete(id: string): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    this.#rows.delete(id);
    const last = this.#items.pop();
    this.#coarse?.truncate(this.#items.length);
    if (last === undefined || row === this.#items.length) return;
    this.#items[row] = last;
    this.#rows.set(last.id, row);
    this.#writeRow(row, last.embedding);
  }

  /** The `k` items nearest to `query`, best first; fewer when there are fewer. */
  nearest(query: Embedding, k: number): Found[] {
    // What of a query is longer than every row meets zeros, and adds nothing.
    this.#write(0, query.values.subarray(0, this.#stride));
    const best = new Best(k);
    const few = this.#candidates(k);
    if (few === undefined) this.#offerAll(best);
    else this.#offerSome(few, best);
    return best.inOrder();
  }

  #candidates(k: number): readonly number[] | undefined {
    const count = this.#items.length;
    if (count * this.#stride < this.#coarseFrom) return undefined;
    return this.#coarse?.candidates(this.#numbers.subarray(0, this.#stride), k, count);
  }

  #offerAll(best: Best): void {
    const items = this.#items;
    const from = this.#results;
    this.#kernel.score(0, this.#stride, this.#stride, items.length, from);
    const scores = this.#numbers.subarray(from, from + items.length);
    for (let row = 0; row < scores.length; row += 1) {
      const score = scores[row] ?? 0;
      if (score < best.threshold) continue;
      const item = items[row];
      if (item !== undefined) best.offer({ item, score });
    }
    this.#scored = items.length;
  }

  #offerSome(rows: readonly number[], best: Best): void {
    const at = this.#results;
    for (const row of rows) {
      this.#kernel.score(0, this.#stride * (row + 1), this.#stride, 1, at);
      const item = this.#items[row];
      if (item !== undefined) best.offer({ item, score: this.#numbers[at] ?? 0 });
    }
    this.#scored = rows.length;
  }

  /** Where in memory the number for each row is. */
  get #results(): number {
    return this.#stride * (this.#capacity + 1);
  }

  #writeRow(row: number, { values }: Embedding): void {
    this.#write(this.#stride * (row + 1), values);
    this.#coarse?.note(row);
  }

  #write(at: number, values: Float32Array): void {
    this.#numbers.set(values, at);
    this.#numbers.fill(0, at + values.length, at + this.#stride);
  }

  /** Room for at least so many rows, and for a multiple of sixteen, as `Kernel.dots` asks. */
  #reserve(rows: number): Float32Array {
    this.#capacity = Math.ceil(rows / LANES) * LANES;
    const codes = this.#results + this.#capacity;
    if (this.#capacity * this.#stride < this.#coarseFrom) return this.#kernel.memory(codes);
    this.#coarse ??= new CoarseRows(this.#kernel, this.#stride);
    const numbers = this.#kernel.memory(codes + CoarseRows.room(this.#stride, this.#capacity));
    this.#coarse.moveTo({ rows: this.#stride, capacity: this.#capacity, results: this.#results, codes }, numbers);
    return numbers;
  }
}
