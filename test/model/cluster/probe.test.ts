// The continuous probe against a slow obvious computation, under random faults, undo, wipes and snapshots; and that nobody notices it.
import { describe, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { clientIds, replicaId } from "../../../src/base/ids.ts";
import { seconds } from "../../../src/base/units.ts";
import { datasetByName } from "../../../src/data/dataset.ts";
import { InlineRun } from "../../../src/model/cluster/inline.ts";
import { beginWaiting } from "../../../src/model/cluster/outbox.ts";
import { PROBE_QUERIES, recallNow } from "../../../src/model/cluster/probe.ts";
import { copyRun } from "../../../src/model/history/sharing.ts";
import { defaultRun } from "../../../src/model/protocol/config.ts";
import type { DatasetContent } from "../../../src/model/protocol/dataset.ts";
import { compareVersions, type Item } from "../../../src/model/protocol/item.ts";
import { embeddingOf, unitVector } from "../../../src/model/vector/embedding.ts";
import { nearestOf } from "../../../src/model/vector/nearest.ts";
import { shake } from "../../support/shakenRun.ts";
import { tinyDataset } from "../../support/tinyDataset.ts";

const PATIENCE = 120_000;

/** More items than a list keeps. */
const ring: DatasetContent = {
  ...tinyDataset,
  initialCount: 90,
  items: Array.from({ length: 110 }, (_, ordinal) => {
    const angle = (ordinal * 2.399) % (2 * Math.PI);
    const draft = (name: string, turned: number) => ({
      text: name,
      payload: { kind: "colour" as const, name, hex: "#808080" },
      embedding: unitVector(Float32Array.of(Math.cos(turned), Math.sin(turned), 0.3)),
    });
    const id = `ring-${String(ordinal).padStart(3, "0")}`;
    return { id, drafts: [draft(id, angle), draft(`${id}, turned`, angle + 0.4)] };
  }),
};

function recallSlowly(run: InlineRun, dataset: DatasetContent, slot: number): number {
  const replica = run.replicas.get(replicaId(slot + 1));
  if (replica === undefined) return Number.NaN;
  const { k } = run.state.config.workload;
  const count = Math.min(PROBE_QUERIES, dataset.items.length);
  let sum = 0;
  for (let at = 0; at < count; at += 1) {
    const item = present(dataset.items[Math.floor((at * dataset.items.length) / count)], "an item");
    const query = embeddingOf(present(item.drafts[0], "a draft").embedding);
    const truth = [...run.state.acknowledged.truth.values()].flatMap(({ item: one }): Item[] =>
      one === undefined ? [] : [one],
    );
    const best = nearestOf({}, () => truth, query, k).map((found) => found.item);
    const found = nearestOf({}, () => replica.store.items.values(), query, k).map((one) => one.item);
    const hits = best.filter(({ id, version }) =>
      found.some((there) => there.id === id && compareVersions(there.version, version) >= 0),
    );
    sum += best.length === 0 ? 1 : hits.length / best.length;
  }
  return sum / count;
}

describe("the continuous probe", () => {
  it.each([2, 3, 4, 6])(
    "finds what a search for every query finds, under random trouble, seed %i",
    (seed) => {
      const dataset = seed % 2 === 0 ? ring : tinyDataset;
      let looks = 0;
      let compared = 0;
      let worse = 0;
      let dead = 0;
      const run = shake(
        seed,
        seconds(6),
        (at) => {
          looks += 1;
          if (looks % 9 !== 0) return;
          for (const [slot, recall] of recallNow(at.state).entries()) {
            const slow = recallSlowly(at, dataset, slot);
            if (Number.isNaN(slow)) expect(recall).toBeNaN();
            else expect(recall).toBeCloseTo(slow, 12);
            compared += 1;
            if (recall < 1) worse += 1;
            if (Number.isNaN(recall)) dead += 1;
          }
        },
        { dataset },
      );
      expect(compared).toBeGreaterThan(200);
      expect(worse).toBeGreaterThan(50);
      expect(dead).toBeGreaterThan(10);
      expect(recallNow(copyRun(run, dataset).state)).toEqual(recallNow(run.state));
    },
    PATIENCE,
  );

  it("is no part of the run: the same hash with and without, by events and by windows", () => {
    const hashOf = (awaited: boolean, stepping: "event" | "window") => {
      const run = new InlineRun(defaultRun(7), datasetByName("products"), stepping);
      run.state.outbox.awaited = awaited;
      run.runUntil(seconds(3));
      run.command({ kind: "crash", replicaId: replicaId(1) });
      run.runUntil(seconds(8));
      expect(run.state.outbox.recalls).toHaveLength(awaited ? 8 : 0);
      return { hash: run.hash(), recalls: run.state.outbox.recalls };
    };
    const [asked, windows] = [hashOf(true, "event"), hashOf(true, "window")];
    expect(asked.hash).toBe(hashOf(false, "event").hash);
    expect(windows).toEqual(asked);
  });

  it("says once in each life of a replica that it has no number of it, for its store differs from its log", () => {
    const run = new InlineRun(defaultRun(7), datasetByName("products"));
    const told = () => run.state.outbox.events.filter(({ fact }) => fact.kind === "storeDiffers");
    run.runUntil(seconds(2.5));
    present(run.state.members[1], "r2").disk.entries.splice(3, 1);
    run.runUntil(seconds(6));
    expect(told()).toMatchObject([{ at: seconds(3), source: "world", fact: { replicaId: replicaId(2) } }]);
    expect(run.state.outbox.recalls.at(-1)?.recall).toEqual([expect.any(Number), Number.NaN, expect.any(Number)]);
    run.command({ kind: "crash", replicaId: replicaId(2) });
    run.runUntil(seconds(8));
    expect(told()).toHaveLength(1);
  });

  it("samples every virtual second, NaN while a replica is dead, and not again what a view knows", () => {
    const config = defaultRun(7);
    const cluster = { ...config.cluster, mode: "asynchronous" as const, initialLeader: replicaId(1) };
    const run = new InlineRun({ ...config, cluster }, datasetByName("products"));
    run.runUntil(seconds(2));
    run.command({ kind: "partition", groups: [[replicaId(1), replicaId(2), ...clientIds(3)], [replicaId(3)]] });
    run.command({ kind: "crash", replicaId: replicaId(2) });
    run.runUntil(seconds(10));
    const { recalls } = run.state.outbox;
    expect(recalls.map(({ at }) => at)).toEqual(Array.from({ length: 10 }, (_, at) => seconds(at + 1)));
    const last = present(recalls.at(-1), "a sample").recall;
    expect(last[0]).toBe(1);
    expect(last[1]).toBeNaN();
    expect(last[2]).toBeLessThan(0.97);
    expect(last[2]).toBeGreaterThan(0.5);

    const again = copyRun(run, datasetByName("products"));
    beginWaiting(again.state, { fact: 0, sampleAt: seconds(12) });
    again.runUntil(seconds(14));
    expect(again.state.outbox.recalls.map(({ at }) => at)).toEqual([seconds(13), seconds(14)]);
  });
});
