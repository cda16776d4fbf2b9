// From the text of a file to the inputs of a run.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/base/units.ts";
import { readScenario, type Scenario } from "../../../src/data/scenarios/scenario.ts";
import { schemaText } from "../../../src/data/scenarios/schema.ts";
import { DEFAULT_CLUSTER, DEFAULT_NETWORK, DEFAULT_WORKLOAD } from "../../../src/model/protocol/config.ts";

function scenarioWith(parts: object): Scenario {
  const result = readScenario(JSON.stringify({ format: "replicascope-scenario", version: 1, ...parts }));
  if (!result.ok) throw new Error(result.problem);
  return result.value;
}

const example = {
  seed: 1,
  cluster: {
    replicas: 5,
    mode: "quorum",
    writeQuorum: 3,
    readQuorum: 1,
    electionTimeout: ["150ms", "300ms"],
    heartbeatInterval: "50ms",
    rules: { preVote: true },
  },
  network: {
    latency: { uniform: ["5ms", "15ms"] },
    loss: 0,
    links: [{ from: "r1", to: "r3", latency: { constant: "75ms" } }],
  },
  workload: { dataset: "products", writesPerSecond: 10, readsPerSecond: 20, searchesPerSecond: 1 },
  actions: [
    { at: "2s", do: "crash", replica: "leader" },
    {
      at: "4s",
      do: "partition",
      groups: [
        ["r1", "r2"],
        ["r3", "r4", "r5"],
      ],
    },
    { at: "6s", do: "heal" },
  ],
  until: "10s",
};

describe("a scenario", () => {
  it("that says nothing is the cluster of the first minute", () => {
    const { config, commands, until } = scenarioWith({});
    expect(config).toEqual({ seed: 1, cluster: DEFAULT_CLUSTER, network: DEFAULT_NETWORK, workload: DEFAULT_WORKLOAD });
    expect(commands).toEqual([]);
    expect(until).toBe(seconds(60));
  });

  it("as the documentation shows it becomes a configuration and three commands", () => {
    const { config, commands, until } = scenarioWith(example);
    expect(until).toBe(seconds(10));
    expect(config.cluster).toMatchObject({ replicaCount: 5, mode: "quorum", writeQuorum: 3, readQuorum: 1 });
    expect(config.cluster.rules).toMatchObject({ preVote: true, checkQuorum: false, persistLog: true });
    expect(config.network.overrides).toEqual([
      {
        from: 1,
        to: 3,
        quality: { ...DEFAULT_NETWORK.quality, latency: { kind: "constant", value: 75_000 } },
      },
    ]);
    expect(commands).toEqual([
      { at: seconds(2), command: { kind: "aimed", aim: "leader", label: 0, verb: { kind: "crash" } } },
      {
        at: seconds(4),
        command: {
          kind: "partition",
          groups: [
            [1, 2, 101, 102],
            [3, 4, 5, 103],
          ],
        },
      },
      { at: seconds(6), command: { kind: "heal" } },
    ]);
  });

  it("with a workload asks for nothing that it does not name", () => {
    expect(scenarioWith({ workload: { writesPerSecond: 3 } }).config.workload).toMatchObject({
      writesPerSecond: 3,
      readsPerSecond: 0,
      searchesPerSecond: 0,
    });
  });

  it.each<[object, object]>([
    [{ constant: "75ms" }, { kind: "constant", value: 75_000 }],
    [{ uniform: ["5ms", "0.015s"] }, { kind: "uniform", low: 5_000, high: 15_000 }],
    [{ normal: { mean: "10ms", deviation: "2ms" } }, { kind: "normal", mean: 10_000, deviation: 2_000 }],
    [{ exponential: { mean: "5ms" } }, { kind: "exponential", mean: 5_000 }],
    [{ exponential: { rate: 0.2 } }, { kind: "exponential", mean: 5_000 }],
    [{ pareto: { scale: "1.05ms", shape: 1.51 } }, { kind: "pareto", scale: 1_050, shape: 1.51 }],
    [{ samples: ["1ms", "250us"] }, { kind: "samples", values: [1_000, 250] }],
    [{ empirical: ["1ms"] }, { kind: "samples", values: [1_000] }],
    [
      {
        mixture: [
          { weight: 0.38, pareto: { scale: "1.05ms", shape: 1.51 } },
          { weight: 0.62, exponential: { rate: 0.183 } },
        ],
      },
      {
        kind: "mixture",
        parts: [
          { weight: 0.38, model: { kind: "pareto", scale: 1_050, shape: 1.51 } },
          { weight: 0.62, model: { kind: "exponential", mean: 5_464 } },
        ],
      },
    ],
  ])("reads the latency %j", (given, model) => {
    expect(scenarioWith({ network: { latency: given } }).config.network.quality.latency).toEqual(model);
  });

  it("gives a link its own latency by class in both directions", () => {
    const latencyByClass = { request: { constant: "10ms" }, reply: { uniform: ["10ms", "90ms"] } };
    const links = [{ from: "r1", to: "r2", both: true, latencyByClass }];
    const { overrides } = scenarioWith({ network: { links } }).config.network;
    expect(overrides.map(({ from, to }) => [from, to])).toEqual([
      [1, 2],
      [2, 1],
    ]);
    expect(overrides[0]?.quality.latencyByClass).toEqual({
      request: { kind: "constant", value: 10_000 },
      reply: { kind: "uniform", low: 10_000, high: 90_000 },
    });
  });

  it("makes links between regions out of round trips, for clients too, and partitions by the name of a region", () => {
    const { config, commands } = scenarioWith({
      cluster: {
        regions: [
          { name: "east", replicas: ["r1", "r2"] },
          { name: "west", replicas: ["r3"] },
        ],
      },
      network: { regions: [{ between: ["east", "west"], roundTrip: "80ms" }] },
      actions: [{ at: "1s", do: "partition", groups: ["west"] }],
    });
    const ways = config.network.overrides.map(({ from, to }) => `${from}>${to}`);
    expect(ways).toEqual([
      "1>3",
      "1>103",
      "2>3",
      "2>103",
      "3>1",
      "3>2",
      "3>101",
      "3>102",
      "101>3",
      "102>3",
      "103>1",
      "103>2",
    ]);
    expect(config.network.overrides[0]?.quality.latency).toEqual({ kind: "constant", value: 40_000 });
    expect(commands[0]?.command).toEqual({
      kind: "partition",
      groups: [
        [3, 103],
        [1, 2, 101, 102],
      ],
    });
  });

  it("repeats a fault and undoes it on the replica that it found", () => {
    const actions = [{ every: "30s", do: "crash", replica: "random", for: "10s" }];
    const { commands } = scenarioWith({ actions, until: "65s" });
    const short = commands.map(({ at, command }) => [
      at / 1_000_000,
      command.kind === "aimed" ? command.aim : "",
      command,
    ]);
    expect(short.map(([at, aim]) => [at, aim])).toEqual([
      [30, "random"],
      [40, "same"],
      [60, "random"],
    ]);
    expect(commands[1]?.command).toMatchObject({ verb: { kind: "restart" }, label: 0 });
  });

  it("starts from the rules of a tutorial when asked", () => {
    const { rules } = scenarioWith({ cluster: { rules: { preset: "tutorial", persistLog: true } } }).config.cluster;
    expect(rules).toMatchObject({
      logUpToDateCheck: false,
      keepVoteForTerm: false,
      persistTermAndVote: false,
      persistLog: true,
    });
  });

  it("keeps to rates, quorums and policies that earlier actions have set", () => {
    const { commands } = scenarioWith({
      actions: [
        { at: "2s", do: "setRates", readsPerSecond: 9 },
        { at: "1s", do: "setRates", writesPerSecond: 7 },
      ],
    });
    expect(commands[1]?.command).toMatchObject({
      rates: { writesPerSecond: 7, readsPerSecond: 9, searchesPerSecond: 2 },
    });
  });
});

describe("the JSON Schema in public", () => {
  it("is that of the format; if not, src/lab/writeSchema.ts says how to make it", () => {
    const path = new URL("../../../public/scenario.schema.json", import.meta.url);
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(JSON.parse(schemaText()));
  });
});
