/** The lanes of writes on the canvas: each write, the quantiles of a stretch, and how many were acknowledged. */
import { bucketLength, bucketsBetween, type WriteBucket } from "../../layout/timeBuckets.ts";
import { indicesBetween, isUnanswered, LONGEST_LATENCY, latencyShare } from "../../layout/timeLanes.ts";
import type { AxisRow } from "../../layout/timeRows.ts";
import { formatDuration } from "../../layout/timeWords.ts";
import { type AxisPicture, baseline, paintTop, strokeLine } from "./axisPicture.ts";

/** Half a dot's size, and the radius of the ring of a write without an answer. */
const DOT = 1.5;
const RING = 3;

function heightOf(row: AxisRow, latency: number): number {
  return row.top + row.height - 3 - latencyShare(latency) * (row.height - 6);
}

/** Every write at its end: a dot at its latency, a ring where there was no answer. */
export function paintWrites(context: CanvasRenderingContext2D, picture: AxisPicture, row: AxisRow): void {
  const { lanes, window, ink, width, xOf } = picture;
  const { from, to } = indicesBetween(lanes.writes, window.start, window.start + window.span);
  const rings = new Path2D();
  context.fillStyle = ink.ink2;
  for (let index = from; index < to; index += 1) {
    const write = lanes.writes[index];
    if (write === undefined) continue;
    const x = xOf(write.at);
    if (x < 0 || x > width) continue;
    if (isUnanswered(write)) {
      rings.moveTo(x + RING, row.top + RING + 1);
      rings.arc(x, row.top + RING + 1, RING, 0, 2 * Math.PI);
    } else {
      context.fillRect(x - DOT, heightOf(row, write.latency) - DOT, 2 * DOT, 2 * DOT);
    }
  }
  strokeLine(context, rings, ink.ink, 1.75);
  baseline(context, picture, row);
  paintTop(context, picture, row, formatDuration(LONGEST_LATENCY));
}

function bucketsOf({ lanes, window, now }: AxisPicture): readonly WriteBucket[] {
  const end = Math.min(now, window.start + window.span);
  return bucketsBetween(lanes.writes, window.start, end, bucketLength(window));
}

function clipped(context: CanvasRenderingContext2D, picture: AxisPicture, row: AxisRow, paint: () => void): void {
  context.save();
  context.beginPath();
  context.rect(0, row.top, picture.width, row.height);
  context.clip();
  paint();
  context.restore();
  baseline(context, picture, row);
}

/** The middle write as a thin line, the slowest of a hundred as a thick one, on the scale of the writes' lane. */
export function paintQuantiles(context: CanvasRenderingContext2D, picture: AxisPicture, row: AxisRow): void {
  const [middle, slow] = [new Path2D(), new Path2D()];
  for (const { from, length, p50, p99 } of bucketsOf(picture)) {
    const [left, right] = [picture.xOf(from), picture.xOf(Math.min(from + length, picture.now))];
    for (const [path, value] of [
      [middle, p50],
      [slow, p99],
    ] as const) {
      if (value === undefined) continue;
      path.moveTo(left, heightOf(row, value));
      path.lineTo(right, heightOf(row, value));
    }
  }
  clipped(context, picture, row, () => {
    strokeLine(context, middle, picture.ink.ink2, 1);
    strokeLine(context, slow, picture.ink.ink, 2);
  });
  paintTop(context, picture, row, formatDuration(LONGEST_LATENCY));
}

/** As high as the share that was acknowledged; what is missing to the top is dark. */
export function paintAvailability(context: CanvasRenderingContext2D, picture: AxisPicture, row: AxisRow): void {
  const { ink, xOf, now } = picture;
  const height = row.height - 4;
  clipped(context, picture, row, () => {
    for (const { from, length, availability } of bucketsOf(picture)) {
      const left = xOf(from);
      const width = Math.max(1, Math.min(xOf(from + length), xOf(now)) - left);
      const missing = (1 - availability) * height;
      context.fillStyle = ink.lineStrong;
      context.globalAlpha = 0.6;
      context.fillRect(left, row.top + 3 + missing, width, height - missing);
      context.globalAlpha = 1;
      context.fillStyle = ink.ink;
      context.fillRect(left, row.top + 3, width, missing);
    }
  });
  paintTop(context, picture, row, "100 %");
}
