// Published numbers that the simulator must reproduce, as far as they are cheap; all trials are in test/long.
import { describe, expect, it, vi } from "vitest";
import { millis, ZERO } from "../../src/base/units.ts";
import { downtimeSummary, downtimeTrial, FIGURE_16 } from "../../src/lab/experiments/electionDowntime.ts";
import { type LatencySetting, writeLatencySummary, writeLatencyTrial } from "../../src/lab/experiments/writeLatency.ts";

// Seconds on a quiet machine; a machine that does ten other things must not fail them.
vi.setConfig({ testTimeout: 120_000 });

const seeds = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

describe("the write latency of the tutorial's model", () => {
  it.each<[string, LatencySetting["followers"], number, number]>([
    ["one near and one far follower, two copies", ["near", "far"], 2, 60.0],
    ["one near and one far follower, three copies", ["near", "far"], 3, 190],
    ["two near followers, two copies", ["near", "near"], 2, 46.7],
    ["two near followers, three copies", ["near", "near"], 3, 73.3],
  ])("with %s is within two per cent", (_, followers, writeQuorum, published) => {
    const setting: LatencySetting = { followers, mode: "quorum", writeQuorum };
    const { mean } = writeLatencySummary(seeds(20).map((seed) => writeLatencyTrial(setting, seed)));
    expect(Math.abs(mean / published - 1)).toBeLessThan(0.02);
  });

  it.each([1, 10])("does not depend on what else is sent at the time: %i evenly spaced writes a second", (rate) => {
    const setting: LatencySetting = {
      followers: ["near", "far"],
      mode: "quorum",
      writeQuorum: 2,
      writesPerSecond: rate,
    };
    const { mean, p99 } = writeLatencySummary(seeds(20).map((seed) => writeLatencyTrial(setting, seed)));
    expect(Math.abs(mean / 60.0 - 1)).toBeLessThan(0.02);
    expect(Math.abs(p99 / 99.2 - 1)).toBeLessThan(0.02);
  });
});

describe("figure 16 of the Raft paper", () => {
  it("is within ten per cent for timeouts of 150 to 300 ms", () => {
    const { mean } = downtimeSummary(seeds(200).map((seed) => downtimeTrial(FIGURE_16, seed)));
    expect(Math.abs((mean ?? 0) / 181 - 1)).toBeLessThan(0.1);
  });
});

describe("split votes in the thesis", () => {
  it("come in about 18 of 100 elections when the range is five times the latency", () => {
    const setting = {
      ...FIGURE_16,
      electionTimeout: [millis(50), millis(100)],
      oneWay: [millis(10), millis(10)],
      logs: "equal",
      disk: ZERO,
    } as const;
    const { splitVoteRate } = downtimeSummary(seeds(400).map((seed) => downtimeTrial(setting, seed)));
    expect(Math.abs(splitVoteRate - 0.181)).toBeLessThan(0.06);
  });
});
