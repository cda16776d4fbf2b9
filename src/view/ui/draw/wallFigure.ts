/** The wall of a partition: a hatched band with two edges, its corners rounded; short pieces where groups interleave. */
import { along, distance, type Point } from "../../layout/geometry.ts";
import type { Wall } from "../../layout/wall.ts";
import { append, show, write } from "./svg.ts";

/** How far from a corner its rounding may begin. */
const ROUNDING = 70;

export interface WallFigure {
  readonly draw: (wall: Wall | undefined, isNarrow: boolean) => void;
}

/** Adds the wall's layer to `parent`; `hatchId` names the pattern in this document. */
export function wallFigure(parent: Element, hatchId: string): WallFigure {
  const pattern = append(append(parent, "defs"), "pattern");
  write(pattern, "id", hatchId);
  write(pattern, "patternUnits", "userSpaceOnUse");
  write(pattern, "width", 6);
  write(pattern, "height", 6);
  write(pattern, "patternTransform", "rotate(45)");
  const stripe = append(pattern, "rect", "stage-hatch");
  write(stripe, "width", 2.2);
  write(stripe, "height", 6);
  const element = append(parent, "g", "stage-wall");
  const edges = append(element, "path", "stage-wall-edge");
  const ground = append(element, "path", "stage-wall-ground");
  const hatch = append(element, "path", "stage-wall-hatch");
  write(hatch, "stroke", `url(#${hatchId})`);

  const draw = (wall: Wall | undefined, isNarrow: boolean) => {
    show(element, wall !== undefined);
    if (wall === undefined) return;
    const data = wall.lines.map(roundedPath).join("");
    const width = isNarrow ? 9 : 14;
    for (const part of [edges, ground, hatch]) write(part, "d", data);
    write(edges, "stroke-width", width + 3);
    write(ground, "stroke-width", width);
    write(hatch, "stroke-width", width);
    write(element, "data-kind", wall.kind);
  };

  return { draw };
}

/** A polyline with its inner corners rounded, as SVG path data. */
export function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let data = `M${n(first.x)} ${n(first.y)}`;
  for (const [at, corner] of rest.entries()) {
    const before = points[at] ?? corner;
    const next = rest[at + 1];
    if (next === undefined) {
      data += `L${n(corner.x)} ${n(corner.y)}`;
      continue;
    }
    const into = Math.min(ROUNDING, distance(before, corner) / 2);
    const out = Math.min(ROUNDING, distance(corner, next) / 2);
    const a = along(corner, before, into / Math.max(1, distance(before, corner)));
    const b = along(corner, next, out / Math.max(1, distance(corner, next)));
    data += `L${n(a.x)} ${n(a.y)}Q${n(corner.x)} ${n(corner.y)} ${n(b.x)} ${n(b.y)}`;
  }
  return data;
}

function n(value: number): number {
  return Math.round(value * 10) / 10;
}
