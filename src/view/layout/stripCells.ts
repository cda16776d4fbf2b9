/** Where the cells of a log strip stand, and where it is folded: indices that do not follow each other have a gap. */
/** From the left edge of the strip, in CSS pixels. */
export interface StripCells {
  readonly cellWidth: number;
  readonly lefts: readonly number[];
  /** The middle of each fold. */
  readonly folds: readonly number[];
  /** Which of the cells stand right behind a fold. */
  readonly folded: readonly number[];
}

/** A fold is as wide as its mark needs to be seen between cells, which give up their room for it. */
const FOLD = { most: 10, share: 0.6 };

/** The cells of `indices` in the room of as many cells of `cellWidth`. */
export function stripCells(indices: readonly number[], cellWidth: number): StripCells {
  const folded = indices.flatMap((index, at) => (at > 0 && index !== (indices[at - 1] ?? index) + 1 ? [at] : []));
  const gap = Math.min(FOLD.most, cellWidth * FOLD.share);
  const width = indices.length === 0 ? cellWidth : cellWidth - (folded.length * gap) / indices.length;
  const lefts = indices.map((_, at) => at * width + folded.filter((fold) => fold <= at).length * gap);
  const folds = folded.map((at) => (lefts[at] ?? 0) - gap / 2);
  return { cellWidth: width, lefts, folds, folded };
}

/** Where an index ends: behind its cell, in the fold that hides it, or before the first cell; undefined further away. */
export function edgeOf(indices: readonly number[], cells: StripCells, index: number): number | undefined {
  const at = indices.findLastIndex((shown) => shown <= index);
  if (at === -1) return index === (indices[0] ?? 0) - 1 ? 0 : undefined;
  if (indices[at] === index) return (cells.lefts[at] ?? 0) + cells.cellWidth;
  return cells.folds[cells.folded.indexOf(at + 1)];
}

/** The middle of an index: of its cell, or of the fold that hides it. */
export function middleOf(indices: readonly number[], cells: StripCells, index: number): number | undefined {
  const at = indices.indexOf(index);
  if (at !== -1) return (cells.lefts[at] ?? 0) + cells.cellWidth / 2;
  return index < (indices[0] ?? 0) ? undefined : edgeOf(indices, cells, index);
}
