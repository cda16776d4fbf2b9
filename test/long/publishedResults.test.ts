// The published results with all their trials; what was measured is in docs/validation.md.
import { describe, expect, it } from "vitest";
import { millis, ZERO } from "../../src/base/units.ts";
import {
  type DowntimeSetting,
  downtimeSummary,
  downtimeTrial,
  FIGURE_16,
} from "../../src/lab/experiments/electionDowntime.ts";

function measure(setting: DowntimeSetting, trials: number) {
  return downtimeSummary(Array.from({ length: trials }, (_, at) => downtimeTrial(setting, at + 1)));
}

function timeout(low: number, high: number): DowntimeSetting {
  return { ...FIGURE_16, electionTimeout: [millis(low), millis(high)] };
}

describe("figure 16 of the Raft paper, 1,000 trials", () => {
  it.each([
    [150, 300, 181],
    [150, 200, 156],
    [100, 200, 125.5],
    [50, 100, 71.4],
    [25, 50, 47.9],
  ])("%i-%i ms is within ten per cent of %d ms", (low, high, published) => {
    const { mean } = measure(timeout(low, high), 1_000);
    expect(Math.abs((mean ?? 0) / published - 1)).toBeLessThan(0.1);
  });

  it("grows when the range of the timeouts shrinks to 5 ms and to 1 ms", () => {
    const [wide, narrow, narrowest] = [200, 155, 151].map((high) => measure(timeout(150, high), 1_000).mean ?? 0);
    expect(narrow).toBeGreaterThan(wide ?? 0);
    expect(narrowest).toBeGreaterThan(narrow ?? 0);
  });
});

describe("split votes in the thesis, 10,000 trials", () => {
  it.each([
    [5, 0.181],
    [10, 0.052],
    [20, 0.014],
  ])("with a range of %i latencies", (times, published) => {
    const oneWay = millis(10);
    const low = 10 * times;
    const setting: DowntimeSetting = { ...timeout(low, 2 * low), oneWay: [oneWay, oneWay], logs: "equal", disk: ZERO };
    const { splitVoteRate } = measure(setting, 10_000);
    // Three standard errors of a share.
    const error = Math.sqrt((published * (1 - published)) / 10_000);
    expect(Math.abs(splitVoteRate - published)).toBeLessThan(3 * error);
  });
});
