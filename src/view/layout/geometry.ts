/** Points, boxes and segments in CSS pixels: the few facts of plane geometry that the layout of the stage needs. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An axis-parallel box; `x`, `y` is its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Circle extends Point {
  readonly radius: number;
}

/** A straight piece from `a` to `b`. */
export interface Segment {
  readonly a: Point;
  readonly b: Point;
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** The point at `share` (0 to 1) of the way from `a` to `b`. */
export function along(a: Point, b: Point, share: number): Point {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}

export function middle(a: Point, b: Point): Point {
  return along(a, b, 0.5);
}

/** The mean of at least one point. */
export function centroid(points: readonly Point[]): Point {
  const sum = points.reduce((total, point) => ({ x: total.x + point.x, y: total.y + point.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/** The unit vector from `a` to `b`; straight up when they coincide. */
export function direction(a: Point, b: Point): Point {
  const length = distance(a, b);
  return length < 1e-9 ? { x: 0, y: -1 } : { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
}

/** `point` moved by `by` along the unit vector `unit`. */
export function moved(point: Point, unit: Point, by: number): Point {
  return { x: point.x + unit.x * by, y: point.y + unit.y * by };
}

export function centreOf(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** `box` with `by` more on every side. */
export function inflated(box: Box, by: number): Box {
  return { x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by };
}

/** The area that two boxes share. */
export function sharedArea(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

export function contains(box: Box, point: Point): boolean {
  return point.x >= box.x && point.x <= box.x + box.width && point.y >= box.y && point.y <= box.y + box.height;
}

/** Whether all of `inner` lies in `outer`. */
export function encloses(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** How far `point` is from `box`, 0 inside. */
export function distanceToBox(point: Point, box: Box): number {
  const dx = Math.max(box.x - point.x, 0, point.x - (box.x + box.width));
  const dy = Math.max(box.y - point.y, 0, point.y - (box.y + box.height));
  return Math.hypot(dx, dy);
}

/** How far `point` is from the segment. */
export function distanceToSegment(point: Point, { a, b }: Segment): number {
  const length2 = (b.x - a.x) ** 2 + (b.y - a.y) ** 2;
  if (length2 === 0) return distance(point, a);
  const share = ((point.x - a.x) * (b.x - a.x) + (point.y - a.y) * (b.y - a.y)) / length2;
  return distance(point, along(a, b, Math.max(0, Math.min(1, share))));
}

/** Twice the signed area of the triangle: positive when `c` lies to the right of a-b on a screen, 0 on the line. */
export function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/** Whether two segments cross in a point that is inside both. */
export function segmentsCross(first: Segment, second: Segment): boolean {
  const d1 = turn(first.a, first.b, second.a);
  const d2 = turn(first.a, first.b, second.b);
  const d3 = turn(second.a, second.b, first.a);
  const d4 = turn(second.a, second.b, first.b);
  return d1 * d2 < 0 && d3 * d4 < 0;
}

/** At which share of `first` the segment `second` crosses or touches it; undefined when it does not. */
export function crossingShare(first: Segment, second: Segment): number | undefined {
  const d1 = turn(second.a, second.b, first.a);
  const d2 = turn(second.a, second.b, first.b);
  if (d1 * d2 > 0 || d1 === d2 || turn(first.a, first.b, second.a) * turn(first.a, first.b, second.b) > 1e-6)
    return undefined;
  return d1 / (d1 - d2);
}

/** Whether any part of the segment lies in the box. */
export function segmentMeetsBox(segment: Segment, box: Box): boolean {
  if (contains(box, segment.a) || contains(box, segment.b)) return true;
  const corners = cornersOf(box);
  return corners.some((corner, at) => {
    const next = corners[(at + 1) % corners.length];
    return next !== undefined && segmentsCross(segment, { a: corner, b: next });
  });
}

function cornersOf({ x, y, width, height }: Box): readonly Point[] {
  return [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ];
}

/** The segments of a polyline. */
export function segmentsOf(points: readonly Point[]): readonly Segment[] {
  return points.slice(1).map((b, at) => ({ a: points[at] ?? b, b }));
}

/** Where the ray from `start` along `unit` leaves `box`, which holds `start`. */
export function rayToEdge(start: Point, unit: Point, box: Box): Point {
  const toX = unit.x > 0 ? (box.x + box.width - start.x) / unit.x : unit.x < 0 ? (box.x - start.x) / unit.x : Infinity;
  const toY = unit.y > 0 ? (box.y + box.height - start.y) / unit.y : unit.y < 0 ? (box.y - start.y) / unit.y : Infinity;
  return moved(start, unit, Math.max(0, Math.min(toX, toY)));
}

/** Where the way from the box's centre towards `target` leaves the box. */
export function edgeTowards(box: Box, target: Point): Point {
  const centre = centreOf(box);
  return rayToEdge(centre, direction(centre, target), box);
}
