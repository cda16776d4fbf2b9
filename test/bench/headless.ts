/** How many virtual seconds a wall second buys, in one thread, history hashed and verdicts on; and what those cost. */
import { majorityOf } from "../../src/base/ids.ts";
import { after, seconds } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { InlineRun } from "../../src/model/cluster/inline.ts";
import { together } from "../../src/model/measure/onlookers.ts";
import { RecallProbe } from "../../src/model/measure/recall.ts";
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

/** A run as the command line drives it, after twenty virtual seconds of warming up. */
function warm(replicaCount: number, judged: boolean): InlineRun {
  const run = new InlineRun(quiet(replicaCount), datasetByName("products"));
  run.state.outbox.awaited = false;
  run.state.judged = judged;
  run.runUntil(seconds(20));
  return run;
}

/** Virtual seconds per wall second. */
function rate(replicaCount: number, virtualSeconds: number): number {
  const run = warm(replicaCount, true);
  const start = performance.now();
  run.runUntil(after(run.state.now, seconds(virtualSeconds)));
  return (virtualSeconds * 1_000) / (performance.now() - start);
}

/** Processor time of a run with something over that of the same without: in turns, so that both meet the same machine. */
function overhead(runs: { readonly with: InlineRun; readonly without: InlineRun }, virtualSeconds: number): number {
  const spent = { with: 0, without: 0 };
  for (let slice = 0; slice < virtualSeconds; slice += 20) {
    for (const name of ["with", "without"] as const) {
      const before = process.cpuUsage();
      runs[name].runUntil(after(runs[name].state.now, seconds(20)));
      const { user, system } = process.cpuUsage(before);
      spent[name] += user + system;
    }
  }
  return spent.with / spent.without;
}

/** The same with the continuous probe, as the report has it. */
function probed(replicaCount: number): InlineRun {
  const run = warm(replicaCount, true);
  run.state.observer = together([new RecallProbe(run.state).onlooker]);
  return run;
}

/** With somebody who looks on at nothing: what is left is what the probe itself costs. */
function lookedOn(replicaCount: number): InlineRun {
  const run = warm(replicaCount, true);
  run.state.observer = together([{}]);
  return run;
}

/** Five, nine and twenty-five replicas with one write a second. */
export async function headless(): Promise<readonly Figure[]> {
  const unit = "virtual s per wall s";
  const of = (count: number, virtualSeconds: number, target: string) =>
    repeat({ what: `headless, ${count} replicas, 1 write/s`, unit, target }, RUNS, () => rate(count, virtualSeconds));
  const verdicts = { what: "verdicts on over off, 5 replicas, 1 write/s", unit: "times the time", target: "<= 1.18" };
  const probe = { what: "continuous probe on over off, 5 replicas, 1 write/s", unit: "times the time", target: "" };
  return [
    await of(5, 4_000, ">= 5,000"),
    await of(9, 2_000, ""),
    await of(25, 400, ">= 200"),
    await repeat(verdicts, RUNS, () => overhead({ with: warm(5, true), without: warm(5, false) }, 4_000)),
    await repeat(probe, RUNS, () => overhead({ with: probed(5), without: lookedOn(5) }, 4_000)),
  ];
}
