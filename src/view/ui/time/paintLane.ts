/** The lanes of lag and queues on the canvas: the area under the highest value, and every replica's own line over it. */
import type { LaneSample } from "../../../model/protocol/frame.ts";
import { columnBefore, furthestOf, laneColumns } from "../../layout/laneColumns.ts";
import { LEAST_LAG_TOP, LEAST_QUEUE_TOP, lastIndexAt, roundTop } from "../../layout/timeLanes.ts";
import type { AxisRow } from "../../layout/timeRows.ts";
import { formatDuration } from "../../layout/timeWords.ts";
import { type AxisPicture, type LaneContext, strokeLine } from "./axisPicture.ts";
import { layLine, paintEmphasised, paintEndLabels, paintReplicaLines } from "./replicaLines.ts";
import { inRow, LANE_REACH, paintScale, type StandingLane, sourceOf } from "./standingLane.ts";
import { type LineShape, traceLine } from "./traceLine.ts";

interface LaneStyle {
  readonly area: string;
  readonly areaAlpha: number;
  /** Of the highest value. */
  readonly line: string | undefined;
  /** Steps for counts; straight lines for what grows with time. */
  readonly hasSteps: boolean;
  readonly leastTop: number;
  readonly topText: (top: number) => string;
  readonly rowOf: (sample: LaneSample) => readonly number[];
}

/** How long the oldest entry has waited that a replica has not applied. */
export function lagLane(picture: AxisPicture, row: AxisRow): StandingLane {
  const { amber, amberText } = picture.ink;
  return laneOf(picture, row, {
    ...{ area: amber, areaAlpha: 1, line: amberText, hasSteps: false, leastTop: LEAST_LAG_TOP },
    topText: formatDuration,
    rowOf: ({ lag }) => lag,
  });
}

/** Entries that the leader has and a replica has not confirmed. */
export function queueLane(picture: AxisPicture, row: AxisRow): StandingLane {
  return laneOf(picture, row, {
    ...{ area: picture.ink.lineStrong, areaAlpha: 0.75, line: undefined, hasSteps: true, leastTop: LEAST_QUEUE_TOP },
    topText: String,
    rowOf: ({ queueDepth }) => queueDepth,
  });
}

function laneOf(picture: AxisPicture, row: AxisRow, style: LaneStyle): StandingLane {
  const { samples } = picture.lanes;
  const { window, now, width } = picture;
  const until = Math.min(now, window.start + window.span);
  const source = sourceOf(samples, picture, until);
  const columns = laneColumns(source, { rowOf: style.rowOf, keeps: "highest" }, window, width);
  const top = roundTop(furthestOf(columns, "highest") ?? 0, style.leastTop);
  const heightOf = (value: number) => row.top + row.height - 1 - (value * (row.height - 3)) / top;
  const shape = { columns, hasSteps: style.hasSteps, holds: false, heightOf, end: picture.xOf(now) };
  return {
    ...{ row, source, scale: top },
    paintPast: (context, left) =>
      inRow(context, picture, row, () => paintPast(context, picture, row, style, shape, left)),
    paintFrame: (context) => {
      const last = samples[lastIndexAt(samples, until)];
      // Whoever is in step needs no name.
      const ends = (last === undefined ? [] : style.rowOf(last)).map((value) =>
        value > 0 ? heightOf(value) : undefined,
      );
      inRow(context, picture, row, () => paintEndLabels(context, picture, ends, row));
      paintScale(context, picture, row, style.topText(top));
    },
  };
}

function paintPast(
  context: LaneContext,
  picture: AxisPicture,
  row: AxisRow,
  { area, areaAlpha, line }: LaneStyle,
  shape: LineShape,
  left: number,
): void {
  const { columns } = shape;
  const first = columnBefore(columns, left - LANE_REACH);
  context.beginPath();
  traceLine(context, shape, columns.extreme, first, row.top + row.height - 1);
  context.globalAlpha = areaAlpha;
  context.fillStyle = area;
  context.fill();
  context.globalAlpha = 1;
  paintReplicaLines(context, picture, shape, first);
  if (line !== undefined) {
    layLine(context, shape, columns.extreme, first);
    strokeLine(context, line, 1);
  }
  paintEmphasised(context, picture, shape, first);
}
