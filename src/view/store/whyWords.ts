/** Explanations in plain words, each step in one sentence without a full stop. The whole as a paragraph: `whyParagraph.ts`. */
import { nameOf } from "../../base/ids.ts";
import type { ChronicleMessage, Claim, LossReason } from "../../model/protocol/chronicle.ts";
import type { MessageShape } from "../../model/protocol/messages.ts";
import { duration, names, plural } from "./format.ts";
import { itemWords } from "./itemWords.ts";
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

/** "5 messages from r1 to r2 were lost: the link is cut"; without what follows the colon where that is told anyway. */
export function lostWords(lost: Extract<Claim, { kind: "lost" }>, withoutReason = false): string {
  const { from, to, shape, reason, count } = lost;
  const what = count === 1 ? `the ${SHAPE_NAMES[shape]}` : plural(count, "message");
  const why = reason === "dropped" && count > 1 ? "they were dropped" : LOSS_WORDS[reason];
  const words = `${what} from ${nameOf(from)} to ${nameOf(to)} ${count === 1 ? "was" : "were"} lost`;
  return withoutReason ? words : `${words}: ${why}`;
}

function unappliedWords(
  { who, version, id, how }: Extract<Claim, { kind: "unapplied" }>,
  context: WordContext,
): string {
  const entry = versionWords(version);
  const write = id === "" ? entry : `the write of ${itemWords(id, context)}`;
  switch (how) {
    case "down":
      return `${nameOf(who)} does not have ${write}: it is down`;
    case "absent":
      return `${nameOf(who)} does not have ${write}: ${id === "" ? "it" : entry} is not in its log`;
    case "uncommitted":
      return `${nameOf(who)} has ${write} in its log${id === "" ? "" : ` as ${entry}`}, and has not heard that it is committed`;
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

function askedWords({ client, what, id }: Extract<Claim, { kind: "asked" }>, context: WordContext): string {
  const verb = { put: "asked to write", delete: "asked to delete", get: "read", search: "searched" }[what];
  return `${nameOf(client)} ${verb}${id === "" ? "" : ` ${itemWords(id, context)}`}`;
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
      return askedWords(claim, context);
    case "unapplied":
      return unappliedWords(claim, context);
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
