/**
 * How large everything on the stage is, by the number of replicas and the room there is. The proportions of a glyph are
 * the mock's (disc 40, countdown ring 51, leader's ring 49.5, diamond 45), times one factor; type never scales, it steps.
 */

/** The stage in CSS pixels. */
export interface StageSize {
  readonly width: number;
  readonly height: number;
}

/** How much a card tells: all of it; name and strip, the rest on hover; name and a small strip. */
export type CardDetail = "full" | "short" | "mini";

/** Everything that has a size. Lengths in CSS pixels. */
export interface StageSizes {
  readonly isPhone: boolean;
  /** Radius of a follower's disc. */
  readonly disc: number;
  /** Half diagonal of a candidate's diamond. */
  readonly diamond: number;
  readonly ring: number;
  readonly ringWidth: number;
  readonly leaderRing: number;
  readonly leaderRingWidth: number;
  /** How far the glyph reaches, rings and all. */
  readonly reach: number;
  /** Steps of the type scale for the term and the role's letter; no letter where the disc is too small for it. */
  readonly termStep: 1 | 4 | 5;
  readonly letterStep: 1 | 2 | undefined;
  readonly detail: CardDetail;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Whether the digit that opens a term fits into a cell. */
  readonly cellDigits: boolean;
  /** Whether a full card has a row for commit and vectors; else only trouble is told there. */
  readonly hasNote: boolean;
  readonly cardWidth: number;
  readonly cardHeight: number;
  /** Of a card that shows its lower rows only on hover. */
  readonly shortCardHeight: number;
  /** From the glyph's reach to its card. */
  readonly cardGap: number;
  /** Whether the words of clients are always shown; else on hover and focus. */
  readonly clientWords: boolean;
  /** Whether the cards of the top and bottom replica are short because their neighbours leave them no room. */
  readonly polesAreShort: boolean;
  /** The ring is at most this many times as wide as high. */
  readonly widestAspect: number;
  readonly clientWidth: number;
  readonly clientHeight: number;
  /** Room kept for the headline above and for counters and legend below. */
  readonly headRoom: number;
  readonly footRoom: number;
  readonly margin: number;
  /** Of the messages' shapes, 1 as the mock has them. */
  readonly messageScale: number;
}

/** Stages narrower than this are laid out for a phone; the same number as in tokens.css. */
export const PHONE_WIDTH = 600;

/** Lower stages too, however wide: a window of 500 pixels leaves 366. */
const PHONE_HEIGHT = 400;

/** Narrower stages (a tablet's, or one beside an open panel) have no room for two full cards and two glyphs in a row. */
const NARROW_STAGE = 800;

/** Below this height (a laptop's 1366x768 has 564) everything is drawn a step smaller. */
const LOW_STAGE = 620;

/** What the mock's glyph is made of, before its factor. */
const GLYPH = { disc: 40, diamond: 45, ring: 51, ringWidth: 5, leaderRing: 49.5, leaderRingWidth: 9 };

/** The sizes for `replicaCount` replicas on a stage of `size`. */
export function stageSizes(size: StageSize, replicaCount: number): StageSizes {
  if (size.width <= PHONE_WIDTH) return phoneSizes(size, replicaCount);
  if (size.height >= PHONE_HEIGHT) return wideSizes(size, replicaCount);
  // Headline and counters stand beside each other above, the hint below.
  return { ...phoneSizes(size, replicaCount), headRoom: 68, footRoom: 62 };
}

function wideSizes(size: StageSize, replicaCount: number): StageSizes {
  const isLow = size.height < LOW_STAGE;
  const isNarrow = size.width < NARROW_STAGE;
  const widthScale = isNarrow ? 0.7 * wideScale(replicaCount) : 2;
  const scale = Math.min(wideScale(replicaCount), heightScale(size.height, replicaCount), widthScale);
  const isShort = replicaCount >= 8 || (isLow && replicaCount >= 6) || isNarrow;
  const cellWidth = isShort ? (isLow ? 10 : 12) : replicaCount >= 6 ? 14 : 20;
  return {
    ...glyph(scale),
    isPhone: false,
    termStep: scale >= 0.85 ? 5 : 4,
    letterStep: scale >= 0.85 ? 2 : 1,
    detail: isShort ? "short" : "full",
    cellWidth,
    cellHeight: isShort ? 14 : replicaCount >= 6 ? 20 : 24,
    cellDigits: !isShort,
    hasNote: !isLow || replicaCount <= 3,
    cardWidth: isShort ? (isLow ? 104 : 124) : replicaCount >= 6 ? 164 : 200,
    cardHeight: isShort ? 46 : replicaCount >= 6 ? 98 : isLow && replicaCount >= 4 ? 84 : 116,
    shortCardHeight: isShort ? 46 : 54,
    cardGap: isShort ? 10 : replicaCount >= 6 ? 10 : 20,
    polesAreShort: replicaCount >= 6 || (isLow && replicaCount >= 4),
    widestAspect: isLow ? 2.1 : 1.6,
    clientWords: replicaCount <= 5 && !isLow && !isNarrow,
    clientWidth: 64,
    clientHeight: 44,
    headRoom: isLow ? 78 : 84,
    footRoom: isLow ? 66 : 76,
    margin: 24,
    messageScale: 1,
  };
}

/** Few replicas are shown large; from six on they make room for each other. */
function wideScale(replicaCount: number): number {
  if (replicaCount <= 3) return 1.3;
  if (replicaCount <= 5) return 1.1;
  return replicaCount <= 7 ? 0.9 : 0.75;
}

/** A low stage (a laptop's 1366x768) has smaller glyphs, so that a wall still fits between them. */
function heightScale(height: number, replicaCount: number): number {
  if (height >= LOW_STAGE) return 2;
  return replicaCount <= 3 ? 1.1 : replicaCount <= 5 ? 0.9 : replicaCount <= 7 ? 0.68 : 0.58;
}

function phoneSizes(size: StageSize, replicaCount: number): StageSizes {
  const isCrowded = replicaCount >= 7 || size.height < 300;
  const cellWidth = isCrowded ? 5 : 8;
  return {
    ...glyph(isCrowded ? 0.425 : phoneScale(replicaCount)),
    isPhone: true,
    termStep: isCrowded ? 1 : 4,
    letterStep: replicaCount >= 6 || isCrowded ? undefined : 1,
    detail: "mini",
    cellWidth,
    cellHeight: isCrowded ? 8 : 12,
    cellDigits: false,
    hasNote: false,
    cardWidth: isCrowded ? 62 : 84,
    cardHeight: isCrowded ? 30 : 36,
    shortCardHeight: isCrowded ? 30 : 36,
    cardGap: 4,
    polesAreShort: false,
    widestAspect: 1.6,
    clientWords: false,
    clientWidth: 36,
    clientHeight: 28,
    headRoom: 46,
    footRoom: 34,
    margin: 8,
    messageScale: isCrowded ? 0.62 : 0.85,
  };
}

function phoneScale(replicaCount: number): number {
  if (replicaCount <= 3) return 0.85;
  return replicaCount <= 5 ? 0.72 : 0.56;
}

function glyph(scale: number) {
  return {
    disc: GLYPH.disc * scale,
    diamond: GLYPH.diamond * scale,
    ring: GLYPH.ring * scale,
    ringWidth: GLYPH.ringWidth * scale,
    leaderRing: GLYPH.leaderRing * scale,
    leaderRingWidth: GLYPH.leaderRingWidth * scale,
    reach: (GLYPH.leaderRing + GLYPH.leaderRingWidth / 2) * scale,
  };
}
