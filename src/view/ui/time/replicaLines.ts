/**
 * Lanes in which every replica has a line of its own: thin lines, the one that is pointed at in front, and names where the
 * lines end. What is told by them is told by place and name, never by colour.
 */
import { nameOf, type ReplicaId, replicaId, slotOf } from "../../../base/ids.ts";
import type { AxisRow } from "../../layout/timeRows.ts";
import { type AxisPicture, type LaneContext, strokeLine } from "./axisPicture.ts";
import { textWidth } from "./textWidths.ts";
import { type LineShape, traceLine } from "./traceLine.ts";

/** Names that stand at one height, and where. */
export interface EndLabel {
  readonly text: string;
  readonly y: number;
}

/** Lines that end so near to each other have one label. */
const TOGETHER = 6;
/** Labels are as far apart as this. */
const LABEL_HEIGHT = 11;
/** Names in one label. */
const NAMES = 3;

/** One thin line for each replica. */
export function paintReplicaLines(context: LaneContext, { ink }: AxisPicture, shape: LineShape, first: number): void {
  context.globalAlpha = 0.8;
  for (const values of shape.columns.lines) {
    layLine(context, shape, values, first);
    strokeLine(context, ink.ink3, 1);
  }
  context.globalAlpha = 1;
}

/** The line of the replica that is pointed at, over everything else. */
export function paintEmphasised(
  context: LaneContext,
  { emphasised, ink }: AxisPicture,
  shape: LineShape,
  first: number,
): void {
  const own = emphasised === undefined ? undefined : shape.columns.lines[slotOf(emphasised)];
  if (own === undefined) return;
  layLine(context, shape, own, first);
  strokeLine(context, ink.panel, 4);
  strokeLine(context, ink.ink, 1.75);
}

/** Makes the line of `values` the context's path. */
export function layLine(context: LaneContext, shape: LineShape, values: Float64Array, first: number): void {
  context.beginPath();
  traceLine(context, shape, values, first);
}

/**
 * What stands at the lines' ends: names in order of height from `top` down, those that would run together as one, and
 * of those for which there is no room the one that is pointed at first, then the outermost.
 */
export function endLabels(
  ends: readonly { readonly slot: number; readonly y: number }[],
  emphasised: ReplicaId | undefined,
): readonly EndLabel[] {
  const groups: { slots: number[]; y: number }[] = [];
  for (const { slot, y } of ends.toSorted((a, b) => a.y - b.y)) {
    const last = groups.at(-1);
    if (last !== undefined && y - last.y < TOGETHER) last.slots.push(slot);
    else groups.push({ slots: [slot], y });
  }
  const own = emphasised === undefined ? -1 : slotOf(emphasised);
  const isOwn = ({ slots }: { slots: readonly number[] }) => slots.includes(own);
  const chosen: typeof groups = [];
  for (const group of [...groups.filter(isOwn), ...groups.filter((one) => !isOwn(one))]) {
    if (chosen.every(({ y }) => Math.abs(y - group.y) >= LABEL_HEIGHT)) chosen.push(group);
  }
  return chosen.map(({ slots, y }) => ({ text: namesOf(slots, own), y }));
}

function namesOf(slots: readonly number[], own: number): string {
  const ordered = slots.toSorted((a, b) => Number(b === own) - Number(a === own) || a - b);
  const names = ordered.slice(0, NAMES).map((slot) => nameOf(replicaId(slot + 1)));
  const more = slots.length - names.length;
  return more === 0 ? names.join(" ") : `${names.join(" ")} +${more}`;
}

/** Room between the end of a line and its name. */
const GAP = 4;

/**
 * Writes the names where the lines end, or before that where the plot does. `heights` are of the replicas in order; a line
 * that says nothing (its replica is down, or like all that are well) has none.
 */
export function paintEndLabels(
  context: CanvasRenderingContext2D,
  picture: AxisPicture,
  heights: readonly (number | undefined)[],
  row: AxisRow,
): void {
  const { width, ink, now, xOf, emphasised } = picture;
  const ends = heights.flatMap((y, slot) => (y === undefined ? [] : [{ slot, y }]));
  if (ends.length === 0) return;
  context.font = ink.label;
  context.lineWidth = 3;
  context.lineJoin = "round";
  const end = Math.min(width, xOf(now));
  for (const { text, y } of endLabels(ends, emphasised)) {
    const length = textWidth(context, ink, "label", text);
    const x = end + GAP + length <= width ? end + GAP : end - GAP - length;
    const middle = Math.min(Math.max(y, row.top + LABEL_HEIGHT / 2), row.top + row.height - LABEL_HEIGHT / 2);
    context.strokeStyle = ink.panel;
    context.strokeText(text, x, middle);
    context.fillStyle = ink.ink2;
    context.fillText(text, x, middle);
  }
}
