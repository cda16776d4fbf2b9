/**
 * An explanation as a paragraph, as one would tell it: what is asked about and why, then why that, each cause once. A
 * clause that is explained is not said again in full: "because r2 and r5 voted for it; they voted because …".
 */
import { nameOf, type ReplicaId, type Term } from "../../base/ids.ts";
import type { Claim, Explanation, Reason } from "../../model/protocol/chronicle.ts";
import type { ClusterEvent } from "../../model/protocol/events.ts";
import { duration, list, names } from "./format.ts";
import { itemAgain, itemWords, writtenName } from "./itemWords.ts";
import { claimWords, lostWords } from "./whyWords.ts";
import { versionWords, type WordContext } from "./words.ts";

/** Clauses that explain what another has told. */
const FURTHER = 6;

/** Reasons that are told in one clause: votes for one candidate are one thing to say. */
type Told = readonly [Reason, ...Reason[]];

/** Names each item in full the first time, by its name from then on. */
class Names {
  readonly #context: WordContext;
  readonly #known = new Set<string>();

  constructor(context: WordContext) {
    this.#context = context;
  }

  of(id: string, written?: string): string {
    if (this.#known.has(id)) return itemAgain(id, this.#context, written);
    this.#known.add(id);
    return itemWords(id, this.#context, written);
  }
}

interface Telling {
  readonly context: WordContext;
  readonly names: Names;
  /** What the clause explains; undefined of what was asked about. */
  readonly parent?: Reason | undefined;
  /** Whether something will be told of why that was. */
  readonly goesOn: boolean;
}

function isFact({ claim }: Reason, kind: ClusterEvent["fact"]["kind"]): boolean {
  return claim.kind === "fact" && claim.fact.fact.kind === kind;
}

function whoOf(fact: ClusterEvent): string {
  if (fact.source === "world") return "";
  return nameOf(fact.source === "replica" ? fact.replicaId : fact.clientId);
}

/** Whoever has just been said to lead, or to ask, is "it". */
function voteFor({ candidate, term }: { readonly candidate: ReplicaId; readonly term: Term }, parent?: Reason): string {
  const isNamed = parent !== undefined && (isFact(parent, "becameLeader") || isFact(parent, "electionStarted"));
  return isNamed ? "it" : `${nameOf(candidate)} in term ${term}`;
}

/** What a fact says in the middle of a paragraph, where that is not its sentence in the feed. */
function factClause(told: ClusterEvent, { names: items, parent }: Telling): string | undefined {
  const { fact } = told;
  const who = whoOf(told);
  switch (fact.kind) {
    case "writeLost":
      return `the acknowledged write of ${items.of(fact.id)} is lost`;
    case "writeAcknowledged": {
      const { operation, latency } = fact;
      if (parent !== undefined && isFact(parent, "writeLost")) {
        return `${who} was told after ${duration(latency)} that it was done`;
      }
      const item = items.of(operation.id, writtenName(operation));
      return `${who}'s ${operation.kind} of ${item} was acknowledged after ${duration(latency)}`;
    }
    case "writeUnknown":
      return `${who} got no answer to its ${fact.operation.kind} of ${items.of(fact.operation.id, writtenName(fact.operation))}`;
    case "becameLeader":
      return `${who} leads term ${fact.term}`;
    case "voteGranted":
      return `${who} ${fact.preVote ? "would vote" : "voted"} for ${voteFor(fact, parent)}`;
    case "electionStarted":
      return fact.preVote
        ? `${who} asked whether it could win term ${fact.term}`
        : `${who} asked for votes in term ${fact.term}`;
    default:
      return undefined;
  }
}

function unappliedClause({ who, version, id, how }: Extract<Claim, { kind: "unapplied" }>, items: Names): string {
  const write = id === "" ? versionWords(version) : `the write of ${items.of(id)}`;
  switch (how) {
    case "down":
      return `${nameOf(who)} does not have ${write}`;
    case "absent":
      return `${nameOf(who)} does not have ${write} in its log`;
    case "uncommitted":
      return `${nameOf(who)} has ${write} in its log and has not heard that it is committed`;
  }
}

function committedClause({ who, index, copies }: Extract<Claim, { kind: "committed" }>): string {
  if (copies.length === 0) return `${nameOf(who)} heard that everything up to entry ${index} is committed`;
  return copies.length === 1 ? `one copy was enough, ${nameOf(who)}'s own` : `${names(copies)} had it`;
}

/** Who asks for votes has been named: it is the one who heard nothing, or did not win before. */
function itsClause(claim: Extract<Claim, { kind: "silence" | "inVain" }>, { parent, context }: Telling): string {
  const words = claimWords(claim, context);
  const who = nameOf(claim.who);
  return parent !== undefined && isFact(parent, "electionStarted") && words.startsWith(`${who} `)
    ? `it${words.slice(who.length)}`
    : words;
}

function askedClause(claim: Extract<Claim, { kind: "asked" }>, { context, names: items }: Telling): string {
  if (claim.id === "") return claimWords(claim, context);
  const verb = { put: "write", delete: "delete", get: "read", search: "search" }[claim.what];
  return `${nameOf(claim.client)} asked to ${verb} ${items.of(claim.id)}`;
}

/** What one reason says in full. */
function clause(reason: Reason, telling: Telling): string {
  const { claim } = reason;
  switch (claim.kind) {
    case "fact":
      return factClause(claim.fact, telling) ?? claimWords(claim, telling.context);
    case "lost":
      return lostWords(claim, telling.goesOn);
    case "silence":
    case "inVain":
      return itsClause(claim, telling);
    case "unapplied":
      return unappliedClause(claim, telling.names);
    case "committed":
      return committedClause(claim);
    case "asked":
      return askedClause(claim, telling);
    default:
      return claimWords(claim, telling.context);
  }
}

/** What a fact did, in as few words as say which was meant. */
function factAgain(told: ClusterEvent): string | undefined {
  const who = whoOf(told);
  switch (told.fact.kind) {
    case "becameLeader":
      return `${who} leads`;
    case "voteGranted":
      return told.fact.preVote ? `${who} would` : `${who} voted`;
    case "voteRefused":
      return `${who} refused`;
    case "electionStarted":
      return `${who} asked`;
    case "steppedDown":
      return `${who} stepped down`;
    case "rolledBack":
      return `${who} rolled back`;
    case "leaderHeard":
      return `${who} follows`;
    case "writeAcknowledged":
      return `${who} was told so`;
    case "writeRefused":
      return `${who} refused it`;
    default:
      return undefined;
  }
}

function lostAgain({ count, to }: Extract<Claim, { kind: "lost" }>, isNext: boolean): string {
  const what = count === 1 ? "message" : "messages";
  const who = isNext ? (count === 1 ? "it" : "they") : `the ${what} to ${nameOf(to)}`;
  return `${who} ${count === 1 ? "was" : "were"} lost`;
}

/** What has been said, as the subject of what explains it; in fewer words where it was said just before. */
function again([first, ...more]: Told, isNext: boolean): string {
  const { claim } = first;
  if (more.length > 0) return claim.kind === "fact" && isPreVote(claim.fact) ? "they would" : "they voted";
  switch (claim.kind) {
    case "fact":
      return factAgain(claim.fact) ?? "that happened";
    case "lost":
      return lostAgain(claim, isNext);
    case "silence":
      return `${nameOf(claim.who)} heard nothing`;
    case "inVain":
      return `${nameOf(claim.who)} did not win`;
    case "beats":
      return `${nameOf(claim.who)} leads`;
    case "stored":
      return `${nameOf(claim.who)} stored it`;
    case "committed":
      return `${nameOf(claim.who)} committed it`;
    case "neverSent":
      return `${nameOf(claim.from)} had not sent it`;
    case "arrived":
    case "sent":
    case "underWay":
      return "it was sent";
    default:
      return "that happened";
  }
}

function isVote({ claim }: Reason): boolean {
  return claim.kind === "fact" && claim.fact.fact.kind === "voteGranted";
}

function isPreVote({ fact }: ClusterEvent): boolean {
  return fact.kind === "voteGranted" && fact.preVote;
}

function votersWords(votes: Told): string {
  const voters = votes.flatMap(({ claim }) =>
    claim.kind === "fact" && claim.fact.source === "replica" ? [claim.fact.replicaId] : [],
  );
  const isBefore = votes.some(({ claim }) => claim.kind === "fact" && isPreVote(claim.fact));
  return `${names(voters)} ${isBefore ? "would vote" : "voted"} for it`;
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

/** What makes one reason the same as another, wherever it stands. */
function keyOf({ claim, event, flight }: Reason): string {
  return `${claim.kind} ${claim.kind === "fact" ? claim.fact.sequence : `${event} ${flight}`}`;
}

/** What makes an explanation one paragraph: what has been said, and how much may still be. */
class Paragraph {
  readonly #context: WordContext;
  readonly #names: Names;
  readonly #told = new Set<string>();
  readonly #sentences: string[] = [];
  #left = FURTHER;

  constructor(context: WordContext) {
    this.#context = context;
    this.#names = new Names(context);
  }

  of(root: Reason): string {
    this.#told.add(keyOf(root));
    const groups = this.#newsOf(root.because);
    if (groups.length === 0) return `${begun(claimWords(root.claim, this.#context))}.`;
    const subject = clause(root, { context: this.#context, names: this.#names, goesOn: true });
    this.#sentences.push(begun(`${subject}, because ${this.#because(groups, root)}`));
    for (const group of groups) this.#explain(group, groups.length === 1);
    return `${this.#sentences.join(". ")}.`;
  }

  #isNews(reason: Reason): boolean {
    return reason.claim.kind !== "earlier" && !reason.isRepeated && !this.#told.has(keyOf(reason));
  }

  /** Reasons that have not been told: votes first and together. Those that lie too far back, where there are no others. */
  #newsOf(reasons: readonly Reason[]): readonly Told[] {
    const known = reasons.filter((reason) => this.#isNews(reason));
    const news = known.length > 0 ? known : reasons.filter(({ claim }) => claim.kind === "earlier").slice(0, 1);
    for (const reason of known) this.#told.add(keyOf(reason));
    const [firstVote, ...votes] = news.filter(isVote);
    const others = news.filter((reason) => !isVote(reason)).map((reason): Told => [reason]);
    return firstVote === undefined ? others : [[firstVote, ...votes], ...others];
  }

  #because(groups: readonly Told[], parent: Reason): string {
    const words = groups.map((group) => {
      const [first, ...more] = group;
      if (more.length > 0) return votersWords(group);
      const goesOn = this.#left > 0 && first.because.some((reason) => this.#isNews(reason));
      return inside(clause(first, { context: this.#context, names: this.#names, parent, goesOn }));
    });
    return list([...new Set(words)]);
  }

  /** Goes on with why that was; where it follows what was said last, two links of the chain are one sentence. */
  #explain(group: Told, isNext: boolean): void {
    if (this.#left === 0) return;
    // That an entry came with a message is how logs grow: it explains nothing.
    const deeper = group.filter(({ claim }) => claim.kind !== "stored").flatMap(({ because }) => because);
    if (!deeper.some((reason) => this.#isNews(reason))) return;
    const groups = this.#newsOf(deeper);
    this.#left -= 1;
    const words = `${again(group, isNext)} because ${this.#because(groups, group[0])}`;
    const last = this.#sentences.at(-1) ?? "";
    if (isNext && !last.includes("; ")) this.#sentences.splice(-1, 1, `${last}; ${words}`);
    else this.#sentences.push(begun(words));
    for (const next of groups) this.#explain(next, groups.length === 1);
  }
}

/**
 * The explanation as a paragraph. Each step of the tree can be read on its own with `claimWords`.
 */
export function paragraphOf({ reason }: Explanation, context: WordContext): string {
  return new Paragraph(context).of(reason);
}
