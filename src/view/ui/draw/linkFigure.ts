/**
 * One link: a hairline that darkens while it carries something; dots, dashes, bars and an arrow for what is wrong with
 * it; and, when messages are too quick to follow, a width and a count.
 */
import { type Address, nameOf } from "../../../base/ids.ts";
import { direction, moved, type Point } from "../../layout/geometry.ts";
import { headingOn, type LinkPath, pointOn } from "../../layout/linkPaths.ts";
import { type LinkState, linkDashes, linkLabel, linkStyle, linkWords } from "../../layout/linkQuality.ts";
import type { LinkPlace } from "../../layout/stageLayout.ts";
import { trafficWidth } from "../../layout/traffic.ts";
import { append, show, translate, write, writeStyle, writeText } from "./svg.ts";

/** What a link's figure needs. */
export interface LinkView {
  readonly state: LinkState;
  readonly carries: boolean;
  /** Messages per virtual second, when counts are shown; 0 for none. */
  readonly perSecond: number;
  readonly isSelected: boolean;
  readonly isFocusStop: boolean;
  /** The partition being drawn would cut it. */
  readonly isThreatened: boolean;
}

export interface LinkFigure {
  readonly element: SVGGElement;
  readonly place: (place: LinkPlace, isTouch: boolean) => void;
  readonly draw: (view: LinkView) => void;
  readonly remove: () => void;
}

/** The two lanes of a link that is cut one way are this far apart. */
const LANE = 5;
const BAR = { half: 8, apart: 4 };
/** Labels stand off the middle, where the diagonals of an even ring meet. */
const LABEL_AT = 0.42;

/** Adds a link to `parent`. */
export function linkFigure(parent: Element, from: Address, to: Address): LinkFigure {
  const element = append(parent, "g", "stage-link");
  write(element, "role", "button");
  write(element, "aria-haspopup", "menu");
  write(element, "data-from", from);
  write(element, "data-to", to);
  const hit = append(element, "path", "stage-link-hit");
  const focus = append(element, "path", "stage-link-focus");
  const line = append(element, "path", "stage-link-line");
  const cutLine = append(element, "path", "stage-link-cut");
  const bars = append(element, "path", "stage-link-bars");
  const arrow = append(element, "path", "stage-link-arrow");
  const label = append(element, "g", "stage-link-label");
  const labelBox = append(label, "rect");
  const labelText = append(label, "text");
  let path: LinkPath | undefined;
  let drawn = "";

  const place = (at: LinkPlace, isTouch: boolean) => {
    path = at.path;
    drawn = "";
    write(hit, "d", pathData(path));
    write(focus, "d", pathData(path));
    write(hit, "stroke-width", isTouch ? 30 : 18);
    write(label, "transform", labelPlace(path));
  };

  const draw = (view: LinkView) => {
    if (path === undefined) return;
    // Of many links few change with a frame, and asking an element what it shows is dearer than a key.
    const key = keyOf(view);
    if (key === drawn) return;
    drawn = key;
    const style = linkStyle(view.state);
    write(element, "data-style", style);
    write(element, "data-carries", view.carries ? "" : undefined);
    write(element, "data-selected", view.isSelected ? "" : undefined);
    write(element, "data-threatened", view.isThreatened ? "" : undefined);
    write(element, "tabindex", view.isFocusStop ? 0 : -1);
    write(
      element,
      "aria-label",
      `link ${nameOf(from)} to ${nameOf(to)}, ${linkWords(view.state, nameOf(from), nameOf(to))}`,
    );
    drawLines(path, style, view, { line, cutLine, bars, arrow });
    const wrong = linkLabel(view.state);
    const text =
      view.perSecond > 0 ? [`${Math.round(view.perSecond)}/s`, wrong].filter((part) => part !== "").join(" · ") : wrong;
    show(label, text !== "");
    write(label, "data-kind", wrong === "" ? "count" : "state");
    writeText(labelText, text);
    const width = text.length * 7.3 + 12;
    write(labelBox, "x", -width / 2);
    write(labelBox, "y", -11);
    write(labelBox, "width", width);
    write(labelBox, "height", 22);
  };

  return { element, place, draw, remove: () => element.remove() };
}

/** What a link's picture depends on: equal keys, equal pictures. */
function keyOf({ state, carries, perSecond, isSelected, isFocusStop, isThreatened }: LinkView): string {
  const { forth, back, walled } = state;
  const rate = perSecond > 0 ? `${Math.round(perSecond)} ${trafficWidth(perSecond).toFixed(1)}` : "";
  const flags = [walled, carries, isSelected, isFocusStop, isThreatened, forth.cut, back.cut].map(Number).join("");
  return `${flags} ${rate} ${forth.slowness} ${forth.loss} ${back.slowness} ${back.loss}`;
}

interface LineParts {
  readonly line: SVGPathElement;
  readonly cutLine: SVGPathElement;
  readonly bars: SVGPathElement;
  readonly arrow: SVGPathElement;
}

function drawLines(path: LinkPath, style: ReturnType<typeof linkStyle>, view: LinkView, parts: LineParts): void {
  const oneWay = style === "cutForth" || style === "cutBack";
  // The direction that still flows keeps its own side of the link, as messages do.
  const flowing = style === "cutForth" ? reversedPath(path) : path;
  const middle = pointOn(path, 0.5);
  write(parts.line, "d", pathData(oneWay ? shifted(flowing, LANE) : path));
  write(parts.line, "stroke-dasharray", linkDashes(view.state) || undefined);
  writeStyle(parts.line, "stroke-width", view.perSecond > 0 ? `${trafficWidth(view.perSecond).toFixed(1)}px` : "");
  show(parts.cutLine, oneWay);
  show(parts.arrow, oneWay);
  show(parts.bars, oneWay || style === "cutBoth");
  if (style === "cutBoth") write(parts.bars, "d", barsAt(middle, headingOn(path, 0.5), [-BAR.apart, BAR.apart]));
  if (!oneWay) return;
  const stopped = shifted(reversedPath(flowing), LANE);
  write(parts.cutLine, "d", pathData(stopped));
  write(parts.bars, "d", barsAt(pointOn(stopped, 0.5), headingOn(stopped, 0.5), [0]));
  const lane = shifted(flowing, LANE);
  write(parts.arrow, "d", arrowAt(lane.b, headingOn(lane, 1)));
}

function barsAt(centre: Point, heading: Point, offsets: readonly number[]): string {
  const across = { x: -heading.y, y: heading.x };
  return offsets
    .map((offset) => {
      const at = moved(centre, heading, offset);
      const [a, b] = [moved(at, across, BAR.half), moved(at, across, -BAR.half)];
      return `M${n(a.x)} ${n(a.y)}L${n(b.x)} ${n(b.y)}`;
    })
    .join("");
}

function arrowAt(tip: Point, heading: Point): string {
  const across = { x: -heading.y, y: heading.x };
  const back = moved(tip, heading, -9);
  const [a, b] = [moved(back, across, 6), moved(back, across, -6)];
  return `M${n(a.x)} ${n(a.y)}L${n(tip.x)} ${n(tip.y)}L${n(b.x)} ${n(b.y)}`;
}

function shifted(path: LinkPath, by: number): LinkPath {
  const heading = direction(path.a, path.b);
  const across = { x: -heading.y, y: heading.x };
  return {
    ...path,
    a: moved(path.a, across, by),
    b: moved(path.b, across, by),
    control: path.control === undefined ? undefined : moved(path.control, across, by),
  };
}

function reversedPath(path: LinkPath): LinkPath {
  return { ...path, a: path.b, b: path.a };
}

function labelPlace(path: LinkPath): string {
  const at = pointOn(path, LABEL_AT);
  return translate(at.x, at.y);
}

/** A way as SVG path data. */
export function pathData({ a, b, control }: LinkPath): string {
  const middle = control === undefined ? "L" : `Q${n(control.x)} ${n(control.y)} `;
  return `M${n(a.x)} ${n(a.y)}${middle}${n(b.x)} ${n(b.y)}`;
}

function n(value: number): number {
  return Math.round(value * 10) / 10;
}
