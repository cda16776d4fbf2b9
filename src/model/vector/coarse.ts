/**
 * The rows of a matrix a second time, rounded to a byte a number: a quarter of the memory to read. With the bound of
 * coding.ts they tell which rows cannot be among the best; the scores of all others are computed from the rows
 * themselves, so an answer has the bits that it has without.
 */
import { Heap } from "../../base/heap.ts";
import { codeQuery, type QueryCode, RowCoding, SMALLEST_REACH } from "./coding.ts";
import type { Kernel } from "./kernel.ts";

/** Of a number of four bytes. */
const CODES_PER_NUMBER = 4;
const QUERY_CODES_PER_NUMBER = 2;

/** Where one out of so many rows is left over, scoring them one by one is no gain over scoring all in a row. */
const WORTH_IT = 8;

/** Numbers that are coded in one search at most, about 10 ms: until all have codes, every score is computed. */
const CODED_AT_ONCE = 1_000_000;

/** Where everything is in the kernel's memory, in numbers of four bytes. */
export interface Places {
  readonly rows: number;
  readonly capacity: number;
  /** Room for a number for each row, which any search may write to. */
  readonly results: number;
  /** What is here: the query's codes, then the rows'. */
  readonly codes: number;
}

/** The first row from `from` on that can score `floor` or more. A loop of its own, as nearly all rows cannot. */
function nextReaching(
  dots: Int32Array,
  scales: Float32Array,
  errors: Float32Array,
  scale: number,
  norm: number,
  from: number,
  floor: number,
): number {
  let row = from;
  while (row < dots.length) {
    const estimate = (dots[row] ?? 0) * (scales[row] ?? 0) * scale;
    if (estimate + ((errors[row] ?? 0) * norm + SMALLEST_REACH) >= floor) break;
    row += 1;
  }
  return row;
}

export class CoarseRows {
  readonly #kernel: Kernel;
  readonly #stride: number;
  readonly #coding: RowCoding;
  #places: Places = { rows: 0, capacity: 0, results: 0, codes: 0 };
  #numbers: Float32Array = new Float32Array(0);
  #codes: Int8Array = new Int8Array(0);
  /** The first so many rows have codes; the others get them as searches come. */
  #coded = 0;

  constructor(kernel: Kernel, stride: number) {
    this.#kernel = kernel;
    this.#stride = stride;
    this.#coding = new RowCoding(stride);
  }

  /** The room that the codes of so many rows and of a query take, in numbers of four bytes. */
  static room(stride: number, capacity: number): number {
    return stride / QUERY_CODES_PER_NUMBER + (capacity * stride) / CODES_PER_NUMBER;
  }

  /** What is where after the memory has grown; the codes that there are move along. */
  moveTo(places: Places, numbers: Float32Array): void {
    const from = this.#places.codes;
    numbers.copyWithin(places.codes, from, from + CoarseRows.room(this.#stride, this.#coded));
    this.#places = places;
    this.#numbers = numbers;
    this.#codes = new Int8Array(numbers.buffer);
    this.#coding.reserve(places.capacity);
  }

  /** The numbers of `row` are others from now on. */
  note(row: number): void {
    if (row < this.#coded) this.#code(row);
  }

  /** There are only `count` rows from now on. */
  truncate(count: number): void {
    this.#coded = Math.min(this.#coded, count);
  }

  /**
   * Of the first `count` rows all that can be among the `k` best for `query`, ties with the last of them included;
   * undefined when too many can, or when some have no codes yet.
   */
  candidates(query: Float32Array, k: number, count: number): readonly number[] | undefined {
    if (k < 1 || k * WORTH_IT > count) return undefined;
    const coded = this.#codeQuery(query);
    if (coded === undefined) return undefined;
    const end = Math.min(count, this.#coded + Math.ceil(CODED_AT_ONCE / this.#stride));
    for (; this.#coded < end; this.#coded += 1) this.#code(this.#coded);
    if (end < count) return undefined;
    const { results, codes } = this.#places;
    const rows = codes + this.#stride / QUERY_CODES_PER_NUMBER;
    this.#kernel.dots(codes, rows, this.#stride, count, results);
    const dots = new Int32Array(this.#numbers.buffer, this.#numbers.BYTES_PER_ELEMENT * results, count);
    return this.#reaching(dots, coded, k);
  }

  /**
   * The rows that can be among the `k` best. What the `k` best score at least, the floor, is the `k`th highest of the
   * lowest scores that rows can have; whoever cannot reach it is not among them. Ties can.
   */
  #reaching(dots: Int32Array, { scale, norm }: QueryCode, k: number): readonly number[] | undefined {
    const { scales, errors } = this.#coding;
    const highest = new Heap<number>((a, b) => a < b);
    let floor = Number.NEGATIVE_INFINITY;
    // Those that reached the floor as it was when they were looked at, and how high they can get.
    const rows: number[] = [];
    const tops: number[] = [];
    const next = (from: number): number => nextReaching(dots, scales, errors, scale, norm, from, floor);
    for (let row = next(0); row < dots.length; row = next(row + 1)) {
      const estimate = (dots[row] ?? 0) * (scales[row] ?? 0) * scale;
      const reach = (errors[row] ?? 0) * norm + SMALLEST_REACH;
      rows.push(row);
      tops.push(estimate + reach);
      if (estimate - reach <= floor) continue;
      if (highest.size === k) highest.pop();
      highest.push(estimate - reach);
      if (highest.size === k) floor = highest.peek() ?? floor;
    }
    const reaching = rows.filter((_, at) => (tops[at] ?? 0) >= floor);
    return reaching.length * WORTH_IT > dots.length ? undefined : reaching;
  }

  #codeQuery(values: Float32Array): QueryCode | undefined {
    const at = this.#places.codes * this.#numbers.BYTES_PER_ELEMENT;
    return codeQuery(values, new Int16Array(this.#numbers.buffer, at, this.#stride));
  }

  #code(row: number): void {
    const from = this.#places.rows + row * this.#stride;
    const first = this.#places.codes + this.#stride / QUERY_CODES_PER_NUMBER;
    const at = first * CODES_PER_NUMBER + row * this.#stride;
    this.#coding.code(row, this.#numbers, from, this.#codes, at);
  }
}
