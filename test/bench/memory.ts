/**
 * What one simulated hour keeps: three replicas, ten writes a second, everything in one thread (a run, and the
 * checkpoints behind it), heap and array buffers after collection, beyond what was there after the first minute.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { seconds } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import type { InlineRun } from "../../src/model/cluster/inline.ts";
import { Replay } from "../../src/model/cluster/replay.ts";
import { Timeline } from "../../src/model/history/timeline.ts";
import { DEFAULT_WORKLOAD, defaultRun, MODEL_VERSION } from "../../src/model/protocol/config.ts";
import { type Figure, repeat } from "./measure.ts";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

function megabytes(): number {
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

/** Megabytes that the hour after the first minute adds, with or without checkpoints. */
function hour(withCheckpoints: boolean): number {
  const config = { ...defaultRun(3), workload: { ...DEFAULT_WORKLOAD, writesPerSecond: 10 } };
  const inputs = { modelVersion: MODEL_VERSION, config, commands: [] };
  const dataset = datasetByName("products");
  const timeline = new Timeline(inputs, dataset);
  const go = (until: number, from?: InlineRun): InlineRun => {
    const way = new Replay(inputs, dataset, seconds(until), from);
    way.run.state.outbox.awaited = false;
    let events = 0;
    way.advance(() => {
      events += 1;
      if (withCheckpoints && events % 64 === 0) timeline.look(way.run);
      return false;
    });
    return way.run;
  };
  const run = go(60);
  const before = megabytes();
  const after = go(3_660, run);
  const added = megabytes() - before;
  if (after.state.now !== seconds(3_660) || timeline.inputs !== inputs) throw new Error("the hour was not computed");
  return added;
}

/** With and without the checkpoints that make going back fast. */
export async function memory(): Promise<readonly Figure[]> {
  const what = "one simulated hour, 3 replicas, 10 writes/s";
  return [
    await repeat({ what, unit: "MB beyond the first minute", target: "<= 20" }, 3, () => hour(false)),
    await repeat({ what: `${what}, checkpoints with it`, unit: "MB", target: "<= 20" }, 3, () => hour(true)),
  ];
}
