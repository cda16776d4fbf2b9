/** Commands in plain words: what a person did to the run, as the feed and the live region say it. */
import { type Address, nameOf, type ReplicaId } from "../../base/ids.ts";
import { type Micros, micros, toMillis } from "../../base/units.ts";
import type { Command, GameDay, GameDayFault } from "../../model/protocol/commands.ts";
import type {
  LinkQuality,
  ReadPolicy,
  ReplicationMode,
  Rules,
  SearchIndexConfig,
} from "../../model/protocol/config.ts";
import type { Leadership } from "../../model/protocol/frame.ts";
import { longestLatency, shortestLatency } from "../../model/protocol/latency.ts";
import { duration, list, names, percent, plural } from "./format.ts";
import { itemWords, type NameContext, writtenName } from "./itemWords.ts";

/** What a sentence may need to know besides the event. */
export interface WordContext extends NameContext {
  readonly leaderships: readonly Leadership[];
}

/** Every read policy by the name that people read. */
export const POLICY_NAMES: Record<ReadPolicy, string> = {
  any: "any replica",
  session: "session",
  bounded: "bounded staleness",
  leader: "the leader",
  linearizable: "linearizable",
  quorum: "quorum R",
};

/** Every rule by the name that people read. */
export const RULE_NAMES: Record<keyof Rules, string> = {
  logUpToDateCheck: "votes only for logs that are up to date",
  commitCurrentTermOnly: "only entries of the current term commit by counting",
  logConsistencyCheck: "log consistency check",
  rejectStaleTerms: "requests of older terms are refused",
  keepVoteForTerm: "one vote per term",
  readConfirmation: "read confirmation",
  quorumReadWaits: "quorum reads wait",
  preVote: "pre-vote",
  checkQuorum: "check-quorum",
  persistTermAndVote: "term and vote are kept on disk",
  persistLog: "the log is kept on disk",
  checksum: "every record has a checksum",
};

/** The term that `replicaId` led at `at`; undefined when it led none. */
function termLed({ leaderships }: WordContext, replicaId: ReplicaId, at: Micros): number | undefined {
  const led = leaderships.filter((span) => span.replicaId === replicaId && span.from <= at);
  return led.findLast((span) => span.to === undefined || span.to >= at)?.term;
}

/** "10 ms", "10 to 15 ms". */
export function latencyWords({ latency }: LinkQuality): string {
  const [low, high] = [shortestLatency(latency), longestLatency(latency)];
  return low === high ? duration(low) : `${toMillis(low)} to ${duration(high)}`;
}

function qualityWords(quality: LinkQuality): string {
  const parts = [`${latencyWords(quality)} one way`];
  if (quality.loss > 0) parts.push(`${percent(quality.loss)} lost`);
  if (quality.duplication > 0) parts.push(`${percent(quality.duplication)} twice`);
  if (quality.reordering > 0) parts.push(`${percent(quality.reordering)} out of order`);
  return parts.join(", ");
}

function sidesWords(groups: readonly (readonly Address[])[]): string {
  const [first, second] = groups;
  if (first === undefined) return "You cut nothing";
  if (second === undefined) return `You cut ${names(first)} off from the rest`;
  return `You cut the network: ${groups.map((group) => names(group)).join(" | ")}`;
}

function crashWords(replicaId: ReplicaId, at: Micros, context: WordContext): string {
  const term = termLed(context, replicaId, at);
  return term === undefined
    ? `You killed ${nameOf(replicaId)}`
    : `You killed ${nameOf(replicaId)}, leader of term ${term}`;
}

function modeWords(mode: ReplicationMode): string {
  switch (mode) {
    case "asynchronous":
      return "You chose asynchronous: a write is acknowledged at one copy";
    case "quorum":
      return "You chose quorum: a write is acknowledged at W copies";
    case "synchronous":
      return "You chose synchronous: a write is acknowledged at all copies";
  }
}

function ratesWords({
  writesPerSecond,
  readsPerSecond,
  searchesPerSecond,
}: Extract<Command, { kind: "setRates" }>["rates"]): string {
  const parts = [
    plural(writesPerSecond, "write"),
    plural(readsPerSecond, "read"),
    plural(searchesPerSecond, "search", "searches"),
  ];
  return `Clients now ask for ${list(parts)} a second`;
}

function costsWords({ processingCost, diskSync }: Extract<Command, { kind: "setCosts" }>): string {
  return `An operation now costs ${duration(processingCost)} of work, and a disk takes ${duration(diskSync)} to sync`;
}

function indexWords(index: SearchIndexConfig | undefined): string {
  if (index === undefined) return "Every replica now searches exactly";
  const { m, efConstruction, ef, replicas } = index;
  const who = replicas === "all" ? "Every replica" : list(replicas.map(nameOf));
  const verb = replicas === "all" || replicas.length === 1 ? "searches" : "search";
  return `${who} now ${verb} with an HNSW index: M ${m}, efConstruction ${efConstruction}, ef ${ef}`;
}

function settingWords(command: Command): string | undefined {
  switch (command.kind) {
    case "setMode":
      return modeWords(command.mode);
    case "setQuorum":
      return `You set W to ${command.writeQuorum} and R to ${command.readQuorum}`;
    case "setDegrade":
      return command.synchronousDegrades
        ? "Synchronous may now degrade while a replica is silent"
        : "Synchronous no longer degrades";
    case "setPolicy":
      return `Reads and searches now go by the policy: ${POLICY_NAMES[command.readPolicy]}`;
    case "setTimings":
      return `Election timeout ${toMillis(command.electionTimeout.min)} to ${duration(command.electionTimeout.max)}, heartbeat ${duration(command.heartbeatInterval)}`;
    case "setRule":
      return `Rule ${command.on ? "on" : "off"}: ${RULE_NAMES[command.rule]}`;
    case "setRates":
      return ratesWords(command.rates);
    case "setCosts":
      return costsWords(command);
    case "setSearchIndex":
      return indexWords(command.index);
    default:
      return undefined;
  }
}

/** What a game day does each time, without saying to whom. */
export function gameDayFaultWords(fault: GameDayFault): string {
  switch (fault.kind) {
    case "crash":
      return "kill a replica";
    case "pause":
      return "pause a replica";
    case "slow":
      return `make a replica ${fault.factor} times as slow`;
    case "refuseWrites":
      return "let a replica refuse writes";
    case "isolate":
      return "cut a replica off";
  }
}

function gameDayWords(plan: GameDay | undefined): string {
  if (plan === undefined) return "You ended the game day";
  return `You began a game day: ${gameDayFaultWords(plan.fault)} every ${duration(plan.every)}, for ${duration(plan.lasts)}`;
}

/** What was over when its time was, in one sentence without a full stop. */
export function timeSentence(command: Command, at: Micros, context: WordContext): string {
  if (command.kind === "resume") return `${nameOf(command.replicaId)} goes on: its pause is over`;
  return commandSentence(command, at, context);
}

/** What the game day did, in one sentence without a full stop. */
export function gameDaySentence(command: Command, at: Micros, context: WordContext): string {
  if (command.kind === "heal") return "Game day: the network is healed";
  if (!("replicaId" in command)) return `Game day: ${commandSentence(command, at, context)}`;
  const who = nameOf(command.replicaId);
  switch (command.kind) {
    case "crash":
      return `Game day: ${who} is killed`;
    case "restart":
      return `Game day: ${who} starts again`;
    case "pause":
      return `Game day: ${who} pauses, as in a long garbage collection`;
    case "resume":
      return `Game day: ${who} goes on`;
    case "isolate":
      return `Game day: ${who} is cut off from everybody`;
    case "slow":
      return command.factor === 1 ? `Game day: ${who} is at full speed again` : `Game day: ${who} is slow`;
    default:
      return `Game day: ${commandSentence(command, at, context)}`;
  }
}

function linkWords(from: Address, to: Address, quality: LinkQuality | undefined): string {
  const link = `${nameOf(from)} to ${nameOf(to)}`;
  return quality === undefined ? `${link} is like the rest of the network again` : `${link}: ${qualityWords(quality)}`;
}

type ReplicaFault = Extract<Command, { readonly replicaId: unknown }>;

function clockWords(who: string, { offset, drift }: Extract<Command, { kind: "clock" }>): string {
  if (offset === 0 && drift === 0) return `You set ${who}'s clock right`;
  const ahead = offset === 0 ? "" : ` ${duration(micros(Math.abs(offset)))} ${offset > 0 ? "ahead" : "behind"}`;
  const rate =
    drift === 0 ? "" : `${ahead === "" ? "" : " and"} ${percent(Math.abs(drift))} ${drift > 0 ? "fast" : "slow"}`;
  return `You set ${who}'s clock${ahead}${rate}`;
}

function diskWords(who: string, { syncTime, lies }: Extract<Command, { kind: "disk" }>): string {
  if (lies) return `${who}'s disk now lies: it says "synced" before it is`;
  return syncTime === 0 ? `${who}'s disk is healthy again` : `${who}'s disk now takes ${duration(syncTime)} to sync`;
}

function faultWords(command: ReplicaFault, at: Micros, context: WordContext): string {
  const who = nameOf(command.replicaId);
  switch (command.kind) {
    case "crash":
      return crashWords(command.replicaId, at, context);
    case "restart":
      return `You started ${who} again`;
    case "wipe":
      return `You started ${who} with an empty disk`;
    case "pause":
      return command.lasts === undefined
        ? `You paused ${who}, as a long garbage collection does`
        : `You paused ${who} for ${duration(command.lasts)}, as a long garbage collection does`;
    case "resume":
      return `You let ${who} go on`;
    case "slow":
      return command.factor === 1
        ? `${who} works at full speed again`
        : `You made ${who} ${command.factor} times as slow`;
    case "refuseWrites":
      return `${who} now refuses replicated writes, and still votes`;
    case "acceptWrites":
      return `${who} accepts replicated writes again`;
    case "clock":
      return clockWords(who, command);
    case "disk":
      return diskWords(who, command);
    case "corrupt":
      return `You damaged a record on ${who}'s disk; nobody has noticed`;
    case "promote":
      return `You promoted ${who} without an election`;
    case "isolate":
      return `You cut ${who} off from everybody`;
  }
}

function messageWords({ action }: Extract<Command, { kind: "message" }>): string {
  switch (action.kind) {
    case "drop":
      return "You dropped a message";
    case "duplicate":
      return "You sent a message twice";
    case "delay":
      return `You held a message back by ${duration(action.by)}`;
  }
}

function writeWords({ client, draft }: Extract<Command, { kind: "write" }>, context: WordContext): string {
  const item = itemWords(draft.id, context, writtenName(draft));
  return `You asked ${nameOf(client)} to ${draft.kind === "put" ? "write" : "delete"} ${item}`;
}

/** What was done, in one sentence without a full stop. */
export function commandSentence(command: Command, at: Micros, context: WordContext): string {
  if ("replicaId" in command) return faultWords(command, at, context);
  switch (command.kind) {
    case "message":
      return messageWords(command);
    case "search":
      return `You let ${nameOf(command.client)} search`;
    case "partition":
      return sidesWords(command.groups);
    case "heal":
      return "You healed the network";
    case "cut":
      return `You cut the link from ${nameOf(command.from)} to ${nameOf(command.to)}`;
    case "restore":
      return `You restored the link from ${nameOf(command.from)} to ${nameOf(command.to)}`;
    case "setNetwork":
      return `Network: ${qualityWords(command.quality)}`;
    case "setLink":
      return linkWords(command.from, command.to, command.quality);
    case "write":
      return writeWords(command, context);
    case "retry":
      return "You sent a write again under the same request id";
    case "setMode":
    case "setQuorum":
    case "setDegrade":
    case "setPolicy":
    case "setTimings":
    case "setRule":
    case "setRates":
    case "setCosts":
    case "setSearchIndex":
      return settingWords(command) ?? "";
    case "setGameDay":
      return gameDayWords(command.plan);
  }
}
