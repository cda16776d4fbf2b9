/** What the painters of the axis share: the picture that they paint, and the strokes that every lane has. */
import type { ReplicaId } from "../../../base/ids.ts";
import type { BandPiece } from "../../layout/timeBand.ts";
import type { AxisRow, AxisRows } from "../../layout/timeRows.ts";
import type { TimeWindow } from "../../layout/timeWindow.ts";
import type { LaneSeries } from "../../store/viewStore.ts";
import type { AxisInk } from "./ink.ts";

/** Room to the right of the plot for the ends of the lanes' scales. */
export const SCALE_WIDTH = 64;

/** Everything that one painting needs. */
export interface AxisPicture {
  /** Of the plot, without the scales. */
  readonly width: number;
  readonly pixelRatio: number;
  readonly rows: AxisRows;
  readonly window: TimeWindow;
  /** Where what is known ends. */
  readonly now: number;
  readonly playheadX: number;
  readonly lanes: LaneSeries;
  readonly pieces: readonly BandPiece[];
  readonly emphasised: ReplicaId | undefined;
  readonly ink: AxisInk;
  readonly xOf: (at: number) => number;
}

/** The line that a lane stands on. */
export function baseline(context: CanvasRenderingContext2D, { width, ink }: AxisPicture, row: AxisRow): void {
  context.fillStyle = ink.line;
  context.fillRect(0, row.top + row.height - 1, width, 1);
}

/** The end of the scale, at the height that it names. */
export function paintTop(
  context: CanvasRenderingContext2D,
  { width, ink }: AxisPicture,
  row: AxisRow,
  label: string,
): void {
  context.fillStyle = ink.lineStrong;
  context.fillRect(width, row.top + 2, 4, 1);
  context.fillStyle = ink.ink3;
  context.font = ink.label;
  context.fillText(label, width + 8, row.top + 7.5);
}

/** What the past of a lane is painted with: no more of a canvas than that needs. */
export type LaneContext = Pick<
  CanvasRenderingContext2D,
  | ("save" | "restore" | "beginPath" | "rect" | "clip" | "moveTo" | "lineTo" | "arc" | "stroke" | "fill" | "fillRect")
  | ("globalAlpha" | "fillStyle" | "strokeStyle" | "lineWidth" | "lineJoin")
>;

/** Strokes the context's path. */
export function strokeLine(context: LaneContext, colour: string, lineWidth: number): void {
  context.strokeStyle = colour;
  context.lineWidth = lineWidth;
  context.lineJoin = "round";
  context.stroke();
}
