/** The plane of a map without pauses: where nobody waits for anything else. */
import { type Plane, planeOf } from "../../src/view/layout/mapProjection.ts";

/** Finds it in one go. */
export function planeAtOnce(rows: Float32Array, dimension: number): Plane {
  const work = planeOf(rows, dimension);
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}
