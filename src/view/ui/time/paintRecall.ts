/** The lane of search recall: a thin line for every replica, the lowest of them thick. */
import { slotOf } from "../../../base/ids.ts";
import type { RecallSample } from "../../../model/protocol/frame.ts";
import { indicesBetween, lowestOf, recallFloor, walkOutline } from "../../layout/timeLanes.ts";
import type { AxisRow } from "../../layout/timeRows.ts";
import { type AxisPicture, baseline, paintTop, strokeLine } from "./axisPicture.ts";

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
  for (let slot = 0; slot < slots; slot += 1) {
    strokeLine(context, trace(picture, scale, ofSlot(slot)), picture.ink.ink3, 1);
  }
  const lowest = trace(picture, scale, ({ recall }) => lowestOf(recall)?.value ?? Number.NaN);
  strokeLine(context, lowest, picture.ink.ink2, 1.75);
  if (picture.emphasised !== undefined) {
    const own = trace(picture, scale, ofSlot(slotOf(picture.emphasised)));
    strokeLine(context, own, picture.ink.panel, 4);
    strokeLine(context, own, picture.ink.ink, 1.75);
  }
  context.restore();
  baseline(context, picture, row);
  // In percent, as the label of the lane says; the sign has no room here.
  paintTop(context, picture, row, `${Math.round(floor * 100)}–100`);
}

function ofSlot(slot: number): (sample: RecallSample) => number {
  return ({ recall }) => recall[slot] ?? Number.NaN;
}

function rangeOf({ lanes, window, now }: AxisPicture) {
  return indicesBetween(lanes.recalls, window.start, Math.min(now, window.start + window.span));
}

/** Steps, since a sample holds until the next one; of the samples of one pixel the lowest is kept. */
function trace(picture: AxisPicture, { row, floor }: Scale, measure: (sample: RecallSample) => number): Path2D {
  const path = new Path2D();
  const height = row.height - 5;
  const shortfall = (sample: RecallSample) => 1 - measure(sample);
  let pen: { x: number; y: number } | undefined;
  const visit = (x: number, missing: number) => {
    if (pen !== undefined) path.lineTo(x, pen.y);
    if (Number.isNaN(missing)) {
      pen = undefined;
      return;
    }
    const y = row.top + 3 + (missing / (1 - floor)) * height;
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
