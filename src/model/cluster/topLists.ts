/**
 * The nearest items of a changing set to a few fixed queries, kept instead of searched for: every embedding is scored
 * once, a list per query holds a few items more than are asked for, and a change is two comparisons where it changes
 * nothing. A list is made anew only when deletions have eaten what it had to spare.
 */
import type { Embedding, Item } from "../protocol/item.ts";
import { type Kernel, LANES, newKernel } from "../vector/kernel.ts";
import type { ItemChange } from "./changeLog.ts";

/** Items that a list holds beyond those that are asked for. */
const SPARE = 16;

/** Fixed queries, and what every embedding scores against each: as a search scores it, to the bit. */
export class FixedQueries {
  readonly count: number;
  readonly #kernel: Kernel = newKernel();
  readonly #stride: number;
  readonly #numbers: Float32Array;
  readonly #scores = new WeakMap<Embedding, Float32Array>();

  constructor(queries: readonly Embedding[]) {
    this.count = queries.length;
    const longest = queries.reduce((length, { values }) => Math.max(length, values.length), 0);
    this.#stride = Math.max(LANES, Math.ceil(longest / LANES) * LANES);
    this.#numbers = this.#kernel.memory(this.#stride * (this.count + 1) + this.count);
    for (const [at, { values }] of queries.entries()) this.#numbers.set(values, this.#stride * (at + 1));
  }

  /** By query. */
  scoresOf(embedding: Embedding): Float32Array {
    const known = this.#scores.get(embedding);
    if (known !== undefined) return known;
    const values = embedding.values.subarray(0, this.#stride);
    this.#numbers.set(values);
    this.#numbers.fill(0, values.length, this.#stride);
    const end = this.#stride * (this.count + 1);
    this.#kernel.score(0, this.#stride, this.#stride, this.count, end);
    const scores = this.#numbers.slice(end, end + this.count);
    this.#scores.set(embedding, scores);
    return scores;
  }
}

/** The nearest items to one query, best first, equal scores by id. */
class TopList {
  readonly items: Item[] = [];
  readonly #scores: number[] = [];
  readonly #length: number;
  /** Whether it holds everything that there is. */
  #isWhole = true;

  constructor(length: number) {
    this.#length = length;
  }

  /** Whether `k` items may be asked of it: there are so many, or there are no others. */
  has(k: number): boolean {
    return this.#isWhole || this.items.length >= k;
  }

  /** Returns whether it was in the list. */
  remove(id: string, score: number): boolean {
    if (!this.#isWhole && score < this.#last) return false;
    const place = this.#placeOf(id, score);
    if (this.items[place]?.id !== id) return false;
    this.items.splice(place, 1);
    this.#scores.splice(place, 1);
    return true;
  }

  /** Returns whether it is in the list. */
  insert(item: Item, score: number): boolean {
    if (!this.#isWhole && score < this.#last) return false;
    const place = this.#placeOf(item.id, score);
    // Behind the last of a list that is not whole there may be others that are better.
    if (!this.#isWhole && place === this.items.length) return false;
    this.items.splice(place, 0, item);
    this.#scores.splice(place, 0, score);
    if (this.items.length <= this.#length) return true;
    this.items.pop();
    this.#scores.pop();
    this.#isWhole = false;
    return place < this.#length;
  }

  get #last(): number {
    return this.#scores[this.#scores.length - 1] ?? Number.POSITIVE_INFINITY;
  }

  #placeOf(id: string, score: number): number {
    let [low, high] = [0, this.items.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const there = this.#scores[middle] ?? 0;
      if (there > score || (there === score && (this.items[middle]?.id ?? "") < id)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The lists of one set of items. */
export class TopLists {
  readonly #queries: FixedQueries;
  readonly #k: number;
  readonly #lists: TopList[];
  /** By query: whether the nearest may be others than when {@link untouch} was called last. */
  readonly touched: Uint8Array;
  #isTouched = true;

  /** The `k` nearest of `items` to each of `queries`. */
  constructor(queries: FixedQueries, k: number, items: Iterable<Item>) {
    this.#queries = queries;
    this.#k = k;
    this.#lists = Array.from({ length: queries.count }, () => new TopList(k + SPARE));
    this.touched = new Uint8Array(queries.count).fill(1);
    for (const item of items) {
      const scores = queries.scoresOf(item.embedding);
      for (const [query, list] of this.#lists.entries()) list.insert(item, scores[query] ?? 0);
    }
  }

  /** Takes over `changes`, after which the set holds `items`. */
  follow(changes: readonly ItemChange[], items: () => Iterable<Item>): void {
    if (changes.length === 0) return;
    for (const change of changes) this.#change(change);
    for (const [query, list] of this.#lists.entries()) if (!list.has(this.#k)) this.#renew(query, items());
  }

  /** The nearest to a query, best first; the first {@link k} count. */
  nearest(query: number): readonly Item[] {
    return this.#lists[query]?.items ?? [];
  }

  /** Whether any of {@link touched} is. */
  get isTouched(): boolean {
    return this.#isTouched;
  }

  /** Whoever looks at what is touched has done so. */
  untouch(): void {
    if (this.#isTouched) this.touched.fill(0);
    this.#isTouched = false;
  }

  #change({ id, before, after }: ItemChange): void {
    const gone = before === undefined ? undefined : this.#queries.scoresOf(before.embedding);
    const come = after === undefined ? undefined : this.#queries.scoresOf(after.embedding);
    for (let query = 0; query < this.#lists.length; query += 1) {
      const list = this.#lists[query];
      if (list === undefined) continue;
      const wasThere = gone !== undefined && list.remove(id, gone[query] ?? 0);
      const isThere = come !== undefined && after !== undefined && list.insert(after, come[query] ?? 0);
      if (wasThere || isThere) this.#touch(query);
    }
  }

  #renew(query: number, items: Iterable<Item>): void {
    const list = new TopList(this.#k + SPARE);
    for (const item of items) list.insert(item, this.#queries.scoresOf(item.embedding)[query] ?? 0);
    this.#lists[query] = list;
    this.#touch(query);
  }

  #touch(query: number): void {
    this.touched[query] = 1;
    this.#isTouched = true;
  }
}
