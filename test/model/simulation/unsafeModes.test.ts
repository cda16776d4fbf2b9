// Seed sweeps where safety is given up: asynchronous, and quorum with W < majority. The first three properties hold all
// the same, a store equals a rebuild from its log after every undo, everybody agrees after healing; and the sweep must
// find seeds that lose acknowledged writes, or the simulator would promise too much.
import { describe, expect, it } from "vitest";
import { HOLDS_IN_EVERY_MODE } from "../../../src/model/verdict/safety.ts";
import { type Outcome, sweep } from "../../support/sweep.ts";

const promised = { promised: HOLDS_IN_EVERY_MODE, keepsWrites: false } as const;
const minutes = 60_000;

function lostWrites({ seed, watched }: Outcome) {
  return { seed, lost: watched.run.state.counters.acknowledgedWritesLost, undone: watched.undone };
}

function seedsThatLose(outcomes: readonly { readonly seed: number; readonly lost: number }[]) {
  return outcomes.filter(({ lost }) => lost > 0).map(({ seed }) => seed);
}

describe("below a majority", () => {
  it("asynchronous keeps what it promises and loses acknowledged writes, 80 seeds", { timeout: 2 * minutes }, () => {
    const outcomes = sweep(6_000, 80, { ...promised, cluster: { mode: "asynchronous" } }, lostWrites);
    expect(seedsThatLose(outcomes).length).toBeGreaterThan(10);
    expect(outcomes.reduce((sum, { undone }) => sum + undone, 0)).toBeGreaterThan(20);
  });

  it("quorum with W = 2 of 5 keeps what it promises and loses acknowledged writes, 60 seeds", {
    timeout: 2 * minutes,
  }, () => {
    const cluster = { mode: "quorum", writeQuorum: 2, replicaCount: 5 } as const;
    const outcomes = sweep(7_000, 60, { ...promised, cluster }, lostWrites);
    expect(seedsThatLose(outcomes).length).toBeGreaterThan(0);
  });

  it("switching through all modes while running breaks none of the three, 60 seeds", { timeout: 2 * minutes }, () => {
    const modes = ["asynchronous", "quorum", "synchronous"] as const;
    const outcomes = sweep(8_000, 60, { ...promised, cluster: { mode: "quorum" }, modes }, lostWrites);
    expect(seedsThatLose(outcomes).length).toBeGreaterThan(0);
  });

  it("synchronous that degrades is as safe as asynchronous, no more, 40 seeds", { timeout: 2 * minutes }, () => {
    const cluster = { mode: "synchronous", synchronousDegrades: true } as const;
    const outcomes = sweep(9_000, 40, { ...promised, cluster }, lostWrites);
    expect(seedsThatLose(outcomes).length).toBeGreaterThan(0);
  });
});
