/**
 * Scores of many rows at once: the inner loop of every search. Which kernel computes them is the host's choice and no
 * part of a run, for all kernels give the same bits: sixteen sums in float32, of every sixteenth product each, rounded
 * after every product and after every sum, then added pair by pair in one order.
 */

/** The sums that a score is made of; rows and queries are padded with zeros to a multiple of it, which adds nothing. */
export const LANES = 16;

const BYTES = Float32Array.BYTES_PER_ELEMENT;

/** A memory of float32 numbers, and the loops over it. All places and lengths count numbers, of four bytes. */
export interface Kernel {
  /**
   * The memory, from its buffer's begin, with room for at least `length` numbers. What was there stays; an earlier view is
   * no longer valid.
   */
  memory(length: number): Float32Array;
  /** Scores `count` rows of `stride` numbers that begin at `rows` against the query at `query`; writes to `scores` on. */
  score(query: number, rows: number, stride: number, count: number, scores: number): void;
  /**
   * The dot products, as 32-bit integers from `dots` on, of `count` rows of `stride` bytes that begin at `codes` with the
   * `stride` 16-bit numbers at `query`. Rows and dots have room for `count` rounded up to four: what is there is lost.
   */
  dots(query: number, codes: number, stride: number, count: number, dots: number): void;
}

/** Makes kernels, each with a memory of its own. */
export type KernelMaker = () => Kernel;

/** The kernel in plain script, for every engine. */
class ScalarKernel implements Kernel {
  #numbers = new Float32Array(0);

  memory(length: number): Float32Array {
    if (this.#numbers.length < length) {
      const grown = new Float32Array(length);
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    return this.#numbers;
  }

  score(query: number, rows: number, stride: number, count: number, scores: number): void {
    const numbers = this.#numbers;
    for (let row = 0; row < count; row += 1) {
      numbers[scores + row] = scoreOf(numbers, query, rows + row * stride, stride);
    }
  }

  dots(query: number, codes: number, stride: number, count: number, dots: number): void {
    const buffer = this.#numbers.buffer;
    const rows = new Int8Array(buffer, codes * BYTES);
    const asked = new Int16Array(buffer, query * BYTES, stride);
    const results = new Int32Array(buffer, dots * BYTES, count);
    for (let row = 0; row < count; row += 1) results[row] = dotOf(asked, rows, row * stride);
  }
}

/** One row's dot product. */
function dotOf(query: Int16Array, rows: Int8Array, row: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let x = 0, y = row; x < query.length; x += 4, y += 4) {
    a = (a + Math.imul(query[x] ?? 0, rows[y] ?? 0)) | 0;
    b = (b + Math.imul(query[x + 1] ?? 0, rows[y + 1] ?? 0)) | 0;
    c = (c + Math.imul(query[x + 2] ?? 0, rows[y + 2] ?? 0)) | 0;
    d = (d + Math.imul(query[x + 3] ?? 0, rows[y + 3] ?? 0)) | 0;
  }
  return (a + b + c + d) | 0;
}

function addFour(a: number, b: number, c: number, d: number): number {
  return Math.fround(Math.fround(a + b) + Math.fround(c + d));
}

/** One row's score. Written out, as a loop over sixteen sums would keep them in memory. */
function scoreOf(n: Float32Array, query: number, row: number, stride: number): number {
  let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
  let [i, j, k, l, m, o, p, q] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let x = query, y = row; x < query + stride; x += LANES, y += LANES) {
    a = Math.fround(a + Math.fround((n[x] ?? 0) * (n[y] ?? 0)));
    b = Math.fround(b + Math.fround((n[x + 1] ?? 0) * (n[y + 1] ?? 0)));
    c = Math.fround(c + Math.fround((n[x + 2] ?? 0) * (n[y + 2] ?? 0)));
    d = Math.fround(d + Math.fround((n[x + 3] ?? 0) * (n[y + 3] ?? 0)));
    e = Math.fround(e + Math.fround((n[x + 4] ?? 0) * (n[y + 4] ?? 0)));
    f = Math.fround(f + Math.fround((n[x + 5] ?? 0) * (n[y + 5] ?? 0)));
    g = Math.fround(g + Math.fround((n[x + 6] ?? 0) * (n[y + 6] ?? 0)));
    h = Math.fround(h + Math.fround((n[x + 7] ?? 0) * (n[y + 7] ?? 0)));
    i = Math.fround(i + Math.fround((n[x + 8] ?? 0) * (n[y + 8] ?? 0)));
    j = Math.fround(j + Math.fround((n[x + 9] ?? 0) * (n[y + 9] ?? 0)));
    k = Math.fround(k + Math.fround((n[x + 10] ?? 0) * (n[y + 10] ?? 0)));
    l = Math.fround(l + Math.fround((n[x + 11] ?? 0) * (n[y + 11] ?? 0)));
    m = Math.fround(m + Math.fround((n[x + 12] ?? 0) * (n[y + 12] ?? 0)));
    o = Math.fround(o + Math.fround((n[x + 13] ?? 0) * (n[y + 13] ?? 0)));
    p = Math.fround(p + Math.fround((n[x + 14] ?? 0) * (n[y + 14] ?? 0)));
    q = Math.fround(q + Math.fround((n[x + 15] ?? 0) * (n[y + 15] ?? 0)));
  }
  return addFour(addFour(a, e, i, m), addFour(b, f, j, o), addFour(c, g, k, p), addFour(d, h, l, q));
}

/** A kernel in plain script: it runs in every engine. */
export function scalarKernel(): Kernel {
  return new ScalarKernel();
}

let maker: KernelMaker = scalarKernel;

/** Searches of this thread that begin anew use kernels of `make`. One of a thread, for it changes no answer. */
export function installKernels(make: KernelMaker): void {
  maker = make;
}

/** A kernel of the kind that this thread uses. */
export function newKernel(): Kernel {
  return maker();
}
