/** Raft figure 3, Election Safety: "at most one leader can be elected in a given term" (section 5.2). */
import { nameOf, type ReplicaId, type Term } from "../../base/ids.ts";
import type { Observation } from "./observation.ts";
import type { Checker, Violation } from "./verdict.ts";

export class ElectionSafety implements Checker {
  readonly name = "ElectionSafety";
  readonly sentence = "In every term at most one replica is elected leader.";
  private readonly leaderOf = new Map<Term, ReplicaId>();

  observe(shown: Observation): Violation | undefined {
    if (shown.role !== "leader") return undefined;
    const { currentTerm: term, replicaId, at } = shown;
    const first = this.leaderOf.get(term);
    if (first === undefined) this.leaderOf.set(term, replicaId);
    if (first === undefined || first === replicaId) return undefined;
    return {
      verdict: this.name,
      at,
      replicas: [replicaId, first],
      term,
      index: undefined,
      what: `${nameOf(replicaId)} leads term ${term}, and so did ${nameOf(first)}.`,
    };
  }
}
