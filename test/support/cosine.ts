/** The score of a search as it would be without rounding: what the kernels are held against. */

/** The dot product in float64, in order of dimension: of unit vectors the cosine. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
