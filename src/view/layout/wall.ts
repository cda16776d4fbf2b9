/**
 * The wall of a partition. Where every group stands together on the ring, the wall runs from the edge of the stage
 * through the gap between two groups, bends inside the ring past the middles of the links it cuts, and leaves through the
 * next gap; three or more groups meet in a hub. Why it never cuts a link inside a group: the members of a group form a
 * convex piece, every gap's middle lies beyond the chord that closes it, and so does every point between such middles.
 * Where groups are interleaved there is no such line: each cut link gets a short wall of its own.
 */
import type { Address } from "../../base/ids.ts";
import type { CardPlace } from "./cards.ts";
import type { ClientPlace } from "./clientPlaces.ts";
import {
  along,
  type Box,
  type Circle,
  centreOf,
  centroid,
  direction,
  distance,
  distanceToSegment,
  inflated,
  middle,
  moved,
  type Point,
  type Segment,
  segmentMeetsBox,
  segmentsCross,
  segmentsOf,
} from "./geometry.ts";
import { piecesOf } from "./linkPaths.ts";
import type { StageSize, StageSizes } from "./stageSizes.ts";
import { WallGrid } from "./wallRoute.ts";

/** A wall: one polyline per branch, from inside to the edge (a single branch runs from edge to edge). */
export interface Wall {
  readonly kind: "band" | "marks";
  readonly lines: readonly (readonly Point[])[];
  /** Where the tag with its button stands: its centre. */
  readonly tag: Point;
}

export interface WallSurroundings {
  readonly size: StageSize;
  readonly sizes: StageSizes;
  readonly places: readonly Point[];
  readonly cards: readonly CardPlace[];
  readonly clients: readonly ClientPlace[];
}

/** The size of the tag with its button, as in stage.css. */
const TAG = { width: 204, height: 34 };
const PHONE_TAG = { width: 116, height: 30 };
const MARK_LENGTH = 46;

/** The group of every address that is in one; whoever is in none forms one more, `groups.length`. */
export function groupOf(groups: readonly (readonly Address[])[], address: Address): number {
  const at = groups.findIndex((group) => group.includes(address));
  return at < 0 ? groups.length : at;
}

/** The wall between `groups`; undefined when no two replicas are parted. */
export function wallBetween(groups: readonly (readonly Address[])[], around: WallSurroundings): Wall | undefined {
  const of = around.places.map((_, slot) => groups.findIndex((group) => group.some((id) => id === slot + 1)));
  const parted = new Set(of).size;
  if (parted < 2) return undefined;
  const gaps = of.flatMap((group, slot) => (group !== of[(slot + 1) % of.length] ? [slot] : []));
  return gaps.length === parted ? band(of, gaps, around) : marks(of, around);
}

// --- groups that stand together ---

function band(of: readonly number[], gaps: readonly number[], around: WallSurroundings): Wall {
  const middles = gaps.map((slot) => middle(placeAt(around, slot), placeAt(around, slot + 1)));
  const hub = hubOf(of, middles, around);
  const exits = waysOut(of, gaps, middles, around);
  const branches = exits.map((exit) => simplified([hub, ...exit]));
  const [first, second] = branches;
  const lines =
    branches.length === 2 && first !== undefined && second !== undefined
      ? [simplified([...first.toReversed(), ...second.slice(1)])]
      : branches;
  return { kind: "band", lines, tag: tagPlace(exits, lines, around) };
}

/** Between the middles of the gaps, drawn towards the middles of the cut links as long as that keeps off the glyphs. */
function hubOf(of: readonly number[], middles: readonly Point[], around: WallSurroundings): Point {
  const between = centroid(middles);
  const cutMiddles = pairs(of)
    .filter(([a, b]) => of[a] !== of[b])
    .map(([a, b]) => middle(placeAt(around, a), placeAt(around, b)));
  const inner = intraLinks(of, around);
  const target = centroid(cutMiddles);
  const choices = [0, 0.25, 0.5, 0.75, 1].map((share) => along(between, target, share));
  const room = (hub: Point) => {
    const spokes = middles.map((through): Segment => ({ a: hub, b: through }));
    if (spokes.some((spoke) => inner.some((link) => segmentsCross(spoke, link)))) return -1;
    const toDiscs = around.places.flatMap((place) => spokes.map((spoke) => distanceToSegment(place, spoke)));
    const toLinks = inner.map((link) => distanceToSegment(hub, link) * 2 + around.sizes.reach);
    return Math.min(...toDiscs, ...toLinks);
  };
  return choices.reduce((best, next) => (room(next) > room(best) + 1 ? next : best));
}

/** The ways out from the middles of the gaps, one after the other, so that no two run together. */
function waysOut(
  of: readonly number[],
  gaps: readonly number[],
  middles: readonly Point[],
  around: WallSurroundings,
): readonly (readonly Point[])[] {
  const grid = gridFor(of, around);
  const ways: (readonly Point[])[] = [];
  for (const [at, slot] of gaps.entries()) {
    const through = middles[at];
    if (through === undefined) continue;
    const own: Segment = { a: placeAt(around, slot), b: placeAt(around, slot + 1) };
    grid.unblock(own);
    const way = grid.wayOut(through);
    grid.block(own);
    grid.occupy(way);
    ways.push(way);
  }
  return ways;
}

function gridFor(of: readonly number[], around: WallSurroundings): WallGrid {
  const { size, sizes, cards, clients, places } = around;
  const links = pairs(of).map(([a, b]): Segment => ({ a: placeAt(around, a), b: placeAt(around, b) }));
  const labels = clients.flatMap(({ pill, label }) => (label === pill ? [] : [label]));
  const headline: Box = { x: 0, y: 0, width: size.width, height: sizes.headRoom - 4 };
  const foot: Box = { x: 0, y: size.height - sizes.footRoom + 6, width: size.width, height: sizes.footRoom };
  return new WallGrid(
    size,
    {
      discs: places.map((place): Circle => ({ ...place, radius: sizes.reach })),
      boxes: [...cards, ...clients.map((client) => client.pill)],
      texts: [...labels, headline, foot],
      tethers: [...links, ...tethers(around)],
    },
    sizes.isPhone,
  );
}

/** Lines that a wall must not cross: a card's to its replica, a client's to its own. */
function tethers({ cards, clients, places }: WallSurroundings): readonly Segment[] {
  const ofCards = cards.flatMap((card, slot): Segment[] => {
    const place = places[slot];
    return place === undefined ? [] : [{ a: place, b: centreOf(card) }];
  });
  return [...ofCards, ...clients.flatMap((client) => piecesOf(client.path))];
}

/** Where the tag fits on the band: on a way out, off everything else, the longer and more level the better. */
function tagPlace(
  exits: readonly (readonly Point[])[],
  lines: readonly (readonly Point[])[],
  around: WallSurroundings,
): Point {
  const { size, sizes, cards, clients, places } = around;
  const tag = sizes.isPhone ? PHONE_TAG : TAG;
  const boxes: readonly Box[] = [...cards, ...clients.flatMap((client) => [client.pill, client.label])];
  const inside = lines.flatMap(segmentsOf);
  const onWayOut = exits.flatMap(segmentsOf);
  const choices = [...onWayOut, ...inside].flatMap((line) =>
    [0.2, 0.35, 0.5, 0.65, 0.8, 0.92].map((at) => along(line.a, line.b, at)),
  );
  const clamped = choices.map((point) => ({
    x: Math.min(Math.max(point.x, tag.width / 2 + sizes.margin), size.width - tag.width / 2 - sizes.margin),
    y: point.y,
  }));
  const cost = (centre: Point) => {
    const box: Box = {
      x: centre.x - tag.width / 2,
      y: centre.y - tag.height / 2,
      width: tag.width,
      height: tag.height,
    };
    const over = boxes.filter(
      (other) => segmentMeetsBox(diagonal(box), inflated(other, 4)) || overlaps(box, other),
    ).length;
    const discs = places.filter((place) => distanceToTag(place, box) < sizes.reach + 4).length;
    const offBand = Math.min(...inside.map((line) => distanceToSegment(centre, line)));
    const outside = centre.y < sizes.headRoom + 10 || centre.y > size.height - sizes.footRoom ? 1 : 0;
    const within = Math.min(...onWayOut.map((line) => distanceToSegment(centre, line))) > 2 ? 30 : 0;
    return over * 100 + discs * 100 + outside * 400 + within + offBand * 4 + centre.x / 100;
  };
  return clamped.reduce((best, next) => (cost(next) < cost(best) ? next : best));
}

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function diagonal(box: Box): Segment {
  return { a: { x: box.x, y: box.y }, b: { x: box.x + box.width, y: box.y + box.height } };
}

function distanceToTag(point: Point, box: Box): number {
  const dx = Math.max(box.x - point.x, 0, point.x - (box.x + box.width));
  const dy = Math.max(box.y - point.y, 0, point.y - (box.y + box.height));
  return Math.hypot(dx, dy);
}

// --- groups that are interleaved ---

function marks(of: readonly number[], around: WallSurroundings): Wall {
  const cut = pairs(of).filter(([a, b]) => of[a] !== of[b]);
  const lines = cut.map(([a, b]): readonly Point[] => {
    const from = placeAt(around, a);
    const to = placeAt(around, b);
    const unit = direction(from, to);
    const across = { x: -unit.y, y: unit.x };
    const centre = middle(from, to);
    return [moved(centre, across, -MARK_LENGTH / 2), moved(centre, across, MARK_LENGTH / 2)];
  });
  const { size, sizes } = around;
  const tag = sizes.isPhone ? PHONE_TAG : TAG;
  return {
    kind: "marks",
    lines,
    tag: { x: tag.width / 2 + sizes.margin, y: size.height - sizes.footRoom - tag.height },
  };
}

// --- shared ---

function placeAt({ places }: WallSurroundings, slot: number): Point {
  return places[slot % places.length] ?? { x: 0, y: 0 };
}

function pairs(of: readonly number[]): readonly (readonly [number, number])[] {
  return of.flatMap((_, a) => of.slice(a + 1).map((_unused, at) => [a, a + 1 + at] as const));
}

function intraLinks(of: readonly number[], around: WallSurroundings): readonly Segment[] {
  return pairs(of)
    .filter(([a, b]) => of[a] === of[b])
    .map(([a, b]): Segment => ({ a: placeAt(around, a), b: placeAt(around, b) }));
}

/** The polyline without points that repeat. */
function simplified(points: readonly Point[]): readonly Point[] {
  return points.filter((point, at) => at === 0 || distance(point, points[at - 1] ?? point) > 2);
}
