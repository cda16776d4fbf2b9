/**
 * A log strip: ten cells, the same indices on every replica; a jagged line where some are left out. Filled: committed as far as this replica knows. Hollow: only
 * appended. Dotted: another replica has it. Struck, with a red rule: acknowledged, and will be lost. A bar for the commit
 * index, a triangle for what is applied, a digit where a term begins.
 */
import type { LogIndex } from "../../../base/ids.ts";
import type { StripCell } from "../../../model/protocol/frame.ts";
import type { StageSizes } from "../../layout/stageSizes.ts";
import { edgeOf, middleOf, type StripCells, stripCells } from "../../layout/stripCells.ts";
import { hueOf } from "./hues.ts";
import { append, show, translate, write, writeText } from "./svg.ts";

/** What one strip shows. */
export interface StripView {
  readonly cells: readonly StripCell[];
  /** The index of each cell. */
  readonly indices: readonly LogIndex[];
  readonly commitIndex: number;
  readonly lastApplied: number;
  /** By cell: whether any replica has an entry there. */
  readonly held: readonly boolean[];
}

export interface StripFigure {
  readonly element: SVGGElement;
  readonly resize: (sizes: StageSizes) => void;
  /** `glides` lets whole cells advance in 180 ms. */
  readonly draw: (view: StripView, glides: boolean) => void;
}

interface CellFigure {
  readonly group: SVGGElement;
  readonly box: SVGRectElement;
  readonly digit: SVGTextElement;
  readonly strike: SVGPathElement;
}

/** Cells that a strip may advance by with a glide; further ones jump. */
const LONGEST_GLIDE = 3;
const GLIDE = { duration: 180, easing: "cubic-bezier(.2, 0, 0, 1)" };

/** Adds a strip whose upper left corner is the origin of its group. */
export function stripFigure(parent: Element): StripFigure {
  const element = append(parent, "g", "stage-strip");
  const shelf = append(element, "path", "stage-shelf");
  const row = append(element, "g");
  const fold = append(element, "path", "stage-fold");
  const rule = append(element, "path", "stage-doom-rule");
  const commit = append(element, "path", "stage-commit");
  const applied = append(element, "path", "stage-applied");
  const cells: CellFigure[] = [];
  let sizes: StageSizes | undefined;
  let placed: StripCells | undefined;
  let lastStart: number | undefined;

  const resize = (next: StageSizes) => {
    sizes = next;
    placed = undefined;
    write(commit, "stroke-width", next.cellHeight >= 20 ? 4 : 3);
  };

  const draw = (view: StripView, glides: boolean) => {
    if (sizes === undefined) return;
    while (cells.length < view.cells.length) cells.push(newCell(row));
    const places = stripCells(view.indices, sizes.cellWidth);
    if (placed?.folded.join() !== places.folded.join()) {
      for (const [at, cell] of cells.entries()) placeCell(cell, places.lefts[at] ?? 0, places.cellWidth, sizes);
      placed = places;
    }
    let opened = 0;
    for (const [at, cell] of cells.entries()) {
      const content = view.cells[at];
      const held = content !== undefined && content.term > 0;
      drawCell(cell, view, at, held && content.term !== opened && sizes.cellDigits);
      if (held) opened = content.term;
    }
    drawMarks(view, places, sizes, { shelf, fold, rule, commit, applied });
    // Folded cells keep their places while others go on: nothing advances as a whole.
    const start = places.folded.length === 0 ? view.indices[0] : undefined;
    if (glides && lastStart !== undefined && start !== undefined) glide(row, start - lastStart, sizes.cellWidth);
    lastStart = start;
  };

  return { element, resize, draw };
}

function newCell(row: SVGGElement): CellFigure {
  const group = append(row, "g", "stage-cell");
  const box = append(group, "rect");
  const digit = append(group, "text", "stage-cell-digit");
  const strike = append(group, "path", "stage-cell-strike");
  return { group, box, digit, strike };
}

function placeCell(
  { group, box, digit, strike }: CellFigure,
  left: number,
  width: number,
  { cellHeight: height }: StageSizes,
): void {
  write(group, "transform", translate(left, 0));
  // Half a pixel of outline and one of air between cells, so that dark hues do not run together.
  write(box, "x", 1);
  write(box, "y", 0.5);
  write(box, "width", width - 2);
  write(box, "height", height - 1);
  write(digit, "x", width / 2);
  write(digit, "y", height / 2);
  const inset = Math.min(4, width * 0.24);
  write(
    strike,
    "d",
    `M${inset} ${inset + 1}L${width - inset} ${height - inset - 1}M${width - inset} ${inset + 1}L${inset} ${height - inset - 1}`,
  );
}

function drawCell({ group, digit, strike }: CellFigure, view: StripView, at: number, opensTerm: boolean): void {
  const cell = view.cells[at];
  const term = cell?.term ?? 0;
  const state =
    term > 0
      ? (view.indices[at] ?? 0) <= view.commitIndex
        ? "committed"
        : "appended"
      : view.held[at] === true
        ? "elsewhere"
        : "empty";
  write(group, "data-state", state);
  write(group, "data-hue", term > 0 ? hueOf(term) : undefined);
  show(strike, cell?.doomed === true);
  show(digit, opensTerm && cell?.doomed !== true);
  if (opensTerm) writeText(digit, String(term));
}

interface Marks {
  readonly shelf: SVGPathElement;
  readonly fold: SVGPathElement;
  readonly rule: SVGPathElement;
  readonly commit: SVGPathElement;
  readonly applied: SVGPathElement;
}

/** The shelf on which the cells stand, broken where the strip is folded. */
function shelfPath({ lefts, cellWidth, folded }: StripCells, y: number): string {
  const starts = [0, ...folded];
  return starts
    .map((at, piece) => {
      const last = (starts[piece + 1] ?? lefts.length) - 1;
      return `M${lefts[at] ?? 0} ${y}H${(lefts[last] ?? 0) + cellWidth}`;
    })
    .join("");
}

/** A jagged line through the strip: here something is left out. */
function foldPath(x: number, height: number): string {
  const step = height / 4;
  return `M${x - 1.5} 0l3 ${step}l-3 ${step}l3 ${step}l-3 ${step}`;
}

function drawMarks(view: StripView, cells: StripCells, sizes: StageSizes, marks: Marks): void {
  const { cellHeight: height, isPhone } = sizes;
  write(marks.shelf, "d", shelfPath(cells, height - 0.5));
  show(marks.fold, cells.folds.length > 0);
  write(marks.fold, "d", cells.folds.map((x) => foldPath(x, height)).join(""));
  const committed = edgeOf(view.indices, cells, view.commitIndex);
  const overhang = isPhone ? 2 : 4;
  show(marks.commit, committed !== undefined);
  write(marks.commit, "d", `M${committed ?? 0} ${-overhang}V${height + overhang}`);
  const applied = isPhone ? undefined : middleOf(view.indices, cells, view.lastApplied);
  show(marks.applied, applied !== undefined);
  const y = height + 4;
  write(marks.applied, "d", `M${applied ?? 0} ${y}l6 8h-12Z`);
  const doomed = view.cells.flatMap((cell, at) => (cell.doomed ? [at] : []));
  const [first, last] = [doomed[0], doomed.at(-1)];
  show(marks.rule, first !== undefined);
  if (first !== undefined && last !== undefined)
    write(marks.rule, "d", `M${cells.lefts[first] ?? 0} ${height + 2}H${(cells.lefts[last] ?? 0) + cells.cellWidth}`);
}

/** Lets the row come from where its cells were; the picture is right from the first instant, only its place is late. */
function glide(row: SVGGElement, cells: number, width: number): void {
  if (cells <= 0 || cells > LONGEST_GLIDE || typeof row.animate !== "function") return;
  row.animate([{ transform: `translateX(${cells * width}px)` }, { transform: "none" }], GLIDE);
}
