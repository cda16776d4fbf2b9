/** The lane of search recall: a thin line for every replica, the lowest of them thick. */
import type { RecallSample } from "../../../model/protocol/frame.ts";
import { indicesBetween, lastIndexAt, lowestOf, recallFloor, walkOutline } from "../../layout/timeLanes.ts";
import type { AxisRow } from "../../layout/timeRows.ts";
import { type AxisPicture, baseline, paintTop, strokeLine } from "./axisPicture.ts";
import { paintEmphasised, paintEndLabels, paintReplicaLines, type ReplicaLines } from "./replicaLines.ts";

interface Scale {
  readonly row: AxisRow;
  readonly floor: number;
}

/** As high as the share that is found, from a floor that the label names; a dead replica has no line. */
export function paintRecall(context: CanvasRenderingContext2D, picture: AxisPicture, row: AxisRow): void {
  const range = rangeOf(picture);
  const shown = picture.lanes.recalls.slice(range.from, range.to);
  const floor = recallFloor(shown.reduce((least, { recall }) => Math.min(least, lowestOf(recall)?.value ?? 1), 1));
  const scale = { row, floor };
  const slots = shown.reduce((most, { recall }) => Math.max(most, recall.length), 0);
  context.save();
  context.beginPath();
  context.rect(0, row.top, picture.width, row.height);
  context.clip();
  const lines = linesOf(picture, scale, slots);
  paintReplicaLines(context, picture, lines);
  const lowest = trace(picture, scale, ({ recall }) => lowestOf(recall)?.value ?? Number.NaN);
  strokeLine(context, lowest, picture.ink.ink2, 1.75);
  paintEmphasised(context, picture, lines);
  paintEndLabels(context, picture, lines, row);
  context.restore();
  baseline(context, picture, row);
  // In percent, as the label of the lane says; the sign has no room here.
  paintTop(context, picture, row, `${Math.round(floor * 100)}–100`);
}

function linesOf(picture: AxisPicture, scale: Scale, slots: number): ReplicaLines {
  const { lanes, window, now } = picture;
  const last = lanes.recalls[lastIndexAt(lanes.recalls, Math.min(now, window.start + window.span))];
  return {
    slots,
    lineOf: (slot) => trace(picture, scale, ofSlot(slot)),
    endOf: (slot) => {
      const value = last?.recall[slot];
      // Whoever finds everything needs no name.
      return value === undefined || !(value < 1) ? undefined : heightOf(scale, 1 - value);
    },
  };
}

/** Where a share that is missing stands. */
function heightOf({ row, floor }: Scale, missing: number): number {
  return row.top + 3 + (missing / (1 - floor)) * (row.height - 5);
}

function ofSlot(slot: number): (sample: RecallSample) => number {
  return ({ recall }) => recall[slot] ?? Number.NaN;
}

function rangeOf({ lanes, window, now }: AxisPicture) {
  return indicesBetween(lanes.recalls, window.start, Math.min(now, window.start + window.span));
}

/** Steps, since a sample holds until the next one; of the samples of one pixel the lowest is kept. */
function trace(picture: AxisPicture, scale: Scale, measure: (sample: RecallSample) => number): Path2D {
  const path = new Path2D();
  const shortfall = (sample: RecallSample) => 1 - measure(sample);
  let pen: { x: number; y: number } | undefined;
  const visit = (x: number, missing: number) => {
    if (pen !== undefined) path.lineTo(x, pen.y);
    if (Number.isNaN(missing)) {
      pen = undefined;
      return;
    }
    const y = heightOf(scale, missing);
    if (pen === undefined) path.moveTo(x, y);
    else path.lineTo(x, y);
    pen = { x, y };
  };
  const samples = picture.lanes.recalls;
  walkOutline({ samples, ...rangeOf(picture), measure: shortfall, xOf: picture.xOf }, visit);
  const end = picture.xOf(picture.now);
  if (pen !== undefined && pen.x < end) path.lineTo(end, pen.y);
  return path;
}
