// An approximate index in a whole run: the same history wherever it is computed, whatever is dropped; built ahead; examined.
import { afterEach, describe, expect, it } from "vitest";
import { replicaId } from "../../src/base/ids.ts";
import { micros, seconds } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { InlineHost } from "../../src/host/inlineHost.ts";
import { installFastestKernel } from "../../src/host/kernel.ts";
import { PortHost } from "../../src/host/portHost.ts";
import type { ReplicaHost } from "../../src/host/replicaHost.ts";
import { HostedSession } from "../../src/host/session.ts";
import { InlineRun } from "../../src/model/cluster/inline.ts";
import { Timeline } from "../../src/model/history/timeline.ts";
import type { TimedCommand } from "../../src/model/protocol/commands.ts";
import { defaultRun, MODEL_VERSION, type SearchIndexConfig } from "../../src/model/protocol/config.ts";
import type { DatasetContent } from "../../src/model/protocol/dataset.ts";
import type { Frame, Indexing } from "../../src/model/protocol/frame.ts";
import type { RunInputs } from "../../src/model/protocol/session.ts";
import { keepGraphsOf } from "../../src/model/vector/graphs.ts";
import { installKernels, scalarKernel } from "../../src/model/vector/kernel.ts";
import { clusteredItems } from "../support/clusters.ts";
import { ChannelSupply } from "./channels.ts";
import { type History, hashesInOneThread } from "./histories.ts";

const NARROW: SearchIndexConfig = { kind: "hnsw", m: 4, efConstruction: 16, ef: 5, replicas: "all" };
const [r1, r2, r3] = [replicaId(1), replicaId(2), replicaId(3)];

function at(second: number, command: TimedCommand["command"]): TimedCommand {
  return { at: micros(second * 1_000_000), command };
}

/** Switched on in mid-run, everywhere and then in one place, over crashes, restarts, a wipe and rollbacks. */
const commands: readonly TimedCommand[] = [
  at(1, { kind: "setSearchIndex", index: NARROW }),
  at(2, { kind: "setMode", mode: "asynchronous" }),
  at(2.5, { kind: "crash", replicaId: r1 }),
  at(3.5, { kind: "restart", replicaId: r1 }),
  at(4, { kind: "partition", groups: [[r2], [r1, r3]] }),
  at(5, { kind: "heal" }),
  at(6, { kind: "wipe", replicaId: r3 }),
  at(7, { kind: "setSearchIndex", index: { ...NARROW, m: 8, ef: 6, replicas: [r1, r2] } }),
  at(8.5, { kind: "setSearchIndex", index: undefined }),
  at(9, { kind: "setSearchIndex", index: { ...NARROW, ef: 1 } }),
];

const config = {
  ...defaultRun(47),
  workload: { ...defaultRun(47).workload, writesPerSecond: 20, searchesPerSecond: 20 },
};
const inputs: RunInputs = { modelVersion: MODEL_VERSION, config, commands };
const END = seconds(11);

function runTo(run: InlineRun): string {
  for (const { at: instant, command } of commands) {
    run.runUntil(instant);
    run.command(command);
  }
  run.runUntil(END);
  return run.hash();
}

function plainHash(): string {
  return runTo(new InlineRun(config, datasetByName("products")));
}

afterEach(() => installKernels(scalarKernel));

describe("a run with approximate indexes", () => {
  it("has another history than an exact one: what searches answer is part of it", () => {
    const exact = new InlineRun(config, datasetByName("products"));
    for (const { at: instant, command } of commands) {
      exact.runUntil(instant);
      if (command.kind !== "setSearchIndex") exact.command(command);
    }
    exact.runUntil(END);
    expect(exact.hash()).not.toBe(plainHash());
  });

  it("has one history, event by event or in windows, with either kernel, and when every graph is dropped all the time", {
    timeout: 120_000,
  }, () => {
    const plain = plainHash();
    const forgetful = new InlineRun(config, datasetByName("products"), "event", ({ state }) => {
      if (state.counters.eventsProcessed % 40 !== 0) return;
      keepGraphsOf([]);
    });
    expect(runTo(forgetful)).toBe(plain);
    expect(runTo(new InlineRun(config, datasetByName("products"), "window"))).toBe(plain);
    installFastestKernel();
    expect(runTo(new InlineRun(config, datasetByName("products")))).toBe(plain);
  });

  it("has it over every host, and after going to and fro", { timeout: 120_000 }, async () => {
    const history: History = { name: "with indexes", inputs, comparedAt: [seconds(3), seconds(6), END] };
    const hashes = hashesInOneThread(history, "event");
    for (const host of [new InlineHost(), new PortHost(new ChannelSupply())]) {
      const session = new HostedSession({ host, datasetByName });
      await session.open(inputs, seconds(1));
      await session.pause();
      for (const { at: instant, runHash } of hashes) {
        await session.seek(seconds(8));
        await session.seek(seconds(2));
        await session.runTo(instant);
        expect(await session.hashNow()).toMatchObject({ runHash });
      }
      session.close();
    }
  });

  it("goes on from any checkpoint as it did", { timeout: 120_000 }, () => {
    const timeline = new Timeline(inputs, datasetByName("products"), 400);
    const way = timeline.way(END);
    way.advance(() => {
      timeline.look(way.run);
      return false;
    });
    expect(timeline.size.checkpoints).toBeGreaterThan(4);
    for (const second of [10, 4, 8, 2, 9]) {
      const { run } = timeline.way(seconds(second));
      const again = timeline.way(END, run);
      again.advance();
      expect(again.run.hash()).toBe(way.run.hash());
    }
  });
});

describe("the report on indexes", () => {
  async function opened(index: SearchIndexConfig | undefined) {
    const session = new HostedSession({ host: new InlineHost(), datasetByName });
    await session.open(
      { ...inputs, config: { ...config, workload: { ...config.workload, writesPerSecond: 0 } }, commands: [] },
      seconds(2),
    );
    await session.pause();
    if (index !== undefined) await session.command({ kind: "setSearchIndex", index });
    await session.runTo(seconds(3));
    return session;
  }

  it("finds exact searches exact, and no index", async () => {
    const session = await opened(undefined);
    const { replicas, converged, queries } = await session.indexReport();
    expect(replicas.map(({ recall, index }) => [recall, index])).toEqual(Array(3).fill([1, undefined]));
    expect(converged).toEqual({ replicas: [r1, r2, r3], differing: [] });
    expect(queries).toBe(32);
    session.close();
  });

  it("sees recall fall with ef, and replicas with the same data disagree", async () => {
    const session = await opened({ ...NARROW, ef: 240 });
    const mean = async (ef: number) => {
      await session.command({ kind: "setSearchIndex", index: { ...NARROW, ef } });
      await session.runTo(micros((await session.pull()).virtualNow + 1_000_000));
      const { replicas, converged } = await session.indexReport();
      expect(replicas.every(({ index }) => index?.living === 240 && index.layers[0] === 240)).toBe(true);
      const recall = replicas.reduce((sum, replica) => sum + (replica.recall ?? 0), 0) / 3;
      return { recall, differing: converged?.differing ?? [] };
    };
    const [broad, middle, narrow] = [await mean(240), await mean(40), await mean(10)];
    expect(broad).toEqual({ recall: 1, differing: [] });
    expect(middle.recall).toBeLessThan(1);
    expect(narrow.recall).toBeLessThan(middle.recall);
    // Whoever asks one of them again is answered differently again.
    const [question] = narrow.differing;
    expect(question?.payload.kind).toBe("product");
    const { answers } = await session.search(question?.vector ?? new Float32Array(), 10);
    expect(new Set(answers.map(({ neighbours }) => neighbours.map(({ id }) => id).join(" "))).size).toBeGreaterThan(1);
    session.close();
  });

  it("is the same over every host, in the past too", async () => {
    const query = datasetByName("products").items[7]?.drafts[0]?.embedding ?? new Float32Array();
    const told = async (host: ReplicaHost) => {
      const session = new HostedSession({ host, datasetByName });
      await session.open({ ...inputs, commands: commands.slice(0, 4) }, seconds(1));
      await session.runTo(seconds(5));
      const live = [await session.indexReport(), await session.searchPath(r2, query, 7)];
      await session.seek(seconds(3));
      const held = [
        await session.indexReport(),
        await session.searchPath(r1, query, 7),
        await session.searchPath(r3, query, 7),
      ];
      session.close();
      return { live, held };
    };
    const inline = await told(new InlineHost());
    expect(await told(new PortHost(new ChannelSupply()))).toEqual(inline);
    // r1 is down at virtual 3 s.
    expect(inline.held[1]).toBeUndefined();
    expect(inline.held[2]).toMatchObject({ replicaId: r3 });
  });

  it("says which way a search takes: down from the entry, ever nearer, and what it answers", async () => {
    const session = await opened({ ...NARROW, replicas: [r2] });
    const query = datasetByName("products").items[7]?.drafts[0]?.embedding;
    if (query === undefined) throw new Error("there is a seventh product");
    expect(await session.searchPath(r1, query, 5)).toBeUndefined();
    const path = await session.searchPath(r2, query, 5);
    if (path === undefined) throw new Error("r2 has an index");
    expect(path.layers[0]).toBe(240);
    const layers = path.steps.map(({ layer }) => layer);
    expect(layers).toEqual(layers.toSorted((a, b) => b - a));
    expect(layers[0]).toBe(path.layers.length - 1);
    const upper = path.steps.filter(({ layer }) => layer > 0).map(({ score }) => score);
    expect(upper).toEqual(upper.toSorted((a, b) => a - b));
    expect(path.looked).toBeGreaterThanOrEqual(path.found.length);
    expect(path.looked).toBeLessThan(240);
    const { answers } = await session.search(query, 5);
    expect(answers[1]?.neighbours.map(({ id }) => id)).toEqual(path.found);
    session.close();
  });
});

describe("an index over much data", () => {
  /** More than a search builds by itself. */
  const large: DatasetContent = {
    ...datasetByName("products"),
    dimension: 12,
    initialCount: 1_500,
    items: clusteredItems(3, 12, 1_600).map(({ id, payload, embedding }) => ({
      id,
      drafts: [{ text: id, payload, embedding: embedding.values }],
    })),
  };
  const index: SearchIndexConfig = { kind: "hnsw", m: 16, efConstruction: 200, ef: 32, replicas: "all" };

  async function opened(): Promise<HostedSession> {
    const session = new HostedSession({ host: new InlineHost(), datasetByName: () => large });
    await session.open({ ...inputs, commands: [] }, seconds(0.5));
    return session;
  }

  /** Pulls until `found`; what indexing was seen to be on the way. */
  async function pullUntil(session: HostedSession, found: (frame: Frame) => boolean): Promise<readonly Indexing[]> {
    const seen: Indexing[] = [];
    for (;;) {
      const frame = await session.pull();
      if (frame.indexing !== undefined) seen.push(frame.indexing);
      if (found(frame)) return seen;
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }

  function expectGrowing(seen: readonly Indexing[], least: number, canCancel: boolean): void {
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.every((progress) => progress.canCancel === canCancel)).toBe(true);
    const done = seen.map((progress) => progress.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(new Set(done).size).toBeGreaterThan(1);
    expect(seen.at(-1)?.total).toBeGreaterThanOrEqual(least);
  }

  it("is built before it takes effect, while the run stands still; given up, nothing has changed", {
    timeout: 120_000,
  }, async () => {
    const session = await opened();
    await session.pause();
    const before = await session.hashNow();
    const givenUp = session.command({ kind: "setSearchIndex", index });
    await pullUntil(session, ({ indexing }) => (indexing?.done ?? 0) > 0);
    await session.cancelOpening();
    expect(await givenUp).toMatchObject({ taken: false, problem: { field: "index" } });
    const frame = await session.pull();
    expect(frame.indexing).toBeUndefined();
    expect(frame.config.cluster).not.toHaveProperty("searchIndex");
    expect(await session.hashNow()).toEqual(before);

    await session.play();
    const taken = session.command({ kind: "setSearchIndex", index });
    const { virtualNow } = await session.pull();
    const seen = await pullUntil(session, ({ config: { cluster } }) => cluster.searchIndex !== undefined);
    expect(await taken).toMatchObject({ taken: true });
    const { at: instant } = (await session.inputs()).inputs.commands[0] ?? { at: undefined };
    expect(instant).toBeGreaterThanOrEqual(virtualNow);
    expectGrowing(seen, 4_400, true);
    await pullUntil(session, (later) => later.virtualNow > virtualNow + 100_000);
    session.close();
  });

  it("is built again after a restart, with the run waiting for it, to the history that one thread writes", {
    timeout: 120_000,
  }, async () => {
    const all = [
      at(1, { kind: "setSearchIndex", index }),
      at(2, { kind: "crash", replicaId: r2 }),
      at(2.1, { kind: "restart", replicaId: r2 }),
    ];
    const session = await opened();
    const opening = session.open({ ...inputs, commands: all }, seconds(1.5));
    const waiting = await pullUntil(
      session,
      ({ opening: under, indexing }) => under !== undefined && indexing !== undefined,
    );
    expect(waiting[0]?.canCancel).toBe(true);
    expect(await session.command({ kind: "setSearchIndex", index })).toMatchObject({
      taken: false,
      problem: { field: "run" },
    });
    await opening;
    const seen = await pullUntil(session, ({ virtualNow }) => virtualNow > seconds(2.3));
    expectGrowing(
      seen.filter(({ total }) => total < 2_000),
      1_500,
      false,
    );
    await session.runTo(seconds(3));
    const run = new InlineRun(config, large);
    for (const { at: instant, command } of all) {
      run.runUntil(instant);
      run.command(command);
    }
    run.runUntil(seconds(3));
    expect(await session.hashNow()).toMatchObject({ runHash: run.hash() });

    // What was built once serves every moment of the run.
    for (const second of [1.2, 2.6, 1.8]) {
      const seeking = { isOver: false };
      const sought = session.seek(seconds(second)).then(() => Object.assign(seeking, { isOver: true }));
      expect(await pullUntil(session, () => seeking.isOver)).toEqual([]);
      await sought;
    }
    session.close();
  });
});
