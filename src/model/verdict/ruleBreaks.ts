/**
 * What each safety rule is for: the verdicts that can break while it is off. One table for the promises, the docs and the
 * tests, which search over seeds for every break that is named first, and find none with the rule on.
 */
import type { Rules } from "../protocol/config.ts";
import type { VerdictName } from "../protocol/verdict.ts";

/** One rule and what happens without it. */
export interface RuleBreak {
  readonly rule: keyof Rules;
  /** What can break; the first is what the rule is known by. */
  readonly breaks: readonly [VerdictName, ...VerdictName[]];
  /** What was let in stays in the logs: the promises do not come back with the rule. */
  readonly lasting: boolean;
  /** How it comes about, in one sentence. */
  readonly how: string;
}

/** Follows from everything that lets a committed entry go. */
const READS = ["NoDirtyReads", "FreshReads", "ReadYourWrites", "MonotonicReads", "Linearizability"] as const;

/** Every rule, in the order in which people are shown them. */
export const RULE_BREAKS: readonly RuleBreak[] = [
  {
    rule: "logUpToDateCheck",
    breaks: ["LeaderCompleteness", "StateMachineSafety", "AcknowledgedWritesKept", "Liveness", ...READS],
    lasting: true,
    how: "A replica that lacks what was committed is elected, and overwrites it.",
  },
  {
    rule: "commitCurrentTermOnly",
    breaks: ["LeaderCompleteness", "StateMachineSafety", "AcknowledgedWritesKept", ...READS],
    lasting: true,
    how: "An entry of an older term counts as committed, and a leader that never had it overwrites it (figure 8).",
  },
  {
    rule: "keepVoteForTerm",
    breaks: [
      ...(["ElectionSafety", "StateMachineSafety", "LogMatching", "LeaderCompleteness"] as const),
      ...(["AcknowledgedWritesKept", "Liveness", "LeaderStability", ...READS] as const),
    ],
    lasting: true,
    how: "A replica votes twice in one term, and two candidates win it.",
  },
  {
    rule: "persistTermAndVote",
    breaks: [
      ...(["ElectionSafety", "LeaderCompleteness", "LogMatching", "StateMachineSafety"] as const),
      ...(["AcknowledgedWritesKept", "Liveness", "LeaderStability", ...READS] as const),
    ],
    lasting: true,
    how: "A replica that was started again votes a second time in the same term.",
  },
  {
    rule: "persistLog",
    breaks: ["StateMachineSafety", "LeaderCompleteness", "AcknowledgedWritesKept", "Liveness", ...READS],
    lasting: true,
    how: "Copies that were counted are gone after a restart, and those without them elect a leader.",
  },
  {
    rule: "logConsistencyCheck",
    breaks: [
      ...(["LogMatching", "StateMachineSafety", "LeaderCompleteness"] as const),
      ...(["AcknowledgedWritesKept", "Liveness", ...READS] as const),
    ],
    lasting: true,
    how: "Entries land behind others than their leader has before them.",
  },
  {
    rule: "rejectStaleTerms",
    breaks: [
      ...(["StateMachineSafety", "LeaderCompleteness", "LogMatching"] as const),
      ...(["AcknowledgedWritesKept", "Liveness", ...READS] as const),
    ],
    lasting: true,
    how: "A deposed leader still finds followers, and overwrites what a later one has committed.",
  },
  {
    rule: "readConfirmation",
    breaks: ["Linearizability", "FreshReads", "MonotonicReads", "ReadYourWrites"],
    lasting: false,
    how: "A deposed leader that does not know it yet answers from the past.",
  },
  {
    rule: "quorumReadWaits",
    breaks: ["Linearizability", "FreshReads", "MonotonicReads", "ReadYourWrites"],
    lasting: false,
    how: "A copy in the log is not yet one that can be read: R replicas answer before they have applied it.",
  },
  {
    rule: "checksum",
    breaks: ["LogMatching", "StateMachineSafety"],
    lasting: false,
    how: "A damaged record is taken for the one that was written, served, and sent on by whoever leads with it.",
  },
  {
    rule: "preVote",
    breaks: ["LeaderStability", "Liveness"],
    lasting: false,
    how: "A replica that was cut off returns with a higher term and deposes a leader that works.",
  },
  {
    rule: "checkQuorum",
    breaks: ["Liveness"],
    lasting: false,
    how: "A leader that is heard but hears nobody goes on, and keeps others from being elected.",
  },
];
