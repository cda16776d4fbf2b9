/** The line of a partition while it is drawn: solid where it was drawn, dashed on to the edges, its groups in words. */
import { direction, type Point, rayToEdge } from "../../layout/geometry.ts";
import type { LineCut } from "../../layout/partitionLine.ts";
import type { StageSize } from "../../layout/stageSizes.ts";
import { append, show, translate, write, writeText } from "./svg.ts";

/** A line under way. */
export interface LineDraft {
  readonly a: Point;
  readonly b: Point;
  /** Undefined while everybody is on one side. */
  readonly cut: LineCut | undefined;
}

export interface DraftFigure {
  readonly draw: (draft: LineDraft | undefined, size: StageSize) => void;
  readonly remove: () => void;
}

/** Adds the draft's layer to `svg`. */
export function draftFigure(svg: SVGSVGElement): DraftFigure {
  const element = append(svg, "g", "stage-draft");
  write(element, "aria-hidden", "true");
  const rest = append(element, "path", "stage-draft-rest");
  const line = append(element, "path", "stage-draft-line");
  const words = append(element, "g", "stage-draft-words");
  const box = append(words, "rect");
  const text = append(words, "text");
  show(element, false);

  const draw = (draft: LineDraft | undefined, size: StageSize) => {
    show(element, draft !== undefined);
    if (draft === undefined) return;
    const { a, b, cut } = draft;
    const stage = { x: 0, y: 0, ...size };
    const before = rayToEdge(a, direction(b, a), stage);
    const behind = rayToEdge(b, direction(a, b), stage);
    write(element, "data-cuts", cut === undefined ? undefined : "");
    write(line, "d", `M${a.x} ${a.y}L${b.x} ${b.y}`);
    write(rest, "d", `M${before.x} ${before.y}L${a.x} ${a.y}M${b.x} ${b.y}L${behind.x} ${behind.y}`);
    const label = cut?.words ?? "draw across a link";
    const width = label.length * 7.6 + 24;
    writeText(text, label);
    const x = Math.min(Math.max(b.x, width / 2 + 8), size.width - width / 2 - 8);
    const y = b.y > 70 ? b.y - 30 : b.y + 34;
    write(words, "transform", translate(x, y));
    for (const [name, value] of Object.entries({ x: -width / 2, y: -15, width, height: 30 })) write(box, name, value);
  };

  return { draw, remove: () => element.remove() };
}
