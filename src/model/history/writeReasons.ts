/** What became of writes and reads: lost, without an answer, or not applied where somebody looked for it. */
import { isReplica, type ReplicaId } from "../../base/ids.ts";
import { type Micros, millis } from "../../base/units.ts";
import type { ChronicleEvent, ChronicleMessage, Question } from "../protocol/chronicle.ts";
import type { RequestId } from "../protocol/log.ts";
import { contentOf, type FactOf, factOf, type Past } from "./causes.ts";
import { EARLIER, factStep, killed, lostBetween, lostStep, paused, type Step, silenceSteps } from "./silence.ts";

type Unapplied = Extract<Question, { readonly kind: "unapplied" }>;

function replicasOf(past: Past): readonly ReplicaId[] {
  return past.chronicle.beginning.map(({ replicaId }) => replicaId);
}

/** Whether a message carries the entry. */
function carries(message: ChronicleMessage, { term, logIndex }: Unapplied["version"]): boolean {
  const entries = contentOf(message, "appendEntries")?.entries ?? [];
  return entries.some(([entryTerm, index]) => entryTerm === term && index === logIndex);
}

/** An acknowledged write is lost: who had acknowledged it, who fell, what did not get through, who leads without it. */
export function lossOfWrite(past: Past, event: ChronicleEvent, fact: FactOf<"writeLost">): readonly Step[] {
  const { version, requestId } = fact;
  const acknowledged = past.chronicle.events.findLast(
    (other) => !past.isBefore(event, other) && factOf(other, "writeAcknowledged")?.requestId === requestId,
  );
  const by = past.received(acknowledged)?.from;
  const carriers = past.chronicle.messages.filter((message) => carries(message, version));
  const fell = replicasOf(past).flatMap((id) => killed(past, id, event.at) ?? []);
  const wiped = past.lastCommand(["wipe"], event, () => true);
  const stops = [...fell, ...(wiped === undefined ? [] : [wiped])];
  const leads = past.chronicle.events.findLast((other) => {
    const led = factOf(other, "becameLeader");
    return led !== undefined && led.term > version.term && past.isBefore(other, event);
  });
  return [
    factStep(past, acknowledged, "writeAcknowledged"),
    ...lostStep(
      past,
      carriers.filter(({ lost, from }) => lost !== undefined && from === by),
    ),
    ...stops.map((stop) => factStep(past, stop, "commandDone")),
    ...(leads === undefined ? [] : [factStep(past, leads, "becameLeader")]),
  ];
}

function isAbout(message: ChronicleMessage, requestId: RequestId): boolean {
  const { content } = message;
  return "requestId" in content && content.requestId === requestId;
}

/** A client gave up: its request or the answer was lost, or the replica that it asked could not do it. */
export function unansweredReasons(past: Past, event: ChronicleEvent, requestId: RequestId): readonly Step[] {
  const about = past.chronicle.messages.filter((message) => message.sentAt <= event.at && isAbout(message, requestId));
  const lost = about.findLast((message) => message.lost !== undefined);
  const request = about.findLast((message) => message.from === event.who);
  if (request === undefined) return [EARLIER];
  if (lost !== undefined && (lost === request || lost.to === event.who)) return lostStep(past, [lost]);
  const asked = request.to;
  if (!isReplica(asked)) return [];
  const stopped = paused(past, asked, event.at) ?? killed(past, asked, event.at);
  if (stopped !== undefined) return [factStep(past, stopped, "commandDone")];
  const heard = past.event(request.arrivedIn);
  const refused = factOf(heard, "writeRefused");
  if (heard !== undefined && refused !== undefined) return [factStep(past, heard, "writeRefused")];
  const stored = heard?.standing?.logEnd;
  const copies: readonly Step[] =
    stored === undefined || contentOf(request, "writeRequest") === undefined
      ? []
      : [{ claim: { kind: "stored", who: asked, version: stored }, event: heard, message: request, because: [] }];
  // It waits for copies: why the others do not give theirs.
  const others = replicasOf(past).filter((id) => id !== asked);
  const quiet = others.flatMap((id) => missingCopy(past, asked, id, request.sentAt, event.at));
  return [...copies, ...quiet];
}

function missingCopy(past: Past, leader: ReplicaId, from: ReplicaId, since: Micros, until: Micros): readonly Step[] {
  const refuses = refusal(past, from, until);
  if (refuses !== undefined) return [{ claim: { kind: "refusesWrites", who: from }, event: refuses, because: [] }];
  const unheard = lostStep(past, lostBetween(past, leader, from, since, until));
  return unheard.length > 0 ? unheard : silenceSteps(past, from, leader, since, until);
}

/** The command by which `who` refuses replicated writes at `at`. */
function refusal(past: Past, who: ReplicaId, at: Micros): ChronicleEvent | undefined {
  const last = past.lastCommand(["refuseWrites", "acceptWrites"], at, ({ replicaId }) => replicaId === who);
  return factOf(last, "commandDone")?.command.kind === "refuseWrites" ? last : undefined;
}

/** What ended the way of the entry to `who`'s store. */
function obstacles(past: Past, { replicaId: who, version, at }: Unapplied): readonly Step[] {
  const sent = past.chronicle.messages.filter(
    (message) => message.to === who && message.sentAt <= at && carries(message, version),
  );
  const lost = sent.filter((message) => message.lost !== undefined);
  const under = sent.find((message) => message.lost === undefined && message.arrivesAt > at);
  const stops = [paused(past, who, at), refusal(past, who, at)].flatMap((stop) => stop ?? []);
  const halted = stops.map((stop) => factStep(past, stop, "commandDone"));
  if (halted.length > 0) return halted;
  if (under !== undefined)
    return [{ claim: { kind: "underWay", message: under }, message: under, because: sender(past, under) }];
  if (lost.length > 0) return lostStep(past, lost);
  const owner = past.chronicle.events.findLast(
    ({ standing, at: then }) =>
      then <= at && standing?.role === "leader" && standing.logEnd.logIndex >= version.logIndex,
  )?.who;
  const leader = owner !== undefined && isReplica(owner) ? owner : undefined;
  if (leader === undefined) return [EARLIER];
  const claim = { kind: "neverSent", from: leader, to: who, version } as const;
  const since = millis(Math.max(0, at / 1_000 - 5_000));
  return [
    { claim, because: [...silenceSteps(past, leader, who, since, at), ...silenceSteps(past, who, leader, since, at)] },
  ];
}

function sender(past: Past, { sentIn }: ChronicleMessage): readonly Step[] {
  const event = past.event(sentIn);
  const message = past.received(event);
  if (event === undefined || message === undefined) return [];
  return [{ claim: { kind: "arrived", message }, event, message, because: [] }];
}

/** The commit that `who` has not heard of: not sent yet, under way, or lost. */
function uncommitted(past: Past, { replicaId: who, version, at }: Unapplied): readonly Step[] {
  const news = past.chronicle.messages.filter(({ to, sentAt, content }) => {
    return to === who && sentAt <= at && content.kind === "appendEntries" && content.leaderCommit >= version.logIndex;
  });
  const under = news.find((message) => message.lost === undefined && message.arrivesAt > at);
  if (under !== undefined) return [{ claim: { kind: "underWay", message: under }, message: under, because: [] }];
  return lostStep(
    past,
    news.filter(({ lost }) => lost !== undefined),
  );
}

/** Why `who` had not applied an entry at an instant. */
export function unappliedReasons(past: Past, question: Unapplied): Step {
  const { replicaId: who, version, id, at } = question;
  const down = killed(past, who, at);
  const claim = { kind: "unapplied", who, version, id } as const;
  if (down !== undefined) return { claim: { ...claim, how: "down" }, because: [factStep(past, down, "commandDone")] };
  const stored = past.stored(who, version, at);
  const undone = past.last(who, at, (event) => {
    const fact = factOf(event, "rolledBack");
    return fact !== undefined && fact.from <= version.logIndex && fact.to >= version.logIndex;
  });
  if (undone !== undefined && (stored === undefined || past.isBefore(stored, undone))) {
    return { claim: { ...claim, how: "absent" }, because: [factStep(past, undone, "rolledBack")] };
  }
  if (stored !== undefined) {
    return { claim: { ...claim, how: "uncommitted" }, because: uncommitted(past, question) };
  }
  return { claim: { ...claim, how: "absent" }, because: obstacles(past, question) };
}
