// The command line as a person calls it: exit codes, one line for bad input, a report that is JSON.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { clientId } from "../../src/base/ids.ts";
import { seconds } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { keepOnly, loadedContent, provideData } from "../../src/data/loaded.ts";
import { PortHost } from "../../src/host/portHost.ts";
import { HostedSession } from "../../src/host/session.ts";
import { readOptions } from "../../src/lab/options.ts";
import { defaultRun, MODEL_VERSION } from "../../src/model/protocol/config.ts";
import { ChannelSupply } from "../host/channels.ts";
import { ownJsonLines, tableIn } from "../support/ownVectors.ts";

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

/** The same run as the page computes it: behind ports, from what its reader found. */
async function hashInThePage(): Promise<string> {
  const table = await tableIn("items.jsonl", ownJsonLines());
  provideData(table);
  const usual = defaultRun(5);
  const config = { ...usual, workload: { ...usual.workload, dataset: table.data } };
  const values = loadedContent(table.data).items[7]?.drafts[0]?.embedding ?? new Float32Array();
  const command = { kind: "search", client: clientId(1), values, k: config.workload.k } as const;
  const session = new HostedSession({ host: new PortHost(new ChannelSupply()), datasetByName });
  await session.pause();
  await session.open({ modelVersion: MODEL_VERSION, config, commands: [{ at: seconds(1), command }] }, seconds(2));
  await session.runTo(seconds(4));
  const { runHash } = await session.hashNow();
  session.close();
  keepOnly([]);
  return runHash;
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

  it("runs a scenario about a file of vectors, found from where the scenario is, to the hash that the page has", async () => {
    const folder = mkdtempSync(join(tmpdir(), "own-vectors-"));
    try {
      mkdirSync(join(folder, "data"));
      writeFileSync(join(folder, "data", "items.jsonl"), ownJsonLines());
      const scenario = (dataset: object) => {
        const workload = { dataset, writesPerSecond: 5, searchesPerSecond: 2 };
        const actions = [{ at: "1s", do: "search", like: { id: "row-7" } }];
        const file = { format: "replicascope-scenario", version: 1, seed: 5, workload, actions, until: "4s" };
        writeFileSync(join(folder, "own.json"), JSON.stringify(file));
        return run("sim", join(folder, "own.json"));
      };
      const { code, out } = await scenario({ file: "data/items.jsonl" });
      expect(code).toBe(0);
      expect(JSON.parse(out).runHash).toBe(await hashInThePage());
      const { data } = await tableIn("items.jsonl", ownJsonLines());
      expect(await scenario({ ...data, file: "data/items.jsonl" })).toMatchObject({
        code: 0,
        out: expect.stringContaining("runHash"),
      });
      const refused = [
        [{ file: "items.jsonl" }, "workload.dataset.file: items.jsonl: cannot be read"],
        [{ file: "data/items.jsonl", vectorColumns: "nothing" }, "nothing"],
        [{ file: "data/items.jsonl", digest: "0123456789abcdef" }, "is not the file that this run was made with"],
        [{ file: "own.json" }, "own.json: "],
      ] as const;
      for (const [dataset, words] of refused) {
        const ended = await scenario(dataset);
        expect(ended).toMatchObject({ code: 2, out: "", err: expect.stringContaining(words) });
        expect(ended.err.trim().split("\n")).toHaveLength(1);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 120_000);

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
