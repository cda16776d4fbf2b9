/**
 * The axis on its canvas: band, lanes, ruler. Plain painting of one picture; it reads nothing but its arguments, and
 * the caller decides when. Everything that has a name or can be focused is not painted but an element.
 */
import { indicesBetween } from "../../layout/timeLanes.ts";
import type { AxisRow } from "../../layout/timeRows.ts";
import { timeTicks } from "../../layout/timeTicks.ts";
import type { MarkKind } from "../../store/viewStore.ts";
import { type AxisPicture, SCALE_WIDTH } from "./axisPicture.ts";
import { paintBand } from "./paintBand.ts";
import { lagLane, queueLane } from "./paintLane.ts";
import { recallLane } from "./paintRecall.ts";
import { paintAvailability, paintQuantiles, writesLane } from "./paintWrites.ts";
import type { PastLayer } from "./pastLayer.ts";
import type { StandingLane } from "./standingLane.ts";
import { textWidth } from "./textWidths.ts";

/** The lanes of `picture` whose past stands. */
export function standingLanes(picture: AxisPicture): readonly StandingLane[] {
  const { lag, queue, recall, writes } = picture.rows;
  const lanes = [
    lag && lagLane(picture, lag),
    queue && queueLane(picture, queue),
    recall && recallLane(picture, recall),
    writes && writesLane(picture, writes),
  ];
  return lanes.filter((lane) => lane !== undefined);
}

/** Paints `picture` anew; of the past of its lanes what `past` does not hold. */
export function paintAxis(context: CanvasRenderingContext2D, picture: AxisPicture, past: PastLayer): void {
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
  const lanes = standingLanes(picture);
  past.paint(context, picture, lanes);
  for (const lane of lanes) lane.paintFrame(context);
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
    const half = textWidth(context, ink, "label", label) / 2;
    if (at > 0 && x < half) continue;
    // The handle of the playhead stands on the ruler, and the clock says what it stands on.
    if (Math.abs(x - nowX) < half + HANDLE) continue;
    context.fillStyle = ink.ink3;
    context.fillText(label, at === 0 ? x : x - half, row.top + 9.5);
  }
}
