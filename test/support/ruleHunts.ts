/**
 * The search for what a safety rule prevents: for each rule a kind of run, with trouble that is random and biased towards
 * the case. The same seeds are run with the rule off and on.
 */
import { type Micros, millis, seconds } from "../../src/base/units.ts";
import { InlineRun } from "../../src/model/cluster/inline.ts";
import { verdictsOf } from "../../src/model/cluster/verdicts.ts";
import type { ClusterConfig, Rules, RunConfig, WorkloadConfig } from "../../src/model/protocol/config.ts";
import type { LatencyModel } from "../../src/model/protocol/latency.ts";
import type { Verdict, VerdictName } from "../../src/model/protocol/verdict.ts";
import { judgedConfig } from "./judgedRuns.ts";
import { type Bias, trouble } from "./randomTrouble.ts";
import { tinyDataset } from "./tinyDataset.ts";

/** How one rule's break is looked for. */
export interface Hunt {
  /** Seeds 1 to this many; with the rule off several of them find it. */
  readonly seeds: number;
  readonly until: Micros;
  /** Three and five in turn unless given. */
  readonly replicas?: number;
  readonly cluster?: Partial<ClusterConfig>;
  readonly workload?: Partial<WorkloadConfig>;
  readonly latency?: LatencyModel;
  /** Rules that are on besides, with the rule and without it. */
  readonly besides?: Partial<Rules>;
  readonly bias: Bias;
}

const brisk: Partial<ClusterConfig> = {
  electionTimeout: { min: millis(100), max: millis(200) },
  heartbeatInterval: millis(30),
};

/** Crashes, short and long, walls with the old leader on the smaller side, links cut one way. */
const general: Hunt = {
  seeds: 40,
  until: seconds(6),
  cluster: brisk,
  workload: { writesPerSecond: 40 },
  bias: {
    gap: [20, 400],
    weights: {
      ...{ crash: 10, restart: 20, bounce: 20, crashLeader: 10, split: 10, splitLeader: 15, heal: 30 },
      ...{ network: 6, cut: 6 },
    },
  },
};

/** One for every rule. */
export const HUNTS: Readonly<Record<keyof Rules, Hunt>> = {
  logUpToDateCheck: general,
  persistLog: general,
  keepVoteForTerm: general,
  rejectStaleTerms: general,
  logConsistencyCheck: general,
  // Voters go down and come up again within milliseconds, while candidates ask.
  persistTermAndVote: {
    ...general,
    cluster: { ...brisk, electionTimeout: { min: millis(100), max: millis(120) } },
    workload: { writesPerSecond: 20 },
    bias: { gap: [5, 120], down: [1, 6], weights: { bounce: 60, crashLeader: 6, splitLeader: 12, heal: 22 } },
  },
  // An old leader's many entries, a later leader that nobody else has heard, and the return of both.
  commitCurrentTermOnly: {
    seeds: 40,
    until: seconds(40),
    replicas: 5,
    cluster: { electionTimeout: { min: millis(400), max: millis(800) }, heartbeatInterval: millis(100) },
    latency: { kind: "uniform", low: millis(40), high: millis(50) },
    workload: { writesPerSecond: 1, maxOpen: 400, clientTimeout: seconds(10) },
    bias: { gap: [300, 1_500], weights: { succession: 1 } },
  },
  // The old leader behind a wall, with some of the clients.
  readConfirmation: {
    seeds: 30,
    until: seconds(8),
    cluster: { readPolicy: "linearizable" },
    workload: { writesPerSecond: 80, readsPerSecond: 80, maxOpen: 64 },
    bias: { gap: [200, 900], weights: { splitLeader: 50, heal: 40, cut: 10 } },
  },
  quorumReadWaits: {
    seeds: 40,
    until: seconds(4),
    cluster: { readPolicy: "quorum" },
    workload: { writesPerSecond: 40, readsPerSecond: 60 },
    bias: { gap: [100, 700], weights: { split: 10, heal: 40, network: 20, cut: 10, bounce: 10 } },
  },
  checksum: {
    seeds: 40,
    until: seconds(6),
    workload: { writesPerSecond: 30 },
    bias: { gap: [100, 500], weights: { corrupt: 30, bounce: 20, crashLeader: 20, restart: 10, heal: 5 } },
  },
  preVote: {
    seeds: 40,
    until: seconds(20),
    besides: { checkQuorum: true },
    workload: { writesPerSecond: 10 },
    bias: { gap: [200, 2_500], weights: { isolate: 30, cut: 20, bounce: 10, heal: 30, deafen: 10 } },
  },
  checkQuorum: {
    seeds: 20,
    until: seconds(40),
    besides: { preVote: true },
    workload: { writesPerSecond: 5 },
    bias: { gap: [400, 6_000], weights: { deafenLeader: 30, deafen: 10, cut: 20, bounce: 10, heal: 30 } },
  },
};

function configOf(hunt: Hunt, rules: Partial<Rules>, seed: number): RunConfig {
  const { replicas = seed % 2 === 0 ? 5 : 3, cluster = {}, workload = {}, latency } = hunt;
  const config = judgedConfig({ seed, replicas, rules: { ...hunt.besides, ...rules }, cluster, workload });
  if (latency === undefined) return config;
  return { ...config, network: { ...config.network, quality: { ...config.network.quality, latency } } };
}

function countOf(verdicts: readonly Verdict[], name: VerdictName): number {
  return verdicts.find((verdict) => verdict.name === name)?.count ?? 0;
}

/** One seed of a hunt, with these rules: how every verdict stands in the end, or once `quarry` has broken. */
export function huntSeed(hunt: Hunt, rules: Partial<Rules>, seed: number, quarry: VerdictName): readonly Verdict[] {
  const run = new InlineRun(configOf(hunt, rules, seed), tinyDataset);
  trouble(run, hunt.bias, hunt.until, () => countOf(verdictsOf(run.state), quarry) > 0);
  return verdictsOf(run.state);
}

/** What a search over all seeds of a hunt has met. */
export interface Catch {
  /** Seeds in which the quarry broke. */
  readonly broken: readonly number[];
  /** What broke although it was promised, with its seed. */
  readonly outOfTurn: readonly string[];
}

/** Looks at every seed, or until the quarry has broken once. */
export function search(
  hunt: Hunt,
  rules: Partial<Rules>,
  quarry: VerdictName,
  first: boolean,
  seeds = hunt.seeds,
): Catch {
  const broken: number[] = [];
  const outOfTurn: string[] = [];
  for (let seed = 1; seed <= seeds && !(first && broken.length > 0); seed += 1) {
    const verdicts = huntSeed(hunt, rules, seed, quarry);
    if (countOf(verdicts, quarry) > 0) broken.push(seed);
    for (const { name, holds, message } of verdicts) if (!holds) outOfTurn.push(`seed ${seed}, ${name}: ${message}`);
  }
  return { broken, outOfTurn };
}
