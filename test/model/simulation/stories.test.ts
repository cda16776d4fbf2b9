// Stories: what a person does with a cluster, and what comes of it. The traces were recorded, then read line by line.
import { describe, expect, it } from "vitest";
import { clientId, replicaId } from "../../../src/base/ids.ts";
import { millis, seconds } from "../../../src/base/units.ts";
import { aCluster, allCaughtUp, constant } from "../../support/cluster.ts";

const [r1, r2, r3] = [replicaId(1), replicaId(2), replicaId(3)];

describe("a minority", { timeout: 60_000 }, () => {
  it("commits nothing, and its log is repaired after healing", () => {
    const c = aCluster({ replicas: 5, seed: 7, latency: constant(10) }).withLeader(r1);
    const cut = c.now;
    c.isolate([r1, r2]);
    c.upsert(r1, "a", 1, 0);
    c.runFor(seconds(2));
    expect(c.receipt("a").outcome).toBe("pending");
    expect(c.replica(r1)).toMatchObject({ role: "leader", currentTerm: 1, commitIndex: 1 });
    c.upsert(r3, "b", 0, 1);
    c.runFor(seconds(1));
    expect(c.receipt("a").outcome).toBe("unknown");
    expect(c.receipt("b")).toMatchObject({ outcome: "acknowledged" });
    c.heal();
    c.runUntil(allCaughtUp, { within: seconds(5) });
    expect(c.replicaFacts("rolledBack")).toHaveLength(2);
    expect(c.replica(r1).store.items.has("a")).toBe(false);
    expect(c.invariantsBroken()).toEqual([]);
    expect(c.trace({ of: [r1, r3], show: ["role", "term", "commitIndex", "log"], since: cut })).toMatchInlineSnapshot(`
      "1.010 s r1: leader, term 1, commit 1, log [1 1]
      1.199 s r3: follower, term 2, commit 1, log [1]
      1.219 s r3: follower, term 2, commit 1, log [1 2]
      1.239 s r3: follower, term 2, commit 2, log [1 2]
      3.040 s r3: follower, term 2, commit 2, log [1 2 2]
      3.060 s r3: follower, term 2, commit 3, log [1 2 2]
      4.019 s r1: follower, term 2, commit 3, log [1 2 2]"
    `);
  });

  it.each(["quorum", "synchronous"] as const)("acknowledges nothing in %s mode", (mode) => {
    const c = aCluster({ replicas: 3, seed: 20, cluster: { mode } }).withLeader(r1);
    c.isolate([r1]);
    for (const id of ["a", "b", "c"]) c.upsert(r1, id);
    c.runFor(seconds(5));
    expect(c.counters).toMatchObject({ writesAcknowledged: 0, writesUnknown: 3 });
    expect(c.replica(r1).commitIndex).toBe(1);
  });

  it("acknowledges at once in asynchronous mode, and loses what it acknowledged", () => {
    const c = aCluster({ replicas: 3, seed: 30, cluster: { mode: "asynchronous" } }).withLeader(r1);
    c.isolate([r1]);
    c.upsert(r1, "a");
    c.runFor(millis(60));
    expect(c.receipt("a").outcome).toBe("acknowledged");
    expect(c.replica(r1).store.items.has("a")).toBe(true);
    // The others elect a leader, whose no-op takes the place on a majority of the disks: the write is lost from then on.
    c.runUntil(() => c.receipt("a").outcome === "lost", { within: seconds(2) });
    c.heal();
    c.runUntil(allCaughtUp, { within: seconds(5) });
    expect(c.receipt("a").outcome).toBe("lost");
    expect(c.counters.acknowledgedWritesLost).toBe(1);
    expect(c.replica(r1).store.items.has("a")).toBe(false);
    expect(c.watched.wrongStores()).toEqual([]);
  });
});

describe("a dead replica", { timeout: 60_000 }, () => {
  it("leaves a synchronous write unknown after 2 s, though it may be visible, and acknowledged late", () => {
    const c = aCluster({ replicas: 3, seed: 40, cluster: { mode: "synchronous" } }).withLeader(r1);
    c.crash(r3);
    c.upsert(r1, "a");
    c.runFor(millis(1_990));
    expect(c.receipt("a").outcome).toBe("pending");
    c.runFor(millis(20));
    expect(c.receipt("a").outcome).toBe("unknown");
    expect(c.replica(r2).store.items.has("a")).toBe(true);
    c.restart(r3);
    c.runUntil(() => c.receipt("a").outcome === "acknowledged", { within: seconds(2) });
    expect(c.invariantsBroken()).toEqual([]);
  });

  it("does not keep a quorum from acknowledging", () => {
    const c = aCluster({ replicas: 3, seed: 50 }).withLeader(r1);
    c.crash(r3);
    c.upsert(r1, "a");
    c.runFor(millis(45));
    expect(c.receipt("a").outcome).toBe("acknowledged");
  });

  it("a dead leader is followed by another in a higher term, which has every acknowledged write", () => {
    const c = aCluster({ replicas: 3, seed: 60 }).withLeader(r1);
    c.upsert(r1, "a");
    c.runFor(millis(100));
    c.crash(r1);
    c.runUntil(() => c.leader() !== undefined, { within: seconds(2) });
    const leader = c.replica(c.leader() ?? r1);
    expect(leader.currentTerm).toBeGreaterThan(1);
    c.runFor(millis(100));
    expect(leader.store.items.has("a")).toBe(true);
    c.restart(r1);
    c.runUntil(allCaughtUp, { within: seconds(2) });
    expect(c.invariantsBroken()).toEqual([]);
  });
});

describe("clients", { timeout: 60_000 }, () => {
  it("are sent on by a replica that does not lead", () => {
    const c = aCluster({ replicas: 3, seed: 70 }).withLeader(r1);
    c.upsert(r3, "a");
    c.runFor(millis(200));
    expect(c.receipt("a")).toMatchObject({ outcome: "acknowledged", redirects: 1 });
    expect(c.clientFacts("redirected")).toMatchObject([{ by: r3, to: r1 }]);
    expect(c.replicaFacts("writeRefused")).toMatchObject([{ leader: r1 }]);
  });

  it("may retry an unknown write: the request is recognised, and written once", () => {
    const c = aCluster({ replicas: 3, seed: 80 }).withLeader(r1);
    // The answer is lost: the entry is there, the client does not know.
    c.watched.command({ kind: "cut", from: r1, to: clientId(1) });
    c.upsert(r1, "a");
    c.runFor(millis(2_100));
    expect(c.receipt("a").outcome).toBe("unknown");
    const length = c.replica(r1).log.entries.length;
    c.heal();
    c.watched.command({ kind: "retry", requestId: c.receipt("a").requestId });
    c.runFor(millis(500));
    expect(c.receipt("a")).toMatchObject({ outcome: "acknowledged", version: { term: 1, logIndex: 2 } });
    expect(c.replica(r1).log.entries).toHaveLength(length);
  });

  it("are never told that an unknown write failed, whatever becomes of the retry", () => {
    const c = aCluster({ replicas: 3, seed: 90 }).withLeader(r1);
    c.isolate([r1]);
    c.upsert(r1, "a");
    c.runFor(millis(2_100));
    c.crash(r2);
    c.crash(r1);
    // Only r3 is left: it refuses, and nobody can be elected.
    c.heal();
    c.watched.command({ kind: "retry", requestId: c.receipt("a").requestId });
    c.runFor(seconds(6));
    expect(c.receipt("a").outcome).toBe("unknown");
    expect(c.counters.writesFailed).toBe(0);
  });
});
