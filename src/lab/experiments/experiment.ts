/** What an experiment is: cases, each tried with many seeds. Trials are plain numbers, so that they cross processes. */

/** What one trial found. */
export type Trial = Readonly<Record<string, number>>;

/** One setting that is tried with many seeds. */
export interface Case {
  readonly label: string;
  trial(seed: number): Trial;
  /** What many trials say together. */
  summarise(trials: readonly Trial[]): object;
}

/** An experiment with its flags read, or one line that says what is wrong with them. */
export type Opened =
  | { readonly ok: true; readonly cases: readonly Case[] }
  | { readonly ok: false; readonly problem: string };

/** The flags of the command line that are the experiment's own, as they were given. */
export type Flags = Readonly<Record<string, string | undefined>>;

export interface Experiment {
  readonly name: string;
  readonly about: string;
  /** Names of its flags, without the dashes. */
  readonly flags: readonly string[];
  /** How often each case is tried unless the caller says otherwise. */
  readonly trials: number;
  open(flags: Flags): Opened;
}

/** One number out of every trial. */
export function column(trials: readonly Trial[], name: string): readonly number[] {
  return trials.flatMap((trial) => {
    const value = trial[name];
    return value === undefined ? [] : [value];
  });
}

/** The mean of `values`; 0 without any. */
export function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
