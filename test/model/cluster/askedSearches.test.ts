// A person's search: who was asked, who took part, who answered, and what the answer was worth; the same in every driver.
import { describe, expect, it } from "vitest";
import { clientId, replicaId } from "../../../src/base/ids.ts";
import { seconds } from "../../../src/base/units.ts";
import { datasetByName } from "../../../src/data/dataset.ts";
import { embedQuery } from "../../../src/data/query.ts";
import { askedSearches } from "../../../src/model/cluster/askedSearches.ts";
import { InlineRun } from "../../../src/model/cluster/inline.ts";
import { type ClusterConfig, defaultRun } from "../../../src/model/protocol/config.ts";

const [r1, r2, r3] = [replicaId(1), replicaId(2), replicaId(3)];
const [c1, c2, c3] = [clientId(1), clientId(2), clientId(3)];
const PATIENCE = 60_000;

function values(words: string): Float32Array {
  const embedded = embedQuery("products", words);
  if (!embedded.ok) throw new Error(embedded.message);
  return embedded.vector;
}

function aRun(cluster: Partial<ClusterConfig>, stepping: "event" | "window" = "event"): InlineRun {
  const config = defaultRun(7);
  const leading = { ...config.cluster, initialLeader: r1, ...cluster };
  const run = new InlineRun({ ...config, cluster: leading }, datasetByName("products"), stepping);
  run.runUntil(seconds(3));
  return run;
}

function ask(run: InlineRun, client = c1, k = 5) {
  run.command({ kind: "search", client, values: values("waterproof trail running shoe"), k });
  run.runFor(seconds(3));
  const [asked] = askedSearches(run.state);
  if (asked === undefined) throw new Error("nothing was asked");
  return asked;
}

describe("a person's search", () => {
  it("names the client's own replica where any may answer", { timeout: PATIENCE }, () => {
    const asked = ask(aRun({ readPolicy: "any" }), c2, 7);
    expect(asked).toMatchObject({ outcome: "answered", k: 7, policy: "any", parts: [], waitedFor: undefined });
    expect(asked.answeredBy).toBe(asked.sentTo[0]);
    expect(asked.neighbours).toHaveLength(7);
    expect(asked.neighbours[0]?.name).toMatch(/shoe/i);
    expect(asked.latency).toBeGreaterThan(0);
  });

  it("is judged and named once, not for every picture", { timeout: PATIENCE }, () => {
    const run = aRun({ readPolicy: "any" });
    const { neighbours, missing } = ask(run);
    run.runFor(seconds(1));
    const [later] = askedSearches(run.state);
    expect(later?.neighbours).toBe(neighbours);
    expect(later?.missing).toBe(missing);
  });

  it("follows a client to the leader", { timeout: PATIENCE }, () => {
    const asked = ask(aRun({ readPolicy: "leader" }), c3);
    expect(asked).toMatchObject({ outcome: "answered", answeredBy: r1, recall: 1, missing: [] });
  });

  it("tells who took part in a quorum, the coordinator first, and who answered", { timeout: PATIENCE }, () => {
    const asked = ask(aRun({ readPolicy: "quorum", readQuorum: 2 }));
    expect(asked).toMatchObject({ outcome: "answered", wanted: 2, coordinator: asked.sentTo[0] });
    expect(asked.parts).toHaveLength(2);
    expect(asked.parts[0]?.replicaId).toBe(asked.coordinator);
    expect(asked.parts.map((part) => part.replicaId)).toContain(asked.answeredBy);
    expect(asked.parts[1]?.applied).toBeDefined();
  });

  it("of a quorum that cannot be reached nobody answers", { timeout: PATIENCE }, () => {
    const run = aRun({ readPolicy: "quorum", readQuorum: 2 });
    run.command({
      kind: "partition",
      groups: [
        [r1, c1],
        [r2, c2],
        [r3, c3],
      ],
    });
    const asked = ask(run);
    expect(asked).toMatchObject({ outcome: "unanswered", answeredBy: undefined, neighbours: [] });
    expect(asked.parts).toHaveLength(1);
  });

  it("is judged against what was true when it was asked", { timeout: PATIENCE }, () => {
    const run = aRun({ mode: "asynchronous", readPolicy: "any" });
    run.command({ kind: "setRates", rates: { writesPerSecond: 0, readsPerSecond: 0, searchesPerSecond: 0 } });
    const before = ask(run, c1).neighbours.map(({ id }) => id);
    run.command({
      kind: "partition",
      groups: [
        [r2, c2],
        [r1, c1, r3, c3],
      ],
    });
    run.runFor(seconds(1));
    const gone = before[0] ?? "";
    run.command({ kind: "write", client: c1, draft: { kind: "delete", id: gone } });
    run.runFor(seconds(1));
    const stale = ask(run, c2);
    expect(stale.neighbours.find(({ id }) => id === gone)).toMatchObject({ fault: "ghost" });
    // The ghost took the place of the fifth: that one is not missing by itself, the share that was found says so.
    expect(stale).toMatchObject({ recall: 0.8, missing: [] });
  });

  it("is the same whether events are taken one by one or in windows, and no part of the hash", {
    timeout: PATIENCE,
  }, () => {
    const cluster = { readPolicy: "quorum", readQuorum: 3 } as const;
    const [one, windows] = [aRun(cluster, "event"), aRun(cluster, "window")];
    expect(ask(windows)).toEqual(ask(one));
    expect(windows.hash()).toBe(one.hash());
    const forgetful = aRun(cluster, "event");
    forgetful.command({ kind: "search", client: c1, values: values("waterproof trail running shoe"), k: 5 });
    forgetful.state.searches.length = 0;
    forgetful.runFor(seconds(3));
    expect(forgetful.hash()).toBe(one.hash());
  });

  it("keeps the last four, newest first", { timeout: PATIENCE }, () => {
    const run = aRun({});
    const numbers = [1, 2, 3, 4, 5, 6].map((k) => ask(run, c1, k).k);
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6]);
    expect(askedSearches(run.state).map(({ k }) => k)).toEqual([6, 5, 4, 3]);
  });
});
