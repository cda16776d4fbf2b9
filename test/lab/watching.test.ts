// Trace, history and report: what they hold, and that looking on changes nothing.
import { describe, expect, it } from "vitest";
import { seconds } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { runScenario, runScenarioOverChannels } from "../../src/lab/headless.ts";
import { History } from "../../src/lab/history.ts";
import { judge, type Report } from "../../src/lab/report.ts";
import { traceTo } from "../../src/lab/trace.ts";
import { replay } from "../../src/model/cluster/replay.ts";
import type { Onlooker } from "../../src/model/measure/onlookers.ts";
import { quantilesOf } from "../../src/model/measure/quantiles.ts";
import { MODEL_VERSION } from "../../src/model/protocol/config.ts";
import { scenarioOf } from "./scenarioRun.ts";

const file = {
  format: "replicascope-scenario",
  version: 1,
  seed: 4,
  cluster: { replicas: 3, leader: "r1" },
  workload: { dataset: "colours", writesPerSecond: 20, readsPerSecond: 20, searchesPerSecond: 5 },
  actions: [
    { every: "2s", do: "crash", replica: "random", for: "1s" },
    { at: "5s", do: "isolate", replica: "leader", for: "1s" },
    { at: "6500ms", do: "message", from: "r1", to: "r2", action: "drop" },
  ],
  until: "9s",
};

describe("looking on", () => {
  const scenario = scenarioOf(file);
  const trace: string[] = [];
  const history: string[] = [];
  const watched = runScenario(scenario, [
    traceTo((line) => trace.push(line)),
    new History((line) => history.push(line)).onlooker,
  ]);

  it("changes nothing, and the commands that were taken replay to the same hash", () => {
    const inputs = { modelVersion: MODEL_VERSION, config: scenario.config, commands: watched.state.commands };
    const again = replay(inputs, datasetByName("colours"), seconds(9));
    expect(again.hash()).toBe(watched.report.runHash);
  });

  it("sees the same facts, and the same hash, over channels", async () => {
    const short = { ...file, until: "4s" };
    const facts = () => {
      const lines: string[] = [];
      const onlooker: Onlooker = { fact: (event) => void lines.push(JSON.stringify(event)) };
      return { lines, onlooker };
    };
    const [here, there] = [facts(), facts()];
    const inline = runScenario(scenarioOf(short), [here.onlooker]);
    const channels = await runScenarioOverChannels(scenarioOf(short), [there.onlooker]);
    expect(channels.report.runHash).toBe(inline.report.runHash);
    expect(there.lines).toEqual(here.lines);
    expect({ ...channels.report, wallSeconds: 0 }).toEqual({ ...inline.report, wallSeconds: 0 });
  });

  it("writes one line per event, numbered, in order of time but for messages that are lost on their way", () => {
    const lines = trace.map((line) => JSON.parse(line));
    expect(lines.map(({ sequence }) => sequence)).toEqual(lines.map((_, at) => at + 1));
    const kinds = new Set(lines.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(
      expect.arrayContaining(["deliver", "drop", "electionTimer", "fact", "heartbeatTimer", "send"]),
    );
    const times = lines.filter(({ kind }) => kind === "deliver").map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const processed = lines.filter(({ kind }) => !["send", "drop", "fact"].includes(kind));
    expect(processed).toHaveLength(watched.report.events);
  });

  it("writes operations of which each process has one at a time, and none after an unknown outcome", () => {
    const open = new Set<string>();
    const gone = new Set<string>();
    for (const { process, type } of history.map((line) => JSON.parse(line))) {
      expect(gone.has(process)).toBe(false);
      if (type === "invoke") {
        expect(open.has(process)).toBe(false);
        open.add(process);
      } else {
        expect(open.delete(process)).toBe(true);
        if (type === "info") gone.add(process);
      }
    }
    expect(gone.size).toBe(watched.report.writes.unknown);
  });

  it("names the write that a read shows", () => {
    const lines = history.map((line) => JSON.parse(line));
    const written = new Set(lines.filter(({ f }) => f === "put").map(({ value }) => value));
    const shown = lines.filter(({ f, type, value }) => f === "get" && type === "ok" && value !== null);
    expect(shown.length).toBeGreaterThan(20);
    for (const { value } of shown) expect(value === "initial" || written.has(value)).toBe(true);
    expect(shown.some(({ value }) => value !== "initial")).toBe(true);
  });

  it("finds as many writes as the counters do, and latencies at the replica below those at the client", () => {
    const { writes, latencyMs } = watched.report;
    expect(latencyMs.client.write.count).toBe(writes.acknowledged);
    expect(latencyMs.write.mean).toBeLessThan(latencyMs.client.write.mean ?? 0);
    expect(latencyMs.read.count).toBeGreaterThan(0);
  });
});

describe("a refused write", () => {
  // r2 and r3 stay without a leader: r2 refuses, again and again, until its client gives up.
  const minority = {
    format: "replicascope-scenario",
    version: 1,
    cluster: { replicas: 3, electionTimeout: ["20s", "40s"] },
    workload: { dataset: "colours", writesPerSecond: 5, searchesPerSecond: 0 },
    until: "4s",
  };
  /** How each write ended, by its value. */
  const endings = (changes: object) => {
    const ended = new Map<string, string>();
    const history = new History((line) => {
      const { type, value } = JSON.parse(line);
      if (type !== "invoke") ended.set(value, type);
    });
    runScenario(scenarioOf({ ...minority, ...changes }), [history.onlooker]);
    return ended;
  };

  it("has failed, unless the network may deliver it again", () => {
    expect([...endings({}).values()]).toContain("fail");
    expect(new Set(endings({ network: { duplication: 0.9 } }).values())).toEqual(new Set(["info"]));
  });

  it("has an unknown outcome where somebody has duplicated it, that one alone", () => {
    const before = endings({});
    const actions = [{ at: "210ms", do: "message", from: "c1", to: "r1", action: "duplicate" }];
    const changed = [...endings({ actions })].filter(([value, type]) => before.get(value) !== type);
    expect(changed).toEqual([["w101-1", "info"]]);
    expect(before.get("w101-1")).toBe("fail");
  });
});

describe("an action on the leader", () => {
  it("is an event and no error when nobody leads", () => {
    const facts: string[] = [];
    const actions = [{ at: "1ms", do: "crash", replica: "leader" }];
    const scenario = scenarioOf({ format: "replicascope-scenario", version: 1, actions, until: "2s" });
    runScenario(scenario, [
      { fact: ({ fact }) => void (fact.kind === "commandIgnored" && facts.push(fact.problem.message)) },
    ]);
    expect(facts).toEqual(["Nobody leads now."]);
  });
});

describe("quantiles", () => {
  it("are exact, by nearest rank", () => {
    const values = Array.from({ length: 1_000 }, (_, at) => 1_000 - at);
    expect(quantilesOf(values)).toEqual({
      count: 1_000,
      mean: 500.5,
      p50: 500,
      p90: 900,
      p99: 990,
      p999: 999,
      max: 1_000,
    });
  });

  it("of nothing are nothing", () => {
    expect(quantilesOf([])).toMatchObject({ count: 0, mean: null, p99: null, max: null });
  });
});

describe("the judgement on a report", () => {
  const verdict = (promised: boolean, holds: boolean, count: number) => ({
    promised,
    holds,
    count,
    at: null,
    message: "two leaders",
    withdrawnBy: "",
  });
  const { report } = runScenario(scenarioOf({ format: "replicascope-scenario", version: 1, until: "1s" }));
  const withElection = (promised: boolean, holds: boolean, count: number): Report => ({
    ...report,
    verdicts: { ...report.verdicts, ElectionSafety: verdict(promised, holds, count) },
  });

  it.each([
    ["a promised verdict holds", withElection(true, true, 0), [], 0],
    ["a promised verdict broke", withElection(true, false, 1), [], 1],
    ["one that was not promised broke", withElection(false, true, 3), [], 0],
    ["what was expected broke", withElection(false, true, 1), ["ElectionSafety"], 0],
    ["what was expected broke though promised", withElection(true, false, 1), ["ElectionSafety"], 0],
    ["what was expected held", withElection(true, true, 0), ["ElectionSafety"], 1],
  ] as const)("when %s", (_, judged, expected, exitCode) => {
    expect(judge(judged, expected).exitCode).toBe(exitCode);
  });
});
