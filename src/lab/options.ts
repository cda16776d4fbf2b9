/** What the command line of `npm run sim` means, or one line that says what is wrong with it. */
import { parseArgs } from "node:util";
import type { Micros } from "../base/units.ts";
import { durationOf, durationProblem } from "../data/scenarios/duration.ts";

/** Where the replicas' machines run. */
export const HOSTS = ["inline", "channel"] as const;

export interface SimOptions {
  /** A file, or the name of a built-in scenario. */
  readonly scenario: string;
  readonly seed: number | undefined;
  readonly until: Micros | undefined;
  readonly host: (typeof HOSTS)[number];
  readonly trace: string | undefined;
  readonly history: string | undefined;
  /** `-` is the standard output. */
  readonly report: string;
}

/** The options, or what is wrong. */
export type OptionsResult =
  | { readonly ok: true; readonly options: SimOptions }
  | { readonly ok: false; readonly problem: string };

export const USAGE =
  "npm run -s sim -- <scenario.json | built-in name> [--seed N] [--until 60s] [--host inline|channel] [--trace FILE] [--history FILE] [--report -|FILE]";

function failed(problem: string): OptionsResult {
  return { ok: false, problem };
}

function isHost(name: string): name is SimOptions["host"] {
  return HOSTS.some((host) => host === name);
}

/** A seed: a whole number of 32 bits. */
export function seedOf(text: string): number | undefined {
  const seed = Number(text);
  return /^\d+$/.test(text) && seed <= 0xffff_ffff ? seed : undefined;
}

function parsed(args: readonly string[]) {
  const text = { type: "string" } as const;
  const options = { seed: text, until: text, host: text, trace: text, history: text, report: text };
  return parseArgs({ args: [...args], options, allowPositionals: true });
}

/** Reads the arguments behind `npm run sim --`. */
export function readOptions(args: readonly string[]): OptionsResult {
  let read: ReturnType<typeof parsed>;
  try {
    read = parsed(args);
  } catch (error) {
    const why = error instanceof Error ? error.message.split(". ")[0] : "the arguments cannot be read";
    return failed(`${why}. Usage: ${USAGE}`);
  }
  const { values, positionals } = read;
  const [scenario, surplus] = positionals;
  if (scenario === undefined) return failed(`no scenario is given. Usage: ${USAGE}`);
  if (surplus !== undefined) return failed(`${JSON.stringify(surplus)} is one scenario too many`);
  const seed = values.seed === undefined ? undefined : seedOf(values.seed);
  if (values.seed !== undefined && seed === undefined) {
    return failed(`--seed: must be a whole number from 0 to 4294967295, not ${JSON.stringify(values.seed)}`);
  }
  const wrongUntil = values.until === undefined ? undefined : durationProblem(values.until);
  if (wrongUntil !== undefined) return failed(`--until: ${wrongUntil}, not ${JSON.stringify(values.until)}`);
  const until = values.until === undefined ? undefined : durationOf(values.until);
  const { host = "inline", trace, history, report = "-" } = values;
  if (!isHost(host)) return failed(`--host: must be ${HOSTS.join(" or ")}, not ${JSON.stringify(host)}`);
  return { ok: true, options: { scenario, seed, until, host, trace, history, report } };
}
