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
  /**
   * Whether the policy makes the customer wait until this replica has caught up: what it holds now is then not answered.
   * "perhaps" where that is for messages to show.
   */
  readonly waits: "no" | "perhaps" | "yes";
}

/** What of a picture decides. */
export type PolicyFacts = Pick<Frame, "config" | "virtualNow" | "replicas" | "clients" | "cuts">;

function reaches({ cuts }: PolicyFacts, a: Address, b: Address): boolean {
  return a === b || !cuts.some(({ from, to }) => (from === a && to === b) || (from === b && to === a));
}

/** Runs, and is not in a pause. */
function serves({ alive, status }: ReplicaFrame): boolean {
  return alive && !status.conditions.paused && !status.quarantined;
}

function nobody(reason: string): PolicyAnswer {
  return { replicaId: undefined, took: [], reason, waits: "no" };
}

/** The replica that the client asks now; silent ones are passed over once they have let it wait in vain. */
function askedBy({ replicas }: PolicyFacts, client: ClientFrame): ReplicaFrame | undefined {
  return replicas.find(({ replicaId }) => replicaId === client.readsAt);
}

/** Why no answer comes from `replica`; undefined where one does. */
function silence(facts: PolicyFacts, { clientId }: ClientFrame, replica: ReplicaFrame): PolicyAnswer | undefined {
  const { alive, status, replicaId } = replica;
  const connected = reaches(facts, clientId, replicaId);
  if (connected && serves(replica)) return undefined;
  const [me, name] = [nameOf(clientId), nameOf(replicaId)];
  const why = !alive
    ? "is down"
    : !connected
      ? "it does not reach"
      : status.conditions.paused
        ? "is paused"
        : "has a damaged log";
  const patience = duration(facts.config.workload.clientTimeout);
  return nobody(`${me} asks ${name}, which ${why}: after ${patience} without an answer it will ask another.`);
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
    waits: "no",
  };
}

function byQuorum(facts: PolicyFacts, client: ClientFrame): PolicyAnswer {
  const { readQuorum } = facts.config.cluster;
  const coordinator = askedBy(facts, client);
  if (coordinator === undefined) return nobody(noReplica(client));
  const silent = silence(facts, client, coordinator);
  if (silent !== undefined) return silent;
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
  const waits = mayWait ? "perhaps" : "no";
  const wait = mayWait ? " A log among them holds more than that, so they wait until one has applied it." : "";
  return { replicaId: best.replicaId, took: ids, reason: `${who}${wait}`, waits };
}

/** Whether the log of `replica` goes further than what `best` has applied. */
function hasMore({ lastLogTerm, lastLogIndex }: ReplicaFrame, best: ReplicaFrame): boolean {
  return compareVersions({ term: lastLogTerm, logIndex: lastLogIndex }, best.status.appliedTo) > 0;
}

function noReplica(client: ClientFrame): string {
  return `There is no replica ${nameOf(client.readsAt)}.`;
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
  const found = askedBy(facts, client);
  if (found === undefined) return nobody(noReplica(client));
  const silent = silence(facts, client, found);
  if (silent !== undefined) return silent;
  const [name, me] = [nameOf(found.replicaId), nameOf(clientId)];
  const place =
    found.replicaId === client.home
      ? `${me} stands beside ${name}`
      : `${me} has had no answer from ${nameOf(client.home)} lately and asks ${name}`;
  const wait = waitWords(facts, found, client);
  const reason = wait === undefined ? `${place}, and ${POLICY_WORDS[readPolicy]}.` : `${place}. ${wait}`;
  return { replicaId: found.replicaId, took: [found.replicaId], reason, waits: wait === undefined ? "no" : "yes" };
}

/** Why `replica` lets a client wait that asks now; undefined where it answers at once. */
function waitWords(
  { config, virtualNow }: PolicyFacts,
  replica: ReplicaFrame,
  client: ClientFrame,
): string | undefined {
  const { readPolicy, stalenessBound } = config.cluster;
  const { appliedTo, freshUntil } = replica.status;
  const [name, me] = [nameOf(replica.replicaId), nameOf(client.clientId)];
  // Not even what stood there at the beginning, which is index 0.
  if (appliedTo.logIndex < 0) return `${name} begins with an empty disk and waits for a snapshot, so ${me} waits.`;
  if (readPolicy === "session") {
    if (compareVersions(appliedTo, client.lastWrite) >= 0) return undefined;
    return `${name} has not applied ${me}’s own last write yet, so ${me} waits.`;
  }
  if (readPolicy !== "bounded" || freshUntil >= virtualNow) return undefined;
  const bound = duration(stalenessBound);
  return `${name} does not know that it was in step within the last ${bound}, so ${me} waits.`;
}
