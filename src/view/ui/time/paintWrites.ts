/** The lanes of writes on the canvas: each write, the quantiles of a stretch, and how many were acknowledged. */
import type { WriteSample } from "../../../model/protocol/frame.ts";
import type { LaneSource } from "../../layout/laneColumns.ts";
import { bucketLength, bucketsBetween, type WriteBucket } from "../../layout/timeBuckets.ts";
import { isUnanswered, LONGEST_LATENCY, latencyShare } from "../../layout/timeLanes.ts";
import type { AxisRow } from "../../layout/timeRows.ts";
import { formatDuration } from "../../layout/timeWords.ts";
import { type AxisPicture, type LaneContext, strokeLine } from "./axisPicture.ts";
import { inRow, LANE_REACH, paintScale, type StandingLane, sourceOf } from "./standingLane.ts";

/** Half a dot's size, and the radius of the ring of a write without an answer. */
const DOT = 1.5;
const RING = 3;

function heightOf(row: AxisRow, latency: number): number {
  return row.top + row.height - 3 - latencyShare(latency) * (row.height - 6);
}

/** Every write at its end: a dot at its latency, a ring where there was no answer. */
export function writesLane(picture: AxisPicture, row: AxisRow): StandingLane {
  const { lanes, window } = picture;
  const source = sourceOf(lanes.writes, picture, window.start + window.span);
  return {
    ...{ row, source, scale: LONGEST_LATENCY },
    paintPast: (context, left) => inRow(context, picture, row, () => paintDots(context, picture, row, source, left)),
    paintFrame: (context) => paintScale(context, picture, row, formatDuration(LONGEST_LATENCY)),
  };
}

function paintDots(
  context: LaneContext,
  { ink, xOf }: AxisPicture,
  row: AxisRow,
  { samples, from, to }: LaneSource<WriteSample>,
  left: number,
): void {
  context.fillStyle = ink.ink2;
  for (const write of samples.slice(from, to)) {
    const x = xOf(write.at);
    if (x < left - LANE_REACH) continue;
    if (isUnanswered(write)) {
      context.beginPath();
      context.arc(x, row.top + RING + 1, RING, 0, 2 * Math.PI);
      strokeLine(context, ink.ink, 1.75);
    } else {
      context.fillRect(x - DOT, heightOf(row, write.latency) - DOT, 2 * DOT, 2 * DOT);
    }
  }
}

function bucketsOf({ lanes, window, now }: AxisPicture): readonly WriteBucket[] {
  const end = Math.min(now, window.start + window.span);
  return bucketsBetween(lanes.writes, window.start, end, bucketLength(window));
}

/** The middle write as a thin line, the slowest of a hundred as a thick one, on the scale of the writes' lane. */
export function paintQuantiles(context: CanvasRenderingContext2D, picture: AxisPicture, row: AxisRow): void {
  const { ink, xOf, now } = picture;
  const buckets = bucketsOf(picture);
  const lay = (quantileOf: (bucket: WriteBucket) => number | undefined) => {
    context.beginPath();
    for (const bucket of buckets) {
      const value = quantileOf(bucket);
      if (value === undefined) continue;
      context.moveTo(xOf(bucket.from), heightOf(row, value));
      context.lineTo(xOf(Math.min(bucket.from + bucket.length, now)), heightOf(row, value));
    }
  };
  inRow(context, picture, row, () => {
    lay(({ p50 }) => p50);
    strokeLine(context, ink.ink2, 1);
    lay(({ p99 }) => p99);
    strokeLine(context, ink.ink, 2);
  });
  paintScale(context, picture, row, formatDuration(LONGEST_LATENCY));
}

/** As high as the share that was acknowledged; what is missing to the top is dark. */
export function paintAvailability(context: CanvasRenderingContext2D, picture: AxisPicture, row: AxisRow): void {
  const { ink, xOf, now } = picture;
  const height = row.height - 4;
  inRow(context, picture, row, () => {
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
  paintScale(context, picture, row, "100 %");
}
