/** From the actions of a scenario to timed commands. The file has been checked, its texts have not. */
import { type Address, clientIds, type ReplicaId, replicaIds } from "../../base/ids.ts";
import { after, type Micros, ZERO } from "../../base/units.ts";
import type { Command, GameDayFault, ReplicaVerb, TimedCommand } from "../../model/protocol/commands.ts";
import type { RunConfig } from "../../model/protocol/config.ts";
import type { ActionFile, ActionOf } from "./actionSchema.ts";
import { homeOf, memberNamed, qualityOf } from "./configOf.ts";
import { replicaNamed } from "./defaults.ts";
import { durationOf } from "./duration.ts";
import { indexOfFile } from "./indexFile.ts";
import { inverseOf } from "./inverse.ts";
import { isMessageKind, MODES } from "./names.ts";
import type { ScenarioProblem } from "./problem.ts";
import { clientOf, type Step, type StepsResult, searchSteps, writeSteps } from "./words.ts";

/** The commands of a scenario in order, or what is wrong with the first action that cannot be one. */
export type CommandsResult =
  | { readonly ok: true; readonly commands: readonly TimedCommand[] }
  | { readonly ok: false; readonly problem: ScenarioProblem };

/** The rates as the actions so far have set them. */
type Rates = Extract<Command, { kind: "setRates" }>["rates"];

interface Occurrence {
  readonly at: Micros;
  readonly action: ActionFile;
  readonly position: number;
  /** Set of what undoes an earlier occurrence: it hits the same replica. */
  readonly undoes: boolean;
}

/** When a run ends, and whether actions at that instant are still taken. */
export interface RunEnd {
  readonly until: Micros;
  readonly inclusive: boolean;
}

/** Every instant at which something happens before the end, in order. */
function occurrencesOf(actions: readonly ActionFile[], { until, inclusive }: RunEnd): readonly Occurrence[] {
  const isBefore = (at: Micros) => (inclusive ? at <= until : at < until);
  const found: Occurrence[] = [];
  for (const [position, action] of actions.entries()) {
    const every = action.every === undefined ? undefined : durationOf(action.every);
    const inverse = action.for === undefined ? undefined : inverseOf(action);
    let at = action.at === undefined ? (every ?? ZERO) : durationOf(action.at);
    for (let times = 0; isBefore(at) && times < (action.times ?? Number.POSITIVE_INFINITY); times += 1) {
      found.push({ at, action, position, undoes: false });
      if (inverse !== undefined && action.for !== undefined) {
        found.push({ at: after(at, durationOf(action.for)), action: inverse, position, undoes: true });
      }
      if (every === undefined) break;
      at = after(at, every);
    }
  }
  return found.filter(({ at }) => isBefore(at)).sort((a, b) => a.at - b.at);
}

function wasOf({ action }: Occurrence): { readonly was?: ReplicaId } {
  return "was" in action && action.was !== undefined ? { was: replicaNamed(action.was) } : {};
}

function labelOf({ action, position }: Occurrence): number {
  return "label" in action && action.label !== undefined ? action.label : position;
}

/** A verb for the replica that is named, or for the one that will be found. */
function aimed(replica: string, verb: ReplicaVerb, occurrence: Occurrence): Step {
  if (replica !== "leader" && replica !== "random" && replica !== "same") {
    return { ...verb, replicaId: replicaNamed(replica) };
  }
  const label = labelOf(occurrence);
  return { kind: "aimed", aim: occurrence.undoes ? "same" : replica, label, verb, ...wasOf(occurrence) };
}

/** Groups of replicas with the clients that stand beside them, unless those are named somewhere themselves. */
function groupsOf(
  { groups, alone = false }: ActionOf<"partition">,
  config: RunConfig,
): readonly (readonly Address[])[] {
  const { cluster, workload } = config;
  const regionNamed = (name: string): readonly ReplicaId[] | undefined =>
    cluster.regions.find((region) => region.name === name)?.replicas;
  const membersOf = (name: string): readonly Address[] => regionNamed(name) ?? [memberNamed(name)];
  const named = groups.map((group) => (typeof group === "string" ? [group] : group).flatMap(membersOf));
  const replicas = replicaIds(cluster.replicaCount);
  const rest = replicas.filter((id) => !named.some((group) => group.includes(id)));
  if (alone) return named;
  const whole: readonly (readonly Address[])[] = rest.length === 0 ? named : [...named, rest];
  const free = clientIds(workload.clients).filter((id) => !named.some((group) => group.includes(id)));
  return whole.map((group) => [...group, ...free.filter((id) => group.includes(homeOf(id, replicas.length)))]);
}

function linkSteps(action: ActionOf<"link">, config: RunConfig): readonly Step[] {
  if (action.reset === true) return linkReset(action);
  const { from, to, both } = action;
  const quality = qualityOf(config.network.quality, action);
  const [a, b] = [memberNamed(from), memberNamed(to)];
  const there = { kind: "setLink", from: a, to: b, quality } as const;
  return both === true ? [there, { kind: "setLink", from: b, to: a, quality }] : [there];
}

function messageStep({ from = "r1", to = "r1", of, by, flight, ...rest }: ActionOf<"message">): Step {
  const action =
    rest.action === "delay"
      ? ({ kind: "delay", by: durationOf(by ?? "0s") } as const)
      : ({ kind: rest.action } as const);
  if (flight !== undefined) return { kind: "message", flight, action };
  return {
    kind: "nextMessage",
    from: memberNamed(from),
    to: memberNamed(to),
    of: of !== undefined && isMessageKind(of) ? of : undefined,
    action,
  };
}

function linkReset({ from, to, both }: ActionOf<"link">): readonly Step[] {
  const [a, b] = [memberNamed(from), memberNamed(to)];
  const there = { kind: "setLink", from: a, to: b, quality: undefined } as const;
  return both === true ? [there, { kind: "setLink", from: b, to: a, quality: undefined }] : [there];
}

function faultOf({ fault, factor = 2, pauseLasts }: ActionOf<"gameDay">): GameDayFault | undefined {
  switch (fault) {
    case "none":
      return undefined;
    case "slow":
      return { kind: "slow", factor };
    case "pause":
      return pauseLasts === undefined ? { kind: "pause" } : { kind: "pause", lasts: durationOf(pauseLasts) };
    default:
      return { kind: fault };
  }
}

function gameDayStep(action: ActionOf<"gameDay">): Step {
  const fault = faultOf(action);
  const { interval = "10s", lasts = "4s" } = action;
  if (fault === undefined) return { kind: "setGameDay", plan: undefined };
  return { kind: "setGameDay", plan: { fault, every: durationOf(interval), lasts: durationOf(lasts) } };
}

/** The number by which replicas know a client's request again. */
function retryStep({ client, request }: ActionOf<"retry">): Step {
  return { kind: "retry", requestId: clientOf(client) * 0x1_0000_0000 + request };
}

/** The commands of one occurrence. `config` is the run's with what earlier actions have set. */
function stepsOf(occurrence: Occurrence, config: RunConfig): StepsResult {
  const { action } = occurrence;
  const { cluster, network } = config;
  switch (action.do) {
    case "pause": {
      const { lasts, replica } = action;
      const verb: ReplicaVerb = lasts === undefined ? { kind: "pause" } : { kind: "pause", lasts: durationOf(lasts) };
      return [aimed(replica, verb, occurrence)];
    }
    case "crash":
    case "restart":
    case "wipe":
    case "resume":
    case "refuseWrites":
    case "acceptWrites":
    case "corrupt":
    case "promote":
    case "isolate":
      return [aimed(action.replica, { kind: action.do }, occurrence)];
    case "slow":
      return [aimed(action.replica, { kind: "slow", factor: action.factor }, occurrence)];
    case "clock": {
      const { offset = "0s", drift = 0 } = action;
      return [aimed(action.replica, { kind: "clock", offset: durationOf(offset), drift }, occurrence)];
    }
    case "disk": {
      const { syncTime = "0s", lies = false } = action;
      return [aimed(action.replica, { kind: "disk", syncTime: durationOf(syncTime), lies }, occurrence)];
    }
    case "cut":
    case "restore":
      return [{ kind: action.do, from: memberNamed(action.from), to: memberNamed(action.to) }];
    case "partition":
      return [{ kind: "partition", groups: groupsOf(action, config) }];
    case "heal":
      return [{ kind: "heal" }];
    case "link":
      return linkSteps(action, config);
    case "message":
      return [messageStep(action)];
    case "setMode":
      return [{ kind: "setMode", mode: MODES[action.mode] }];
    case "setRule":
      return [{ kind: "setRule", rule: action.rule, on: action.on }];
    case "setQuorum": {
      const { writeQuorum = cluster.writeQuorum, readQuorum = cluster.readQuorum } = action;
      return [{ kind: "setQuorum", writeQuorum, readQuorum }];
    }
    case "setPolicy": {
      const stalenessBound =
        action.stalenessBound === undefined ? cluster.stalenessBound : durationOf(action.stalenessBound);
      return [{ kind: "setPolicy", readPolicy: action.readPolicy, stalenessBound }];
    }
    case "setTimings": {
      const [min, max] = action.electionTimeout.map(durationOf);
      if (min === undefined || max === undefined) return [];
      const heartbeatInterval = durationOf(action.heartbeatInterval);
      return [{ kind: "setTimings", electionTimeout: { min, max }, heartbeatInterval }];
    }
    case "setNetwork":
      return [{ kind: "setNetwork", quality: qualityOf(network.quality, action) }];
    case "setRates":
      return [{ kind: "setRates", rates: newRates(action, config) }];
    case "setDegrade":
      return [{ kind: "setDegrade", synchronousDegrades: action.on }];
    case "setCosts": {
      const [processingCost, diskSync] = [durationOf(action.processingCost), durationOf(action.fsyncTime)];
      return [{ kind: "setCosts", processingCost, diskSync }];
    }
    case "setSearchIndex":
      return [{ kind: "setSearchIndex", index: indexOfFile(action) }];
    case "gameDay":
      return [gameDayStep(action)];
    case "retry":
      return [retryStep(action)];
    case "write":
      return writeSteps(action, config);
    case "delete":
      return [{ kind: "write", client: clientOf(action.client), draft: { kind: "delete", id: action.id } }];
    case "search":
      return searchSteps(action, config);
  }
}

function newRates(action: ActionOf<"setRates">, { workload }: RunConfig): Rates {
  return {
    writesPerSecond: action.writesPerSecond ?? workload.writesPerSecond,
    readsPerSecond: action.readsPerSecond ?? workload.readsPerSecond,
    searchesPerSecond: action.searchesPerSecond ?? workload.searchesPerSecond,
  };
}

/** `config` after `step`, as far as later actions build on it. */
function afterStep(config: RunConfig, step: Step): RunConfig {
  switch (step.kind) {
    case "setRates":
      return { ...config, workload: { ...config.workload, ...step.rates } };
    case "setQuorum": {
      const { writeQuorum, readQuorum } = step;
      return { ...config, cluster: { ...config.cluster, writeQuorum, readQuorum } };
    }
    case "setPolicy":
      return { ...config, cluster: { ...config.cluster, stalenessBound: step.stalenessBound } };
    case "setNetwork":
      return { ...config, network: { ...config.network, quality: step.quality } };
    default:
      return config;
  }
}

/** All commands before the end, in order of time and then of the file. */
export function commandsOf(actions: readonly ActionFile[], start: RunConfig, end: RunEnd): CommandsResult {
  const commands: TimedCommand[] = [];
  let config = start;
  for (const occurrence of occurrencesOf(actions, end)) {
    const steps = stepsOf(occurrence, config);
    if ("key" in steps) {
      const { key, message, value } = steps;
      return { ok: false, problem: { path: ["actions", occurrence.position, key], message, value } };
    }
    for (const command of steps) {
      commands.push({ at: occurrence.at, command });
      config = afterStep(config, command);
    }
  }
  return { ok: true, commands };
}
