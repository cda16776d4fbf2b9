/** Runs a scenario without a picture, as fast as it goes, and reports on it. */
import { datasetByName } from "../data/dataset.ts";
import type { Scenario } from "../data/scenarios/scenario.ts";
import { InlineRun } from "../model/cluster/inline.ts";
import { Latencies } from "./latencies.ts";
import { type Onlooker, together } from "./onlookers.ts";
import { ReadQuality } from "./readQuality.ts";
import { type Report, reportOn } from "./report.ts";

/** A run that has ended, and the report on it. */
export interface Finished {
  readonly run: InlineRun;
  readonly report: Report;
}

/** Runs `scenario` in the calling thread; `others` look on. */
export function runScenario(scenario: Scenario, others: readonly Onlooker[] = []): Finished {
  const { config, commands, until } = scenario;
  const run = new InlineRun(config, datasetByName(config.workload.dataset));
  const latencies = new Latencies();
  const readQuality = new ReadQuality(run.state);
  run.state.observer = together([latencies.onlooker, readQuality.onlooker, ...others]);
  const start = performance.now();
  for (const { at, command } of commands) {
    run.runUntil(at);
    run.command(command);
  }
  run.runUntil(until);
  const wallSeconds = (performance.now() - start) / 1_000;
  const report = reportOn(run.state, { title: scenario.title, wallSeconds, latencies, readQuality });
  return { run, report };
}
