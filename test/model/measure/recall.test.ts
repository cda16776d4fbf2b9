// The report on recall says what the probe's samples say, and names what a partition does to a replica's answers.
import { expect, it } from "vitest";
import { InvariantError } from "../../../src/base/assert.ts";
import { clientIds, replicaId } from "../../../src/base/ids.ts";
import { seconds } from "../../../src/base/units.ts";
import { datasetByName } from "../../../src/data/dataset.ts";
import { InlineRun } from "../../../src/model/cluster/inline.ts";
import { together } from "../../../src/model/measure/onlookers.ts";
import { RecallProbe } from "../../../src/model/measure/recall.ts";
import { defaultRun } from "../../../src/model/protocol/config.ts";

it("stops at a replica whose store differs from its log, with where to look", () => {
  const run = new InlineRun(defaultRun(7), datasetByName("products"));
  run.state.observer = together([new RecallProbe(run.state).onlooker]);
  run.runUntil(seconds(2.5));
  run.state.members[1]?.disk.entries.splice(3, 1);
  expect(() => run.runUntil(seconds(4))).toThrow(
    new InvariantError("the store of r2 differs from its log (at 3 s, seed 7): its recall is unknown"),
  );
});

it("tells mean and least of all samples, by replica, and nothing of one that was never alive", () => {
  const config = defaultRun(7);
  const cluster = { ...config.cluster, mode: "asynchronous" as const, initialLeader: replicaId(1) };
  const run = new InlineRun({ ...config, cluster }, datasetByName("products"));
  run.command({ kind: "crash", replicaId: replicaId(2) });
  const probe = new RecallProbe(run.state);
  run.state.observer = together([probe.onlooker]);
  run.runUntil(seconds(2));
  run.command({ kind: "partition", groups: [[replicaId(1), replicaId(2), ...clientIds(3)], [replicaId(3)]] });
  run.runUntil(seconds(12));
  const samples = run.state.outbox.recalls.map(({ recall }) => recall);
  const of = (slot: number) => samples.map((recall) => recall[slot] ?? Number.NaN).filter((one) => !Number.isNaN(one));
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const report = probe.report();
  expect(report).toMatchObject({ k: 5, queries: 32 });
  expect(Object.keys(report.replicas)).toEqual(["r1", "r2", "r3"]);
  expect(report.replicas.r2).toEqual({ mean: null, least: null });
  expect(report.replicas.r3?.mean).toBeCloseTo(mean(of(2)), 12);
  expect(report.replicas.r3?.least).toBe(Math.min(...of(2)));
  expect(report.mean).toBeCloseTo(mean([...of(0), ...of(2)]), 12);
  expect(report.least).toBe(report.replicas.r3?.least);
  expect(report.least).toBeLessThan(0.98);
});
