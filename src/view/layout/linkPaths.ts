/** The ways that messages take: from edge to edge of two figures, straight unless another replica stands in between. */
import { present } from "../../base/assert.ts";
import type { CardPlace } from "./cards.ts";
import {
  along,
  type Box,
  type Circle,
  crossingShare,
  direction,
  distance,
  distanceToBox,
  edgeTowards,
  middle,
  moved,
  type Point,
  type Segment,
} from "./geometry.ts";

/** A way from `a` to `b`; with `control` a quadratic curve, else straight. */
export interface LinkPath {
  readonly a: Point;
  readonly b: Point;
  readonly control: Point | undefined;
  /** How far the control point is off the straight line; 0 for a straight way. */
  readonly bend: number;
  /** The share of the way at which a wall stands across it; undefined where none does. */
  readonly wallAt: number | undefined;
}

/** An end of a way: a replica's glyph or a client's pill. */
export type LinkEnd = { readonly kind: "disc"; readonly disc: Circle } | { readonly kind: "pill"; readonly pill: Box };

/** Free space between a figure and the end of its links. */
export const LINK_GAP = 9;
const BENDS = [0, 40, -40, 80, -80, 130, -130, 190, -190];
const SAMPLES = 12;
/** Straight pieces that a curve is tested by. */
const PIECES = 8;

/** The way from one end to the other, bent off whatever else stands there. */
export function linkPath(from: LinkEnd, to: LinkEnd, discs: readonly Circle[], cards: readonly CardPlace[]): LinkPath {
  const start = centreOfEnd(from);
  const end = centreOfEnd(to);
  const unit = direction(start, end);
  const across = { x: -unit.y, y: unit.x };
  const straight = from.kind === "disc" && to.kind === "disc";
  let best: { path: LinkPath; cost: number } | undefined;
  for (const bend of straight ? [0] : BENDS) {
    // Bends come in order of size: nothing further can be cheaper.
    if (best !== undefined && best.cost <= Math.abs(bend)) break;
    const control = bend === 0 ? undefined : moved(middle(start, end), across, bend);
    const aim = control ?? end;
    const path: LinkPath = { a: leave(from, aim), b: leave(to, control ?? start), control, bend, wallAt: undefined };
    const cost = straight ? 0 : Math.abs(bend) + crossings(path, discs, cards);
    if (best === undefined || cost < best.cost) best = { path, cost };
  }
  return present(best, "a way").path;
}

function crossings(path: LinkPath, discs: readonly Circle[], cards: readonly CardPlace[]): number {
  let cost = 0;
  for (let step = 1; step < SAMPLES; step += 1) {
    const point = pointOn(path, step / SAMPLES);
    for (const disc of discs) if (distance(point, disc) < disc.radius) cost += 400;
    for (const card of cards) if (distanceToBox(point, card) < 6) cost += 60;
  }
  return cost;
}

function centreOfEnd(end: LinkEnd): Point {
  return end.kind === "disc" ? end.disc : { x: end.pill.x + end.pill.width / 2, y: end.pill.y + end.pill.height / 2 };
}

function leave(end: LinkEnd, target: Point): Point {
  if (end.kind === "disc") return moved(end.disc, direction(end.disc, target), end.disc.radius + LINK_GAP);
  const centre = centreOfEnd(end);
  return moved(edgeTowards(end.pill, target), direction(centre, target), 5);
}

/** The point at `share` of the way. */
export function pointOn({ a, b, control }: LinkPath, share: number): Point {
  if (control === undefined) return along(a, b, share);
  return along(along(a, control, share), along(control, b, share), share);
}

/** The unit vector in which something travels at `share` of the way. */
export function headingOn({ a, b, control }: LinkPath, share: number): Point {
  if (control === undefined) return direction(a, b);
  return direction(along(a, control, share), along(control, b, share));
}

/** The length of the way. */
export function lengthOf(path: LinkPath): number {
  if (path.control === undefined) return distance(path.a, path.b);
  let length = 0;
  for (let step = 0; step < SAMPLES; step += 1) {
    length += distance(pointOn(path, step / SAMPLES), pointOn(path, (step + 1) / SAMPLES));
  }
  return length;
}

/** The way in the other direction. */
export function reversed({ a, b, control, bend, wallAt }: LinkPath): LinkPath {
  return { a: b, b: a, control, bend, wallAt: wallAt === undefined ? undefined : 1 - wallAt };
}

/** The way with the place at which the first of `walls` crosses it. */
export function atWall(path: LinkPath, walls: readonly Segment[]): LinkPath {
  if (walls.length === 0) return path;
  const pieces = piecesOf(path);
  for (const [at, piece] of pieces.entries()) {
    for (const wall of walls) {
      const share = crossingShare(piece, wall);
      if (share !== undefined) return { ...path, wallAt: (at + share) / pieces.length };
    }
  }
  return path;
}

/** The way as straight pieces. */
export function piecesOf(path: LinkPath): readonly Segment[] {
  if (path.control === undefined) return [{ a: path.a, b: path.b }];
  return Array.from({ length: PIECES }, (_, at) => ({
    a: pointOn(path, at / PIECES),
    b: pointOn(path, (at + 1) / PIECES),
  }));
}
