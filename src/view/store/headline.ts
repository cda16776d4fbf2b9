/**
 * The one sentence over the stage: what is happening now, and a line why. Derived from slow facts that change only at
 * interesting events: no durations, no counts of messages, so that it is never rewritten while nothing has turned.
 */
import { majorityOf, nameOf } from "../../base/ids.ts";
import { type ClusterConfig, commitCopies, requiredCopies } from "../../model/protocol/config.ts";
import type { ClusterEvent } from "../../model/protocol/events.ts";
import { candidatesOf, leadersOf, reachableFrom } from "./clusterShape.ts";
import { countWord, list, names, plural } from "./format.ts";
import type { ReplicaSummary, RunFacts } from "./runFacts.ts";
import { weightOf } from "./words.ts";

/** What the headline is made from. */
export type HeadlineFacts = Pick<
  RunFacts,
  "replicas" | "groups" | "cuts" | "config" | "feed" | "failure" | "travelled"
>;

export interface HeadlineText {
  readonly sentence: string;
  /** The sentence in one line of a phone: about 36 letters. */
  readonly short: string;
  readonly reason: string;
}

/** A situation of the cluster, worked out once. */
interface Situation {
  readonly facts: HeadlineFacts;
  readonly config: ClusterConfig;
  readonly total: number;
  readonly majority: number;
  readonly dead: readonly ReplicaSummary[];
  readonly alive: readonly ReplicaSummary[];
  readonly leaders: readonly ReplicaSummary[];
  readonly candidates: readonly ReplicaSummary[];
}

function situationOf(facts: HeadlineFacts, config: ClusterConfig): Situation {
  const { replicas } = facts;
  return {
    facts,
    config,
    total: replicas.length,
    majority: majorityOf(replicas.length),
    dead: replicas.filter(({ alive }) => !alive),
    alive: replicas.filter(({ alive }) => alive),
    leaders: leadersOf(replicas),
    candidates: candidatesOf(replicas),
  };
}

function namesOf(replicas: readonly ReplicaSummary[]): string {
  return names(replicas.map(({ replicaId }) => replicaId));
}

function isOrAre(replicas: readonly ReplicaSummary[]): string {
  return replicas.length === 1 ? "is" : "are";
}

function reachOf({ facts }: Situation, replica: ReplicaSummary): number {
  return reachableFrom(facts, replica.replicaId).length;
}

/**
 * Copies that a write at `leader` can get, its own included. Replicas of a newer term refuse what it sends; where that
 * rule is off, only other leaders do.
 */
function copiesOf({ facts, config }: Situation, leader: ReplicaSummary): number {
  const reached = reachableFrom(facts, leader.replicaId);
  const accepts = ({ replicaId, role, term }: ReplicaSummary) =>
    replicaId === leader.replicaId || (config.rules.rejectStaleTerms ? term <= leader.term : role !== "leader");
  return facts.replicas.filter((replica) => reached.includes(replica.replicaId) && accepts(replica)).length;
}

/** Copies that `leader` waits for now: a single one where it may degrade and somebody does not answer. */
function neededBy(situation: Situation, leader: ReplicaSummary): number {
  const { config, total } = situation;
  const degrades = config.mode === "synchronous" && config.synchronousDegrades;
  return degrades && copiesOf(situation, leader) < total ? 1 : requiredCopies(config);
}

function canAcknowledge(situation: Situation, leader: ReplicaSummary): boolean {
  return copiesOf(situation, leader) >= neededBy(situation, leader);
}

/** "It can get 1 of the 2 copies that a write needs." */
function shortage(situation: Situation, leader: ReplicaSummary): string {
  return `It can get ${copiesOf(situation, leader)} of the ${neededBy(situation, leader)} copies that a write needs.`;
}

/** What a stale leader does not know yet, and what will come of it. */
function whatIsUnheard({ facts }: Situation, current: ReplicaSummary, stale: ReplicaSummary): string {
  const unheard = `${nameOf(stale.replicaId)} has not heard of term ${current.term}`;
  return reachableFrom(facts, stale.replicaId).includes(current.replicaId)
    ? `${unheard} yet. When it does, it steps down.`
    : `${unheard}; when the network heals it rolls back.`;
}

function twoLeaders(situation: Situation): HeadlineText {
  const { leaders } = situation;
  const [current, ...older] = leaders;
  const first = older[0];
  if (current === undefined || first === undefined) return wholeLeader(situation);
  const leading = `${countWord(leaders.length)} leaders.`;
  if (current.term === first.term) {
    return {
      sentence: `Two leaders in term ${current.term}.`,
      short: `Two leaders in term ${current.term}.`,
      reason: `${list([nameOf(current.replicaId), nameOf(first.replicaId)])} both lead: a safety rule is off, or a leader was promoted by hand.`,
    };
  }
  const deceived = older.find((leader) => canAcknowledge(situation, leader));
  if (deceived !== undefined) {
    const who = nameOf(deceived.replicaId);
    return {
      sentence: `${leading} ${who} still says yes to writes that cannot survive.`,
      short: `${leading} ${who}'s yes is worthless.`,
      reason: whatIsUnheard(situation, current, deceived),
    };
  }
  if (!canAcknowledge(situation, current)) {
    const gets = leaders.map((leader) => `${nameOf(leader.replicaId)} can get ${copiesOf(situation, leader)}`);
    return {
      sentence: `${leading} None can acknowledge a write.`,
      short: `${leading} None can say yes.`,
      reason: `A write needs ${plural(neededBy(situation, current), "copy", "copies")}: ${list(gets)}.`,
    };
  }
  return {
    sentence: `${leading} Only ${nameOf(current.replicaId)} can acknowledge a write.`,
    short: `${leading} Only ${nameOf(current.replicaId)} can say yes.`,
    reason: `${whatIsUnheard(situation, current, first)} ${shortage(situation, first)}`,
  };
}

function whyNoLeader({ dead, leaders, total }: Situation): readonly string[] {
  if (leaders.length > 0) return [];
  if (dead.length === 0) return ["No leader is heard."];
  return [
    dead.length === 1 ? `${namesOf(dead)} is down.` : `${namesOf(dead)} are down, ${total - dead.length} are left.`,
  ];
}

/** What becomes of writes until `winner` is elected: an old leader on another side may still take them. */
function meanwhile(situation: Situation, winner: string): string {
  const leader = situation.leaders[0];
  if (leader === undefined) return `Until ${winner} wins, every write waits.`;
  const leads = `${nameOf(leader.replicaId)} still leads term ${leader.term}`;
  return canAcknowledge(situation, leader)
    ? `${leads} and says yes to clients that reach it.`
    : `${leads}. ${shortage(situation, leader)}`;
}

function election(situation: Situation): HeadlineText {
  const { candidates, majority } = situation;
  const front = candidates[0];
  if (front === undefined) return waiting(situation);
  const rivals = candidates.filter(({ term }) => term === front.term);
  const until = meanwhile(situation, "one");
  if (rivals.length > 1) {
    return {
      sentence: `${namesOf(rivals)} ask for votes in term ${front.term} at the same time.`,
      short: `${namesOf(rivals)} compete in term ${front.term}.`,
      reason: `Each vote goes to one of them; without ${majority} for either, the term ends without a leader. ${until}`,
    };
  }
  const who = nameOf(front.replicaId);
  if (front.role === "preCandidate") {
    return {
      sentence: `${who} asks whether it could win term ${front.term + 1}.`,
      short: `${who} asks whether it could win.`,
      reason: `Pre-vote: it raises the term only if ${majority} say yes. ${until}`,
    };
  }
  return {
    sentence: `${who} asks for votes in term ${front.term} and holds ${front.votes.length} of the ${majority} it needs.`,
    short: `${who} has ${front.votes.length} of the ${majority} votes it needs.`,
    reason: [...whyNoLeader(situation), meanwhile(situation, who)].join(" "),
  };
}

function noMajority(situation: Situation): HeadlineText | undefined {
  const { alive, dead, total, majority, facts } = situation;
  if (alive.length === 0) {
    return {
      sentence: "Every replica is down.",
      short: "Every replica is down.",
      reason: "Their disks are kept. Start one again to see what it remembers.",
    };
  }
  if (alive.length < majority) {
    return {
      sentence: `${namesOf(dead)} ${isOrAre(dead)} down: nobody can be elected.`,
      short: "Too many are down: no leader.",
      reason: `A leader needs ${majority} votes of ${total}, and ${alive.length === 1 ? "one replica is" : `${alive.length} replicas are`} left.`,
    };
  }
  if (facts.cuts.length > 0 && alive.every((replica) => reachOf(situation, replica) < majority)) {
    return {
      sentence: "No side of the cut has a majority: nobody can be elected.",
      short: "No side has a majority: no leader.",
      reason: `A leader needs ${majority} votes of ${total}. Heal the network, or choose other sides.`,
    };
  }
  return undefined;
}

function waiting(situation: Situation): HeadlineText {
  const { dead, alive } = situation;
  const clocks = alive.length === 1 ? "One clock runs." : `${countWord(alive.length)} clocks run.`;
  return {
    sentence: dead.length === 0 ? `No leader. ${clocks}` : `${namesOf(dead)} ${isOrAre(dead)} down. ${clocks}`,
    short: dead.length === 1 ? `${namesOf(dead)} is down. ${clocks}` : `No leader. ${clocks}`,
    reason: "The first whose clock runs out asks for votes. Until one wins, every write waits.",
  };
}

const SLOWEST_DECIDES = "The slowest replica decides how long a write takes.";

function costOfMode(config: ClusterConfig): string {
  switch (config.mode) {
    case "asynchronous":
      return "Copies follow later: if the leader dies first, acknowledged writes die with it.";
    case "quorum":
      if (commitCopies(config) < majorityOf(config.replicaCount))
        return "That is below a majority: a crash can lose acknowledged writes.";
      return requiredCopies(config) >= config.replicaCount
        ? SLOWEST_DECIDES
        : "The slowest replica never delays a write, and a majority remembers it.";
    case "synchronous":
      return SLOWEST_DECIDES;
  }
}

function wholeLeader(situation: Situation): HeadlineText {
  const { leaders, config, total } = situation;
  const leader = leaders[0];
  if (leader === undefined) return waiting(situation);
  const copies = requiredCopies(config);
  const who = `${nameOf(leader.replicaId)} leads term ${leader.term}`;
  if (total === 1) {
    return { sentence: `${who}, alone.`, short: `${who}, alone.`, reason: "What it acknowledges lives on one disk." };
  }
  if (copies === 1) {
    return {
      sentence: `${who} and says yes at its own copy.`,
      short: `${nameOf(leader.replicaId)} leads; one copy is enough.`,
      reason: costOfMode(config),
    };
  }
  const share = copies === total ? `all ${total} copies` : `${copies} of ${total} copies`;
  return {
    sentence: `${who}; every write waits for ${share}.`,
    short: `${nameOf(leader.replicaId)} leads; writes need ${share}.`,
    reason: costOfMode(config),
  };
}

/** What missing copies mean for writes: nothing, or that they time out. */
function whatWritesDo(config: ClusterConfig, copies: number): string {
  const needed = requiredCopies(config);
  if (config.mode === "synchronous" && config.synchronousDegrades)
    return "Synchronous may degrade: acknowledgements go on, with fewer copies.";
  if (copies >= needed) return `Writes go on: they need ${plural(needed, "copy", "copies")}, and ${copies} can be had.`;
  return `Writes wait and time out: they need ${plural(needed, "copy", "copies")}, and only ${copies} can be had.`;
}

function reducedLeader(situation: Situation, leader: ReplicaSummary): HeadlineText {
  const { facts, config, dead } = situation;
  const who = nameOf(leader.replicaId);
  const reached = reachableFrom(facts, leader.replicaId);
  const cutOff = situation.alive.filter(({ replicaId }) => !reached.includes(replicaId));
  const reason = whatWritesDo(config, copiesOf(situation, leader));
  if (cutOff.length === 0) {
    return {
      sentence: `${who} leads term ${leader.term} without ${namesOf(dead)}.`,
      short: `${who} leads without ${namesOf(dead)}.`,
      reason,
    };
  }
  if (reached.length < situation.majority) {
    const sentence = `${who} leads, but only ${reached.length} of ${situation.total} hear it.`;
    return { sentence, short: sentence, reason };
  }
  const asks = cutOff.some(({ role }) => role === "candidate") ? " and asks for votes in vain" : "";
  const verb = cutOff.length === 1 ? `is cut off${asks}` : "are cut off";
  return {
    sentence: `${who} leads term ${leader.term}; ${namesOf(cutOff)} ${verb}.`,
    short: `${who} leads; ${namesOf(cutOff)} ${cutOff.length === 1 ? "is" : "are"} cut off.`,
    reason,
  };
}

/** The turns of the story since the last that is not a loss, newest first; losses come many at a time. */
function lastTurns(feed: readonly ClusterEvent[]): {
  readonly lost: readonly string[];
  readonly turn: ClusterEvent | undefined;
} {
  const turns = feed.filter((event) => weightOf(event) === "turn");
  const at = turns.findLastIndex(({ fact }) => fact.kind !== "writeLost");
  const lost = turns.slice(at + 1).flatMap(({ fact }) => (fact.kind === "writeLost" ? [fact.id] : []));
  return { lost, turn: turns[at] };
}

/** What a rollback or a loss left behind, until something else turns the story. */
function aftermath({ feed, travelled }: HeadlineFacts): HeadlineText | undefined {
  const { lost, turn } = lastTurns(feed.filter(({ sequence }) => sequence <= travelled.fact));
  const losses =
    lost.length === 1 ? `An acknowledged write is lost: ${lost[0]}.` : `${lost.length} acknowledged writes are lost.`;
  if (turn?.source === "replica" && turn.fact.kind === "rolledBack") {
    const { from, to, undone } = turn.fact;
    const entries = plural(to - from + 1, "entry", "entries");
    const sentence = `${nameOf(turn.replicaId)} rolled back ${entries}.`;
    const undoing = `Its log follows the leader now, and ${plural(undone, "applied entry was", "applied entries were")} undone.`;
    return { sentence, short: sentence, reason: lost.length === 0 ? undoing : `${undoing} ${losses}` };
  }
  if (lost.length === 0) return undefined;
  return {
    sentence: losses,
    short: lost.length === 1 ? "An acknowledged write is lost." : losses,
    reason: "No majority can have it any more. The client was told that it was safe.",
  };
}

function broken({ failure, replicas }: HeadlineFacts): HeadlineText | undefined {
  if (failure === undefined) return undefined;
  const who = failure.replicaId === undefined ? "the event loop" : nameOf(failure.replicaId);
  return {
    sentence: `The run stopped: ${who} failed.`,
    short: `The run stopped: ${who} failed.`,
    reason: `${plural(replicas.length, "replica")} stand as they were.`,
  };
}

/** What is happening now, and why. */
export function headlineOf(facts: HeadlineFacts): HeadlineText {
  if (facts.config === undefined || facts.replicas.length === 0) {
    return {
      sentence: "The cluster is starting.",
      short: "The cluster is starting.",
      reason: "Replicas elect a leader and take in the data set.",
    };
  }
  const failed = broken(facts);
  if (failed !== undefined) return failed;
  const situation = situationOf(facts, facts.config.cluster);
  const leader = situation.leaders[0];
  if (situation.leaders.length > 1) return twoLeaders(situation);
  if (leader === undefined)
    return noMajority(situation) ?? (situation.candidates.length > 0 ? election(situation) : waiting(situation));
  const isNewer = situation.candidates.some(
    (candidate) => candidate.term > leader.term && reachOf(situation, candidate) >= situation.majority,
  );
  if (isNewer) return election(situation);
  if (reachOf(situation, leader) < situation.total) return reducedLeader(situation, leader);
  return aftermath(facts) ?? wholeLeader(situation);
}
