/**
 * The diagram in motion: draws when a picture comes or something changes, follows the playhead, pans and zooms along the
 * time with d3-zoom, and finds what a pointer means. React makes its containers and hears of nothing per frame.
 */
import { type D3ZoomEvent, select, type ZoomBehavior, zoom, zoomIdentity, zoomTransform } from "d3";
import { type Address, isReplica } from "../../../base/ids.ts";
import { micros } from "../../../base/units.ts";
import type { Frame } from "../../../model/protocol/frame.ts";
import {
  type Arrow,
  arrowsOf,
  linesAcross,
  longestWay,
  type Passage,
  type Stretch,
  stretchesOf,
  type TimeScale,
  timeScale,
} from "../../layout/spacetime.ts";
import { type Direction, type Plan, type Pointed, planOf, pointedAt } from "../../layout/spacetimePlan.ts";
import { instant } from "../../store/format.ts";
import type { AppServices } from "../appContext.ts";
import { onThemeChange, type Palette, readPalette } from "../draw/palette.ts";
import { ChronicleFeed } from "./chronicleFeed.ts";
import { drawingOf, type Emphasis, lineLabels } from "./drawing.ts";
import { paintDrawing } from "./paintCanvas.ts";
import { paintFrame } from "./paintFrame.ts";
import type { SpacetimeStore } from "./spacetimeStore.ts";
import type { Picture } from "./svgPicture.ts";

/** What is left free around the plot, in pixels. */
const INSETS = { right: { left: 40, top: 8, after: 26 }, down: { left: 66, top: 28, after: 6 } } as const;
/** Where the playhead stands in a window that follows it. */
const NOW_SHARE = 0.84;
/** Pixels per millisecond, or per unit of even spacing, at first, at least and at most. */
const FIRST_ZOOM = 1.8;
const ZOOMS: [number, number] = [0.002, 80];
/** Wall milliseconds of the past that a window which goes along shows at least: what is asked for comes a little later. */
const LEAST_PAST = 2_000;
/** Wall milliseconds between two reports of the window to the panel beside. */
const REPORT = 250;

export interface DiagramParts {
  readonly services: AppServices;
  readonly diagram: SpacetimeStore;
  readonly surface: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly onPoint: (pointed: Pointed | undefined) => void;
  readonly onChoose: (pointed: Pointed) => void;
}

/** What of a passage is computed once. */
interface Scene {
  readonly passage: Passage;
  readonly arrows: readonly Arrow[];
  readonly longest: number;
  readonly stretches: readonly Stretch[];
}

export class DiagramView {
  readonly #parts: DiagramParts;
  readonly #feed: ChronicleFeed;
  readonly #zoom: ZoomBehavior<HTMLElement, unknown>;
  readonly #ends: (() => void)[] = [];
  #palette: Palette;
  #size = { width: 800, height: 480 };
  #scene: Scene;
  #scale: TimeScale;
  #plan: Plan | undefined;
  #pointed: Pointed | undefined;
  #isDirty = true;
  #reportedAt = 0;
  #handle = 0;

  constructor(parts: DiagramParts) {
    this.#parts = parts;
    const { services, diagram, surface } = parts;
    this.#feed = new ChronicleFeed(services, () => this.#take(this.#feed.passage));
    this.#scene = sceneOf(this.#feed.passage);
    this.#scale = timeScale(this.#feed.passage, diagram.getState().spacing);
    this.#palette = readPalette(surface);
    this.#zoom = zoom<HTMLElement, unknown>()
      .scaleExtent(ZOOMS)
      .on("zoom", (event: D3ZoomEvent<HTMLElement, unknown>) => this.#zoomed(event));
    select(surface).call(this.#zoom).on("dblclick.zoom", null).property("__zoom", zoomIdentity.scale(FIRST_ZOOM));
    this.#listen();
    this.#measure();
    this.#tick();
  }

  destroy(): void {
    for (const end of this.#ends) end();
    this.#feed.close();
    cancelAnimationFrame(this.#handle);
    select(this.#parts.surface).on(".zoom", null);
    this.#parts.services.store.getState().hoverMessage(undefined);
  }

  /** What is to be seen now, for files; undefined before anything is. */
  picture(): Picture | undefined {
    const plan = this.#plan;
    if (plan === undefined) return undefined;
    const [plot, palette, size] = [this.#plot(), this.#palette, this.#size];
    const { spacing } = this.#parts.diagram.getState();
    return {
      plan,
      plot,
      size,
      palette,
      isEven: spacing === "even",
      names: lineLabels(this.#lines(), plan.direction, palette.ink),
      drawing: drawingOf(plan, palette, this.#emphasis()),
      title: `Space-time diagram, ${instant(micros(Math.max(0, plan.from)))} to ${instant(micros(Math.max(0, plan.to)))} s`,
    };
  }

  /** Zooms about the middle of the window. */
  zoomBy(factor: number): void {
    select(this.#parts.surface).call(this.#zoom.scaleBy, factor, this.#middle());
  }

  /** Moves the window by a share of its length. */
  panBy(share: number): void {
    const { length } = this.#plot();
    this.#parts.diagram.setState({ isFollowing: false });
    this.#setOffset(this.#zoomedNow.offset - share * length);
  }

  /** Shows an instant in the middle. */
  show(at: number): void {
    this.#parts.diagram.setState({ isFollowing: false });
    this.#setOffset(this.#plot().length / 2 - this.#scale.placeOf(at) * this.#zoomedNow.pixels);
  }

  get #direction(): Direction {
    const { width, height } = this.#size;
    return this.#parts.diagram.getState().direction ?? (width >= height * 0.9 ? "right" : "down");
  }

  get #zoomedNow() {
    const { k, x, y } = zoomTransform(this.#parts.surface);
    return { pixels: k, offset: this.#direction === "right" ? x : y };
  }

  #middle(): [number, number] {
    const { left, top, length, breadth } = this.#plot();
    return this.#direction === "right" ? [left + length / 2, top] : [left + breadth / 2, top + length / 2];
  }

  /** The plot within the canvas: its corner, its length along the time and its breadth across. */
  #plot() {
    const direction = this.#direction;
    const { left, top, after } = INSETS[direction];
    const [width, height] = [this.#size.width - left, this.#size.height - top];
    return direction === "right"
      ? { left, top, length: width, breadth: height - after }
      : { left, top, length: height - after, breadth: width };
  }

  #lines(): ReadonlyMap<Address, number> {
    const config = this.#parts.services.frames.latest?.config;
    return linesAcross(config?.cluster.replicaCount ?? 0, config?.workload.clients ?? 0, this.#plot().breadth);
  }

  #listen(): void {
    const { services, diagram, surface } = this.#parts;
    const redraw = () => {
      this.#isDirty = true;
    };
    const attached = new AbortController();
    const { signal } = attached;
    surface.addEventListener("pointermove", (event) => this.#point(event), { signal });
    surface.addEventListener("pointerleave", () => this.#pointAt(undefined), { signal });
    surface.addEventListener("click", (event) => this.#choose(event), { signal });
    const observer = typeof ResizeObserver === "undefined" ? undefined : new ResizeObserver(() => this.#measure());
    observer?.observe(surface);
    this.#ends.push(
      () => attached.abort(),
      () => observer?.disconnect(),
      services.frames.subscribe(redraw),
      services.store.subscribe((now, before) => {
        const isMoved = now.hovered !== before.hovered || now.hoveredMessage !== before.hoveredMessage;
        if (isMoved || now.selection !== before.selection) redraw();
      }),
      diagram.subscribe((now, before) => {
        if (now.spacing !== before.spacing) this.#respace();
        if (now.direction !== before.direction) this.#turn();
        if (now.window === before.window) redraw();
      }),
      onThemeChange(() => {
        this.#palette = readPalette(surface);
        redraw();
      }),
    );
  }

  #measure(): void {
    const { clientWidth: width, clientHeight: height } = this.#parts.surface;
    if (width > 0 && height > 0) this.#size = { width, height };
    this.#isDirty = true;
    this.#parts.diagram.setState({ shown: this.#direction });
  }

  #take(passage: Passage): void {
    this.#scene = sceneOf(passage);
    this.#scale = timeScale(passage, this.#parts.diagram.getState().spacing);
    this.#parts.diagram.setState({ passage });
  }

  /** Another spacing shows the same instant in the middle. */
  #respace(): void {
    const { passage, spacing, isFollowing } = this.#parts.diagram.getState();
    const { from, to } = this.#plan ?? { from: 0, to: 0 };
    this.#scale = timeScale(passage, spacing);
    if (!isFollowing) this.show((from + to) / 2);
  }

  /** The other direction shows the same instants from the same place on. */
  #turn(): void {
    const { from } = this.#plan ?? { from: 0 };
    this.#parts.diagram.setState({ shown: this.#direction });
    this.#setOffset(-this.#scale.placeOf(from) * this.#zoomedNow.pixels);
  }

  #zoomed({ sourceEvent }: D3ZoomEvent<HTMLElement, unknown>): void {
    if (sourceEvent !== null && sourceEvent !== undefined) this.#parts.diagram.setState({ isFollowing: false });
    this.#isDirty = true;
  }

  #setOffset(offset: number): void {
    const { surface } = this.#parts;
    const { k } = zoomTransform(surface);
    const moved = this.#direction === "right" ? zoomIdentity.translate(offset, 0) : zoomIdentity.translate(0, offset);
    select(surface).call(this.#zoom.transform, moved.scale(k));
  }

  /** While the run goes on, the window is wide enough for what is known already to be in it. */
  #widen({ playing, playbackRate }: Frame): void {
    const { surface, diagram } = this.#parts;
    if (!playing || diagram.getState().spacing !== "true") return;
    const most = (this.#plot().length * NOW_SHARE) / (LEAST_PAST * playbackRate);
    if (this.#zoomedNow.pixels > most) select(surface).call(this.#zoom.scaleTo, most);
  }

  #follow(now: number): void {
    const offset = this.#plot().length * NOW_SHARE - this.#scale.placeOf(now) * this.#zoomedNow.pixels;
    if (Math.abs(offset - this.#zoomedNow.offset) > 0.25) this.#setOffset(offset);
  }

  #tick(): void {
    this.#handle = requestAnimationFrame(() => this.#tick());
    const frame = this.#parts.services.frames.latest;
    if (!this.#isDirty || frame === undefined) return;
    this.#isDirty = false;
    if (this.#parts.diagram.getState().isFollowing) {
      this.#widen(frame);
      this.#follow(frame.virtualNow);
    }
    this.#draw(frame.virtualNow);
  }

  #emphasis(): Emphasis {
    const { chosen, answer } = this.#parts.diagram.getState();
    const { hovered, hoveredMessage, selection } = this.#parts.services.store.getState();
    const past =
      answer.kind !== "told"
        ? undefined
        : {
            events: new Set(answer.explanation.events.map(({ id }) => id)),
            messages: new Set(answer.explanation.messages.map(({ id }) => id)),
          };
    const chosenFlight = chosen?.kind === "message" ? chosen.flight : undefined;
    const onStage = selection?.kind === "message" ? selection.flight : undefined;
    return {
      past,
      message:
        this.#pointed?.kind === "message"
          ? this.#pointed.arrow.message.id
          : (hoveredMessage ?? chosenFlight ?? onStage),
      event:
        this.#pointed?.kind === "event" ? this.#pointed.event.id : chosen?.kind === "event" ? chosen.event : undefined,
      replica: hovered ?? (selection?.kind === "replica" ? selection.replicaId : undefined),
    };
  }

  #draw(now: number): void {
    const { canvas } = this.#parts;
    const direction = this.#direction;
    const plot = this.#plot();
    const { passage, ...scene } = this.#scene;
    const lines = this.#lines();
    const events = passage.events;
    const plan = planOf({
      ...scene,
      events,
      scale: this.#scale,
      zoomed: this.#zoomedNow,
      direction,
      length: plot.length,
      lines,
    });
    this.#plan = plan;
    const context = fitted(canvas, this.#size);
    if (context !== null) {
      const drawing = drawingOf(plan, this.#palette, this.#emphasis());
      const isEven = this.#parts.diagram.getState().spacing === "even";
      const frame = { plan, plot, size: this.#size, now, palette: this.#palette, isEven };
      paintFrame(context, frame, lineLabels(lines, direction, this.#palette.ink), () =>
        paintDrawing(context, drawing, this.#palette),
      );
    }
    this.#feed.want(plan.from, plan.to);
    this.#report(plan);
  }

  #report({ from, to }: Plan): void {
    if (performance.now() - this.#reportedAt < REPORT) {
      return;
    }
    this.#reportedAt = performance.now();
    const { diagram, services, surface } = this.#parts;
    const { window } = diagram.getState();
    const end = services.frames.latest?.travelled.end ?? 0;
    surface.setAttribute("aria-valuemax", String(end / 1_000_000));
    surface.setAttribute("aria-valuenow", String(Math.max(0, from) / 1_000_000));
    const words = [from, to].map((at) => instant(micros(Math.max(0, at))));
    surface.setAttribute("aria-valuetext", `from ${words[0]} to ${words[1]} seconds`);
    if (window.from !== from || window.to !== to) diagram.setState({ window: { from, to } });
  }

  #pointedBy(event: PointerEvent | MouseEvent): Pointed | undefined {
    if (this.#plan === undefined) return undefined;
    const box = this.#parts.surface.getBoundingClientRect();
    const { left, top } = this.#plot();
    const point = { x: event.clientX - box.left - left, y: event.clientY - box.top - top };
    const isTouch = event instanceof PointerEvent && event.pointerType === "touch";
    return pointedAt(this.#plan, point, isTouch ? 1.8 : 1);
  }

  #point(event: PointerEvent): void {
    if (event.pointerType !== "touch" && event.buttons === 0) this.#pointAt(this.#pointedBy(event));
  }

  #pointAt(pointed: Pointed | undefined): void {
    const { surface, services, onPoint } = this.#parts;
    this.#pointed = pointed;
    this.#isDirty = true;
    surface.toggleAttribute("data-on-something", pointed !== undefined);
    const who = pointed?.kind === "event" ? pointed.event.who : pointed?.arrow.message.to;
    services.store.getState().hover(who !== undefined && isReplica(who) ? who : undefined);
    services.store.getState().hoverMessage(pointed?.kind === "message" ? pointed.arrow.message.id : undefined);
    onPoint(pointed);
  }

  #choose(event: MouseEvent): void {
    // The end of a drag is no click.
    if (event.defaultPrevented) return;
    const pointed = this.#pointedBy(event);
    if (pointed !== undefined) this.#parts.onChoose(pointed);
  }
}

function sceneOf(passage: Passage): Scene {
  const arrows = arrowsOf(passage);
  return { passage, arrows, longest: longestWay(arrows), stretches: stretchesOf(passage) };
}

/** More device pixels than this per CSS pixel cost time and show nothing. */
const MOST_RESOLUTION = 2;

/** The canvas in the size of its place, wiped. */
function fitted(canvas: HTMLCanvasElement, size: { readonly width: number; readonly height: number }) {
  const resolution = Math.min(MOST_RESOLUTION, globalThis.devicePixelRatio || 1);
  const [width, height] = [Math.round(size.width * resolution), Math.round(size.height * resolution)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  context?.setTransform(resolution, 0, 0, resolution, 0, 0);
  context?.clearRect(0, 0, size.width, size.height);
  return context;
}
