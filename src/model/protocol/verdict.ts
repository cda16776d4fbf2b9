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

/** What each promises, in one sentence. */
export const PROMISES: Readonly<Record<VerdictName, string>> = {
  AcknowledgedWritesKept: "No acknowledged write is lost.",
  ElectionSafety: "A term has at most one leader.",
  LeaderAppendOnly: "A leader only ever adds to its log.",
  LogMatching: "Logs that share an entry agree on all before it.",
  LeaderCompleteness: "Every later leader has what was committed.",
  StateMachineSafety: "No two replicas apply different entries at one index.",
  Liveness: "A majority that can work together gets things done.",
  LeaderStability: "A leader that works is not deposed.",
  ReadYourWrites: "A client reads what it has written.",
  MonotonicReads: "A client never reads backwards in time.",
  FreshReads: "A read sees every write acknowledged before it.",
  NoDirtyReads: "What was read stays true.",
  Linearizability: "Each item behaves as if there were one copy.",
};

/** What came of one verdict so far. */
export interface Verdict {
  readonly name: VerdictName;
  /** Whether mode, rules, read policy and the faults so far promise it from now on. */
  readonly promised: boolean;
  /**
   * Why it is not promised, in words; empty when it is. Where something broke that nothing had promised to avoid: why
   * it was not promised when that came about.
   */
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
