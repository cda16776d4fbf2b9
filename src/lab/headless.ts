/** Runs a scenario without a picture, as fast as it goes, and reports on it. */
import { micros } from "../base/units.ts";
import { datasetByName } from "../data/dataset.ts";
import type { Scenario } from "../data/scenarios/scenario.ts";
import { HostedRun } from "../host/hostedRun.ts";
import { PortHost } from "../host/portHost.ts";
import { InlineRun } from "../model/cluster/inline.ts";
import { replay } from "../model/cluster/replay.ts";
import type { ClusterState } from "../model/cluster/state.ts";
import { Latencies } from "../model/measure/latencies.ts";
import { type Onlooker, together } from "../model/measure/onlookers.ts";
import { ReadQuality } from "../model/measure/readQuality.ts";
import { RecallProbe } from "../model/measure/recall.ts";
import { MODEL_VERSION } from "../model/protocol/config.ts";
import { ChannelSupply } from "./channels.ts";
import { type Report, reportOn } from "./report.ts";

/** A run that has ended, and the report on it. */
export interface Finished {
  readonly state: ClusterState;
  readonly report: Report;
}

/** Before the first instant: not even what happens at virtual 0 has happened, so that nobody who looks on misses it. */
const BEFORE_EVERYTHING = micros(-1);

/** Has `others` and those who measure look on at a run; the answer makes the report once it has ended. */
function measure(scenario: Scenario, state: ClusterState, others: readonly Onlooker[]): () => Finished {
  state.outbox.awaited = false;
  const latencies = new Latencies();
  const readQuality = new ReadQuality(state);
  const recall = new RecallProbe(state);
  state.observer = together([latencies.onlooker, readQuality.onlooker, recall.onlooker, ...others]);
  const start = performance.now();
  return () => {
    const wallSeconds = (performance.now() - start) / 1_000;
    return { state, report: reportOn(state, { title: scenario.title, wallSeconds, latencies, readQuality, recall }) };
  };
}

/** Runs `scenario` in the calling thread; `others` look on. */
export function runScenario(scenario: Scenario, others: readonly Onlooker[] = []): Finished {
  const { config, commands, until } = scenario;
  const run = new InlineRun(config, datasetByName(config.workload.dataset));
  const finish = measure(scenario, run.state, others);
  for (const { at, command } of commands) {
    run.runUntil(at);
    run.command(command);
  }
  run.runUntil(until);
  return finish();
}

/** The same with every replica behind a MessageChannel: what crosses it is copied, as to a worker. */
export async function runScenarioOverChannels(scenario: Scenario, others: readonly Onlooker[] = []): Promise<Finished> {
  const { config, commands, until } = scenario;
  const inputs = { modelVersion: MODEL_VERSION, config, commands };
  const host = new PortHost(new ChannelSupply());
  try {
    const dataset = datasetByName(config.workload.dataset);
    const run = new HostedRun(host, { lookahead: true }, inputs, replay(inputs, dataset, BEFORE_EVERYTHING));
    const finish = measure(scenario, run.state, others);
    await run.handOver();
    await run.advance(until);
    return finish();
  } finally {
    host.close();
  }
}
