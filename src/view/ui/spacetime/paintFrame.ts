/** Around the drawing: lines of the ruler, names of the lines, the playhead, and a veil over what is still to come. */
import type { Plan } from "../../layout/spacetimePlan.ts";
import { pointOf } from "../../layout/spacetimePlan.ts";
import { timeTicks } from "../../layout/timeTicks.ts";
import type { Palette } from "../draw/palette.ts";
import type { Label } from "./drawing.ts";

export interface FrameParts {
  readonly plan: Plan;
  readonly plot: { readonly left: number; readonly top: number; readonly length: number; readonly breadth: number };
  readonly size: { readonly width: number; readonly height: number };
  readonly now: number;
  readonly palette: Palette;
  readonly isEven: boolean;
}

interface Tick {
  readonly along: number;
  readonly label: string;
}

/** Pixels between two ticks where events are evenly spaced. */
const EVEN_TICK = 130;

/** The labelled ticks of the ruler. Evenly spaced there are no round instants: ticks say what stands there. */
export function ticksOf({ plan, plot, isEven }: Pick<FrameParts, "plan" | "plot" | "isEven">): readonly Tick[] {
  if (isEven) {
    return Array.from({ length: Math.floor(plot.length / EVEN_TICK) }, (_, at) => {
      const along = (at + 0.5) * EVEN_TICK;
      return { along, label: `${(plan.instantAt(along) / 1_000_000).toFixed(3)}` };
    });
  }
  const ticks = timeTicks({ start: plan.from, span: Math.max(1, plan.to - plan.from) }, plot.length);
  return ticks.flatMap(({ at, label }) => (label === undefined ? [] : [{ along: plan.along(at), label }]));
}

/** Paints the frame, and what it frames by `inside` in the plot's own coordinates. */
export function paintFrame(
  context: CanvasRenderingContext2D,
  parts: FrameParts,
  names: readonly Label[],
  inside: () => void,
): void {
  const { plan, plot, size, palette, now } = parts;
  const { direction } = plan;
  paintTicks(context, parts, ticksOf(parts));
  context.save();
  context.beginPath();
  if (direction === "right") context.rect(plot.left, 0, plot.length, size.height - 26);
  else context.rect(plot.left, plot.top, plot.breadth, plot.length);
  context.clip();
  context.translate(plot.left, plot.top);
  inside();
  paintNow(context, parts, plan.along(now));
  context.restore();
  context.font = `650 13px ${palette.font}`;
  for (const { text, at, anchor, colour, isStrong } of names) {
    const place = direction === "right" ? { x: at.x, y: plot.top + at.y } : { x: plot.left + at.x, y: at.y };
    context.textAlign = anchor === "middle" ? "center" : anchor;
    context.font = `${isStrong ? 700 : 450} 13px ${palette.font}`;
    context.fillStyle = colour;
    context.fillText(text, place.x, place.y);
  }
}

function paintTicks(context: CanvasRenderingContext2D, parts: FrameParts, ticks: readonly Tick[]): void {
  const { plan, plot, size, palette } = parts;
  context.strokeStyle = palette.line;
  context.globalAlpha = 0.35;
  context.lineWidth = 1;
  context.setLineDash([]);
  context.beginPath();
  for (const { along } of ticks) {
    const from = pointOf(plan.direction, along, 0);
    const to = pointOf(plan.direction, along, plot.breadth);
    context.moveTo(plot.left + from.x, plot.top + from.y);
    context.lineTo(plot.left + to.x, plot.top + to.y);
  }
  context.stroke();
  context.globalAlpha = 1;
  context.font = `450 13px ${palette.font}`;
  context.fillStyle = palette.quiet;
  for (const { along, label } of ticks) {
    if (plan.direction === "right") {
      context.textAlign = "center";
      if (along > 20) context.fillText(label, plot.left + along, size.height - 8);
    } else {
      context.textAlign = "end";
      if (along > 8) context.fillText(label, plot.left - 8, plot.top + along + 4);
    }
  }
}

/** The playhead; what lies behind it is known from an earlier visit, and stands back. */
function paintNow(context: CanvasRenderingContext2D, { plan, plot, palette }: FrameParts, along: number): void {
  const begin = pointOf(plan.direction, along, -plot.top);
  const end = pointOf(plan.direction, along, plot.breadth + 40);
  if (along < plot.length) {
    context.globalAlpha = 0.6;
    context.fillStyle = palette.surface;
    const from = Math.max(0, along);
    if (plan.direction === "right") context.fillRect(from, -plot.top, plot.length - from, plot.breadth + plot.top + 40);
    else context.fillRect(0, from, plot.breadth, plot.length - from);
    context.globalAlpha = 1;
  }
  context.setLineDash([]);
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.6;
  context.beginPath();
  context.moveTo(begin.x, begin.y);
  context.lineTo(end.x, end.y);
  context.stroke();
}
