/**
 * The shapes of the marks, in a box of 12 around the origin, and which of two at one place matters more.
 */
import type { MarkKind } from "../../store/viewStore.ts";

/** How a mark is drawn: a path that is filled or one that is stroked. */
export interface MarkShape {
  /** Lower matters more. */
  readonly rank: number;
  readonly filled?: string;
  readonly stroked?: string;
  /** Stroked over the filled path in the colour that stands on it. */
  readonly cross?: string;
}

/** What a mark is called where there is room beside it. */
export const MARK_WORDS: Readonly<Record<MarkKind, string>> = {
  lost: "lost",
  broken: "broken promise",
  crash: "crash",
  partition: "cut",
  restart: "restart",
  heal: "healed",
  leader: "leader",
  election: "election",
  stalled: "timeouts",
  rolledBack: "rollback",
  pause: "pause",
  resume: "goes on",
  mode: "mode",
  settings: "settings",
};

/** A diamond is a vote: hollow asks, filled has won. Red is loss, and carries a cross. */
export const MARK_SHAPES: Readonly<Record<MarkKind, MarkShape>> = {
  lost: {
    rank: 0,
    filled: "M-6 -6H6V6H-6Z",
    cross: "M-2.75 -2.75L2.75 2.75M2.75 -2.75L-2.75 2.75",
  },
  broken: {
    rank: 0.5,
    filled: "M-2.5 -6H2.5L6 -2.5V2.5L2.5 6H-2.5L-6 2.5V-2.5Z",
    cross: "M0 -3.5V0.5M0 2.5V3.5",
  },
  crash: { rank: 1, stroked: "M-4.5 -4.5L4.5 4.5M4.5 -4.5L-4.5 4.5" },
  partition: { rank: 2, stroked: "M-2.5 -5.5V5.5M2.5 -5.5V5.5" },
  restart: { rank: 3, filled: "M0 -5.5L6 5H-6Z" },
  heal: { rank: 4, filled: "M-6 -2.5H-1V-1H1V-2.5H6V2.5H1V1H-1V2.5H-6Z" },
  leader: { rank: 5, filled: "M0 -6.5L6.5 0L0 6.5L-6.5 0Z" },
  election: { rank: 6, stroked: "M0 -5.25L5.25 0L0 5.25L-5.25 0Z" },
  rolledBack: { rank: 7, stroked: "M5 5V1A3 3 0 0 0 2 -2H-4M-1 -5.5L-4.5 -2L-1 1.5" },
  stalled: { rank: 6.5, stroked: "M-4 -5H4L-4 5H4Z" },
  pause: { rank: 7.5, stroked: "M-5.25 0A5.25 5.25 0 1 0 5.25 0A5.25 5.25 0 1 0 -5.25 0M-1.5 -2V2M1.5 -2V2" },
  resume: { rank: 7.6, stroked: "M-5.25 0A5.25 5.25 0 1 0 5.25 0A5.25 5.25 0 1 0 -5.25 0M-1.25 -2.25L2 0L-1.25 2.25Z" },
  mode: { rank: 8, filled: "M-6 -2.5H0V-6L6 0L0 6V2.5H-6Z" },
  settings: {
    rank: 9,
    filled: "M-6 -1.5H-3V1.5H-6ZM-1.5 -1.5H1.5V1.5H-1.5ZM3 -1.5H6V1.5H3Z",
  },
};
