/** Many seeds through one kind of run. A seed that fails is printed with everything that is needed to repeat it. */
import { nameOf } from "../../src/base/ids.ts";
import { after, type Micros, millis, seconds, toSeconds } from "../../src/base/units.ts";
import type { TimedCommand } from "../../src/model/protocol/commands.ts";
import {
  type ClusterConfig,
  DEFAULT_CLUSTER,
  DEFAULT_NETWORK,
  DEFAULT_RULES,
  DEFAULT_WORKLOAD,
  type ReplicationMode,
  type Rules,
  type RunConfig,
  type WorkloadConfig,
} from "../../src/model/protocol/config.ts";
import { lastLogIndex, logEnd } from "../../src/model/replica/log.ts";
import type { VerdictName } from "../../src/model/verdict/verdict.ts";
import { chaosCommands } from "./chaos.ts";
import { WatchedRun } from "./watchedRun.ts";

export interface SweepOptions {
  readonly cluster: Partial<ClusterConfig>;
  /** Rules that differ from the default. */
  readonly rules?: Partial<Rules>;
  readonly workload?: Partial<WorkloadConfig>;
  /** Trouble lasts this long. */
  readonly trouble?: Micros;
  /** Everybody has to agree so long after recovery. */
  readonly within?: Micros;
  /** Switch between these modes while running. */
  readonly modes?: readonly ReplicationMode[];
  /** Verdicts that must hold after every event. */
  readonly promised: readonly VerdictName[];
  /** Whether no acknowledged write may ever be lost. */
  readonly keepsWrites: boolean;
}

/** One seed, run to the end. */
export interface Outcome {
  readonly seed: number;
  readonly watched: WatchedRun;
  readonly commands: readonly TimedCommand[];
  /** How long after recovery everybody agreed; undefined when they did not in time. */
  readonly convergedAfter: Micros | undefined;
  readonly problems: readonly string[];
}

export const ALL_FIVE: readonly VerdictName[] = [
  "ElectionSafety",
  "LeaderAppendOnly",
  "LogMatching",
  "LeaderCompleteness",
  "StateMachineSafety",
];

/** Three and five replicas in turn, unless the sweep says otherwise. */
function configOf(seed: number, { cluster, rules, workload }: SweepOptions): RunConfig {
  const replicaCount = cluster.replicaCount ?? (seed % 2 === 0 ? 3 : 5);
  const majority = Math.floor(replicaCount / 2) + 1;
  return {
    seed,
    cluster: {
      ...DEFAULT_CLUSTER,
      writeQuorum: majority,
      readQuorum: majority,
      ...cluster,
      rules: { ...DEFAULT_RULES, ...rules },
      replicaCount,
    },
    network: DEFAULT_NETWORK,
    workload: { ...DEFAULT_WORKLOAD, dataset: "colours", writesPerSecond: 20, searchesPerSecond: 0, ...workload },
  };
}

/** Whether one replica leads, everybody has the same log, all of it applied, and the same items. */
export function haveConverged({ run }: WatchedRun): boolean {
  const all = [...run.replicas.values()];
  const [first, ...others] = all;
  if (first === undefined || all.length < run.state.members.length) return false;
  if (all.filter((replica) => replica.role === "leader").length !== 1) return false;
  const end = logEnd(first.log);
  return [first, ...others].every(({ log, commitIndex, lastApplied, store, currentTerm }) => {
    const own = logEnd(log);
    const { low, high } = store.digest;
    return (
      own.term === end.term &&
      own.logIndex === end.logIndex &&
      commitIndex === own.logIndex &&
      lastApplied === own.logIndex &&
      currentTerm === first.currentTerm &&
      low === first.store.digest.low &&
      high === first.store.digest.high
    );
  });
}

/** Logs entry by entry, as far back as two logs go. */
function differingLogs({ run }: WatchedRun): readonly string[] {
  const [first, ...others] = [...run.replicas.values()];
  if (first === undefined) return ["nobody is running"];
  return others.flatMap((other) => {
    const known = new Map(first.log.entries.map((entry) => [entry.index, entry]));
    const wrong = other.log.entries.find(({ index, term }) => (known.get(index)?.term ?? term) !== term);
    const shorter = lastLogIndex(first.log) !== lastLogIndex(other.log);
    return wrong === undefined && !shorter ? [] : [`the logs of ${nameOf(first.id)} and ${nameOf(other.id)} differ`];
  });
}

function converge(watched: WatchedRun, within: Micros): Micros | undefined {
  const { run } = watched;
  const from = run.state.now;
  const end = after(from, within);
  while (run.state.now < end) {
    run.runFor(millis(200));
    if (haveConverged(watched)) return millis((run.state.now - from) / 1_000);
  }
  return undefined;
}

function judge(watched: WatchedRun, convergedAfter: Micros | undefined, options: SweepOptions): readonly string[] {
  const problems: string[] = [];
  for (const [name, violation] of watched.watch.violations) {
    if (name === "StoreEqualsLog" || options.promised.includes(name))
      problems.push(`${name} at ${toSeconds(violation.at)} s: ${violation.what}`);
  }
  const lost = watched.run.state.counters.acknowledgedWritesLost;
  if (options.keepsWrites && lost > 0) problems.push(`${lost} acknowledged writes lost`);
  if (options.promised.includes("QuorumReads") && watched.missedRead !== undefined) {
    problems.push(watched.missedRead.what);
  }
  if (convergedAfter === undefined) problems.push("the replicas do not agree after recovery");
  else problems.push(...differingLogs(watched));
  return [...problems, ...watched.wrongStores()];
}

/** Runs one seed. */
export function runSeed(seed: number, options: SweepOptions): Outcome {
  const config = configOf(seed, options);
  const commands = chaosCommands(seed, {
    replicaCount: config.cluster.replicaCount,
    clients: config.workload.clients,
    until: options.trouble ?? seconds(6),
    modes: options.modes ?? [],
  });
  const watched = new WatchedRun(config);
  for (const { at, command } of commands) {
    watched.run.runUntil(at);
    watched.command(command);
  }
  const convergedAfter = converge(watched, options.within ?? seconds(10));
  return { seed, watched, commands, convergedAfter, problems: judge(watched, convergedAfter, options) };
}

function describeFailure({ seed, commands, problems }: Outcome): string {
  const lines = commands.map(({ at, command }) => `  ${toSeconds(at)} s ${JSON.stringify(command)}`);
  return [`seed ${seed}:`, ...problems, "operations:", ...lines].join("\n");
}

/** Runs `count` seeds from `first`; throws at the end if some failed. Returns what `gather` made of each. */
export function sweep<T>(
  first: number,
  count: number,
  options: SweepOptions,
  gather: (outcome: Outcome) => T,
): readonly T[] {
  const failures: Outcome[] = [];
  const gathered: T[] = [];
  for (let seed = first; seed < first + count; seed += 1) {
    const outcome = runSeed(seed, options);
    if (outcome.problems.length > 0) failures.push(outcome);
    gathered.push(gather(outcome));
  }
  if (failures.length === 0) return gathered;
  const shown = failures.slice(0, 3).map(describeFailure).join("\n\n");
  throw new Error(`${failures.length} of ${count} seeds failed: ${failures.map(({ seed }) => seed)}\n${shown}`);
}
