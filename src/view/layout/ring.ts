/** Where the replicas stand: on an ellipse, r1 on top, clockwise. A cut never moves them. */
import type { Point } from "./geometry.ts";
import type { StageSize, StageSizes } from "./stageSizes.ts";

/** The angle of the `slot`-th of `count` replicas, in radians clockwise from the top. */
export function ringAngle(slot: number, count: number): number {
  return (2 * Math.PI * slot) / count;
}

/** The centres of `count` replicas, in order of id, on whole pixels. */
export function ringPlaces(size: StageSize, sizes: StageSizes, count: number): readonly Point[] {
  const angles = Array.from({ length: count }, (_, slot) => ringAngle(slot, count));
  const top = sizes.headRoom + sizes.reach + (sizes.isPhone ? 8 : 10);
  const bottom = size.height - sizes.footRoom - sizes.reach - labelBelow(sizes);
  const lowest = Math.max(...angles.map((angle) => -Math.cos(angle)));
  const widest = Math.max(...angles.map((angle) => Math.sin(angle)));
  if (count === 1) return [{ x: Math.round(size.width / 2), y: Math.round((top + bottom) / 2) }];
  const radiusY = Math.max(0, (bottom - top) / (1 + lowest));
  const room = size.width / 2 - sizes.margin - sizes.reach - labelBeside(sizes);
  const radiusX = Math.max(0, Math.min(room / Math.max(widest, 0.5), radiusY * sizes.widestAspect));
  return angles.map((angle) => ({
    x: Math.round(size.width / 2 + radiusX * Math.sin(angle)),
    y: Math.round(top + radiusY - radiusY * Math.cos(angle)),
  }));
}

/** On a phone the lower replicas carry their labels below, the others above or beside. */
function labelBelow(sizes: StageSizes): number {
  return sizes.detail === "mini" ? sizes.cardHeight + sizes.cardGap : 0;
}

function labelBeside(sizes: StageSizes): number {
  return sizes.detail === "mini" ? 8 : sizes.cardWidth + sizes.cardGap;
}
