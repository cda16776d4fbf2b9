// The search command as a person calls it, against the obvious computation in float64.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { nextFraction, rngStream, Stream } from "../../src/base/rng.ts";
import { readVectors } from "../../src/data/readers/readVectors.ts";
import { answer } from "../../src/lab/answer.ts";
import { readSearchOptions } from "../../src/lab/searchOptions.ts";
import * as made from "../data/readers/files.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "search-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function search(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["--import", "tsx", "src/lab/search.ts", ...args],
      { cwd: root, maxBuffer: 1 << 26 },
      (_, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

function save(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** Rows of small numbers with fractions, the same in every run. */
function rowsOf(count: number, dimension: number, seed: number): number[][] {
  const state = rngStream(seed, Stream.workload);
  return Array.from({ length: count }, () => Array.from({ length: dimension }, () => nextFraction(state) - 0.5));
}

/** The ids and cosines of the best, computed one by one in float64. */
function obvious(rows: readonly number[][], ids: readonly string[], query: readonly number[], k: number) {
  const length = (values: readonly number[]) => Math.hypot(...values);
  const scored = rows.map((values, row) => {
    const dot = values.reduce((sum, value, at) => sum + value * (query[at] ?? 0), 0);
    return { id: ids[row] ?? "", score: dot / length(values) / length(query) };
  });
  return scored.toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, k);
}

const rows = rowsOf(60, 20, 1);
const queries = rowsOf(4, 20, 2);
const ids = rows.map((_, row) => String(9_007_199_254_740_993n + BigInt(row)));

function expectAnswers(out: string, wanted: readonly string[]): void {
  const answers: { ids: string[]; scores: number[] }[] = JSON.parse(out);
  expect(answers).toHaveLength(queries.length);
  for (const [at, query] of queries.entries()) {
    const best = obvious(rows, wanted, query, 7);
    expect(answers[at]?.ids).toEqual(best.map(({ id }) => id));
    for (const [rank, { score }] of best.entries()) {
      expect(Math.abs((answers[at]?.scores[rank] ?? 9) - score)).toBeLessThan(1e-6);
    }
  }
}

describe("npm run search", () => {
  it("prints one JSON array of ids and cosines, and nothing else", async () => {
    const file = made.jsonLines({ rows, ids });
    // As numbers, beyond 2^53.
    const numbers = new TextDecoder().decode(file.bytes).replace(/"id":"(\d+)"/g, '"id":$1');
    const data = save("data.jsonl", new TextEncoder().encode(numbers));
    const query = save("queries.npy", made.npy({ rows: queries }, "<f8").bytes);
    const { code, out, err } = await search("--file", data, "--query-file", query, "--k", "7", "--json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expectAnswers(out, ids);
  }, 60_000);

  it("reads Parquet", async () => {
    const data = save("data.parquet", made.parquet({ rows, ids }, { type: "DOUBLE", integerIds: true }).bytes);
    const query = save("queries.fvecs", made.fvecs({ rows: queries }).bytes);
    const { code, out, err } = await search("--file", data, "--query-file", query, "--k", "7", "--json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expectAnswers(out, ids);
  }, 60_000);

  it("takes the columns that it is told", async () => {
    const lines = rows.map((row, at) => ["Tea", `s-${at}`, 7, ...row].join(","));
    const data = save("data.csv", new TextEncoder().encode(lines.join("\n")));
    const query = save("queries.csv", made.delimited({ rows: queries }, ",", false).bytes);
    const columns = ["--id-column", "2", "--vector-columns", "4-23"];
    const { code, out } = await search("--file", data, "--query-file", query, "--k", "7", "--json", ...columns);
    expect(code).toBe(0);
    expectAnswers(
      out,
      rows.map((_, at) => `s-${at}`),
    );
  }, 60_000);

  it("says in one sentence what is wrong with a file and where, and ends with 2", async () => {
    const data = save("good.npy", made.npy({ rows }, "<f4").bytes);
    const query = save("bad.csv", new TextEncoder().encode("0.5,1\n0.5\n"));
    const { code, out, err } = await search("--file", data, "--query-file", query, "--k", "7", "--json");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe(`${query}: Row 1 has 2 numbers; the data has 20 in every row.\n`);
    const missing = await search("--file", join(folder, "none.csv"), "--query-file", query, "--json");
    expect(missing).toMatchObject({ code: 2, out: "" });
    expect(missing.err.trim().split("\n")).toHaveLength(1);
  }, 60_000);

  it.each([
    [[], "--file is missing"],
    [["--file", "a"], "--query-file is missing"],
    [["--file", "a", "--query-file", "b", "--k", "0"], '--k: must be a whole number from 1 to 50000, not "0"'],
    [["--file", "a", "--query-file", "b", "--k", "ten"], "--k"],
    [["--file", "a", "--query-file", "b", "--n", "3"], "Unknown option '--n'"],
  ])("refuses the arguments %j", (args, line) => {
    const read = readSearchOptions(args);
    expect(read.ok ? "" : read.problem).toContain(line);
  });
});

describe("the answer", () => {
  it("orders equal scores by id, and gives what there is when k is more", async () => {
    const file = made.jsonLines({
      rows: [
        [1, 0],
        [2, 0],
        [0, 1],
      ],
      ids: ["b", "a", "c"],
    });
    const read = await readVectors(file.name, file.bytes);
    if (!read.ok) throw new Error(read.problem.message);
    const [first] = answer(read.table, read.table, 9);
    expect(first).toEqual({ ids: ["a", "b", "c"], scores: [1, 1, 0] });
  });
});
