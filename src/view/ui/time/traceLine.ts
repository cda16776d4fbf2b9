/** A lane's line as a path. Points that say nothing new are left out: most of a healthy run lies on one height. */
import type { LaneColumns } from "../../layout/laneColumns.ts";

/** How the lines of a lane go. */
export interface LineShape {
  readonly columns: LaneColumns;
  /** Steps for what holds until the next sample; straight lines for what grows with time. */
  readonly hasSteps: boolean;
  /** Whether the last value before a gap lasts until the gap. */
  readonly holds: boolean;
  readonly heightOf: (value: number) => number;
  /** The last value lasts until here. */
  readonly end: number;
}

/** What a line is drawn with: a canvas, or a path. */
export type LinePen = Pick<CanvasPath, "moveTo" | "lineTo">;

/** Shorter ends are not seen as such, but painted as a dot by some. */
const LEAST = 0.01;

/** Adds the line of `values` to `pen`, from column `first` on; with a `floor` the area between both. */
export function traceLine(
  pen: LinePen,
  { columns, hasSteps, holds, heightOf, end }: LineShape,
  values: Float64Array,
  first: number,
  floor?: number,
): void {
  let isDown = false;
  /** Where the line is, the height at which it goes on, and how far it is drawn. */
  let [x, y, drawn] = [0, 0, 0];
  const drawTo = (until: number) => {
    if (until - drawn < LEAST) return;
    pen.lineTo(until, y);
    drawn = until;
  };
  const lift = (until: number) => {
    drawTo(until);
    if (floor !== undefined) pen.lineTo(drawn, floor);
    isDown = false;
  };
  for (let column = first; column < columns.count; column += 1) {
    const place = columns.xs[column] ?? Number.NaN;
    const height = heightOf(values[column] ?? Number.NaN);
    if (Number.isNaN(height)) {
      if (isDown) lift(holds ? place : x);
    } else if (!isDown) {
      if (floor === undefined) pen.moveTo(place, height);
      else {
        pen.moveTo(place, floor);
        pen.lineTo(place, height);
      }
      isDown = true;
      [y, drawn] = [height, place];
    } else if (height !== y) {
      drawTo(hasSteps ? place : x);
      pen.lineTo(place, height);
      [y, drawn] = [height, place];
    }
    x = place;
  }
  if (isDown) lift(Math.max(x, end));
}
