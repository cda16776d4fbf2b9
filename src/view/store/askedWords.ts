/** What became of a search that a client was let to ask, in sentences: who took part, who answered, and why. */
import { nameOf } from "../../base/ids.ts";
import type { AskedSearch } from "../../model/protocol/frame.ts";
import type { Version } from "../../model/protocol/item.ts";
import { duration, names, plural } from "./format.ts";

function entry({ term, logIndex }: Version): string {
  return `entry ${logIndex} of term ${term}`;
}

/** How it ended, in one line. */
export function askedOutcome({ outcome, answeredBy, latency, neighbours, clientId }: AskedSearch): string {
  switch (outcome) {
    case "pending":
      return `${nameOf(clientId)} waits for an answer.`;
    case "unanswered":
      return `${nameOf(clientId)} gave up: no answer came.`;
    case "skipped":
      return `${nameOf(clientId)} has too much open, and did not ask.`;
    case "answered":
    case "empty": {
      const who = answeredBy === undefined ? "Somebody" : nameOf(answeredBy);
      const found = outcome === "empty" ? "nothing" : plural(neighbours.length, "neighbour");
      return `${who} answered with ${found}${latency === undefined ? "" : ` after ${duration(latency)}`}.`;
    }
  }
}

function quorumWords({ coordinator, parts, wanted, waitedFor, answeredBy }: AskedSearch): string {
  if (coordinator === undefined) return "";
  const took = parts.map(({ replicaId }) => replicaId);
  const who = nameOf(coordinator);
  if (parts.length < wanted) {
    return `${who} asked everybody; of the ${wanted} that have to take part only ${names(took)} did.`;
  }
  const begun =
    wanted === 1 ? `${who} took part alone` : `${who} asked everybody; the first ${wanted} were ${names(took)}`;
  if (answeredBy === undefined) return `${begun}.`;
  const answerer = nameOf(answeredBy);
  if (waitedFor !== undefined) {
    return `${begun}. None of them had applied ${entry(waitedFor)}, which stood in a log, so they waited; ${answerer} was first.`;
  }
  return `${begun}. ${answerer} had applied furthest of them, so it answered.`;
}

function otherWords({ policy, sentTo, answeredBy, clientId, appliedTo }: AskedSearch): string {
  const [first] = sentTo;
  if (first === undefined) return "";
  const me = nameOf(clientId);
  const applied = appliedTo === undefined ? "" : `, and had applied ${entry(appliedTo)}`;
  const asked =
    sentTo.length > 1 ? `${me} asked ${names(sentTo)}, one after the other` : `${me} asked ${nameOf(first)}`;
  if (answeredBy === undefined) return `${asked}.`;
  switch (policy) {
    case "leader":
      return `${asked}. ${nameOf(answeredBy)} took itself for the leader${applied}.`;
    case "linearizable":
      return `${asked}. ${nameOf(answeredBy)} let a majority confirm that it leads${applied}.`;
    case "session":
      return `${asked}. It had to have applied what ${me} wrote last${applied}.`;
    case "bounded":
      return `${asked}. It was fresh enough${applied}.`;
    default:
      return `${asked}. Any replica may answer${applied}.`;
  }
}

/** Who took part, who answered, and why. */
export function askedReason(search: AskedSearch): string {
  return search.policy === "quorum" ? quorumWords(search) : otherWords(search);
}

/** What the answer was worth; nothing while there is none. */
export function askedWorth({ outcome, recall, neighbours, missing }: AskedSearch): string {
  if (outcome !== "answered" || recall === undefined) return "";
  const ghosts = neighbours.filter(({ fault }) => fault === "ghost").length;
  const old = neighbours.filter(({ fault }) => fault === "outdated").length;
  const faults = [
    missing.length > 0 ? `${missing.length} missing` : "",
    old > 0 ? `${old} outdated` : "",
    ghosts > 0 ? plural(ghosts, "ghost") : "",
  ].filter((fault) => fault !== "");
  const share = `recall ${Math.round(recall * 100)} % of what was true when it asked`;
  return faults.length === 0 ? `Right: ${share}.` : `Wrong: ${faults.join(", ")}; ${share}.`;
}
