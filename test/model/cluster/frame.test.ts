// The picture: strips, doomed entries, receipts that fill, lag and queue depth.
import { describe, expect, it } from "vitest";
import { clientId, replicaId } from "../../../src/base/ids.ts";
import { millis, seconds, ZERO } from "../../../src/base/units.ts";
import { buildFrame } from "../../../src/model/cluster/frame.ts";
import { lagOf, leadingMember, queueDepthOf } from "../../../src/model/cluster/metrics.ts";
import { STRIP_LENGTH } from "../../../src/model/cluster/strip.ts";
import type { Frame, ReplicaFrame } from "../../../src/model/protocol/frame.ts";
import { aCluster, constant, type StoryCluster } from "../../support/cluster.ts";

const [r1, r2, r3] = [replicaId(1), replicaId(2), replicaId(3)];
const playback = {
  runId: 1,
  playing: true,
  playbackRate: 1,
  reachedRate: 1,
  failure: undefined,
  travelled: { end: ZERO, fact: 0, branch: 0 },
};

function frameOf(cluster: StoryCluster): Frame {
  return buildFrame(cluster.watched.run.state, playback);
}

function replicaOf(frame: Frame, id: number): ReplicaFrame {
  const found = frame.replicas.find(({ replicaId }) => replicaId === id);
  if (found === undefined) throw new Error("a replica of the frame");
  return found;
}

describe("receipts", () => {
  it("fill copy by copy: on the leader's disk, on 2 of 3, acknowledged, on all", () => {
    const c = aCluster({ replicas: 3, seed: 1, latency: constant(10) }).withLeader(r1);
    c.watched.command({
      kind: "setLink",
      from: r1,
      to: r3,
      quality: { latency: constant(40), loss: 0, duplication: 0, reordering: 0 },
    });
    c.upsert(r1, "a");
    const copies: string[] = [];
    for (let step = 0; step < 12; step += 1) {
      const [receipt] = frameOf(c).receipts;
      const line = `${receipt?.outcome} ${receipt?.copies.length} of 3`;
      if (copies[copies.length - 1] !== line) copies.push(line);
      c.runFor(millis(5));
    }
    expect(copies).toEqual([
      "pending 0 of 3",
      "pending 1 of 3",
      "pending 2 of 3",
      "acknowledged 2 of 3",
      "acknowledged 3 of 3",
    ]);
    expect(frameOf(c).receipts[0]).toMatchObject({ version: { term: 1, logIndex: 2 }, latency: millis(40) });
  });

  it("say who rolled the write back", () => {
    const c = aCluster({ replicas: 3, seed: 20, cluster: { mode: "asynchronous" } }).withLeader(r1);
    c.isolate([r1]);
    c.upsert(r1, "a");
    c.runFor(seconds(2));
    c.heal();
    c.runFor(seconds(1));
    expect(frameOf(c).receipts[0]).toMatchObject({ outcome: "lost", copies: [], rolledBack: [r1] });
  });
});

describe("strips and doomed entries", () => {
  it("show the same indices of every replica, and mark acknowledged entries that the leader does not have", () => {
    const c = aCluster({ replicas: 3, seed: 20, cluster: { mode: "asynchronous" } }).withLeader(r1);
    c.isolate([r1]);
    for (const name of ["a", "b"]) c.upsert(r1, name);
    c.runFor(millis(100));
    const before = frameOf(c);
    expect(replicaOf(before, 1).strip).toHaveLength(STRIP_LENGTH);
    expect(
      replicaOf(before, 1)
        .strip.map((cell) => cell.term)
        .slice(0, 4),
    ).toEqual([1, 1, 1, 0]);
    expect(
      replicaOf(before, 2)
        .strip.map((cell) => cell.term)
        .slice(0, 4),
    ).toEqual([1, 0, 0, 0]);
    expect(replicaOf(before, 1).doomedCount).toBe(0);
    c.runUntil(() => c.leader() !== r1, { within: seconds(2) });
    const after = replicaOf(frameOf(c), 1);
    expect(after.doomedCount).toBe(2);
    expect(after.strip.map((cell) => cell.doomed).slice(0, 4)).toEqual([false, true, true, false]);
  });
});

describe("lag and queue depth", () => {
  it("grow behind a cut, in the frame as in the metrics, and fall to nothing after healing", () => {
    const c = aCluster({ replicas: 3, seed: 1, latency: constant(10) }).withLeader(r1);
    c.isolate([r3]);
    for (let write = 0; write < 5; write += 1) c.upsert(r1, `w${write}`);
    c.runFor(seconds(1));
    const behind = replicaOf(frameOf(c), 3);
    expect(behind).toMatchObject({ lagEntries: 5, queueDepth: 5 });
    expect(behind.lag).toBeGreaterThan(millis(950));
    expect(behind.lag).toBeLessThanOrEqual(seconds(1));
    const { state } = c.watched.run;
    const leader = leadingMember(state);
    expect(leader?.id).toBe(r1);
    expect(state.members.map((member) => queueDepthOf(leader, member))).toEqual([0, 0, 5]);
    expect(state.members.map((member) => lagOf(leader, member, state.now).entries)).toEqual([0, 0, 5]);
    c.heal();
    c.runFor(seconds(2));
    for (const replica of frameOf(c).replicas) expect(replica).toMatchObject({ lag: 0, lagEntries: 0, queueDepth: 0 });
  });
});

describe("the outbox", () => {
  it("is handed over once", () => {
    const c = aCluster({ replicas: 3, seed: 1 }).withLeader(r1);
    c.watched.onEvent = undefined;
    c.crash(r2);
    frameOf(c);
    const again = frameOf(c);
    expect([again.events, again.lanes, again.writes]).toEqual([[], [], []]);
  });

  it("a frame shows messages in flight, cuts and clients", () => {
    const c = aCluster({ replicas: 3, seed: 1, latency: constant(10) }).withLeader(r1);
    c.isolate([r3]);
    c.upsert(r1, "a");
    c.runFor(millis(12));
    const frame = frameOf(c);
    expect(frame.flights.filter(({ shape }) => shape === "entries").map(({ from, to }) => [from, to])).toContainEqual([
      r1,
      r2,
    ]);
    expect(frame.flights.some(({ to, lostAt }) => to === r3 && lostAt !== undefined)).toBe(true);
    expect(frame.cuts).toContainEqual({ from: r1, to: r3 });
    expect(frame.clients.map(({ clientId: id, home }) => [id, home])).toEqual(
      [1, 2, 3].map((n) => [clientId(n), replicaId(n)]),
    );
  });
});
