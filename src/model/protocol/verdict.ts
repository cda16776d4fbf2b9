/** The verdicts on a run (DESIGN section 5) as data: what is judged, what is promised, what came of it. */
import type { Micros } from "../../base/units.ts";

/** Everything that is judged, in the order in which it is shown. */
export const VERDICT_NAMES = [
  "AcknowledgedWritesKept",
  "ElectionSafety",
  "LeaderAppendOnly",
  "LogMatching",
  "LeaderCompleteness",
  "StateMachineSafety",
  "Liveness",
  "LeaderStability",
  "ReadYourWrites",
  "MonotonicReads",
  "FreshReads",
  "NoDirtyReads",
  "Linearizability",
] as const;

export type VerdictName = (typeof VERDICT_NAMES)[number];

/** What came of one verdict so far. */
export interface Verdict {
  readonly name: VerdictName;
  /** Whether mode, rules, read policy and the faults so far promise it from now on. */
  readonly promised: boolean;
  /** Why it is not promised, in words; empty when it is. */
  readonly withdrawnBy: string;
  /** False once it broke while it was promised. */
  readonly holds: boolean;
  /** How often it broke, promised or not. */
  readonly count: number;
  /** When it first broke: while promised if it ever did, else at all. */
  readonly at: Micros | undefined;
  /** The fact that told of it, by its number; with `at` the moment to which a replay goes. */
  readonly sequence: number | undefined;
  /** The first break in words; empty when there was none. */
  readonly message: string;
}
