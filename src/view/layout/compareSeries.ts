/** Shared axes of compared runs: one scale for all of them, and each run's line as a path over it. */
import type { ComparedSpan, SeriesPoint } from "../../model/protocol/comparison.ts";
import { roundTop } from "./timeLanes.ts";

/** What one axis shows of a point; null where there is nothing to show. */
export type Reading = (point: SeriesPoint) => number | null;

/** The end of the scale that holds all runs, at least `least`. */
export function sharedTop(runs: readonly (readonly SeriesPoint[])[], read: Reading, least: number): number {
  const most = runs.flatMap((points) => points.map((point) => read(point) ?? 0));
  return roundTop(
    most.reduce((top, value) => Math.max(top, value), 0),
    least,
  );
}

/** Even steps, or even factors: milliseconds and seconds on one axis. */
export type Scale = "even" | "log";

/** The plane that a line is drawn on. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  /** Value at the upper edge; 0 is at the lower. */
  readonly top: number;
  readonly scale: Scale;
}

/** How high a value stands, from 0 to 1. The log scale begins at 1 of whatever is measured, and 0 stands at its foot. */
export function heightOf(value: number, { top, scale }: Pick<Plane, "top" | "scale">): number {
  const share = scale === "even" ? value / top : Math.log(1 + value) / Math.log(1 + top);
  return Math.min(1, Math.max(0, share));
}

/** The line of one run; it breaks off where there is nothing to show. */
export function seriesPath(points: readonly SeriesPoint[], read: Reading, span: ComparedSpan, plane: Plane): string {
  const { width, height } = plane;
  let isOpen = false;
  let path = "";
  for (const point of points) {
    const value = read(point);
    if (value === null) {
      isOpen = false;
      continue;
    }
    const x = shareOf(point.at, span) * width;
    const y = height * (1 - heightOf(value, plane));
    path += `${isOpen ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    // A single point is seen, too.
    if (!isOpen) path += `h0.1`;
    isOpen = true;
  }
  return path;
}

/** Where `at` stands in the span, from 0 to 1. */
export function shareOf(at: number, { from, to }: ComparedSpan): number {
  return to <= from ? 0 : Math.min(1, Math.max(0, (at - from) / (to - from)));
}

/** The point that says what is known at `at`: counts as they were, and the most since the point before. */
export function pointAt(points: readonly SeriesPoint[], at: number): SeriesPoint | undefined {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return points[low - 1];
}
