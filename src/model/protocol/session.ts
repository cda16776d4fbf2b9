/**
 * The one interface between a run and whoever looks at it: the page, a test, the command line. Implemented in line and
 * over a port; both pass one acceptance suite.
 */
import type { HashText } from "../../base/hash.ts";
import type { ReplicaId } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { Chronicle, ChronicleSpan, Explanation, Question } from "./chronicle.ts";
import type { CommandProblem, PersonalCommand, TimedCommand } from "./commands.ts";
import type { RunConfig } from "./config.ts";
import type { Frame, SearchComparison } from "./frame.ts";
import type { Holdings, HoldingsKnown } from "./holdings.ts";
import type { Item } from "./item.ts";
import type { IndexReport, SearchPath } from "./searchIndex.ts";

/** Everything that a run is a function of. */
export interface RunInputs {
  readonly modelVersion: number;
  readonly config: RunConfig;
  readonly commands: readonly TimedCommand[];
}

/** Right after what one fact told of ({@link ClusterEvent}): an instant may hold many events, this is one of them. */
export interface Moment {
  readonly at: Micros;
  /** The number of the fact. */
  readonly sequence: number;
}

/** Right after the `event`-th event of a run, counted from 1 over all replicas and clients; 0 is before the first. */
export interface EventCount {
  readonly event: number;
}

/** Where a run is to be opened: at an instant, before anything at it but commands, or right after one event. */
export type Destination = Micros | Moment | EventCount;

/** What a run can be taken on to: the next fact of a kind, the next entry that a leader commits, or any turn of the story. */
export const SOUGHT = ["election", "leader", "commit", "lost", "broken", "turn"] as const;
export type Sought = (typeof SOUGHT)[number];

/** The first of its kind behind a place in a run, if it comes before `until`; where there is none, the way ends there. */
export interface NextFact {
  readonly next: Sought;
  /** The place: events and facts that have happened. */
  readonly after: { readonly event: number; readonly fact: number };
  readonly until: Micros;
}

/** What became of looking for something: it is shown; there is none, and nothing has moved; something else came in between. */
export type Finding = "found" | "nothing" | "given up";

/** What became of a command: the instant at which it takes effect, or why it was not taken. */
export type CommandOutcome =
  | { readonly taken: true; readonly at: Micros }
  | { readonly taken: false; readonly problem: CommandProblem };

export interface ClusterSession {
  /**
   * Opens a run at `to`, in place of the run that was open. What lies before is computed first, in slices: meanwhile the
   * open run stands still, and pictures of it say how far the other is. Returns false when that was cancelled, and then
   * the open run goes on.
   */
  open(inputs: RunInputs, to: Destination): Promise<boolean>;
  /**
   * Pauses, and shows the open run as it stood, or will stand, at `to`. Nothing is lost: commands that were given later
   * are taken again when the run goes on, and become a branch of their own only when another is given before. Returns
   * false when another destination, or a cancellation, came in between.
   */
  seek(to: Destination): Promise<boolean>;
  /**
   * Pauses, and shows the open run right after the next of `what`, if one comes before `until`. Computed as by
   * {@link seek}, whose last destination counts.
   */
  seekNext(what: Sought, until: Micros): Promise<Finding>;
  /** Gives up the run that is being computed, if there is one. */
  cancelOpening(): Promise<void>;
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
  /** Goes back by exactly one event and pauses; at the beginning nothing happens. */
  stepBack(): Promise<void>;
  /** Asks every replica the same question without touching the run. `query` has the data set's dimension. */
  search(query: Float32Array, k: number): Promise<SearchComparison>;
  /** Every item of the truth (acknowledged, not deleted), in order of id, for choosing one. */
  items(): Promise<readonly Item[]>;
  /** How good the replicas' approximate indexes are, by questions spread over the data set. */
  indexReport(): Promise<IndexReport>;
  /** The way of a search through a replica's index; undefined where its searches are exact, or it is down. */
  searchPath(replicaId: ReplicaId, query: Float32Array, k: number): Promise<SearchPath | undefined>;
  /**
   * Who holds what, for a map: every item that the truth or a replica knows, without what is `known` of them already, and
   * how each replica stands to it. While the run plays, pauses, and in its past.
   */
  holdings(known: HoldingsKnown): Promise<Holdings>;
  /** What happened in a span of the run, as far as it has been; the run goes on meanwhile and is not touched. */
  chronicle(span: ChronicleSpan): Promise<Chronicle>;
  /** Why something happened; undefined when it did not happen. */
  why(question: Question): Promise<Explanation | undefined>;
  /** The hash of the run when it stood at `at` or last before; for tests and comparisons. */
  hashNow(): Promise<{ readonly at: Micros; readonly runHash: HashText }>;
}
