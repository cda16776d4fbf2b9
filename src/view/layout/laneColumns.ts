/**
 * The samples of a lane by pixel: however many there are, a line has not more than one point per column. Columns stand on
 * the time of the run, not on the window, so that a window that moves leaves them as they are.
 */
import type { TimeWindow } from "./timeWindow.ts";

/** What a lane is drawn from. */
export interface LaneSource<Sample extends { readonly at: number }> {
  /** In order of time; of them those from `from` on, `to` not included. */
  readonly samples: readonly Sample[];
  readonly from: number;
  readonly to: number;
}

/** How columns are made of samples. */
export interface ColumnStyle<Sample> {
  readonly rowOf: (sample: Sample) => readonly number[];
  /** Which value of a column stays. */
  readonly keeps: "highest" | "lowest";
}

/** A lane as its lines need it. NaN is a gap. */
export interface LaneColumns {
  readonly count: number;
  /** Where the first sample of each column stands. */
  readonly xs: Float64Array;
  /** For every replica's slot its value in each column. */
  readonly lines: readonly Float64Array[];
  /** The value in each column of the replica that is furthest. */
  readonly extreme: Float64Array;
}

/** The column of `at` where a window of `span` is `width` wide. */
export function columnOf({ span }: Pick<TimeWindow, "span">, width: number, at: number): number {
  return Math.floor((at / span) * width);
}

/** The columns of `source` in `window`. */
export function laneColumns<Sample extends { readonly at: number }>(
  source: LaneSource<Sample>,
  { rowOf, keeps }: ColumnStyle<Sample>,
  window: TimeWindow,
  width: number,
): LaneColumns {
  const shown = source.samples.slice(source.from, source.to);
  const slots = shown.reduce((most, sample) => Math.max(most, rowOf(sample).length), 0);
  const none = () => new Float64Array(shown.length).fill(Number.NaN);
  const columns = { xs: none(), lines: Array.from({ length: slots }, none), extreme: none() };
  const scale = width / window.span;
  let count = 0;
  let column = Number.NEGATIVE_INFINITY;
  for (const sample of shown) {
    const own = columnOf(window, width, sample.at);
    if (own !== column) {
      column = own;
      columns.xs[count] = (sample.at - window.start) * scale;
      count += 1;
    }
    const row = rowOf(sample);
    for (let slot = 0; slot < row.length; slot += 1) {
      const value = row[slot] ?? Number.NaN;
      const line = columns.lines[slot];
      if (line !== undefined) keep(line, count - 1, value, keeps);
      keep(columns.extreme, count - 1, value, keeps);
    }
  }
  return { count, ...columns };
}

function keep(list: Float64Array, at: number, value: number, keeps: "highest" | "lowest"): void {
  const known = list[at] ?? Number.NaN;
  // A comparison with NaN is false: a gap is filled by any value, and never fills one.
  if (keeps === "highest" ? value <= known : value >= known) return;
  if (!Number.isNaN(value)) list[at] = value;
}

/** The furthest value of all columns; undefined where there is none. */
export function furthestOf({ count, extreme }: LaneColumns, keeps: "highest" | "lowest"): number | undefined {
  let furthest: number | undefined;
  for (const value of extreme.subarray(0, count)) {
    if (Number.isNaN(value)) continue;
    if (furthest === undefined || (keeps === "highest" ? value > furthest : value < furthest)) furthest = value;
  }
  return furthest;
}

/** The last column that stands at `x` or before it; the first one where there is none. */
export function columnBefore({ count, xs }: LaneColumns, x: number): number {
  let column = count - 1;
  while (column > 0 && (xs[column] ?? x) > x) column -= 1;
  return Math.max(0, column);
}
