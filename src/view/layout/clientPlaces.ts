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
  distanceToSegment,
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
  /** Another replica that would do as well. */
  readonly spare: ReplicaId | undefined;
  /** Replicas on the other side of a wall: it keeps nearer to its own. */
  readonly foes: readonly ReplicaId[];
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
  /** The links between replicas. */
  readonly links: readonly Segment[];
  readonly cards: readonly CardPlace[];
  /** Clients that have their place already and keep it. */
  readonly clients: readonly ClientPlace[];
}

const COST = {
  outside: 1e6,
  overlap: 1e5,
  lineOverCard: 500,
  lineOverLink: 45,
  link: 60,
  distance: 0.4,
  aside: 14,
  offSide: 0.9,
  short: 4,
  wordless: 130,
  tight: 140,
  bend: 0.4,
  foot: 300,
  wrongSide: 3,
};
const LABEL = { width: 186, height: 36, gap: 6 };
const STEP = 14;
/** A line should be at least this long, or one cannot see a message on it. */
const SHORTEST_LINE = { wide: 120, phone: 40 };
/** What a wall needs beside a line, in CSS pixels. */
const WALL_WIDTH = 24;
/** How many times the usual gap is left where a wall may have to pass. */
const WALL_ROOM = 3.4;
/** Own replicas should be nearer by this factor. */
const SIDE_MARGIN = 1.1;
/** Places whose way to the replica is worked out; the others are too dear already. */
const SHORT_LIST = 26;

/** A run that costs no client more than this is taken without trying others. */
const GOOD_ENOUGH = 320;

/**
 * The places of `seats`, in the same order. Words beside every pill if that fits; else beside the first only, or none,
 * whichever leaves the lines clearest.
 */
export function placeClients(
  size: StageSize,
  sizes: StageSizes,
  seats: readonly ClientSeat[],
  occupied: Occupied,
): readonly ClientPlace[] {
  const choices = borderPlaces(size, sizes, occupied.places);
  const tries = sizes.clientWords ? [seats.length, 1, 0] : [0];
  let best: Attempt | undefined;
  for (const worded of tries) {
    const attempt = placedInTurn(choices, seats, worded, { size, sizes, occupied });
    if (best === undefined || attempt.cost < best.cost) best = attempt;
    if (attempt.dearest <= GOOD_ENOUGH) break;
  }
  return best?.places ?? [];
}

interface Attempt {
  readonly places: readonly ClientPlace[];
  readonly cost: number;
  readonly dearest: number;
}

/** Places one client after the other; the first `worded` of them may have their words beside them. */
function placedInTurn(
  choices: readonly Choice[],
  seats: readonly ClientSeat[],
  worded: number,
  stage: Omit<Surroundings, "taken">,
): Attempt {
  const taken: ClientPlace[] = [...stage.occupied.clients];
  let cost = 0;
  let dearest = 0;
  for (const [at, seat] of seats.entries()) {
    const open = choices.filter((choice) => at < worded || choice.label === choice.pill);
    const anchors = seat.spare === undefined ? [seat.anchor] : [seat.anchor, seat.spare];
    const best = anchors
      .map((anchor) => placedBest(open, { ...seat, anchor }, { ...stage, taken }))
      .reduce((least, next) => (next.cost < least.cost ? next : least));
    taken.push(best.place);
    cost += best.cost;
    dearest = Math.max(dearest, best.cost);
  }
  return { places: taken.slice(stage.occupied.clients.length), cost, dearest };
}

function placedBest(choices: readonly Choice[], seat: ClientSeat, around: Surroundings) {
  const best = choices
    .map((choice) => ({ choice, cost: standingCost(choice, seat, around) }))
    .sort((a, b) => a.cost - b.cost)
    .slice(0, SHORT_LIST)
    .map(({ choice, cost }) => withWay(choice, cost, seat, around))
    .reduce((least, next) => (next.cost < least.cost ? next : least));
  const place: ClientPlace = { ...best.choice, clientId: seat.clientId, anchor: seat.anchor, path: best.path };
  return { place, cost: best.cost };
}

type Choice = Pick<ClientPlace, "pill" | "label" | "align">;

interface Surroundings {
  readonly size: StageSize;
  readonly sizes: StageSizes;
  readonly occupied: Occupied;
  readonly taken: readonly ClientPlace[];
}

/** Every pill along the left, right, lower and upper border, with its label below, above or beside it. */
function borderPlaces(size: StageSize, sizes: StageSizes, places: readonly Point[]): readonly Choice[] {
  const { clientWidth: width, clientHeight: height, margin } = sizes;
  const sides = [margin, size.width - margin - width];
  const top = sizes.headRoom + 4;
  const bottom = size.height - sizes.footRoom - height;
  const pills: Box[] = [];
  for (let y = top; y <= bottom; y += STEP) {
    for (const x of sides) pills.push({ x, y, width, height });
  }
  // Level with a replica the line is level too.
  for (const place of places) {
    const y = Math.round(place.y - height / 2);
    if (y >= top && y <= bottom) for (const x of sides) pills.push({ x, y, width, height });
  }
  for (let x = margin + 2 * STEP; x <= size.width - margin - width; x += 2 * STEP) {
    for (const y of [top, bottom]) pills.push({ x, y, width, height });
  }
  return pills.flatMap((pill) => labelled(pill, size, sizes));
}

function labelled(pill: Box, size: StageSize, sizes: StageSizes): readonly Choice[] {
  const align = pill.x + pill.width / 2 < size.width / 2 ? "start" : "end";
  if (!sizes.clientWords) return [{ pill, label: pill, align }];
  const x = align === "start" ? pill.x : pill.x + pill.width - LABEL.width;
  const box = { width: LABEL.width, height: LABEL.height };
  const besideX = align === "start" ? pill.x + pill.width + 2 * LABEL.gap : pill.x - 2 * LABEL.gap - LABEL.width;
  return [
    { pill, label: { x, y: pill.y + pill.height + LABEL.gap, ...box }, align },
    { pill, label: { x, y: pill.y - LABEL.height - LABEL.gap, ...box }, align },
    { pill, label: pill, align },
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
  if (sizes.clientWords && label === pill) cost += COST.wordless;
  cost += sideCost(centreOf(pill), seat, occupied.places);
  cost += Math.min(pill.x, size.width - pill.x - pill.width) * COST.offSide;
  if (!encloses(field, pill) || !encloses(field, label)) cost += COST.outside;
  const gap = sizes.isPhone ? 3 : 10;
  const ownCard = occupied.cards[seat.anchor - 1];
  const others = taken.flatMap((client) => [client.pill, client.label]);
  for (const box of label === pill ? [pill] : [pill, label]) {
    for (const other of [...occupied.cards, ...others]) {
      const shared = sharedArea(inflated(box, gap), other);
      if (shared > 0) cost += COST.overlap + shared;
      // Between what belongs to different replicas a wall should fit.
      else if (other !== ownCard && sharedArea(inflated(box, gap * WALL_ROOM), other) > 0) cost += COST.tight;
    }
    for (const place of occupied.places) if (distanceToBox(place, box) < sizes.reach + gap) cost += COST.overlap;
    for (const link of occupied.links) if (segmentMeetsBox(link, box)) cost += COST.link;
    for (const client of taken)
      if (piecesOf(client.path).some((piece) => segmentMeetsBox(piece, inflated(box, gap * 1.4))))
        cost += COST.lineOverCard;
  }
  return cost;
}

/** A wall runs half way between its own replicas and the others: beyond that is the wrong side. */
function sideCost(centre: Point, seat: ClientSeat, places: readonly Point[]): number {
  if (seat.foes.length === 0) return 0;
  const isFoe = (slot: number) => seat.foes.some((foe) => foe === slot + 1);
  const nearest = (foe: boolean) =>
    Math.min(...places.filter((_, slot) => isFoe(slot) === foe).map((place) => distance(place, centre)));
  return Math.max(0, nearest(false) * SIDE_MARGIN - nearest(true)) * COST.wrongSide;
}

/** The same with its way to the replica, which should cross nothing and come close to nothing. */
function withWay(choice: Choice, standing: number, seat: ClientSeat, around: Surroundings) {
  const { sizes, occupied } = around;
  const { places, cards } = occupied;
  const disc = (place: Point): Circle => ({ ...place, radius: sizes.reach });
  const anchor = places[seat.anchor - 1] ?? { x: 0, y: 0 };
  const discs = places.filter((place) => place !== anchor).map(disc);
  const path = linkPath({ kind: "pill", pill: choice.pill }, { kind: "disc", disc: disc(anchor) }, discs, cards);
  const shortest = sizes.isPhone ? SHORTEST_LINE.phone : SHORTEST_LINE.wide;
  const shortfall = Math.max(0, shortest - lengthOf(path)) * COST.short;
  const cost = standing + Math.abs(path.bend) * COST.bend + shortfall + wayCost(choice, path, seat, discs, around);
  return { choice, path, cost };
}

function wayCost(
  choice: Choice,
  path: LinkPath,
  seat: ClientSeat,
  discs: readonly Circle[],
  { size, sizes, occupied, taken }: Surroundings,
): number {
  const pieces = piecesOf(path);
  const room = sizes.isPhone ? 0 : WALL_WIDTH;
  const foot: Box = { x: 0, y: size.height - sizes.footRoom + 8, width: size.width, height: sizes.footRoom };
  const meets = (box: Box) => pieces.some((piece) => segmentMeetsBox(piece, box));
  let cost = choice.label !== choice.pill && meets(choice.label) ? COST.lineOverCard : 0;
  if (meets(foot) || meets({ ...foot, y: 0, height: sizes.headRoom - 6 })) cost += COST.foot;
  for (const [slot, card] of occupied.cards.entries()) {
    if (meets(inflated(card, 3))) cost += COST.lineOverCard;
    else if (slot !== seat.anchor - 1 && meets(inflated(card, room))) cost += COST.tight;
  }
  for (const disc of discs) {
    const away = Math.min(...pieces.map((piece) => distanceToSegment(disc, piece))) - disc.radius;
    if (away < 4) cost += COST.lineOverCard * 2;
    else if (away < room) cost += COST.tight;
  }
  for (const client of taken) {
    const others = piecesOf(client.path);
    if (pieces.some((piece) => others.some((other) => segmentsCross(piece, other)))) cost += COST.lineOverCard;
    else if (others.some(({ b }) => pieces.some((piece) => distanceToSegment(b, piece) < room * 1.5)))
      cost += COST.tight;
    if (meets(client.label) || meets(client.pill)) cost += COST.lineOverCard;
  }
  for (const link of occupied.links) {
    if (pieces.some((piece) => segmentsCross(piece, link))) cost += COST.lineOverLink;
  }
  return cost;
}
