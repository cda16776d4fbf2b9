/**
 * Messages in flight, on one canvas: each in its own shape and its term's hue, with a tail towards its sender, at the
 * place that virtual time gives it. A lost one bursts where it was lost, for 260 ms of wall time. Redraws only when
 * something on it changed.
 */
import { isClient } from "../../../base/ids.ts";
import type { FlightFrame, Frame } from "../../../model/protocol/frame.ts";
import { burstShare, type FlightPlace, flightPlace, isUnderWay } from "../../layout/flights.ts";
import { linkKey, type StageLayout } from "../../layout/stageLayout.ts";
import { captionOf } from "./caption.ts";
import { FlightSprites, halfOf, strokeTail, TAIL } from "./flightSprites.ts";
import { hueOf } from "./hues.ts";
import { burstPath, MOST_ENTRY_SQUARES } from "./messageShapes.ts";
import type { Palette } from "./palette.ts";

export interface FlightOptions {
  readonly palette: Palette;
  /** Messages are too quick to follow: links show counts, nothing is drawn here. */
  readonly tooQuick: boolean;
  /** No tweens: a burst is a still mark. */
  readonly isStill: boolean;
  /** The message that is selected, with a ring around it. */
  readonly chosen: number | undefined;
  /** How much larger than CSS pixels the canvas is to be, zoom included. */
  readonly resolution: number;
}

/** A lost message, kept as long as its burst is seen. */
interface Burst {
  readonly lostAt: number;
  readonly hue: number;
  readonly place: FlightPlace;
}

interface PlacedFlight {
  readonly flight: FlightFrame;
  readonly place: FlightPlace;
}

/** Still marks of lost messages stay a little longer, since they do not move. */
const STILL_FACTOR = 4;
/** Where in its opening a burst stands when it must not move. */
const STILL_SHARE = 0.55;
const MOST_BURSTS = 200;
const RING_RADIUS = 17;
const BURST_STEPS = 12;

export class FlightCanvas {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;
  readonly #bursts = new Map<number, Burst>();
  readonly #sprites: FlightSprites;
  #isBlank = true;
  #drawn = "";
  #runId = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    this.#sprites = new FlightSprites(canvas.ownerDocument);
  }

  /** What was drawn may look different now (a font has come): the next frame is drawn in any case. */
  forget(): void {
    this.#sprites.forget();
    this.#drawn = "";
    this.#isBlank = false;
  }

  /** Draws `frame`, unless it would look the same as what is there. */
  draw(frame: Frame, layout: StageLayout, options: FlightOptions): void {
    const context = this.#context;
    if (context === null) return;
    if (frame.runId !== this.#runId) this.#bursts.clear();
    this.#runId = frame.runId;
    const resized = this.#fit(layout, options.resolution);
    const flights = options.tooQuick ? [] : frame.flights.filter((flight) => isUnderWay(flight, frame.virtualNow));
    this.#collectBursts(frame, layout, options);
    const isEmpty = flights.length === 0 && this.#bursts.size === 0;
    const state = `${frame.virtualNow} ${flights.length} ${this.#bursts.size} ${options.palette.surface} ${layout.wall === undefined} ${options.chosen}`;
    if (!resized && (isEmpty ? this.#isBlank : state === this.#drawn)) return;
    this.#drawn = state;
    this.#isBlank = isEmpty;
    context.setTransform(options.resolution, 0, 0, options.resolution, 0, 0);
    context.clearRect(0, 0, layout.size.width, layout.size.height);
    context.lineCap = "round";
    context.lineJoin = "round";
    this.#drawFlights(context, flights, frame, layout, options);
    for (const burst of this.#bursts.values()) this.#drawBurst(context, burst, frame, options);
  }

  #fit({ size }: StageLayout, resolution: number): boolean {
    const width = Math.round(size.width * resolution);
    const height = Math.round(size.height * resolution);
    if (this.#canvas.width === width && this.#canvas.height === height) return false;
    this.#canvas.width = width;
    this.#canvas.height = height;
    return true;
  }

  #collectBursts(frame: Frame, layout: StageLayout, { tooQuick, isStill }: FlightOptions): void {
    const longest = isStill ? STILL_FACTOR : 1;
    const age = (lostAt: number) => burstShare(lostAt, frame.virtualNow, frame.playbackRate);
    for (const [id, burst] of this.#bursts) {
      const share = age(burst.lostAt);
      if (share < 0 || share >= longest) this.#bursts.delete(id);
    }
    for (const flight of frame.flights) {
      if (flight.lostAt === undefined || tooQuick || this.#bursts.size >= MOST_BURSTS) continue;
      const share = age(flight.lostAt);
      if (share < 0 || share >= longest || this.#bursts.has(flight.id)) continue;
      const path = layout.pathBetween(flight.from, flight.to);
      if (path === undefined) continue;
      const place = flightPlace(path, flight, frame.virtualNow);
      this.#bursts.set(flight.id, { lostAt: flight.lostAt, hue: hueOf(flight.term), place });
    }
  }

  #drawFlights(
    context: CanvasRenderingContext2D,
    flights: readonly FlightFrame[],
    frame: Frame,
    layout: StageLayout,
    options: FlightOptions,
  ): void {
    const { palette } = options;
    const drawnWays = new Set<string>();
    const placed: PlacedFlight[] = [];
    const ownLinks = new Set(layout.links.map((link) => linkKey(link.from, link.to)));
    for (const flight of flights) {
      const path = layout.pathBetween(flight.from, flight.to);
      if (path === undefined) continue;
      placed.push({ flight, place: flightPlace(path, flight, frame.virtualNow) });
      const key = linkKey(flight.from, flight.to);
      if (drawnWays.has(key) || ownLinks.has(key) || !(isClient(flight.from) || isClient(flight.to))) continue;
      // A client that talks to a replica it does not stand beside: its way is there only while it is used.
      drawnWays.add(key);
      context.strokeStyle = palette.line;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(path.a.x, path.a.y);
      if (path.control === undefined) context.lineTo(path.b.x, path.b.y);
      else context.quadraticCurveTo(path.control.x, path.control.y, path.b.x, path.b.y);
      context.stroke();
    }
    for (const one of placed) this.#drawFlight(context, one, layout, options);
    const chosen = placed.find(({ flight }) => flight.id === options.chosen);
    if (chosen !== undefined) drawRing(context, chosen.place, palette.ink);
    const caption = captionOf(frame);
    const captioned = placed.find(({ flight }) => flight.id === caption?.flightId);
    if (caption === undefined || captioned === undefined) return;
    const { x, y } = captioned.place;
    const isLeft = x > layout.size.width / 2 + 40 && layout.sizes.isPhone;
    context.textAlign = isLeft ? "right" : "left";
    label(context, caption.text, x + (isLeft ? -18 : 18), y, palette);
  }

  /** One message: a picture on whole device pixels, and what of its tail has left its sender. */
  #drawFlight(
    context: CanvasRenderingContext2D,
    { flight, place }: PlacedFlight,
    { sizes: { messageScale: scale } }: StageLayout,
    { palette, resolution }: FlightOptions,
  ): void {
    const half = halfOf(flight, scale);
    const room = place.room - half;
    const hasWholeTail = room >= TAIL.length * scale;
    if (!hasWholeTail && room > 2) {
      context.setTransform(resolution, 0, 0, resolution, place.x * resolution, place.y * resolution);
      strokeTail(context, place.heading, half, room, flight, palette);
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    const sprite = this.#sprites.of(flight, place.heading, hasWholeTail, { palette, scale, resolution });
    if (sprite !== undefined) {
      const left = Math.round(place.x * resolution) - sprite.reach;
      context.drawImage(sprite.image, left, Math.round(place.y * resolution) - sprite.reach);
    }
    context.setTransform(resolution, 0, 0, resolution, 0, 0);
    if (flight.shape !== "entries" || flight.entries <= MOST_ENTRY_SQUARES) return;
    context.textAlign = "center";
    label(context, `×${flight.entries}`, place.x, place.y - 17, palette);
  }

  #drawBurst(context: CanvasRenderingContext2D, burst: Burst, frame: Frame, { palette, isStill }: FlightOptions): void {
    const share = burstShare(burst.lostAt, frame.virtualNow, frame.playbackRate);
    const opened = isStill || !frame.playing ? STILL_SHARE : Math.round(share * BURST_STEPS) / BURST_STEPS;
    const { place } = burst;
    context.save();
    context.translate(place.x, place.y);
    context.strokeStyle = palette.edge[burst.hue] ?? palette.ink;
    context.lineWidth = TAIL.width;
    context.globalAlpha = isStill || !frame.playing ? 1 : Math.max(0.25, 1 - opened * 0.75);
    context.stroke(this.#sprites.pathOf(burstPath(opened)));
    context.beginPath();
    context.moveTo(-place.heading.x * 13, -place.heading.y * 13);
    context.lineTo(-place.heading.x * (13 + TAIL.length), -place.heading.y * (13 + TAIL.length));
    context.stroke();
    context.restore();
  }
}

/** Around the message that is selected. */
function drawRing(context: CanvasRenderingContext2D, { x, y }: FlightPlace, ink: string): void {
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, RING_RADIUS, 0, 2 * Math.PI);
  context.stroke();
}

/** A word beside a message, legible over a link. */
function label(context: CanvasRenderingContext2D, text: string, x: number, y: number, palette: Palette): void {
  context.font = `600 13px ${palette.font}`;
  context.textBaseline = "middle";
  context.lineWidth = 5;
  context.strokeStyle = palette.surface;
  context.strokeText(text, x, y);
  context.fillStyle = palette.ink;
  context.fillText(text, x, y);
}
