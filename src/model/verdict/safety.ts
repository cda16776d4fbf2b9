/** The five safety properties of Raft (figure 3) side by side over one run. */
import { type ReplicaId, slotOf } from "../../base/ids.ts";
import type { Shown } from "../protocol/work.ts";
import { ChangeTracker } from "./change.ts";
import { ElectionSafety } from "./electionSafety.ts";
import { LeaderAppendOnly } from "./leaderAppendOnly.ts";
import { LeaderCompleteness } from "./leaderCompleteness.ts";
import { LogMatching } from "./logMatching.ts";
import type { LogView, Observation } from "./observation.ts";
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
  /** By replica slot. */
  private readonly trackers: ChangeTracker[] = [];
  private readonly checkers: readonly Checker[];

  constructor(checkers: readonly Checker[] = fiveCheckers()) {
    this.checkers = checkers;
  }

  /** Whether {@link observe} would find nothing new: a few comparisons, before anything is made for it to look at. */
  isUnchanged(id: ReplicaId, incarnation: number, shown: Shown, log: LogView): boolean {
    return this.trackers[slotOf(id)]?.isUnchanged(incarnation, shown, log) === true;
  }

  /** Takes notice of one replica after an event. */
  observe(shown: Observation): void {
    const { replicaId, incarnation, log } = shown;
    if (this.isUnchanged(replicaId, incarnation, shown, log)) return;
    const tracker = this.trackers[slotOf(replicaId)] ?? new ChangeTracker();
    this.trackers[slotOf(replicaId)] = tracker;
    const change = tracker.note(shown);
    for (const checker of this.checkers) {
      const violation = checker.observe(shown, change);
      if (violation !== undefined && !this.violations.has(checker.name)) this.violations.set(checker.name, violation);
    }
  }
}
