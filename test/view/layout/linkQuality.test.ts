import { describe, expect, it } from "vitest";
import { millis } from "../../../src/base/units.ts";
import type { LinkQuality } from "../../../src/model/protocol/config.ts";
import {
  linkDashes,
  linkLabel,
  linkState,
  linkStyle,
  linkWords,
  slowed,
} from "../../../src/view/layout/linkQuality.ts";
import { aConfig, aFrame, cutsBetween, r1, r2, r3 } from "../../support/frames.ts";

const usual = aConfig(3).network.quality;

function stateOf(quality: LinkQuality | undefined, cuts: readonly string[] = []) {
  const config = aConfig(3);
  const overrides = quality === undefined ? [] : [{ from: r1, to: r2, quality }];
  const frame = aFrame({ config: { ...config, network: { ...config.network, overrides } } });
  return linkState(frame, (from, to) => cuts.includes(`${from}-${to}`), r1, r2);
}

describe("a link's style", () => {
  it("is healthy as long as the network's quality holds and nothing is cut", () => {
    expect(linkStyle(stateOf(undefined))).toBe("healthy");
    expect(linkLabel(stateOf(undefined))).toBe("");
    expect(linkWords(stateOf(undefined), "r1", "r2")).toBe("healthy");
  });

  it("says how many times slower than the network it is, with dots as far apart", () => {
    const slow = stateOf(slowed(usual, 5));
    expect(linkStyle(slow)).toBe("slow");
    expect(linkLabel(slow)).toBe("×5");
    expect(Number(linkDashes(slow).split(" ")[1])).toBeGreaterThan(
      Number(linkDashes(stateOf(slowed(usual, 2))).split(" ")[1]),
    );
  });

  it("says what share it loses, with gaps in proportion", () => {
    const lossy = stateOf({ ...usual, loss: 0.2 });
    expect(linkStyle(lossy)).toBe("lossy");
    expect(linkLabel(lossy)).toBe("20 %");
    expect(linkLabel(stateOf({ ...slowed(usual, 2), loss: 0.005 }))).toBe("×2, 0.5 %");
  });

  it("tells one direction that is cut from two", () => {
    expect(linkStyle(stateOf(undefined, ["1-2"]))).toBe("cutForth");
    expect(linkStyle(stateOf(undefined, ["2-1"]))).toBe("cutBack");
    expect(linkStyle(stateOf(undefined, ["1-2", "2-1"]))).toBe("cutBoth");
    expect(linkWords(stateOf(undefined, ["2-1"]), "r1", "r2")).toBe("cut from r2");
  });

  it("leaves a cut to the wall where a partition made it", () => {
    const groups = [[r1], [r2, r3]];
    const frame = aFrame({ groups, cuts: cutsBetween(groups) });
    expect(linkStyle(linkState(frame, () => true, r1, r2))).toBe("walled");
    expect(linkStyle(linkState(frame, () => true, r2, r3))).toBe("cutBoth");
  });

  it("scales a whole latency model", () => {
    expect(slowed(usual, 5).latency).toEqual({ kind: "uniform", low: millis(50), high: millis(75) });
    expect(slowed({ ...usual, latency: { kind: "constant", value: millis(10) } }, 3).latency).toEqual({
      kind: "constant",
      value: millis(30),
    });
  });
});
