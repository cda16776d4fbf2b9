/** Durations as text with a unit. What they mean in whole microseconds, and what is wrong with those that mean nothing. */
import { type Micros, micros, NEVER } from "../../base/units.ts";

const MICROS_PER_UNIT: Readonly<Record<string, number>> = {
  us: 1,
  ms: 1_000,
  s: 1_000_000,
  min: 60_000_000,
  h: 3_600_000_000,
};

const PATTERN = /^\s*(-?\d+(?:\.\d+)?)\s*([a-zµ]*)\s*$/i;

/** The same as a regular expression for the JSON Schema: not negative, with a unit. */
export const DURATION_PATTERN = /^\s*\d+(\.\d+)?\s*(us|ms|s|min|h)\s*$/;

/** Why `text` is no duration; undefined when it is one. */
export function durationProblem(text: string): string | undefined {
  const [, amount, unit] = PATTERN.exec(text) ?? [];
  if (amount === undefined || unit === undefined) return 'must be a duration such as "150ms"';
  if (unit === "") return 'needs a unit: us, ms, s, min or h, as in "150ms"';
  if (!Object.hasOwn(MICROS_PER_UNIT, unit)) return `has no unit that is known: us, ms, s, min or h`;
  if (Number(amount) < 0) return "must not be negative";
  if (Number(amount) * (MICROS_PER_UNIT[unit] ?? 1) >= NEVER) return "is longer than any run can be";
  return undefined;
}

/** The duration that `text`, which has been checked, stands for. */
export function durationOf(text: string): Micros {
  const [, amount, unit] = PATTERN.exec(text) ?? [];
  return micros(Number(amount) * (MICROS_PER_UNIT[unit ?? ""] ?? Number.NaN));
}

/** Like {@link durationProblem}, for what may also be below zero. */
export function offsetProblem(text: string): string | undefined {
  return durationProblem(text.trim().replace(/^-/, ""));
}

/** `duration`, of either sign, as text that means exactly the same. */
export function durationText(duration: Micros): string {
  const size = Math.abs(duration);
  if (size >= 1_000_000) return `${duration / 1_000_000}s`;
  return size >= 1_000 ? `${duration / 1_000}ms` : `${duration}us`;
}
