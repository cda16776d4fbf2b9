/** How wide texts are on the canvas. Each is measured once per face: asking takes longer than painting. */
import type { AxisInk } from "./ink.ts";

/** Widths are kept with the ink that they were measured in: a face that has come since is another ink. */
const known = new WeakMap<AxisInk, Record<"label" | "strong", Map<string, number>>>();

/** Texts of one face that are kept. */
const MOST = 500;

/** The width of `text` in one of the faces of `ink`, which becomes the font of `context`. */
export function textWidth(
  context: CanvasRenderingContext2D,
  ink: AxisInk,
  face: "label" | "strong",
  text: string,
): number {
  const faces = known.get(ink) ?? { label: new Map<string, number>(), strong: new Map<string, number>() };
  known.set(ink, faces);
  const widths = faces[face];
  const measured = widths.get(text);
  if (measured !== undefined) return measured;
  context.font = ink[face];
  const { width } = context.measureText(text);
  if (widths.size >= MOST) widths.clear();
  widths.set(text, width);
  return width;
}
