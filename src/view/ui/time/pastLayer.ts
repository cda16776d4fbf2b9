/**
 * What is painted of the lanes' past, kept as a picture of its own: while time runs it is moved, and only its end is
 * painted. Where it cannot be kept, as while the window grows with the run, it is painted as a whole, and not copied.
 */
import type { AxisPicture } from "./axisPicture.ts";
import { type PaintedPast, pastRefresh } from "./pastRefresh.ts";
import type { StandingLane } from "./standingLane.ts";

export class PastLayer {
  readonly #canvas = document.createElement("canvas");
  #before: PaintedPast | undefined;
  #isKept = false;

  /** Paints the past of `picture` onto `target`, by way of the layer where the next picture may be made from it. */
  paint(target: CanvasRenderingContext2D, picture: AxisPicture, lanes: readonly StandingLane[]): void {
    if (lanes.length === 0) return;
    const own = this.#sizedAs(target.canvas);
    const next = { picture, lanes };
    const refresh = this.#before && pastRefresh(this.#before, next);
    const isKept = this.#isKept;
    this.#before = next;
    this.#isKept = own !== null && refresh !== undefined;
    if (own === null || refresh === undefined) {
      for (const lane of lanes) lane.paintPast(target, 0);
      return;
    }
    if (isKept && refresh.by > 0) move(own, refresh.by);
    paintFrom(own, next, isKept ? refresh.from : 0);
    target.save();
    target.setTransform(1, 0, 0, 1, 0, 0);
    target.drawImage(this.#canvas, 0, 0);
    target.restore();
  }

  #sizedAs({ width, height }: { readonly width: number; readonly height: number }): CanvasRenderingContext2D | null {
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
      this.#isKept = false;
    }
    return this.#canvas.getContext("2d");
  }
}

/** Moves the whole picture to the left; what comes in on the right is empty. */
function move(context: CanvasRenderingContext2D, by: number): void {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalCompositeOperation = "copy";
  context.drawImage(context.canvas, -by, 0);
  context.restore();
}

/** Paints everything anew that stands at `from` or to the right of it. */
function paintFrom(context: CanvasRenderingContext2D, { picture, lanes }: PaintedPast, from: number): void {
  const { pixelRatio, width, rows } = picture;
  // On a whole pixel of the device, so that nothing is painted twice at the edge.
  const left = Math.floor(from * pixelRatio) / pixelRatio;
  if (left >= width) return;
  context.save();
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.beginPath();
  context.rect(left, 0, width + 1 - left, rows.height);
  context.clip();
  context.clearRect(left, 0, width + 1 - left, rows.height);
  for (const lane of lanes) lane.paintPast(context, left);
  context.restore();
}
