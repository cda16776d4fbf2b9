/**
 * Messages as small pictures, drawn once and copied from then on: without a GPU filling and stroking the same paths for
 * two hundred messages costs a quarter of every frame, copying them a fraction of that. A picture holds the shape, its
 * letter and, where there is room for all of it, its tail.
 */
import type { FlightFrame } from "../../../model/protocol/frame.ts";
import type { Point } from "../../layout/geometry.ts";
import { hueOf } from "./hues.ts";
import { entryHalf, entryParts, MOST_ENTRY_SQUARES, SHAPES, type ShapePart } from "./messageShapes.ts";
import type { Palette } from "./palette.ts";

/** The line from a message back towards its sender. */
export const TAIL = { length: 24, width: 2.5 };
const LINE_WIDTH = 2.2;
/** Headings that differ by less share a picture: at the end of a tail that is half a pixel. */
const HEADING_STEPS = 128;
/** Pictures kept; beyond that all are made anew. Nine replicas in one term need about three hundred. */
const MOST_SPRITES = 800;

/** What every picture depends on. */
export interface SpriteStyle {
  readonly palette: Palette;
  /** How much larger than its usual size a shape is drawn. */
  readonly scale: number;
  /** Device pixels per CSS pixel. */
  readonly resolution: number;
}

/** A picture, `reach` device pixels from its centre to every edge. */
export interface FlightSprite {
  readonly image: HTMLCanvasElement;
  readonly reach: number;
}

/** From the middle of a message to where its tail begins. */
export function halfOf(flight: FlightFrame, scale: number): number {
  return (flight.shape === "entries" ? entryHalf(flight.entries) : SHAPES[flight.shape].half) * scale;
}

/** The colour of a message's tail. */
export function tailColour(flight: FlightFrame, palette: Palette): string {
  return SHAPES[flight.shape].neutral ? palette.quiet : (palette.edge[hueOf(flight.term)] ?? palette.ink);
}

export class FlightSprites {
  readonly #sprites = new Map<string, FlightSprite>();
  readonly #paths = new Map<string, Path2D>();
  readonly #owner: Document;
  #style: SpriteStyle | undefined;

  constructor(owner: Document) {
    this.#owner = owner;
  }

  /** The fonts or the colours have changed: nothing drawn so far counts. */
  forget(): void {
    this.#sprites.clear();
  }

  /** The picture of `flight`, with its tail or without; undefined where pictures cannot be drawn. */
  of(flight: FlightFrame, heading: Point, withTail: boolean, style: SpriteStyle): FlightSprite | undefined {
    this.#wear(style);
    const angle = Math.round((Math.atan2(heading.y, heading.x) / (2 * Math.PI)) * HEADING_STEPS);
    const squares = flight.shape === "entries" ? Math.min(flight.entries, MOST_ENTRY_SQUARES) : 0;
    const turned = withTail || SHAPES[flight.shape].turns ? angle : 0;
    const key = `${flight.shape} ${squares} ${hueOf(flight.term)} ${turned} ${withTail}`;
    const known = this.#sprites.get(key);
    if (known !== undefined) return known;
    if (this.#sprites.size >= MOST_SPRITES) this.#sprites.clear();
    const made = this.#make(flight, (turned / HEADING_STEPS) * 2 * Math.PI, withTail, style);
    if (made !== undefined) this.#sprites.set(key, made);
    return made;
  }

  /** The path of `d`, parsed once. */
  pathOf(d: string): Path2D {
    const known = this.#paths.get(d);
    if (known !== undefined) return known;
    const path = new Path2D(d);
    this.#paths.set(d, path);
    return path;
  }

  #wear(style: SpriteStyle): void {
    const worn = this.#style;
    const isSame =
      worn?.palette === style.palette && worn.scale === style.scale && worn.resolution === style.resolution;
    if (!isSame) this.#sprites.clear();
    this.#style = style;
  }

  #make(flight: FlightFrame, angle: number, withTail: boolean, style: SpriteStyle): FlightSprite | undefined {
    const { palette, scale, resolution } = style;
    const half = halfOf(flight, scale);
    const tail = withTail ? TAIL.length * scale : 0;
    // The corners of a shape stick out beyond its half by less than its outline and a third of it.
    const reach = Math.ceil((half * 1.35 + LINE_WIDTH * scale + tail + 1) * resolution);
    const image = this.#owner.createElement("canvas");
    image.width = 2 * reach;
    image.height = 2 * reach;
    const context = image.getContext("2d");
    if (context === null) return undefined;
    context.setTransform(resolution, 0, 0, resolution, reach, reach);
    context.lineCap = "round";
    context.lineJoin = "round";
    if (withTail) strokeTail(context, { x: Math.cos(angle), y: Math.sin(angle) }, half, tail, flight, palette);
    this.#drawShape(context, flight, angle, palette, scale);
    return { image, reach };
  }

  #drawShape(
    context: CanvasRenderingContext2D,
    flight: FlightFrame,
    angle: number,
    palette: Palette,
    scale: number,
  ): void {
    const figure = SHAPES[flight.shape];
    const hue = hueOf(flight.term);
    const fill = figure.neutral ? palette.ink : (palette.hue[hue] ?? palette.ink);
    const edge = figure.neutral ? palette.ink : (palette.edge[hue] ?? palette.ink);
    const parts = flight.shape === "entries" ? entryParts(flight.entries) : figure.parts;
    context.save();
    context.scale(scale, scale);
    if (figure.turns) context.rotate(angle);
    for (const part of parts) this.#drawPart(context, part, fill, edge, palette.surface);
    context.restore();
    if (figure.letter === undefined) return;
    // Type never shrinks below its smallest step.
    context.font = `700 13px ${palette.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = palette.ink;
    context.fillText(figure.letter, 0, 1);
  }

  #drawPart(context: CanvasRenderingContext2D, part: ShapePart, fill: string, edge: string, surface: string): void {
    const path = this.pathOf(part.d);
    if (part.paint !== "line") {
      context.fillStyle = part.paint === "solid" ? fill : surface;
      context.fill(path);
    }
    context.strokeStyle = edge;
    context.lineWidth = part.paint === "solid" ? 1 : LINE_WIDTH;
    context.stroke(path);
  }
}

/** Strokes `length` of a tail of the message at the context's origin, which travels along `heading`. */
export function strokeTail(
  context: CanvasRenderingContext2D,
  heading: Point,
  half: number,
  length: number,
  flight: FlightFrame,
  palette: Palette,
): void {
  context.strokeStyle = tailColour(flight, palette);
  context.lineWidth = TAIL.width;
  context.beginPath();
  context.moveTo(-heading.x * half, -heading.y * half);
  context.lineTo(-heading.x * (half + length), -heading.y * (half + length));
  context.stroke();
}
