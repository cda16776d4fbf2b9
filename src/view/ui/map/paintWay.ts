/**
 * The way of a search through an approximate index, on the map: from the entry point down the layers as a line, each
 * layer named where it begins, and in small rings the nodes of the lowest layer that the search went on from.
 */
import type { SearchPath } from "../../../model/protocol/searchIndex.ts";
import type { Fit } from "../../layout/mapLayout.ts";
import type { MapModel } from "./mapModel.ts";
import { type Pixel, paintText, pixelOf } from "./paintQuestion.ts";
import type { SignColours } from "./signs.ts";

/** Half the side of the entry point's square, and the radius of a node's ring. */
const ENTRY = 5;
const NODE = 4;
/** Names of layers nearer to each other than this would lie on each other. */
const APART = 16;

interface Place {
  readonly layer: number;
  readonly at: Pixel;
}

function line(context: CanvasRenderingContext2D, places: readonly Place[]): void {
  context.beginPath();
  for (const { at } of places) context.lineTo(...at);
  context.stroke();
}

function nameLayers(context: CanvasRenderingContext2D, colours: SignColours, descent: readonly Place[]): void {
  const named: Pixel[] = [];
  for (const [position, { layer, at }] of descent.entries()) {
    if (descent[position - 1]?.layer === layer) continue;
    const [x, y] = at;
    if (named.some(([otherX, otherY]) => Math.abs(otherX - x) < 4 * APART && Math.abs(otherY - y) < APART)) continue;
    named.push(at);
    paintText(context, colours, `layer ${layer}`, [x + NODE + 4, y + NODE + 12], 450);
  }
}

/** Paints the way over points that are painted already. */
export function paintWay(
  context: CanvasRenderingContext2D,
  model: MapModel,
  fit: Fit,
  colours: SignColours,
  { steps }: SearchPath,
): void {
  const places = steps.flatMap(({ layer, id }): Place[] => {
    const at = pixelOf(model, id, fit);
    return at === undefined ? [] : [{ layer, at }];
  });
  const lowest = places.findIndex(({ layer }) => layer === 0);
  const descent = places.slice(0, lowest + 1);
  context.setLineDash([]);
  context.lineJoin = "round";
  for (const [colour, width] of [
    [colours.surface, 5],
    [colours.ink, 2],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    line(context, descent);
  }
  context.lineWidth = 1.5;
  context.strokeStyle = colours.ink;
  context.fillStyle = colours.surface;
  for (const { at } of places.slice(1)) {
    context.beginPath();
    context.arc(...at, NODE, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
  const [entry] = places;
  if (entry === undefined) return;
  context.fillStyle = colours.ink;
  context.fillRect(entry.at[0] - ENTRY, entry.at[1] - ENTRY, 2 * ENTRY, 2 * ENTRY);
  nameLayers(context, colours, descent);
}
