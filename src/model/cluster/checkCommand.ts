/** Whether a command can be taken. What is wrong is said beside the field that is wrong; the run goes on untouched. */
import { type Address, isClient, nameOf, type ReplicaId, slotOf } from "../../base/ids.ts";
import { type Micros, micros, millis, seconds, toSeconds, ZERO } from "../../base/units.ts";
import { linkKey, membersOf } from "../network/network.ts";
import type { Command, CommandProblem, WriteDraft } from "../protocol/commands.ts";
import { INDEX_LIMITS, type LinkQuality } from "../protocol/config.ts";
import { type LatencyModel, longestLatency, shortestLatency } from "../protocol/latency.ts";
import type { RequestId } from "../protocol/log.ts";
import { vectorProblem } from "../vector/embedding.ts";
import type { ClusterState } from "./state.ts";

/** No latency, timeout or bound may be longer: ten virtual minutes. */
const LONGEST = seconds(600);
/** Game days may be rare: one fault in a virtual day. */
const LONGEST_SPAN = seconds(86_400);
/** More operations a second than this and the clients' slots, not the cluster, are what is shown. */
const HIGHEST_RATE = 1_000;
const ID_LENGTH = 64;
/** A replica that is slower than this might as well be paused. */
const SLOWEST = 1_000;

type Problem = CommandProblem | undefined;

function problem(field: string, message: string): CommandProblem {
  return { field, message };
}

function memberProblem(state: ClusterState, field: string, address: Address): Problem {
  const { cluster, workload } = state.config;
  if (membersOf(cluster.replicaCount, workload.clients).includes(address)) return undefined;
  return problem(field, `There is no ${nameOf(address)} in this cluster.`);
}

function replicaProblem(state: ClusterState, id: ReplicaId, wanted: "up" | "down"): Problem {
  const member = state.members[slotOf(id)];
  if (member === undefined) return problem("replicaId", `There is no ${nameOf(id)} in this cluster.`);
  if (wanted === "up" && !member.alive) return problem("replicaId", `${nameOf(id)} is down already.`);
  if (wanted === "down" && member.alive) return problem("replicaId", `${nameOf(id)} is running already.`);
  return undefined;
}

function pauseProblem(state: ClusterState, id: ReplicaId, paused: boolean): Problem {
  const wrong = replicaProblem(state, id, "up");
  if (wrong !== undefined || state.members[slotOf(id)]?.conditions.paused === paused) return wrong;
  return problem("replicaId", paused ? `${nameOf(id)} is not paused.` : `${nameOf(id)} is paused already.`);
}

function recordProblem(state: ClusterState, id: ReplicaId): Problem {
  const entries = state.members[slotOf(id)]?.disk.entries ?? [];
  if (entries.some((entry) => entry.operation.kind === "put")) return undefined;
  return problem("replicaId", `The log of ${nameOf(id)} holds no record with an embedding to damage.`);
}

function flightProblem(state: ClusterState, command: Extract<Command, { kind: "message" }>): Problem {
  const { flight, action } = command;
  if (!state.queue.unordered().some((queued) => queued.flight?.id === flight)) {
    return problem("flight", "That message is not under way any more.");
  }
  return action.kind === "delay" ? durationProblem("by", "The delay", action.by, micros(1)) : undefined;
}

function linkProblem(state: ClusterState, from: Address, to: Address): Problem {
  if (state.network.links.has(linkKey(from, to))) return undefined;
  return (
    memberProblem(state, "from", from) ??
    memberProblem(state, "to", to) ??
    problem("to", `${nameOf(from)} and ${nameOf(to)} have no link.`)
  );
}

function partitionProblem(state: ClusterState, groups: readonly (readonly Address[])[]): Problem {
  const seen = new Set<Address>();
  for (const member of groups.flat()) {
    if (seen.has(member)) return problem("groups", `${nameOf(member)} is in two groups.`);
    seen.add(member);
    const unknown = memberProblem(state, "groups", member);
    if (unknown !== undefined) return unknown;
  }
  return groups.length === 0 ? problem("groups", "A partition needs at least one group.") : undefined;
}

function numberProblem(field: string, value: number, low: number, high: number, unit: string): Problem {
  if (Number.isFinite(value) && value >= low && value <= high) return undefined;
  return problem(field, `${field} must be from ${low} to ${high}${unit}, not ${value}.`);
}

function durationProblem(field: string, label: string, value: Micros, low: Micros, high = LONGEST): Problem {
  if (Number.isInteger(value) && value >= low && value <= high) return undefined;
  if (value < 0) return problem(field, `${label} cannot be below zero.`);
  return problem(field, `${label} must be from ${toSeconds(low) * 1_000} ms to ${toSeconds(high)} s.`);
}

function boundsOf(model: LatencyModel): readonly [low: Micros, high: Micros] {
  return [shortestLatency(model), longestLatency(model)];
}

function shapeProblem(model: LatencyModel): Problem {
  switch (model.kind) {
    case "constant":
      return undefined;
    case "uniform":
      return model.high < model.low ? problem("jitter", "Jitter cannot be below zero.") : undefined;
    case "normal":
      return durationProblem("latency", "The deviation", model.deviation, ZERO);
    case "exponential":
      return durationProblem("latency", "The mean", model.mean, ZERO);
    case "pareto":
      return model.shape > 0 ? undefined : problem("latency", "The shape of a Pareto distribution must be above zero.");
    case "samples":
      return model.values.length > 0 ? undefined : problem("latency", "Measured latencies need at least one value.");
    case "mixture":
      return mixtureProblem(model.parts);
  }
}

function mixtureProblem(parts: Extract<LatencyModel, { kind: "mixture" }>["parts"]): Problem {
  if (parts.length === 0) return problem("latency", "A mixture needs at least one part.");
  if (parts.some((part) => !(part.weight > 0))) return problem("latency", "Every weight must be above zero.");
  for (const part of parts) {
    const wrong = latencyProblem(part.model);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function latencyProblem(model: LatencyModel): Problem {
  const wrong = shapeProblem(model);
  if (wrong !== undefined) return wrong;
  const [low, high] = boundsOf(model);
  return (
    durationProblem("latency", "Latency", low, ZERO) ?? durationProblem("jitter", "Latency with jitter", high, ZERO)
  );
}

function shareProblem(field: string, label: string, value: number): Problem {
  if (value >= 0 && value <= 1) return undefined;
  return problem(field, `${label} must be from 0 to 100 %.`);
}

function classesProblem(quality: LinkQuality): Problem {
  for (const model of Object.values(quality.latencyByClass ?? {})) {
    const wrong = latencyProblem(model);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function qualityProblem(quality: LinkQuality): Problem {
  return (
    latencyProblem(quality.latency) ??
    classesProblem(quality) ??
    (quality.bandwidth === undefined
      ? undefined
      : numberProblem("bandwidth", quality.bandwidth, 1, 1e12, " bytes a second")) ??
    shareProblem("loss", "Loss", quality.loss) ??
    shareProblem("duplication", "Duplication", quality.duplication) ??
    shareProblem("reordering", "Reordering", quality.reordering)
  );
}

function quorumProblem(state: ClusterState, writeQuorum: number, readQuorum: number): Problem {
  const { replicaCount } = state.config.cluster;
  const fits = (value: number) => Number.isInteger(value) && value >= 1 && value <= replicaCount;
  if (!fits(writeQuorum)) return problem("writeQuorum", `W must be a whole number from 1 to ${replicaCount}.`);
  if (!fits(readQuorum)) return problem("readQuorum", `R must be a whole number from 1 to ${replicaCount}.`);
  return undefined;
}

function timingsProblem(command: Extract<Command, { kind: "setTimings" }>): Problem {
  const { electionTimeout, heartbeatInterval } = command;
  const wrong =
    durationProblem("electionTimeoutMin", "The election timeout", electionTimeout.min, millis(1)) ??
    durationProblem("electionTimeoutMax", "The election timeout", electionTimeout.max, millis(1)) ??
    durationProblem("heartbeatInterval", "The heartbeat", heartbeatInterval, millis(1));
  if (wrong !== undefined) return wrong;
  if (electionTimeout.max < electionTimeout.min) {
    return problem("electionTimeoutMax", "The longest election timeout must not be below the shortest.");
  }
  return undefined;
}

/** Work that takes longer than this is no work but a pause. */
const DEAREST = seconds(10);

function costsProblem({ processingCost, diskSync }: Extract<Command, { kind: "setCosts" }>): Problem {
  return (
    durationProblem("processingCost", "The cost of an operation", processingCost, ZERO, DEAREST) ??
    durationProblem("diskSync", "The disk's sync time", diskSync, ZERO, DEAREST)
  );
}

function gameDayProblem({ plan }: Extract<Command, { kind: "setGameDay" }>): Problem {
  if (plan === undefined) return undefined;
  return (
    durationProblem("every", "The time between two faults", plan.every, millis(100), LONGEST_SPAN) ??
    durationProblem("lasts", "How long a fault lasts", plan.lasts, millis(1), LONGEST_SPAN) ??
    (plan.fault.kind === "slow" ? numberProblem("factor", plan.fault.factor, 1, SLOWEST, " times") : undefined)
  );
}

function wholeProblem(
  field: string,
  value: number,
  { min, max }: { readonly min: number; readonly max: number },
): Problem {
  if (Number.isInteger(value) && value >= min && value <= max) return undefined;
  return problem(field, `${field} must be a whole number from ${min} to ${max}, not ${value}.`);
}

function indexProblem(state: ClusterState, { index }: Extract<Command, { kind: "setSearchIndex" }>): Problem {
  if (index === undefined) return undefined;
  const { m, efConstruction, ef, replicas } = index;
  const wrong =
    wholeProblem("m", m, INDEX_LIMITS.m) ??
    wholeProblem("efConstruction", efConstruction, INDEX_LIMITS.efConstruction) ??
    wholeProblem("ef", ef, INDEX_LIMITS.ef);
  if (wrong !== undefined || replicas === "all") return wrong;
  if (replicas.length === 0) return problem("replicas", "An index needs at least one replica that searches with it.");
  for (const id of replicas) {
    const unknown = memberProblem(state, "replicas", id);
    if (unknown !== undefined) return unknown;
  }
  return undefined;
}

/** Neighbours that one search may ask for. */
const MOST_NEIGHBOURS = 100;

function searchProblem(state: ClusterState, command: Extract<Command, { kind: "search" }>): Problem {
  const { client, values, k } = command;
  const wrong = vectorProblem(values, dimensionOf(state) ?? values.length);
  return (
    memberProblem(state, "client", client) ??
    numberProblem("k", k, 1, MOST_NEIGHBOURS, "") ??
    (wrong === undefined ? undefined : problem("vector", wrong))
  );
}

function dimensionOf(state: ClusterState): number | undefined {
  return state.workload.catalogue[0]?.drafts[0]?.embedding.values.length;
}

function draftProblem(state: ClusterState, draft: WriteDraft): Problem {
  if (draft.id.trim() === "") return problem("id", "The item needs an id.");
  if (draft.id.length > ID_LENGTH) return problem("id", `The id may have at most ${ID_LENGTH} characters.`);
  if (draft.kind === "delete") {
    const standing = state.acknowledged.truth.get(draft.id);
    return standing?.item === undefined
      ? problem("id", `There is no acknowledged item “${draft.id}” to delete.`)
      : undefined;
  }
  const wrong = vectorProblem(draft.values, dimensionOf(state) ?? draft.values.length);
  return wrong === undefined ? undefined : problem("vector", wrong);
}

function retryProblem(state: ClusterState, requestId: RequestId): Problem {
  const receipt = state.receipts.find((candidate) => candidate.requestId === requestId);
  if (receipt?.outcome === "unknown") return undefined;
  return problem("requestId", "Only a write whose outcome is unknown can be sent again.");
}

/** Why `command` cannot be taken in `state`; undefined when it can. */
export function commandProblem(state: ClusterState, command: Command): Problem {
  switch (command.kind) {
    case "crash":
      return replicaProblem(state, command.replicaId, "up");
    case "restart":
      return replicaProblem(state, command.replicaId, "down");
    case "pause":
      return (
        pauseProblem(state, command.replicaId, false) ??
        (command.lasts === undefined ? undefined : durationProblem("lasts", "The pause", command.lasts, millis(1)))
      );
    case "resume":
      return pauseProblem(state, command.replicaId, true);
    case "promote":
      return replicaProblem(state, command.replicaId, "up");
    case "wipe":
    case "refuseWrites":
    case "acceptWrites":
    case "isolate":
      return memberProblem(state, "replicaId", command.replicaId);
    case "corrupt":
      return memberProblem(state, "replicaId", command.replicaId) ?? recordProblem(state, command.replicaId);
    case "slow":
      return (
        memberProblem(state, "replicaId", command.replicaId) ??
        numberProblem("factor", command.factor, 1, SLOWEST, " times")
      );
    case "clock":
      return (
        memberProblem(state, "replicaId", command.replicaId) ??
        numberProblem("offset", command.offset, -LONGEST, LONGEST, " µs") ??
        numberProblem("drift", command.drift, -0.5, 1, "")
      );
    case "disk":
      return (
        memberProblem(state, "replicaId", command.replicaId) ??
        durationProblem("syncTime", "The disk's sync time", command.syncTime, ZERO)
      );
    case "message":
      return flightProblem(state, command);
    case "partition":
      return partitionProblem(state, command.groups);
    case "cut":
    case "restore":
      return linkProblem(state, command.from, command.to);
    case "setLink":
      return linkProblem(state, command.from, command.to) ?? (command.quality && qualityProblem(command.quality));
    case "setNetwork":
      return qualityProblem(command.quality);
    case "setQuorum":
      return quorumProblem(state, command.writeQuorum, command.readQuorum);
    case "setPolicy":
      return durationProblem("stalenessBound", "The staleness bound", command.stalenessBound, millis(1));
    case "setTimings":
      return timingsProblem(command);
    case "setRates":
      return (
        numberProblem("writesPerSecond", command.rates.writesPerSecond, 0, HIGHEST_RATE, " a second") ??
        numberProblem("readsPerSecond", command.rates.readsPerSecond, 0, HIGHEST_RATE, " a second") ??
        numberProblem("searchesPerSecond", command.rates.searchesPerSecond, 0, HIGHEST_RATE, " a second")
      );
    case "write":
      return isClient(command.client)
        ? (memberProblem(state, "client", command.client) ?? draftProblem(state, command.draft))
        : problem("client", `${nameOf(command.client)} is not a client.`);
    case "search":
      return searchProblem(state, command);
    case "retry":
      return retryProblem(state, command.requestId);
    case "setCosts":
      return costsProblem(command);
    case "setSearchIndex":
      return indexProblem(state, command);
    case "setGameDay":
      return gameDayProblem(command);
    case "heal":
    case "setMode":
    case "setDegrade":
    case "setRule":
      return undefined;
  }
}
