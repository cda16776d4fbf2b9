/**
 * Regions as areas behind their replicas: around the discs, and around the cards too where that keeps the areas of two
 * regions apart. The name stands on the area's edge where it covers least.
 */

import type { ReplicaId } from "../../base/ids.ts";
import type { Region } from "../../model/protocol/config.ts";
import type { ClientPlace } from "./clientPlaces.ts";
import {
  type Box,
  centroid,
  distance,
  distanceToSegment,
  encloses,
  inflated,
  middle,
  type Point,
  type Segment,
  segmentMeetsBox,
  segmentsCross,
  segmentsOf,
  sharedArea,
  turn,
} from "./geometry.ts";
import type { StageSize, StageSizes } from "./stageSizes.ts";

/** One region on the stage. */
export interface RegionPlace {
  readonly name: string;
  readonly replicas: readonly ReplicaId[];
  /** The area: a convex, closed polygon whose last point is not the first again. */
  readonly outline: readonly Point[];
  /** The box of its name, on the edge. */
  readonly label: Box;
}

/** What stands on the stage before the areas are laid behind it. */
export interface RegionSurroundings {
  readonly size: StageSize;
  readonly sizes: StageSizes;
  /** By id, as are the cards. */
  readonly places: readonly Point[];
  readonly cards: readonly Box[];
  readonly clients: readonly ClientPlace[];
}

/** From a disc's reach to the edge of its area, where there is room. */
const ROOM = 16;
const CORNERS_OF_DISC = 48;

/**
 * Who stands where around the ring: by id, but members of a region one after the other. Without regions, or where their
 * ids follow one another, nobody moves.
 */
export function ringOrder(ids: readonly ReplicaId[], regions: readonly Region[]): readonly ReplicaId[] {
  const order = new Set<ReplicaId>();
  for (const id of ids) {
    const region = regions.find(({ replicas }) => replicas.includes(id));
    for (const member of region?.replicas.toSorted((a, b) => a - b) ?? [id])
      if (ids.includes(member)) order.add(member);
  }
  return [...order];
}

/** The areas of `regions`. */
export function placeRegions(regions: readonly Region[], around: RegionSurroundings): readonly RegionPlace[] {
  const named = regions.filter(({ replicas }) => replicas.some((id) => around.places[id - 1] !== undefined));
  const roomy = named.map((region) => outlineOf(region, around, true, ROOM));
  const apart = roomy.every((one, at) => roomy.slice(at + 1).every((other) => !overlap(one, other)));
  const outlines = apart ? roomy : named.map((region) => outlineOf(region, around, false, narrowRoom(named, around)));
  return named.map(({ name, replicas }, at) => {
    const outline = outlines[at] ?? [];
    return { name, replicas, outline, label: labelOn(outline, name, around) };
  });
}

/** Half of what lies between the nearest discs of two regions, less a little; never more than usual. */
function narrowRoom(regions: readonly Region[], { places, sizes }: RegionSurroundings): number {
  const gaps = regions.flatMap(({ replicas }, at) =>
    regions
      .slice(at + 1)
      .flatMap((other) =>
        replicas.flatMap((a) =>
          other.replicas.map((b) => distance(places[a - 1] ?? ORIGIN, places[b - 1] ?? ORIGIN) - 2 * sizes.reach),
        ),
      ),
  );
  return Math.max(2, Math.min(ROOM, ...gaps.map((gap) => gap / 2 - 4)));
}

const ORIGIN: Point = { x: 0, y: 0 };

function outlineOf(
  { replicas }: Region,
  around: RegionSurroundings,
  withCards: boolean,
  room: number,
): readonly Point[] {
  const { places, cards, sizes, size } = around;
  const points = replicas.flatMap((id) => {
    const place = places[id - 1];
    if (place === undefined) return [];
    const radius = sizes.reach + room;
    const disc = Array.from({ length: CORNERS_OF_DISC }, (_, corner): Point => {
      const angle = (2 * Math.PI * corner) / CORNERS_OF_DISC;
      return { x: place.x + radius * Math.cos(angle), y: place.y + radius * Math.sin(angle) };
    });
    const card = cards[id - 1];
    return withCards && card !== undefined ? [...disc, ...cornersOf(inflated(card, 10))] : disc;
  });
  return hullOf(points).map(({ x, y }) => ({
    x: Math.max(2, Math.min(size.width - 2, x)),
    y: Math.max(2, Math.min(size.height - 2, y)),
  }));
}

function cornersOf({ x, y, width, height }: Box): readonly Point[] {
  return [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ];
}

/** The smallest convex polygon around `points` (monotone chain). */
export function hullOf(points: readonly Point[]): readonly Point[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y);
  const chain = (list: readonly Point[]): readonly Point[] => {
    const kept: Point[] = [];
    for (const point of list) {
      for (let [last, before] = [kept.at(-1), kept.at(-2)]; last !== undefined && before !== undefined; ) {
        if (turn(before, last, point) > 0) break;
        kept.pop();
        [last, before] = [kept.at(-1), kept.at(-2)];
      }
      kept.push(point);
    }
    return kept.slice(0, -1);
  };
  return [...chain(sorted), ...chain(sorted.toReversed())];
}

function edgesOf(outline: readonly Point[]): readonly Segment[] {
  const first = outline[0];
  return first === undefined ? [] : segmentsOf([...outline, first]);
}

/** Whether a point lies in a convex polygon. */
export function isWithin(outline: readonly Point[], point: Point): boolean {
  const sides = edgesOf(outline).map(({ a, b }) => turn(a, b, point));
  return sides.every((side) => side >= 0) || sides.every((side) => side <= 0);
}

function overlap(one: readonly Point[], other: readonly Point[]): boolean {
  if (one.some((point) => isWithin(other, point)) || other.some((point) => isWithin(one, point))) return true;
  return edgesOf(one).some((edge) => edgesOf(other).some((against) => segmentsCross(edge, against)));
}

/** Where on the edge the name covers least of what is there: text first, then glyphs, then links. */
function labelOn(outline: readonly Point[], name: string, around: RegionSurroundings): Box {
  const { size, sizes, places, cards, clients } = around;
  const width = name.length * 8 + 18;
  const height = 22;
  const field = { x: 4, y: sizes.headRoom - 8, width: size.width - 8, height: size.height - sizes.headRoom };
  const texts = [...cards, ...clients.flatMap(({ pill, label }) => [pill, label])];
  const links = places.flatMap((a, at) => places.slice(at + 1).map((b): Segment => ({ a, b })));
  const inside = centroid(places);
  const cost = (box: Box): number => {
    const at = { x: box.x + width / 2, y: box.y + height / 2 };
    let sum = encloses(field, box) ? 0 : 1e6;
    for (const text of texts) sum += sharedArea(inflated(box, 2), text) * 10;
    for (const place of places) sum += Math.max(0, sizes.reach + height / 2 - distance(place, at)) * 100;
    for (const link of links) if (segmentMeetsBox(link, box)) sum += 40;
    for (const { path } of clients) if (distanceToSegment(at, { a: path.a, b: path.b }) < height) sum += 20;
    // Of equals the one farthest out: inside there is traffic.
    return sum - distance(at, inside) / 100;
  };
  const spots = edgesOf(outline).flatMap(({ a, b }) => [a, middle(a, b)]);
  const boxes = spots.map(({ x, y }): Box => ({ x: x - width / 2, y: y - height / 2, width, height }));
  return boxes.reduce(
    (best, next) => (cost(next) < cost(best) ? next : best),
    boxes[0] ?? { ...ORIGIN, width, height },
  );
}
