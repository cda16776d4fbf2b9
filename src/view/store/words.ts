/**
 * Events in plain words, as the feed, the time axis and the live region say them; and how much each matters. Every kind
 * of event has its sentence: the switches are exhaustive.
 */
import { nameOf } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { ClientEvent, ClusterEvent, ReplicaEvent, WorldEvent } from "../../model/protocol/events.ts";
import type { Version, WriteOperation } from "../../model/protocol/item.ts";
import { commandSentence, gameDaySentence, timeSentence, type WordContext } from "./commandWords.ts";
import { count, duration, plural } from "./format.ts";
import { itemWords, writtenName } from "./itemWords.ts";

export type { WordContext } from "./commandWords.ts";

/**
 * How much an event matters: `turn` changes what the headline says and is announced, `step` belongs to the story,
 * `routine` happens all the time.
 */
export type Weight = "turn" | "step" | "routine";

/** "entry 42 of term 3". */
export function versionWords({ term, logIndex }: Version): string {
  return `entry ${logIndex} of term ${term}`;
}

/** "put of Linen shirt (p-318)". */
function operationWords(operation: WriteOperation, context: WordContext): string {
  return `${operation.kind} of ${itemWords(operation.id, context, writtenName(operation))}`;
}

type Fact<Kind extends ReplicaEvent["kind"]> = Extract<ReplicaEvent, { readonly kind: Kind }>;

function refusalWords(who: string, { candidate, term, reason, preVote }: Fact<"voteRefused">): string {
  const asker = nameOf(candidate);
  const what = preVote ? "pre-vote" : "vote";
  switch (reason) {
    case "logBehind":
      return `${who} refused ${asker}'s ${what}: ${asker}'s log is behind`;
    case "alreadyVoted":
      return `${who} refused ${asker}'s ${what}: ${who} has voted in term ${term} already`;
    case "staleTerm":
      return `${who} refused ${asker}'s ${what}: ${asker}'s term is over`;
    case "leaderAlive":
      return `${who} refused ${asker}'s ${what}: ${who} still hears a leader`;
    case "quarantined":
      return `${who} refused ${asker}'s ${what}: ${who}'s own log is damaged`;
  }
}

function stepDownWords(who: string, { term, newTerm, reason, was }: Fact<"steppedDown">): string {
  const act =
    was === "leader" ? `${who}, leader of term ${term}, steps down` : `${who} gives up its election in term ${term}`;
  switch (reason) {
    case "higherTerm":
      return `${act}: it heard of term ${newTerm}`;
    case "noQuorum":
      return `${act}: it hears no majority`;
    case "leaderFound":
      return `${act}: another won`;
  }
}

function undoneWords(undone: number): string {
  return undone === 0
    ? "none of them had been applied"
    : `${plural(undone, "applied entry", "applied entries")} undone`;
}

function rollbackWords(who: string, { from, to, undone }: Fact<"rolledBack">): string {
  const entries = from === to ? `entry ${from}` : `entries ${from} to ${to}`;
  if (from === to) return `${who} rolled back ${entries}${undone > 0 ? ", which it had applied" : ""}`;
  return `${who} rolled back ${entries}: ${undoneWords(undone)}`;
}

function replicaSentence(who: string, fact: ReplicaEvent): string {
  switch (fact.kind) {
    case "electionStarted":
      return fact.preVote
        ? `${who} asks whether it could win term ${fact.term}`
        : `${who} asks for votes in term ${fact.term}`;
    case "voteGranted":
      return fact.preVote
        ? `${who} would vote for ${nameOf(fact.candidate)} in term ${fact.term}`
        : `${who} votes for ${nameOf(fact.candidate)} in term ${fact.term}`;
    case "voteRefused":
      return refusalWords(who, fact);
    case "becameLeader":
      return `${who} leads term ${fact.term} with ${plural(fact.votes.length, "vote")}`;
    case "steppedDown":
      return stepDownWords(who, fact);
    case "leaderHeard":
      return `${who} follows ${nameOf(fact.leader)} in term ${fact.term}`;
    case "rolledBack":
      return rollbackWords(who, fact);
    case "logFolded":
      return `${who} folded its log up to entry ${fact.lastIncludedIndex} into a snapshot`;
    case "snapshotOffered":
      return `${who} sends ${nameOf(fact.to)} a snapshot: ${plural(fact.items, "item")} up to entry ${fact.lastIncludedIndex}`;
    case "snapshotInstalled":
      return `${who} took in the snapshot: ${plural(fact.items, "item")} up to entry ${fact.lastIncludedIndex}${fact.undone > 0 ? `, ${undoneWords(fact.undone)}` : ""}`;
    case "writeRefused":
      return fact.leader === undefined
        ? `${who} refused a write: it does not lead and knows no leader`
        : `${who} refused a write: ${nameOf(fact.leader)} leads`;
    case "logFull":
      return `${who} refused a write: its log is full`;
    case "degraded":
      return fact.on
        ? `${who} stops waiting for silent replicas: one copy is enough for now`
        : `${who} waits for all copies again`;
    case "inboxFull":
      return `${who} dropped a message: too many wait already`;
    case "promoted":
      return `${who} takes term ${fact.term} for its own, without asking anybody`;
    case "damageFound":
      return `${who} found record ${fact.index} damaged: it neither serves nor votes until a leader has sent it everything`;
    case "quarantineEnded":
      return `${who} is whole again: it serves and votes`;
    case "readsFull":
      return `${who} forgot its oldest waiting read: too many wait`;
  }
}

function answerWords(who: string, fact: Extract<ClientEvent, { readonly kind: "answered" }>): string {
  const by = nameOf(fact.by);
  const took = duration(fact.latency);
  if (fact.question === "get") return `${by} answered ${who}'s read ${fact.found > 0 ? "" : "with nothing "}in ${took}`;
  return `${by} answered ${who}'s search with ${fact.found === 0 ? "nothing" : plural(fact.found, "item")} in ${took}`;
}

function clientSentence(who: string, fact: ClientEvent, context: WordContext): string {
  switch (fact.kind) {
    case "writeAcknowledged":
      return `${who}'s ${operationWords(fact.operation, context)} is acknowledged after ${duration(fact.latency)}: ${versionWords(fact.version)}`;
    case "writeUnknown":
      return `${who} got no answer to its ${operationWords(fact.operation, context)}: outcome unknown, not failed`;
    case "writeFailed":
      return `${who}'s ${operationWords(fact.operation, context)} failed: nothing was written`;
    case "redirected":
      return fact.to === undefined
        ? `${nameOf(fact.by)} could not tell ${who} who leads`
        : `${nameOf(fact.by)} sent ${who} on to ${nameOf(fact.to)}`;
    case "answered":
      return answerWords(who, fact);
    case "unanswered":
      return `${who}'s ${fact.question === "get" ? "read" : "search"} got no answer`;
    case "skipped":
      return `${who} skipped a ${fact.what}: too many of its operations are open`;
  }
}

function doneWords({ command, by }: Extract<WorldEvent, { kind: "commandDone" }>, at: Micros, context: WordContext) {
  if (by === "gameDay") return gameDaySentence(command, at, context);
  return by === "time" ? timeSentence(command, at, context) : commandSentence(command, at, context);
}

function worldSentence(event: ClusterEvent, fact: WorldEvent, context: WordContext): string {
  switch (fact.kind) {
    case "commandDone":
      return doneWords(fact, event.at, context);
    case "commandIgnored":
      return `Nothing changed: ${fact.problem.message}`;
    case "verdictBroken":
      return `${fact.promised ? "A promise is broken" : "Not promised, and it happened"}: ${fact.message.replace(/\.$/, "")}`;
    case "networkFull":
      return `The network is full: ${count(fact.limit)} messages are under way, new ones are dropped`;
    case "storeDiffers":
      return `The store of ${nameOf(fact.replicaId)} differs from its log, a defect of this program: its recall is unknown`;
    case "writeLost":
      return `The acknowledged write of ${itemWords(fact.id, context)} is lost: ${versionWords(fact.version)}`;
  }
}

/** The event in one sentence, without a full stop. */
export function sentenceOf(event: ClusterEvent, context: WordContext): string {
  switch (event.source) {
    case "replica":
      return replicaSentence(nameOf(event.replicaId), event.fact);
    case "client":
      return clientSentence(nameOf(event.clientId), event.fact, context);
    case "world":
      return worldSentence(event, event.fact, context);
  }
}

const weights: Record<ReplicaEvent["kind"] | ClientEvent["kind"] | WorldEvent["kind"], Weight> = {
  electionStarted: "turn",
  voteGranted: "step",
  voteRefused: "step",
  becameLeader: "turn",
  steppedDown: "turn",
  leaderHeard: "step",
  rolledBack: "turn",
  logFolded: "step",
  snapshotOffered: "step",
  snapshotInstalled: "step",
  writeRefused: "routine",
  logFull: "step",
  degraded: "turn",
  readsFull: "step",
  inboxFull: "step",
  promoted: "turn",
  damageFound: "turn",
  quarantineEnded: "turn",
  verdictBroken: "turn",
  networkFull: "step",
  storeDiffers: "turn",
  writeAcknowledged: "routine",
  writeUnknown: "step",
  writeFailed: "step",
  redirected: "routine",
  answered: "routine",
  unanswered: "routine",
  skipped: "routine",
  commandDone: "turn",
  commandIgnored: "step",
  writeLost: "turn",
};

/** How much the event matters. */
export function weightOf({ fact }: ClusterEvent): Weight {
  if (fact.kind === "rolledBack" && fact.undone === 0) return "step";
  if (fact.kind === "commandDone" && fact.command.kind === "write") return "step";
  return weights[fact.kind];
}

/** Whether the event is a loss: it is red, and carries a cross, since nothing is told by colour alone. */
export function isLoss({ fact }: ClusterEvent): boolean {
  return fact.kind === "writeLost" || (fact.kind === "verdictBroken" && fact.promised);
}
