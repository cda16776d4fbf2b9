/**
 * Runs beside each other: the same seed and commands under every mode, or two branches, over one span of virtual time.
 * They are computed in one thread of their own; the open run is not touched.
 */
import type { HashText } from "../../base/hash.ts";
import type { ReplicaId } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { ReplicaVerb } from "./commands.ts";
import type { ReplicationMode } from "./config.ts";
import type { Frame } from "./frame.ts";
import type { RunInputs } from "./session.ts";

/** The span that is measured. */
export interface ComparedSpan {
  readonly from: Micros;
  readonly to: Micros;
}

/** What is to be compared. */
export type ComparisonOrder = ComparedSpan &
  (
    | {
        /** One run in each mode; a later choice of the mode is left out, or they would not be compared. */
        readonly kind: "modes";
        readonly inputs: RunInputs;
        /** From `from` on, by a command there, or from virtual 0, by the configuration. */
        readonly since: "here" | "beginning";
      }
    | {
        /** Runs as they are. */
        readonly kind: "runs";
        readonly runs: readonly { readonly name: string; readonly inputs: RunInputs }[];
      }
  );

/** The modes in the order in which they are shown. */
export const COMPARED_MODES: readonly ReplicationMode[] = ["asynchronous", "quorum", "synchronous"];

/** What is told of one run, over the span and nothing before it. */
export interface RunMeasures {
  readonly acknowledged: number;
  readonly unknown: number;
  readonly failed: number;
  /** Acknowledged writes that were found lost in the span. */
  readonly lost: number;
  /** Answers of reads and searches, and those that missed, contradicted or resurrected something acknowledged. */
  readonly answers: number;
  readonly stale: number;
  /** What live replicas found of the true nearest for the continuous probe: the mean and the least; null without any. */
  readonly recall: number | null;
  readonly leastRecall: number | null;
  /** Of acknowledged writes, in milliseconds at the replica that serves the client; null without any. */
  readonly writeP50: number | null;
  readonly writeP99: number | null;
  /** Virtual time in which no write could be acknowledged. */
  readonly unavailable: Micros;
  readonly leaderChanges: number;
}

/** One moment of the shared axes. What grows counts from the span's beginning; the rest is the most since the point before. */
export interface SeriesPoint {
  readonly at: Micros;
  /** The largest lag and the longest queue of all replicas that run. */
  readonly lag: Micros;
  readonly queueDepth: number;
  /** The slowest write that was acknowledged, in milliseconds; null without any. */
  readonly writeMs: number | null;
  readonly acknowledged: number;
  readonly lost: number;
  readonly stale: number;
  /** The least share of the true nearest that a live replica found for the probe; null before it has asked. */
  readonly recall: number | null;
}

/** A gesture that was made on the leader: whom it hit in the open run, and whom in this one. */
export interface AimFound {
  readonly at: Micros;
  readonly verb: ReplicaVerb["kind"];
  readonly was: ReplicaId;
  /** Undefined when nobody led. */
  readonly found: ReplicaId | undefined;
}

/** One run of a comparison, measured. */
export interface ComparedRun {
  /** The mode, or the name that was given. */
  readonly name: string;
  /** Everything that this run is a function of. */
  readonly inputs: RunInputs;
  /** At the end of the span. */
  readonly runHash: HashText;
  readonly measures: RunMeasures;
  readonly points: readonly SeriesPoint[];
  readonly aims: readonly AimFound[];
}

/** How far the computing is, as a share, and what it found once it is done. */
export interface ComparisonProgress {
  readonly share: number;
  readonly result: readonly ComparedRun[] | undefined;
}

/** How a picture is to be drawn: at rest, or while time moves at this rate. */
export interface ComparedMotion {
  readonly playing: boolean;
  readonly rate: number;
}

/** A comparison under way. */
export interface RunComparison {
  /** Computes on for a moment. To be called until there is a result. */
  advance(): Promise<ComparisonProgress>;
  /** The pictures of all runs at one instant, once there is a result. */
  pictures(at: Micros, motion: ComparedMotion): Promise<readonly Frame[]>;
  /** Gives up its thread. */
  close(): void;
}

/** Begins a comparison in a thread of its own. */
export type OpenComparison = (order: ComparisonOrder) => RunComparison;
