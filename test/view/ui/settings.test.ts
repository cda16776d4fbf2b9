// The numbers of the settings: limits, the command each gives, and the messages that stand beside the field.
import { describe, expect, it } from "vitest";
import { millis } from "../../../src/base/units.ts";
import {
  convertedLatency,
  LATENCY_KINDS,
  latencySummary,
  parseSamples,
} from "../../../src/view/ui/panels/settings/latency.ts";
import { parseNumber } from "../../../src/view/ui/panels/settings/parseNumber.ts";
import {
  classLatency,
  latencySettings,
  linkScope,
  NETWORK_SCOPE,
  partLatency,
  shareSettings,
  USUAL_LATENCY,
  weightSetting,
} from "../../../src/view/ui/panels/settings/quality.ts";
import { parseSeed } from "../../../src/view/ui/panels/settings/seed.ts";
import {
  COST_SETTINGS,
  RATE_SETTINGS,
  TIMING_SETTINGS,
  timeoutWarning,
} from "../../../src/view/ui/panels/settings/settings.ts";
import { aConfig, r1, r2 } from "../../support/frameBuilders.ts";

const config = aConfig(3);
const networkSettings = [...latencySettings(NETWORK_SCOPE, USUAL_LATENCY, config), ...shareSettings(NETWORK_SCOPE)];
const byId = (id: string) => {
  const link = shareSettings(linkScope(r1, r2));
  const all = [...networkSettings, ...TIMING_SETTINGS, ...RATE_SETTINGS, ...COST_SETTINGS, ...link];
  const found = all.find((setting) => setting.id === id);
  if (found === undefined) throw new Error(`no setting ${id}`);
  return found;
};

describe("a number as typed", () => {
  it.each(["-1", "5001", "abc", "", "1e9", "NaN", "Infinity"])("refuses %j as a latency, with the limits", (typed) => {
    const parsed = parseNumber(typed, byId("latency"));
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.message).toContain("Latency is a number from 0 to 5,000 ms.");
  });

  it("takes a decimal comma and spaces", () => {
    expect(parseNumber(" 2,5 ", byId("latency"))).toEqual({ ok: true, value: 2.5 });
  });

  it("wants a whole seed", () => {
    expect(parseSeed("1.5")).toEqual({ ok: false, message: "A seed is a whole number." });
    expect(parseSeed("47")).toEqual({ ok: true, value: 47 });
  });
});

describe("the settings", () => {
  it("reads every number where it stands in the configuration", () => {
    const shown = [...networkSettings, ...TIMING_SETTINGS, ...RATE_SETTINGS, ...COST_SETTINGS].map(({ id, read }) => [
      id,
      read(config),
    ]);
    expect(Object.fromEntries(shown)).toEqual({
      ...{ latency: 10, jitter: 5, loss: 0, duplication: 0, reordering: 0, bandwidth: 0 },
      ...{ processingCost: 0, diskSync: 0 },
      ...{ electionMin: 150, electionMax: 300, heartbeat: 50 },
      ...{ writesPerSecond: 5, readsPerSecond: 0, searchesPerSecond: 2 },
    });
  });

  it("moves the latency and keeps the jitter, and the other way round", () => {
    const { quality } = config.network;
    expect(byId("latency").change(config, 40)).toEqual({
      kind: "setNetwork",
      quality: { ...quality, latency: { kind: "uniform", low: millis(40), high: millis(45) } },
    });
    expect(byId("jitter").change(config, 0)).toEqual({
      kind: "setNetwork",
      quality: { ...quality, latency: { kind: "constant", value: millis(10) } },
    });
  });

  it("sets one direction of one link from what the network has", () => {
    expect(byId("link-loss").change(config, 20)).toEqual({
      kind: "setLink",
      from: r1,
      to: r2,
      quality: { ...config.network.quality, loss: 0.2 },
    });
  });

  it("refuses timings that contradict each other, in words", () => {
    expect(byId("electionMin").change(config, 400)).toContain("must not be above the longest");
    expect(byId("electionMax").change(config, 100)).toContain("must not be below the shortest");
    expect(byId("heartbeat").change(config, 200)).toContain("more often than the shortest timeout");
    expect(byId("electionMin").change(config, 50)).toContain("above the heartbeat");
  });

  it("changes one rate and leaves the others", () => {
    expect(byId("writesPerSecond").change(config, 20)).toEqual({
      kind: "setRates",
      rates: { writesPerSecond: 20, readsPerSecond: 0, searchesPerSecond: 2 },
    });
  });
});

describe("a distribution of latency", () => {
  const { quality } = config.network;

  it("has the numbers of its kind, and each changes only its own", () => {
    const pareto = { ...quality, latency: { kind: "pareto", scale: millis(2), shape: 1.5 } as const };
    const own = { ...config, network: { ...config.network, quality: pareto } };
    const [scale, shape] = latencySettings(NETWORK_SCOPE, USUAL_LATENCY, own);
    expect([scale?.read(own), shape?.read(own)]).toEqual([2, 1.5]);
    expect(shape?.change(own, 3)).toEqual({
      kind: "setNetwork",
      quality: { ...pareto, latency: { kind: "pareto", scale: millis(2), shape: 3 } },
    });
  });

  it("may be the one of a class of messages over one direction of a link", () => {
    const [latency] = latencySettings(linkScope(r1, r2), classLatency("reply"), config);
    expect(latency?.change(config, 75)).toEqual({
      kind: "setLink",
      from: r1,
      to: r2,
      quality: { ...quality, latencyByClass: { reply: { kind: "uniform", low: millis(75), high: millis(80) } } },
    });
  });

  it("may be a part of a mixture, which has a weight", () => {
    const mixture = convertedLatency(quality.latency, "mixture");
    const own = { ...config, network: { ...config.network, quality: { ...quality, latency: mixture } } };
    expect(weightSetting(NETWORK_SCOPE, USUAL_LATENCY, 1).read(own)).toBe(10);
    const [latency] = latencySettings(NETWORK_SCOPE, partLatency(USUAL_LATENCY, 1), own);
    expect(latency?.change(own, 99)).toMatchObject({
      quality: { latency: { parts: [{ weight: 90 }, { weight: 10, model: { kind: "constant", value: millis(99) } }] } },
    });
  });

  it.each(LATENCY_KINDS.map(({ value }) => value))("is made %s from another, and says what it comes to", (kind) => {
    const model = convertedLatency({ kind: "constant", value: millis(10) }, kind);
    expect(model.kind).toBe(kind);
    expect(latencySummary(model, millis(0.1))).toMatch(/^Mean .* 999 of 1,000 within .*0\.1 ms/);
  });

  it("says where it is cut, and that some tails have no mean", () => {
    expect(latencySummary({ kind: "exponential", mean: millis(10) }, millis(0.1))).toContain("Cut at 0.1 ms");
    expect(latencySummary({ kind: "constant", value: millis(5) }, millis(0.1))).toContain("changes nothing");
    expect(latencySummary({ kind: "pareto", scale: millis(1), shape: 1 }, millis(0.1))).toContain("No mean");
  });

  it("takes measured values, or says which of them is none", () => {
    expect(parseSamples("1, 2.5\n40")).toEqual({ ok: true, values: [millis(1), millis(2.5), millis(40)] });
    expect(parseSamples("1 two")).toMatchObject({ ok: false, message: expect.stringContaining("“two”") });
    expect(parseSamples("-1").ok).toBe(false);
    expect(parseSamples("  ").ok).toBe(false);
  });
});

describe("the warning about the election timeout", () => {
  const withLatency = (ms: number) => ({
    ...config,
    network: {
      ...config.network,
      quality: { ...config.network.quality, latency: { kind: "constant" as const, value: millis(ms) } },
    },
  });

  it("is silent at ten times the one-way latency", () => {
    expect(timeoutWarning(config)).toBeUndefined();
    expect(timeoutWarning(withLatency(15))).toBeUndefined();
    expect(timeoutWarning(withLatency(0))).toBeUndefined();
  });

  it("says the split votes to expect below that, as the thesis measured them", () => {
    expect(timeoutWarning(withLatency(30))).toContain(
      "5 times the one-way latency of 30 ms: expect about 18 % of elections",
    );
    expect(timeoutWarning(withLatency(20))).toMatch(/7\.5 times .* expect about (8|9) %/);
    expect(timeoutWarning(withLatency(200))).toContain(
      "less than the one-way latency of 200 ms: expect more than 18 %",
    );
  });
});
