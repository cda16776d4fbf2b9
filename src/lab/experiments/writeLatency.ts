/**
 * How long a write takes, by mode and W, in the set-up of a tutorial: the leader stays, a request takes 10 ms, a reply
 * 10 ms and up to 80 more (from far away 75 ms, and 75 and up to 80 more), and one write is under way at a time.
 */
import { replicaId } from "../../base/ids.ts";
import { millis, seconds, toMillis } from "../../base/units.ts";
import { datasetByName } from "../../data/dataset.ts";
import { InlineRun } from "../../model/cluster/inline.ts";
import { Latencies } from "../../model/measure/latencies.ts";
import { together } from "../../model/measure/onlookers.ts";
import {
  DEFAULT_CLUSTER,
  DEFAULT_NETWORK,
  DEFAULT_WORKLOAD,
  type LinkOverride,
  type LinkQuality,
  type ReplicationMode,
  type RunConfig,
} from "../../model/protocol/config.ts";
import { column, type Experiment, meanOf, type Trial } from "./experiment.ts";

type Distance = "near" | "far";

/** A follower's distance decides both directions of its link to the leader. */
export interface LatencySetting {
  readonly followers: readonly Distance[];
  readonly mode: ReplicationMode;
  readonly writeQuorum: number;
  /** Evenly spaced; {@link WRITES_PER_SECOND} unless given. */
  readonly writesPerSecond?: number;
}

/** Writes of one trial. */
const WRITES = 200;
/** Evenly spaced, this many a second: some leave together with a heartbeat, none waits for the one before. */
const WRITES_PER_SECOND = 2;
/** Up to this much after the request, the reply comes back. */
const REPLY_SPREAD = 80;

function distance(kind: Distance): LinkQuality {
  const base = millis(kind === "near" ? 10 : 75);
  const reply = { kind: "uniform", low: base, high: millis(toMillis(base) + REPLY_SPREAD) } as const;
  const request = { kind: "constant", value: base } as const;
  return { ...DEFAULT_NETWORK.quality, latency: request, latencyByClass: { request, reply } };
}

function overridesOf(followers: readonly Distance[]): readonly LinkOverride[] {
  const leader = replicaId(1);
  return followers.flatMap((kind, position) => {
    const follower = replicaId(position + 2);
    const quality = distance(kind);
    return [
      { from: leader, to: follower, quality },
      { from: follower, to: leader, quality },
    ];
  });
}

function configOf(setting: LatencySetting, seed: number): RunConfig {
  const { followers, mode, writeQuorum, writesPerSecond = WRITES_PER_SECOND } = setting;
  return {
    seed,
    cluster: {
      ...DEFAULT_CLUSTER,
      replicaCount: followers.length + 1,
      mode,
      writeQuorum,
      initialLeader: replicaId(1),
      heartbeatInterval: seconds(5),
      electionTimeout: { min: seconds(20), max: seconds(40) },
    },
    network: { ...DEFAULT_NETWORK, overrides: overridesOf(followers) },
    workload: {
      ...DEFAULT_WORKLOAD,
      dataset: "colours",
      clients: 1,
      maxOpen: 1,
      writesPerSecond,
      searchesPerSecond: 0,
    },
  };
}

/** One run of writes; milliseconds at the leader. */
export function writeLatencyTrial(setting: LatencySetting, seed: number): Trial {
  const config = configOf(setting, seed);
  const run = new InlineRun(config, datasetByName("colours"));
  const latencies = new Latencies();
  run.state.observer = together([latencies.onlooker]);
  // The last answer has half a spacing, or more than any reply takes.
  run.runUntil(seconds((WRITES + 0.9) / config.workload.writesPerSecond));
  const { count, mean, p50, p99 } = latencies.report().write;
  return { count, mean: mean ?? 0, p50: p50 ?? 0, p99: p99 ?? 0 };
}

/** Means over the trials; the quantiles of a trial are those of its 200 writes. */
export function writeLatencySummary(trials: readonly Trial[]) {
  return {
    trials: trials.length,
    writes: column(trials, "count").reduce((sum, count) => sum + count, 0),
    mean: meanOf(column(trials, "mean")),
    p50: meanOf(column(trials, "p50")),
    p99: meanOf(column(trials, "p99")),
  };
}

/** What the tutorial's model is about, and what it is not. */
export const LATENCY_SETTINGS: readonly LatencySetting[] = [
  { followers: ["near", "far"], mode: "asynchronous", writeQuorum: 2 },
  { followers: ["near", "far"], mode: "quorum", writeQuorum: 2 },
  { followers: ["near", "far"], mode: "quorum", writeQuorum: 3 },
  { followers: ["near", "far"], mode: "synchronous", writeQuorum: 2 },
  { followers: ["near", "near"], mode: "quorum", writeQuorum: 2 },
  { followers: ["near", "near"], mode: "quorum", writeQuorum: 3 },
];

function labelOf({ followers, mode, writeQuorum }: LatencySetting): string {
  const how = mode === "quorum" ? `quorum, W = ${writeQuorum}` : mode;
  return `${followers.join(" and ")}, ${how}`;
}

export const writeLatency: Experiment = {
  name: "write-latency",
  about: "milliseconds from receiving a write to acknowledging it, at the leader; a trial is 200 writes",
  flags: [],
  trials: 50,
  open: () => ({
    ok: true,
    cases: LATENCY_SETTINGS.map((setting) => ({
      label: labelOf(setting),
      trial: (seed: number) => writeLatencyTrial(setting, seed),
      summarise: writeLatencySummary,
    })),
  }),
};
