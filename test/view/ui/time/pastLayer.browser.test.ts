// In a browser, to the pixel: an axis that keeps the past of its lanes looks as one that paints everything anew.
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { present } from "../../../../src/base/assert.ts";
import { millis, seconds } from "../../../../src/base/units.ts";
import { SCALE_WIDTH } from "../../../../src/view/ui/time/axisPicture.ts";
import { paintAxis } from "../../../../src/view/ui/time/paintAxis.ts";
import { PastLayer } from "../../../../src/view/ui/time/pastLayer.ts";
import { anyStep, longHistory, NO_HISTORY, PLAIN_INK, pictureOf, WIDTH } from "./axisPictures.ts";

/** A square of so many pixels is looked at as a whole: one pixel more or less at the edge of a line is not seen. */
const SQUARE = 8;

/** By so much, of 255, the colours of a square may differ on average. A pixel's line that is missing in it makes ten. */
const UNSEEN = 5;

function contextOf(pixelRatio: number): CanvasRenderingContext2D {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round((WIDTH + SCALE_WIDTH) * pixelRatio);
  canvas.height = Math.round(pictureOf(longHistory([0])).rows.height * pixelRatio);
  return present(canvas.getContext("2d", { willReadFrequently: true }), "context");
}

/** As it is seen on the panel. */
function pixelsOf(context: CanvasRenderingContext2D): Uint8ClampedArray {
  const { width, height } = context.canvas;
  context.globalCompositeOperation = "destination-over";
  context.fillStyle = PLAIN_INK.panel;
  context.fillRect(0, 0, width, height);
  context.globalCompositeOperation = "source-over";
  return context.getImageData(0, 0, width, height).data;
}

/** The square that differs most between two pictures, and by how much on average. */
function worst(one: CanvasRenderingContext2D, other: CanvasRenderingContext2D) {
  const { width } = one.canvas;
  const [a, b] = [pixelsOf(one), pixelsOf(other)];
  const squares = new Map<string, number>();
  for (const [index, value] of a.entries()) {
    const apart = Math.abs(value - (b[index] ?? -1));
    if (apart === 0) continue;
    const pixel = Math.floor(index / 4);
    const name = `${Math.floor((pixel % width) / SQUARE)}, ${Math.floor(pixel / width / SQUARE)}`;
    squares.set(name, (squares.get(name) ?? 0) + apart / (4 * SQUARE * SQUARE));
  }
  return [...squares].reduce((most, [square, by]) => (by > most.by ? { square, by } : most), { square: "none", by: 0 });
}

it("the past of the lanes looks the same whether it is kept or painted anew", () => {
  const steps = fc.array(anyStep, { minLength: 1, maxLength: 25 });
  fc.assert(
    fc.property(steps, fc.constantFrom(1, 1.5, 2), (list, pixelRatio) => {
      const [kept, anew] = [contextOf(pixelRatio), contextOf(pixelRatio)];
      const past = new PastLayer();
      let history = longHistory([0, 0, 40_000, 12_000, Number.NaN, 0, 70_000]);
      for (const step of list) {
        const picture = pictureOf(history, pixelRatio);
        paintAxis(kept, picture, past);
        paintAxis(anew, picture, new PastLayer());
        const found = worst(kept, anew);
        expect(found.by, found.square).toBeLessThan(UNSEEN);
        history = step(history);
      }
    }),
    { numRuns: 40, seed: 2 },
  );
}, 120_000);

it("is not copied while the window grows with the run, and kept once it only moves", () => {
  const context = contextOf(1);
  const copy = vi.spyOn(context, "drawImage");
  const past = new PastLayer();
  const history = { ...longHistory([0, 9_000, 30_000]), view: { ...NO_HISTORY.view, span: seconds(20) } };
  const paintAt = (now: number) => {
    paintAxis(context, pictureOf({ ...history, now: millis(now) }), past);
  };
  for (let now = 6_000; now < 18_000; now += 500) paintAt(now);
  expect(copy).not.toHaveBeenCalled();
  for (let now = 30_000; now < 32_000; now += 500) paintAt(now);
  // The first of them is of another length.
  expect(copy).toHaveBeenCalledTimes(3);
});
