/**
 * Where the clients stand: at the edge, near the replica they belong to, on its side of a wall, off the cards. Each
 * takes the cheapest free place along the border of the stage, in order of id.
 */
import type { ClientId, ReplicaId } from "../../base/ids.ts";
import type { CardPlace } from "./cards.ts";
import {
  type Box,
  type Circle,
  centreOf,
  distance,
  distanceToBox,
  encloses,
  inflated,
  type Point,
  type Segment,
  segmentMeetsBox,
  segmentsCross,
  sharedArea,
} from "./geometry.ts";
import { type LinkPath, lengthOf, linkPath, piecesOf } from "./linkPaths.ts";
import type { StageSize, StageSizes } from "./stageSizes.ts";

/** A client and the replica beside which it is to stand: its home, or on the other side of a wall somebody of its group. */
export interface ClientSeat {
  readonly clientId: ClientId;
  readonly anchor: ReplicaId;
}

export interface ClientPlace {
  readonly clientId: ClientId;
  readonly anchor: ReplicaId;
  readonly pill: Box;
  readonly label: Box;
  /** At which end of its box the label's text is set. */
  readonly align: "start" | "end";
  /** The way from the pill to the anchor. */
  readonly path: LinkPath;
}

/** What the clients must keep clear of. */
export interface Occupied {
  readonly places: readonly Point[];
  readonly cards: readonly CardPlace[];
}

const COST = {
  outside: 1e6,
  overlap: 1e5,
  lineOverCard: 500,
  lineOverLink: 45,
  link: 60,
  distance: 0.4,
  aside: 14,
  offSide: 0.5,
  short: 1.2,
};
const LABEL = { width: 186, height: 36, gap: 6 };
const STEP = 14;
/** A line should be at least this long, or one cannot see a message on it. */
const SHORTEST_LINE = { wide: 120, phone: 40 };
/** Places whose way to the replica is worked out; the others are too dear already. */
const SHORT_LIST = 40;

/** The places of `seats`, in the same order. */
export function placeClients(
  size: StageSize,
  sizes: StageSizes,
  seats: readonly ClientSeat[],
  occupied: Occupied,
): readonly ClientPlace[] {
  const choices = borderPlaces(size, sizes);
  const taken: ClientPlace[] = [];
  for (const seat of seats) {
    const around = { size, sizes, occupied, taken };
    const shortList = choices
      .map((choice) => ({ choice, cost: standingCost(choice, seat, around) }))
      .sort((a, b) => a.cost - b.cost)
      .slice(0, SHORT_LIST)
      .map(({ choice, cost }) => withWay(choice, cost, seat, around));
    const best = shortList.reduce((least, next) => (next.cost < least.cost ? next : least));
    taken.push({ ...best.choice, ...seat, path: best.path });
  }
  return taken;
}

type Choice = Pick<ClientPlace, "pill" | "label" | "align">;

interface Surroundings {
  readonly size: StageSize;
  readonly sizes: StageSizes;
  readonly occupied: Occupied;
  readonly taken: readonly ClientPlace[];
}

/** Every pill along the left, right, lower and upper border, with its label below, above or beside it. */
function borderPlaces(size: StageSize, sizes: StageSizes): readonly Choice[] {
  const { clientWidth: width, clientHeight: height, margin } = sizes;
  const top = sizes.headRoom + 4;
  const bottom = size.height - sizes.footRoom - height;
  const pills: Box[] = [];
  for (let y = top; y <= bottom; y += STEP) {
    for (const x of [margin, size.width - margin - width]) pills.push({ x, y, width, height });
  }
  for (let x = margin + 2 * STEP; x <= size.width - margin - width; x += 2 * STEP) {
    for (const y of [top, bottom]) pills.push({ x, y, width, height });
  }
  return pills.flatMap((pill) => labelled(pill, size, sizes));
}

function labelled(pill: Box, size: StageSize, sizes: StageSizes): readonly Choice[] {
  const align = pill.x + pill.width / 2 < size.width / 2 ? "start" : "end";
  if (sizes.isPhone) return [{ pill, label: pill, align }];
  const x = align === "start" ? pill.x : pill.x + pill.width - LABEL.width;
  const box = { width: LABEL.width, height: LABEL.height };
  const besideX = align === "start" ? pill.x + pill.width + 2 * LABEL.gap : pill.x - 2 * LABEL.gap - LABEL.width;
  return [
    { pill, label: { x, y: pill.y + pill.height + LABEL.gap, ...box }, align },
    { pill, label: { x, y: pill.y - LABEL.height - LABEL.gap, ...box }, align },
    { pill, label: { x: besideX, y: pill.y + (pill.height - LABEL.height) / 2, ...box }, align },
  ];
}

/** What speaks against standing there, whatever the way to the replica is. */
function standingCost(choice: Choice, seat: ClientSeat, around: Surroundings): number {
  const { size, sizes, occupied, taken } = around;
  const anchor = occupied.places[seat.anchor - 1];
  if (anchor === undefined) return COST.outside;
  const { pill, label } = choice;
  const field: Box = {
    x: 4,
    y: sizes.headRoom,
    width: size.width - 8,
    height: size.height - sizes.headRoom - sizes.footRoom + 4,
  };
  let cost = distance(centreOf(pill), anchor) * COST.distance + (label.y < pill.y + pill.height ? COST.aside : 0);
  cost += Math.min(pill.x, size.width - pill.x - pill.width) * COST.offSide;
  if (!encloses(field, pill) || !encloses(field, label)) cost += COST.outside;
  const gap = sizes.isPhone ? 3 : 10;
  for (const box of [pill, label]) {
    const roomy = inflated(box, gap);
    for (const other of [...occupied.cards, ...taken.flatMap((client) => [client.pill, client.label])]) {
      const shared = sharedArea(roomy, other);
      if (shared > 0) cost += COST.overlap + shared;
    }
    for (const place of occupied.places) if (distanceToBox(place, box) < sizes.reach + gap) cost += COST.overlap;
    for (const link of ringLinks(occupied.places)) if (segmentMeetsBox(link, box)) cost += COST.link;
    for (const client of taken)
      if (piecesOf(client.path).some((piece) => segmentMeetsBox(piece, box))) cost += COST.lineOverCard;
  }
  return cost;
}

/** The same with its way to the replica, which should cross nothing. */
function withWay(choice: Choice, standing: number, seat: ClientSeat, { sizes, occupied, taken }: Surroundings) {
  const { places, cards } = occupied;
  const disc = (place: Point): Circle => ({ ...place, radius: sizes.reach });
  const anchor = places[seat.anchor - 1] ?? { x: 0, y: 0 };
  const discs = places.filter((place) => place !== anchor).map(disc);
  const path = linkPath({ kind: "pill", pill: choice.pill }, { kind: "disc", disc: disc(anchor) }, discs, cards);
  const pieces = piecesOf(path);
  const shortest = sizes.isPhone ? SHORTEST_LINE.phone : SHORTEST_LINE.wide;
  let cost = standing + Math.abs(path.bend) * 0.4 + Math.max(0, shortest - lengthOf(path)) * COST.short;
  if (choice.label !== choice.pill && pieces.some((piece) => segmentMeetsBox(piece, choice.label)))
    cost += COST.lineOverCard;
  for (const card of cards)
    if (pieces.some((piece) => segmentMeetsBox(piece, inflated(card, 3)))) cost += COST.lineOverCard;
  for (const place of discs)
    if (pieces.some((piece) => distanceToLine(place, piece) < sizes.reach + 4)) cost += COST.lineOverCard * 2;
  for (const client of taken) {
    const others = piecesOf(client.path);
    if (pieces.some((piece) => others.some((other) => segmentsCross(piece, other)))) cost += COST.lineOverCard;
    if (pieces.some((piece) => segmentMeetsBox(piece, client.label) || segmentMeetsBox(piece, client.pill)))
      cost += COST.lineOverCard;
  }
  for (const link of ringLinks(places))
    if (pieces.some((piece) => segmentsCross(piece, link))) cost += COST.lineOverLink;
  return { choice, path, cost };
}

function distanceToLine(point: Point, { a, b }: Segment): number {
  return Math.min(distance(point, a), distance(point, b), distance(point, { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }));
}

function ringLinks(places: readonly Point[]): readonly Segment[] {
  return places.flatMap((a, at) => places.slice(at + 1).map((b): Segment => ({ a, b })));
}
