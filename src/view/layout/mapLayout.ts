/** Geometry of the map: from its own units to pixels, what lies under a pointer, and who is worst off. Pure. */
import { type Quadtree, quadtree } from "d3";
import { HOLDINGS, type Holding } from "../../model/protocol/holdings.ts";

/** Places of items in units of the map, two numbers each, by position. */
export type Places = Float64Array;

/** A rectangle in units of the map. */
export interface Extent {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** From units of the map to pixels: `x * scaleX + shiftX`. */
export interface Fit {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly shiftX: number;
  readonly shiftY: number;
}

/** The first `count` places lie in here. */
export function extentOf(places: Places, count: number): Extent {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < count; at += 1) {
    const [x, y] = [places[2 * at] ?? 0, places[2 * at + 1] ?? 0];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return count === 0 ? { left: 0, top: 0, right: 1, bottom: 1 } : { left, top, right, bottom };
}

/** How much wider than high a plane may be stretched: a small map that uses its room is read from further away. */
const MOST_STRETCH = 2.5;

/**
 * Fits `extent` into a box with a margin. Axes of one kind are stretched to fill it, within bounds; axes that mean different
 * things (`free`) are stretched as they need.
 */
export function fitInto(extent: Extent, width: number, height: number, margin: number, free: boolean): Fit {
  const across = Math.max(extent.right - extent.left, 1e-9);
  const down = Math.max(extent.bottom - extent.top, 1e-9);
  const [ownX, ownY] = [Math.max(1, width - 2 * margin) / across, Math.max(1, height - 2 * margin) / down];
  const most = Math.min(ownX, ownY) * MOST_STRETCH;
  const [scaleX, scaleY] = free ? [ownX, ownY] : [Math.min(ownX, most), Math.min(ownY, most)];
  return {
    scaleX,
    scaleY,
    shiftX: (width - across * scaleX) / 2 - extent.left * scaleX,
    shiftY: (height - down * scaleY) / 2 - extent.top * scaleY,
  };
}

/** `fit` after the plane was zoomed by `k` and moved by `x`, `y` pixels. */
export function zoomed(fit: Fit, { k, x, y }: { readonly k: number; readonly x: number; readonly y: number }): Fit {
  return { scaleX: fit.scaleX * k, scaleY: fit.scaleY * k, shiftX: fit.shiftX * k + x, shiftY: fit.shiftY * k + y };
}

/** What lies where, for pointing: an index of all items that are anywhere. */
export function indexOfPlaces(places: Places, positions: Iterable<number>): Quadtree<number> {
  return quadtree<number>()
    .x((position) => places[2 * position] ?? 0)
    .y((position) => places[2 * position + 1] ?? 0)
    .addAll([...positions]);
}

/** The `count` items nearest to a place, nearest first, within `radius` units of the map. */
export function nearestTo(
  tree: Quadtree<number>,
  places: Places,
  [x, y]: readonly [number, number],
  count: number,
  radius = Infinity,
): readonly number[] {
  const found: { readonly position: number; readonly square: number }[] = [];
  let limit = radius * radius;
  tree.visit((node, left, top, right, bottom) => {
    const [dx, dy] = [Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)];
    if (dx * dx + dy * dy > limit) return true;
    if ("data" in node) {
      for (let leaf: typeof node | undefined = node; leaf !== undefined; leaf = leaf.next) {
        const position = leaf.data;
        const square = ((places[2 * position] ?? 0) - x) ** 2 + ((places[2 * position + 1] ?? 0) - y) ** 2;
        if (square <= limit) found.push({ position, square });
      }
      found.sort((one, other) => one.square - other.square || one.position - other.position);
      found.length = Math.min(found.length, count);
      if (found.length === count) limit = Math.min(limit, found.at(-1)?.square ?? limit);
    }
    return false;
  });
  return found.map(({ position }) => position);
}

/** From what needs no look to what needs one most. */
export const BY_TROUBLE: readonly Holding[] = [
  "absent",
  "held",
  "unconfirmedDelete",
  "unconfirmed",
  "onItsWay",
  "outdated",
  "missing",
  "ghost",
  "lost",
];

const trouble = Uint8Array.from(HOLDINGS, (holding) => BY_TROUBLE.indexOf(holding));

/** Every item as whoever is worst off has it. */
export function worstOf(standings: readonly Uint8Array[], size: number): Uint8Array {
  const worst = new Uint8Array(size);
  for (const own of standings) {
    for (let at = 0; at < size; at += 1) {
      const [known, here] = [worst[at] ?? 0, own[at] ?? 0];
      if ((trouble[here] ?? 0) > (trouble[known] ?? 0)) worst[at] = here;
    }
  }
  return worst;
}
