/**
 * `npm run -s experiment -- <name> [--trials N] [--seed N] [--json]`: many seeds over all cores, progress on the error
 * output, the result as a table or as JSON. Exit code 2 with one line for bad input.
 */
import { parseArgs } from "node:util";
import { experimentNamed, experiments, openExperiment } from "./experiments/catalogue.ts";
import type { Case, Experiment, Flags } from "./experiments/experiment.ts";
import { seedOf } from "./options.ts";
import { PIECE_SIZE, type Piece, runPieces } from "./shards.ts";

/** More trials than this and the numbers do not fit into memory. */
const TRIALS_LIMIT = 1_000_000;

interface Asked {
  readonly experiment: Experiment;
  readonly flags: Flags;
  readonly cases: readonly Case[];
  readonly trials: number;
  readonly seed: number;
  readonly json: boolean;
}

function namesOf(): string {
  return experiments.map(({ name }) => name).join(", ");
}

/** What is asked for, or one line that says what is wrong. */
function readArguments(args: readonly string[]): Asked | string {
  const [name, ...rest] = args;
  if (name === undefined) return `no experiment is given; there are ${namesOf()}`;
  const experiment = experimentNamed(name);
  if (experiment === undefined) return `${JSON.stringify(name)}: there is no such experiment; there are ${namesOf()}`;
  const text = { type: "string" } as const;
  const own = Object.fromEntries(experiment.flags.map((flag) => [flag, text]));
  let values: Readonly<Record<string, unknown>>;
  try {
    const options = { ...own, trials: text, seed: text, json: { type: "boolean" } } as const;
    values = parseArgs({ args: [...rest], options }).values;
  } catch (error) {
    return error instanceof Error ? (error.message.split(". ")[0] ?? "") : "the arguments cannot be read";
  }
  const textOf = (flag: string): string | undefined => {
    const value = values[flag];
    return typeof value === "string" ? value : undefined;
  };
  const trials = Number(textOf("trials") ?? experiment.trials);
  if (!Number.isInteger(trials) || trials < 1 || trials > TRIALS_LIMIT) {
    return `--trials: must be a whole number from 1 to ${TRIALS_LIMIT}, not ${JSON.stringify(textOf("trials"))}`;
  }
  const seed = seedOf(textOf("seed") ?? "1");
  if (seed === undefined)
    return `--seed: must be a whole number from 0 to 4294967295, not ${JSON.stringify(textOf("seed"))}`;
  const flags: Flags = Object.fromEntries(experiment.flags.map((flag) => [flag, textOf(flag)]));
  const opened = openExperiment(experiment, flags);
  if (!opened.ok) return opened.problem;
  return { experiment, flags, cases: opened.cases, trials, seed, json: values.json === true };
}

function piecesOf({ experiment, flags, cases, trials, seed }: Asked): readonly Piece[] {
  return cases.flatMap((_, position) =>
    Array.from({ length: Math.ceil(trials / PIECE_SIZE) }, (_piece, at) => ({
      experiment: experiment.name,
      flags,
      position,
      firstSeed: seed + at * PIECE_SIZE,
      count: Math.min(PIECE_SIZE, trials - at * PIECE_SIZE),
    })),
  );
}

function textOfValue(value: unknown): string {
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : value.toFixed(3);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function show(results: readonly { readonly label: string; readonly result: object }[]): void {
  for (const { label, result } of results) {
    console.log(label);
    for (const [name, value] of Object.entries(result)) console.log(`  ${name.padEnd(18)} ${textOfValue(value)}`);
  }
}

async function main(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  if (typeof asked === "string") {
    console.error(asked);
    return 2;
  }
  const { experiment, cases, trials, seed, json } = asked;
  const pieces = piecesOf(asked);
  const all = trials * cases.length;
  let told = 0;
  const done = await runPieces(pieces, (count) => {
    const tenth = Math.floor((10 * count) / all);
    if (tenth > told) console.error(`${experiment.name}: ${count} of ${all} trials`);
    told = tenth;
  });
  const results = cases.map(({ label, summarise }, position) => {
    const own = done.filter((_, at) => pieces[at]?.position === position);
    return { label, result: summarise(own.flatMap((piece) => piece.trials)) };
  });
  if (!json) show(results);
  else if (results.length === 1)
    console.log(JSON.stringify({ experiment: experiment.name, seed, ...results[0]?.result }));
  else {
    const rows = results.map(({ label, result }) => ({ case: label, ...result }));
    console.log(JSON.stringify({ experiment: experiment.name, seed, cases: rows }));
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
