/**
 * The axis on its canvas: band, lanes, ruler. Plain painting of one picture; it reads nothing but its arguments, and
 * the caller decides when. Everything that has a name or can be focused is not painted but an element.
 */
import { slotOf } from "../../../base/ids.ts";
import type { LaneSample } from "../../../model/protocol/frame.ts";
import {
  highest,
  indicesBetween,
  LEAST_LAG_TOP,
  LEAST_QUEUE_TOP,
  roundTop,
  topOf,
  walkOutline,
} from "../../layout/timeLanes.ts";
import type { AxisRow } from "../../layout/timeRows.ts";
import { timeTicks } from "../../layout/timeTicks.ts";
import { formatDuration } from "../../layout/timeWords.ts";
import type { MarkKind } from "../../store/viewStore.ts";
import { type AxisPicture, baseline, paintTop, SCALE_WIDTH, strokeLine } from "./axisPicture.ts";
import { paintBand } from "./paintBand.ts";
import { paintRecall } from "./paintRecall.ts";
import { paintAvailability, paintQuantiles, paintWrites } from "./paintWrites.ts";

/** Paints `picture` anew. */
export function paintAxis(context: CanvasRenderingContext2D, picture: AxisPicture): void {
  const { width, pixelRatio, rows } = picture;
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.clearRect(0, 0, width + SCALE_WIDTH, rows.height);
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.save();
  context.beginPath();
  context.rect(0, 0, width, rows.height);
  context.clip();
  paintTurns(context, picture);
  paintBand(context, picture, rows.band);
  context.restore();
  if (rows.lag !== undefined) paintLag(context, picture, rows.lag);
  if (rows.queue !== undefined) paintQueue(context, picture, rows.queue);
  if (rows.recall !== undefined) paintRecall(context, picture, rows.recall);
  if (rows.writes !== undefined) paintWrites(context, picture, rows.writes);
  if (rows.quantiles !== undefined) paintQuantiles(context, picture, rows.quantiles);
  if (rows.availability !== undefined) paintAvailability(context, picture, rows.availability);
  muteLater(context, picture);
  if (rows.ruler !== undefined) paintRuler(context, picture, rows.ruler);
}

/** How much of what lies behind the playhead is still seen. */
const LATER_SEEN = 0.4;

/** What is known of later than the playhead is still there, and pale. */
function muteLater(context: CanvasRenderingContext2D, { width, rows, ink, playheadX, now, xOf }: AxisPicture): void {
  const from = Math.max(0, playheadX);
  const until = Math.min(width, xOf(now));
  if (until - from < 1) return;
  context.globalAlpha = 1 - LATER_SEEN;
  context.fillStyle = ink.panel;
  const bottom = rows.ruler?.top ?? rows.height;
  context.fillRect(from, rows.band.top, until - from, bottom - rows.band.top);
  context.globalAlpha = 1;
}

/** Marks that change what the lanes show: a hairline through all of them. */
const TURNS: ReadonlySet<MarkKind> = new Set<MarkKind>(["crash", "restart", "partition", "heal"]);

function paintTurns(context: CanvasRenderingContext2D, { lanes, window, rows, ink, xOf }: AxisPicture): void {
  if (rows.ruler === undefined) return;
  context.fillStyle = ink.line;
  const { from, to } = indicesBetween(lanes.marks, window.start, window.start + window.span);
  for (const mark of lanes.marks.slice(from, to)) {
    if (!TURNS.has(mark.kind)) continue;
    const top = rows.band.top + rows.band.height;
    context.fillRect(Math.round(xOf(mark.at)), top, 1, rows.ruler.top - top);
  }
}

/** The area under the highest value, then the emphasised replica's own line. */
interface LaneStyle {
  readonly row: AxisRow;
  readonly top: number;
  readonly area: string;
  readonly areaAlpha: number;
  readonly line: string | undefined;
  /** Steps for counts; straight lines for what grows with time. */
  readonly hasSteps: boolean;
  readonly valuesOf: (sample: LaneSample) => readonly number[];
}

function paintLag(context: CanvasRenderingContext2D, picture: AxisPicture, row: AxisRow): void {
  const valuesOf = (sample: LaneSample) => sample.lag;
  const top = roundTop(topOf(picture.lanes.samples, rangeOf(picture), highestOf(valuesOf)), LEAST_LAG_TOP);
  const { amber, amberText } = picture.ink;
  paintLane(context, picture, { row, top, area: amber, areaAlpha: 1, line: amberText, hasSteps: false, valuesOf });
  paintTop(context, picture, row, formatDuration(top));
}

function paintQueue(context: CanvasRenderingContext2D, picture: AxisPicture, row: AxisRow): void {
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
  const { row, valuesOf } = style;
  context.save();
  context.beginPath();
  context.rect(0, row.top, picture.width, row.height);
  context.clip();
  const area = trace(picture, style, highestOf(valuesOf));
  context.globalAlpha = style.areaAlpha;
  context.fillStyle = style.area;
  context.fill(area.closed);
  context.globalAlpha = 1;
  if (style.line !== undefined) strokeLine(context, area.open, style.line, 1);
  if (picture.emphasised !== undefined) {
    const slot = slotOf(picture.emphasised);
    const own = trace(picture, style, (sample) => valuesOf(sample)[slot] ?? Number.NaN);
    strokeLine(context, own.open, picture.ink.panel, 4);
    strokeLine(context, own.open, picture.ink.ink, 1.75);
  }
  context.restore();
  baseline(context, picture, row);
}

/** The outline of a lane as a line, and closed down to its baseline. The last value lasts until now. */
function trace(
  picture: AxisPicture,
  { row, top, hasSteps }: LaneStyle,
  measure: (sample: LaneSample) => number,
): { readonly open: Path2D; readonly closed: Path2D } {
  const open = new Path2D();
  const closed = new Path2D();
  const floor = row.top + row.height - 1;
  const scale = (row.height - 3) / top;
  let pen: { x: number; y: number } | undefined;
  const lower = (x: number) => {
    if (pen !== undefined) closed.lineTo(x, floor);
    pen = undefined;
  };
  const outline = { samples: picture.lanes.samples, ...rangeOf(picture), measure, xOf: picture.xOf };
  const visit = (x: number, value: number) => {
    if (Number.isNaN(value)) return lower(pen?.x ?? x);
    const y = floor - value * scale;
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

/** Half the width of the playhead's handle. */
const HANDLE = 9;

function paintRuler(context: CanvasRenderingContext2D, picture: AxisPicture, row: AxisRow): void {
  const { width, window, ink, xOf } = picture;
  const nowX = picture.playheadX;
  context.fillStyle = ink.lineStrong;
  context.fillRect(0, row.top - 1, width, 1);
  context.font = ink.label;
  for (const { at, label } of timeTicks(window, width)) {
    const x = xOf(at);
    if (x < -1 || x > width + 1) continue;
    context.fillStyle = ink.lineStrong;
    context.fillRect(Math.round(x), row.top, 1, label === undefined ? 3 : 5);
    if (label === undefined) continue;
    const half = context.measureText(label).width / 2;
    if (at > 0 && x < half) continue;
    // The handle of the playhead stands on the ruler, and the clock says what it stands on.
    if (Math.abs(x - nowX) < half + HANDLE) continue;
    context.fillStyle = ink.ink3;
    context.fillText(label, at === 0 ? x : x - half, row.top + 9.5);
  }
}
