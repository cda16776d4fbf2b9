// The preset "elections as in a tutorial": votes without a look at the log, forgotten at once, nothing on disk. A search
// over seeds of the same random trouble finds what such elections do, and finds nothing under Raft's rules.
import { describe, expect, it } from "vitest";
import { DEFAULT_RULES, type Rules, TUTORIAL_RULES } from "../../../src/model/protocol/config.ts";
import type { VerdictName } from "../../../src/model/protocol/verdict.ts";
import { scenarioOf } from "../../lab/scenarioRun.ts";
import { HUNTS, huntSeed } from "../../support/ruleHunts.ts";

const seeds = Array.from({ length: 15 }, (_, at) => at + 1);

/** The verdicts that break in a run of this seed, from the first two leaders of one term on or to the end. */
function broken(rules: Rules, seed: number, quarry: VerdictName): readonly VerdictName[] {
  const verdicts = huntSeed(HUNTS.logUpToDateCheck, rules, seed, quarry);
  return verdicts.filter(({ count }) => count > 0).map(({ name }) => name);
}

describe("elections as in a tutorial", { timeout: 60_000 }, () => {
  it("are what a scenario's preset asks for", () => {
    const file = {
      format: "replicascope-scenario",
      version: 1,
      cluster: { rules: { preset: "tutorial" } },
      until: "1s",
    };
    expect(scenarioOf(file).config.cluster.rules).toEqual(TUTORIAL_RULES);
    const off = Object.entries(TUTORIAL_RULES).filter(
      ([rule, on]) => !on && rule !== "preVote" && rule !== "checkQuorum",
    );
    expect(off.map(([rule]) => rule).sort()).toEqual([
      "keepVoteForTerm",
      "logUpToDateCheck",
      "persistLog",
      "persistTermAndVote",
    ]);
  });

  it("elect two leaders in one term for some seed", () => {
    expect(seeds.some((seed) => broken(TUTORIAL_RULES, seed, "ElectionSafety").includes("ElectionSafety"))).toBe(true);
  });

  it("lose acknowledged writes for some seed", () => {
    const quarry = "AcknowledgedWritesKept";
    expect(seeds.some((seed) => broken(TUTORIAL_RULES, seed, quarry).includes(quarry))).toBe(true);
  });

  it("do neither under Raft's rules, with any of the seeds", () => {
    const found = seeds.flatMap((seed) => broken(DEFAULT_RULES, seed, "ElectionSafety"));
    expect(found).not.toContain("ElectionSafety");
    expect(found).not.toContain("AcknowledgedWritesKept");
  });
});
