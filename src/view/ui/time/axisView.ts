/**
 * Keeps the axis' elements in step with run, store and gestures. Frames move the window and the playhead; the canvas is
 * painted anew only when a whole pixel of it changed, labels only when the store was folded or a reading moved. React
 * owns the elements and never renders because of any of this.
 */
import type { ReplicaId } from "../../../base/ids.ts";
import { micros, ZERO } from "../../../base/units.ts";
import type { Frame } from "../../../model/protocol/frame.ts";
import { type BandPiece, bandPieces } from "../../layout/timeBand.ts";
import { bucketLength } from "../../layout/timeBuckets.ts";
import { type AxisRows, LANES } from "../../layout/timeRows.ts";
import { instantAt, onPixels, settled, type TimeWindow, xOf } from "../../layout/timeWindow.ts";
import { formatClock } from "../../layout/timeWords.ts";
import type { ViewState } from "../../store/viewStore.ts";
import { sentenceOf } from "../../store/words.ts";
import { actionById, performAction } from "../actions.ts";
import type { AppServices } from "../appContext.ts";
import { seekBy, seekTo } from "../travel.ts";
import { type AxisPlace, type AxisTravel, attachAxisGestures, readingX } from "./axisGestures.ts";
import { SCALE_WIDTH } from "./axisPicture.ts";
import type { AxisStore, RowName } from "./axisStore.ts";
import { type AxisInk, readInk, watchInk } from "./ink.ts";
import { LabelColumn } from "./labelColumn.ts";
import { MarksLayer } from "./marksLayer.ts";
import { paintAxis } from "./paintAxis.ts";
import { PastLayer } from "./pastLayer.ts";
import { everyText, type Reading, readAt, readingSentence, readNow } from "./reading.ts";

/** The elements that React made. */
export interface AxisElements {
  readonly plot: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly surface: HTMLElement;
  readonly marks: SVGSVGElement;
  readonly markLabel: HTMLElement;
  readonly playhead: HTMLElement;
  readonly hairline: HTMLElement;
  readonly hairlineLabel: HTMLElement;
  /** Holds the rows of the label column; none on a phone. */
  readonly labels: HTMLElement | undefined;
}

export interface AxisViewParts {
  readonly elements: AxisElements;
  readonly services: AppServices;
  readonly axis: AxisStore;
  readonly rows: AxisRows;
  /** Height of what can be touched of a mark. */
  readonly markTarget: number;
}

/** Half the width that a mark's label is kept away from the plot's ends by. */
const LABEL_MARGIN = 150;

/** Wall milliseconds between two drawings while time runs: at 1x the axis moves two pixels meanwhile. */
const DRAWN_FOR = 30;

/** The lanes in which every replica has a line, and their names. */
const EVERY = [
  ["lag", "Lag"],
  ["queue", "Queue"],
  ["recall", "Recall"],
] as const;

/** What stands above the axis while one points at something of it. */
interface Card {
  readonly lines: readonly string[];
  readonly x: number;
}

/** The rows that point at a replica when one points at them. */
const NAMING = ["lag", "queue", "recall", "band"] as const;

export class AxisView {
  readonly #parts: AxisViewParts;
  readonly #marks: MarksLayer;
  readonly #labels: LabelColumn | undefined;
  readonly #undo: (() => void)[] = [];
  #ink: AxisInk;
  #width = 0;
  #painted = "";
  readonly #past = new PastLayer();
  #pieces: { version: number; runId: number; list: readonly BandPiece[] } | undefined;

  constructor(parts: AxisViewParts) {
    const { elements, services, axis } = parts;
    this.#parts = parts;
    this.#ink = readInk(elements.canvas);
    this.#labels = elements.labels && new LabelColumn(elements.labels);
    this.#marks = new MarksLayer(elements.marks, {
      label: this.#labelMark,
      read: (mark) => axis.getState().readInstant(mark.at, this.#now),
      choose: ({ at, event }) => {
        axis.getState().read(undefined);
        void seekTo(services, { at, sequence: event.sequence });
      },
      leave: () => axis.getState().read(undefined),
      words: (mark) => sentenceOf(mark.event, this.#state.lanes),
    });
    this.#undo.push(
      attachAxisGestures(elements.surface, {
        store: axis,
        place: () => this.#place,
        rowAt: (y) => this.#rowAt(y),
        travel: travelOf(services),
      }),
      this.#watchSize(),
      watchInk(() => {
        this.#ink = readInk(elements.canvas);
        this.#painted = "";
        this.#draw();
      }),
      axis.subscribe(this.#onAxis),
      services.store.subscribe(this.#onFold),
      services.frames.subscribe(this.#onFrame),
    );
    this.#refreshLabels();
  }

  destroy(): void {
    for (const undo of this.#undo) undo();
    this.#marks.destroy();
    this.#hover(undefined);
  }

  get #state(): ViewState {
    return this.#parts.services.store.getState();
  }

  /** Where the axis ends: the furthest instant that the run has been at. */
  get #now(): number {
    return Math.max(this.#playhead, this.#parts.services.frames.latest?.travelled.end ?? ZERO);
  }

  get #playhead(): number {
    return this.#shown?.virtualNow ?? this.#parts.services.frames.latest?.virtualNow ?? ZERO;
  }

  #shown: Frame | undefined;

  get #window(): TimeWindow {
    return onPixels(settled(this.#parts.axis.getState().view, this.#now), Math.max(1, this.#width), this.#pixelRatio);
  }

  get #pixelRatio(): number {
    return Math.max(1, globalThis.devicePixelRatio ?? 1);
  }

  get #place(): AxisPlace {
    return { window: this.#window, width: Math.max(1, this.#width), now: this.#now, playhead: this.#playhead };
  }

  /** The replica that hover or selection singles out. */
  get #emphasised(): ReplicaId | undefined {
    const { hovered, selection } = this.#state;
    return hovered ?? (selection?.kind === "replica" ? selection.replicaId : undefined);
  }

  get #bandPieces(): readonly BandPiece[] {
    const { lanes, lanesVersion, runId } = this.#state;
    if (this.#pieces?.version !== lanesVersion || this.#pieces.runId !== runId) {
      this.#pieces = { version: lanesVersion, runId, list: bandPieces(lanes.leaderships) };
    }
    return this.#pieces.list;
  }

  #watchSize(): () => void {
    const observer = new ResizeObserver(this.#measure);
    observer.observe(this.#parts.elements.plot);
    this.#measure();
    return () => observer.disconnect();
  }

  readonly #measure = (): void => {
    const width = Math.max(0, this.#parts.elements.plot.clientWidth - this.#scaleWidth);
    if (width === this.#width) return;
    this.#width = width;
    this.#draw();
  };

  /** In pixels of the device: on another screen they may be others. */
  #fitCanvas(ratio: number): void {
    const { canvas } = this.#parts.elements;
    const width = Math.round((this.#width + this.#scaleWidth) * ratio);
    const height = Math.round(this.#parts.rows.height * ratio);
    if (canvas.width === width && canvas.height === height) return;
    Object.assign(canvas, { width, height });
    this.#painted = "";
  }

  get #scaleWidth(): number {
    return this.#parts.rows.ruler === undefined ? 0 : SCALE_WIDTH;
  }

  readonly #onAxis = (): void => {
    this.#draw();
    this.#refreshLabels();
  };

  /** New history is painted with the next frame; a hover on the stage at once. */
  readonly #onFold = (state: ViewState, before: ViewState): void => {
    if (state.hovered !== before.hovered || state.selection !== before.selection || !state.playing) this.#draw();
    this.#refreshLabels();
  };

  #drawnAt = Number.NEGATIVE_INFINITY;

  /** A frame that may wait while time runs; standing still, every frame is a step that must be seen. */
  readonly #onFrame = (frame: Frame): void => {
    const before = this.#shown?.virtualNow;
    const wasInside = before !== undefined && this.#isInside(before);
    this.#shown = frame;
    if (frame.playing && performance.now() - this.#drawnAt < DRAWN_FOR) return;
    this.#drawnAt = performance.now();
    const { virtualNow } = frame;
    // Whoever travels sees where; whoever looks elsewhere while time runs is left alone.
    const isCarried = virtualNow !== before && (!frame.playing || wasInside);
    if (isCarried && !this.#isInside(virtualNow)) this.#parts.axis.getState().reveal(virtualNow, this.#now);
    this.#draw();
  };

  #isInside(at: number): boolean {
    const { start, span } = settled(this.#parts.axis.getState().view, this.#now);
    return at >= start && at <= start + span;
  }

  readonly #draw = (): void => {
    if (this.#width === 0) return;
    const { elements, rows, markTarget } = this.#parts;
    const place = this.#place;
    const { window, width, now, playhead } = place;
    const playheadX = xOf(window, width, playhead);
    this.#paint(window, Math.min(width, xOf(window, width, now)), playheadX);
    const { lanes, travelled } = this.#state;
    const fact = playhead < now ? travelled.fact : Number.POSITIVE_INFINITY;
    this.#marks.draw({ marks: lanes.marks, window, width, row: rows.marks, target: markTarget, fact });
    elements.playhead.style.transform = `translateX(${Math.min(width, playheadX)}px)`;
    elements.playhead.hidden = playheadX < 0 || playheadX > width + 1;
    this.#drawHairline(place);
  };

  #paint(window: TimeWindow, nowX: number, playheadX: number): void {
    const { elements, rows } = this.#parts;
    const { lanes, lanesVersion, runId } = this.#state;
    const ratio = this.#pixelRatio;
    this.#fitCanvas(ratio);
    const grown = Math.round(nowX * ratio);
    const at = `${window.start} ${window.span} ${grown} ${Math.round(playheadX * ratio)} ${this.#width}`;
    const key = `${runId} ${lanesVersion} ${at} ${this.#emphasised}`;
    if (key === this.#painted) return;
    this.#painted = key;
    const context = elements.canvas.getContext("2d");
    if (context === null) return;
    const width = this.#width;
    const picture = {
      ...{ width, pixelRatio: ratio, rows, window, lanes, now: this.#now, playheadX, ink: this.#ink },
      pieces: this.#bandPieces,
      emphasised: this.#emphasised,
      xOf: (at: number) => xOf(window, width, at),
    };
    paintAxis(context, picture, this.#past);
  }

  #drawHairline(place: AxisPlace): void {
    const { hairline, hairlineLabel, surface } = this.#parts.elements;
    const x = readingX(this.#parts.axis, place);
    hairline.hidden = x === undefined;
    if (x === undefined) return;
    hairline.style.transform = `translateX(${x}px)`;
    const at = this.#readingInstant ?? place.playhead;
    hairlineLabel.textContent = formatClock(at);
    const half = hairlineLabel.offsetWidth / 2;
    hairlineLabel.style.transform = `translateX(${Math.min(Math.max(x, half), place.width - half)}px)`;
    surface.setAttribute("aria-valuenow", String(Math.round(at / 1_000) / 1_000));
  }

  /** The instant that is read; undefined for now. */
  get #readingInstant(): number | undefined {
    const { reading } = this.#parts.axis.getState();
    const place = this.#place;
    if (reading === undefined || readingX(this.#parts.axis, place) === undefined) return undefined;
    return reading.kind === "instant" ? reading.at : instantAt(place.window, place.width, reading.x);
  }

  #refreshLabels(): void {
    const { lanes, replicas, virtualNow, travelled } = this.#state;
    const reads = this.#readingInstant;
    const at = reads ?? (virtualNow < travelled.end ? virtualNow : undefined);
    const emphasised = this.#pointedLane === undefined ? this.#emphasised : undefined;
    const stretch = bucketLength(this.#window);
    const reading: Reading =
      at === undefined
        ? readNow(lanes, replicas, virtualNow, emphasised, stretch)
        : readAt(lanes, this.#bandPieces, at, emphasised, stretch);
    this.#labels?.show(reading, reads !== undefined);
    this.#laneCard = this.#cardOf(reading);
    this.#showCard();
    this.#hoverUnder(reading);
    this.#speak(reading);
  }

  /** The lane under the pointer, where it names a replica. */
  get #pointedLane(): (typeof NAMING)[number] | undefined {
    const { reading } = this.#parts.axis.getState();
    if (reading?.kind !== "pointer" || this.#readingInstant === undefined) return undefined;
    return NAMING.find((row) => row === reading.row);
  }

  #ownHover: ReplicaId | undefined;

  /** Pointing at a lane points at the replica that makes its height; at the band, at the leader. */
  #hoverUnder(reading: Reading): void {
    const lane = this.#pointedLane;
    if (lane === undefined) this.#hover(undefined);
    else if (lane === "band") this.#hover(reading.leaderships[0]?.replicaId);
    else {
      const value = reading[lane];
      const isHealthy = value?.value === (lane === "recall" ? 1 : 0);
      this.#hover(isHealthy ? undefined : value?.replicaId);
    }
  }

  /** Sets the page's hover, and takes away only what was set from here. */
  #hover(replicaId: ReplicaId | undefined): void {
    if (replicaId === this.#ownHover) return;
    const { hovered, hover } = this.#state;
    const mayChange = replicaId !== undefined || hovered === this.#ownHover;
    this.#ownHover = replicaId;
    if (mayChange) hover(replicaId);
  }

  /** What a screen reader says of the axis changes with a reading that keys moved, never by itself. */
  #speak(reading: Reading): void {
    const { surface } = this.#parts.elements;
    const chosen = this.#parts.axis.getState().reading;
    if (chosen !== undefined && chosen.kind !== "instant") return;
    const isFocused = document.activeElement === surface && surface.hasAttribute("aria-valuetext");
    if (chosen === undefined && isFocused && this.#state.playing) return;
    surface.setAttribute("aria-valuemax", String(Math.round(this.#now / 1_000) / 1_000));
    surface.setAttribute("aria-valuenow", String(Math.round(reading.at / 1_000) / 1_000));
    surface.setAttribute("aria-valuetext", readingSentence(reading));
  }

  #markCard: Card | undefined;
  #laneCard: Card | undefined;

  readonly #labelMark = (lines: readonly string[] | undefined, x: number): void => {
    this.#markCard = lines && { lines, x };
    this.#showCard();
  };

  /** What every replica has in the lane that is pointed at; in all of them at an instant that keys have chosen. */
  #cardOf(reading: Reading): Card | undefined {
    const { lanes, reading: chosen } = this.#parts.axis.getState();
    const x = readingX(this.#parts.axis, this.#place);
    if (chosen === undefined || x === undefined || this.#labels === undefined) return undefined;
    const shown = EVERY.filter(([lane]) => lanes.includes(lane) && (chosen.kind === "instant" || chosen.row === lane));
    const lines = shown.map(([lane, name]) => `${name}: ${everyText(reading, lane) || "–"}`);
    return lines.length === 0 ? undefined : { lines, x };
  }

  #showCard(): void {
    const { markLabel } = this.#parts.elements;
    const card = this.#markCard ?? this.#laneCard;
    markLabel.hidden = card === undefined;
    if (card === undefined) return;
    markLabel.replaceChildren(...card.lines.map(lineElement));
    const place = Math.min(Math.max(card.x, LABEL_MARGIN), Math.max(LABEL_MARGIN, this.#width - LABEL_MARGIN));
    markLabel.style.transform = `translateX(calc(${place}px - 50%))`;
  }

  #rowAt(y: number): RowName {
    const { rows, elements } = this.#parts;
    const top = y + elements.surface.offsetTop;
    const names: readonly RowName[] = ["marks", "band", ...LANES, "ruler"];
    const isUnder = (name: RowName) => {
      const row = rows[name];
      return row !== undefined && top >= row.top && top < row.top + row.height;
    };
    return names.find(isUnder) ?? "ruler";
  }
}

/** Where gestures take the run of `services`: by the same actions as keys. */
function travelOf(services: AppServices): AxisTravel {
  const perform = (id: string) => void performAction(actionById(id), services);
  return {
    seek: (at) => void seekTo(services, micros(Math.round(at))),
    by: (duration) => void seekBy(services, duration),
    step: (direction) => perform(direction === 1 ? "step" : "stepBack"),
    turn: (direction) => perform(direction === 1 ? "turnAfter" : "turnBefore"),
    toEnd: () => perform("backToNow"),
  };
}

function lineElement(line: string): HTMLElement {
  const element = document.createElement("div");
  element.textContent = line;
  return element;
}
