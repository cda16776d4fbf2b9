/**
 * Where each replica's card stands: outside the ring, beside its glyph (above or below it on a phone), never over a
 * glyph, another card or the edge, and off the links as far as possible. Every card has a few places it may take; the
 * cheapest free combination is found by improving one card at a time. The same input gives the same places.
 */
import {
  type Box,
  type Circle,
  centroid,
  direction,
  distanceToBox,
  encloses,
  inflated,
  middle,
  moved,
  type Point,
  type Segment,
  segmentMeetsBox,
  sharedArea,
} from "./geometry.ts";
import type { CardDetail, StageSize, StageSizes } from "./stageSizes.ts";

/** Which side of its glyph a card is on. Left ones are mirrored, so that the name stands next to its replica. */
export type CardSide = "left" | "right" | "above" | "below";

export interface CardPlace extends Box {
  readonly side: CardSide;
  readonly detail: CardDetail;
}

/** What a place costs. Overlap is never accepted while there is any other way; the rest is taste, in that order. */
const COST = { outside: 1e6, overlap: 1e5, link: 30, gap: 70, otherSide: 45, shift: 0.25 };
const ROUNDS = 4;
/** How far the way out between two neighbours is kept free of cards, in CSS pixels. */
const GAP_LENGTH = 90;

/** The places of the cards of the replicas at `places`, in the same order. */
export function placeCards(size: StageSize, sizes: StageSizes, places: readonly Point[]): readonly CardPlace[] {
  const discs = places.map((place): Circle => ({ ...place, radius: sizes.reach }));
  const links = ringLinks(places);
  const gaps = gapsOf(places);
  const field = cardField(size, sizes);
  const choices = places.map((place) => candidates(size, sizes, place, places.length));
  const chosen: Candidate[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    let changed = false;
    for (const [slot, list] of choices.entries()) {
      const others = chosen.filter((_, at) => at !== slot);
      const best = cheapest(list, (card) => costOf(card, { slot, discs, links, gaps, field, others, sizes }));
      changed ||= best.card !== chosen[slot];
      chosen[slot] = best.card;
    }
    if (!changed) break;
  }
  return chosen.map(({ preference: _, ...card }) => card);
}

interface Candidate extends CardPlace {
  /** What taste has against this place. */
  readonly preference: number;
}

interface Surroundings {
  readonly slot: number;
  readonly discs: readonly Circle[];
  readonly links: readonly Segment[];
  /** Ways out between neighbours, where a wall may have to run. */
  readonly gaps: readonly Segment[];
  readonly field: Box;
  readonly others: readonly Candidate[];
  readonly sizes: StageSizes;
}

function cheapest(list: readonly Candidate[], cost: (card: Candidate) => number) {
  return list.map((card) => ({ card, cost: cost(card) })).reduce((best, next) => (next.cost < best.cost ? next : best));
}

function costOf(card: Candidate, around: Surroundings): number {
  let cost = card.preference;
  if (!encloses(around.field, card)) cost += COST.outside;
  const gap = around.sizes.isPhone ? 2 : 8;
  for (const other of around.others) {
    const shared = sharedArea(inflated(card, gap), other);
    if (shared > 0) cost += COST.overlap + shared;
  }
  for (const [slot, disc] of around.discs.entries()) {
    const room = distanceToBox(disc, card) - disc.radius - (slot === around.slot ? 0 : gap);
    if (room < 0) cost += COST.overlap - room;
  }
  const inTheWay = around.sizes.isPhone ? COST.gap / 5 : COST.gap;
  for (const gap of around.gaps) if (segmentMeetsBox(gap, inflated(card, 14))) cost += inTheWay;
  for (const link of around.links) if (segmentMeetsBox(link, inflated(card, 2))) cost += COST.link;
  return cost;
}

/** Cards stay between the headline and the counters. */
function cardField(size: StageSize, sizes: StageSizes): Box {
  const side = sizes.isPhone ? 2 : 12;
  return {
    x: side,
    y: sizes.headRoom,
    width: size.width - 2 * side,
    height: size.height - sizes.headRoom - sizes.footRoom + (sizes.isPhone ? 4 : 8),
  };
}

/** From the middle between two neighbours straight out of the ring. */
function gapsOf(places: readonly Point[]): readonly Segment[] {
  if (places.length < 3) return [];
  const centre = centroid(places);
  return places.map((place, slot): Segment => {
    const a = middle(place, places[(slot + 1) % places.length] ?? place);
    return { a, b: moved(a, direction(centre, a), GAP_LENGTH) };
  });
}

/** The links between all replicas, as straight lines. */
export function ringLinks(places: readonly Point[]): readonly Segment[] {
  return places.flatMap((a, at) => places.slice(at + 1).map((b): Segment => ({ a, b })));
}

function candidates(size: StageSize, sizes: StageSizes, place: Point, count: number): readonly Candidate[] {
  return sizes.detail === "mini" ? phoneCandidates(size, sizes, place) : wideCandidates(size, sizes, place, count);
}

/** Beside the glyph, outwards first; the one on top takes the left, so that its client's line on the right stays free. */
function wideCandidates(size: StageSize, sizes: StageSizes, place: Point, count: number): readonly Candidate[] {
  const fromCentre = place.x - size.width / 2;
  const isTop = Math.abs(fromCentre) < 1 && count > 1 && place.y < size.height / 2;
  const outward: CardSide = isTop || fromCentre < -1 ? "left" : "right";
  // In a crowded ring the neighbours leave the top and the bottom replica no room for a whole card and a wall.
  const isPole = Math.abs(fromCentre) < 1;
  const detail: CardDetail = isPole && sizes.polesAreShort ? "short" : sizes.detail;
  const width = sizes.cardWidth;
  const height = detail === "short" ? sizes.shortCardHeight : sizes.cardHeight;
  const list: Candidate[] = [];
  for (const side of ["left", "right"] as const) {
    const x = side === "right" ? place.x + sizes.reach + sizes.cardGap : place.x - sizes.reach - sizes.cardGap - width;
    for (let shift = -height / 2 - 16; shift <= height / 2 + 16; shift += 8) {
      const preference = (side === outward ? 0 : COST.otherSide) + Math.abs(shift) * COST.shift;
      list.push({ x, y: Math.round(place.y - height / 2 + 4 + shift), width, height, side, detail, preference });
    }
  }
  return list.sort((a, b) => a.preference - b.preference);
}

/** Above for the upper and side replicas, below for the lower ones, beside for the one on top. */
function phoneCandidates(size: StageSize, sizes: StageSizes, place: Point): readonly Candidate[] {
  const { cardWidth: width, cardHeight: height, reach, cardGap } = sizes;
  const isLow = place.y > size.height * 0.6;
  const isTop = Math.abs(place.x - size.width / 2) < 1 && place.y < size.height / 2;
  const list: Candidate[] = [];
  const add = (side: CardSide, x: number, y: number, preference: number) =>
    list.push({ x: Math.round(x), y: Math.round(y), width, height, side, detail: "mini", preference });
  for (let shift = -width / 2; shift <= width / 2; shift += 6) {
    const taste = Math.abs(shift) * COST.shift;
    const x = place.x - width / 2 + shift;
    add("above", x, place.y - reach - cardGap - height, taste + (isLow || isTop ? COST.otherSide : 0));
    add("below", x, place.y + reach + cardGap, taste + (isLow ? 0 : COST.otherSide * (isTop ? 5 : 1.5)));
  }
  for (let shift = -reach; shift <= reach; shift += 6) {
    const taste = Math.abs(shift + reach / 2) * COST.shift;
    const y = place.y - height / 2 + shift;
    add("right", place.x + reach + cardGap, y, taste + (isTop ? 0 : COST.otherSide * 2));
    add("left", place.x - reach - cardGap - width, y, taste + (isTop ? 8 : COST.otherSide * 2));
  }
  return list.sort((a, b) => a.preference - b.preference);
}
