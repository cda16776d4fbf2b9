/** What the command line of `npm run search` means, or one line that says what is wrong with it. */
import { parseArgs } from "node:util";
import { MAX_ROWS } from "../data/readers/table.ts";

export interface SearchOptions {
  readonly file: string;
  readonly queryFile: string;
  readonly k: number;
  /** Otherwise lines for people. */
  readonly json: boolean;
  readonly idColumn: string | undefined;
  readonly vectorColumns: string | undefined;
}

/** The options, or what is wrong. */
export type SearchOptionsResult =
  | { readonly ok: true; readonly options: SearchOptions }
  | { readonly ok: false; readonly problem: string };

export const SEARCH_USAGE =
  "npm run -s search -- --file PATH --query-file PATH --k 10 --json [--id-column NAME|N] [--vector-columns A-B]";

/** Neighbours when nobody says how many. */
const DEFAULT_K = "10";

function failed(problem: string): SearchOptionsResult {
  return { ok: false, problem };
}

function parsed(args: readonly string[]) {
  const text = { type: "string" } as const;
  const named = { file: text, "query-file": text, k: text, "id-column": text, "vector-columns": text };
  return parseArgs({ args: [...args], options: { ...named, json: { type: "boolean" } } });
}

/** Reads the arguments behind `npm run search --`. */
export function readSearchOptions(args: readonly string[]): SearchOptionsResult {
  let values: ReturnType<typeof parsed>["values"];
  try {
    values = parsed(args).values;
  } catch (error) {
    const why = error instanceof Error ? error.message.split(". ")[0] : "the arguments cannot be read";
    return failed(`${why}. Usage: ${SEARCH_USAGE}`);
  }
  const { file, "query-file": queryFile, k: given = DEFAULT_K, json = false } = values;
  if (file === undefined) return failed(`--file is missing. Usage: ${SEARCH_USAGE}`);
  if (queryFile === undefined) return failed(`--query-file is missing. Usage: ${SEARCH_USAGE}`);
  const k = Number(given);
  if (!/^\d+$/.test(given) || k < 1 || k > MAX_ROWS) {
    return failed(`--k: must be a whole number from 1 to ${MAX_ROWS}, not ${JSON.stringify(given)}`);
  }
  const { "id-column": idColumn, "vector-columns": vectorColumns } = values;
  return { ok: true, options: { file, queryFile, k, json, idColumn, vectorColumns } };
}
