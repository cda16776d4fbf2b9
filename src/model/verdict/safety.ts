/** The five safety properties of Raft (figure 3) side by side over one run. */
import type { ReplicaId } from "../../base/ids.ts";
import { ChangeTracker } from "./change.ts";
import { ElectionSafety } from "./electionSafety.ts";
import { LeaderAppendOnly } from "./leaderAppendOnly.ts";
import { LeaderCompleteness } from "./leaderCompleteness.ts";
import { LogMatching } from "./logMatching.ts";
import type { Observation } from "./observation.ts";
import { StateMachineSafety } from "./stateMachineSafety.ts";
import type { Checker, VerdictName, Violation } from "./verdict.ts";

/** What holds in every mode: nothing here depends on how many copies a write waits for. */
export const HOLDS_IN_EVERY_MODE: readonly VerdictName[] = ["ElectionSafety", "LeaderAppendOnly", "LogMatching"];

/** Fresh checkers of the five. */
export function fiveCheckers(): readonly Checker[] {
  return [
    new ElectionSafety(),
    new LeaderAppendOnly(),
    new LogMatching(),
    new LeaderCompleteness(),
    new StateMachineSafety(),
  ];
}

/** Shows every change of every replica to some checkers, and keeps the first violation of each. */
export class Watch {
  readonly violations = new Map<VerdictName, Violation>();
  readonly #trackers = new Map<ReplicaId, ChangeTracker>();
  readonly #checkers: readonly Checker[];

  constructor(checkers: readonly Checker[] = fiveCheckers()) {
    this.#checkers = checkers;
  }

  /** Takes notice of one replica after an event. Costs a few comparisons when nothing has changed. */
  observe(shown: Observation): void {
    let tracker = this.#trackers.get(shown.replicaId);
    if (tracker === undefined) {
      tracker = new ChangeTracker();
      this.#trackers.set(shown.replicaId, tracker);
    }
    if (tracker.isUnchanged(shown)) return;
    const change = tracker.note(shown);
    for (const checker of this.#checkers) {
      const violation = checker.observe(shown, change);
      if (violation !== undefined && !this.violations.has(checker.name)) this.violations.set(checker.name, violation);
    }
  }
}
