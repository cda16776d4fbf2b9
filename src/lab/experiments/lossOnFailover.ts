/**
 * Acknowledged writes that a failover loses, by mode, W and link latency: the site of the leader goes dark at a random
 * moment under steady writes (the machine, and its links with what has not come half way) and comes back two seconds
 * later. A machine that dies alone loses nothing that has left it: what is on the wire arrives.
 */
import { clientIds, replicaId, replicaIds } from "../../base/ids.ts";
import { nextFraction, rngStream } from "../../base/rng.ts";
import { micros, millis, seconds } from "../../base/units.ts";
import { datasetByName } from "../../data/dataset.ts";
import { InlineRun } from "../../model/cluster/inline.ts";
import {
  DEFAULT_CLUSTER,
  DEFAULT_NETWORK,
  DEFAULT_WORKLOAD,
  type ReplicationMode,
  type RunConfig,
} from "../../model/protocol/config.ts";
import { column, type Experiment, meanOf, type Trial } from "./experiment.ts";
import { countFlag } from "./flags.ts";

export interface LossSetting {
  readonly mode: ReplicationMode;
  readonly writeQuorum: number;
  readonly oneWayMillis: number;
  readonly writesPerSecond: number;
}

const CRASH_STREAM = 18;
const leader = replicaId(1);

/** Clients are close by: an answer is out of the building before the entry is half way to the next one. */
const clientLinks = clientIds(DEFAULT_WORKLOAD.clients).flatMap((client) =>
  replicaIds(DEFAULT_CLUSTER.replicaCount).flatMap((replica) => {
    const quality = { ...DEFAULT_NETWORK.quality, latency: { kind: "constant", value: micros(200) } } as const;
    return [
      { from: client, to: replica, quality },
      { from: replica, to: client, quality },
    ];
  }),
);

/** The timeout's range stays ten times the latency and more, so that what is compared is the loss. */
function configOf({ mode, writeQuorum, oneWayMillis, writesPerSecond }: LossSetting, seed: number): RunConfig {
  const latency = { kind: "uniform", low: millis(oneWayMillis), high: millis(1.5 * oneWayMillis) } as const;
  return {
    seed,
    cluster: {
      ...DEFAULT_CLUSTER,
      mode,
      writeQuorum,
      initialLeader: leader,
      heartbeatInterval: millis(100),
      electionTimeout: { min: millis(500), max: millis(1_000) },
    },
    network: { ...DEFAULT_NETWORK, quality: { ...DEFAULT_NETWORK.quality, latency }, overrides: clientLinks },
    workload: { ...DEFAULT_WORKLOAD, dataset: "colours", maxOpen: 1_000, writesPerSecond, searchesPerSecond: 0 },
  };
}

/** One failover. */
export function lossTrial(setting: LossSetting, seed: number): Trial {
  const run = new InlineRun(configOf(setting, seed), datasetByName("colours"));
  run.runUntil(micros(2_000_000 + nextFraction(rngStream(seed, CRASH_STREAM)) * 1_000_000));
  run.command({ kind: "isolate", replicaId: leader });
  run.command({ kind: "crash", replicaId: leader });
  run.runFor(seconds(2));
  run.command({ kind: "heal" });
  run.command({ kind: "restart", replicaId: leader });
  run.runFor(seconds(4));
  const { writesAcknowledged, acknowledgedWritesLost, writesUnknown } = run.state.counters;
  return { acknowledged: writesAcknowledged, lost: acknowledgedWritesLost, unknown: writesUnknown };
}

/** Writes lost in the mean failover, and the share of failovers that lose any. */
export function lossSummary(trials: readonly Trial[]) {
  const lost = column(trials, "lost");
  return {
    trials: trials.length,
    lost: meanOf(lost),
    mostLost: Math.max(0, ...lost),
    failoversWithLoss: meanOf(lost.map((count) => (count > 0 ? 1 : 0))),
    acknowledged: meanOf(column(trials, "acknowledged")),
    unknown: meanOf(column(trials, "unknown")),
  };
}

const MODES = [
  { mode: "asynchronous", writeQuorum: 2 },
  { mode: "quorum", writeQuorum: 1 },
  { mode: "quorum", writeQuorum: 2 },
  { mode: "quorum", writeQuorum: 3 },
  { mode: "synchronous", writeQuorum: 2 },
] as const;

const LATENCIES = [1, 10, 50] as const;

export const lossOnFailover: Experiment = {
  name: "loss-on-failover",
  about: "acknowledged writes lost when the leader's site goes dark",
  flags: ["writes-per-second"],
  trials: 100,
  open: (flags) => {
    const writesPerSecond = countFlag(flags, "writes-per-second", 1, 1_000, 100);
    const settings = MODES.flatMap((how) =>
      LATENCIES.map((oneWayMillis) => ({ ...how, oneWayMillis, writesPerSecond })),
    );
    const cases = settings.map((setting) => {
      const how = setting.mode === "quorum" ? `quorum, W = ${setting.writeQuorum}` : setting.mode;
      return {
        label: `${how}, ${setting.oneWayMillis} ms one way`,
        trial: (seed: number) => lossTrial(setting, seed),
        summarise: lossSummary,
      };
    });
    return { ok: true, cases };
  },
};
