import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/base/units.ts";
import { operationsOf } from "../../../src/model/verdict/history.ts";
import { checkHistory, type HistoryVerdict } from "../../../src/model/verdict/wingGongLowe.ts";
import { chaosCommands } from "../../support/chaos.ts";
import { judgedRun, type RunParts } from "../../support/judgedRuns.ts";
import type { VerdictRun } from "../../support/verdictRun.ts";

const busy = { writesPerSecond: 30, readsPerSecond: 60 };

/** Eight seconds of seeded trouble, three of recovery. */
function troubled(seed: number, parts: Omit<RunParts, "seed" | "replicas">): VerdictRun {
  const replicas = seed % 2 === 0 ? 3 : 5;
  const commands = chaosCommands(seed, { replicaCount: replicas, clients: 3, until: seconds(8) });
  return judgedRun({ seed, replicas, workload: busy, ...parts }, commands, seconds(11));
}

function searched({ history, initialIds }: VerdictRun): HistoryVerdict {
  const operations = operationsOf(history);
  if ("message" in operations) throw new Error(operations.message);
  expect(operations.length).toBeGreaterThan(20);
  return checkHistory(operations, { initially: (id) => (initialIds.has(id) ? "initial" : null) });
}

const seeds = Array.from({ length: 8 }, (_, ordinal) => ordinal + 1);

/** The seeds in which each checker finds a break. */
function broken(parts: Omit<RunParts, "seed" | "replicas">) {
  const live: number[] = [];
  const search: number[] = [];
  for (const seed of seeds) {
    const run = troubled(seed, parts);
    if (run.notLinearizable.length > 0) live.push(seed);
    if (searched(run).linearizable !== true) search.push(seed);
  }
  return { live, search };
}

describe("linearizability of runs with seeded trouble, by both checkers", { timeout: 120_000 }, () => {
  it("holds for linearizable reads", () => {
    expect(broken({ cluster: { readPolicy: "linearizable" } })).toEqual({ live: [], search: [] });
  });

  it("holds for quorum reads of a majority", () => {
    expect(broken({ cluster: { readPolicy: "quorum" } })).toEqual({ live: [], search: [] });
  });

  it("breaks for reads from any replica, in the same runs", () => {
    const { live, search } = broken({ cluster: { readPolicy: "any" } });
    expect(live).toEqual(search);
    expect(live.length).toBeGreaterThan(3);
  });

  it("breaks in asynchronous mode even at the leader, in the same runs", () => {
    const { live, search } = broken({ cluster: { mode: "asynchronous", readPolicy: "linearizable" } });
    expect(live).toEqual(search);
    expect(live.length).toBeGreaterThan(0);
  });

  it("breaks where a deposed leader may answer without asking, and a search over seeds finds it", () => {
    const unconfirmed = { cluster: { readPolicy: "linearizable" }, rules: { readConfirmation: false } } as const;
    const many = Array.from({ length: 40 }, (_, ordinal) => ordinal + 1);
    const found = many.find((seed) => troubled(seed, unconfirmed).notLinearizable.length > 0);
    expect(found).toBeDefined();
    if (found === undefined) return;
    expect(searched(troubled(found, unconfirmed)).linearizable).toBe(false);
    expect(troubled(found, { cluster: { readPolicy: "linearizable" } }).notLinearizable).toEqual([]);
  });
});
