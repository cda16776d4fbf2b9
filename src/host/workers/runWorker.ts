/**
 * The script of every worker that computes runs. One for all, so that what the event loop, the replicas and the
 * comparison have in common is loaded once; which part a worker is, the page's first message says. A replica's part is
 * in all of them, the others come when they are asked for.
 */
import type { CompareStart } from "../compare.ts";
import type { LoopOrder } from "../loop.ts";
import { serveReplica } from "../portHost.ts";

/** The page's first message. Ports in it are transferred. */
export type WorkerOrder =
  | { readonly part: "replica"; readonly port: MessagePort }
  | { readonly part: "loop"; readonly order: LoopOrder }
  | { readonly part: "comparison"; readonly start: CompareStart };

async function serve(order: WorkerOrder): Promise<void> {
  switch (order.part) {
    case "replica":
      serveReplica(order.port);
      break;
    case "loop":
      (await import("../loop.ts")).bootLoop(order.order);
      break;
    case "comparison":
      (await import("../compare.ts")).bootComparison(order.start);
  }
}

// The page hears of a part that cannot be loaded as of every other error of a worker.
addEventListener("message", ({ data }: MessageEvent<WorkerOrder>) => void serve(data).catch(reportError), {
  once: true,
});
