/**
 * Marks that would lie on each other become one cluster, which keeps the shape of what matters most in it and counts
 * the rest. Which marks go together depends on the zoom only, so that a moving window changes nothing.
 */

/** Marks at one place of the axis, oldest first; never empty. */
export interface MarkCluster<Mark> {
  /** The one whose shape is drawn. */
  readonly chief: Mark;
  readonly marks: readonly Mark[];
}

/** Groups `marks` (in order of time) so that no two chiefs are nearer than `reach`. A lower `rank` matters more. */
export function clusterMarks<Mark extends { readonly at: number }>(
  marks: readonly Mark[],
  reach: number,
  rank: (mark: Mark) => number,
): readonly MarkCluster<Mark>[] {
  const clusters: { chief: Mark; marks: Mark[] }[] = [];
  for (const mark of marks) {
    const last = clusters.at(-1);
    if (last === undefined || mark.at - last.chief.at >= reach) {
      clusters.push({ chief: mark, marks: [mark] });
      continue;
    }
    last.marks.push(mark);
    if (rank(mark) < rank(last.chief)) last.chief = mark;
  }
  return clusters;
}

/** The mark after (`direction` 1) or before (-1) `at`. */
export function neighbouringMark<Mark extends { readonly at: number }>(
  marks: readonly Mark[],
  at: number,
  direction: 1 | -1,
): Mark | undefined {
  return direction === 1 ? marks.find((mark) => mark.at > at) : marks.findLast((mark) => mark.at < at);
}
