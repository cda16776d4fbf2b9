/**
 * Raft figure 3, State Machine Safety: "if a server has applied a log entry at a given index to its state machine, no
 * other server will ever apply a different log entry for the same index" (section 5.4.3).
 */
import { logIndex, nameOf, type ReplicaId, type Term } from "../../base/ids.ts";
import { type Change, identityAt } from "./change.ts";
import type { Observation } from "./observation.ts";
import { type Checker, REMEMBERED_INDEXES, type Violation } from "./verdict.ts";

interface Applied {
  readonly term: Term;
  /** -1 where only the term is known: the end of a snapshot. */
  readonly requestId: number;
  readonly by: ReplicaId;
}

export class StateMachineSafety implements Checker {
  readonly name = "StateMachineSafety";
  readonly sentence = "At every index all replicas apply the same entry.";
  private readonly applied = new Map<number, Applied>();

  observe(shown: Observation, { before, firstNew }: Change): Violation | undefined {
    const { lastApplied, log, replicaId } = shown;
    // Applied in this event: what lies behind the last applied entry, and whatever was replaced below it.
    const appliedBefore = before === undefined ? 0 : Math.min(before.lastApplied, firstNew - 1);
    const first = Math.max(appliedBefore + 1, log.snapshot.lastIncludedIndex, 1);
    let found: Violation | undefined;
    for (let index = first; index <= lastApplied; index += 1) {
      const identity = identityAt(shown, index);
      if (identity === undefined) continue;
      const other = this.applied.get(index);
      if (other === undefined) {
        this.applied.set(index, { ...identity, by: replicaId });
        this.applied.delete(index - REMEMBERED_INDEXES);
      } else if (other.term !== identity.term || isDifferent(other.requestId, identity.requestId)) {
        found ??= this.violation(shown, index, other);
      }
    }
    return found;
  }

  private violation(shown: Observation, index: number, other: Applied): Violation {
    return {
      verdict: this.name,
      at: shown.at,
      replicas: [shown.replicaId, other.by],
      term: shown.currentTerm,
      index: logIndex(index),
      what: `${nameOf(shown.replicaId)} applied another entry at ${index} than ${nameOf(other.by)} had.`,
    };
  }
}

function isDifferent(a: number, b: number): boolean {
  return a >= 0 && b >= 0 && a !== b;
}
