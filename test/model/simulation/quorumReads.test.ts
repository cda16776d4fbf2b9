// Quorum reads (Charapko, Ailijiang, Demirbas 2019): with W >= majority, W + R > N and the wait, no acknowledged write
// is missed in any seed; a copy in a log is not yet a copy that can be read, so that without the wait some seed misses.
import { describe, expect, it } from "vitest";
import { ALL_FIVE, type Outcome, type SweepOptions, sweep } from "../../support/sweep.ts";

const minutes = 60_000;
const workload = { writesPerSecond: 40, readsPerSecond: 40, searchesPerSecond: 10 };

function readsOf({ seed, watched }: Outcome) {
  const { readsServed, searchesServed } = watched.run.state.counters;
  return { seed, served: readsServed + searchesServed, missed: watched.missedRead };
}

function sweepReads(first: number, count: number, options: Pick<SweepOptions, "cluster" | "rules" | "promised">) {
  const { cluster, ...others } = options;
  return sweep(
    first,
    count,
    { ...others, cluster: { readPolicy: "quorum", ...cluster }, workload, keepsWrites: true },
    readsOf,
  );
}

describe("quorum reads under trouble", () => {
  it("with the wait miss no acknowledged write, 80 seeds", { timeout: 2 * minutes }, () => {
    const outcomes = sweepReads(10_000, 80, { cluster: { mode: "quorum" }, promised: [...ALL_FIVE, "QuorumReads"] });
    expect(outcomes.reduce((sum, { served }) => sum + served, 0)).toBeGreaterThan(4_000);
  });

  it("with W = N and R = 1 miss none either, 20 seeds", { timeout: 2 * minutes }, () => {
    const cluster = { mode: "quorum", replicaCount: 3, writeQuorum: 3, readQuorum: 1 } as const;
    sweepReads(11_000, 20, { cluster, promised: [...ALL_FIVE, "QuorumReads"] });
  });

  it("without the wait W + R > N is not enough, 20 seeds", { timeout: 2 * minutes }, () => {
    const rules = { quorumReadWaits: false };
    const outcomes = sweepReads(12_000, 20, { cluster: { mode: "quorum" }, rules, promised: ALL_FIVE });
    expect(outcomes.filter(({ missed }) => missed !== undefined).length).toBeGreaterThan(0);
  });
});
