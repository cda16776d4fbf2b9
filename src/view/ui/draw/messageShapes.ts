/**
 * One shape, one meaning: what each message looks like, as parts of SVG path data around its centre, its heading along
 * +x. The canvas and the legend draw the same parts. A diamond is a vote (hollow asks, filled grants, struck refuses), a
 * square a log entry, a disc a heartbeat, a ringed sign an answer between replicas, a triangle a question of a quorum
 * read and its answer, four squares in a frame a piece of a snapshot, a pill whatever a client says or hears.
 */
import type { MessageShape } from "../../../model/protocol/messages.ts";

/** One part of a shape. `solid` is filled in the term's hue, `paper` in the surface with an outline, `line` only drawn. */
export interface ShapePart {
  readonly d: string;
  readonly paint: "solid" | "paper" | "line";
}

export interface ShapeFigure {
  readonly parts: readonly ShapePart[];
  /** A letter in its middle. */
  readonly letter: string | undefined;
  /** Whether it turns with its heading. */
  readonly turns: boolean;
  /** Clients' messages carry no term and are drawn in ink. */
  readonly neutral: boolean;
  /** Half its extent against its heading: where the tail begins. */
  readonly half: number;
  /** What the legend calls it. */
  readonly name: string;
}

const DIAMOND = "M0-9.5L9.5 0L0 9.5L-9.5 0Z";
const RING = circle(8.5);
const PILL = "M-6-9H6A9 9 0 0 1 6 9H-6A9 9 0 0 1-6-9Z";
const TICK = "M-4 .3L-1.2 3.2L4-2.8";

function circle(radius: number): string {
  return `M${-radius} 0A${radius} ${radius} 0 1 1 ${radius} 0A${radius} ${radius} 0 1 1 ${-radius} 0Z`;
}

function square(x: number, y: number, side: number): string {
  return `M${x} ${y}h${side}v${side}h${-side}Z`;
}

const plain = { letter: undefined, turns: false, neutral: false };
const fromClient = { turns: false, neutral: true, half: 15 };

/** Squares of an `entries` message: as many as it carries, three at most. */
const ENTRY = { side: 12, gap: 2.5, most: 3 };

/** The squares of `entries` log entries in a row, along the heading. */
export function entryParts(entries: number): readonly ShapePart[] {
  const shown = Math.max(1, Math.min(ENTRY.most, entries));
  const length = shown * ENTRY.side + (shown - 1) * ENTRY.gap;
  return Array.from({ length: shown }, (_, at) => ({
    d: square(-length / 2 + at * (ENTRY.side + ENTRY.gap), -ENTRY.side / 2, ENTRY.side),
    paint: "solid",
  }));
}

/** Half the length of {@link entryParts}. */
export function entryHalf(entries: number): number {
  const shown = Math.max(1, Math.min(ENTRY.most, entries));
  return (shown * ENTRY.side + (shown - 1) * ENTRY.gap) / 2;
}

/** How many entries a message can show as squares; more are told by a count beside it. */
export const MOST_ENTRY_SQUARES = ENTRY.most;

/** Every message's figure. */
export const SHAPES: Readonly<Record<MessageShape, ShapeFigure>> = {
  voteRequest: { ...plain, parts: [{ d: DIAMOND, paint: "paper" }], half: 9.5, name: "vote request" },
  voteGranted: { ...plain, parts: [{ d: DIAMOND, paint: "solid" }], half: 9.5, name: "vote" },
  voteRefused: {
    ...plain,
    parts: [
      { d: DIAMOND, paint: "paper" },
      { d: "M-8 6L6-8", paint: "line" },
    ],
    half: 9.5,
    name: "vote refused",
  },
  heartbeat: { ...plain, parts: [{ d: circle(6), paint: "solid" }], half: 6, name: "heartbeat" },
  entries: { ...plain, turns: true, parts: entryParts(2), half: entryHalf(2), name: "entries" },
  accepted: {
    ...plain,
    parts: [
      { d: RING, paint: "paper" },
      { d: TICK, paint: "line" },
    ],
    half: 8.5,
    name: "accepted",
  },
  refused: {
    ...plain,
    parts: [
      { d: RING, paint: "paper" },
      { d: "M-4 0H4", paint: "line" },
    ],
    half: 8.5,
    name: "refused",
  },
  snapshot: {
    ...plain,
    turns: true,
    parts: [
      { d: square(-9, -9, 18), paint: "paper" },
      { d: square(-6, -6, 5) + square(1, -6, 5) + square(-6, 1, 5) + square(1, 1, 5), paint: "solid" },
    ],
    half: 9,
    name: "snapshot, a piece",
  },
  probe: {
    ...plain,
    turns: true,
    parts: [{ d: "M-7-8L9 0L-7 8Z", paint: "paper" }],
    half: 7,
    name: "quorum read asks",
  },
  probeReply: {
    ...plain,
    turns: true,
    parts: [{ d: "M-7-8L9 0L-7 8Z", paint: "solid" }],
    half: 7,
    name: "and is told",
  },
  write: { ...fromClient, parts: [{ d: PILL, paint: "paper" }], letter: "W", name: "write" },
  read: { ...fromClient, parts: [{ d: PILL, paint: "paper" }], letter: "R", name: "read" },
  search: { ...fromClient, parts: [{ d: PILL, paint: "paper" }], letter: "S", name: "search" },
  acknowledgement: {
    ...fromClient,
    parts: [
      { d: PILL, paint: "paper" },
      { d: TICK, paint: "line" },
    ],
    letter: undefined,
    name: "acknowledged",
  },
  answer: {
    ...fromClient,
    parts: [
      { d: PILL, paint: "paper" },
      { d: "M-5.5-3.5H5.5M-5.5 0H5.5M-5.5 3.5H1", paint: "line" },
    ],
    letter: undefined,
    name: "answer",
  },
  redirect: {
    ...fromClient,
    parts: [
      { d: PILL, paint: "paper" },
      { d: "M-5.5 4V-2.5H5M2-5.5L5-2.5L2 .5", paint: "line" },
    ],
    letter: undefined,
    name: "redirected",
  },
};

/** A burst of a dropped message, opened by `share` (0 to 1): eight spikes that fly apart. */
export function burstPath(share: number): string {
  const from = 4 + 7 * share;
  const to = from + 7 - 3 * share;
  return Array.from({ length: 8 }, (_, at) => {
    const angle = (at * Math.PI) / 4 + Math.PI / 8;
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    return `M${(x * from).toFixed(1)} ${(y * from).toFixed(1)}L${(x * to).toFixed(1)} ${(y * to).toFixed(1)}`;
  }).join("");
}
