/**
 * How long a cluster is without a leader (Raft paper section 9.3, figure 16; thesis chapter 9): the leader crashes at a
 * uniformly random moment of its heartbeat interval. Measured to the majority vote, and to the moment at which the last
 * live follower has heard the new leader.
 */
import { present } from "../../base/assert.ts";
import { clientId, majorityOf, type ReplicaId, replicaId, replicaIds } from "../../base/ids.ts";
import { nextFraction, rngStream } from "../../base/rng.ts";
import { after, between, type Micros, micros, millis, seconds, toMillis, ZERO } from "../../base/units.ts";
import { datasetByName } from "../../data/dataset.ts";
import { InlineRun } from "../../model/cluster/inline.ts";
import { leadingMember } from "../../model/cluster/metrics.ts";
import { together } from "../../model/measure/onlookers.ts";
import { quantilesOf } from "../../model/measure/quantiles.ts";
import { DEFAULT_CLUSTER, DEFAULT_NETWORK, DEFAULT_WORKLOAD, type RunConfig } from "../../model/protocol/config.ts";
import type { ClusterEvent } from "../../model/protocol/events.ts";
import { column, type Experiment, meanOf, type Trial } from "./experiment.ts";
import { countFlag, durationFlag, half, latencyBetween, rangeFlag, wordFlag } from "./flags.ts";

export interface DowntimeSetting {
  readonly electionTimeout: readonly [Micros, Micros];
  readonly oneWay: readonly [Micros, Micros];
  readonly replicas: number;
  /** Replicas that are up after the crash. */
  readonly alive: number;
  /** `differ`: half of the survivors lack the last entry, so that they cannot win. */
  readonly logs: "equal" | "differ";
  /** Between granting a vote and saying so. */
  readonly disk: Micros;
}

/** Figure 16 with 150-300 ms. */
export const FIGURE_16: DowntimeSetting = {
  electionTimeout: [millis(150), millis(300)],
  oneWay: [millis(1), millis(1)],
  replicas: 5,
  alive: 4,
  logs: "differ",
  disk: millis(13),
};

/** The stream that the moment of the crash is drawn from; the model's own streams end at five. */
const CRASH_STREAM = 17;
/** An election that takes longer than this has not ended. */
const PATIENCE = seconds(600);

const leader = replicaId(1);

function configOf(setting: DowntimeSetting, seed: number): RunConfig {
  const { electionTimeout, oneWay, replicas, disk } = setting;
  const [min, max] = electionTimeout;
  const quorum = majorityOf(replicas);
  return {
    seed,
    cluster: {
      ...DEFAULT_CLUSTER,
      replicaCount: replicas,
      writeQuorum: quorum,
      readQuorum: quorum,
      initialLeader: leader,
      electionTimeout: { min, max },
      heartbeatInterval: half(min),
      diskSync: disk,
    },
    network: { ...DEFAULT_NETWORK, quality: { ...DEFAULT_NETWORK.quality, latency: latencyBetween(oneWay) } },
    workload: { ...DEFAULT_WORKLOAD, dataset: "colours", clients: 1, writesPerSecond: 0, searchesPerSecond: 0 },
  };
}

/** Survivors that will lack the last entry. */
function behind({ replicas, alive, logs }: DowntimeSetting): readonly ReplicaId[] {
  if (logs === "equal") return [];
  const survivors = replicaIds(replicas)
    .filter((id) => id !== leader)
    .slice(0, alive);
  return survivors.slice(Math.ceil(alive / 2));
}

/** Lets the run come to rest, with logs as wanted and those down that are to be down. */
function prepare(run: InlineRun, setting: DowntimeSetting): void {
  const others = replicaIds(setting.replicas).filter((id) => id !== leader);
  for (const id of others.slice(setting.alive)) run.command({ kind: "crash", replicaId: id });
  const [, max] = setting.electionTimeout;
  run.runFor(max);
  const late = behind(setting);
  if (late.length === 0) return;
  for (const id of late) run.command({ kind: "refuseWrites", replicaId: id });
  const item = present(datasetByName("colours").items[0], "an item");
  const draft = present(item.drafts[0], "a draft");
  const { embedding: values, payload } = draft;
  run.command({ kind: "write", client: clientId(1), draft: { kind: "put", id: item.id, values, payload } });
}

/** Follows the elections after the crash. */
class Elections {
  readonly #crashed: ReplicaId;
  readonly #followers: number;
  readonly #candidates = new Map<number, number>();
  readonly #heard = new Set<ReplicaId>();
  #term = 0;
  wonAt: Micros | undefined;
  heardAt: Micros | undefined;

  constructor(crashed: ReplicaId, alive: number) {
    this.#crashed = crashed;
    this.#followers = alive - 1;
  }

  fact(event: ClusterEvent): void {
    if (event.source !== "replica" || event.replicaId === this.#crashed || this.heardAt !== undefined) return;
    const { fact, at, replicaId: id } = event;
    if (fact.kind === "electionStarted") {
      this.#candidates.set(fact.term, (this.#candidates.get(fact.term) ?? 0) + 1);
    } else if (fact.kind === "becameLeader") {
      this.#term = fact.term;
      this.wonAt = at;
      this.#heard.clear();
    } else if (fact.kind === "leaderHeard" && fact.term === this.#term) this.#heard.add(id);
    if (this.wonAt !== undefined && this.#heard.size >= this.#followers) this.heardAt = at;
  }

  /** Whether the first election had several candidates and no winner. */
  firstSplit(): boolean {
    const [first] = this.#candidates;
    return first !== undefined && first[0] < this.#term && first[1] > 1;
  }
}

/** One crash; times in milliseconds since it. */
export function downtimeTrial(setting: DowntimeSetting, seed: number): Trial {
  const config = configOf(setting, seed);
  const run = new InlineRun(config, datasetByName("colours"));
  prepare(run, setting);
  const { heartbeatInterval } = config.cluster;
  const [, max] = setting.electionTimeout;
  const wait = micros(2 * max + nextFraction(rngStream(seed, CRASH_STREAM)) * heartbeatInterval);
  run.runUntil(after(run.state.now, wait));
  const crashed = leadingMember(run.state)?.id ?? leader;
  const crashAt = run.state.now;
  const elections = new Elections(crashed, setting.alive);
  run.state.observer = together([{ fact: (event) => elections.fact(event) }]);
  run.command({ kind: "crash", replicaId: crashed });
  while (elections.heardAt === undefined && between(crashAt, run.state.now) < PATIENCE) run.step();
  return {
    heard: toMillis(between(crashAt, elections.heardAt ?? after(crashAt, PATIENCE))),
    voted: toMillis(between(crashAt, elections.wonAt ?? after(crashAt, PATIENCE))),
    split: elections.firstSplit() ? 1 : 0,
  };
}

/** `{trials, mean, p50, ..., splitVoteRate, toMajorityVote: {...}}`, in milliseconds. */
export function downtimeSummary(trials: readonly Trial[]) {
  const { count, ...heard } = quantilesOf(column(trials, "heard"));
  const { count: _, ...voted } = quantilesOf(column(trials, "voted"));
  return { trials: count, ...heard, splitVoteRate: meanOf(column(trials, "split")), toMajorityVote: voted };
}

export const electionDowntime: Experiment = {
  name: "election-downtime",
  about: "milliseconds from the leader's crash to the last live follower hearing the new leader",
  flags: ["election-timeout", "one-way", "replicas", "alive", "logs", "disk"],
  trials: 1_000,
  open: (flags) => {
    const replicas = countFlag(flags, "replicas", 3, 50, 5);
    const setting: DowntimeSetting = {
      electionTimeout: rangeFlag(flags, "election-timeout", FIGURE_16.electionTimeout),
      oneWay: rangeFlag(flags, "one-way", FIGURE_16.oneWay),
      replicas,
      alive: countFlag(flags, "alive", majorityOf(replicas), replicas - 1, replicas - 1),
      logs: wordFlag(flags, "logs", ["equal", "differ"], "equal"),
      disk: durationFlag(flags, "disk", ZERO),
    };
    const [min, max] = setting.electionTimeout.map(toMillis);
    const one = {
      label: `${min}-${max} ms`,
      trial: (seed: number) => downtimeTrial(setting, seed),
      summarise: downtimeSummary,
    };
    return { ok: true, cases: [one] };
  },
};
