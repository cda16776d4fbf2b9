/**
 * `npm run -s search`: the nearest rows of one file to each row of another, as a replica that holds the file answers. On
 * the standard output one JSON array and nothing else; exit code 2 with one sentence for bad input.
 */
import { readFileSync } from "node:fs";
import { readVectors } from "../data/readers/readVectors.ts";
import { placeOf, type ReadChoices, type VectorTable } from "../data/readers/table.ts";
import { installFastestKernel } from "../host/kernel.ts";
import { type Answer, answer } from "./answer.ts";
import { readSearchOptions, type SearchOptions } from "./searchOptions.ts";

/** A table, or one sentence that names its file. */
type Loaded = { readonly ok: true; readonly table: VectorTable } | { readonly ok: false; readonly problem: string };

async function load(path: string, choices: ReadChoices): Promise<Loaded> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, problem: `${path} cannot be read: ${why}` };
  }
  const read = await readVectors(path, bytes, choices);
  return read.ok ? read : { ok: false, problem: `${path}: ${read.problem.message}` };
}

/** The answers for people: a line for each neighbour. */
function textOf(answers: readonly Answer[], { ids, texts }: VectorTable): string {
  const textById = new Map(ids.map((id, row) => [id, texts[row] ?? ""]));
  const lines = answers.flatMap((found, row) => [
    `${placeOf(row + 1)} of the queries:`,
    ...found.ids.map((id, at) => `  ${(found.scores[at] ?? 0).toFixed(6)}  ${id}  ${JSON.stringify(textById.get(id))}`),
  ]);
  return `${lines.join("\n")}\n`;
}

/** One line on the standard error. */
function complain(problem: string): number {
  console.error(problem.replace(/\s*\n\s*/g, " "));
  return 2;
}

async function search({ file, queryFile, k, json, idColumn, vectorColumns }: SearchOptions): Promise<number> {
  const data = await load(file, { idColumn, vectorColumns });
  if (!data.ok) return complain(data.problem);
  const { dimension } = data.table;
  const queries = await load(queryFile, { idColumn, vectorColumns, dimension, queries: true });
  if (!queries.ok) return complain(queries.problem);
  installFastestKernel();
  const answers = answer(data.table, queries.table, k);
  process.stdout.write(json ? `${JSON.stringify(answers)}\n` : textOf(answers, data.table));
  return 0;
}

/** Answers what the arguments ask for; returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const read = readSearchOptions(args);
  return read.ok ? search(read.options) : complain(read.problem);
}

process.exitCode = await main(process.argv.slice(2));
