/** The visible part as an SVG file: the same drawing as on the canvas, with words that stay words. */

import { type Plan, pointOf } from "../../layout/spacetimePlan.ts";
import type { Palette } from "../draw/palette.ts";
import type { Drawing, Figure, Label, Stroke } from "./drawing.ts";
import { ticksOf } from "./paintFrame.ts";

/** All that a picture of the diagram is made from. */
export interface Picture {
  readonly plan: Plan;
  readonly plot: { readonly left: number; readonly top: number; readonly length: number; readonly breadth: number };
  readonly size: { readonly width: number; readonly height: number };
  readonly palette: Palette;
  readonly isEven: boolean;
  readonly names: readonly Label[];
  readonly drawing: Drawing;
  /** What the file is of, in words. */
  readonly title: string;
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function strokeMarkup({ colour, width, dash, opacity, segments }: Stroke): string {
  const ways: string[] = [];
  for (let at = 0; at + 3 < segments.length; at += 4) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = segments.slice(at, at + 4);
    // A line without length is drawn by its round ends, where it has a little.
    ways.push(`M${number(x1)} ${number(y1)}L${number(x2 === x1 && y2 === y1 ? x2 + 0.1 : x2)} ${number(y2)}`);
  }
  const dashes = dash.length === 0 ? "" : ` stroke-dasharray="${dash.join(" ")}"`;
  const faint = opacity === 1 ? "" : ` opacity="${number(opacity)}"`;
  return `<path d="${ways.join("")}" fill="none" stroke="${colour}" stroke-width="${number(width)}"${dashes}${faint}/>`;
}

function figureMarkup({ d, at, angle, scale, fill, stroke }: Figure): string {
  const place = `translate(${number(at.x)} ${number(at.y)}) rotate(${number(angle)}) scale(${scale})`;
  return `<path d="${d}" transform="${place}" fill="${fill ?? "none"}" stroke="${stroke ?? "none"}" stroke-width="2.2"/>`;
}

function labelMarkup({ text, at, anchor, colour, isStrong }: Label, halo: string | undefined): string {
  const around = halo === undefined ? "" : ` stroke="${halo}" stroke-width="4" paint-order="stroke"`;
  const weight = isStrong ? 650 : 450;
  return `<text x="${number(at.x)}" y="${number(at.y)}" text-anchor="${anchor}" fill="${colour}" font-weight="${weight}"${around}>${escaped(text)}</text>`;
}

function tickMarkup(picture: Picture): string {
  const { plan, plot, size, palette } = picture;
  return ticksOf(picture)
    .map(({ along, label }) => {
      const from = pointOf(plan.direction, along, 0);
      const to = pointOf(plan.direction, along, plot.breadth);
      const isRight = plan.direction === "right";
      const at = isRight ? { x: plot.left + along, y: size.height - 8 } : { x: plot.left - 8, y: plot.top + along + 4 };
      const line = `<path d="M${number(plot.left + from.x)} ${number(plot.top + from.y)}L${number(plot.left + to.x)} ${number(plot.top + to.y)}" stroke="${palette.line}" opacity="0.35"/>`;
      const name = {
        text: label,
        at,
        anchor: isRight ? "middle" : "end",
        colour: palette.quiet,
        isStrong: false,
      } as const;
      return line + labelMarkup(name, undefined);
    })
    .join("");
}

/** The file. */
export function svgOf(picture: Picture): string {
  const { plan, plot, size, palette, names, drawing, title } = picture;
  const isRight = plan.direction === "right";
  const placed = names.map((name) => ({
    ...name,
    at: isRight ? { x: name.at.x, y: plot.top + name.at.y } : { x: plot.left + name.at.x, y: name.at.y },
  }));
  const [width, height] = isRight ? [plot.length, plot.breadth] : [plot.breadth, plot.length];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" font-family="Inter, system-ui, sans-serif" font-size="13" stroke-linecap="round" stroke-linejoin="round">`,
    `<title>${escaped(title)}</title>`,
    `<defs><clipPath id="plot"><rect x="0" y="${-plot.top}" width="${number(width)}" height="${number(height + plot.top)}"/></clipPath></defs>`,
    `<rect width="100%" height="100%" fill="${palette.surface}"/>`,
    tickMarkup(picture),
    `<g transform="translate(${plot.left} ${plot.top})" clip-path="url(#plot)">`,
    ...drawing.strokes.map(strokeMarkup),
    ...drawing.figures.map(figureMarkup),
    ...drawing.labels.map((label) => labelMarkup(label, palette.surface)),
    "</g>",
    ...placed.map((name) => labelMarkup(name, undefined)),
    "</svg>\n",
  ].join("\n");
}
