/**
 * Numbers rounded to whole steps, and how far a score can be from what the rounded numbers say: the bound that lets a
 * search pass over most rows without computing their scores.
 *
 * A row x is coded as x' = scale * codes with codes of a byte, a query q as q' with codes of 16 bits. Then
 * |q.x - q'.x'| <= |q| |x - x'| + |q - q'| |x'|, by Cauchy and Schwarz. The score itself is q.x rounded in every of its
 * sums, which moves it by at most |q| |x| times 2^-24 a rounding. All of that is at most |q| times what is kept
 * beside the row as its error; that is computed in float64 from the codes that the row has got, and rounded up.
 */
import { LANES } from "./kernel.ts";

const ROW_PEAK = 127;
const QUERY_PEAK = 32_767;
const INT32_LIMIT = 2_147_483_647;
/** A row of numbers below it has no codes, and is all error: what float32 says of a step would be coarse. */
const SMALLEST_PEAK = 1e-30;
/** Beyond it a sum in float32 could overflow: such a row is never passed over. */
const LARGEST_NORM = 1e18;
/** Twice what rounding to float32 changes at most, as a part of what is rounded, and a little more. */
const ROUNDING = 1.2e-7;
/** More than all that float64 and the last rounding to float32 take away. */
const ROUND_UP = 1 + 1e-6;
/** The smallest float32 (2 to the power of -149): among the smallest numbers the last rounding takes away up to half of it. */
const SMALLEST_FLOAT = 1.401298464324817e-45;
/** More than all that is lost where a product is smaller than what float32 can say: how far any score can be off. */
export const SMALLEST_REACH = 1e-33;

/** A query as 16-bit numbers: what one step of them is worth, and the query's length. */
export interface QueryCode {
  readonly scale: number;
  readonly norm: number;
}

/** The largest code of a query, so that no sum of products with the codes of a row leaves 32 bits. */
function queryPeak(length: number): number {
  return Math.min(QUERY_PEAK, Math.floor(INT32_LIMIT / (ROW_PEAK * length)));
}

/** What rounding a query and rounding a score come to, as a part of |q| |x|. */
function slackOf(length: number): number {
  const ofQuery = Math.sqrt(length) / (2 * queryPeak(length));
  return ofQuery + (length / LANES + 5) * ROUNDING;
}

/** Codes rows of one length, and keeps beside each what one step of its codes is worth and how large its error can be. */
export class RowCoding {
  readonly #length: number;
  readonly #slack: number;
  #scales = new Float32Array(0);
  #errors = new Float32Array(0);

  constructor(length: number) {
    this.#length = length;
    this.#slack = slackOf(length);
  }

  /** By row: what one step of its codes is worth. */
  get scales(): Float32Array {
    return this.#scales;
  }

  /** By row: what times a query's length is how far the score can be from what the codes say. */
  get errors(): Float32Array {
    return this.#errors;
  }

  /** Makes room for `rows` of them. */
  reserve(rows: number): void {
    const [scales, errors] = [this.#scales, this.#errors];
    this.#scales = new Float32Array(rows);
    this.#errors = new Float32Array(rows);
    this.#scales.set(scales.subarray(0, rows));
    this.#errors.set(errors.subarray(0, rows));
  }

  /** Codes the numbers of `row`, which begin at `from` in `numbers`; writes to `codes`, from `at` on. */
  code(row: number, numbers: Float32Array, from: number, codes: Int8Array, at: number): void {
    const { peak, norm } = this.#measure(numbers, from);
    const scale = peak >= SMALLEST_PEAK && peak <= LARGEST_NORM ? Math.fround(peak / ROW_PEAK) : 0;
    const steps = scale === 0 ? 0 : 1 / scale;
    // Two sums, as one alone would wait for itself. `Math.round` takes longer than what is meant here.
    let missed = 0;
    let missedToo = 0;
    for (let next = 0; next < this.#length; next += 2) {
      const first = numbers[from + next] ?? 0;
      const second = numbers[from + next + 1] ?? 0;
      const code = ((first * steps + (ROW_PEAK + 1.5)) | 0) - (ROW_PEAK + 1);
      const other = ((second * steps + (ROW_PEAK + 1.5)) | 0) - (ROW_PEAK + 1);
      codes[at + next] = code;
      codes[at + next + 1] = other;
      missed += (first - scale * code) * (first - scale * code);
      missedToo += (second - scale * other) * (second - scale * other);
    }
    const error = Math.sqrt(missed + missedToo);
    this.#scales[row] = scale;
    const bound = (error + this.#slack * (norm + error)) * ROUND_UP + SMALLEST_FLOAT;
    this.#errors[row] = norm <= LARGEST_NORM ? bound : Number.POSITIVE_INFINITY;
  }

  #measure(numbers: Float32Array, from: number): { readonly peak: number; readonly norm: number } {
    let peak = 0;
    let squares = 0;
    let squaresToo = 0;
    for (let next = from; next < from + this.#length; next += 2) {
      const first = numbers[next] ?? 0;
      const second = numbers[next + 1] ?? 0;
      if (Math.abs(first) > peak) peak = Math.abs(first);
      if (Math.abs(second) > peak) peak = Math.abs(second);
      squares += first * first;
      squaresToo += second * second;
    }
    return { peak, norm: Math.sqrt(squares + squaresToo) };
  }
}

/** Writes the codes of a query; undefined when nothing can be said of its scores. */
export function codeQuery(values: Float32Array, codes: Int16Array): QueryCode | undefined {
  let peak = 0;
  let squares = 0;
  for (const value of values) {
    peak = Math.max(peak, Math.abs(value));
    squares += value * value;
  }
  const norm = Math.sqrt(squares);
  if (!(norm > 0 && norm <= LARGEST_NORM)) return undefined;
  const scale = peak / queryPeak(values.length);
  for (let at = 0; at < values.length; at += 1) codes[at] = Math.round((values[at] ?? 0) / scale);
  return { scale, norm };
}
