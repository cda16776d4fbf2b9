/** The question on a map: a cross, and its neighbours as the truth and as a replica has them. */
import type { ReplicaId } from "../../../base/ids.ts";
import type { SearchComparison } from "../../../model/protocol/frame.ts";
import type { Fit } from "../../layout/mapLayout.ts";
import type { MapModel, Shown } from "./mapModel.ts";
import type { SignColours } from "./signs.ts";

/** A question and its answers, as ids. */
export interface Asked {
  readonly vector: Float32Array | undefined;
  readonly comparison: SearchComparison | undefined;
}

/** A place on the canvas. */
export type Pixel = readonly [number, number];

/** Where an item stands on the canvas; undefined for one that the map does not know. */
export function pixelOf({ positions, places }: MapModel, id: string, fit: Fit): Pixel | undefined {
  const position = positions.get(id);
  if (position === undefined) return undefined;
  return [
    (places[2 * position] ?? 0) * fit.scaleX + fit.shiftX,
    (places[2 * position + 1] ?? 0) * fit.scaleY + fit.shiftY,
  ];
}

/** The ids that `shown` answers, best first; for everybody the truth. */
export function answeredBy(comparison: SearchComparison, shown: Shown): readonly string[] {
  if (shown === "all") return comparison.truth.map(({ id }) => id);
  const answer = comparison.answers.find(({ replicaId }: { readonly replicaId: ReplicaId }) => replicaId === shown);
  return answer?.alive === true ? answer.neighbours.map(({ id }) => id) : [];
}

function ring(context: CanvasRenderingContext2D, [x, y]: Pixel, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.stroke();
}

/** A text with a halo, so that it is read over points. */
export function paintText(
  context: CanvasRenderingContext2D,
  colours: SignColours,
  text: string,
  [x, y]: Pixel,
  weight = 600,
): void {
  context.font = `${weight} 13px ${colours.font}`;
  context.lineWidth = 4;
  context.lineJoin = "round";
  context.strokeStyle = colours.surface;
  context.strokeText(text, x, y);
  context.fillStyle = colours.ink;
  context.fillText(text, x, y);
}

/** Paints cross, lines and neighbours. `large` adds ranks. */
export function paintQuestion(
  context: CanvasRenderingContext2D,
  model: MapModel,
  fit: Fit,
  colours: SignColours,
  { vector, comparison }: Asked,
  shown: Shown,
  large: boolean,
): void {
  const place = vector === undefined ? undefined : model.placeOf(vector);
  if (place === undefined || comparison === undefined) return;
  const middle: Pixel = [place[0] * fit.scaleX + fit.shiftX, place[1] * fit.scaleY + fit.shiftY];
  const radius = large ? 9 : 5;
  context.setLineDash([]);
  const answered = answeredBy(comparison, shown);
  context.strokeStyle = colours.quiet;
  context.lineWidth = 1;
  for (const id of answered) {
    const at = pixelOf(model, id, fit);
    if (at === undefined) continue;
    context.globalAlpha = 0.55;
    context.beginPath();
    context.moveTo(...middle);
    context.lineTo(...at);
    context.stroke();
    context.globalAlpha = 1;
  }
  context.strokeStyle = colours.ink;
  for (const [rank, id] of answered.entries()) {
    const at = pixelOf(model, id, fit);
    if (at === undefined) continue;
    context.lineWidth = large ? 2 : 1.5;
    ring(context, at, radius);
    if (large && rank < 10) paintText(context, colours, String(rank + 1), [at[0] + radius + 2, at[1] - 4]);
    context.strokeStyle = colours.ink;
  }
  // What the truth has and this answer lacks is ringed twice, in dashes.
  context.setLineDash([3, 3]);
  context.lineWidth = 2;
  for (const { id } of comparison.truth) {
    const at = answered.includes(id) ? undefined : pixelOf(model, id, fit);
    if (at !== undefined) ring(context, at, radius + 2);
  }
  context.setLineDash([]);
  const arm = large ? 9 : 6;
  for (const [colour, width] of [
    [colours.surface, 5],
    [colours.ink, 2.5],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(middle[0] - arm, middle[1]);
    context.lineTo(middle[0] + arm, middle[1]);
    context.moveTo(middle[0], middle[1] - arm);
    context.lineTo(middle[0], middle[1] + arm);
    context.stroke();
  }
}
