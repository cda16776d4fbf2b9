/** Joins the drawn stage to the page: size, theme, frames, focus and gestures. Owns the life of all of it. */
import { type RefObject, useCallback, useEffect, useRef } from "react";
import { linkKey, type StageLayout } from "../../layout/stageLayout.ts";
import type { StageSize } from "../../layout/stageSizes.ts";
import type { Selection } from "../../store/viewStore.ts";
import { order } from "../actions.ts";
import { type AppServices, useServices } from "../appContext.ts";
import { type FigureTarget, figureKeys } from "../behaviours/figureKeys.ts";
import { type Behaviour, partitionDrag } from "../behaviours/partitionDrag.ts";
import { ClusterFigure, type FocusStops, firstStops } from "../draw/clusterFigure.ts";
import { draftFigure } from "../draw/draftFigure.ts";
import { onThemeChange, readPalette } from "../draw/palette.ts";
import { watchSize } from "../draw/watchSize.ts";

export interface StageFigureOptions {
  readonly field: RefObject<HTMLElement | null>;
  readonly plane: RefObject<HTMLElement | null>;
  readonly svg: RefObject<SVGSVGElement | null>;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** Names the wall's pattern in this document. */
  readonly hatchId: string;
  readonly onLayout: (layout: StageLayout) => void;
  readonly onOpen: (target: FigureTarget) => void;
}

/** A stage that has no size yet, as in a test without layout, is drawn at the mock's size. */
const USUAL_SIZE: StageSize = { width: 1124, height: 696 };

/** More device pixels than this per CSS pixel cost time and show nothing. */
const MOST_RESOLUTION = 3;

/** How far from its middle a message can be clicked, in CSS pixels. */
const MESSAGE_REACH = { mouse: 16, touch: 22 };

/** Starts drawing when the elements are there. */
export function useStageFigure(options: StageFigureOptions): { readonly tooQuick: () => boolean } {
  const services = useServices();
  const { field, plane, svg, canvas, hatchId, onLayout, onOpen } = options;
  const figure = useRef<ClusterFigure>(undefined);
  useEffect(() => {
    const parts = { field: field.current, plane: plane.current, svg: svg.current, canvas: canvas.current };
    if (parts.field === null || parts.plane === null || parts.svg === null || parts.canvas === null) return;
    const elements = { field: parts.field, plane: parts.plane, svg: parts.svg, canvas: parts.canvas };
    const stage = new StageDirector(services, elements, hatchId, onLayout, onOpen);
    figure.current = stage.figure;
    return () => stage.destroy();
  }, [services, field, plane, svg, canvas, hatchId, onLayout, onOpen]);
  return { tooQuick: useCallback(() => figure.current?.tooQuick ?? false, []) };
}

interface StageElements {
  readonly field: HTMLElement;
  readonly plane: HTMLElement;
  readonly svg: SVGSVGElement;
  readonly canvas: HTMLCanvasElement;
}

/** Everything of the stage that lives as long as it is mounted. */
class StageDirector {
  readonly figure: ClusterFigure;
  readonly #services: AppServices;
  readonly #elements: StageElements;
  readonly #onLayout: (layout: StageLayout) => void;
  readonly #ends: (() => void)[] = [];
  readonly #reduced: MediaQueryList | undefined;
  readonly #coarse: MediaQueryList | undefined;
  #size: StageSize = USUAL_SIZE;
  #palette: ReturnType<typeof readPalette>;
  #zoom = 1;
  #isDestroyed = false;
  #stops: FocusStops | undefined;
  #threatened: ReadonlySet<string> = new Set();
  #shownLayout: StageLayout | undefined;

  constructor(
    services: AppServices,
    elements: StageElements,
    hatchId: string,
    onLayout: (layout: StageLayout) => void,
    onOpen: (target: FigureTarget) => void,
  ) {
    this.#services = services;
    this.#elements = elements;
    this.#onLayout = onLayout;
    elements.svg.replaceChildren();
    this.figure = new ClusterFigure(elements.svg, elements.canvas, hatchId);
    this.#palette = readPalette(elements.field);
    const canMatch = typeof matchMedia === "function";
    this.#reduced = canMatch ? matchMedia("(prefers-reduced-motion: reduce)") : undefined;
    this.#coarse = canMatch ? matchMedia("(pointer: coarse)") : undefined;
    this.#ends.push(
      watchSize(elements.field, USUAL_SIZE, (size) => {
        this.#size = size;
        this.#draw();
      }),
    );
    this.#startBehaviours(onOpen);
    this.#pointAtMessages();
    void document.fonts?.ready.then(() => this.#isDestroyed || this.#readTheme());
    this.#ends.push(
      onThemeChange(() => this.#readTheme()),
      services.store.subscribe((now, before) => {
        const isMoved = now.hovered !== before.hovered || now.hoveredMessage !== before.hoveredMessage;
        if (isMoved || now.selection !== before.selection) this.#draw();
      }),
      services.frames.subscribe(() => this.#draw()),
    );
  }

  destroy(): void {
    this.#isDestroyed = true;
    for (const end of this.#ends) end();
    this.#elements.svg.replaceChildren();
  }

  #startBehaviours(onOpen: (target: FigureTarget) => void): void {
    const { svg, plane } = this.#elements;
    const draft = draftFigure(svg);
    const layout = () => this.figure.layout;
    const behaviours: readonly Behaviour[] = [
      figureKeys({
        surface: svg,
        onOpen,
        onFocus: (selection) => this.#focused(selection),
        onHover: (replica) => this.#services.store.getState().hover(replica),
        messageAt: (x, y) => this.#messageAt(x, y),
      }),
      partitionDrag({
        surface: svg,
        container: plane,
        layout,
        onDraft: (line) => {
          draft.draw(line, this.#size);
          this.#threatened = line?.cut?.crossed ?? new Set();
          this.#draw();
        },
        onCut: ({ groups }) => void order(this.#services, { kind: "partition", groups }),
      }),
    ];
    this.#ends.push(() => draft.remove(), ...behaviours.map((behaviour) => behaviour.destroy));
    this.#startZoomWhenNear();
  }

  /** A message under the pointer is lit here and on the space-time diagram. */
  #pointAtMessages(): void {
    const { field } = this.#elements;
    const attached = new AbortController();
    const { signal } = attached;
    const hover = (selection: Selection | undefined) => {
      const { hoveredMessage, hoverMessage } = this.#services.store.getState();
      const flight = selection?.kind === "message" ? selection.flight : undefined;
      if (flight !== hoveredMessage) hoverMessage(flight);
    };
    field.addEventListener(
      "pointermove",
      ({ clientX, clientY, pointerType, buttons }) => {
        if (pointerType !== "touch" && buttons === 0) hover(this.#messageAt(clientX, clientY));
      },
      { signal },
    );
    field.addEventListener("pointerleave", () => hover(undefined), { signal });
    this.#ends.push(() => attached.abort());
  }

  /** Zooming is loaded when a pointer first comes to the stage: the page's first load does without it. */
  #startZoomWhenNear(): void {
    const { field, plane } = this.#elements;
    const start = async () => {
      const { stageZoom } = await import("../behaviours/stageZoom.ts");
      if (this.#isDestroyed) return;
      const zoom = stageZoom({
        surface: field,
        size: () => this.#size,
        onZoom: ({ x, y, k }) => {
          plane.style.setProperty("transform", k === 1 ? "none" : `translate(${x}px, ${y}px) scale(${k})`);
          field.toggleAttribute("data-zoomed", k !== 1);
          this.#zoom = k;
          this.#draw();
        },
      });
      this.#ends.push(zoom.destroy);
    };
    // A zoom that cannot be loaded is no reason to disturb the run.
    const onPointer = () => void start().catch(() => undefined);
    field.addEventListener("pointerover", onPointer, { once: true });
    this.#ends.push(() => field.removeEventListener("pointerover", onPointer));
  }

  /** A message as large as a finger needs it, at a place in page coordinates. */
  #messageAt(x: number, y: number): Selection | undefined {
    const frame = this.#services.frames.latest;
    if (frame === undefined) return undefined;
    const box = this.#elements.svg.getBoundingClientRect();
    const scale = box.width > 0 ? this.#size.width / box.width : 1;
    const reach = (this.#coarse?.matches ?? false) ? MESSAGE_REACH.touch : MESSAGE_REACH.mouse;
    const at = { x: (x - box.left) * scale, y: (y - box.top) * scale };
    const flight = this.figure.flightAt(frame, at, reach);
    return flight === undefined ? undefined : { kind: "message", flight: flight.id, from: flight.from, to: flight.to };
  }

  #focused(selection: Selection | undefined): void {
    const { store } = this.#services;
    store.getState().hover(selection?.kind === "replica" ? selection.replicaId : undefined);
    if (selection === undefined || this.#stops === undefined) return;
    if (selection.kind === "replica") this.#stops = { ...this.#stops, replica: selection.replicaId };
    else if (selection.kind === "client") this.#stops = { ...this.#stops, client: selection.clientId };
    else if (selection.kind === "link") this.#stops = { ...this.#stops, link: linkKey(selection.from, selection.to) };
    this.#draw();
  }

  /** The theme has changed, or the font of the canvas has come. */
  #readTheme(): void {
    this.#palette = readPalette(this.#elements.field);
    this.figure.forget();
    this.#draw();
  }

  #draw(): void {
    const frame = this.#services.frames.latest;
    if (frame === undefined) return;
    const { selection, hovered, hoveredMessage } = this.#services.store.getState();
    const known = this.#stops;
    const stops = known !== undefined && known.replica <= frame.replicas.length ? known : firstStops(frame);
    this.#stops = stops;
    this.figure.draw(
      frame,
      {
        size: this.#size,
        palette: this.#palette,
        resolution: Math.min(MOST_RESOLUTION, (globalThis.devicePixelRatio || 1) * this.#zoom),
        isStill: this.#reduced?.matches ?? false,
        isTouch: this.#coarse?.matches ?? false,
        wallNow: performance.now(),
      },
      { selection, hovered, message: hoveredMessage, focusStops: stops, threatened: this.#threatened },
    );
    const { layout } = this.figure;
    if (layout !== undefined && layout !== this.#shownLayout) {
      this.#shownLayout = layout;
      this.#onLayout(layout);
    }
  }
}
