/**
 * What a cluster promises (DESIGN section 5): mode, rules, read policy and the faults so far decide it together. A fault
 * such as a wiped disk withdraws from then on what it can break; a rule that was off once does so too, since what it let
 * in stays in the logs.
 */
import { majorityOf } from "../../base/ids.ts";
import { toMillis } from "../../base/units.ts";
import type { ClusterConfig, NetworkConfig, Rules } from "../protocol/config.ts";
import { longestLatency } from "../protocol/latency.ts";
import type { VerdictName } from "../protocol/verdict.ts";
import { RULE_BREAKS } from "./ruleBreaks.ts";

/** What has happened so far that no promise survives, in words; the first of each kind. */
export interface Withdrawals {
  /** A second leader may have been made: promotion, a vote that was lost. */
  elections: string;
  /** What was stored may be gone or damaged. */
  storage: string;
  /** Logs may have diverged under a shared index and term. */
  logs: string;
  /** What a rule that was off once can have let in, by the verdict that it can break. */
  readonly rules: Map<VerdictName, string>;
}

/** The kinds of fault that withdraw promises. */
export type FaultKind = Exclude<keyof Withdrawals, "rules">;

/** A run in which nothing has been withdrawn. */
export function noWithdrawals(): Withdrawals {
  return { elections: "", storage: "", logs: "", rules: new Map() };
}

/** Notes which rules are off; one whose break lasts has withdrawn for good. */
export function noteRules(withdrawals: Withdrawals, rules: Rules): void {
  for (const { rule, breaks, lasting } of RULE_BREAKS) {
    if (!lasting || rules[rule]) continue;
    for (const name of breaks) {
      if (!withdrawals.rules.has(name)) withdrawals.rules.set(name, `the rule ${rule} is off or was`);
    }
  }
}

/** Why commitment is not safe under this mode; empty when it is. */
function unsafeMode({ mode, writeQuorum, replicaCount, synchronousDegrades }: ClusterConfig): string {
  if (mode === "asynchronous") return "asynchronous replication";
  if (mode === "quorum" && writeQuorum < majorityOf(replicaCount)) return `W=${writeQuorum}, below a majority`;
  return mode === "synchronous" && synchronousDegrades ? "synchronous replication that may degrade" : "";
}

/** Why a quorum read may miss an acknowledged write; empty when it may not. */
function narrowQuorum(config: ClusterConfig, writeCopies: number): string {
  const { readQuorum, replicaCount, rules } = config;
  if (!rules.quorumReadWaits) return "the rule quorumReadWaits is off";
  return writeCopies + readQuorum > replicaCount ? "" : `R=${readQuorum} replicas need not include one that has it`;
}

function freshness(config: ClusterConfig, writeCopies: number): string {
  switch (config.readPolicy) {
    case "linearizable":
      return config.rules.readConfirmation ? "" : "the rule readConfirmation is off";
    case "quorum":
      return narrowQuorum(config, writeCopies);
    case "any":
    case "session":
    case "bounded":
    case "leader":
      return `the read policy ${config.readPolicy}`;
  }
}

function writeCopies({ mode, writeQuorum, replicaCount }: ClusterConfig): number {
  return mode === "synchronous" ? replicaCount : writeQuorum;
}

function calmNetwork(cluster: ClusterConfig, network: NetworkConfig): string {
  const qualities = [network.quality, ...network.overrides.map((override) => override.quality)];
  if (qualities.some((quality) => quality.loss > 0)) return "messages are lost";
  const oneWay = Math.max(...qualities.map((quality) => longestLatency(quality.latency)));
  const { electionTimeout, heartbeatInterval, rules } = cluster;
  if (!rules.preVote) return "the rule preVote is off";
  if (heartbeatInterval + oneWay >= electionTimeout.min) {
    return `a heartbeat may take ${toMillis(longestLatency(network.quality.latency))} ms more than its interval`;
  }
  return "";
}

function livelihood(cluster: ClusterConfig, network: NetworkConfig): string {
  const { electionTimeout, rules } = cluster;
  if (!rules.checkQuorum) return "the rule checkQuorum is off";
  const range = electionTimeout.max - electionTimeout.min;
  if (range < 10 * longestLatency(network.quality.latency)) return "the timeout's range is below ten times one way";
  return calmNetwork(cluster, network);
}

function firstOf(...reasons: readonly string[]): string {
  return reasons.find((reason) => reason !== "") ?? "";
}

/** Why `name` is not promised; empty when it is. */
export function whyNotPromised(
  name: VerdictName,
  cluster: ClusterConfig,
  network: NetworkConfig,
  withdrawals: Withdrawals,
): string {
  const { elections, storage, logs, rules } = withdrawals;
  const rule = rules.get(name) ?? "";
  const safe = firstOf(unsafeMode(cluster), elections, storage, logs, rule);
  switch (name) {
    case "ElectionSafety":
      return firstOf(elections, rule);
    case "LeaderAppendOnly":
      return firstOf(elections, logs, rule);
    case "LogMatching":
      return firstOf(logs, elections, rule);
    case "AcknowledgedWritesKept":
    case "LeaderCompleteness":
    case "StateMachineSafety":
    case "NoDirtyReads":
      return safe;
    case "Liveness":
      return firstOf(livelihood(cluster, network), elections, storage, logs, rule);
    case "LeaderStability":
      return firstOf(calmNetwork(cluster, network), elections, rule);
    case "FreshReads":
      return firstOf(safe, freshness(cluster, writeCopies(cluster)));
    case "ReadYourWrites":
      return firstOf(safe, cluster.readPolicy === "session" ? "" : freshness(cluster, writeCopies(cluster)));
    case "MonotonicReads":
    case "Linearizability":
      // W above the majority delays acknowledgement, not visibility: only what a majority has counts here.
      return firstOf(safe, freshness(cluster, majorityOf(cluster.replicaCount)));
  }
}
