/** From the configuration of a run to the parts of a scenario file: the inverse of `configOf.ts`. Defaults are left out. */
import { majorityOf, nameOf } from "../../base/ids.ts";
import {
  type ClusterConfig,
  DEFAULT_CLUSTER,
  DEFAULT_NETWORK,
  DEFAULT_RULES,
  DEFAULT_WORKLOAD,
  type LinkQuality,
  type NetworkConfig,
  type ReplicationMode,
  type Rules,
  type WorkloadConfig,
} from "../../model/protocol/config.ts";
import type { LatencyModel } from "../../model/protocol/latency.ts";
import { durationText } from "./duration.ts";
import { indexFile } from "./indexFile.ts";
import { type MODES, RULE_NAMES } from "./names.ts";
import type { LatencyFile, LatencyPart, NetworkFile, QualityFile } from "./networkSchema.ts";
import type { ClusterFile, WorkloadFile } from "./schema.ts";

type ModeName = keyof typeof MODES;

const modeNames: Readonly<Record<ReplicationMode, ModeName>> = {
  asynchronous: "async",
  quorum: "quorum",
  synchronous: "sync",
};

/** How a scenario calls a mode. */
export function modeName(mode: ReplicationMode): ModeName {
  return modeNames[mode];
}

/** A distribution in one of the forms that a part of a mixture may have; undefined for a mixture. */
function plainForm(model: LatencyModel): Omit<LatencyPart, "weight"> | undefined {
  switch (model.kind) {
    case "constant":
      return { constant: durationText(model.value) };
    case "uniform":
      return { uniform: [durationText(model.low), durationText(model.high)] };
    case "normal":
      return { normal: { mean: durationText(model.mean), deviation: durationText(model.deviation) } };
    case "exponential":
      return { exponential: { mean: durationText(model.mean) } };
    case "pareto":
      return { pareto: { scale: durationText(model.scale), shape: model.shape } };
    case "samples":
      return { samples: model.values.map(durationText) };
    case "mixture":
      return undefined;
  }
}

type MixturePart = Extract<LatencyModel, { kind: "mixture" }>["parts"][number];

/** The parts of a mixture; of one inside a mixture with the weights that they have in the whole. */
function partsOf(parts: readonly MixturePart[], share = 1): LatencyPart[] {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  return parts.flatMap(({ weight, model }) => {
    if (model.kind === "mixture") return partsOf(model.parts, (share * weight) / total);
    return [{ weight: share === 1 ? weight : (share * weight) / total, ...plainForm(model) }];
  });
}

/** A latency as a scenario has it. */
export function latencyFile(model: LatencyModel): LatencyFile {
  return model.kind === "mixture" ? { mixture: partsOf(model.parts) } : (plainForm(model) ?? {});
}

/** A quality as a scenario has it, whole: nothing of the network's shows through. */
export function qualityFile(quality: LinkQuality): QualityFile {
  const { latency, latencyByClass, loss, duplication, reordering, bandwidth } = quality;
  const { request, reply } = latencyByClass ?? {};
  const byClass = {
    ...(request === undefined ? {} : { request: latencyFile(request) }),
    ...(reply === undefined ? {} : { reply: latencyFile(reply) }),
  };
  return {
    latency: latencyFile(latency),
    ...(Object.keys(byClass).length === 0 ? {} : { latencyByClass: byClass }),
    loss,
    duplication,
    reordering,
    bandwidth: bandwidth ?? 0,
  };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The fields of `whole` that differ from those of `usual`. */
function differing<Whole extends object>(whole: Whole, usual: Partial<Whole>): Partial<Whole> {
  const part: Partial<Whole> = {};
  for (const key in whole) if (!same(whole[key], usual[key])) part[key] = whole[key];
  return part;
}

function rulesFile(rules: Rules): Pick<ClusterFile, "rules"> {
  const changed = RULE_NAMES.filter((name) => rules[name] !== DEFAULT_RULES[name]);
  return changed.length === 0 ? {} : { rules: Object.fromEntries(changed.map((name) => [name, rules[name]])) };
}

function wholeCluster(cluster: ClusterConfig): ClusterFile {
  const { electionTimeout, initialLeader, regions, searchIndex } = cluster;
  return {
    replicas: cluster.replicaCount,
    mode: modeName(cluster.mode),
    writeQuorum: cluster.writeQuorum,
    readQuorum: cluster.readQuorum,
    degrade: cluster.synchronousDegrades,
    electionTimeout: [durationText(electionTimeout.min), durationText(electionTimeout.max)],
    heartbeatInterval: durationText(cluster.heartbeatInterval),
    readPolicy: cluster.readPolicy,
    stalenessBound: durationText(cluster.stalenessBound),
    processingCost: durationText(cluster.processingCost),
    fsyncTime: durationText(cluster.diskSync),
    ...rulesFile(cluster.rules),
    ...(searchIndex === undefined ? {} : { searchIndex: indexFile(searchIndex) }),
    ...(initialLeader === undefined ? {} : { leader: nameOf(initialLeader) }),
    ...(regions.length === 0
      ? {}
      : { regions: regions.map(({ name, replicas }) => ({ name, replicas: replicas.map(nameOf) })) }),
  };
}

/** The `cluster` of a scenario, without what it means anyway. */
export function clusterFile(cluster: ClusterConfig): ClusterFile {
  const majority = majorityOf(cluster.replicaCount);
  const usual = wholeCluster({ ...DEFAULT_CLUSTER, writeQuorum: majority, readQuorum: majority });
  return differing(wholeCluster(cluster), usual);
}

/** The `network` of a scenario; a region's round trips stand in it link by link. */
export function networkFile({ quality, overrides, minimumLatency }: NetworkConfig): NetworkFile {
  const links = overrides.map(({ from, to, quality: own }) => ({
    from: nameOf(from),
    to: nameOf(to),
    ...qualityFile(own),
  }));
  const changed = differing(qualityFile(quality), qualityFile(DEFAULT_NETWORK.quality));
  // A latency of its own takes the place of those by class, so that one never stands without the other.
  const latency = changed.latencyByClass === undefined ? {} : { latency: latencyFile(quality.latency) };
  return {
    ...changed,
    ...latency,
    ...(minimumLatency === DEFAULT_NETWORK.minimumLatency ? {} : { minimumLatency: durationText(minimumLatency) }),
    ...(links.length === 0 ? {} : { links }),
  };
}

function wholeWorkload({ clientTimeout, ...workload }: WorkloadConfig): WorkloadFile {
  return { ...workload, clientTimeout: durationText(clientTimeout) };
}

/** The `workload` of a scenario; undefined when it is that of the first minute. */
export function workloadFile(workload: WorkloadConfig): WorkloadFile | undefined {
  const changed = differing(wholeWorkload(workload), wholeWorkload(DEFAULT_WORKLOAD));
  if (Object.keys(changed).length === 0) return undefined;
  // With a workload, what it does not name is not asked for.
  const { writesPerSecond, readsPerSecond, searchesPerSecond } = workload;
  return { ...changed, writesPerSecond, readsPerSecond, searchesPerSecond };
}
