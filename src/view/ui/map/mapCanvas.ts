/**
 * One map on one canvas. All points stand in a layer that is larger than the picture: moving the map copies it, and only
 * what leaves its margin, another scale or other standings paint it anew.
 */
import { HOLDINGS, type Holding } from "../../../model/protocol/holdings.ts";
import type { Fit } from "../../layout/mapLayout.ts";
import type { Points } from "./mapModel.ts";
import { paintSign, SIGNED, type SignColours } from "./signs.ts";

const HELD = HOLDINGS.indexOf("held");
/** Beyond this many held points are squares: discs cost five times as much. */
const MANY = 2_500;
/** The layer reaches beyond the picture by this share of it, on every side. */
const MARGIN = 0.3;
/** A layer of another scale is stretched for this many wall milliseconds before it is painted anew. */
const PATIENCE = 120;

interface Layer {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  key: string;
  fit: Fit;
  paintedAt: number;
}

function sameScale(a: Fit, b: Fit): boolean {
  return a.scaleX === b.scaleX && a.scaleY === b.scaleY;
}

export class MapCanvas {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;
  #layer: Layer | undefined;
  readonly #sprites = new Map<Holding, HTMLCanvasElement>();
  #colours: SignColours | undefined;
  #ratio = 1;
  readonly #radius: number;
  width = 0;
  height = 0;

  /** `radius` is half the size of a sign. */
  constructor(canvas: HTMLCanvasElement, radius: number) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    this.#radius = radius;
  }

  get context(): CanvasRenderingContext2D | null {
    return this.#context;
  }

  get colours(): SignColours | undefined {
    return this.#colours;
  }

  /** In pixels of the page. Whatever is painted is painted anew. */
  resize(width: number, height: number, colours: SignColours): void {
    this.width = width;
    this.height = height;
    this.#colours = colours;
    this.#ratio = Math.min(2, globalThis.devicePixelRatio || 1);
    this.#canvas.width = Math.max(1, Math.round(width * this.#ratio));
    this.#canvas.height = Math.max(1, Math.round(height * this.#ratio));
    this.#layer = undefined;
    this.#sprites.clear();
  }

  /**
   * Paints the points; the context then stands so that 0, 0 is the corner and 1 a pixel of the page. While a person `moves`
   * the map a layer of another scale may be stretched. Returns whether it has been: then it is to be painted again.
   */
  paint(points: Points, fit: Fit, moves: boolean): boolean {
    const context = this.#context;
    if (context === null || this.width === 0) return false;
    const layer = this.#layerFor(points, fit, moves);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    if (layer === undefined) return false;
    // The layer's corner stands a margin left of and above the picture that it was painted for.
    const stretch = fit.scaleX / layer.fit.scaleX;
    const x = fit.shiftX - (layer.fit.shiftX + MARGIN * this.width) * stretch;
    const y = fit.shiftY - (layer.fit.shiftY + MARGIN * this.height) * stretch;
    const { canvas } = layer;
    context.drawImage(canvas, x * this.#ratio, y * this.#ratio, canvas.width * stretch, canvas.height * stretch);
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    return !sameScale(layer.fit, fit);
  }

  #layerFor(points: Points, fit: Fit, moves: boolean): Layer | undefined {
    const layer = this.#layer ?? this.#newLayer();
    if (layer === undefined) return undefined;
    this.#layer = layer;
    const isOld = layer.key !== points.key;
    const isStretched = !sameScale(layer.fit, fit);
    const isFar =
      Math.abs(layer.fit.shiftX - fit.shiftX) > MARGIN * this.width ||
      Math.abs(layer.fit.shiftY - fit.shiftY) > MARGIN * this.height;
    const mayWait = moves && performance.now() - layer.paintedAt < PATIENCE;
    if (isOld || (isStretched ? !mayWait : isFar)) this.#paintLayer(layer, points, fit);
    return layer;
  }

  #newLayer(): Layer | undefined {
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(this.#canvas.width * (1 + 2 * MARGIN));
    canvas.height = Math.ceil(this.#canvas.height * (1 + 2 * MARGIN));
    const context = canvas.getContext("2d");
    const fit = { scaleX: 1, scaleY: 1, shiftX: 0, shiftY: 0 };
    return context === null ? undefined : { canvas, context, key: "", fit, paintedAt: 0 };
  }

  #paintLayer(layer: Layer, { places, standings, size, key, fillOf }: Points, fit: Fit): void {
    const { context, canvas } = layer;
    const [left, top] = [MARGIN * this.width, MARGIN * this.height];
    const [wide, high] = [canvas.width / this.#ratio, canvas.height / this.#ratio];
    const byStanding = new Map<number, number[]>();
    const coloured: [x: number, y: number, fill: string][] = [];
    for (let position = 0; position < size; position += 1) {
      const standing = standings[position] ?? 0;
      if (standing === 0) continue;
      const x = (places[2 * position] ?? 0) * fit.scaleX + fit.shiftX + left;
      const y = (places[2 * position + 1] ?? 0) * fit.scaleY + fit.shiftY + top;
      if (x < -9 || y < -9 || x > wide + 9 || y > high + 9) continue;
      const fill = standing === HELD ? fillOf?.(position) : undefined;
      if (fill !== undefined) {
        coloured.push([x, y, fill]);
        continue;
      }
      const known = byStanding.get(standing);
      if (known === undefined) byStanding.set(standing, [x, y]);
      else known.push(x, y);
    }
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    context.clearRect(0, 0, wide, high);
    this.#paintColoured(context, coloured);
    for (const holding of SIGNED) {
      const found = byStanding.get(HOLDINGS.indexOf(holding));
      if (found === undefined) continue;
      if (holding === "held") this.#paintHeld(context, found);
      else this.#paintSigns(context, holding, found);
    }
    layer.key = key;
    layer.fit = fit;
    layer.paintedAt = performance.now();
  }

  #paintHeld(context: CanvasRenderingContext2D, points: readonly number[]): void {
    const radius = this.#radius * 0.5;
    context.fillStyle = this.#colours?.held ?? "#888";
    context.beginPath();
    const isMany = points.length > 2 * MANY;
    const half = Math.max(0.75, radius * 0.6);
    for (let at = 0; at + 1 < points.length; at += 2) {
      const [x, y] = [points[at] ?? 0, points[at + 1] ?? 0];
      if (isMany) context.rect(x - half, y - half, 2 * half, 2 * half);
      else {
        context.moveTo(x + radius, y);
        context.arc(x, y, radius, 0, 2 * Math.PI);
      }
    }
    context.fill();
  }

  /** Items that are colours, in themselves, with a neutral outline. */
  #paintColoured(context: CanvasRenderingContext2D, points: readonly (readonly [number, number, string])[]): void {
    context.strokeStyle = this.#colours?.held ?? "#888";
    context.lineWidth = 1;
    for (const [x, y, fill] of points) {
      context.fillStyle = fill;
      context.beginPath();
      context.arc(x, y, this.#radius * 0.8, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
  }

  #paintSigns(context: CanvasRenderingContext2D, holding: Holding, points: readonly number[]): void {
    const sprite = this.#spriteOf(holding);
    if (sprite === undefined) return;
    const side = sprite.width / this.#ratio;
    for (let at = 0; at + 1 < points.length; at += 2) {
      context.drawImage(sprite, (points[at] ?? 0) - side / 2, (points[at + 1] ?? 0) - side / 2, side, side);
    }
  }

  #spriteOf(holding: Holding): HTMLCanvasElement | undefined {
    const known = this.#sprites.get(holding);
    if (known !== undefined || this.#colours === undefined) return known;
    const canvas = document.createElement("canvas");
    const side = Math.ceil((this.#radius * 2.6 + 4) * this.#ratio);
    canvas.width = side;
    canvas.height = side;
    const context = canvas.getContext("2d");
    if (context === null) return undefined;
    context.setTransform(this.#ratio, 0, 0, this.#ratio, side / 2, side / 2);
    paintSign(context, holding, this.#radius, this.#colours);
    this.#sprites.set(holding, canvas);
    return canvas;
  }
}
