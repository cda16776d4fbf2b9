import { describe, expect, it } from "vitest";
import { replicaId, term } from "../../../src/base/ids.ts";
import { millis, seconds } from "../../../src/base/units.ts";
import { Circumstances } from "../../../src/model/verdict/circumstances.ts";
import { LeaderStability } from "../../../src/model/verdict/leaderStability.ts";
import { calmTrouble } from "../../support/calmTrouble.ts";
import { cutPairs, judgedRun } from "../../support/judgedRuns.ts";

const [r1, r2, r3] = [replicaId(1), replicaId(2), replicaId(3)];

function leader() {
  const circumstances = new Circumstances(3, millis(300));
  const stability = new LeaderStability(circumstances);
  stability.observe(millis(100), r1, true, term(4));
  return { circumstances, stability };
}

describe("leader stability, told in facts", () => {
  it("breaks when a leader is deposed that was well and connected with a majority", () => {
    const { stability } = leader();
    expect(stability.observe(millis(400), r1, false, term(5))).toEqual({
      name: "LeaderStability",
      since: 100_000,
      message: "r1 had led term 4 for 0.3 s, well and connected with r2, r3, when term 5 deposed it.",
    });
  });

  it("does not protect a leader that has not led for an election timeout", () => {
    expect(leader().stability.observe(millis(399), r1, false, term(5))).toBeUndefined();
  });

  it("does not protect a leader that has not been connected with a majority for as long", () => {
    const { circumstances, stability } = leader();
    circumstances.setOpen(millis(500), r2, r1, false);
    circumstances.setOpen(millis(500), r1, r3, false);
    circumstances.setOpen(millis(510), r1, r3, true);
    expect(stability.observe(millis(800), r1, false, term(5))).toBeUndefined();
  });

  it("protects it with one of the two others", () => {
    const { circumstances, stability } = leader();
    circumstances.setFit(millis(500), r2, false);
    expect(stability.observe(millis(600), r1, false, term(5))?.message).toContain("connected with r3, when term 5");
  });

  it("does not protect it from the emergency button, nor from a crash", () => {
    const promoted = leader().stability;
    promoted.promoted(term(6));
    expect(promoted.observe(millis(900), r1, false, term(6))).toBeUndefined();
    const crashed = leader().stability;
    crashed.stopped(r1);
    expect(crashed.observe(millis(900), r1, false, term(4))).toBeUndefined();
  });

  it("says so when a leader gives up by itself", () => {
    expect(leader().stability.observe(millis(900), r1, false, term(4))?.message).toContain("when it gave up");
  });
});

/** 1-2-3 connected, 4 only to 2, 5 only to 3. */
const partial = cutPairs(seconds(3), [
  [1, 4],
  [1, 5],
  [2, 5],
  [3, 4],
  [4, 5],
]);

describe("leader stability of runs", { timeout: 120_000 }, () => {
  it("breaks again and again in five servers with partial connectivity: elections never stop", () => {
    const { run, notStable, notLive } = judgedRun({ seed: 1, replicas: 5 }, partial, seconds(33));
    expect(run.state.counters.leaderChanges).toBeGreaterThan(30);
    expect(notStable.length).toBeGreaterThan(15);
    // Each reign is long enough to commit: it is not liveness that breaks.
    expect(notLive).toEqual([]);
  });

  it("holds there with pre-vote and check-quorum: elections stop", () => {
    const rules = { preVote: true, checkQuorum: true };
    for (const seed of [1, 2, 3]) {
      const { run, notStable, notLive } = judgedRun({ seed, replicas: 5, rules }, partial, seconds(23));
      expect(run.state.counters.leaderChanges).toBe(1);
      expect([...notStable, ...notLive]).toEqual([]);
    }
  });

  it("breaks when an isolated replica returns with a higher term, and not with pre-vote", () => {
    const found = judgedRun({ seed: 2, replicas: 3 }, [], seconds(3)).run.state.lastLeader;
    const follower = [r1, r2, r3].find((id) => id !== found);
    if (follower === undefined) throw new Error("nobody follows");
    const commands = [
      { at: seconds(3), command: { kind: "isolate", replicaId: follower } as const },
      { at: seconds(6), command: { kind: "heal" } as const },
    ];
    expect(judgedRun({ seed: 2, replicas: 3 }, commands, seconds(9)).notStable).toHaveLength(1);
    const rules = { preVote: true };
    expect(judgedRun({ seed: 2, replicas: 3, rules }, commands, seconds(9)).notStable).toEqual([]);
  });

  it("holds through a promotion", () => {
    const found = judgedRun({ seed: 2, replicas: 3 }, [], seconds(3)).run.state.lastLeader;
    const follower = [r1, r2, r3].find((id) => id !== found);
    if (follower === undefined) throw new Error("nobody follows");
    const commands = [{ at: seconds(3), command: { kind: "promote", replicaId: follower } as const }];
    const { run, notStable } = judgedRun({ seed: 2, replicas: 3 }, commands, seconds(6));
    expect(run.state.counters.leaderChanges).toBeGreaterThan(1);
    expect(notStable).toEqual([]);
  });

  it("is found broken without pre-vote by a search over seeds, and in none of them with it", () => {
    const seeds = Array.from({ length: 12 }, (_, ordinal) => ordinal + 1);
    const run = (seed: number, preVote: boolean) =>
      judgedRun({ seed, replicas: 5, rules: { preVote } }, calmTrouble(seed, 5, seconds(16)), seconds(20));
    expect(seeds.some((seed) => run(seed, false).notStable.length > 0)).toBe(true);
    expect(seeds.flatMap((seed) => run(seed, true).notStable)).toEqual([]);
  });
});
