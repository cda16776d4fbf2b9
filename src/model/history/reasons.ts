/**
 * The reasons of each kind of event: of an election the silence before it, of a leader the votes, of a commit the copies.
 * Each rule looks back in the chronicle for what brought the event about, and for nothing else.
 */
import { isReplica, type ReplicaId } from "../../base/ids.ts";
import { between } from "../../base/units.ts";
import type { ChronicleEvent, Claim } from "../protocol/chronicle.ts";
import type { ClusterEvent } from "../protocol/events.ts";
import { causesOf, contentOf, type FactOf, factOf, type Past, timerSet } from "./causes.ts";
import { EARLIER, factStep, lostBetween, lostStep, type Step, silenceSteps } from "./silence.ts";
import { lossOfWrite, unansweredReasons } from "./writeReasons.ts";

/** The reasons of what `claim` says of `event`. */
export function reasonsOf(past: Past, event: ChronicleEvent, claim: Claim): readonly Step[] {
  switch (claim.kind) {
    case "fact":
      return factReasons(past, event, claim.fact);
    case "committed":
      return commitReasons(past, event, claim.who, claim.index);
    case "stored":
      return storeReasons(past, event);
    case "beats":
      return [leaderStep(past, claim.who, claim.term, event)];
    case "arrived":
    case "sent": {
      const sender = past.event(claim.message.sentIn);
      return sender === undefined || sender === event ? [EARLIER] : [stepOf(past, sender)];
    }
    default:
      return [];
  }
}

/** What matters most, first. The rest follows in the order in which it was told. */
const MAIN: readonly ClusterEvent["fact"]["kind"][] = [
  ...([
    "commandDone",
    "writeLost",
    "promoted",
    "becameLeader",
    "rolledBack",
    "electionStarted",
    "voteGranted",
  ] as const),
  ...(["steppedDown", "verdictBroken"] as const),
];

function mainFact({ facts }: ChronicleEvent): ClusterEvent | undefined {
  const main = MAIN.flatMap((kind) => facts.find(({ fact }) => fact.kind === kind) ?? []);
  return main[0] ?? facts.find(({ fact }) => fact.kind !== "leaderHeard") ?? facts[0];
}

/** An event as a claim: the fact that matters most in it, else what changed by it, else what it received or was asked. */
export function stepOf(past: Past, event: ChronicleEvent): Step {
  const fact = mainFact(event);
  const message = past.received(event);
  if (fact !== undefined) return { claim: { kind: "fact", fact }, event, message };
  const changed = changeOf(past, event);
  if (changed !== undefined) return { claim: changed, event, message };
  if (message !== undefined) return { claim: { kind: "arrived", message }, event, message };
  const { trigger, who, standing } = event;
  if (trigger.kind === "ask" && who !== undefined) {
    return { claim: { kind: "asked", client: who, what: trigger.what, id: trigger.id }, event };
  }
  if (who !== undefined && isReplica(who) && standing?.role === "leader") {
    return { claim: { kind: "beats", who, term: standing.term }, event };
  }
  const cause = past.event(causesOf(past, event)[0]);
  return cause === undefined ? EARLIER : stepOf(past, cause);
}

/** What an event without facts did to its replica. */
function changeOf(past: Past, event: ChronicleEvent): Claim | undefined {
  const { who, standing } = event;
  const before = past.standingBefore(event);
  if (who === undefined || !isReplica(who) || standing === undefined || before === undefined) return undefined;
  if (standing.commitIndex > before.commitIndex) {
    const copies = standing.role === "leader" ? copiesOf(past, event, who, standing.commitIndex) : [];
    return { kind: "committed", who, index: standing.commitIndex, copies };
  }
  return standing.logEnd.logIndex > before.logEnd.logIndex
    ? { kind: "stored", who, version: standing.logEnd }
    : undefined;
}

/** Whose copies of `index` the leader knew of in `event`: its own, and those that had been confirmed to it. */
function copiesOf(past: Past, event: ChronicleEvent, leader: ReplicaId, index: number): readonly ReplicaId[] {
  return past.chronicle.beginning
    .map(({ replicaId }) => replicaId)
    .filter((id) => id === leader || confirmation(past, event, leader, id, index) !== undefined);
}

/** The event in which `leader` heard that `from` has `index`: `event`, or one before. */
function confirmation(past: Past, event: ChronicleEvent, leader: ReplicaId, from: ReplicaId, index: number) {
  const confirms = (heard: ChronicleEvent) => {
    const message = past.received(heard);
    const reply = contentOf(message, "appendReply");
    return message?.from === from && reply?.success === true && reply.matchIndex >= index;
  };
  return confirms(event) ? event : past.last(leader, event, confirms);
}

function commitReasons(past: Past, event: ChronicleEvent, who: ReplicaId, index: number): readonly Step[] {
  if (event.standing?.role !== "leader") {
    const from = past.received(event)?.from;
    const told = from !== undefined && isReplica(from) ? past.committed(from, index, event) : undefined;
    return [told === undefined ? EARLIER : stepOf(past, told)];
  }
  return copiesOf(past, event, who, index).flatMap((id): Step[] => {
    const sender = past.event(past.received(confirmation(past, event, who, id, index) ?? event)?.sentIn);
    const version = event.standing?.logEnd;
    const entry = entryAt(past, event, who, index) ?? version;
    const stored = entry === undefined ? undefined : past.stored(id, entry, sender ?? event);
    if (entry === undefined || (stored === undefined && id === who)) return [];
    if (stored === undefined) return [EARLIER];
    const claim = { kind: "stored", who: id, version: entry } as const;
    return [{ claim, event: stored, message: past.received(stored) }];
  });
}

/** The entry that stands at `index` of `who`'s log in `event`, as the messages about it name it. */
function entryAt(past: Past, event: ChronicleEvent, who: ReplicaId, index: number) {
  const appended = past.last(who, event, ({ standing }) => standing?.logEnd.logIndex === index);
  return appended?.standing?.logEnd;
}

function storeReasons(past: Past, event: ChronicleEvent): readonly Step[] {
  const message = past.received(event);
  if (contentOf(message, "writeRequest") !== undefined) {
    const asked = past.event(message?.sentIn);
    return [asked === undefined ? EARLIER : stepOf(past, asked)];
  }
  const entry = contentOf(message, "appendEntries")?.entries.at(-1);
  const from = message?.from;
  if (entry === undefined || from === undefined || !isReplica(from)) return [];
  const version = event.standing?.logEnd;
  const sender = past.event(message?.sentIn);
  const stored = past.stored(from, { term: entry[0], logIndex: entry[1] }, sender ?? event);
  const first = sender !== undefined && past.received(sender)?.content.kind === "writeRequest" ? sender : stored;
  if (first === undefined || version === undefined) return [EARLIER];
  return first.facts.length > 0
    ? [stepOf(past, first)]
    : [{ claim: { kind: "stored", who: from, version }, event: first, message: past.received(first) }];
}

function leaderStep(past: Past, leader: ReplicaId, term: number, than: ChronicleEvent): Step {
  return factStep(
    past,
    past.last(leader, than, (event) => factOf(event, "becameLeader")?.term === term),
    "becameLeader",
  );
}

function campaignStep(past: Past, candidate: ReplicaId, term: number, preVote: boolean, than: ChronicleEvent): Step {
  const isIt = (event: ChronicleEvent) => {
    const fact = factOf(event, "electionStarted");
    return fact?.term === term && fact.preVote === preVote;
  };
  return factStep(past, past.last(candidate, than, isIt), "electionStarted");
}

/** The votes of others, as they were given. */
function voteSteps(past: Past, event: ChronicleEvent, who: ReplicaId, term: number, preVote: boolean): readonly Step[] {
  return past.chronicle.beginning.flatMap(({ replicaId: voter }): Step[] => {
    const hears = (heard: ChronicleEvent) => {
      const message = past.received(heard);
      const reply = contentOf(message, "voteReply");
      return message?.from === voter && reply?.granted === true && reply.preVote === preVote && reply.term === term;
    };
    const heard = hears(event) ? event : past.last(who, event, hears);
    const reply = past.received(heard);
    if (voter === who || heard === undefined || reply === undefined) return [];
    const gave = past.last(voter, heard, (other) => {
      const fact = factOf(other, "voteGranted");
      return fact?.candidate === who && fact.term === term && fact.preVote === preVote;
    });
    return [{ ...factStep(past, gave, "voteGranted"), message: reply }];
  });
}

function electionReasons(
  past: Past,
  event: ChronicleEvent,
  who: ReplicaId,
  fact: FactOf<"electionStarted">,
): readonly Step[] {
  if (event.trigger.kind !== "timer") {
    return [...voteSteps(past, event, who, fact.term, true), campaignStep(past, who, fact.term, true, event)];
  }
  const first = firstInVain(past, event);
  if (first !== undefined) return [inVainStep(past, event, first, who)];
  const before = past.standingBefore(event);
  const set = timerSet(past, event);
  const heard = past.received(set);
  const leader = before?.leader ?? (heard !== undefined && isReplica(heard.from) ? heard.from : undefined);
  const since = before?.timerSetAt ?? set?.at ?? event.at;
  if (since === 0) return [{ claim: { kind: "began" } } as const];
  const silent = leader === undefined || leader === who ? [] : silenceSteps(past, leader, who, since, event.at);
  const claim = { kind: "silence", who, lasted: between(since, event.at), leader } as const;
  const last: readonly Step[] = set === undefined ? [EARLIER] : silent.length > 0 ? [] : [stepOf(past, set)];
  return [{ claim, event: set, because: [...silent, ...last] }];
}

/** The first of the elections that a replica began in vain one after the other before `event`; none if there was none. */
function firstInVain(past: Past, event: ChronicleEvent): ChronicleEvent | undefined {
  let first: ChronicleEvent | undefined;
  for (let set = timerSet(past, event); factOf(set, "electionStarted") !== undefined; ) {
    first = set;
    set = first === undefined ? undefined : timerSet(past, first);
  }
  return first;
}

/** Why the elections before `event` led to nothing: votes refused and messages lost in the last of them. */
function inVainStep(past: Past, event: ChronicleEvent, first: ChronicleEvent, who: ReplicaId): Step {
  const last = timerSet(past, event) ?? first;
  const term = factOf(last, "electionStarted")?.term ?? 0;
  const steps = past.chronicle.beginning.flatMap(({ replicaId: other }): readonly Step[] => {
    if (other === who) return [];
    const isIt = (told: ChronicleEvent) => {
      const fact = factOf(told, "voteRefused");
      return fact?.candidate === who && fact.term === term;
    };
    const refused = past.last(other, event, isIt);
    if (refused !== undefined) return [factStep(past, refused, "voteRefused")];
    return lostStep(past, lostBetween(past, who, other, last.at, event.at));
  });
  const claim = { kind: "inVain", who, from: factOf(first, "electionStarted")?.term ?? term, to: term } as const;
  return { claim, event: last, because: [...steps, factStep(past, first, "electionStarted")] };
}

function stepDownReasons(past: Past, event: ChronicleEvent, who: ReplicaId, fact: FactOf<"steppedDown">) {
  const from = past.received(event)?.from;
  if (fact.reason === "noQuorum") {
    const others = past.chronicle.beginning.map(({ replicaId }) => replicaId).filter((id) => id !== who);
    return others.flatMap((id) => silenceSteps(past, id, who, past.chronicle.from, event.at));
  }
  if (from === undefined || !isReplica(from)) return [EARLIER];
  const raised = past.last(from, event, (other) => {
    const campaign = factOf(other, "electionStarted");
    const led = factOf(other, "becameLeader");
    return (campaign?.preVote === false && campaign.term === fact.newTerm) || led?.term === fact.newTerm;
  });
  const kind = factOf(raised, "becameLeader")?.term === fact.newTerm ? "becameLeader" : "electionStarted";
  return [factStep(past, raised, kind)];
}

function refusalReasons(past: Past, event: ChronicleEvent, who: ReplicaId, fact: FactOf<"voteRefused">) {
  const campaign = campaignStep(past, fact.candidate, fact.term, fact.preVote, event);
  const isOther = (other: ChronicleEvent) => {
    const vote = factOf(other, "voteGranted");
    const own = factOf(other, "electionStarted");
    return (vote?.term === fact.term && !vote.preVote) || (own?.term === fact.term && !own.preVote);
  };
  const other = fact.reason === "alreadyVoted" ? past.last(who, event, isOther) : undefined;
  const kind = factOf(other, "voteGranted") === undefined ? "electionStarted" : "voteGranted";
  return other === undefined ? [campaign] : [factStep(past, other, kind), campaign];
}

function replicaReasons(
  past: Past,
  event: ChronicleEvent,
  who: ReplicaId,
  fact: ClusterEvent["fact"],
): readonly Step[] {
  switch (fact.kind) {
    case "becameLeader":
      if (fact.votes.length === 0) return [];
      return [...voteSteps(past, event, who, fact.term, false), campaignStep(past, who, fact.term, false, event)];
    case "voteGranted":
      return [{ ...campaignStep(past, fact.candidate, fact.term, fact.preVote, event), message: past.received(event) }];
    case "voteRefused":
      return refusalReasons(past, event, who, fact);
    case "electionStarted":
      return electionReasons(past, event, who, fact);
    case "steppedDown":
      return stepDownReasons(past, event, who, fact);
    case "leaderHeard":
      return [leaderStep(past, fact.leader, fact.term, event)];
    case "rolledBack": {
      const leader = event.standing?.leader;
      const term = event.standing?.term ?? fact.term;
      const kept = past.standingBefore(event)?.logEnd;
      const stored = kept === undefined ? undefined : past.stored(who, kept, event);
      const own: readonly Step[] =
        stored === undefined || kept === undefined
          ? []
          : [{ claim: { kind: "stored", who, version: kept }, event: stored, message: past.received(stored) }];
      return [...(leader === undefined ? [] : [leaderStep(past, leader, term, event)]), ...own];
    }
    case "promoted":
      return [
        factStep(
          past,
          past.lastCommand(["promote"], event, ({ replicaId }) => replicaId === who),
          "commandDone",
        ),
      ];
    case "damageFound":
      return [
        factStep(
          past,
          past.lastCommand(["corrupt"], event, ({ replicaId }) => replicaId === who),
          "commandDone",
        ),
      ];
    case "snapshotInstalled": {
      const leader = past.received(event)?.from;
      if (leader === undefined) return [];
      const isIt = (other: ChronicleEvent) => factOf(other, "snapshotOffered")?.to === who;
      return [factStep(past, past.last(leader, event, isIt), "snapshotOffered")];
    }
    case "writeRefused": {
      const knew = past.last(who, event, (other) => factOf(other, "leaderHeard")?.leader === fact.leader);
      const lost = past.last(who, event, (other) => factOf(other, "electionStarted") !== undefined);
      return fact.leader === undefined
        ? [factStep(past, lost, "electionStarted")]
        : [factStep(past, knew, "leaderHeard")];
    }
    default:
      return sent(past, event);
  }
}

/** What the message that set an event off was sent for. */
function sent(past: Past, event: ChronicleEvent): readonly Step[] {
  const sender = past.event(past.received(event)?.sentIn);
  return sender === undefined ? [] : [stepOf(past, sender)];
}

function clientReasons(past: Past, event: ChronicleEvent, fact: ClusterEvent["fact"]): readonly Step[] {
  switch (fact.kind) {
    case "writeAcknowledged": {
      const leader = past.received(event)?.from;
      if (leader === undefined || !isReplica(leader)) return [EARLIER];
      const committed = past.committed(leader, fact.version.logIndex, event);
      if (committed === undefined) return [EARLIER];
      const index = fact.version.logIndex;
      const copies = copiesOf(past, committed, leader, index);
      return [{ claim: { kind: "committed", who: leader, index, copies }, event: committed }];
    }
    case "writeUnknown":
    case "writeFailed":
    case "unanswered":
      return unansweredReasons(past, event, fact.requestId);
    case "redirected":
      return [factStep(past, past.event(past.received(event)?.sentIn), "writeRefused")];
    case "answered": {
      const asked = past.event(past.received(event)?.sentIn);
      return asked === undefined ? [EARLIER] : sent(past, asked);
    }
    default:
      return [];
  }
}

function factReasons(past: Past, event: ChronicleEvent, { source, fact }: ClusterEvent): readonly Step[] {
  if (source === "client") return clientReasons(past, event, fact);
  if (source === "replica" && event.who !== undefined && isReplica(event.who)) {
    return replicaReasons(past, event, event.who, fact);
  }
  if (fact.kind === "writeLost") return lossOfWrite(past, event, fact);
  if (fact.kind !== "verdictBroken") return [];
  // What happened in the same event, or what brought it about.
  const others = event.facts.filter((told) => told.fact.kind !== "verdictBroken");
  if (others.length > 0) return others.map((told): Step => ({ claim: { kind: "fact", fact: told }, event }));
  return sent(past, event);
}
