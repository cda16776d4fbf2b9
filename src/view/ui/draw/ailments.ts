/** What is wrong with a replica's machine, in words and as a sign: how the stage, names and menus tell of it. */
import { type Micros, micros, ZERO } from "../../../base/units.ts";
import type { ReplicaFrame } from "../../../model/protocol/frame.ts";
import { duration, percent } from "../../store/format.ts";

/** One thing that is wrong. */
export interface Ailment {
  readonly kind: "paused" | "quarantined" | "slow" | "refuses" | "lying" | "slowDisk" | "damaged" | "clock";
  /** On the stage: two or three words. */
  readonly words: string;
  /** In the accessible name. */
  readonly told: string;
}

/** Everything that is wrong with a replica, what matters most first. */
export function ailmentsOf({
  alive,
  status,
  disk,
}: Pick<ReplicaFrame, "alive" | "status" | "disk">): readonly Ailment[] {
  const { paused, slowFactor, refusesWrites, clockOffset, clockDrift, extraDiskSync } = status.conditions;
  const found: Ailment[] = [];
  if (paused && alive) found.push({ kind: "paused", words: "paused", told: "paused" });
  if (status.quarantined && alive)
    found.push({ kind: "quarantined", words: "quarantined", told: "quarantined: its log is damaged" });
  if (refusesWrites) found.push({ kind: "refuses", words: "refuses writes", told: "refuses replicated writes" });
  if (slowFactor !== 1) found.push({ kind: "slow", words: `slow ×${slowFactor}`, told: `${slowFactor} times as slow` });
  if (disk.lies) found.push({ kind: "lying", words: "lying disk", told: "its disk lies" });
  if (extraDiskSync > 0)
    found.push({
      kind: "slowDisk",
      words: "slow disk",
      told: `its disk takes ${duration(extraDiskSync)} more to sync`,
    });
  if (disk.damaged) found.push({ kind: "damaged", words: "damaged record", told: "a record on its disk is damaged" });
  const clock = clockWords(clockOffset, clockDrift);
  if (clock !== "") found.push({ kind: "clock", words: clock, told: clock });
  return found;
}

/** "clock 1.0 s ahead", "clock 20 % fast". */
function clockWords(offset: Micros, drift: number): string {
  const parts: string[] = [];
  if (offset !== ZERO) parts.push(`${duration(micros(Math.abs(offset)))} ${offset > 0 ? "ahead" : "behind"}`);
  if (drift !== 0) parts.push(`${percent(Math.abs(drift))} ${drift > 0 ? "fast" : "slow"}`);
  return parts.length === 0 ? "" : `clock ${parts.join(", ")}`;
}

/** The sign of each, in a square of 16 around the origin; strokes of 2. */
export const AILMENT_SIGNS: Readonly<Record<Ailment["kind"], string>> = {
  paused: "M-3-6V6M3-6V6",
  quarantined: "M0-7V2M0 5.5V6.5",
  refuses: "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0M-3 0H3",
  slow: "M-5-6H5L-5 6H5Z",
  lying: "M-6-4a6 2.5 0 1 0 12 0a6 2.5 0 1 0-12 0V4a6 2.5 0 0 0 12 0V-4M-7 7L7-7",
  slowDisk: "M-6-4a6 2.5 0 1 0 12 0a6 2.5 0 1 0-12 0V4a6 2.5 0 0 0 12 0V-4",
  damaged: "M1-7L-3-1L3 1L-1 7",
  clock: "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0M0-4V0L3 2",
};
