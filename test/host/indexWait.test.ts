// No call to a machine builds a large index in one go: it would be silent for so long that its line is given up.
import { afterEach, describe, expect, it } from "vitest";
import { replicaId } from "../../src/base/ids.ts";
import { micros, seconds } from "../../src/base/units.ts";
import { InlineHost } from "../../src/host/inlineHost.ts";
import { HostedSession } from "../../src/host/session.ts";
import { isFarBehind } from "../../src/model/cluster/indexes.ts";
import { defaultRun, MODEL_VERSION, type SearchIndexConfig } from "../../src/model/protocol/config.ts";
import type { IndexProgress } from "../../src/model/protocol/searchIndex.ts";
import type { RunInputs } from "../../src/model/protocol/session.ts";
import { advanceIndex } from "../../src/model/replica/searchIndex.ts";
import type { ReplicaState } from "../../src/model/replica/state.ts";
import { keepGraphsOf } from "../../src/model/vector/graphs.ts";
import { clusteredData } from "../support/clusters.ts";

const data = clusteredData(9, 8, 1_650);
const index: SearchIndexConfig = { kind: "hnsw", m: 8, efConstruction: 64, ef: 16, replicas: "all" };
const base = defaultRun(21);
const inputs: RunInputs = {
  modelVersion: MODEL_VERSION,
  config: { ...base, cluster: { ...base.cluster, searchIndex: index } },
  commands: [],
};
const query = data.items[7]?.drafts[0]?.embedding ?? new Float32Array();

/** Fresh machines: what another thread has built is not here. Counts what each call, but those that build, inserts. */
class FreshHost extends InlineHost {
  /** The most insertions that one call made. */
  most = 0;
  /** Examinations so far. */
  examined = 0;
  readonly #states: ReplicaState[] = [];

  override async load(state: ReplicaState): Promise<void> {
    this.#states.push(state);
    await super.load(state);
    keepGraphsOf([]);
  }

  #done(): number {
    // Also of an index that is yet to be switched on.
    return this.#states.reduce((sum, state) => sum + advanceIndex(state, 0, index).done, 0);
  }

  async #counted<Result>(work: () => Promise<Result>): Promise<Result> {
    const before = this.#done();
    const result = work();
    // The machine works in this thread: it is done when the call returns.
    this.most = Math.max(this.most, this.#done() - before);
    return await result;
  }

  override run(...parts: Parameters<InlineHost["run"]>) {
    return this.#counted(() => super.run(...parts));
  }

  override answer(...parts: Parameters<InlineHost["answer"]>) {
    return this.#counted(() => super.answer(...parts));
  }

  override examine(...parts: Parameters<InlineHost["examine"]>) {
    this.examined += 1;
    return this.#counted(() => super.examine(...parts));
  }

  override path(...parts: Parameters<InlineHost["path"]>) {
    return this.#counted(() => super.path(...parts));
  }
}

const open: HostedSession[] = [];

async function opened(
  playing: boolean,
  of: RunInputs = inputs,
): Promise<{ readonly session: HostedSession; readonly host: FreshHost }> {
  const host = new FreshHost();
  const session = new HostedSession({ host, datasetByName: () => data });
  open.push(session);
  if (!playing) await session.pause();
  await session.open(of, micros(200_000));
  return { session, host };
}

afterEach(() => {
  for (const session of open.splice(0)) session.close();
});

describe("machines that have no index yet", { timeout: 60_000 }, () => {
  const questions: readonly (readonly [string, (session: HostedSession) => Promise<unknown>])[] = [
    ["a search", (session) => session.search(query, 5)],
    ["the report", (session) => session.indexReport()],
    ["the way of a search", (session) => session.searchPath(replicaId(2), query, 5)],
    ["the run going on", (session) => session.runTo(seconds(1.2))],
  ];
  for (const [name, ask] of questions) {
    it(`build it in slices before ${name}`, async () => {
      const { session, host } = await opened(false);
      await ask(session);
      expect(isFarBehind({ done: 0, total: host.most })).toBe(false);
    });
  }

  it("build it in slices before a single step", async () => {
    const { session, host } = await opened(false);
    for (let steps = 0; steps < 200; steps += 1) await session.step();
    expect(isFarBehind({ done: 0, total: host.most })).toBe(false);
  });

  it("build one that the commands switch on before it is", async () => {
    const plain = { ...inputs.config, cluster: base.cluster };
    const workload = { ...plain.workload, searchesPerSecond: 2_000 };
    const on = { at: seconds(0.5), command: { kind: "setSearchIndex", index } } as const;
    const { session, host } = await opened(false, { ...inputs, config: { ...plain, workload }, commands: [on] });
    await session.runTo(seconds(0.8));
    expect((await session.pull()).config.cluster.searchIndex).toEqual(index);
    expect(isFarBehind({ done: 0, total: host.most })).toBe(false);
  });

  it("say how far they are while nothing moves, and come to an end", async () => {
    const { session } = await opened(false);
    const seen: IndexProgress[] = [];
    for (let { indexing } = await session.pull(); indexing !== undefined; { indexing } = await session.pull()) {
      seen.push(indexing);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.every(({ done, total }) => total > 0 && done <= total)).toBe(true);
    expect((await session.searchPath(replicaId(1), query, 5))?.layers[0]).toBe(1_600);
  });

  it("are left for exact search at once, wherever the run stands: nothing is built any more, and it is replayed alike", async () => {
    for (const playing of [false, true]) {
      const { session, host } = await opened(playing);
      if (playing) for (let at = 0; at < 3; at += 1) await session.pull();
      expect((await session.pull()).indexing).toBeDefined();
      expect(await session.command({ kind: "setSearchIndex", index: undefined })).toMatchObject({ taken: true });
      await session.pause();
      const frame = await session.pull();
      expect(frame.indexing).toBeUndefined();
      expect(frame.config.cluster.searchIndex).toBeUndefined();
      // Machines have not heard of it yet.
      await session.search(query, 5);
      const report = await session.indexReport();
      expect(report.replicas.map(({ index, recall }) => [index, recall])).toEqual(
        report.replicas.map(() => [undefined, 1]),
      );
      expect(isFarBehind({ done: 0, total: host.most }), `asked where it stands, playing ${playing}`).toBe(false);
      await session.runTo(seconds(1.2));
      expect(await session.searchPath(replicaId(2), query, 5)).toBeUndefined();
      expect(isFarBehind({ done: 0, total: host.most })).toBe(false);
      const { inputs: kept, at } = await session.inputs();
      const [hash, again] = [await session.hashNow(), await opened(false, kept)];
      await again.session.open(kept, at);
      expect(await again.session.hashNow()).toEqual(hash);
    }
  });

  it("are left for exact search before a coming command switches them on", async () => {
    const plain = { ...inputs.config, cluster: base.cluster };
    const on = { at: seconds(0.5), command: { kind: "setSearchIndex", index } } as const;
    const { session } = await opened(true, { ...inputs, config: plain, commands: [on] });
    let frame = await session.pull();
    while (frame.indexing === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      frame = await session.pull();
    }
    expect(await session.command({ kind: "setSearchIndex", index: undefined })).toMatchObject({ taken: true });
    await session.pause();
    await session.runTo(seconds(0.8));
    const after = await session.pull();
    expect([after.indexing, after.config.cluster.searchIndex]).toEqual([undefined, undefined]);
  });

  it("are examined anew only when what they hold or how they search has changed", async () => {
    const { session, host } = await opened(false);
    const first = await session.indexReport();
    expect(await session.indexReport()).toEqual(first);
    expect(host.examined).toBe(3);
    await session.command({ kind: "setSearchIndex", index: { ...index, ef: 1_650 } });
    await session.runTo(seconds(0.5));
    const { replicas } = await session.indexReport();
    expect(host.examined).toBe(6);
    expect(replicas.map(({ recall }) => recall)).toEqual([1, 1, 1]);
  });

  it("let pictures through while a question waits", async () => {
    const { session } = await opened(false);
    let isAnswered = false;
    const answer = session.search(query, 5).then(() => {
      isAnswered = true;
    });
    let pulled = 0;
    while (!isAnswered) {
      await session.pull();
      pulled += 1;
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    await answer;
    expect(pulled).toBeGreaterThan(2);
  });
});
