// Stories of reads: what each policy promises, and what a deposed leader does with it. The reader stands beside r1, on
// the side of the old leader; the others elect a new one and write on.
import { describe, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { replicaId } from "../../../src/base/ids.ts";
import { type Micros, millis, seconds } from "../../../src/base/units.ts";
import type { ReadPolicy, Rules } from "../../../src/model/protocol/config.ts";
import { aCluster, constant, type StoryCluster } from "../../support/cluster.ts";

const [r1, r2] = [replicaId(1), replicaId(2)];

function setPolicy(c: StoryCluster, readPolicy: ReadPolicy): void {
  c.watched.command({ kind: "setPolicy", readPolicy, stalenessBound: millis(500) });
}

/** Lets the clients read for a while; each reads at the replica beside it, unless its policy says otherwise. */
function readFor(c: StoryCluster, duration: Micros) {
  const before = c.clientFacts("answered").length;
  c.watched.command({ kind: "setRates", rates: { writesPerSecond: 0, readsPerSecond: 60, searchesPerSecond: 0 } });
  c.runFor(duration);
  return c.clientFacts("answered").slice(before);
}

/** r1 leads term 1, is cut off with its client, and does not know that there is a new leader with a newer write. */
function deposedLeader(policy: ReadPolicy, rules: Partial<Rules> = {}): StoryCluster {
  const c = aCluster({ replicas: 3, seed: 7, latency: constant(10), rules }).withLeader(r1);
  c.isolate([r1]);
  c.runUntil(() => c.leader() !== r1, { within: seconds(3) });
  c.runFor(millis(200));
  c.upsert(present(c.leader(), "a new leader"), "new");
  c.runFor(seconds(1));
  expect(c.receipt("new").outcome).toBe("acknowledged");
  expect(c.replica(r1).role).toBe("leader");
  setPolicy(c, policy);
  return c;
}

describe("a deposed leader that does not know", { timeout: 60_000 }, () => {
  it("answers nothing linearizably", () => {
    const answered = readFor(deposedLeader("linearizable"), seconds(1));
    expect(answered.filter(({ by }) => by === r1)).toEqual([]);
    expect(answered.length).toBeGreaterThan(10);
    for (const { appliedTo } of answered) expect(appliedTo.term).toBeGreaterThan(1);
  });

  it("without read confirmation answers from the past", () => {
    const answered = readFor(deposedLeader("linearizable", { readConfirmation: false }), seconds(1));
    expect(answered.filter(({ by }) => by === r1).length).toBeGreaterThan(5);
    for (const { by, appliedTo } of answered) expect(appliedTo.term === 1).toBe(by === r1);
  });

  it("answers from the past under the policies `any` and `leader`: that is what they promise", () => {
    for (const policy of ["any", "leader"] as const) {
      expect(readFor(deposedLeader(policy), seconds(1)).some(({ by }) => by === r1)).toBe(true);
    }
  });

  it("answers no quorum read", () => {
    expect(readFor(deposedLeader("quorum"), seconds(1)).filter(({ by }) => by === r1)).toEqual([]);
  });
});

describe("bounded staleness in a minority", { timeout: 60_000 }, () => {
  it("neither the deposed leader nor its follower answers from beyond the bound", () => {
    const c = aCluster({ replicas: 5, seed: 7, latency: constant(10) }).withLeader(r1);
    setPolicy(c, "bounded");
    const fresh = readFor(c, millis(300));
    expect(new Set(fresh.map(({ by }) => by)).size).toBe(5);
    c.isolate([r1, r2]);
    c.runFor(millis(500));
    const later = readFor(c, seconds(1));
    expect(later.filter(({ by }) => by === r1 || by === r2)).toEqual([]);
    expect(new Set(later.map(({ by }) => by)).size).toBe(3);
    expect(c.replica(r1).role).toBe("leader");
  });
});

describe("reading one's own writes", { timeout: 60_000 }, () => {
  /** The client beside r2, a follower that hears of nothing for a while, writes and then reads. */
  function writeThenRead(policy: ReadPolicy) {
    const c = aCluster({ replicas: 3, seed: 7, latency: constant(10) }).withLeader(r1);
    setPolicy(c, policy);
    c.watched.command({ kind: "cut", from: r1, to: r2 });
    c.watched.command({ kind: "cut", from: r2, to: r1 });
    c.watched.command({ kind: "cut", from: r2, to: replicaId(3) });
    c.upsert(r2, "mine");
    c.runFor(millis(100));
    expect(c.receipt("mine").outcome).toBe("acknowledged");
    return readFor(c, millis(600)).filter(({ by }) => by === r2);
  }

  it("a session waits rather than read from before its last write", () => {
    expect(writeThenRead("session").filter(({ appliedTo }) => appliedTo.logIndex < 2)).toEqual([]);
  });

  it("under `any` it may not see its own write", () => {
    expect(writeThenRead("any").some(({ appliedTo }) => appliedTo.logIndex < 2)).toBe(true);
  });
});
