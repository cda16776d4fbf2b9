/**
 * Measuring on a machine that is not quiet: several runs, the median, and beside each the score of a calibration loop,
 * so that a figure of today can be put beside one of another day as a ratio.
 */
import { cpus, totalmem } from "node:os";

/** The middle of `values`; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** The value below which `share` of `values` lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Millions of turns a second of a fixed integer loop: how fast this machine is right now. */
export function calibrate(): number {
  const turns = 30_000_000;
  let state = 1;
  const start = performance.now();
  for (let turn = 0; turn < turns; turn += 1) state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
  const milliseconds = performance.now() - start;
  if (state === 0) throw new Error("unreachable: keeps the loop from being removed");
  return turns / milliseconds / 1_000;
}

/** One line of the report. */
export interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly runs: readonly number[];
  readonly calibration: readonly number[];
  /** What DESIGN section 8 asks for, in words; empty where it asks for nothing. */
  readonly target: string;
}

/** Runs `measure` `times` times, calibrating before each. */
export async function repeat(
  what: { readonly what: string; readonly unit: string; readonly target: string },
  times: number,
  measure: () => number | Promise<number>,
): Promise<Figure> {
  const runs: number[] = [];
  const calibration: number[] = [];
  for (let run = 0; run < times; run += 1) {
    calibration.push(calibrate());
    runs.push(await measure());
  }
  return { ...what, runs, calibration };
}

function short(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** The figure as one row of a Markdown table. */
export function row({ what, unit, runs, calibration, target }: Figure): string {
  const spread = `${short(Math.min(...runs))}-${short(Math.max(...runs))}`;
  return `| ${what} | **${short(median(runs))}** ${unit} | ${spread} (${runs.length} runs) | ${short(median(calibration))} | ${target} |`;
}

/** The machine in one line, without its name. */
export function machine(): string {
  const model = cpus()[0]?.model ?? "unknown processor";
  return `${cpus().length} cores (${model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${process.platform}`;
}
