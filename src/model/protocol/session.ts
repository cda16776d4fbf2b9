/**
 * The one interface between a run and whoever looks at it: the page, a test, the command line. Implemented in line and
 * over a port; both pass one acceptance suite.
 */
import type { HashText } from "../../base/hash.ts";
import type { Micros } from "../../base/units.ts";
import type { CommandProblem, PersonalCommand, TimedCommand } from "./commands.ts";
import type { RunConfig } from "./config.ts";
import type { Frame, SearchComparison } from "./frame.ts";
import type { Item } from "./item.ts";

/** Everything that a run is a function of. */
export interface RunInputs {
  readonly modelVersion: number;
  readonly config: RunConfig;
  readonly commands: readonly TimedCommand[];
}

/** What became of a command: the instant at which it takes effect, or why it was not taken. */
export type CommandOutcome =
  | { readonly taken: true; readonly at: Micros }
  | { readonly taken: false; readonly problem: CommandProblem };

export interface ClusterSession {
  /** Opens a run at `at`: everything before is computed at once. Replaces the run that was open. */
  open(inputs: RunInputs, at: Micros): Promise<void>;
  /** The run so far and where it stands, to be opened again. */
  inputs(): Promise<{ readonly inputs: RunInputs; readonly at: Micros }>;
  /** The picture now, and the facts since the last pull. */
  pull(): Promise<Frame>;
  command(command: PersonalCommand): Promise<CommandOutcome>;
  play(): Promise<void>;
  pause(): Promise<void>;
  /** Virtual seconds per wall second, 0.001 to 100. */
  setPlaybackRate(rate: number): Promise<void>;
  /** Processes exactly one event and pauses. */
  step(): Promise<void>;
  /** Asks every replica the same question without touching the run. `query` has the data set's dimension. */
  search(query: Float32Array, k: number): Promise<SearchComparison>;
  /** Every item of the truth (acknowledged, not deleted), in order of id, for choosing one. */
  items(): Promise<readonly Item[]>;
  /** The hash of the run when it stood at `at` or last before; for tests and comparisons. */
  hashNow(): Promise<{ readonly at: Micros; readonly runHash: HashText }>;
}
