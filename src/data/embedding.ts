/**
 * What every embedder here answers: a vector of unit length, or a sentence that says what to do. Never NaN.
 */

/** A vector for a text, or why there is none, in words for the person who typed it. */
export type EmbeddingResult =
  | { readonly ok: true; readonly vector: Float32Array }
  | { readonly ok: false; readonly message: string };

/**
 * `sums` scaled to unit length and rounded to float32, or undefined when all of it is zero. The length is right to
 * about 1e-7, the rounding of float32.
 */
export function unitVector(sums: ArrayLike<number>): Float32Array | undefined {
  let squares = 0;
  for (let at = 0; at < sums.length; at += 1) {
    const value = sums[at] ?? 0;
    squares += value * value;
  }
  if (!(squares > 0)) return undefined;
  const length = Math.sqrt(squares);
  const vector = new Float32Array(sums.length);
  for (let at = 0; at < sums.length; at += 1) vector[at] = (sums[at] ?? 0) / length;
  return vector;
}
