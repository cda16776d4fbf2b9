/** Explanations in plain words: each step in one sentence without a full stop, and the whole in one paragraph. */
import { nameOf } from "../../base/ids.ts";
import type { ChronicleMessage, Claim, Explanation, LossReason, Reason } from "../../model/protocol/chronicle.ts";
import type { MessageShape } from "../../model/protocol/messages.ts";
import { duration, list, names, plural } from "./format.ts";
import { sentenceOf, versionWords, type WordContext } from "./words.ts";

/** Every kind of message by the name that people read. */
export const SHAPE_NAMES: Readonly<Record<MessageShape, string>> = {
  voteRequest: "request for a vote",
  voteGranted: "vote",
  voteRefused: "refusal of a vote",
  heartbeat: "heartbeat",
  entries: "append",
  accepted: "acceptance",
  refused: "refusal",
  snapshot: "snapshot",
  write: "write",
  read: "read",
  search: "search",
  acknowledgement: "acknowledgement",
  answer: "answer",
  redirect: "redirect",
  probe: "probe",
  probeReply: "answer to a probe",
};

const LOSS_WORDS: Readonly<Record<LossReason, string>> = {
  cut: "the link is cut",
  chance: "the network loses messages",
  down: "the replica is down",
  dropped: "it was dropped",
  full: "the network is full",
};

/** "append 41 to 43 of term 2 from r1 to r3". */
export function messageWords({ shape, from, to, term, content }: ChronicleMessage): string {
  const carried = content.kind === "appendEntries" ? entriesWords(content.entries) : "";
  const ofTerm = term === undefined ? "" : ` of term ${term}`;
  return `${SHAPE_NAMES[shape]}${carried}${ofTerm} from ${nameOf(from)} to ${nameOf(to)}`;
}

function entriesWords(entries: readonly (readonly [number, number])[]): string {
  const [first, last] = [entries[0], entries.at(-1)];
  if (first === undefined || last === undefined) return "";
  return first === last ? ` of entry ${first[1]}` : ` of entries ${first[1]} to ${last[1]}`;
}

function lostWords({ from, to, shape, reason, count }: Extract<Claim, { kind: "lost" }>): string {
  const what = count === 1 ? `the ${SHAPE_NAMES[shape]}` : plural(count, "message");
  const why = reason === "dropped" && count > 1 ? "they were dropped" : LOSS_WORDS[reason];
  return `${what} from ${nameOf(from)} to ${nameOf(to)} ${count === 1 ? "was" : "were"} lost: ${why}`;
}

function unappliedWords({ who, version, id, how }: Extract<Claim, { kind: "unapplied" }>): string {
  const entry = `the ${id === "" ? "entry" : `write of ${id}`} (${versionWords(version)})`;
  switch (how) {
    case "down":
      return `${nameOf(who)} does not have ${entry}: it is down`;
    case "absent":
      return `${nameOf(who)} does not have ${entry}: it is not in its log`;
    case "uncommitted":
      return `${nameOf(who)} has ${entry} in its log, and has not heard that it is committed`;
  }
}

function silenceWords({ who, lasted, leader }: Extract<Claim, { kind: "silence" }>): string {
  const whom = leader === undefined ? "no leader" : `nothing from ${nameOf(leader)}`;
  return `${nameOf(who)} heard ${whom} for ${duration(lasted)}`;
}

function inVainWords({ who, from, to }: Extract<Claim, { kind: "inVain" }>): string {
  return from === to
    ? `${nameOf(who)} did not win the election of term ${to}`
    : `${nameOf(who)} won none of its elections from term ${from} to term ${to}`;
}

function committedWords({ who, index, copies }: Extract<Claim, { kind: "committed" }>): string {
  if (copies.length === 0) return `${nameOf(who)} heard that everything up to entry ${index} is committed`;
  const held = copies.length === 1 ? "its own copy was enough" : `${names(copies)} had it`;
  return `${nameOf(who)} committed up to entry ${index}: ${held}`;
}

function askedWords({ client, what, id }: Extract<Claim, { kind: "asked" }>): string {
  const verb = { put: "asked to write", delete: "asked to delete", get: "read", search: "searched" }[what];
  return `${nameOf(client)} ${verb}${id === "" ? "" : ` ${id}`}`;
}

/** What one step says. */
export function claimWords(claim: Claim, context: WordContext): string {
  switch (claim.kind) {
    case "fact":
      return sentenceOf(claim.fact, context);
    case "arrived":
      return `${nameOf(claim.message.to)} received the ${messageWords(claim.message)}`;
    case "sent":
      return `${nameOf(claim.message.from)} sent the ${messageWords(claim.message)}`;
    case "lost":
      return lostWords(claim);
    case "silence":
      return silenceWords(claim);
    case "inVain":
      return inVainWords(claim);
    case "beats":
      return `${nameOf(claim.who)} leads term ${claim.term}, and says so at every heartbeat`;
    case "stored":
      return `${nameOf(claim.who)} stored ${versionWords(claim.version)}`;
    case "committed":
      return committedWords(claim);
    case "asked":
      return askedWords(claim);
    case "unapplied":
      return unappliedWords(claim);
    case "underWay":
      return `the ${messageWords(claim.message)} was still under way`;
    case "neverSent":
      return `${nameOf(claim.from)} had not sent ${versionWords(claim.version)} to ${nameOf(claim.to)}`;
    case "refusesWrites":
      return `${nameOf(claim.who)} refuses replicated writes`;
    case "began":
      return "the run had just begun, and nobody led";
    case "earlier":
      return "of something further back than was looked";
  }
}

/** Votes for one candidate are one thing to say. */
function votersOf(reasons: readonly Reason[]): readonly Reason[] {
  return reasons.filter(({ claim }) => claim.kind === "fact" && claim.fact.fact.kind === "voteGranted");
}

/** What is worth saying in a paragraph: news before what was said, and what is known before what is not. */
function tellable(reasons: readonly Reason[]): readonly Reason[] {
  const known = reasons.filter(({ claim, isRepeated }) => claim.kind !== "earlier" && !isRepeated);
  return known.length > 0 ? known : reasons;
}

function joined(reasons: readonly Reason[], context: WordContext): string {
  const told = tellable(reasons);
  const votes = votersOf(told);
  const voters = votes.flatMap(({ claim }) =>
    claim.kind === "fact" && claim.fact.source === "replica" ? [claim.fact.replicaId] : [],
  );
  const others = told.filter((reason) => !votes.includes(reason)).map(({ claim }) => claimWords(claim, context));
  const words =
    voters.length > 1 ? [`${names(voters)} voted for it`] : votes.map(({ claim }) => claimWords(claim, context));
  return list([...words, ...others].map(inside));
}

/** A sentence inside another: only what always begins with a capital keeps it. */
function inside(sentence: string): string {
  return /^(You|The|No|Nothing|Game|Not)\b/.test(sentence)
    ? `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`
    : sentence;
}

/** As a sentence begins: names keep their small letter. */
function begun(sentence: string): string {
  return /^[rc]\d/.test(sentence) ? sentence : `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
}

/** Steps that follow the first in the paragraph. */
const FURTHER = 4;

/**
 * The explanation as a paragraph: what it is about and why, then why that, down the way that goes back furthest. Each
 * step of the tree can be read on its own with {@link claimWords}.
 */
export function paragraphOf({ reason }: Explanation, context: WordContext): string {
  const sentences: string[] = [];
  let level: readonly Reason[] = [reason];
  for (let depth = 0; depth <= FURTHER; depth += 1) {
    const explained = level.find(({ because }) => because.some(({ claim }) => claim.kind !== "earlier"));
    if (explained === undefined) break;
    const subject = depth === 0 ? claimWords(reason.claim, context) : inside(claimWords(explained.claim, context));
    const sentence = `${subject}, because ${joined(explained.because, context)}`;
    sentences.push(`${begun(sentence)}.`);
    level = explained.because;
  }
  return sentences.length > 0 ? sentences.join(" ") : `${begun(claimWords(reason.claim, context))}.`;
}
