// The long sweep: thousands of seeds, with seven and nine replicas too. `npm run test:long -- --mode long`.
import { describe, expect, it } from "vitest";
import { seconds } from "../../src/base/units.ts";
import { HOLDS_IN_EVERY_MODE } from "../../src/model/verdict/safety.ts";
import { ALL_FIVE, type SweepOptions, sweep } from "../support/sweep.ts";

const safe = { promised: ALL_FIVE, keepsWrites: true } as const;
const unsafe = { promised: HOLDS_IN_EVERY_MODE, keepsWrites: false } as const;
const allModes = ["asynchronous", "quorum", "synchronous"] as const;

describe("thousands of seeds", () => {
  const cases: readonly (readonly [string, number, SweepOptions])[] = [
    ["quorum, 3 and 5 replicas", 3_000, { ...safe, cluster: { mode: "quorum" } }],
    ["quorum, 7 replicas", 400, { ...safe, cluster: { mode: "quorum", replicaCount: 7 } }],
    ["quorum, 9 replicas", 300, { ...safe, cluster: { mode: "quorum", replicaCount: 9 }, trouble: seconds(10) }],
    ["synchronous", 1_000, { ...safe, cluster: { mode: "synchronous" } }],
    ["switching between safe modes", 600, { ...safe, cluster: {}, modes: ["quorum", "synchronous"] }],
    ["pre-vote and check-quorum", 600, { ...safe, cluster: {}, rules: { preVote: true, checkQuorum: true } }],
    ["long trouble, 5 replicas", 100, { ...safe, cluster: { replicaCount: 5 }, trouble: seconds(60) }],
    ["asynchronous", 1_500, { ...unsafe, cluster: { mode: "asynchronous" } }],
    ["W = 2 of 7", 300, { ...unsafe, cluster: { mode: "quorum", replicaCount: 7, writeQuorum: 2 } }],
    ["switching through all modes", 1_000, { ...unsafe, cluster: {}, modes: allModes }],
  ];

  it.each(cases)("%s: %d seeds", (_, count, options) => {
    expect(sweep(100_000, count, options, ({ seed }) => seed)).toHaveLength(count);
  });

  it("quorum reads with the wait miss nothing, 1,000 seeds", () => {
    const workload = { writesPerSecond: 40, readsPerSecond: 40 };
    const options = {
      ...safe,
      promised: [...ALL_FIVE, "QuorumReads"],
      cluster: { readPolicy: "quorum" },
      workload,
    } as const;
    sweep(200_000, 1_000, options, ({ seed }) => seed);
  });
});
