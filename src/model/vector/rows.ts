/** The rows of a graph's nodes in a kernel's memory: the node's number is its place. Every score comes from the kernel. */
import type { Embedding } from "../protocol/item.ts";
import { type Kernel, LANES } from "./kernel.ts";

/** What a score is taken against: a node's row, or the query. */
export const QUERY = -1;

export class Rows {
  readonly #kernel: Kernel;
  readonly #stride: number;
  /** Scores that are computed at a time. Memory is: the scores, then the query, then the rows. */
  readonly #scores: number;
  #capacity = 0;
  #numbers: Float32Array;

  /** Rows with room for vectors of `dimension` numbers, and for `batch` scores at a time. */
  constructor(kernel: Kernel, dimension: number, batch: number) {
    this.#kernel = kernel;
    this.#stride = Math.max(LANES, Math.ceil(dimension / LANES) * LANES);
    this.#scores = Math.ceil(batch / LANES) * LANES;
    this.#numbers = this.#reserve(64);
  }

  /** What it weighs. */
  get bytes(): number {
    return this.#numbers.byteLength;
  }

  /** Whether a vector fits into a row. */
  fits({ values }: Embedding): boolean {
    return values.length <= this.#stride;
  }

  /** Makes the vector the row of `node`, or the query. What is longer than every row meets zeros, and adds nothing. */
  write(node: number, { values }: Embedding): void {
    if (node >= this.#capacity) this.#numbers = this.#reserve(Math.ceil(node * 1.5) + LANES);
    const at = this.#at(node);
    const fitting = values.subarray(0, this.#stride);
    this.#numbers.set(fitting, at);
    this.#numbers.fill(0, at + fitting.length, at + this.#stride);
  }

  /** The score of two rows, or of a row and the query. */
  score(a: number, b: number): number {
    this.#kernel.score(this.#at(a), this.#at(b), this.#stride, 1, 0);
    return this.#numbers[0] ?? 0;
  }

  #at(node: number): number {
    return this.#scores + (node + 1) * this.#stride;
  }

  #reserve(capacity: number): Float32Array {
    this.#capacity = capacity;
    return this.#kernel.memory(this.#scores + (capacity + 1) * this.#stride);
  }
}
