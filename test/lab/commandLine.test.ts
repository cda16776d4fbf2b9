// The command line as a person calls it: exit codes, one line for bad input, a report that is JSON.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readOptions } from "../../src/lab/options.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(script: string, ...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["--import", "tsx", `src/lab/${script}.ts`, ...args],
      { cwd: root, maxBuffer: 1 << 26 },
      (_, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

describe("npm run sim", () => {
  it("runs a built-in scenario and prints the report", async () => {
    const { code, out } = await run("sim", "two-am", "--seed", "3", "--until", "4s");
    const report = JSON.parse(out);
    expect(report).toMatchObject({ seed: 3, virtualSeconds: 4, writes: { lost: 0 } });
    expect(report.recallAtK).toMatchObject({ queries: 32, replicas: { r1: { mean: expect.any(Number) } } });
    expect(report.runHash).toMatch(/^[0-9a-f]{16}$/);
    // Cut short, what is expected to break has not broken yet.
    expect(code).toBe(1);
  }, 60_000);

  it("says in one line what is wrong, and ends with 2", async () => {
    const { code, out, err } = await run("sim", "no-such-scenario");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(err).toContain("two-am");
  }, 60_000);

  it.each([
    [[], "no scenario is given"],
    [["a", "b"], '"b" is one scenario too many'],
    [["a", "--seed", "-1"], "--seed"],
    [["a", "--seed", "1.5"], '--seed: must be a whole number from 0 to 4294967295, not "1.5"'],
    [["a", "--until", "60"], '--until: needs a unit: us, ms, s, min or h, as in "150ms", not "60"'],
    [["a", "--host", "moon"], '--host: must be inline or channel, not "moon"'],
    [["a", "--speed", "3"], "Unknown option '--speed'"],
  ])("refuses the arguments %j", (args, line) => {
    const read = readOptions(args);
    expect(read.ok ? "" : read.problem).toContain(line);
  });
});

describe("npm run experiment", () => {
  it("spreads trials over processes and adds them up as one process would", async () => {
    const { code, out, err } = await run("experiment", "election-downtime", "--trials", "40", "--json");
    expect(code).toBe(0);
    expect(err).toContain("40 of 40 trials");
    expect(JSON.parse(out)).toMatchObject({ experiment: "election-downtime", trials: 40 });
  }, 60_000);

  it("says what is wrong with a flag", async () => {
    const { code, err } = await run("experiment", "election-downtime", "--one-way", "30ms-x");
    expect(code).toBe(2);
    expect(err).toContain("--one-way");
  }, 60_000);
});
