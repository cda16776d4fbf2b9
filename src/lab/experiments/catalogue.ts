/** Every experiment, by name; and opening one with its flags. */
import { electionDowntime } from "./electionDowntime.ts";
import type { Experiment, Flags, Opened } from "./experiment.ts";
import { FlagError } from "./flags.ts";
import { lossOnFailover } from "./lossOnFailover.ts";
import { writeLatency } from "./writeLatency.ts";

export const experiments: readonly Experiment[] = [electionDowntime, writeLatency, lossOnFailover];

/** The experiment of this name. */
export function experimentNamed(name: string): Experiment | undefined {
  return experiments.find((experiment) => experiment.name === name);
}

/** Its cases, or what is wrong with the flags. */
export function openExperiment(experiment: Experiment, flags: Flags): Opened {
  try {
    return experiment.open(flags);
  } catch (error) {
    if (error instanceof FlagError) return { ok: false, problem: error.message };
    throw error;
  }
}
