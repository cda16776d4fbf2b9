/** The band of terms on the canvas: one hue per term, its number always, halves for two leaders, dashes for none. */
import { nameOf } from "../../../base/ids.ts";
import type { Leadership } from "../../../model/protocol/frame.ts";
import { type BandPiece, piecesBetween } from "../../layout/timeBand.ts";
import type { AxisRow } from "../../layout/timeRows.ts";
import type { AxisPicture } from "./axisPicture.ts";
import type { AxisInk } from "./ink.ts";
import { termInk } from "./ink.ts";
import { textWidth } from "./textWidths.ts";

const TEXT_MARGIN = 8;

/** Paints every piece of the window up to now. */
export function paintBand(context: CanvasRenderingContext2D, picture: AxisPicture, row: AxisRow): void {
  const { window, now, ink } = picture;
  const until = Math.min(now, window.start + window.span);
  for (const piece of piecesBetween(picture.pieces, window.start, until)) {
    const left = Math.max(-2, picture.xOf(piece.from));
    const right = Math.min(picture.xOf(until), picture.xOf(piece.to), picture.width + 2);
    const box = { left, right, top: row.top, height: row.height };
    if (piece.leaderships.length === 0) paintGap(context, ink, box);
    else paintLeaders(context, ink, piece, box);
  }
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly height: number;
}

function paintGap(context: CanvasRenderingContext2D, ink: AxisInk, { left, right, top, height }: Box): void {
  context.strokeStyle = ink.lineStrong;
  context.lineWidth = 1;
  context.setLineDash([2, 3]);
  context.beginPath();
  for (const y of [top + 0.5, top + height - 0.5]) {
    context.moveTo(left, y);
    context.lineTo(right, y);
  }
  context.stroke();
  context.setLineDash([]);
}

function paintLeaders(context: CanvasRenderingContext2D, ink: AxisInk, piece: BandPiece, box: Box): void {
  const height = box.height / piece.leaderships.length;
  for (const [place, { term }] of piece.leaderships.entries()) {
    const { fill, edge } = termInk(ink, term);
    const top = box.top + place * height;
    const width = Math.max(1, box.right - box.left);
    context.fillStyle = fill;
    context.fillRect(box.left, top, width, height);
    if (width < 3) continue;
    context.strokeStyle = edge;
    context.lineWidth = 1;
    context.strokeRect(box.left + 0.5, top + 0.5, width - 1, height - 1);
  }
  const [only, another] = piece.leaderships;
  if (only !== undefined && another === undefined) paintName(context, ink, only, box);
  else paintNumbers(context, ink, piece.leaderships, box);
}

/** The longest of three texts that fits: the number alone is the shortest. */
function paintName(context: CanvasRenderingContext2D, ink: AxisInk, leadership: Leadership, box: Box): void {
  const left = Math.max(0, box.left);
  const room = box.right - left;
  const leader = nameOf(leadership.replicaId);
  context.font = ink.strong;
  const text = [
    `term ${leadership.term} · ${leader} leads`,
    `${leadership.term} · ${leader}`,
    `${leadership.term}`,
  ].find((one) => textWidth(context, ink, "strong", one) + (one.length > 4 ? 2 * TEXT_MARGIN : 4) <= room);
  if (text === undefined) return;
  const margin = Math.min(TEXT_MARGIN, (room - textWidth(context, ink, "strong", text)) / 2);
  context.fillStyle = termInk(ink, leadership.term).on;
  context.fillText(text, left + margin, box.top + box.height / 2 + 1);
}

/** Halves are too low for a line of text: the numbers stand in one box across them, the upper half's first. */
function paintNumbers(
  context: CanvasRenderingContext2D,
  ink: AxisInk,
  leaderships: readonly Leadership[],
  box: Box,
): void {
  const left = Math.max(0, box.left) + 5;
  const text = `${leaderships.map((span) => span.term).join(" | ")}`;
  const full = `${text} · ${leaderships.map((span) => nameOf(span.replicaId)).join(" and ")} lead`;
  context.font = ink.strong;
  const shown = [full, text].find((one) => textWidth(context, ink, "strong", one) + 18 <= box.right - left);
  if (shown === undefined) return;
  context.fillStyle = ink.panel;
  context.beginPath();
  context.roundRect(left, box.top + 2, textWidth(context, ink, "strong", shown) + 10, box.height - 4, 3);
  context.fill();
  context.fillStyle = ink.ink;
  context.fillText(shown, left + 5, box.top + box.height / 2 + 1);
}
