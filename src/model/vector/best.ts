/** The best of many: the higher score first, of equal scores the smaller id, never the earlier place. */
import { Heap } from "../../base/heap.ts";
import type { Item } from "../protocol/item.ts";

/** An item that a search found. `score` is the cosine. */
export interface Found {
  readonly item: Item;
  readonly score: number;
}

function isBetter(a: Found, b: Found): boolean {
  return a.score > b.score || (a.score === b.score && a.item.id < b.item.id);
}

/** Keeps the best `k` of all that are offered, the worst of them on top of a heap. */
export class Best {
  readonly #k: number;
  readonly #kept = new Heap<Found>((a, b) => isBetter(b, a));
  #threshold = Number.NEGATIVE_INFINITY;

  constructor(k: number) {
    this.#k = k;
  }

  /** What scores less is not among the best, and need not be offered. */
  get threshold(): number {
    return this.#threshold;
  }

  offer(found: Found): void {
    if (this.#kept.size >= this.#k) {
      const worst = this.#kept.peek();
      if (worst === undefined || !isBetter(found, worst)) return;
      this.#kept.pop();
    }
    this.#kept.push(found);
    if (this.#kept.size === this.#k) this.#threshold = this.#kept.peek()?.score ?? this.#threshold;
  }

  /** The best, best first. */
  inOrder(): Found[] {
    return this.#kept.inOrder().toReversed();
  }
}
