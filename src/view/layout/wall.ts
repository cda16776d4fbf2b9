/**
 * The wall of a partition. Where every group stands together on the ring, the wall runs from the edge of the stage
 * through the gap between two groups, bends inside the ring past the middles of the links it cuts, and leaves through the
 * next gap; three or more groups meet in a hub. Why it never cuts a link inside a group: the members of a group form a
 * convex piece, every gap's middle lies beyond the chord that closes it, and so does every point between such middles.
 * Where groups are interleaved there is no such line: each cut link gets a short wall of its own.
 */
import type { Address, ReplicaId } from "../../base/ids.ts";
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
  middle,
  moved,
  type Point,
  type Segment,
  segmentsCross,
} from "./geometry.ts";
import { headingOn, piecesOf, pointOn } from "./linkPaths.ts";
import type { StageSize, StageSizes } from "./stageSizes.ts";
import { WallGrid } from "./wallRoute.ts";
import { tagAside, tagOnBand } from "./wallTag.ts";

/** A wall: one polyline per branch, from inside to the edge (a single branch runs from edge to edge). */
export interface Wall {
  readonly kind: "band" | "marks";
  readonly lines: readonly (readonly Point[])[];
  /** Short walls of their own: across every cut link of interleaved groups, and across the line of a client that is cut off. */
  readonly marks: readonly (readonly Point[])[];
  /** Where the tag with its button stands: its centre. */
  readonly tag: Point;
}

export interface WallSurroundings {
  readonly size: StageSize;
  readonly sizes: StageSizes;
  readonly places: readonly Point[];
  readonly cards: readonly CardPlace[];
  readonly clients: readonly ClientPlace[];
  /** Who stands where around the ring; `places` and `cards` are by id. */
  readonly order: readonly ReplicaId[];
}

const MARK_LENGTH = 46;

/** The group of every address that is in one; whoever is in none forms one more, `groups.length`. */
export function groupOf(groups: readonly (readonly Address[])[], address: Address): number {
  const at = groups.findIndex((group) => group.includes(address));
  return at < 0 ? groups.length : at;
}

/** The wall between `groups`; undefined when nobody is parted from anybody. */
export function wallBetween(groups: readonly (readonly Address[])[], around: WallSurroundings): Wall | undefined {
  if (groups.length === 0) return undefined;
  const of = around.order.map((id) => groupOf(groups, id));
  const strays = around.clients
    .filter(({ clientId, anchor }) => groupOf(groups, clientId) !== groupOf(groups, anchor))
    .map(({ path }) => acrossWay(pointOn(path, 0.5), headingOn(path, 0.5)));
  const parted = new Set(of).size;
  const gaps = of.flatMap((group, slot) => (group !== of[(slot + 1) % of.length] ? [slot] : []));
  if (parted > 1 && gaps.length === parted) return { ...band(of, gaps, around), marks: strays };
  const cut = parted > 1 ? acrossLinks(of, around) : [];
  const marks = [...cut, ...strays];
  return marks.length === 0 ? undefined : { kind: "marks", lines: [], marks, tag: tagAside(around) };
}

// --- groups that stand together ---

function band(of: readonly number[], gaps: readonly number[], around: WallSurroundings): Omit<Wall, "marks"> {
  const middles = gaps.map((slot) => middle(placeAt(around, slot), placeAt(around, slot + 1)));
  const hub = hubOf(of, middles, around);
  const exits = waysOut(of, gaps, middles, around);
  const branches = exits.map((exit) => simplified([hub, ...exit]));
  const [first, second] = branches;
  const lines =
    branches.length === 2 && first !== undefined && second !== undefined
      ? [simplified([...first.toReversed(), ...second.slice(1)])]
      : branches;
  return { kind: "band", lines, tag: tagOnBand(exits, lines, around) };
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
  const ofClients = clients.flatMap(({ path, anchor }): readonly Segment[] => {
    const place = places[anchor - 1];
    // To the very middle of its replica, or a wall would slip through between the line's end and the glyph.
    return place === undefined ? [] : [...piecesOf(path), { a: path.b, b: place }];
  });
  return [...ofCards, ...ofClients];
}

// --- groups that are interleaved ---

function acrossLinks(of: readonly number[], around: WallSurroundings): readonly (readonly Point[])[] {
  return pairs(of)
    .filter(([a, b]) => of[a] !== of[b])
    .map(([a, b]) => {
      const [from, to] = [placeAt(around, a), placeAt(around, b)];
      return acrossWay(middle(from, to), direction(from, to));
    });
}

/** A short wall at right angles to a way. */
function acrossWay(centre: Point, heading: Point): readonly Point[] {
  const across = { x: -heading.y, y: heading.x };
  return [moved(centre, across, -MARK_LENGTH / 2), moved(centre, across, MARK_LENGTH / 2)];
}

// --- shared ---

function placeAt({ places, order }: WallSurroundings, slot: number): Point {
  const id = order[slot % order.length];
  return (id === undefined ? undefined : places[id - 1]) ?? { x: 0, y: 0 };
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
