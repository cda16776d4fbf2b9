/** The rows of the time axis, from top to bottom, in CSS pixels: where height is short only marks and terms. */

/** The lanes that a person can choose, in the order in which they stand. */
export const LANES = ["lag", "queue", "recall", "writes", "quantiles", "availability"] as const;
export type LaneName = (typeof LANES)[number];

/** The lanes of a page that has just opened. */
export const OPENING_LANES: readonly LaneName[] = ["lag", "queue", "writes"];

/** Where one row begins and how high it is. */
export interface AxisRow {
  readonly top: number;
  readonly height: number;
}

/** All rows. Lanes that nobody chose, or that a brief axis has no room for, are undefined. */
export interface AxisRows extends Readonly<Record<LaneName, AxisRow | undefined>> {
  readonly marks: AxisRow;
  readonly band: AxisRow;
  readonly ruler: AxisRow | undefined;
  readonly height: number;
}

const MARKS = 16;
const BAND = 20;
const LANE = 19;
const RULER = 17;

/** The full axis: marks, terms, the lanes that were chosen, ruler. */
export function fullRows(lanes: readonly LaneName[]): AxisRows {
  const first = MARKS + BAND;
  const rowOf = (lane: LaneName): AxisRow | undefined => {
    const place = lanes.indexOf(lane);
    return place === -1 ? undefined : { top: first + place * LANE, height: LANE };
  };
  const ruler = { top: first + lanes.length * LANE, height: RULER };
  return {
    marks: { top: 0, height: MARKS },
    band: { top: MARKS, height: BAND },
    lag: rowOf("lag"),
    queue: rowOf("queue"),
    recall: rowOf("recall"),
    writes: rowOf("writes"),
    quantiles: rowOf("quantiles"),
    availability: rowOf("availability"),
    ruler,
    height: ruler.top + RULER,
  };
}

/** Under the thumb, and in a low window, there is room for what changed and who leads. */
export const BRIEF_ROWS: AxisRows = {
  marks: { top: 0, height: 18 },
  band: { top: 18, height: 22 },
  lag: undefined,
  queue: undefined,
  recall: undefined,
  writes: undefined,
  quantiles: undefined,
  availability: undefined,
  ruler: undefined,
  height: 40,
};
