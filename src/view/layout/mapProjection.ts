/**
 * The plane of a map: the two directions in which the embeddings differ most (principal components, Pearson 1901), by
 * orthogonal iteration from a fixed start, so that the same vectors always give the same map.
 */

/** A plane through the middle of all vectors. */
export interface Plane {
  readonly mean: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** Of all differences between the vectors, the share that each axis shows. */
  readonly shares: readonly [number, number];
}

/** Rounds of the iteration, at most: what has not settled by then lies between two axes that are as good as each other. */
const MOST_ROUNDS = 200;
/** Two directions are the same when their cosine is this near to 1. */
const SETTLED = 1e-9;
/** Vectors between two reports of progress. */
const SLICE = 2_000;

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

/** Makes `vector` of length 1 in place, and returns the length it had. */
function normalise(vector: Float64Array): number {
  const length = Math.sqrt(dot(vector, vector));
  if (length > 0) for (let at = 0; at < vector.length; at += 1) vector[at] = (vector[at] ?? 0) / length;
  return length;
}

/** Takes out of `vector` what lies along `other`, which has length 1. */
function withoutPart(vector: Float64Array, other: Float64Array): void {
  const share = dot(vector, other);
  for (let at = 0; at < vector.length; at += 1) vector[at] = (vector[at] ?? 0) - share * (other[at] ?? 0);
}

/** A start that favours no axis and is the same in every engine: steps of the golden ratio, around 0. */
function start(dimension: number, offset: number): Float64Array {
  const vector = new Float64Array(dimension);
  for (let at = 0; at < dimension; at += 1) vector[at] = (((at + offset) * 0.618_033_988_749_895) % 1) - 0.5;
  return vector;
}

/** The same vector with the sign that makes its largest number positive: otherwise a map might be mirrored. */
function upright(vector: Float64Array): Float64Array {
  let largest = 0;
  for (const value of vector) if (Math.abs(value) > Math.abs(largest)) largest = value;
  return largest < 0 ? vector.map((value) => -value) : vector;
}

function meanOf(rows: Float32Array, dimension: number): Float64Array {
  const mean = new Float64Array(dimension);
  const count = rows.length / dimension;
  for (let at = 0; at < rows.length; at += 1) {
    const column = at % dimension;
    mean[column] = (mean[column] ?? 0) + (rows[at] ?? 0);
  }
  return mean.map((sum) => sum / Math.max(1, count));
}

/** All differences from the mean, squared. */
function spreadOf(rows: Float32Array, mean: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const difference = (rows[at] ?? 0) - (mean[at % mean.length] ?? 0);
    sum += difference * difference;
  }
  return sum;
}

interface Round {
  readonly rows: Float32Array;
  readonly mean: Float64Array;
}

/** Both directions, each multiplied with the covariance (times the count): what differs along them grows. */
function* turned(
  { rows, mean }: Round,
  a: Float64Array,
  b: Float64Array,
): Generator<void, [Float64Array, Float64Array]> {
  const dimension = mean.length;
  const [toA, toB] = [new Float64Array(dimension), new Float64Array(dimension)];
  const [meanA, meanB] = [dot(mean, a), dot(mean, b)];
  let [sumA, sumB] = [0, 0];
  for (let from = 0, row = 0; from < rows.length; from += dimension, row += 1) {
    let [alongA, alongB] = [-meanA, -meanB];
    for (let at = 0; at < dimension; at += 1) {
      const value = rows[from + at] ?? 0;
      alongA += value * (a[at] ?? 0);
      alongB += value * (b[at] ?? 0);
    }
    for (let at = 0; at < dimension; at += 1) {
      const value = rows[from + at] ?? 0;
      toA[at] = (toA[at] ?? 0) + value * alongA;
      toB[at] = (toB[at] ?? 0) + value * alongB;
    }
    sumA += alongA;
    sumB += alongB;
    if (row % SLICE === SLICE - 1) yield;
  }
  for (let at = 0; at < dimension; at += 1) {
    toA[at] = (toA[at] ?? 0) - sumA * (mean[at] ?? 0);
    toB[at] = (toB[at] ?? 0) - sumB * (mean[at] ?? 0);
  }
  return [toA, toB];
}

/**
 * The plane of `rows`, one vector of `dimension` numbers after the other. Yields how far it is, from 0 to 1: the caller
 * may do something else in between, or stop.
 */
export function* planeOf(rows: Float32Array, dimension: number): Generator<number, Plane> {
  const mean = meanOf(rows, dimension);
  let [first, second] = [start(dimension, 1), start(dimension, 7)];
  let [alongFirst, alongSecond] = [0, 0];
  normalise(first);
  withoutPart(second, first);
  normalise(second);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const turning = turned({ rows, mean }, first, second);
    let step = turning.next();
    while (step.done !== true) {
      yield round / MOST_ROUNDS;
      step = turning.next();
    }
    const [nextFirst, nextSecond] = step.value;
    alongFirst = normalise(nextFirst);
    withoutPart(nextSecond, nextFirst);
    alongSecond = normalise(nextSecond);
    const moved = Math.max(1 - Math.abs(dot(first, nextFirst)), 1 - Math.abs(dot(second, nextSecond)));
    [first, second] = [nextFirst, nextSecond];
    yield round / MOST_ROUNDS;
    if (moved < SETTLED) break;
  }
  const spread = spreadOf(rows, mean);
  const share = (along: number) => (spread > 0 ? along / spread : 0);
  return { mean, first: upright(first), second: upright(second), shares: [share(alongFirst), share(alongSecond)] };
}

/** Where a vector stands on the plane. */
export function onPlane({ mean, first, second }: Plane, values: Float32Array): readonly [number, number] {
  let [x, y] = [0, 0];
  for (let at = 0; at < mean.length; at += 1) {
    const difference = (values[at] ?? 0) - (mean[at] ?? 0);
    x += difference * (first[at] ?? 0);
    y += difference * (second[at] ?? 0);
  }
  return [x, y];
}
