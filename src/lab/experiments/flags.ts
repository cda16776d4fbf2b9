/** Reading the flags of experiments. Each answers a value or one line that names the flag and what it was given. */
import { type Micros, micros } from "../../base/units.ts";
import { durationOf, durationProblem } from "../../data/scenarios/duration.ts";
import type { LatencyModel } from "../../model/protocol/latency.ts";
import type { Flags } from "./experiment.ts";

/** A flag that cannot be read. Caught where the experiment is opened. */
export class FlagError extends Error {
  override readonly name = "FlagError";
}

function wrong(flag: string, message: string, text: string): FlagError {
  return new FlagError(`--${flag}: ${message}, not ${JSON.stringify(text)}`);
}

/** A duration, such as `13ms`. */
export function durationFlag(flags: Flags, flag: string, otherwise: Micros): Micros {
  const text = flags[flag];
  if (text === undefined) return otherwise;
  const problem = durationProblem(text);
  if (problem !== undefined) throw wrong(flag, problem, text);
  return durationOf(text);
}

/** Two durations, such as `150ms-300ms`, or one for both. */
export function rangeFlag(flags: Flags, flag: string, otherwise: readonly [Micros, Micros]): readonly [Micros, Micros] {
  const text = flags[flag];
  if (text === undefined) return otherwise;
  const [first = "", second = first, surplus] = text.split("-");
  const problem = durationProblem(first) ?? durationProblem(second);
  if (problem !== undefined) throw wrong(flag, problem, text);
  if (surplus !== undefined) throw wrong(flag, 'must be two durations, such as "150ms-300ms"', text);
  if (durationOf(second) < durationOf(first)) throw wrong(flag, "has its ends reversed", text);
  return [durationOf(first), durationOf(second)];
}

/** A whole number from `low` to `high`. */
export function countFlag(flags: Flags, flag: string, low: number, high: number, otherwise: number): number {
  const text = flags[flag];
  if (text === undefined) return otherwise;
  const count = Number(text);
  if (!Number.isInteger(count) || count < low || count > high) {
    throw wrong(flag, `must be a whole number from ${low} to ${high}`, text);
  }
  return count;
}

/** One of the given words. */
export function wordFlag<Word extends string>(
  flags: Flags,
  flag: string,
  choices: readonly Word[],
  otherwise: Word,
): Word {
  const text = flags[flag];
  if (text === undefined) return otherwise;
  const chosen = choices.find((choice) => choice === text);
  if (chosen === undefined) throw wrong(flag, `must be ${choices.join(" or ")}`, text);
  return chosen;
}

/** Between `low` and `high`, all alike. */
export function latencyBetween([low, high]: readonly [Micros, Micros]): LatencyModel {
  return low === high ? { kind: "constant", value: low } : { kind: "uniform", low, high };
}

/** Half of `duration`, and not nothing. */
export function half(duration: Micros): Micros {
  return micros(Math.max(1, duration / 2));
}
