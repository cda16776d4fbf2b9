/** Counting copies and votes. Knows nothing of leaders or terms (after etcd's `quorum` package). */

/** Where {@link indexAtCopies} sorts; nothing outlives a call. Kept, since a leader counts for every message. */
const descending: number[] = [];

/** The highest index that at least `copies` of `matchIndexes` have reached. `copies` is from 1 to their number. */
export function indexAtCopies(matchIndexes: readonly number[], copies: number): number {
  // By insertion: a cluster is small, and no comparator is called.
  for (let count = 0; count < matchIndexes.length; count += 1) {
    const index = matchIndexes[count] ?? 0;
    let at = count;
    for (; at > 0; at -= 1) {
      const above = descending[at - 1] ?? 0;
      if (above >= index) break;
      descending[at] = above;
    }
    descending[at] = index;
  }
  return copies <= matchIndexes.length ? (descending[copies - 1] ?? 0) : 0;
}
