/** How many virtual seconds a wall second buys, in one thread, history hashed. */
import { majorityOf } from "../../src/base/ids.ts";
import { after, seconds } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { InlineRun } from "../../src/model/cluster/inline.ts";
import { DEFAULT_CLUSTER, DEFAULT_WORKLOAD, defaultRun, type RunConfig } from "../../src/model/protocol/config.ts";
import { type Figure, repeat } from "./measure.ts";

const RUNS = 5;

function quiet(replicaCount: number): RunConfig {
  const quorum = majorityOf(replicaCount);
  return {
    ...defaultRun(3),
    cluster: { ...DEFAULT_CLUSTER, replicaCount, writeQuorum: quorum, readQuorum: quorum },
    workload: { ...DEFAULT_WORKLOAD, writesPerSecond: 1, searchesPerSecond: 0 },
  };
}

/** Virtual seconds per wall second, after twenty virtual seconds of warming up. */
function rate(replicaCount: number, virtualSeconds: number): number {
  const run = new InlineRun(quiet(replicaCount), datasetByName("products"));
  run.runUntil(seconds(20));
  const start = performance.now();
  run.runUntil(after(seconds(20), seconds(virtualSeconds)));
  return (virtualSeconds * 1_000) / (performance.now() - start);
}

/** Five, nine and twenty-five replicas with one write a second. */
export async function headless(): Promise<readonly Figure[]> {
  const unit = "virtual s per wall s";
  const of = (count: number, virtualSeconds: number, target: string) =>
    repeat({ what: `headless, ${count} replicas, 1 write/s`, unit, target }, RUNS, () => rate(count, virtualSeconds));
  return [await of(5, 4_000, ">= 5,000"), await of(9, 2_000, ""), await of(25, 400, ">= 200")];
}
