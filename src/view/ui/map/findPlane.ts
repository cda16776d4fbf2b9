/** The plane of a map, found in a worker that lives as long as the question; where there are none, here and in slices. */
import { type Plane, planeOf } from "../../layout/mapProjection.ts";
import type { PlaneNews, PlaneOrder } from "./planeWorker.ts";

/** Wall milliseconds of one slice, where the page does the work itself. */
const SLICE = 12;
/** Vectors that decide where the axes lie; of more, every n-th is looked at. */
const MOST_VECTORS = 8_000;

/** At most {@link MOST_VECTORS} of `rows`, evenly spread over them, as a copy that can be given away. */
export function thinned(rows: Float32Array, dimension: number): Float32Array {
  const count = rows.length / dimension;
  if (count <= MOST_VECTORS) return rows.slice();
  const step = Math.ceil(count / MOST_VECTORS);
  const kept = new Float32Array(Math.ceil(count / step) * dimension);
  for (let row = 0, to = 0; row < count; row += step, to += dimension) {
    kept.set(rows.subarray(row * dimension, (row + 1) * dimension), to);
  }
  return kept;
}

type OnProgress = (share: number) => void;

async function foundHere({ rows, dimension }: PlaneOrder, onProgress: OnProgress, end: AbortSignal): Promise<Plane> {
  const work = planeOf(rows, dimension);
  let step = work.next();
  let pausedAt = performance.now();
  while (step.done !== true) {
    if (performance.now() - pausedAt > SLICE) {
      onProgress(step.value);
      await new Promise((resolve) => setTimeout(resolve));
      end.throwIfAborted();
      pausedAt = performance.now();
    }
    step = work.next();
  }
  return step.value;
}

function foundInWorker(order: PlaneOrder, onProgress: OnProgress, end: AbortSignal): Promise<Plane> {
  const worker = new Worker(new URL("./planeWorker.ts", import.meta.url), { type: "module", name: "plane" });
  const found = new Promise<Plane>((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<PlaneNews>) => {
      if (data.kind === "progress") onProgress(data.share);
      else resolve(data.plane);
    });
    worker.addEventListener("error", ({ message }) => reject(new Error(message || "The map's worker has stopped.")));
    end.addEventListener("abort", () => reject(end.reason), { once: true });
  });
  worker.postMessage(order, [order.rows.buffer]);
  return found.finally(() => worker.terminate());
}

/** Finds the plane of `rows`, which stay as they are; rejects, and works no more, once `end` is aborted. */
export function findPlane(
  rows: Float32Array,
  dimension: number,
  onProgress: OnProgress,
  end: AbortSignal,
): Promise<Plane> {
  const order = { rows: thinned(rows, dimension), dimension };
  return typeof Worker === "undefined" ? foundHere(order, onProgress, end) : foundInWorker(order, onProgress, end);
}
