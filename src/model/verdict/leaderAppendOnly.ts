/** Raft figure 3, Leader Append-Only: "a leader never overwrites or deletes entries in its log" (section 5.3). */
import { nameOf } from "../../base/ids.ts";
import type { Change } from "./change.ts";
import type { Observation } from "./observation.ts";
import type { Checker, Violation } from "./verdict.ts";

export class LeaderAppendOnly implements Checker {
  readonly name = "LeaderAppendOnly";
  readonly sentence = "A leader only ever appends to its log.";

  observe(shown: Observation, { before, removed, firstNew }: Change): Violation | undefined {
    const { role, currentTerm: term, replicaId, at } = shown;
    const ledBefore = before?.role === "leader" && before.currentTerm === term;
    if (!removed || role !== "leader" || !ledBefore) return undefined;
    return {
      verdict: this.name,
      at,
      replicas: [replicaId],
      term,
      index: firstNew,
      what: `${nameOf(replicaId)} leads term ${term} and changed entry ${firstNew} of its own log.`,
    };
  }
}
