/**
 * What of the lanes' past must be painted again for the next picture. What was painted is good for it where nothing but the
 * window has moved, by whole pixels of the device, and each lane has the very same samples as before and perhaps more.
 */
import { columnOf } from "../../layout/laneColumns.ts";
import type { AxisPicture } from "./axisPicture.ts";
import { LANE_REACH, type StandingLane } from "./standingLane.ts";

/** A picture and the lanes in it. */
export interface PaintedPast {
  readonly picture: AxisPicture;
  readonly lanes: readonly StandingLane[];
}

/** How what was painted becomes the next picture. */
export interface PastRefresh {
  /** Moved to the left by so many pixels of the device. */
  readonly by: number;
  /** Painted again from here on. */
  readonly from: number;
}

/** Pixels by which a move may miss a whole one, by rounding of numbers. */
const ROUNDING = 1e-3;

/** What is to be done; undefined when everything must be painted. */
export function pastRefresh(before: PaintedPast, next: PaintedPast): PastRefresh | undefined {
  if (!hasSameLook(before, next)) return undefined;
  const { width, pixelRatio, window } = next.picture;
  const moved = ((window.start - before.picture.window.start) / window.span) * width * pixelRatio;
  const by = Math.round(moved);
  if (by < 0 || Math.abs(moved - by) > ROUNDING) return undefined;
  let from = width - by / pixelRatio;
  for (const [place, lane] of next.lanes.entries()) {
    const known = before.lanes[place];
    const changed = known && changedFrom(before.picture, known, lane, next.picture);
    if (changed === undefined) return undefined;
    from = Math.min(from, changed);
  }
  return from <= 0 ? undefined : { by, from: from - LANE_REACH };
}

/** Whether both are painted alike but for what they show. */
function hasSameLook(before: PaintedPast, next: PaintedPast): boolean {
  const [old, now] = [before.picture, next.picture];
  return (
    old.width === now.width &&
    old.pixelRatio === now.pixelRatio &&
    old.ink === now.ink &&
    old.emphasised === now.emphasised &&
    old.window.span === now.window.span &&
    old.now <= now.now &&
    before.lanes.length === next.lanes.length &&
    next.lanes.every(({ row, scale }, place) => {
      const lane = before.lanes[place];
      return lane?.row === row && lane.scale === scale;
    })
  );
}

/** From where on a lane is another than before; undefined when all of it may be. */
function changedFrom(
  old: AxisPicture,
  { source: before }: StandingLane,
  { source }: StandingLane,
  { xOf, window, width }: AxisPicture,
): number | undefined {
  if (source.from < before.from || source.to < before.to || before.to === before.from) return undefined;
  for (let index = source.from; index < before.to; index += 1)
    if (source.samples[index] !== before.samples[index]) return undefined;
  // The last value lasted until then.
  const lasted = xOf(old.now);
  if (source.to === before.to) return lasted;
  // In the last column another value may stand now, and the line to it begins in the column before.
  const column = (index: number) => columnOf(window, width, before.samples[index]?.at ?? 0);
  let first = before.to - 1;
  for (let columns = 0; columns < 2; columns += 1) {
    const own = column(first);
    while (first > before.from && column(first - 1) === own) first -= 1;
    if (columns === 0) first = Math.max(before.from, first - 1);
  }
  return Math.min(lasted, xOf(before.samples[first]?.at ?? 0));
}
