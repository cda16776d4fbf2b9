/** From the parts of a scenario to the configuration of a run. The file has been checked. */
import { type Address, clientId, clientIds, isClient, type ReplicaId, replicaIds } from "../../base/ids.ts";
import { type Micros, micros } from "../../base/units.ts";
import {
  type ClusterConfig,
  DEFAULT_CLUSTER,
  DEFAULT_NETWORK,
  DEFAULT_RULES,
  DEFAULT_WORKLOAD,
  type LinkOverride,
  type LinkQuality,
  type NetworkConfig,
  type Region,
  type Rules,
  type RunConfig,
  TUTORIAL_RULES,
  type WorkloadConfig,
} from "../../model/protocol/config.ts";
import type { LatencyModel } from "../../model/protocol/latency.ts";
import { clientCountOf, defaultQuorum, ratesOf, replicaCountOf, replicaNamed } from "./defaults.ts";
import { durationOf } from "./duration.ts";
import { indexOfFile } from "./indexFile.ts";
import { MODES } from "./names.ts";
import type { LatencyFile, LatencyPart, LinkFile, NetworkFile, QualityFile } from "./networkSchema.ts";
import type { ClusterFile, ScenarioFile } from "./schema.ts";
import { datasetOf } from "./wantedData.ts";

/** A replica or client by name. */
export function memberNamed(name: string): Address {
  return name.startsWith("c") ? clientId(Number(name.slice(1))) : replicaNamed(name);
}

/** The replica beside which `member` stands: a client's home, or the replica itself. */
export function homeOf(member: Address, replicas: number): ReplicaId {
  if (!isClient(member)) return member;
  const ids = replicaIds(replicas);
  return ids[(member - clientId(1)) % replicas] ?? replicaNamed("r1");
}

function durationOr(text: string | undefined, otherwise: Micros): Micros {
  return text === undefined ? otherwise : durationOf(text);
}

/** A distribution of the model. */
export function latencyOf(given: LatencyFile | LatencyPart): LatencyModel {
  const { constant, uniform, normal, exponential, pareto, samples, empirical } = given;
  if (constant !== undefined) return { kind: "constant", value: durationOf(constant) };
  if (uniform !== undefined) return { kind: "uniform", low: durationOf(uniform[0]), high: durationOf(uniform[1]) };
  if (normal !== undefined)
    return { kind: "normal", mean: durationOf(normal.mean), deviation: durationOf(normal.deviation) };
  if (exponential !== undefined) {
    const { mean, rate } = exponential;
    // A rate is per millisecond.
    return { kind: "exponential", mean: mean === undefined ? micros(1_000 / (rate ?? 1)) : durationOf(mean) };
  }
  if (pareto !== undefined) return { kind: "pareto", scale: durationOf(pareto.scale), shape: pareto.shape };
  const mixture = "mixture" in given ? given.mixture : undefined;
  if (mixture !== undefined) {
    return { kind: "mixture", parts: mixture.map((part) => ({ weight: part.weight, model: latencyOf(part) })) };
  }
  return { kind: "samples", values: (samples ?? empirical ?? []).map(durationOf) };
}

/** The latencies by class: those given, behind the base's unless there is a latency that takes their place. */
function byClass(base: LinkQuality, { latency, latencyByClass }: QualityFile): LinkQuality["latencyByClass"] {
  const { request, reply } = latencyByClass ?? {};
  const all = {
    ...(latency === undefined ? base.latencyByClass : {}),
    ...(request === undefined ? {} : { request: latencyOf(request) }),
    ...(reply === undefined ? {} : { reply: latencyOf(reply) }),
  };
  return Object.keys(all).length === 0 ? undefined : all;
}

/** `base` with what `given` says otherwise. */
export function qualityOf(base: LinkQuality, given: QualityFile): LinkQuality {
  const latencyByClass = byClass(base, given);
  const bandwidth = given.bandwidth ?? base.bandwidth ?? 0;
  return {
    latency: given.latency === undefined ? base.latency : latencyOf(given.latency),
    ...(latencyByClass === undefined ? {} : { latencyByClass }),
    loss: given.loss ?? base.loss,
    duplication: given.duplication ?? base.duplication,
    reordering: given.reordering ?? base.reordering,
    ...(bandwidth === 0 ? {} : { bandwidth }),
  };
}

function rulesOf(given: NonNullable<ClusterFile["rules"]>): Rules {
  const { preset, ...flags } = given;
  const start = preset === "tutorial" ? TUTORIAL_RULES : DEFAULT_RULES;
  const changed = Object.fromEntries(Object.entries(flags).filter(([, on]) => on !== undefined));
  return { ...start, ...changed };
}

function regionsOf(file: ScenarioFile): readonly Region[] {
  return (file.cluster?.regions ?? []).map(({ name, replicas }) => ({ name, replicas: replicas.map(replicaNamed) }));
}

/** Without an index the configuration has no such field. */
function indexPart({ cluster }: ScenarioFile): Pick<ClusterConfig, "searchIndex"> {
  const searchIndex = indexOfFile(cluster?.searchIndex);
  return searchIndex === undefined ? {} : { searchIndex };
}

function clusterOf(file: ScenarioFile): ClusterConfig {
  const given = file.cluster ?? {};
  const defaults = DEFAULT_CLUSTER;
  const { electionTimeout, heartbeatInterval, mode, leader } = given;
  return {
    replicaCount: replicaCountOf(file),
    mode: mode === undefined ? defaults.mode : MODES[mode],
    writeQuorum: given.writeQuorum ?? defaultQuorum(file),
    readQuorum: given.readQuorum ?? defaultQuorum(file),
    synchronousDegrades: given.degrade ?? defaults.synchronousDegrades,
    electionTimeout:
      electionTimeout === undefined
        ? defaults.electionTimeout
        : { min: durationOf(electionTimeout[0]), max: durationOf(electionTimeout[1]) },
    heartbeatInterval: durationOr(heartbeatInterval, defaults.heartbeatInterval),
    readPolicy: given.readPolicy ?? defaults.readPolicy,
    stalenessBound: durationOr(given.stalenessBound, defaults.stalenessBound),
    processingCost: durationOr(given.processingCost, defaults.processingCost),
    diskSync: durationOr(given.fsyncTime, defaults.diskSync),
    rules: rulesOf(given.rules ?? {}),
    initialLeader: leader === undefined ? undefined : replicaNamed(leader),
    regions: regionsOf(file),
    ...indexPart(file),
  };
}

function linkOverrides(base: LinkQuality, links: readonly LinkFile[]): LinkOverride[] {
  return links.flatMap(({ from, to, both, ...given }) => {
    const [a, b] = [memberNamed(from), memberNamed(to)];
    const quality = qualityOf(base, given);
    const there = { from: a, to: b, quality };
    return both === true ? [there, { from: b, to: a, quality }] : [there];
  });
}

type RoundTrip = NonNullable<NetworkFile["regions"]>[number];

/** Half of the round trip, and up to the jitter more. */
function oneWay({ roundTrip, jitter }: RoundTrip): LatencyModel {
  const low = micros(durationOf(roundTrip) / 2);
  if (jitter === undefined) return { kind: "constant", value: low };
  return { kind: "uniform", low, high: micros(low + durationOf(jitter)) };
}

/** The matrix of round trips as one override per directed link between members of two regions. */
function regionOverrides(file: ScenarioFile, base: LinkQuality): LinkOverride[] {
  const regions = regionsOf(file);
  const replicas = replicaIds(replicaCountOf(file));
  const members: readonly Address[] = [...replicas, ...clientIds(clientCountOf(file))];
  const regionOf = (member: Address) =>
    regions.find((region) => region.replicas.includes(homeOf(member, replicas.length)))?.name;
  const links = members.flatMap((from) => members.filter((to) => to !== from).map((to) => ({ from, to })));
  return (file.network?.regions ?? []).flatMap((roundTrip) => {
    const [one, other] = roundTrip.between;
    const quality: LinkQuality = { ...base, latency: oneWay(roundTrip), latencyByClass: undefined };
    return links
      .filter(({ from, to }) => {
        const [a, b] = [regionOf(from), regionOf(to)];
        return (a === one && b === other) || (a === other && b === one);
      })
      .filter(({ from, to }) => !(isClient(from) && isClient(to)))
      .map(({ from, to }) => ({ from, to, quality }));
  });
}

/** The last that was said of a directed link is what holds. */
function lastOfEach(overrides: readonly LinkOverride[]): readonly LinkOverride[] {
  const byLink = new Map(overrides.map((override) => [`${override.from}>${override.to}`, override]));
  return [...byLink.values()];
}

function networkOf(file: ScenarioFile): NetworkConfig {
  const { links, regions, minimumLatency, ...given } = file.network ?? {};
  const quality = qualityOf(DEFAULT_NETWORK.quality, given);
  return {
    quality,
    overrides: lastOfEach([...regionOverrides(file, quality), ...linkOverrides(quality, links ?? [])]),
    minimumLatency: micros(Math.max(1, durationOr(minimumLatency, DEFAULT_NETWORK.minimumLatency))),
  };
}

function workloadOf(file: ScenarioFile): WorkloadConfig {
  const given = file.workload ?? {};
  const defaults = DEFAULT_WORKLOAD;
  return {
    dataset: datasetOf(file) ?? defaults.dataset,
    clients: clientCountOf(file),
    ...ratesOf(file),
    arrivals: given.arrivals ?? defaults.arrivals,
    maxOpen: given.maxOpen ?? defaults.maxOpen,
    k: given.k ?? defaults.k,
    clientTimeout: durationOr(given.clientTimeout, defaults.clientTimeout),
  };
}

/** The configuration of the run that `file` describes, with another seed if one is given. Its data set has been described. */
export function configOf(file: ScenarioFile, seed: number = file.seed ?? 1): RunConfig {
  return { seed, cluster: clusterOf(file), network: networkOf(file), workload: workloadOf(file) };
}
