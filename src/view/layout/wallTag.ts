/** Where a wall's tag with its button stands: on the band, off everything else; beside everything where there is no band. */
import {
  along,
  type Box,
  distanceToBox,
  distanceToSegment,
  inflated,
  type Point,
  segmentsOf,
  sharedArea,
} from "./geometry.ts";
import type { WallSurroundings } from "./wall.ts";

/** The size of the tag, as in stage.css. */
const TAG = { width: 204, height: 34 };
const PHONE_TAG = { width: 116, height: 30 };

const COST = { area: 0.05, disc: 100, outside: 400, inside: 30, offBand: 4, fromLeft: 0.01 };

/** On a way out of the ring, as level and as far left as it fits. */
export function tagOnBand(
  exits: readonly (readonly Point[])[],
  lines: readonly (readonly Point[])[],
  around: WallSurroundings,
): Point {
  const { size, sizes } = around;
  const half = tagSize(around).width / 2 + sizes.margin;
  const band = lines.flatMap(segmentsOf);
  const ways = exits.flatMap(segmentsOf);
  const places = [...ways, ...band].flatMap((line) =>
    [0.2, 0.35, 0.5, 0.65, 0.8, 0.92].map((at) => along(line.a, line.b, at)),
  );
  const choices = places.map(({ x, y }) => ({ x: Math.min(Math.max(x, half), size.width - half), y }));
  return cheapest(choices, (centre) => {
    const offBand = Math.min(...band.map((line) => distanceToSegment(centre, line)));
    const offWays = Math.min(...ways.map((line) => distanceToSegment(centre, line)));
    return standing(centre, around) + offBand * COST.offBand + (offWays > 2 ? COST.inside : 0);
  });
}

/** At the left or right edge, wherever nothing else stands. */
export function tagAside(around: WallSurroundings): Point {
  const { size, sizes } = around;
  const { width, height } = tagSize(around);
  const choices: Point[] = [];
  for (let y = sizes.headRoom + height; y < size.height - sizes.footRoom; y += height / 2) {
    for (const x of [sizes.margin + width / 2, size.width - sizes.margin - width / 2]) choices.push({ x, y });
  }
  return cheapest(choices, (centre) => standing(centre, around) + centre.y / 100);
}

function tagSize({ sizes }: WallSurroundings): { readonly width: number; readonly height: number } {
  return sizes.isPhone ? PHONE_TAG : TAG;
}

/** What speaks against standing there. */
function standing(centre: Point, around: WallSurroundings): number {
  const { size, sizes, cards, clients, places } = around;
  const { width, height } = tagSize(around);
  const box: Box = { x: centre.x - width / 2, y: centre.y - height / 2, width, height };
  const boxes: readonly Box[] = [...cards, ...clients.flatMap((client) => [client.pill, client.label])];
  let cost = centre.x * COST.fromLeft;
  for (const other of boxes) cost += sharedArea(inflated(box, 4), other) * COST.area;
  for (const place of places) if (distanceToBox(place, box) < sizes.reach + 4) cost += COST.disc;
  const isOutside = box.y < sizes.headRoom || box.y + height > size.height - sizes.footRoom + 8;
  return cost + (isOutside ? COST.outside : 0);
}

function cheapest(choices: readonly Point[], cost: (centre: Point) => number): Point {
  return choices
    .map((centre) => ({ centre, cost: cost(centre) }))
    .reduce((best, next) => (next.cost < best.cost ? next : best)).centre;
}
