// Customers served, against a slow judge who keeps the whole truth of every question; right in the past, and in no hash.
import { describe, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { clientId, replicaId } from "../../../src/base/ids.ts";
import { type Micros, seconds } from "../../../src/base/units.ts";
import { datasetByName } from "../../../src/data/dataset.ts";
import { countCustomers } from "../../../src/model/cluster/customers.ts";
import { InlineRun } from "../../../src/model/cluster/inline.ts";
import { replay } from "../../../src/model/cluster/replay.ts";
import type { ClusterState } from "../../../src/model/cluster/state.ts";
import { copyRun } from "../../../src/model/history/sharing.ts";
import { type Onlooker, together } from "../../../src/model/measure/onlookers.ts";
import { ReadQuality } from "../../../src/model/measure/readQuality.ts";
import { DEFAULT_CLUSTER, DEFAULT_WORKLOAD, defaultRun, MODEL_VERSION } from "../../../src/model/protocol/config.ts";
import type { Customers } from "../../../src/model/protocol/frame.ts";
import { compareVersions, type Neighbour, type Version } from "../../../src/model/protocol/item.ts";
import type { Entry } from "../../../src/model/protocol/log.ts";
import { embeddingOf } from "../../../src/model/vector/embedding.ts";
import { nearestOf } from "../../../src/model/vector/nearest.ts";
import { shakenConfig, shakingCommands } from "../../support/shakenRun.ts";
import { tinyDataset } from "../../support/tinyDataset.ts";

const PATIENCE = 120_000;

interface Known {
  readonly best: readonly { readonly id: string; readonly score: number }[];
  readonly versions: ReadonlyMap<string, Version>;
  readonly deleted: ReadonlySet<string>;
}

/** Keeps a copy of the truth for every question. */
class SlowJudge {
  readonly #state: ClusterState;
  readonly #asked = new Map<number, Known>();
  /** Every entry of a delete that some disk has held. */
  readonly #deletes: Entry[] = [];
  readonly #seen = new Set<Entry>();
  right = 0;
  wrong = 0;
  outdated = 0;
  missing = 0;
  ghost = 0;
  empty = 0;
  unanswered = 0;
  lastRightAt: Micros | undefined;

  constructor(state: ClusterState) {
    this.#state = state;
  }

  readonly onlooker: Onlooker = {
    replica: (id) => {
      const entries = this.#state.members[id - 1]?.disk.entries ?? [];
      for (const entry of entries.slice(-100)) {
        if (this.#seen.has(entry)) continue;
        this.#seen.add(entry);
        if (entry.operation.kind === "delete") this.#deletes.push(entry);
      }
    },
    client: (_, { at, input, effects }) => {
      for (const effect of effects) {
        if (effect.kind === "send" && input.kind === "ask") {
          const { message } = effect;
          if (message.kind === "readRequest" && message.question.kind === "search") {
            this.#ask(message.requestId, message.question.query.values, message.question.k);
          }
        }
        if (effect.kind !== "report") continue;
        const { event } = effect;
        if (event.kind === "unanswered" && this.#asked.delete(event.requestId)) this.unanswered += 1;
        if (input.kind !== "message" || input.message.kind !== "clientReply" || event.kind !== "answered") continue;
        const { answer, requestId } = input.message;
        const known = this.#asked.get(requestId);
        if (known === undefined || answer.kind !== "answered" || answer.answer.kind !== "neighbours") continue;
        this.#asked.delete(requestId);
        this.#judge(known, answer.answer.neighbours, at);
      }
    },
  };

  #ask(requestId: number, values: Float32Array, k: number): void {
    const truth = [...this.#state.acknowledged.truth];
    const items = truth.flatMap(([, { item }]) => (item === undefined ? [] : [item]));
    this.#asked.set(requestId, {
      best: nearestOf({}, () => items, embeddingOf(values), k).map(({ item: { id }, score }) => ({ id, score })),
      versions: new Map(truth.map(([id, { version }]) => [id, version])),
      deleted: new Set(truth.filter(([, { item }]) => item === undefined).map(([id]) => id)),
    });
  }

  #judge({ best, versions, deleted }: Known, neighbours: readonly Neighbour[], at: Micros): void {
    const old = neighbours.filter(({ id, version }) => {
      const stood = versions.get(id);
      return stood !== undefined && compareVersions(version, stood) < 0;
    });
    const worst = neighbours.at(-1)?.score ?? Number.NEGATIVE_INFINITY;
    const isExcused = (id: string) =>
      this.#deletes.some(({ operation, term, index }) => {
        if (operation.kind === "noop" || operation.id !== id) return false;
        const stood = versions.get(id);
        return stood !== undefined && compareVersions({ term, logIndex: index }, stood) > 0;
      });
    const lacks = best.some(
      ({ id, score }) => !neighbours.some((one) => one.id === id) && score > worst && !isExcused(id),
    );
    const ghost = old.some(({ id }) => deleted.has(id));
    const outdated = old.some(({ id }) => !deleted.has(id));
    if (neighbours.length === 0 && best.length > 0) this.empty += 1;
    else if (ghost || outdated || lacks) {
      this.wrong += 1;
      this.ghost += Number(ghost);
      this.outdated += Number(outdated);
      this.missing += Number(lacks);
    } else {
      this.right += 1;
      this.lastRightAt = at;
    }
  }

  counts(): Customers {
    const { right, wrong, outdated, missing, ghost, empty, unanswered, lastRightAt } = this;
    return { right, wrong, outdated, missing, ghost, empty, unanswered, lastRightAt };
  }
}

/** Fifty searches a second and many writes under the trouble of `seed`. */
function busyRun(
  seed: number,
  counted: boolean,
): { readonly run: InlineRun; readonly judge: SlowJudge; readonly quality: ReadQuality } {
  const config = shakenConfig(seed);
  const workload = { ...config.workload, searchesPerSecond: 50, k: 6 };
  const run = new InlineRun({ ...config, workload }, tinyDataset);
  if (counted) countCustomers(run.state);
  const judge = new SlowJudge(run.state);
  const quality = new ReadQuality(run.state);
  run.state.observer = together([judge.onlooker, quality.onlooker]);
  return { run, judge, quality };
}

describe("customers", () => {
  it(
    "are served as a slow judge says, under random trouble",
    () => {
      const kinds = { right: 0, outdated: 0, missing: 0, ghost: 0, unanswered: 0 };
      for (const seed of [2, 3, 4, 6]) {
        const { run, judge, quality } = busyRun(seed, true);
        for (const { at, command } of shakingCommands(seed, seconds(8))) {
          run.runUntil(at);
          if (command.kind !== "aimed") run.command(command);
        }
        run.runUntil(seconds(12));
        const { counts, open, replaced } = present(run.state.customers, "customers");
        expect(counts).toEqual(judge.counts());
        const { searches, stale } = quality.report();
        expect(counts.right + counts.wrong + counts.empty).toBe(searches);
        expect(counts.wrong).toBe(stale);
        // What is remembered is what is open.
        expect(open.size).toBeLessThan(150);
        expect(replaced.length).toBeLessThan(1_000);
        for (const [kind, sum] of Object.entries(kinds))
          Object.assign(kinds, { [kind]: sum + Reflect.get(counts, kind) });
      }
      for (const count of Object.values(kinds)) expect(count).toBeGreaterThan(0);
    },
    PATIENCE,
  );

  it("are the same in a copy that goes on, and in no hash", () => {
    const { run } = busyRun(2, true);
    run.runUntil(seconds(2));
    const copy = copyRun(run, tinyDataset);
    run.runUntil(seconds(5));
    copy.runUntil(seconds(5));
    expect(copy.state.customers).toEqual(run.state.customers);
    const { run: uncounted } = busyRun(2, false);
    uncounted.runUntil(seconds(2));
    countCustomers(uncounted.state);
    uncounted.runUntil(seconds(5));
    // Half of a run is not counted: it would be wrong.
    expect(uncounted.state.customers).toBeUndefined();
    expect(uncounted.hash()).toBe(run.hash());
  });

  it("miss what a delete without an answer cannot have taken: something newer was acknowledged under that id", () => {
    const config = defaultRun(7);
    const cluster = { ...DEFAULT_CLUSTER, mode: "asynchronous" as const, initialLeader: replicaId(1) };
    const workload = { ...DEFAULT_WORKLOAD, writesPerSecond: 0, readsPerSecond: 0, searchesPerSecond: 0 };
    const dataset = datasetByName("products");
    const run = new InlineRun({ ...config, cluster: { ...cluster, readPolicy: "any" }, workload }, dataset);
    const quality = new ReadQuality(run.state);
    run.state.observer = together([quality.onlooker]);
    countCustomers(run.state);
    const draft = present(present(dataset.items[3], "an item").drafts[0], "a draft");
    const [first, second, third] = [clientId(1), clientId(2), clientId(3)];
    run.runUntil(seconds(1));
    const { embedding: values, payload } = draft;
    const put = { kind: "write", client: second, draft: { kind: "put", id: "own", values, payload } } as const;
    run.command({ kind: "partition", groups: [[first], [replicaId(1), replicaId(2), second], [replicaId(3), third]] });
    run.command(put);
    run.runUntil(seconds(2));
    run.command({ kind: "write", client: first, draft: { kind: "delete", id: "own" } });
    run.runUntil(seconds(6));
    run.command(put);
    run.runUntil(seconds(8));
    expect(run.state.counters).toMatchObject({ writesAcknowledged: 2, writesUnknown: 1 });
    run.command({ kind: "search", client: third, values, k: 5 });
    run.runUntil(seconds(10));
    expect(run.state.customers?.counts).toMatchObject({ wrong: 1, missing: 1 });
    expect(quality.report()).toMatchObject({ searches: 1, stale: 1 });
  });

  it("get nothing of a store that was wiped, and no answer from nobody", () => {
    const config = defaultRun(7);
    const cluster = { ...DEFAULT_CLUSTER, replicaCount: 1, writeQuorum: 1, readQuorum: 1, initialLeader: replicaId(1) };
    const workload = { ...DEFAULT_WORKLOAD, clients: 1, writesPerSecond: 0, searchesPerSecond: 10 };
    const run = new InlineRun({ ...config, cluster, workload }, datasetByName("products"));
    countCustomers(run.state);
    run.runUntil(seconds(2));
    const before = present(run.state.customers, "customers").counts;
    expect(before).toMatchObject({ wrong: 0, empty: 0, unanswered: 0 });
    expect(before.right).toBeGreaterThan(15);
    expect(before.lastRightAt).toBeGreaterThan(seconds(1.8));
    run.command({ kind: "wipe", replicaId: replicaId(1) });
    const since = run.state.customers?.counts.lastRightAt;
    run.runUntil(seconds(6));
    const after = present(run.state.customers, "customers").counts;
    expect(after.empty).toBeGreaterThan(15);
    expect(after.lastRightAt).toBe(since);
    run.command({ kind: "crash", replicaId: replicaId(1) });
    run.runUntil(seconds(12));
    expect(run.state.customers?.counts.unanswered).toBeGreaterThan(15);
  });

  it("cost nothing where nobody looks on", () => {
    const inputs = { modelVersion: MODEL_VERSION, config: defaultRun(7), commands: [] };
    expect(replay(inputs, datasetByName("products"), seconds(1)).state.customers).toBeUndefined();
  });
});
