/**
 * The marks as focusable elements, drawn with d3 into one picture. They are joined anew only when a mark was added or the
 * zoom changed; a moving window moves the picture. One of them is in the tab order, arrow keys go on from there.
 */
import { type Selection as D3Selection, select } from "d3";
import { clusterMarks, type MarkCluster } from "../../layout/timeMarks.ts";
import type { AxisRow } from "../../layout/timeRows.ts";
import { type TimeWindow, xOf } from "../../layout/timeWindow.ts";
import { formatClock } from "../../layout/timeWords.ts";
import type { LaneMark } from "../../store/viewStore.ts";
import { MARK_SHAPES, MARK_WORDS } from "./markShapes.ts";

/** No two marks stand nearer than this, in pixels. */
const REACH = 11;

/** The width of a letter of a label, at most. */
const LETTER = 8;

/** Events that a label spells out; of more it says how many. */
const SPELLED_OUT = 4;

/** What the layer tells its owner. */
export interface MarksCallbacks {
  /** A mark is pointed at or focused: its label and where it stands; undefined when none is. */
  readonly label: (lines: readonly string[] | undefined, x: number) => void;
  /** The focus stands on a mark: the lanes are read there. */
  readonly read: (mark: LaneMark) => void;
  /** A mark is pressed. */
  readonly choose: (mark: LaneMark) => void;
  /** The focus left the marks. */
  readonly leave: () => void;
  readonly words: (mark: LaneMark) => string;
}

/** What the layer draws. */
export interface MarksPicture {
  /** Another list when one was added, and in another run. */
  readonly marks: readonly LaneMark[];
  readonly window: TimeWindow;
  readonly width: number;
  readonly row: AxisRow;
  /** Height of what can be touched, from the row's top. */
  readonly target: number;
  /** The number of the last fact that has happened: later marks are muted. */
  readonly fact: number;
}

type Cluster = MarkCluster<LaneMark>;

export class MarksLayer {
  readonly #svg: D3Selection<SVGSVGElement, unknown, null, undefined>;
  readonly #callbacks: MarksCallbacks;
  #joined: { key: string; marks: readonly LaneMark[]; start: number } | undefined;
  #clusters: readonly Cluster[] = [];
  #picture: MarksPicture | undefined;
  #shown: Cluster | undefined;

  constructor(group: SVGSVGElement, callbacks: MarksCallbacks) {
    this.#svg = select(group);
    this.#callbacks = callbacks;
    group.addEventListener("keydown", this.#onKey);
    group.addEventListener("focusout", this.#onFocusOut);
  }

  /** Draws `picture`, at the cost of one transform, without painting, when only the window moved. */
  draw(picture: MarksPicture): void {
    this.#picture = picture;
    const { window, width } = picture;
    const key = `${window.span} ${width} ${picture.target} ${picture.fact}`;
    const moved = this.#joined === undefined ? Number.POSITIVE_INFINITY : Math.abs(window.start - this.#joined.start);
    if (this.#joined?.key !== key || this.#joined.marks !== picture.marks || moved > window.span) {
      this.#joined = { key, marks: picture.marks, start: window.start };
      this.#join(picture);
    }
    if (this.#clusters.length === 0) return;
    const shift = ((this.#joined.start - window.start) / window.span) * width;
    this.#svg.style("transform", `translateX(${shift.toFixed(2)}px)`);
  }

  destroy(): void {
    const group = this.#svg.node();
    group?.removeEventListener("keydown", this.#onKey);
    group?.removeEventListener("focusout", this.#onFocusOut);
    this.#svg.selectAll("*").remove();
  }

  #join(picture: MarksPicture): void {
    const { window, width, row, target } = picture;
    const near = picture.marks.filter(
      (mark) => mark.at > window.start - window.span && mark.at < window.start + 2 * window.span,
    );
    this.#clusters = clusterMarks(near, (REACH / width) * window.span, (mark) => MARK_SHAPES[mark.kind].rank);
    const places = this.#clusters.map((cluster) => xOf(window, width, cluster.chief.at));
    const focused = this.#svg.selectAll<SVGGElement, Cluster>("g").filter(isFocused).data()[0];
    this.#svg
      .selectAll<SVGGElement, Cluster>("g")
      .data(this.#clusters, (cluster) => cluster.marks[0]?.event.sequence ?? -1)
      .join((enter) => this.#enter(enter.append("g")))
      .order()
      .attr("class", ({ chief }) => `time-mark time-mark-${chief.kind}`)
      .classed("is-later", ({ chief }) => chief.event.sequence > picture.fact)
      .attr("transform", (_, at) => `translate(${places[at] ?? 0},${row.top + row.height / 2})`)
      .attr("aria-label", (cluster) => this.#lines(cluster).join(". "))
      .attr("tabindex", (cluster, at) => (cluster === focused || at === this.#clusters.length - 1 ? 0 : -1))
      .each((cluster, at, elements) => {
        const element = elements[at];
        if (element === undefined) return;
        const room = (places[at + 1] ?? Number.POSITIVE_INFINITY) - (places[at] ?? 0);
        shape(select(element), cluster, room);
        const before = (places[at] ?? 0) - (places[at - 1] ?? Number.NEGATIVE_INFINITY);
        hitArea(select(element), { left: Math.min(before / 2, 22), right: Math.min(room / 2, 22), row, target });
      });
  }

  #enter(entered: D3Selection<SVGGElement, Cluster, SVGSVGElement, unknown>) {
    entered.attr("role", "button").append("rect").attr("class", "time-mark-hit");
    entered.append("path").attr("class", "time-mark-shape");
    entered.append("path").attr("class", "time-mark-cross");
    entered.append("text").attr("class", "time-mark-text").attr("dy", "4.5");
    return entered
      .on("pointerenter focus", (_, cluster) => this.#show(cluster))
      .on("pointerleave", this.#onLeave)
      .on("click", (_, { chief }) => this.#callbacks.choose(chief));
  }

  #lines({ marks }: Cluster): readonly string[] {
    const spelled = marks
      .slice(0, SPELLED_OUT)
      .map((mark) => `${formatClock(mark.at)}: ${this.#callbacks.words(mark)}`);
    return marks.length > SPELLED_OUT ? [...spelled, `and ${marks.length - SPELLED_OUT} more`] : spelled;
  }

  #show(cluster: Cluster): void {
    if (this.#picture === undefined) return;
    this.#shown = cluster;
    const { window, width } = this.#picture;
    this.#callbacks.label(this.#lines(cluster), xOf(window, width, cluster.chief.at));
  }

  readonly #onFocusOut = (event: FocusEvent): void => {
    const { relatedTarget } = event;
    this.#onLeave();
    if (!(relatedTarget instanceof Node && this.#svg.node()?.contains(relatedTarget))) this.#callbacks.leave();
  };

  readonly #onLeave = (): void => {
    this.#shown = undefined;
    this.#callbacks.label(undefined, 0);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const elements = this.#svg.selectAll<SVGGElement, Cluster>("g").nodes();
    const at = elements.findIndex(hasFocus);
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: elements.length - 1 }[event.key];
    const cluster = this.#clusters[at];
    if (next !== undefined) this.#focus(elements, next);
    else if ((event.key === "Enter" || event.key === " ") && cluster !== undefined)
      this.#callbacks.choose(cluster.chief);
    else if (event.key === "Escape" && this.#shown !== undefined) this.#onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #focus(elements: readonly SVGGElement[], at: number): void {
    const chosen = elements[at];
    const cluster = this.#clusters[at];
    if (chosen === undefined || cluster === undefined) return;
    for (const element of elements) element.setAttribute("tabindex", element === chosen ? "0" : "-1");
    chosen.focus();
    this.#callbacks.read(cluster.chief);
  }
}

function isFocused(this: SVGGElement): boolean {
  return hasFocus(this);
}

function hasFocus(element: Element): boolean {
  return element === document.activeElement;
}

function shape(element: D3Selection<SVGGElement, Cluster, null, undefined>, { chief, marks }: Cluster, room: number) {
  const { filled, stroked, cross } = MARK_SHAPES[chief.kind];
  const alike = marks.filter((mark) => mark.kind === chief.kind).length;
  const count = alike > 1 && room > 34 ? `×${alike}` : "";
  const word = MARK_WORDS[chief.kind];
  const hasRoom = room > 24 + LETTER * (word.length + count.length + 1);
  element
    .select(".time-mark-shape")
    .attr("d", filled ?? stroked ?? "")
    .classed("is-stroked", stroked !== undefined);
  element.select(".time-mark-cross").attr("d", cross ?? "");
  element
    .select(".time-mark-text")
    .attr("x", 9)
    .text(hasRoom ? `${word}${count === "" ? "" : ` ${count}`}` : count);
}

interface HitArea {
  readonly left: number;
  readonly right: number;
  readonly row: AxisRow;
  readonly target: number;
}

function hitArea(element: D3Selection<SVGGElement, Cluster, null, undefined>, { left, right, row, target }: HitArea) {
  element
    .select(".time-mark-hit")
    .attr("x", -left)
    .attr("width", left + right)
    .attr("y", -row.height / 2)
    .attr("height", target);
}
