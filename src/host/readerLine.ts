/** The page's end of reading a file: a worker for each file, ended when it is done, when it breaks or when nobody waits. */
import { type ReadElsewhere, type Reading, unreadable } from "../data/reading.ts";
import type { ReadNews, ReadOrder } from "./reader.ts";

/** A worker as this needs it. */
type ReadWorker = Pick<Worker, "postMessage" | "terminate"> & Pick<EventTarget, "addEventListener">;

function newWorker(): ReadWorker {
  // The bundler finds the script by this expression: it must stand literally here.
  return new Worker(new URL("./workers/readWorker.ts", import.meta.url), { type: "module", name: "reader" });
}

/** What the thread said. */
function newsIn(event: Event): ReadNews | undefined {
  return event instanceof MessageEvent ? event.data : undefined;
}

/** Reads in a worker that `make` makes. */
export function readIn(make: () => ReadWorker): ReadElsewhere {
  return (file, name, choices, onProgress): Reading => {
    const worker = make();
    let settle: (result: Awaited<Reading["result"]>) => void = () => undefined;
    const result = new Promise<Awaited<Reading["result"]>>((resolve) => {
      settle = (found) => {
        worker.terminate();
        resolve(found);
      };
    });
    worker.addEventListener("message", (event) => {
      const news = newsIn(event);
      if (news?.kind === "progress") onProgress(news.share);
      else if (news !== undefined) settle(news.result);
    });
    worker.addEventListener("error", (event) => {
      const said = "message" in event && typeof event.message === "string" ? event.message : "";
      settle(unreadable(name, said || "the browser gave up, perhaps for lack of memory"));
    });
    worker.addEventListener("messageerror", () => settle(unreadable(name, "what was read could not be handed over")));
    const order: ReadOrder = { file, name, choices };
    worker.postMessage(order);
    return { result, cancel: () => settle({ ok: false, problem: { message: "Reading was cancelled." } }) };
  };
}

/** Reads a file in a worker of its own. */
export const readElsewhere: ReadElsewhere = readIn(newWorker);
