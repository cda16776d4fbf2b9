/**
 * Judging a run while it goes on (DESIGN section 5): the checkers are shown every event, what breaks is judged by what
 * was promised when it was established, and promises follow mode, rules, policy and faults. Constant work per event.
 */
import { type ClientId, nameOf, type ReplicaId } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { Command } from "../protocol/commands.ts";
import type { RunConfig } from "../protocol/config.ts";
import type { ClientEvent } from "../protocol/events.ts";
import type { Item, Version, WriteOperation } from "../protocol/item.ts";
import type { Entry, Snapshot } from "../protocol/log.ts";
import type { ClientReply, Message } from "../protocol/messages.ts";
import type { Effect } from "../protocol/step.ts";
import { VERDICT_NAMES, type Verdict, type VerdictName } from "../protocol/verdict.ts";
import type { StepRecord } from "../protocol/work.ts";
import { entryAt } from "../replica/log.ts";
import { Linearizability } from "../verdict/linearizability.ts";
import { type FaultKind, noteRules, noWithdrawals, type Withdrawals, whyNotPromised } from "../verdict/promises.ts";
import { ReadVersions } from "../verdict/readVersions.ts";
import { Watch } from "../verdict/safety.ts";
import { Sessions } from "../verdict/sessions.ts";
import type { Violation } from "../verdict/verdict.ts";
import type { ClientRecord } from "./absorb.ts";
import type { AcknowledgedWrite } from "./acknowledged.ts";
import {
  type Health,
  judgeLeading,
  judgeProgress,
  newHealth,
  noteCircumstances,
  noteCommand,
  noteEvent,
} from "./health.ts";
import { lossWords } from "./lossWords.ts";
import { reportWorld } from "./outbox.ts";
import type { ClusterState, Member } from "./state.ts";

/** From `at` on the verdict was not promised, for this reason; with an empty one it was. */
interface Reason {
  readonly at: Micros;
  readonly because: string;
}

/** Changes of the reason that are remembered: more than a person makes in a sitting. */
const REASONS_LIMIT = 256;

interface Standing {
  withdrawnBy: string;
  /** Every change of it so far, oldest first. */
  readonly reasons: Reason[];
  /** Why the first break was not promised when what broke came about. */
  excusedBy: string;
  /** Since when it has been promised without a gap; undefined while it is not. */
  promisedSince: Micros | undefined;
  holds: boolean;
  count: number;
  at: Micros | undefined;
  sequence: number | undefined;
  message: string;
}

/** What judges a run, and how it stands. */
export interface Verdicts {
  readonly watch: Watch;
  readonly health: Health;
  readonly sessions: Sessions;
  readonly linearizability: Linearizability;
  readonly readVersions: ReadVersions;
  readonly withdrawals: Withdrawals;
  /** Slots of the replicas that had what is lost now. */
  readonly lostFrom: Set<number>;
  readonly standings: Map<VerdictName, Standing>;
}

/** Verdicts of a run before its first event; `updatePromises` says what is promised. */
export function newVerdicts(config: RunConfig, initial: Snapshot): Verdicts {
  const standing = (): Standing => ({
    withdrawnBy: "",
    reasons: [],
    excusedBy: "",
    promisedSince: undefined,
    holds: true,
    count: 0,
    at: undefined,
    sequence: undefined,
    message: "",
  });
  return {
    watch: new Watch(),
    health: newHealth(config),
    linearizability: new Linearizability(versionsOf(initial)),
    sessions: new Sessions(),
    readVersions: new ReadVersions(),
    withdrawals: noWithdrawals(),
    lostFrom: new Set(),
    standings: new Map(VERDICT_NAMES.map((name) => [name, standing()])),
  };
}

function versionsOf(snapshot: Snapshot): (id: string) => Version | undefined {
  const versions = new Map(snapshot.items.map(({ id, version }) => [id, version]));
  return (id) => versions.get(id);
}

/** After a command has been carried out. */
export function judgeCommand(state: ClusterState, command: Command): void {
  noteCommand(state, state.verdicts.health, command);
}

/** After a replica has been started. */
export function judgeStart(state: ClusterState): void {
  noteCircumstances(state, state.verdicts.health);
}

/** After anything that promises depend on has changed, at `state.now`. */
export function updatePromises(state: ClusterState): void {
  const { verdicts, config, now } = state;
  noteRules(verdicts.withdrawals, config.cluster.rules);
  for (const [name, standing] of verdicts.standings) {
    noteReason(standing, now, whyNotPromised(name, config.cluster, config.network, verdicts.withdrawals));
    if (standing.withdrawnBy !== "") standing.promisedSince = undefined;
    else standing.promisedSince ??= now;
  }
}

function noteReason(standing: Standing, at: Micros, because: string): void {
  const { reasons } = standing;
  if (because === standing.withdrawnBy && reasons.length > 0) return;
  standing.withdrawnBy = because;
  // Of several at one instant the last holds.
  if (reasons[reasons.length - 1]?.at === at) reasons.pop();
  reasons.push({ at, because });
  if (reasons.length > REASONS_LIMIT) reasons.shift();
}

/** Why what was established at `since` was not promised: the reason of then, or the first since. */
function reasonSince({ reasons }: Standing, since: Micros): string {
  const then = reasons.findLastIndex((reason) => reason.at <= since);
  return reasons.slice(Math.max(0, then)).find(({ because }) => because !== "")?.because ?? "";
}

/** A fault that no promise of its kind survives; the first of each kind is the one that is named. */
export function withdraw(state: ClusterState, kind: FaultKind, because: string): void {
  state.verdicts.withdrawals[kind] ||= because;
  updatePromises(state);
}

/** Something broke at `at` that was established at `since`: whether it was promised then decides what it means. */
function broke(state: ClusterState, name: VerdictName, since: Micros, at: Micros, message: string): void {
  const standing = state.verdicts.standings.get(name);
  if (standing === undefined || !state.judged) return;
  const { promisedSince } = standing;
  const promised = promisedSince !== undefined && since >= promisedSince;
  const first = standing.count === 0 || (promised && standing.holds);
  standing.count += 1;
  if (promised) standing.holds = false;
  if (!first) return;
  standing.excusedBy = promised ? "" : reasonSince(standing, since);
  standing.at = at;
  standing.sequence = state.nextEvent;
  standing.message = message;
  reportWorld(state, at, { kind: "verdictBroken", name, promised, message });
}

/** When what a violation speaks of was established: its entry's making, or now. */
function establishedAt(violation: Violation, member: Member): Micros {
  const entry: Entry | undefined = violation.index === undefined ? undefined : entryAt(member.disk, violation.index);
  return entry?.appendedAt ?? violation.at;
}

const noItems: ReadonlyMap<string, Item> = new Map();

/** Shows the safety checkers what `member` shows after an event. */
export function judgeReplica(state: ClusterState, member: Member, record: StepRecord): void {
  const { at, shown, effects } = record;
  const { watch, health } = state.verdicts;
  if (!isPlain(effects)) judgeEffects(state, member, record);
  const deposed = judgeLeading(state, health, member, record);
  if (deposed !== undefined) broke(state, deposed.name, deposed.since, at, deposed.message);
  const stalled = judgeProgress(health, at);
  if (stalled !== undefined) broke(state, stalled.name, stalled.since, at, stalled.message);
  const { id: replicaId, incarnation, disk: log } = member;
  if (watch.isUnchanged(replicaId, incarnation, shown, log)) return;
  const known = watch.violations.size;
  const { role, currentTerm, commitIndex, lastApplied } = shown;
  watch.observe({ at, replicaId, incarnation, role, currentTerm, commitIndex, lastApplied, log, items: noItems });
  if (watch.violations.size === known) return;
  for (const violation of [...watch.violations.values()].slice(known)) {
    const { verdict } = violation;
    if (verdict === "StoreEqualsLog" || verdict === "QuorumReads") continue;
    broke(state, verdict, establishedAt(violation, member), at, violation.what);
  }
}

/** Whether an event asked for nothing but messages, as most do. */
function isPlain(effects: readonly Effect[]): boolean {
  for (const { kind } of effects) if (kind !== "send") return false;
  return true;
}

/** Health hears what a replica reports; linearizability the version of every write before anybody can read it. */
function judgeEffects(state: ClusterState, member: Member, { at, effects }: StepRecord): void {
  for (const effect of effects) {
    if (effect.kind === "report") noteEvent(state, state.verdicts.health, at, member, effect.event);
    if (effect.kind !== "persist" || effect.change.kind !== "append") continue;
    for (const { requestId, term, index } of effect.change.entries) {
      if (requestId === 0) continue;
      const found = state.verdicts.linearizability.placed(requestId, { term, logIndex: index });
      if (found !== undefined) broke(state, found.name, found.askedAt, at, found.message);
    }
  }
}

function labelOf(operation: WriteOperation): string {
  return operation.kind === "put" ? `“${operation.payload.name}”` : `the removal of ${operation.id}`;
}

/** An acknowledged write is lost from now on. */
export function judgeLost(state: ClusterState, at: Micros, write: AcknowledgedWrite): void {
  const { operation, version, acknowledgedAt, lostFrom } = write;
  for (const slot of lostFrom) state.verdicts.lostFrom.add(slot);
  const message = `${labelOf(operation)} was acknowledged as entry ${version.logIndex} of term ${version.term}.`;
  broke(state, "AcknowledgedWritesKept", acknowledgedAt, at, message);
}

/** Entries that `id` removes from its log: whoever has read them has read something that never was. */
export function judgeRemoved(state: ClusterState, id: ReplicaId, removed: readonly Entry[], at: Micros): void {
  if (removed.length === 0) return;
  for (const { client, itemId, askedAt, version } of state.verdicts.readVersions.removed(id, removed)) {
    const message = `${nameOf(client)} read ${itemId} as of entry ${version.logIndex} of term ${version.term} at ${nameOf(id)}, which has taken it back.`;
    broke(state, "NoDirtyReads", askedAt, at, message);
  }
}

/** Versions that an answer shows: of the item that was asked for, or of every neighbour. */
function versionsIn(reply: ClientReply): readonly { readonly itemId: string; readonly version: Version }[] {
  if (reply.answer.kind !== "answered") return [];
  const { answer } = reply.answer;
  if (answer.kind === "neighbours") return answer.neighbours.map(({ id, version }) => ({ itemId: id, version }));
  return answer.item === undefined ? [] : [{ itemId: answer.item.id, version: answer.item.version }];
}

function judgeAnswer(state: ClusterState, client: ClientId, reply: ClientReply, at: Micros): void {
  if (reply.answer.kind !== "answered") return;
  const { answer, appliedTo, answeredBy } = reply.answer;
  const { sessions, readVersions } = state.verdicts;
  for (const shown of versionsIn(reply)) readVersions.read({ ...shown, client, askedAt: at, by: answeredBy });
  if (answer.kind !== "item") return;
  const unordered = state.verdicts.linearizability.answered(at, reply.requestId, answer.item?.version);
  if (unordered !== undefined) broke(state, unordered.name, unordered.askedAt, at, unordered.message);
  for (const { name, askedAt, message } of sessions.answered(
    client,
    reply.requestId,
    answer.item?.version,
    appliedTo,
  )) {
    broke(state, name, askedAt, at, message);
  }
}

/** A request leaves for the first time. */
function judgeAsk(state: ClusterState, client: ClientId, message: Message, at: Micros): void {
  const { sessions, linearizability } = state.verdicts;
  if (message.kind === "writeRequest") {
    linearizability.wrote(at, client, message.requestId, message.operation.kind, message.operation.id);
  } else if (message.kind === "readRequest" && message.question.kind === "get") {
    sessions.asked(at, client, message.requestId, message.question.id);
    linearizability.asked(at, client, message.requestId, message.question.id);
  }
}

function judgeOutcome(state: ClusterState, client: ClientId, event: ClientEvent, at: Micros): void {
  const { sessions, linearizability } = state.verdicts;
  switch (event.kind) {
    case "writeAcknowledged": {
      sessions.acknowledged(client, event.operation.id, event.version);
      const found = linearizability.acknowledged(at, event.requestId, event.version);
      if (found !== undefined) broke(state, found.name, found.askedAt, at, found.message);
      break;
    }
    case "unanswered":
      sessions.ended(event.requestId);
      linearizability.ended(event.requestId);
      break;
    case "writeUnknown":
    case "writeFailed":
      linearizability.ended(event.requestId);
      break;
    default:
  }
}

/** Follows what a client asks and hears. */
export function judgeClient(state: ClusterState, client: ClientId, { at, input, effects }: ClientRecord): void {
  if (input.kind === "message" && input.message.kind === "clientReply") judgeAnswer(state, client, input.message, at);
  for (const effect of effects) {
    if (effect.kind === "report") judgeOutcome(state, client, effect.event, at);
    else if (input.kind === "ask") judgeAsk(state, client, effect.message, at);
  }
}

/** How many are gone, before the words for the first of them. */
function lossOf({ config, counters, verdicts }: ClusterState): string {
  const words = lossWords(config.workload.dataset, counters.acknowledgedWritesLost, verdicts.lostFrom);
  return words === "" ? "" : `${words} `;
}

/** How every verdict stands, in the order in which they are shown. */
export function verdictsOf(state: ClusterState): readonly Verdict[] {
  return VERDICT_NAMES.flatMap((name) => {
    const standing = state.verdicts.standings.get(name);
    if (standing === undefined) return [];
    const { withdrawnBy: now, excusedBy, holds, count, at, sequence } = standing;
    const withdrawnBy = excusedBy === "" ? now : excusedBy;
    const message = name === "AcknowledgedWritesKept" ? `${lossOf(state)}${standing.message}` : standing.message;
    return [{ name, promised: now === "", withdrawnBy, holds, count, at, sequence, message }];
  });
}
