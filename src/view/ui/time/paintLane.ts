/** The lanes of lag and queues on the canvas: the area under the highest value, and every replica's own line over it. */
import type { LaneSample } from "../../../model/protocol/frame.ts";
import {
  highest,
  indicesBetween,
  LEAST_LAG_TOP,
  LEAST_QUEUE_TOP,
  lastIndexAt,
  roundTop,
  topOf,
  walkOutline,
} from "../../layout/timeLanes.ts";
import type { AxisRow } from "../../layout/timeRows.ts";
import { formatDuration } from "../../layout/timeWords.ts";
import { type AxisPicture, baseline, paintTop, strokeLine } from "./axisPicture.ts";
import { paintEmphasised, paintEndLabels, paintReplicaLines, type ReplicaLines } from "./replicaLines.ts";

interface LaneStyle {
  readonly row: AxisRow;
  readonly top: number;
  readonly area: string;
  readonly areaAlpha: number;
  /** Of the highest value. */
  readonly line: string | undefined;
  /** Steps for counts; straight lines for what grows with time. */
  readonly hasSteps: boolean;
  readonly valuesOf: (sample: LaneSample) => readonly number[];
}

/** How long the oldest entry has waited that a replica has not applied. */
export function paintLag(context: CanvasRenderingContext2D, picture: AxisPicture, row: AxisRow): void {
  const valuesOf = (sample: LaneSample) => sample.lag;
  const top = roundTop(topOf(picture.lanes.samples, rangeOf(picture), highestOf(valuesOf)), LEAST_LAG_TOP);
  const { amber, amberText } = picture.ink;
  paintLane(context, picture, { row, top, area: amber, areaAlpha: 1, line: amberText, hasSteps: false, valuesOf });
  paintTop(context, picture, row, formatDuration(top));
}

/** Entries that the leader has and a replica has not confirmed. */
export function paintQueue(context: CanvasRenderingContext2D, picture: AxisPicture, row: AxisRow): void {
  const valuesOf = (sample: LaneSample) => sample.queueDepth;
  const top = roundTop(topOf(picture.lanes.samples, rangeOf(picture), highestOf(valuesOf)), LEAST_QUEUE_TOP);
  const area = picture.ink.lineStrong;
  paintLane(context, picture, { row, top, area, areaAlpha: 0.75, line: undefined, hasSteps: true, valuesOf });
  paintTop(context, picture, row, String(top));
}

function highestOf(valuesOf: LaneStyle["valuesOf"]): (sample: LaneSample) => number {
  return (sample) => highest(valuesOf(sample));
}

function rangeOf({ lanes, window, now }: AxisPicture) {
  return indicesBetween(lanes.samples, window.start, Math.min(now, window.start + window.span));
}

function paintLane(context: CanvasRenderingContext2D, picture: AxisPicture, style: LaneStyle): void {
  const { row } = style;
  const lines = linesOf(picture, style);
  context.save();
  context.beginPath();
  context.rect(0, row.top, picture.width, row.height);
  context.clip();
  const area = trace(picture, style, highestOf(style.valuesOf));
  context.globalAlpha = style.areaAlpha;
  context.fillStyle = style.area;
  context.fill(area.closed);
  context.globalAlpha = 1;
  paintReplicaLines(context, picture, lines);
  if (style.line !== undefined) strokeLine(context, area.open, style.line, 1);
  paintEmphasised(context, picture, lines);
  paintEndLabels(context, picture, lines, row);
  context.restore();
  baseline(context, picture, row);
}

function linesOf(picture: AxisPicture, style: LaneStyle): ReplicaLines {
  const { samples } = picture.lanes;
  const { window, now } = picture;
  const last = samples[lastIndexAt(samples, Math.min(now, window.start + window.span))];
  const values = last === undefined ? [] : style.valuesOf(last);
  return {
    slots: values.length,
    lineOf: (slot) => trace(picture, style, (sample) => style.valuesOf(sample)[slot] ?? Number.NaN).open,
    endOf: (slot) => {
      const value = values[slot];
      // Whoever is in step needs no name.
      return value === undefined || !(value > 0) ? undefined : heightOf(style, value);
    },
  };
}

function heightOf({ row, top }: LaneStyle, value: number): number {
  return row.top + row.height - 1 - (value * (row.height - 3)) / top;
}

/** The outline of a lane as a line, and closed down to its baseline. The last value lasts until now. */
function trace(
  picture: AxisPicture,
  style: LaneStyle,
  measure: (sample: LaneSample) => number,
): { readonly open: Path2D; readonly closed: Path2D } {
  const { row, hasSteps } = style;
  const open = new Path2D();
  const closed = new Path2D();
  const floor = row.top + row.height - 1;
  let pen: { x: number; y: number } | undefined;
  const lower = (x: number) => {
    if (pen !== undefined) closed.lineTo(x, floor);
    pen = undefined;
  };
  const outline = { samples: picture.lanes.samples, ...rangeOf(picture), measure, xOf: picture.xOf };
  const visit = (x: number, value: number) => {
    if (Number.isNaN(value)) return lower(pen?.x ?? x);
    const y = heightOf(style, value);
    if (pen === undefined) {
      open.moveTo(x, y);
      closed.moveTo(x, floor);
      closed.lineTo(x, y);
    } else {
      if (hasSteps) open.lineTo(x, pen.y);
      if (hasSteps) closed.lineTo(x, pen.y);
      open.lineTo(x, y);
      closed.lineTo(x, y);
    }
    pen = { x, y };
  };
  walkOutline(outline, visit);
  const end = picture.xOf(picture.now);
  if (pen !== undefined && pen.x < end) {
    open.lineTo(end, pen.y);
    closed.lineTo(end, pen.y);
  }
  lower(end);
  return { open, closed };
}
