/**
 * The way of a wall from a gap in the ring to the edge of the stage, between everything that stands outside the ring:
 * the cheapest path over a coarse grid (Dijkstra), then pulled straight. Crossing what belongs together (a card and its
 * replica, a client and its replica) costs more than any detour, so it happens only where there is no other way.
 */
import { Heap } from "../../base/heap.ts";
import {
  type Box,
  type Circle,
  distance,
  distanceToBox,
  distanceToSegment,
  inflated,
  type Point,
  type Segment,
  segmentsOf,
} from "./geometry.ts";
import type { StageSize } from "./stageSizes.ts";

/** What stands in the way of a wall. */
export interface Obstacles {
  readonly discs: readonly Circle[];
  /** Cards and pills: a wall keeps off them. */
  readonly boxes: readonly Box[];
  /** Text that a wall rather avoids: labels, the headline, the counters. */
  readonly texts: readonly Box[];
  /** Lines that it must not cross. */
  readonly tethers: readonly Segment[];
}

/** Grid step, in CSS pixels: finer than the smallest passage between two cards. */
const STEP = 8;
/** Costs of a cell beside its own 1. A tether is dearer than every way around it. */
const COST = { tether: 50_000, disc: 900, box: 500, text: 30, near: 1.6 };
/** What counts as free when a path is pulled straight. */
const FREE = 4;
/** The band's half width and some air. */
const CLEARANCE = { disc: 13, box: 11, near: 12, tether: 6, phone: 0.6 };

export class WallGrid {
  readonly #columns: number;
  readonly #rows: number;
  readonly #costs: Float64Array;

  constructor(size: StageSize, obstacles: Obstacles, isPhone: boolean) {
    this.#columns = Math.floor(size.width / STEP) + 1;
    this.#rows = Math.floor(size.height / STEP) + 1;
    this.#costs = new Float64Array(this.#columns * this.#rows).fill(1);
    const scale = isPhone ? CLEARANCE.phone : 1;
    for (const disc of obstacles.discs) this.#raiseAroundDisc(disc, scale);
    for (const box of obstacles.boxes) this.#raiseAroundBox(box, scale);
    for (const text of obstacles.texts)
      this.#raise(text, (point) => (distanceToBox(point, text) === 0 ? COST.text : 0));
    for (const tether of obstacles.tethers) this.block(tether);
  }

  /** Makes a line uncrossable. */
  block(line: Segment): void {
    this.#addAlong(line, COST.tether);
  }

  /** Takes one {@link block} of the same line back. */
  unblock(line: Segment): void {
    this.#addAlong(line, -COST.tether);
  }

  #addAlong(line: Segment, cost: number): void {
    const bounds = inflated(boundsOf(line), CLEARANCE.tether);
    this.#raise(bounds, (point) => (distanceToSegment(point, line) < CLEARANCE.tether ? cost : 0));
  }

  /** From `start` to the edge of the stage, `start` included. */
  wayOut(start: Point): readonly Point[] {
    const first = this.#cellAt(start);
    const spent = new Float64Array(this.#costs.length).fill(Infinity);
    const previous = new Int32Array(this.#costs.length).fill(-1);
    const open = new Heap<readonly [number, number]>((a, b) => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]));
    spent[first] = 0;
    open.push([0, first]);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [cost, cell] = next;
      if (cost > (spent[cell] ?? 0)) continue;
      if (this.#isEdge(cell))
        return this.#straightened([start, ...this.#pathTo(cell, previous).slice(1), this.#beyond(cell)]);
      this.#expand(cell, cost, spent, previous, open);
    }
    return [start];
  }

  /** Takes a finished way out of the play, so that the next one runs elsewhere. */
  occupy(way: readonly Point[]): void {
    for (const piece of segmentsOf(way)) this.block(piece);
  }

  #expand(
    cell: number,
    cost: number,
    spent: Float64Array,
    previous: Int32Array,
    open: Heap<readonly [number, number]>,
  ): void {
    const column = cell % this.#columns;
    const row = (cell - column) / this.#columns;
    for (let dy = -1; dy <= 1; dy += 1) {
      for (let dx = -1; dx <= 1; dx += 1) {
        const x = column + dx;
        const y = row + dy;
        if ((dx === 0 && dy === 0) || x < 0 || y < 0 || x >= this.#columns || y >= this.#rows) continue;
        const other = y * this.#columns + x;
        const total = cost + (this.#costs[other] ?? Infinity) * (dx !== 0 && dy !== 0 ? Math.SQRT2 : 1);
        if (total >= (spent[other] ?? 0)) continue;
        spent[other] = total;
        previous[other] = cell;
        open.push([total, other]);
      }
    }
  }

  #raiseAroundDisc(disc: Circle, scale: number): void {
    const hard = disc.radius + CLEARANCE.disc * scale;
    const soft = hard + CLEARANCE.near * scale;
    const bounds = { x: disc.x - soft, y: disc.y - soft, width: 2 * soft, height: 2 * soft };
    this.#raise(bounds, (point) => {
      const away = distance(point, disc);
      return away < hard ? COST.disc : away < soft ? COST.near : 0;
    });
  }

  #raiseAroundBox(box: Box, scale: number): void {
    const hard = CLEARANCE.box * scale;
    const soft = hard + CLEARANCE.near * scale;
    this.#raise(inflated(box, soft), (point) => {
      const away = distanceToBox(point, box);
      return away < hard ? COST.box : away < soft ? COST.near : 0;
    });
  }

  #raise(bounds: Box, cost: (point: Point) => number): void {
    const left = Math.max(0, Math.floor(bounds.x / STEP));
    const right = Math.min(this.#columns - 1, Math.ceil((bounds.x + bounds.width) / STEP));
    const top = Math.max(0, Math.floor(bounds.y / STEP));
    const bottom = Math.min(this.#rows - 1, Math.ceil((bounds.y + bounds.height) / STEP));
    for (let row = top; row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) {
        const cell = row * this.#columns + column;
        this.#costs[cell] = (this.#costs[cell] ?? 1) + cost({ x: column * STEP, y: row * STEP });
      }
    }
  }

  #cellAt(point: Point): number {
    const column = Math.max(0, Math.min(this.#columns - 1, Math.round(point.x / STEP)));
    const row = Math.max(0, Math.min(this.#rows - 1, Math.round(point.y / STEP)));
    return row * this.#columns + column;
  }

  #pointOf(cell: number): Point {
    const column = cell % this.#columns;
    return { x: column * STEP, y: ((cell - column) / this.#columns) * STEP };
  }

  #isEdge(cell: number): boolean {
    const column = cell % this.#columns;
    const row = (cell - column) / this.#columns;
    return column === 0 || row === 0 || column === this.#columns - 1 || row === this.#rows - 1;
  }

  /** A point off the stage beside a cell of its edge, so that the band leaves without an end. */
  #beyond(cell: number): Point {
    const { x, y } = this.#pointOf(cell);
    const right = (this.#columns - 1) * STEP;
    const bottom = (this.#rows - 1) * STEP;
    return {
      x: x === 0 ? -2 * STEP : x === right ? x + 3 * STEP : x,
      y: y === 0 ? -2 * STEP : y === bottom ? y + 3 * STEP : y,
    };
  }

  #pathTo(cell: number, previous: Int32Array): readonly Point[] {
    const path: Point[] = [];
    for (let at = cell; at >= 0; at = previous[at] ?? -1) path.push(this.#pointOf(at));
    return path.reverse();
  }

  /** Leaves out every point that can be skipped without running closer to anything than the path did. */
  #straightened(path: readonly Point[]): readonly Point[] {
    const kept: Point[] = [];
    let at = 0;
    while (at < path.length - 1) {
      const from = path[at];
      if (from === undefined) break;
      kept.push(from);
      let to = at + 1;
      for (let far = path.length - 1; far > at + 1; far -= 1) {
        const end = path[far];
        if (end === undefined || this.#dearest(from, end) > this.#dearestOf(path.slice(at, far + 1))) continue;
        to = far;
        break;
      }
      at = to;
    }
    const last = path.at(-1);
    return last === undefined ? kept : [...kept, last];
  }

  /** The dearest cell under a straight piece. */
  #dearest(a: Point, b: Point): number {
    const pieces = Math.max(1, Math.ceil(distance(a, b) / (STEP / 2)));
    let dearest = FREE;
    for (let piece = 0; piece <= pieces; piece += 1) {
      const point = { x: a.x + ((b.x - a.x) * piece) / pieces, y: a.y + ((b.y - a.y) * piece) / pieces };
      dearest = Math.max(dearest, this.#costs[this.#cellAt(point)] ?? 1);
    }
    return dearest;
  }

  #dearestOf(path: readonly Point[]): number {
    return path.reduce((dearest, point) => Math.max(dearest, this.#costs[this.#cellAt(point)] ?? 1), FREE);
  }
}

function boundsOf({ a, b }: Segment): Box {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}
