/**
 * Raft figure 3, Leader Completeness: "if a log entry is committed in a given term, then that entry will be present in
 * the logs of the leaders for all higher-numbered terms" (section 5.4). Checked when a leader is first seen, against the
 * newest entry committed before it, and when an entry is first committed, against the leaders of later terms.
 */
import { type LogIndex, logIndex, nameOf, type ReplicaId, type Term } from "../../base/ids.ts";
import type { Change } from "./change.ts";
import { type LogView, type Observation, termAt } from "./observation.ts";
import { type Checker, REMEMBERED_INDEXES, type Violation } from "./verdict.ts";

interface Committed {
  readonly index: LogIndex;
  readonly term: Term;
  /** The term of the replica that first showed it committed, and that replica. */
  readonly inTerm: Term;
  readonly seenAt: ReplicaId;
}

interface Leader {
  readonly term: Term;
  readonly log: LogView;
}

export class LeaderCompleteness implements Checker {
  readonly name = "LeaderCompleteness";
  readonly sentence = "What is committed is in the log of every later leader.";
  private readonly committed = new Map<number, Committed>();
  private readonly leaders = new Map<ReplicaId, Leader>();
  private highest = 0;

  observe(shown: Observation, { before }: Change): Violation | undefined {
    const { replicaId, role, currentTerm: term, log } = shown;
    let found: Violation | undefined;
    if (role === "leader") {
      this.leaders.set(replicaId, { term, log });
      if (before?.role !== "leader" || before.currentTerm !== term) found = this.checkLeader(shown);
    } else {
      this.leaders.delete(replicaId);
    }
    return this.commit(shown) ?? found;
  }

  /** Newest first: by log matching the newest committed entry that is there speaks for all before it. */
  private checkLeader(shown: Observation): Violation | undefined {
    let missing: Committed | undefined;
    for (let index = this.highest; index > shown.log.snapshot.lastIncludedIndex; index -= 1) {
      const entry = this.committed.get(index);
      if (entry === undefined) break;
      if (entry.inTerm >= shown.currentTerm) continue;
      if (termAt(shown.log, index) === entry.term) break;
      missing = entry;
    }
    return missing && this.violation(shown, shown.replicaId, shown.currentTerm, missing);
  }

  private commit(shown: Observation): Violation | undefined {
    const { commitIndex, log, currentTerm: inTerm, replicaId: seenAt } = shown;
    let found: Violation | undefined;
    for (let index = this.highest + 1; index <= commitIndex; index += 1) {
      const term = termAt(log, index);
      this.highest = index;
      if (term === undefined) continue;
      const entry = { index: logIndex(index), term, inTerm, seenAt };
      this.committed.set(index, entry);
      this.committed.delete(index - REMEMBERED_INDEXES);
      found ??= this.checkLaterLeaders(shown, entry);
    }
    return found;
  }

  private checkLaterLeaders(shown: Observation, entry: Committed): Violation | undefined {
    for (const [id, leader] of this.leaders) {
      if (leader.term <= entry.inTerm || leader.log.snapshot.lastIncludedIndex >= entry.index) continue;
      if (termAt(leader.log, entry.index) !== entry.term) return this.violation(shown, id, leader.term, entry);
    }
    return undefined;
  }

  private violation(shown: Observation, leader: ReplicaId, term: Term, entry: Committed): Violation {
    const { index, seenAt, inTerm } = entry;
    return {
      verdict: this.name,
      at: shown.at,
      replicas: [leader, seenAt],
      term,
      index,
      what: `${nameOf(leader)} leads term ${term} without entry ${index}, which ${nameOf(seenAt)} had committed in term ${inTerm}.`,
    };
  }
}
