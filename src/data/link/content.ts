/** What a link and an autosave carry, as the app uses it. */
import type { HashText } from "../../base/hash.ts";
import type { Micros } from "../../base/units.ts";
import type { WantedData } from "../../model/protocol/dataset.ts";
import type { RunInputs } from "../../model/protocol/session.ts";

/** Where a run stood, exactly: at an instant, after so many events over all replicas and clients. */
export interface Place {
  readonly at: Micros;
  /** Undefined where nobody asked: then everything before `at` has happened, and nothing at it. */
  readonly events: number | undefined;
  /** The run hash there, to compare. */
  readonly hash: HashText | undefined;
}

/** Another future of the run, kept beside the open one. */
export interface KeptBranch {
  readonly name: string;
  readonly inputs: RunInputs;
  /** Where it was left. */
  readonly at: Micros;
}

/** A whole run as it is shared or kept. */
export interface RunContent {
  /** The inputs carry the model's version that they were made with. */
  readonly inputs: RunInputs;
  readonly place: Place;
  /** Virtual seconds per wall second. */
  readonly speed: number;
  readonly playing: boolean;
  /** The built-in scenario that it began as. */
  readonly lesson: string | undefined;
  /** The part of the page that was open beside the stage. */
  readonly panel: string | undefined;
  /** What shows the cluster: the stage (or nothing said), the space-time diagram, both. */
  readonly picture: string | undefined;
  /** How many neighbours a person asked every replica for; absent: as many as the clients do. */
  readonly neighbours?: number | undefined;
  /** The open branch. */
  readonly branch: string | undefined;
  readonly branches: readonly KeptBranch[];
}

/** Why there is no run in what was given. */
export type LinkFault = "none" | "newer" | "truncated" | "damaged" | "oversized" | "senseless" | "data";

/** A run, or what is wrong and what still works, in one sentence each. */
export type LinkResult =
  | { readonly ok: true; readonly content: RunContent }
  /** `wanted`, with the fault "data": nothing is wrong, but this file of vectors has to be opened first. */
  | { readonly ok: false; readonly fault: LinkFault; readonly problem: string; readonly wanted?: WantedData };
