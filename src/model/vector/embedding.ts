/**
 * Making embeddings: check, scale to unit length, take the digest of the bits. An embedding is made once where a vector
 * enters a thread and shared from then on.
 */
import { feedUint32, newHash } from "../../base/hash.ts";
import type { Embedding } from "../protocol/item.ts";

/** What is wrong with a vector that somebody wrote, in one sentence; undefined when it can be stored. */
export function vectorProblem(values: Float32Array, dimension: number): string | undefined {
  if (values.length !== dimension) {
    return `The vector has ${values.length} numbers; this data set needs ${dimension}.`;
  }
  let squares = 0;
  for (const [at, value] of values.entries()) {
    if (Number.isNaN(value)) return `Number ${at + 1} of the vector is not a number (NaN).`;
    if (!Number.isFinite(value)) return `Number ${at + 1} of the vector is infinite.`;
    squares += value * value;
  }
  if (squares === 0) return "The vector has length zero, so it has no direction to compare.";
  return undefined;
}

/** `values` scaled to unit length. Squares are summed in float64, in order. The length must not be zero. */
export function unitVector(values: Float32Array): Float32Array {
  let squares = 0;
  for (const value of values) squares += value * value;
  const scale = 1 / Math.sqrt(squares);
  return values.map((value) => value * scale);
}

/** The embedding of a unit vector, with the digest of its bits. Keeps `values`; they must not change any more. */
export function embeddingOf(values: Float32Array): Embedding {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  const hash = newHash();
  for (const word of bits) feedUint32(hash, word);
  return { values, digestLow: hash.low, digestHigh: hash.high };
}

/** Embeddings of one thread by digest, so that equal ones are one object. */
export class EmbeddingTable {
  readonly #byDigest = new Map<string, Embedding>();

  /** Beyond this many the table starts anew: it only saves memory, equality never depends on it. */
  static readonly capacity = 65_536;

  /** Lets go of all of them. */
  clear(): void {
    this.#byDigest.clear();
  }

  /**
   * The one embedding with these bits. The digest is computed from the bits that arrived, never taken from the sender:
   * a bit that changed on the way changes the run hash.
   */
  intern(values: Float32Array): Embedding {
    const fresh = embeddingOf(values);
    const key = `${fresh.digestHigh}:${fresh.digestLow}`;
    const known = this.#byDigest.get(key);
    if (known !== undefined) return known;
    if (this.#byDigest.size >= EmbeddingTable.capacity) this.#byDigest.clear();
    this.#byDigest.set(key, fresh);
    return fresh;
  }
}
