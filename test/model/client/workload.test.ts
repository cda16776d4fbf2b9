import { describe, expect, it } from "vitest";
import { millis, NEVER, seconds } from "../../../src/base/units.ts";
import { newWorkload, nextAskAt, setRates, takeAsk, type Workload } from "../../../src/model/client/workload.ts";
import { InlineRun } from "../../../src/model/cluster/inline.ts";
import {
  DEFAULT_WORKLOAD,
  defaultRun,
  type ReplicationMode,
  type WorkloadConfig,
} from "../../../src/model/protocol/config.ts";
import { embeddingOf } from "../../../src/model/vector/embedding.ts";
import { tinyDataset } from "../../support/tinyDataset.ts";

const catalogue = tinyDataset.items.map(({ id, drafts }) => ({
  id,
  drafts: drafts.map(({ payload, embedding }) => ({ payload, embedding: embeddingOf(embedding) })),
}));

function config(parts: Partial<WorkloadConfig> = {}): WorkloadConfig {
  return { ...DEFAULT_WORKLOAD, searchesPerSecond: 0, ...parts };
}

function workload(parts: Partial<WorkloadConfig> = {}, seed = 1): Workload {
  return newWorkload(seed, config(parts), catalogue, tinyDataset.initialCount);
}

function take(from: Workload, count: number, parts: Partial<WorkloadConfig> = {}) {
  return Array.from({ length: count }, () => takeAsk(from, config(parts)));
}

describe("the workload", () => {
  it("is evenly spaced, and dealt to the clients in turn", () => {
    const asks = take(workload(), 6);
    expect(asks.map(({ at }) => at)).toEqual([200, 400, 600, 800, 1_000, 1_200].map(millis));
    expect(asks.map(({ client }) => client)).toEqual([101, 102, 103, 101, 102, 103]);
  });

  it("does not drift over an hour at an odd rate", () => {
    const asks = take(workload({ writesPerSecond: 7 }), 7 * 3_600, { writesPerSecond: 7 });
    expect(asks[asks.length - 1]?.at).toBe(seconds(3_600));
  });

  it("asks the same of one seed, and other things of another", () => {
    expect(take(workload(), 50)).toEqual(take(workload(), 50));
    expect(take(workload(), 50)).not.toEqual(take(workload({}, 2), 50));
  });

  it("deletes only what it has inserted, and inserts only what is not there", () => {
    const there = new Set(catalogue.slice(0, tinyDataset.initialCount).map(({ id }) => id));
    const kinds = new Map<string, number>();
    for (const { ask } of take(workload(), 2_000)) {
      if (ask.kind !== "write") throw new Error("only writes were asked for");
      const { kind, id } = ask.operation;
      const what = kind === "delete" ? "delete" : there.has(id) ? "update" : "insert";
      if (kind === "delete") expect(there.delete(id)).toBe(true);
      else there.add(id);
      kinds.set(what, (kinds.get(what) ?? 0) + 1);
    }
    expect((kinds.get("update") ?? 0) / 2_000).toBeGreaterThan(0.5);
    expect(kinds.get("insert")).toBeGreaterThan(200);
    expect(kinds.get("delete")).toBeGreaterThan(200);
  });

  it("begins anew with a new rate, and leaves a series alone whose rate stays", () => {
    const changed = workload({ searchesPerSecond: 2 });
    setRates(changed, config({ writesPerSecond: 10, searchesPerSecond: 2 }), millis(150));
    expect(take(changed, 3, { writesPerSecond: 10, searchesPerSecond: 2 }).map(({ at }) => at)).toEqual(
      [250, 350, 450].map(millis),
    );
    setRates(changed, config({ writesPerSecond: 0 }), millis(460));
    expect(nextAskAt(changed)).toBe(NEVER);
  });

  it("depends on nothing that happens in the cluster: every mode is asked for the same", () => {
    const asked = (mode: ReplicationMode) => {
      const base = defaultRun(4);
      const run = new InlineRun({ ...base, cluster: { ...base.cluster, mode } }, tinyDataset);
      run.runUntil(seconds(5));
      return { attempted: run.state.counters.writesAttempted, rng: run.state.workload.rng };
    };
    expect(asked("asynchronous")).toEqual(asked("synchronous"));
    expect(asked("quorum").attempted).toBe(24);
  });
});
