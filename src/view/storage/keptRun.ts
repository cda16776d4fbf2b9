/** A run as it lies in this browser's storage. */
import type { Micros } from "../../base/units.ts";

/** An autosave belongs to one tab; a named one was saved by a person. */
export type KeptKind = "auto" | "named";

/** Everything of a kept run but the run: what a list shows. */
export interface KeptRunSummary {
  /** Of an autosave: that of its tab. */
  readonly id: string;
  readonly kind: KeptKind;
  readonly name: string;
  /** Wall time, in milliseconds since 1970. */
  readonly savedAt: number;
  readonly seed: number;
  /** Where it stands. */
  readonly at: Micros;
  /** What had been done to it. */
  readonly actions: number;
}

/** A kept run with its document; see `data/link`. */
export interface KeptRun extends KeptRunSummary {
  readonly text: string;
}
