/** A drawing on a canvas: one path for all segments of one look, since five thousand strokes of their own are too many. */
import type { Palette } from "../draw/palette.ts";
import type { Drawing, Figure, Label, Stroke } from "./drawing.ts";

const paths = new Map<string, Path2D>();

function pathOf(d: string): Path2D {
  const known = paths.get(d);
  if (known !== undefined) return known;
  const path = new Path2D(d);
  paths.set(d, path);
  return path;
}

function paintStroke(context: CanvasRenderingContext2D, { colour, width, dash, opacity, segments }: Stroke): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash([...dash]);
  context.globalAlpha = opacity;
  context.beginPath();
  for (let at = 0; at + 3 < segments.length; at += 4) {
    context.moveTo(segments[at] ?? 0, segments[at + 1] ?? 0);
    context.lineTo(segments[at + 2] ?? 0, segments[at + 3] ?? 0);
  }
  context.stroke();
}

function paintFigure(context: CanvasRenderingContext2D, { d, at, angle, scale, fill, stroke }: Figure): void {
  context.save();
  context.translate(at.x, at.y);
  context.rotate((angle * Math.PI) / 180);
  context.scale(scale, scale);
  const path = pathOf(d);
  if (fill !== undefined) {
    context.fillStyle = fill;
    context.fill(path);
  }
  if (stroke !== undefined) {
    context.strokeStyle = stroke;
    context.lineWidth = 2.2;
    context.stroke(path);
  }
  context.restore();
}

function paintLabel(context: CanvasRenderingContext2D, label: Label, palette: Palette): void {
  const { text, at, anchor, colour, isStrong } = label;
  context.font = `${isStrong ? 650 : 450} 13px ${palette.font}`;
  context.textAlign = anchor === "middle" ? "center" : anchor;
  // A halo keeps words readable over lines.
  context.lineWidth = 4;
  context.strokeStyle = palette.surface;
  context.strokeText(text, at.x, at.y);
  context.fillStyle = colour;
  context.fillText(text, at.x, at.y);
}

/** Paints `drawing` where the context stands. */
export function paintDrawing(context: CanvasRenderingContext2D, drawing: Drawing, palette: Palette): void {
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const stroke of drawing.strokes) paintStroke(context, stroke);
  context.globalAlpha = 1;
  context.setLineDash([]);
  for (const figure of drawing.figures) paintFigure(context, figure);
  for (const label of drawing.labels) paintLabel(context, label, palette);
}
