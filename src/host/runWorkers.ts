/** Makes workers that compute runs: the bundler finds their script by the one expression here. */
import type { WorkerOrder } from "./workers/runWorker.ts";

/** A new worker at once, under `name` in the browser's developer tools; its script may still be loading. */
export function runWorker(name: string, order: WorkerOrder, handedOver: Transferable[]): Worker {
  const worker = new Worker(new URL("./workers/runWorker.ts", import.meta.url), { type: "module", name });
  worker.postMessage(order, handedOver);
  return worker;
}
