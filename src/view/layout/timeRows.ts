/** The rows of the time axis, from top to bottom, in CSS pixels: where height is short only marks and terms. */

/** Where one row begins and how high it is. */
export interface AxisRow {
  readonly top: number;
  readonly height: number;
}

/** All rows. Those that a brief axis has no room for are undefined. */
export interface AxisRows {
  readonly marks: AxisRow;
  readonly band: AxisRow;
  readonly lag: AxisRow | undefined;
  readonly queue: AxisRow | undefined;
  readonly writes: AxisRow | undefined;
  readonly ruler: AxisRow | undefined;
  readonly height: number;
}

/** The full axis: marks 16, terms 20, three lanes of 19, ruler 17. */
export const FULL_ROWS: AxisRows = {
  marks: { top: 0, height: 16 },
  band: { top: 16, height: 20 },
  lag: { top: 36, height: 19 },
  queue: { top: 55, height: 19 },
  writes: { top: 74, height: 19 },
  ruler: { top: 93, height: 17 },
  height: 110,
};

/** Under the thumb, and in a low window, there is room for what changed and who leads. */
export const BRIEF_ROWS: AxisRows = {
  marks: { top: 0, height: 18 },
  band: { top: 18, height: 22 },
  lag: undefined,
  queue: undefined,
  writes: undefined,
  ruler: undefined,
  height: 40,
};
