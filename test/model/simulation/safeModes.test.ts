// Seed sweeps where safety is promised: quorum with W >= majority, synchronous, and switching between the two. After
// every event of every seed all five properties of Raft's figure 3 hold, no acknowledged write is ever lost, and after
// healing everybody agrees. Thousands more run under test/long.
import { describe, expect, it } from "vitest";
import { ALL_FIVE, type Outcome, type SweepOptions, sweep } from "../../support/sweep.ts";

const promised = { promised: ALL_FIVE, keepsWrites: true } as const;
const minutes = 60_000;

/** What shows that a sweep has met some trouble. */
function troubleMet({ watched }: Outcome) {
  const { writesAcknowledged, writesUnknown, leaderChanges } = watched.run.state.counters;
  return { acknowledged: writesAcknowledged, unknown: writesUnknown, leaders: leaderChanges, undone: watched.undone };
}

function sweepAndSum(first: number, count: number, options: SweepOptions) {
  const sum = { acknowledged: 0, unknown: 0, leaders: 0, undone: 0 };
  for (const met of sweep(first, count, options, troubleMet)) {
    sum.acknowledged += met.acknowledged;
    sum.unknown += met.unknown;
    sum.leaders += met.leaders;
    sum.undone += met.undone;
  }
  return sum;
}

describe("safe modes under crashes, partitions, cuts, loss, duplication and reordering", () => {
  it("quorum with W = majority keeps every promise, 300 seeds", { timeout: 2 * minutes }, () => {
    const sum = sweepAndSum(1_000, 300, { ...promised, cluster: { mode: "quorum" } });
    // The sweep is worth something only if there was trouble: elections, lost answers, logs that had to be repaired.
    expect(sum.acknowledged).toBeGreaterThan(5_000);
    expect(sum.leaders).toBeGreaterThan(400);
    expect(sum.unknown).toBeGreaterThan(100);
    expect(sum.undone).toBeGreaterThan(50);
  });

  it("quorum with W = N keeps every promise, 60 seeds", { timeout: 2 * minutes }, () => {
    const sum = sweepAndSum(2_000, 60, { ...promised, cluster: { mode: "quorum", writeQuorum: 3, replicaCount: 3 } });
    expect(sum.acknowledged).toBeGreaterThan(500);
  });

  it("synchronous keeps every promise, 80 seeds", { timeout: 2 * minutes }, () => {
    const sum = sweepAndSum(3_000, 80, { ...promised, cluster: { mode: "synchronous" } });
    expect(sum.acknowledged).toBeGreaterThan(1_000);
  });

  it("switching between quorum and synchronous breaks none, 40 seeds", { timeout: 2 * minutes }, () => {
    sweepAndSum(4_000, 40, { ...promised, cluster: { mode: "quorum" }, modes: ["quorum", "synchronous"] });
  });

  it("pre-vote and check-quorum break none, 40 seeds", { timeout: 2 * minutes }, () => {
    const rules = { preVote: true, checkQuorum: true };
    sweepAndSum(5_000, 40, { ...promised, cluster: { mode: "quorum" }, rules });
  });
});
