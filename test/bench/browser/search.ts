/** What the bench asks of a page: searches in a worker, as the replicas do them. Served by Vite, never built. */
import type { SearchOrder, SearchPace } from "../search/measure.ts";

function measureInWorker(order: SearchOrder): Promise<readonly SearchPace[]> {
  const worker = new Worker(new URL("./searchWorker.ts", import.meta.url), { type: "module" });
  return new Promise<readonly SearchPace[]>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<readonly SearchPace[]>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(order);
  }).finally(() => worker.terminate());
}

declare global {
  interface Window {
    measureInWorker: typeof measureInWorker;
  }
}

window.measureInWorker = measureInWorker;
