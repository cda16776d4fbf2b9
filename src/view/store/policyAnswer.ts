/**
 * Who would answer a client's search now, by the read policy in force, and why. Told from one picture of the run, which it
 * does not touch: messages take their time, so an answer that is really asked for may come from another replica.
 */
import { type Address, type ClientId, majorityOf, nameOf, type ReplicaId } from "../../base/ids.ts";
import type { ReadPolicy } from "../../model/protocol/config.ts";
import type { ClientFrame, Frame, ReplicaFrame } from "../../model/protocol/frame.ts";
import { compareVersions } from "../../model/protocol/item.ts";
import { duration, names } from "./format.ts";

/** Each policy in a sentence about who answers. */
export const POLICY_WORDS: Readonly<Record<ReadPolicy, string>> = {
  any: "any replica may answer",
  session: "a replica answers once it has applied the client’s last write",
  bounded: "a replica answers while it is fresh enough",
  leader: "the leader answers",
  linearizable: "the leader answers once a majority confirms that it leads",
  quorum: "all replicas are asked, the first R answers count, and whoever has applied furthest of them answers",
};

/** Whoever answers, or why nobody does. */
export interface PolicyAnswer {
  readonly replicaId: ReplicaId | undefined;
  /** Replicas that take part, whoever answers first. */
  readonly took: readonly ReplicaId[];
  /** Why this one, or why nobody: a sentence. */
  readonly reason: string;
  /** The policy may make the customer wait until this replica has caught up: what it holds now is then not answered. */
  readonly mayWait: boolean;
}

/** What of a picture decides. */
export type PolicyFacts = Pick<Frame, "config" | "replicas" | "clients" | "cuts">;

function reaches({ cuts }: PolicyFacts, a: Address, b: Address): boolean {
  return a === b || !cuts.some(({ from, to }) => (from === a && to === b) || (from === b && to === a));
}

/** Runs, and is not in a pause. */
function serves({ alive, status }: ReplicaFrame): boolean {
  return alive && !status.conditions.paused && !status.quarantined;
}

function nobody(reason: string): PolicyAnswer {
  return { replicaId: undefined, took: [], reason, mayWait: false };
}

/** The client's own replica, or the next around the ring that it can reach. */
function nearest(facts: PolicyFacts, client: ClientFrame): ReplicaFrame | undefined {
  const { replicas } = facts;
  const home = replicas.findIndex(({ replicaId }) => replicaId === client.home);
  const ring = [...replicas.slice(home), ...replicas.slice(0, home)];
  return ring.find((replica) => serves(replica) && reaches(facts, client.clientId, replica.replicaId));
}

function atLeader(facts: PolicyFacts, client: ClientFrame, confirmed: boolean): PolicyAnswer {
  const me = nameOf(client.clientId);
  const leaders = facts.replicas
    .filter((replica) => serves(replica) && replica.status.role === "leader")
    .filter(({ replicaId }) => reaches(facts, client.clientId, replicaId))
    .sort((one, other) => other.status.currentTerm - one.status.currentTerm);
  const leader = leaders[0];
  if (leader === undefined) return nobody(`${me} reaches no leader, so nobody answers.`);
  const followers = facts.replicas.filter(
    (replica) => serves(replica) && reaches(facts, leader.replicaId, replica.replicaId),
  );
  const name = nameOf(leader.replicaId);
  const needed = majorityOf(facts.replicas.length);
  if (confirmed && followers.length < needed) {
    return nobody(
      `${name} reaches ${followers.length} of the ${needed} that must confirm that it leads, so it does not answer.`,
    );
  }
  const took = confirmed ? followers.map(({ replicaId }) => replicaId) : [leader.replicaId];
  return {
    replicaId: leader.replicaId,
    took,
    reason: `${name} answers, since it leads term ${leader.status.currentTerm}.`,
    mayWait: false,
  };
}

function byQuorum(facts: PolicyFacts, client: ClientFrame): PolicyAnswer {
  const { readQuorum } = facts.config.cluster;
  const coordinator = nearest(facts, client);
  if (coordinator === undefined) return unreachable(client);
  const asked = facts.replicas.filter(
    (replica) => serves(replica) && reaches(facts, coordinator.replicaId, replica.replicaId),
  );
  const name = nameOf(coordinator.replicaId);
  if (asked.length < readQuorum) {
    return nobody(`${name} reaches ${asked.length} of the ${readQuorum} replicas that must answer, so nobody does.`);
  }
  const others = asked.filter((replica) => replica !== coordinator);
  const took = [coordinator, ...others.slice(0, readQuorum - 1)];
  const best = took.reduce((one, other) =>
    compareVersions(other.status.appliedTo, one.status.appliedTo) > 0 ? other : one,
  );
  const ids = took.map(({ replicaId }) => replicaId);
  const furthest = `${nameOf(best.replicaId)} has applied furthest of them`;
  const who =
    readQuorum === 1
      ? `${name} answers by itself: one answer is enough.`
      : asked.length === readQuorum
        ? `${name} asks all, and only ${names(ids)} can answer; ${furthest}.`
        : `${name} asks all, and the first ${readQuorum} answers count: if those are of ${names(ids)}, ${furthest}.`;
  const mayWait = facts.config.cluster.rules.quorumReadWaits && took.some((replica) => hasMore(replica, best));
  const wait = mayWait ? " A log among them holds more than that, so they wait until one has applied it." : "";
  return { replicaId: best.replicaId, took: ids, reason: `${who}${wait}`, mayWait };
}

/** Whether the log of `replica` goes further than what `best` has applied. */
function hasMore({ lastLogTerm, lastLogIndex }: ReplicaFrame, best: ReplicaFrame): boolean {
  return compareVersions({ term: lastLogTerm, logIndex: lastLogIndex }, best.status.appliedTo) > 0;
}

function unreachable(client: ClientFrame): PolicyAnswer {
  return nobody(`${nameOf(client.clientId)} reaches no replica that runs.`);
}

/** Who answers `clientId` now. */
export function policyAnswer(facts: PolicyFacts, clientId: ClientId): PolicyAnswer {
  const client = facts.clients.find((known) => known.clientId === clientId);
  if (client === undefined) return nobody(`There is no client ${nameOf(clientId)}.`);
  const { readPolicy } = facts.config.cluster;
  if (readPolicy === "leader" || readPolicy === "linearizable") {
    return atLeader(facts, client, readPolicy === "linearizable");
  }
  if (readPolicy === "quorum") return byQuorum(facts, client);
  const found = nearest(facts, client);
  if (found === undefined) return unreachable(client);
  const [name, me] = [nameOf(found.replicaId), nameOf(clientId)];
  const place =
    found.replicaId === client.home
      ? `${me} stands beside ${name}`
      : `${me} does not get an answer from ${nameOf(client.home)}, and goes on to ${name}`;
  const wait = waitWords(facts, found, me);
  const reason = wait === undefined ? `${place}, and ${POLICY_WORDS[readPolicy]}.` : `${place}. ${wait}`;
  return { replicaId: found.replicaId, took: [found.replicaId], reason, mayWait: wait !== undefined };
}

/**
 * Why `replica` may let a client wait; undefined where it will not. What it has heard last of its leader, and what the
 * client wrote last, are not in the picture: only who is in step for certain is told apart.
 */
function waitWords({ config }: PolicyFacts, replica: ReplicaFrame, me: string): string | undefined {
  const { readPolicy, stalenessBound } = config.cluster;
  const behind = replica.lagEntries > 0 ? `${nameOf(replica.replicaId)} is ${duration(replica.lag)} behind` : "";
  if (readPolicy === "session") {
    return behind === "" ? undefined : `${behind}: ${me} waits if its own last write is not applied there yet.`;
  }
  if (readPolicy !== "bounded") return undefined;
  const bound = `only while it knows that it was in step ${duration(stalenessBound)} ago or later; else ${me} waits.`;
  return behind === "" ? `${nameOf(replica.replicaId)} answers ${bound}` : `${behind}, and answers ${bound}`;
}
