/**
 * A lane whose past stands: what is painted of it once moves with the window, and only its end changes. What does not move
 * along (names at the ends of lines, the baseline, the end of the scale) is its frame.
 */
import type { LaneSource } from "../../layout/laneColumns.ts";
import { indicesBetween } from "../../layout/timeLanes.ts";
import type { AxisRow } from "../../layout/timeRows.ts";
import { type AxisPicture, baseline, type LaneContext, paintTop } from "./axisPicture.ts";

export interface StandingLane {
  readonly row: AxisRow;
  /** What it is painted from, in order of time. */
  readonly source: LaneSource<{ readonly at: number }>;
  /** The end of the scale: another one, and everything stands elsewhere. */
  readonly scale: number;
  /** Paints all of it that stands at `left` or to the right of it; what is further left may be painted too. */
  readonly paintPast: (context: LaneContext, left: number) => void;
  readonly paintFrame: (context: CanvasRenderingContext2D) => void;
}

/** No line or sign of a lane reaches further than this from where its sample stands, in pixels. */
export const LANE_REACH = 5;

/** What of `samples` a lane is painted from, until `until`: what has just left the window may still reach into it. */
export function sourceOf<Sample extends { readonly at: number }>(
  samples: readonly Sample[],
  { window, width }: AxisPicture,
  until: number,
): LaneSource<Sample> {
  const reach = (LANE_REACH / width) * window.span;
  return { samples, ...indicesBetween(samples, window.start - reach, until) };
}

/** Paints inside `row` of the plot only. */
export function inRow(context: LaneContext, { width }: AxisPicture, row: AxisRow, paint: () => void): void {
  context.save();
  context.beginPath();
  context.rect(0, row.top, width, row.height);
  context.clip();
  paint();
  context.restore();
}

/** The line that a lane stands on, and the end of its scale. */
export function paintScale(context: CanvasRenderingContext2D, picture: AxisPicture, row: AxisRow, label: string): void {
  baseline(context, picture, row);
  paintTop(context, picture, row, label);
}
