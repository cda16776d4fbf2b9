/** The large map: zooming, moving, pointing, choosing. Paints when its scene says so, and never renders React. */
import { type D3ZoomEvent, select, type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity } from "d3";
import { type Fit, fitInto, nearestTo, zoomed } from "../../layout/mapLayout.ts";
import { names } from "../../store/format.ts";
import { onThemeChange } from "../draw/palette.ts";
import { atMostEvery } from "./atMostEvery.ts";
import { MapCanvas } from "./mapCanvas.ts";
import type { MapModel } from "./mapModel.ts";
import type { MapScene } from "./mapScene.ts";
import { paintQuestion, paintText } from "./paintQuestion.ts";
import { paintWay } from "./paintWay.ts";
import { paintSign, SIGN_NAMES, signColours } from "./signs.ts";

/** As far as one can look into the map. */
const MOST_ZOOM = 60;
const MARGIN = 30;
/** Half the size of a sign, and how far from a point one still means it. */
const SIGN = 7;
const REACH = 16;
/** Items between which a place lies that was clicked. */
const AROUND = 3;
/** Wall milliseconds between two lists of what is in sight. */
const LISTED_EVERY = 250;

/** What was chosen: an item, or a place between items. */
export type Chosen =
  | { readonly kind: "item"; readonly position: number }
  | { readonly kind: "place"; readonly around: readonly number[] };

/** How every replica stands to an item: "missing at r2 and r3"; one word where all are alike. */
export function standingWords(model: MapModel, position: number): string {
  const replicas = (model.holdings?.replicas ?? []).filter(({ alive }) => alive);
  const stands = replicas.map(({ replicaId }) => ({ replicaId, holding: model.standingAt(replicaId, position) }));
  const kinds = [...new Set(stands.map(({ holding }) => holding))];
  if (kinds.length === 1) return kinds[0] === "held" ? "held by all" : kinds.map((kind) => SIGN_NAMES[kind]).join("");
  return kinds
    .filter((kind) => kind !== "held")
    .map(
      (kind) =>
        `${SIGN_NAMES[kind]} at ${names(stands.filter((one) => one.holding === kind).map((one) => one.replicaId))}`,
    )
    .join("; ");
}

/** Positions of the items within a picture of this size. */
export function inSightOf(
  model: MapModel,
  fit: Fit,
  standings: Uint8Array,
  width: number,
  height: number,
): readonly number[] {
  const inSight: number[] = [];
  for (let position = 0; position < model.size; position += 1) {
    if ((standings[position] ?? 0) === 0) continue;
    const x = (model.places[2 * position] ?? 0) * fit.scaleX + fit.shiftX;
    const y = (model.places[2 * position + 1] ?? 0) * fit.scaleY + fit.shiftY;
    if (x >= 0 && y >= 0 && x <= width && y <= height) inSight.push(position);
  }
  return inSight;
}

export interface LargeMapParts {
  readonly scene: MapScene;
  readonly surface: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly onPoint: (position: number | undefined) => void;
  readonly onChoose: (chosen: Chosen) => void;
}

export class LargeMap {
  readonly #parts: LargeMapParts;
  readonly #canvas: MapCanvas;
  readonly #zoom: ZoomBehavior<HTMLElement, unknown>;
  readonly #stops: (() => void)[] = [];
  #transform: ZoomTransform = zoomIdentity;
  #moves = false;
  readonly #lister = atMostEvery(LISTED_EVERY, () => this.#list());

  constructor(parts: LargeMapParts) {
    const { scene, surface, canvas } = parts;
    this.#parts = parts;
    this.#canvas = new MapCanvas(canvas, SIGN);
    this.#zoom = zoom<HTMLElement, unknown>()
      .scaleExtent([1, MOST_ZOOM])
      .clickDistance(4)
      .on("start", () => {
        this.#moves = true;
      })
      .on("zoom", ({ transform }: D3ZoomEvent<HTMLElement, unknown>) => {
        this.#transform = transform;
        scene.repaint();
      })
      .on("end", () => {
        this.#moves = false;
        scene.store.setState({ zoom: this.#transform.k });
        scene.repaint();
      });
    select(surface).call(this.#zoom);
    this.#stops.push(() => select(surface).on(".zoom", null));
    this.#listen();
    const observer = new ResizeObserver(() => this.#resize());
    observer.observe(surface);
    this.#stops.push(
      () => observer.disconnect(),
      this.#lister.cancel,
      onThemeChange(() => this.#resize()),
      scene.listen((model) => this.#paint(model)),
    );
    this.#resize();
  }

  destroy(): void {
    for (const stop of this.#stops) stop();
  }

  /** Moves the window by shares of its size. */
  panBy(x: number, y: number): void {
    const { surface } = this.#parts;
    const { k } = this.#transform;
    select(surface).call(this.#zoom.translateBy, (-x * this.#canvas.width) / k, (-y * this.#canvas.height) / k);
  }

  zoomBy(factor: number): void {
    select(this.#parts.surface).call(this.#zoom.scaleBy, factor);
  }

  /** Shows all of the map. */
  home(): void {
    select(this.#parts.surface).call(this.#zoom.transform, zoomIdentity);
  }

  /** Chooses what stands in the middle. */
  chooseMiddle(): void {
    this.#chooseAt(this.#canvas.width / 2, this.#canvas.height / 2, Number.POSITIVE_INFINITY);
  }

  #listen(): void {
    const { surface, onPoint } = this.#parts;
    const onMove = (event: PointerEvent) => {
      if (!this.#moves) onPoint(this.#itemAt(...this.#offset(event), REACH));
    };
    const onLeave = () => onPoint(undefined);
    const onClick = (event: MouseEvent) => this.#chooseAt(...this.#offset(event), REACH);
    surface.addEventListener("pointermove", onMove);
    surface.addEventListener("pointerleave", onLeave);
    surface.addEventListener("click", onClick);
    this.#stops.push(() => {
      surface.removeEventListener("pointermove", onMove);
      surface.removeEventListener("pointerleave", onLeave);
      surface.removeEventListener("click", onClick);
    });
  }

  #offset({ clientX, clientY }: MouseEvent): [number, number] {
    const { left, top } = this.#parts.surface.getBoundingClientRect();
    return [clientX - left, clientY - top];
  }

  #resize(): void {
    const { surface, scene } = this.#parts;
    const { width, height } = surface.getBoundingClientRect();
    this.#canvas.resize(width, height, signColours(surface));
    this.#zoom.extent([
      [0, 0],
      [width, height],
    ]);
    this.#zoom.translateExtent([
      [0, 0],
      [width, height],
    ]);
    scene.repaint();
  }

  #fit(model: MapModel): Fit {
    const { width, height } = this.#canvas;
    return zoomed(fitInto(model.extent, width, height, MARGIN, model.isOfColours), this.#transform);
  }

  /** The places under the map that somebody holds or should hold, nearest first. */
  #near(x: number, y: number, count: number, reach: number): readonly number[] {
    const { scene } = this.#parts;
    const { model } = scene;
    if (!model.isLaidOut || model.size === 0) return [];
    const fit = this.#fit(model);
    const place = [(x - fit.shiftX) / fit.scaleX, (y - fit.shiftY) / fit.scaleY] as const;
    const standings = model.standingsOf(scene.store.getState().large);
    // A few more than asked for: some of them are not here any more.
    const found = nearestTo(model.tree, model.places, place, count + 20, reach / Math.min(fit.scaleX, fit.scaleY));
    return found.filter((position) => (standings[position] ?? 0) > 0).slice(0, count);
  }

  #itemAt(x: number, y: number, reach: number): number | undefined {
    return this.#near(x, y, 1, reach)[0];
  }

  #chooseAt(x: number, y: number, reach: number): void {
    const { onChoose } = this.#parts;
    const position = this.#itemAt(x, y, reach);
    if (position !== undefined) {
      onChoose({ kind: "item", position });
      return;
    }
    const around = this.#near(x, y, AROUND, Number.POSITIVE_INFINITY);
    if (around.length > 0) onChoose({ kind: "place", around });
  }

  #paint(model: MapModel): boolean {
    const { scene } = this.#parts;
    const { large, listed } = scene.store.getState();
    const { question, comparison, pointedItem, way } = scene.services.store.getState();
    const { context, colours } = this.#canvas;
    if (!model.isLaidOut || context === null || colours === undefined) return false;
    const fit = this.#fit(model);
    const isUnfinished = this.#canvas.paint(model.pointsOf(large), fit, this.#moves);
    if (way !== undefined && (large === "all" || large === way.replicaId)) paintWay(context, model, fit, colours, way);
    paintQuestion(context, model, fit, colours, { vector: question.vector, comparison }, large, true);
    this.#paintPointed(model, fit, pointedItem);
    // While the map moves nobody reads; its end paints again.
    if (listed === "inSight" && !this.#moves) this.#lister.request();
    return isUnfinished;
  }

  /** The item that is pointed at, here or in a list. */
  #paintPointed(model: MapModel, fit: Fit, id: string | undefined): void {
    const { context, colours, width } = this.#canvas;
    const position = id === undefined ? undefined : model.positions.get(id);
    if (position === undefined || context === null || colours === undefined) return;
    const x = (model.places[2 * position] ?? 0) * fit.scaleX + fit.shiftX;
    const y = (model.places[2 * position + 1] ?? 0) * fit.scaleY + fit.shiftY;
    context.translate(x, y);
    paintSign(context, model.standingAt(this.#parts.scene.store.getState().large, position), SIGN + 2, colours);
    context.translate(-x, -y);
    context.strokeStyle = colours.ink;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, SIGN + 6, 0, 2 * Math.PI);
    context.stroke();
    const isRight = x > width * 0.6;
    context.textAlign = isRight ? "right" : "left";
    const left = x + (isRight ? -18 : 18);
    paintText(context, colours, model.payloads[position]?.name ?? "", [left, y + 5]);
    paintText(context, colours, standingWords(model, position), [left, y + 23], 450);
    context.textAlign = "left";
  }

  /** Tells the list what is in sight. */
  #list(): void {
    const { store, model } = this.#parts.scene;
    if (!model.isLaidOut) return;
    const { width, height } = this.#canvas;
    store.setState({
      inSight: inSightOf(model, this.#fit(model), model.standingsOf(store.getState().large), width, height),
    });
  }
}
