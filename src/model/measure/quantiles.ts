/** Exact statistics over everything that was measured: no sketch, no bucket. */

/** What is told of a set of durations, in milliseconds; null where there is none. */
export interface Quantiles {
  readonly count: number;
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  readonly p999: number | null;
  readonly max: number | null;
}

/** The smallest value that at least `share` of `sorted` do not exceed (nearest rank). */
function rank(sorted: Float64Array, share: number): number | null {
  // Rounded, since 0.999 * 1,000 is a little more than 999 in binary.
  const position = Math.ceil(Math.round(share * sorted.length * 1e6) / 1e6) - 1;
  return sorted[Math.max(0, position)] ?? null;
}

/** Statistics of `values`. */
export function quantilesOf(values: readonly number[]): Quantiles {
  const sorted = Float64Array.from(values).sort();
  const sum = sorted.reduce((total, value) => total + value, 0);
  return {
    count: sorted.length,
    mean: sorted.length === 0 ? null : sum / sorted.length,
    p50: rank(sorted, 0.5),
    p90: rank(sorted, 0.9),
    p99: rank(sorted, 0.99),
    p999: rank(sorted, 0.999),
    max: sorted[sorted.length - 1] ?? null,
  };
}
