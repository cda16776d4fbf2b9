/**
 * The diagram as strokes, figures and labels: what the canvas and the SVG file draw alike. Kinds of messages differ by
 * dash and width from afar, and by the stage's own shapes from near; hue is the term, and red is not used.
 */
import { isReplica, nameOf } from "../../../base/ids.ts";
import type { EventId } from "../../../model/protocol/chronicle.ts";
import type { MessageShape } from "../../../model/protocol/messages.ts";
import type { Point } from "../../layout/geometry.ts";
import type { Plan, PlannedArrow, PlannedEvent, PlannedStretch } from "../../layout/spacetimePlan.ts";
import { hueOf } from "../draw/hues.ts";
import { SHAPES } from "../draw/messageShapes.ts";
import type { Palette } from "../draw/palette.ts";

/** Segments of one look: x1, y1, x2, y2, and so on. A dot is a segment without length. */
export interface Stroke {
  readonly colour: string;
  readonly width: number;
  readonly dash: readonly number[];
  readonly opacity: number;
  readonly segments: number[];
}

/** A shape around its centre. */
export interface Figure {
  readonly d: string;
  readonly at: Point;
  readonly angle: number;
  readonly scale: number;
  readonly fill: string | undefined;
  readonly stroke: string | undefined;
}

export interface Label {
  readonly text: string;
  readonly at: Point;
  readonly anchor: "start" | "middle" | "end";
  readonly colour: string;
  readonly isStrong: boolean;
}

export interface Drawing {
  readonly strokes: readonly Stroke[];
  readonly figures: readonly Figure[];
  readonly labels: readonly Label[];
}

/** What is emphasised. */
export interface Emphasis {
  /** Set while an explanation is shown: everything else stands back. */
  readonly past: { readonly events: ReadonlySet<EventId>; readonly messages: ReadonlySet<number> } | undefined;
  readonly message: number | undefined;
  readonly event: EventId | undefined;
  readonly replica: number | undefined;
}

interface Look {
  readonly width: number;
  readonly dash: readonly number[];
}

/** How the arrow of each kind is drawn. */
const LOOKS: Readonly<Record<MessageShape, Look>> = {
  voteRequest: { width: 1.8, dash: [7, 4] },
  voteGranted: { width: 2.4, dash: [] },
  voteRefused: { width: 1.8, dash: [2, 4] },
  heartbeat: { width: 1, dash: [2, 3] },
  entries: { width: 2, dash: [] },
  accepted: { width: 1, dash: [] },
  refused: { width: 1.4, dash: [2, 4] },
  snapshot: { width: 3, dash: [] },
  write: { width: 1.4, dash: [] },
  read: { width: 1, dash: [6, 3] },
  search: { width: 1, dash: [6, 3] },
  acknowledgement: { width: 1.4, dash: [] },
  answer: { width: 1, dash: [] },
  redirect: { width: 1, dash: [2, 4] },
  probe: { width: 1, dash: [6, 3] },
  probeReply: { width: 1, dash: [] },
};

/** An arrow this long has room for its shape, and if it is this long along the time, in pixels. */
const ROOM_FOR_SHAPE = { length: 46, along: 16 };
/** And for its name. */
const ROOM_FOR_NAME = { length: 90, along: 56 };
/** More arrows than this have neither, and no heads. */
const MOST_SHAPES = 240;
const MOST_HEADS = 1_200;
/** Where arrows are many they are thin and whole: dashes cost several times as much, and cannot be told apart there. */
const DENSE_LOOK: Look = { width: 0.8, dash: [] };
/** Pixels within which one stands for all. */
const GRID = 1.5;
const HEAD = 6;
/** What stands back while something is explained. */
const FAINT = 0.16;

class Strokes {
  readonly #known = new Map<string, Stroke>();

  of(colour: string, width: number, dash: readonly number[] = [], opacity = 1): number[] {
    const key = `${colour} ${width} ${dash.join()} ${opacity}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known.segments;
    const made = { colour, width, dash, opacity, segments: [] };
    this.#known.set(key, made);
    return made.segments;
  }

  /** Faint ones first: what matters lies above. */
  get all(): readonly Stroke[] {
    return [...this.#known.values()].sort((a, b) => a.opacity - b.opacity);
  }
}

function termColour(palette: Palette, term: number | undefined): string {
  return term === undefined ? palette.quiet : (palette.edge[hueOf(term)] ?? palette.ink);
}

function drawHead(segments: number[], { from, to }: PlannedArrow): void {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  for (const side of [-0.42, 0.42]) {
    segments.push(to.x, to.y, to.x - HEAD * Math.cos(angle + side), to.y - HEAD * Math.sin(angle + side));
  }
}

/** A lost message ends in a cross. */
function drawBreak(segments: number[], { x, y }: Point): void {
  segments.push(x - 4, y - 4, x + 4, y + 4, x - 4, y + 4, x + 4, y - 4);
}

function drawArrow(
  strokes: Strokes,
  planned: PlannedArrow,
  palette: Palette,
  how: { opacity: number; isBold: boolean; density: Density },
): void {
  const { message, reach } = planned.arrow;
  const { width, dash } = how.density === "dense" && !how.isBold ? DENSE_LOOK : LOOKS[message.shape];
  const colour = termColour(palette, message.term);
  const { from, to } = planned;
  const bold = how.isBold ? 1.8 : 0;
  strokes.of(colour, width + bold, dash, how.opacity).push(from.x, from.y, to.x, to.y);
  if (reach < 1) drawBreak(strokes.of(palette.ink, 1.8 + bold / 2, [], how.opacity), to);
  else if (how.density !== "dense") drawHead(strokes.of(colour, Math.min(2, width + bold), [], how.opacity), planned);
}

function shapeFigures({ arrow, from, to }: PlannedArrow, palette: Palette): readonly Figure[] {
  const { shape, term } = arrow.message;
  const figure = SHAPES[shape];
  const at = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const angle = figure.turns ? (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI : 0;
  const edge = figure.neutral ? palette.ink : termColour(palette, term);
  const fill = figure.neutral || term === undefined ? palette.ink : (palette.hue[hueOf(term)] ?? palette.ink);
  return figure.parts.map(({ d, paint }) => ({
    d,
    at,
    angle,
    scale: 0.72,
    fill: paint === "solid" ? fill : paint === "paper" ? palette.surface : undefined,
    stroke: edge,
  }));
}

const STATE_DASH: Readonly<Record<PlannedStretch["stretch"]["state"], readonly number[] | undefined>> = {
  up: [],
  paused: [2, 6],
  down: undefined,
};

/** Pixels of a stretch that have room for words. */
const ROOM_FOR_STATE = 60;

function drawStretch(
  strokes: Strokes,
  labels: Label[],
  { stretch, from, to }: PlannedStretch,
  palette: Palette,
  isLit: boolean,
): void {
  const { state, role, term } = stretch;
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  // What began before the window has its name where the window begins.
  const beside =
    from.y === to.y ? { x: Math.max(0, from.x) + 6, y: from.y - 10 } : { x: from.x + 9, y: Math.max(0, from.y) + 14 };
  const dash = STATE_DASH[state];
  if (state !== "up" && length > ROOM_FOR_STATE) {
    labels.push({ text: state, at: beside, anchor: "start", colour: palette.quiet, isStrong: false });
  }
  if (dash === undefined) return;
  const width = (role === "leader" ? 7 : role === "follower" ? 3 : 5) + (isLit ? 2 : 0);
  const colour = state === "paused" ? palette.quiet : term === 0 ? palette.line : termColour(palette, term);
  const isCandidate = state === "up" && (role === "candidate" || role === "preCandidate");
  strokes.of(colour, width, isCandidate ? [6, 3] : dash).push(from.x, from.y, to.x, to.y);
  if (state !== "up" || length <= ROOM_FOR_STATE || term === 0) return;
  const word = role === "leader" ? `leads ${term}` : role === "follower" ? `${term}` : `asks, ${term}`;
  labels.push({ text: word, at: beside, anchor: "start", colour: palette.quiet, isStrong: role === "leader" });
}

function dot(segments: number[], { x, y }: Point): void {
  segments.push(x, y, x, y);
}

function drawEvent(
  strokes: Strokes,
  figures: Figure[],
  planned: PlannedEvent,
  palette: Palette,
  opacity: number,
  isLit: boolean,
): void {
  const { event, at } = planned;
  if (isLit) dot(strokes.of(palette.ink, 15), at);
  if (event.id > 0) {
    dot(strokes.of(palette.ink, isLit ? 11 : 8, [], opacity), at);
    dot(strokes.of(palette.surface, 4, [], opacity === 1 ? 1 : opacity + 0.01), at);
  } else if (opacity === 1) {
    // What a person did: a square on its edge, as nothing else.
    figures.push({ d: "M0-8L8 0L0 8L-8 0Z", at, angle: 0, scale: 1, fill: palette.ink, stroke: palette.surface });
  }
}

function hasRoom({ direction }: Plan, { from, to }: PlannedArrow, room: typeof ROOM_FOR_SHAPE): boolean {
  const [dx, dy] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
  return Math.hypot(dx, dy) > room.length && (direction === "right" ? dx : dy) > room.along;
}

/** Names and letters of arrows that have room for them. */
function arrowLabels(
  { arrow, from, to }: PlannedArrow,
  palette: Palette,
  isBold: boolean,
  hasName: boolean,
): readonly Label[] {
  const { name, letter } = SHAPES[arrow.message.shape];
  const place = (share: number, dx: number, dy: number) => ({
    x: from.x + (to.x - from.x) * share + dx,
    y: from.y + (to.y - from.y) * share + dy,
  });
  const plain = { colour: palette.ink, isStrong: isBold };
  return [
    ...(letter === undefined
      ? []
      : [{ ...plain, text: letter, at: place(0.5, 0, 4.5), anchor: "middle" as const, isStrong: true }]),
    ...(hasName ? [{ ...plain, text: name, at: place(0.32, 8, -4), anchor: "start" as const }] : []),
  ];
}

/** How much there is to draw: shapes and names where there is little, lines alone where there is much. */
type Density = "sparse" | "usual" | "dense";

function densityOf({ length }: Plan["arrows"]): Density {
  if (length <= MOST_SHAPES) return "sparse";
  return length <= MOST_HEADS ? "usual" : "dense";
}

/** Tells whether something has been drawn in the same place already, where many things are in one. */
class Places {
  readonly #taken = new Set<number>();

  /** Of arrows between the same two within a pixel or two of each other one is enough. */
  isNew({ direction }: Plan, { arrow, from }: PlannedArrow): boolean {
    const { message, reach } = arrow;
    const along = Math.round((direction === "right" ? from.x : from.y) / GRID) + 1_000;
    return this.#take(((along * 256 + message.from) * 256 + message.to) * 2 + (reach < 1 ? 1 : 0));
  }

  /** The same of events on one line. */
  isNewEvent({ direction }: Plan, { event, at }: PlannedEvent): boolean {
    const along = Math.round((direction === "right" ? at.x : at.y) / (2 * GRID)) + 1_000;
    return this.#take(-(along * 256 + (event.who ?? 0)));
  }

  #take(place: number): boolean {
    const isNew = !this.#taken.has(place);
    this.#taken.add(place);
    return isNew;
  }
}

/** What to draw of `plan`. */
export function drawingOf(plan: Plan, palette: Palette, emphasis: Emphasis): Drawing {
  const { past, message, event: lit, replica } = emphasis;
  const strokes = new Strokes();
  const figures: Figure[] = [];
  const labels: Label[] = [];
  for (const { from, to } of plan.quietLines) strokes.of(palette.line, 1).push(from.x, from.y, to.x, to.y);
  for (const stretch of plan.stretches) drawStretch(strokes, labels, stretch, palette, stretch.stretch.who === replica);
  const density = densityOf(plan.arrows);
  const places = new Places();
  for (const planned of plan.arrows) {
    const { id } = planned.arrow.message;
    const isPart = past === undefined || past.messages.has(id);
    const isBold = id === message || (past !== undefined && isPart);
    if (density === "dense" && !isBold && !places.isNew(plan, planned)) continue;
    drawArrow(strokes, planned, palette, { opacity: isPart || id === message ? 1 : FAINT, isBold, density });
    if (!isPart || !((density === "sparse" && hasRoom(plan, planned, ROOM_FOR_SHAPE)) || isBold)) continue;
    figures.push(...shapeFigures(planned, palette));
    labels.push(...arrowLabels(planned, palette, isBold, isBold || hasRoom(plan, planned, ROOM_FOR_NAME)));
  }
  for (const planned of plan.events) {
    const isPart = past === undefined || past.events.has(planned.event.id);
    const isLit = planned.event.id === lit || (past !== undefined && isPart);
    if (density === "dense" && !isLit && planned.event.id > 0 && !places.isNewEvent(plan, planned)) continue;
    drawEvent(strokes, figures, planned, palette, isPart ? 1 : FAINT, isLit);
  }
  return { strokes: strokes.all, figures, labels };
}

/** The names of the lines, at their beginning. */
export function lineLabels(
  lines: ReadonlyMap<Parameters<typeof nameOf>[0], number>,
  direction: Plan["direction"],
  colour: string,
): readonly Label[] {
  return [...lines].map(([who, across]) => ({
    text: nameOf(who),
    at: direction === "right" ? { x: 8, y: across + 5 } : { x: across, y: 18 },
    anchor: direction === "right" ? "start" : "middle",
    colour,
    isStrong: isReplica(who),
  }));
}
