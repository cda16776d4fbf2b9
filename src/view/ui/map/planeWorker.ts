/** A worker that finds the plane of a map: one order, reports of progress, one answer. */
import { type Plane, planeOf } from "../../layout/mapProjection.ts";

/** What is asked for. */
export interface PlaneOrder {
  readonly rows: Float32Array;
  readonly dimension: number;
}

/** What comes back: a share from 0 to 1 while it works, and the plane. */
export type PlaneNews =
  | { readonly kind: "progress"; readonly share: number }
  | { readonly kind: "plane"; readonly plane: Plane };

function tell(news: PlaneNews): void {
  postMessage(news);
}

addEventListener(
  "message",
  ({ data: { rows, dimension } }: MessageEvent<PlaneOrder>) => {
    const work = planeOf(rows, dimension);
    let step = work.next();
    while (step.done !== true) {
      tell({ kind: "progress", share: step.value });
      step = work.next();
    }
    tell({ kind: "plane", plane: step.value });
  },
  { once: true },
);
