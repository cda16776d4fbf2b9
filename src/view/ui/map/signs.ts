/**
 * The signs of the map, one per standing: told apart by shape and filling, then by colour. Amber heals by itself, red does
 * not; what is held is a quiet disc.
 */
import type { Holding } from "../../../model/protocol/holdings.ts";
import { BY_TROUBLE } from "../../layout/mapLayout.ts";

/** Colours of one theme. */
export interface SignColours {
  readonly surface: string;
  readonly ink: string;
  readonly quiet: string;
  readonly held: string;
  readonly amber: string;
  readonly amberText: string;
  readonly red: string;
  readonly font: string;
}

/** Reads the colours in force for `element`. */
export function signColours(element: Element): SignColours {
  const style = getComputedStyle(element);
  const token = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
  return {
    surface: token("--surface", "#fff"),
    ink: token("--ink", "#000"),
    quiet: token("--ink-3", "#555"),
    held: token("--line-strong", "#888"),
    amber: token("--amber", "#fa0"),
    amberText: token("--amber-text", "#740"),
    red: token("--red", "#c00"),
    font: token("--font", "sans-serif"),
  };
}

/** Standings that have a sign, in the order in which they are painted: what matters most last. */
export const SIGNED = BY_TROUBLE.filter((holding) => holding !== "absent");

/** Each in a word. */
export const SIGN_NAMES: Readonly<Record<Holding, string>> = {
  absent: "not here",
  held: "held",
  unconfirmedDelete: "deleted, unconfirmed",
  unconfirmed: "unconfirmed",
  onItsWay: "on its way",
  outdated: "outdated",
  missing: "missing",
  ghost: "ghost",
  lost: "lost",
};

function disc(context: CanvasRenderingContext2D, radius: number): void {
  context.beginPath();
  context.arc(0, 0, radius, 0, 2 * Math.PI);
}

/** Paints the sign of `holding` around 0, 0; `radius` is half its size. */
export function paintSign(
  context: CanvasRenderingContext2D,
  holding: Holding,
  radius: number,
  colours: SignColours,
): void {
  const line = Math.max(1.5, radius / 3);
  context.lineWidth = line;
  context.setLineDash([]);
  const inner = radius - line / 2;
  switch (holding) {
    case "absent":
      return;
    case "held":
      context.fillStyle = colours.held;
      disc(context, radius * 0.6);
      context.fill();
      return;
    case "outdated":
      context.fillStyle = colours.amber;
      context.strokeStyle = colours.amberText;
      context.lineWidth = 1;
      context.fillRect(-inner, -inner, 2 * inner, 2 * inner);
      context.strokeRect(-inner, -inner, 2 * inner, 2 * inner);
      return;
    case "missing":
      context.fillStyle = colours.surface;
      context.strokeStyle = colours.amberText;
      context.setLineDash([inner * 0.7, inner * 0.5]);
      disc(context, inner);
      context.fill();
      context.stroke();
      context.setLineDash([]);
      return;
    case "onItsWay":
      context.fillStyle = colours.surface;
      context.strokeStyle = colours.amberText;
      disc(context, inner);
      context.fill();
      context.stroke();
      context.fillStyle = colours.amber;
      context.beginPath();
      context.arc(0, 0, inner, 0, Math.PI);
      context.fill();
      return;
    case "ghost":
      context.fillStyle = colours.surface;
      context.strokeStyle = colours.amberText;
      context.fillRect(-inner, -inner, 2 * inner, 2 * inner);
      context.strokeRect(-inner, -inner, 2 * inner, 2 * inner);
      context.beginPath();
      context.moveTo(-radius * 1.3, 0);
      context.lineTo(radius * 1.3, 0);
      context.stroke();
      return;
    case "unconfirmed":
    case "unconfirmedDelete":
      context.fillStyle = colours.surface;
      context.strokeStyle = colours.quiet;
      context.lineWidth = 1.5;
      context.setLineDash([1.5, 2]);
      disc(context, inner);
      context.fill();
      context.stroke();
      context.setLineDash([]);
      if (holding === "unconfirmed") return;
      context.beginPath();
      context.moveTo(-inner, 0);
      context.lineTo(inner, 0);
      context.stroke();
      return;
    case "lost":
      context.lineCap = "round";
      for (const [colour, width] of [
        [colours.surface, line + 3],
        [colours.red, line + 0.5],
      ] as const) {
        context.strokeStyle = colour;
        context.lineWidth = width;
        context.beginPath();
        context.moveTo(-inner, -inner);
        context.lineTo(inner, inner);
        context.moveTo(inner, -inner);
        context.lineTo(-inner, inner);
        context.stroke();
      }
      context.lineCap = "butt";
  }
}
