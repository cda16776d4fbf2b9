/** What a session answers beyond what the page asks: to tests, to tools, and to the page's end of the line. */
import type { Micros } from "../base/units.ts";
import type { TimedCommand } from "../model/protocol/commands.ts";
import type { ClusterSession, CommandOutcome } from "../model/protocol/session.ts";

/** A session that a test or a tool can also take to an exact instant. */
export interface SteerableSession extends ClusterSession {
  /** Pauses, and runs to exactly `at` as fast as it can. */
  runTo(at: Micros): Promise<void>;
}

type Refusal = Extract<CommandOutcome, { readonly taken: false }>;

/** What came of a command, and what stands in the inputs of the run since: enough to have the same inputs elsewhere. */
export type RecordedOutcome =
  | Refusal
  | {
      readonly taken: true;
      /** Whom it meant is in it. */
      readonly recorded: TimedCommand;
      /** So many commands of the inputs come before it; what they had after those is given up. */
      readonly before: number;
    };

/** Why a command is not carried out in the run as it stands. */
export function refusal(message: string): Refusal {
  return { taken: false, problem: { field: "run", message } };
}

/** What whoever gave the command is told. */
export function outcomeOf(outcome: RecordedOutcome): CommandOutcome {
  return outcome.taken ? { taken: true, at: outcome.recorded.at } : outcome;
}
