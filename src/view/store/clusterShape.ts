/** Questions about the cluster as a whole that sentences, actions and warnings share. Pure, from slow facts. */
import { type Address, majorityOf, type ReplicaId } from "../../base/ids.ts";
import type { ClusterConfig } from "../../model/protocol/config.ts";
import type { ReplicaSummary, RunFacts } from "./runFacts.ts";

/** Live replicas that take themselves for a leader, the highest term first. */
export function leadersOf(replicas: readonly ReplicaSummary[]): readonly ReplicaSummary[] {
  return replicas
    .filter(({ alive, role }) => alive && role === "leader")
    .sort((one, other) => other.term - one.term || one.replicaId - other.replicaId);
}

/** The leader of the highest term among the live; undefined when there is none. */
export function currentLeader(replicas: readonly ReplicaSummary[]): ReplicaSummary | undefined {
  return leadersOf(replicas)[0];
}

/** Live replicas that ask for votes, the highest term first. */
export function candidatesOf(replicas: readonly ReplicaSummary[]): readonly ReplicaSummary[] {
  return replicas
    .filter(({ alive, role }) => alive && (role === "candidate" || role === "preCandidate"))
    .sort((one, other) => other.term - one.term || one.replicaId - other.replicaId);
}

/** Live replicas that `from` can reach both ways, itself included. */
export function reachableFrom(facts: Pick<RunFacts, "replicas" | "cuts">, from: ReplicaId): readonly ReplicaId[] {
  const isCut = (a: Address, b: Address) => facts.cuts.some((cut) => cut.from === a && cut.to === b);
  return facts.replicas
    .filter(({ replicaId, alive }) => alive && !isCut(from, replicaId) && !isCut(replicaId, from))
    .map(({ replicaId }) => replicaId);
}

/** The two warnings about W and R, in words. They concern the quorum mode, where both are chosen by hand. */
export interface QuorumWarnings {
  /** W + R does not exceed N. */
  readonly overlap: string | undefined;
  /** W is below a majority. */
  readonly majority: string | undefined;
}

/** What to warn of with this configuration. */
export function quorumWarnings(config: ClusterConfig): QuorumWarnings {
  if (config.mode !== "quorum") return { overlap: undefined, majority: undefined };
  const { writeQuorum, readQuorum, replicaCount } = config;
  return {
    overlap:
      writeQuorum + readQuorum <= replicaCount
        ? `W + R is at most ${replicaCount}: a read may miss an acknowledged write`
        : undefined,
    majority:
      writeQuorum < majorityOf(replicaCount) ? "W is below a majority: acknowledged writes can be lost" : undefined,
  };
}
