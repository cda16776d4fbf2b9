/** The page's end of a comparison: makes the thread, asks it, ends it. The open run and its workers know nothing of it. */
import { type LoadedTable, tableOf } from "../data/loaded.ts";
import type { ComparisonOrder, RunComparison } from "../model/protocol/comparison.ts";
import { isLoaded } from "../model/protocol/dataset.ts";
import type { CompareApi, CompareStart } from "./compare.ts";
import { Line } from "./line.ts";
import { runWorker } from "./runWorkers.ts";

/** The loaded vectors that the runs are of, each once, to be handed over. */
function tablesFor(order: ComparisonOrder): readonly LoadedTable[] {
  const runs = order.kind === "runs" ? order.runs.map(({ inputs }) => inputs) : [order.inputs];
  const loaded = runs.map(({ config }) => config.workload.dataset).filter(isLoaded);
  const byDigest = new Map(loaded.map((data) => [data.digest, data]));
  return [...byDigest.values()].map(tableOf);
}

/** Begins to compare what `order` asks for, in a worker of its own. */
export function openComparison(order: ComparisonOrder): RunComparison {
  const tables = tablesFor(order);
  const { port1: near, port2: service } = new MessageChannel();
  const start: CompareStart = { service, order, tables };
  const handedOver = [service, ...tables.map(({ vectors }) => vectors.buffer)];
  const worker = runWorker("compare", { part: "comparison", start }, handedOver);
  const line = new Line<CompareApi>("the comparison", near, () => {
    worker.terminate();
    near.close();
  });
  worker.addEventListener("error", ({ message }) => line.end("broken", message || "its script could not be run"));
  worker.addEventListener("messageerror", () => line.end("broken", "a message could not be read"));
  return {
    advance: () => line.call((thread) => thread.advance()),
    pictures: (at, motion) => line.call((thread) => thread.pictures(at, motion)),
    close: () => line.end("closed", "the comparison was closed"),
  };
}
