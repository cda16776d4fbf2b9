/**
 * A replica's card: name and role, log strip, commit and vectors (or what is wrong), queue and lag (or votes). Mirrored
 * on the left, so that names stand next to their replica. Where room is short only name, strip and lag are shown, the
 * rest while the replica is hovered, focused or selected.
 */

import type { CardPlace } from "../../layout/cards.ts";
import type { StageSizes } from "../../layout/stageSizes.ts";
import { count } from "../../store/format.ts";
import { hueOf } from "./hues.ts";
import type { ReplicaStory } from "./replicaStory.ts";
import { type StripFigure, type StripView, stripFigure } from "./stripFigure.ts";
import { append, show, translate, write, writeText } from "./svg.ts";

/** What the last row shows, after the figure's dwell has calmed it. */
export interface CardRow {
  readonly lag: string;
  readonly queueDepth: number;
}

export interface CardFigure {
  readonly place: (place: CardPlace, sizes: StageSizes, stageWidth: number) => void;
  readonly draw: (story: ReplicaStory, row: CardRow, strip: StripView, options: CardOptions) => void;
}

export interface CardOptions {
  readonly glides: boolean;
  /** Show the lower rows of a short card too. */
  readonly isOpen: boolean;
  /** Words may stay as they are: nobody reads faster. The strip never waits. */
  readonly wordsWait: boolean;
}

/** Above this many a queue is a count. */
export const MOST_PIPS = 20;
const PIP = { size: 9, gap: 3, group: 3, perLine: 10 };
const BADGE = { height: 22, perCharacter: 7.4, padding: 16 };
/** The box of the rows that a short card shows on demand. */
const LOWER = { width: 196, height: 60, inset: 10 };
/** A name of two characters in bold, and what stands beside it. */
const NAME_WIDTH = 22;
const TITLE_GAP = 7;
const VOTE = { half: 7, step: 19 };

/** Adds a card to `parent`. */
export function cardFigure(parent: Element): CardFigure {
  const element = append(parent, "g", "stage-card");
  const hit = append(element, "rect", "stage-card-hit");
  const title = append(element, "text", "stage-name");
  const name = append(title, "tspan");
  const role = append(title, "tspan", "stage-role");
  const strip: StripFigure = stripFigure(element);
  const lower = append(element, "g", "stage-card-lower");
  const backdrop = append(lower, "rect", "stage-card-backdrop");
  const note = append(lower, "text", "stage-note");
  const noteMark = append(lower, "path", "stage-note-mark");
  const bar = append(lower, "g", "stage-snapshot");
  const barTrack = append(bar, "rect", "stage-snapshot-track");
  const barFill = append(bar, "rect", "stage-snapshot-fill");
  const row = rowFigure(lower);
  const tag = badge(element);
  const queue = append(element, "text", "stage-queue-count");
  let at: { place: CardPlace; rows: Rows; stageWidth: number } | undefined;

  const place = (card: CardPlace, sizes: StageSizes, stageWidth: number) => {
    const rows = rowsOf(card, sizes);
    at = { place: card, rows, stageWidth };
    write(element, "transform", translate(card.x, card.y));
    write(element, "data-align", rows.align);
    write(element, "data-detail", card.detail);
    // Up to the glyph: who presses between the two means the replica.
    const gap = rows.align === "middle" ? 0 : sizes.cardGap;
    const x = rows.align === "start" ? -gap : 0;
    for (const [attribute, value] of Object.entries({ x, y: 0, width: card.width + gap, height: card.height })) {
      write(hit, attribute, value);
    }
    write(title, "x", rows.anchorX);
    write(title, "y", rows.title);
    strip.resize(sizes);
    write(strip.element, "transform", translate(rows.stripX, rows.strip));
    write(note, "y", rows.note);
    write(backdrop, "x", rows.align === "end" ? rows.anchorX - LOWER.width : rows.anchorX - LOWER.inset);
    write(backdrop, "y", rows.note - 18);
    write(backdrop, "width", LOWER.width + LOWER.inset);
    write(backdrop, "height", LOWER.height);
    // Rows that are shown on demand are wider than their card: they must not leave the stage.
    const left = card.x + rows.anchorX - LOWER.width;
    const right = card.x + LOWER.width;
    const shift =
      rows.align === "end" ? Math.max(0, LOWER.inset - left) : Math.min(0, stageWidth - LOWER.inset - right);
    write(lower, "transform", card.detail === "short" ? translate(shift, 0) : undefined);
  };

  const draw = (story: ReplicaStory, content: CardRow, view: StripView, options: CardOptions) => {
    if (at === undefined) return;
    const { place: card, rows } = at;
    strip.draw(view, options.glides);
    if (options.wordsWait) return;
    writeText(name, story.name);
    const inTitle = card.detail !== "full" && content.lag !== "";
    const words = card.detail === "mini" ? miniWords(story) : story.roleWords;
    writeText(role, inTitle ? "" : words);
    write(role, "dx", inTitle || words === "" ? undefined : card.detail === "mini" ? 5 : 8);
    const full = card.detail === "full";
    show(lower, full || (card.detail === "short" && options.isOpen));
    show(backdrop, !full);
    const noteShown = rows.hasNote || story.note.kind !== "plain";
    show(note, noteShown);
    show(noteMark, noteShown && story.note.kind === "doomed");
    show(bar, noteShown && story.note.kind === "snapshot");
    if (noteShown) drawNote(story, rows, { note, noteMark, barTrack, barFill });
    show(row.element, rows.hasNote || !noteShown);
    row.draw(story, full ? content : { ...content, lag: "" }, rows);
    const tagAt = tagPlace(content.lag, card, rows, at.stageWidth);
    tag.draw(inTitle ? content.lag : "", tagAt.start, rows.title - 16);
    if (rows.align === "middle") write(title, "x", inTitle ? tagAt.name : rows.anchorX);
    const waiting = inTitle && card.detail === "short" ? content.queueDepth : 0;
    drawQueueCount(queue, waiting, story.owedByDead, tagAt.end, rows);
  };

  return { place, draw };
}

/** Where the lag stands beside a name, where the name stands then, and where the next word may begin. */
function tagPlace(lag: string, card: CardPlace, rows: Rows, stageWidth: number) {
  const width = badgeWidth(lag);
  const name = NAME_WIDTH + TITLE_GAP;
  if (rows.align === "end") {
    const start = rows.anchorX - name - width;
    return { start, end: start - TITLE_GAP, name: rows.anchorX };
  }
  if (rows.align === "start") return { start: name, end: name + width + TITLE_GAP, name: 0 };
  // Centred together; at the edge of a phone they lean on it.
  const half = (name + width) / 2;
  const centre = Math.min(Math.max(card.x + rows.anchorX, half + 3), stageWidth - half - 3) - card.x;
  const start = centre - half + name;
  return { start, end: start + width + TITLE_GAP, name: centre - half + NAME_WIDTH / 2 };
}

/** In a short card the queue is a count beside the lag. */
function drawQueueCount(text: SVGTextElement, depth: number, owed: boolean, x: number, rows: Rows): void {
  show(text, depth > 0);
  if (depth === 0) return;
  write(text, "x", x);
  write(text, "y", rows.title);
  writeText(text, `${owed ? "□" : "■"} ${count(depth)}`);
}

/** Under a phone's glyph there is room for a name and one short word. */
function miniWords(story: ReplicaStory): string {
  if (story.votes !== undefined) return `${story.votes.held} of ${story.votes.needed} votes`;
  if (story.shape === "dead") return "down";
  return story.roleWords === "leader, stale" ? "stale" : "";
}

/** Where the rows of a card are, from its upper left corner. */
interface Rows {
  readonly align: "start" | "end" | "middle";
  readonly anchorX: number;
  readonly stripX: number;
  readonly title: number;
  readonly strip: number;
  readonly hasNote: boolean;
  readonly note: number;
  readonly row: number;
}

function rowsOf(card: CardPlace, sizes: StageSizes): Rows {
  const align = card.side === "left" ? "end" : card.side === "right" ? "start" : "middle";
  const stripWidth = sizes.cellWidth * 10;
  const anchorX = align === "end" ? card.width : align === "start" ? 0 : card.width / 2;
  const stripX = align === "end" ? card.width - stripWidth : align === "start" ? 0 : (card.width - stripWidth) / 2;
  const title = card.detail === "mini" ? 15 : 17;
  const strip = card.detail === "mini" ? 21 : sizes.cellHeight >= 24 ? 28 : 25;
  const below = strip + sizes.cellHeight;
  // Without a row for commit and vectors the last row moves up; trouble is told in its place.
  const hasNote = sizes.hasNote || card.detail === "short";
  const row = below + (!hasNote ? 12 : sizes.cellHeight >= 24 ? 40 : 34);
  return { align, anchorX, stripX, title, strip, hasNote, note: hasNote ? below + 28 : row + 16, row };
}

interface NoteParts {
  readonly note: SVGTextElement;
  readonly noteMark: SVGPathElement;
  readonly barTrack: SVGRectElement;
  readonly barFill: SVGRectElement;
}

const SNAPSHOT_BAR = { width: 56, height: 7 };

function drawNote(story: ReplicaStory, rows: Rows, parts: NoteParts): void {
  const { note } = story;
  const isDoomed = note.kind === "doomed";
  const isSnapshot = note.kind === "snapshot";
  const taken = isDoomed ? 16 : isSnapshot ? SNAPSHOT_BAR.width + 8 : 0;
  write(parts.note, "data-kind", note.kind);
  writeText(parts.note, note.text);
  const sign = rows.align === "end" ? -1 : 1;
  write(parts.note, "x", rows.anchorX + sign * taken);
  const markX = rows.align === "end" ? rows.anchorX - 10 : rows.anchorX;
  write(parts.noteMark, "d", `M${markX} ${rows.note - 9}l9 9m0-9l-9 9`);
  if (!isSnapshot) return;
  const x = rows.align === "end" ? rows.anchorX - SNAPSHOT_BAR.width : rows.anchorX;
  for (const rect of [parts.barTrack, parts.barFill]) {
    write(rect, "x", x);
    write(rect, "y", rows.note - SNAPSHOT_BAR.height - 1);
    write(rect, "height", SNAPSHOT_BAR.height);
  }
  write(parts.barTrack, "width", SNAPSHOT_BAR.width);
  write(parts.barFill, "width", SNAPSHOT_BAR.width * Math.max(0, Math.min(1, note.share)));
}

function badgeWidth(text: string): number {
  return text.length * BADGE.perCharacter + BADGE.padding;
}

/** An amber badge with ink on it. */
function badge(parent: Element) {
  const element = append(parent, "g", "stage-badge");
  const box = append(element, "rect");
  const label = append(element, "text");
  write(box, "height", BADGE.height);
  write(box, "rx", 3);
  const draw = (text: string, x: number, y: number) => {
    show(element, text !== "");
    if (text === "") return;
    const width = badgeWidth(text);
    write(element, "transform", translate(x, y));
    write(box, "width", width);
    writeText(label, text);
    write(label, "x", width / 2);
    write(label, "y", BADGE.height / 2);
  };
  return { draw };
}

/** Queue, lag and votes: the nearest to the replica first. */
function rowFigure(parent: Element) {
  const element = append(parent, "g", "stage-row");
  const lag = badge(element);
  const pips = append(element, "g", "stage-pips");
  const votes = append(element, "g", "stage-votes");
  const word = append(element, "text", "stage-row-word");
  const boxes: SVGRectElement[] = [];
  const diamonds: SVGPathElement[] = [];

  const draw = (story: ReplicaStory, content: CardRow, rows: Rows) => {
    write(element, "transform", translate(0, rows.row));
    const lagText = content.lag === "" ? "" : `lag ${content.lag}`;
    let taken = 0;
    const lagWidth = badgeWidth(lagText);
    lag.draw(lagText, rows.align === "end" ? rows.anchorX - lagWidth : rows.anchorX, 0);
    if (lagText !== "") taken += lagWidth + 8;
    taken += drawPips(pips, boxes, content.queueDepth, story.owedByDead, { rows, taken });
    taken += drawVotes(votes, diamonds, story, { rows, taken });
    const text = rowWord(story, content);
    writeText(word, text);
    write(word, "x", rows.align === "end" ? rows.anchorX - taken : rows.anchorX + taken);
    write(word, "y", BADGE.height / 2);
    write(word, "data-strong", story.votes === undefined ? undefined : "");
  };
  return { element, draw };
}

function rowWord(story: ReplicaStory, { queueDepth, lag }: CardRow): string {
  if (story.votes !== undefined) {
    // Beside a lag there is room for the numbers only; the diamonds say what they count.
    return `${story.votes.held} of ${story.votes.needed}${lag === "" ? " votes" : ""}`;
  }
  if (queueDepth > MOST_PIPS) return `${count(queueDepth)} ${story.owedByDead ? "owed" : "waiting"}`;
  if (queueDepth > 0) return queueDepth > 5 && lag !== "" ? "" : story.owedByDead ? "owed" : "waiting";
  return story.shape === "follower" && lag === "" ? "in step" : "";
}

/** Draws the queue and returns the width it took. */
function drawPips(
  group: SVGGElement,
  boxes: SVGRectElement[],
  depth: number,
  owed: boolean,
  { rows, taken }: { rows: Rows; taken: number },
): number {
  const shown = depth > MOST_PIPS ? 1 : depth;
  show(group, shown > 0);
  write(group, "data-owed", owed ? "" : undefined);
  while (boxes.length < shown) boxes.push(append(group, "rect"));
  const lines = shown > PIP.perLine ? 2 : 1;
  for (const [at, box] of boxes.entries()) {
    show(box, at < shown);
    if (at >= shown) continue;
    const column = at % PIP.perLine;
    const offset = column * (PIP.size + PIP.gap) + Math.floor(column / 5) * PIP.group;
    const x = rows.align === "end" ? rows.anchorX - taken - offset - PIP.size : rows.anchorX + taken + offset;
    write(box, "x", x);
    write(box, "y", (lines === 1 ? 7 : 1) + Math.floor(at / PIP.perLine) * (PIP.size + PIP.gap));
    write(box, "width", PIP.size);
    write(box, "height", PIP.size);
  }
  const columns = Math.min(shown, PIP.perLine);
  return shown === 0 ? 0 : columns * (PIP.size + PIP.gap) + Math.floor((columns - 1) / 5) * PIP.group + 5;
}

/** Draws a candidate's votes, filled when in, and returns the width they took. */
function drawVotes(
  group: SVGGElement,
  diamonds: SVGPathElement[],
  story: ReplicaStory,
  { rows, taken }: { rows: Rows; taken: number },
): number {
  const { votes } = story;
  show(group, votes !== undefined);
  if (votes === undefined) return 0;
  write(group, "data-hue", hueOf(story.term));
  const shown = Math.max(votes.needed, votes.held);
  while (diamonds.length < shown) diamonds.push(append(group, "path"));
  for (const [at, diamond] of diamonds.entries()) {
    show(diamond, at < shown);
    const x =
      rows.align === "end"
        ? rows.anchorX - taken - VOTE.half - (shown - 1 - at) * VOTE.step
        : rows.anchorX + taken + VOTE.half + at * VOTE.step;
    const y = BADGE.height / 2;
    write(diamond, "d", `M${x} ${y - VOTE.half}L${x + VOTE.half} ${y}L${x} ${y + VOTE.half}L${x - VOTE.half} ${y}Z`);
    write(diamond, "data-held", at < votes.held ? "" : undefined);
  }
  return shown * VOTE.step + 3;
}
