/** Counting copies and votes. Knows nothing of leaders or terms (after etcd's `quorum` package). */

/** The highest index that at least `copies` of `matchIndexes` have reached. `copies` is from 1 to their number. */
export function indexAtCopies(matchIndexes: readonly number[], copies: number): number {
  const descending = matchIndexes.slice().sort((a, b) => b - a);
  return descending[copies - 1] ?? 0;
}
