// Raft section 7 (log compaction): folding, sending the snapshot in chunks, installing it; and our own rule that a
// conflict below a log's beginning is mended by a whole snapshot and counted as an undo.
import { describe, expect, it } from "vitest";
import { clientId, logIndex, replicaId, term } from "../../../src/base/ids.ts";
import { millis, ZERO } from "../../../src/base/units.ts";
import { type Entry, LOG_CAPACITY } from "../../../src/model/protocol/log.ts";
import type { InstallSnapshot } from "../../../src/model/protocol/messages.ts";
import { lastLogIndex } from "../../../src/model/replica/log.ts";
import { step } from "../../../src/model/replica/step.ts";
import { storeOf } from "../../../src/model/replica/store.ts";
import {
  accepted,
  aFollower,
  aLeader,
  anEntry,
  anItem,
  answers,
  append,
  aSnapshot,
  entriesOf,
  persisted,
  put,
  received,
  reported,
  sentOf,
  talk,
  termsOf,
  timerFired,
  writeRequest,
} from "../../support/replica.ts";

const [r1, r2, r3] = [replicaId(1), replicaId(2), replicaId(3)];
const c1 = clientId(1);
const soon = millis(1);
const half = LOG_CAPACITY / 2;

/** As many entries of term 1 as fit, all about one item; entry i carries request i. */
function fullLog(): readonly Entry[] {
  const operation = put("busy");
  return Array.from({ length: LOG_CAPACITY }, (_, at) => anEntry(1, at + 1, { operation, requestId: at + 1 }));
}

function items(count: number, ofTerm: number, index: number) {
  return Array.from({ length: count }, (_, at) => anItem(`i${String(at).padStart(3, "0")}`, ofTerm, index));
}

function chunk(parts: Partial<InstallSnapshot>): InstallSnapshot {
  return {
    kind: "installSnapshot",
    term: term(2),
    lastIncludedIndex: logIndex(5),
    lastIncludedTerm: term(1),
    offset: 0,
    total: 2,
    items: [],
    requests: [],
    round: ZERO,
    ...parts,
  };
}

describe("section 7: folding the log", { timeout: 60_000 }, () => {
  it("folds the older half once LOG_CAPACITY entries are there and applied, in memory and on disk", () => {
    const follower = aFollower({ id: r1, entries: fullLog().slice(0, -1), commitIndex: 0 });
    const last = anEntry(1, LOG_CAPACITY, { operation: put("last") });
    const request = append(1, [1, LOG_CAPACITY - 1], [last], { leaderCommit: logIndex(LOG_CAPACITY) });
    const { effects } = step(follower, received(r2, request), soon);
    expect(follower.log.snapshot).toMatchObject({ lastIncludedIndex: half, lastIncludedTerm: 1 });
    expect(follower.log.snapshot.items).toMatchObject([{ id: "busy", version: { term: 1, logIndex: half } }]);
    expect(follower.log.entries).toHaveLength(half);
    expect(follower.store.undo).toHaveLength(half);
    expect(persisted(effects)).toContainEqual({ kind: "snapshot", snapshot: follower.log.snapshot, keepTail: true });
    expect([...follower.store.items.keys()].sort()).toEqual(["busy", "last"]);
  });

  it("remembers the newest requests that it folded, so that a late retry is recognised", () => {
    const follower = aFollower({ id: r1, entries: fullLog(), commitIndex: 0 });
    const request = append(1, [1, LOG_CAPACITY], [], { leaderCommit: logIndex(LOG_CAPACITY) });
    step(follower, received(r2, request), soon);
    expect(follower.log.snapshot.requests).toHaveLength(512);
    expect(follower.requests.get(half)?.logIndex).toBe(half);
    expect(follower.requests.has(1)).toBe(false);
  });

  it("has no room for a write while nothing of a full log is applied, and says so", () => {
    const leader = aLeader({ id: r1, currentTerm: 2, entries: fullLog() });
    expect(answers(step(leader, received(c1, writeRequest(99_999)), soon).effects)).toEqual([{ kind: "logFull" }]);
  });

  // Synchronous with a dead replica: writes commit with a majority and wait for the last copy over the fold.
  it("acknowledges a write whose entry was folded while it waited for its last copy", () => {
    const leader = aLeader({ id: r1, currentTerm: 2, cluster: { mode: "synchronous" } });
    step(leader, received(c1, writeRequest(77_777)), soon);
    for (let index = 3; leader.log.snapshot.lastIncludedIndex === 0; index += 1) {
      step(leader, received(c1, writeRequest(index)), soon);
      step(leader, received(r2, accepted(2, index)), soon);
    }
    const { effects } = step(leader, received(r3, accepted(2, 2)), soon);
    expect(answers(effects)).toEqual([{ kind: "acknowledged", version: { term: 2, logIndex: 2 } }]);
  });
});

describe("section 7: a follower behind the log's beginning", () => {
  const snapshot = aSnapshot(1, 50, items(100, 1, 50));

  it("gets the snapshot in chunks, and then the entries behind it", () => {
    const leader = aLeader({ id: r1, replicas: 2, currentTerm: 3, snapshot, log: [2, 2], commitIndex: 52 });
    const follower = aFollower({ id: r2, replicas: 2, log: [1, 1] });
    const { effects } = step(leader, timerFired("heartbeat"), soon);
    const all = talk([leader, follower], leader, effects, soon);
    expect(sentOf(all, "installSnapshot").map((sent) => [sent.offset, sent.items.length, sent.total])).toEqual([
      [0, 48, 100],
      [48, 48, 100],
      [96, 4, 100],
    ]);
    expect(follower.log.snapshot).toMatchObject({ lastIncludedIndex: 50, lastIncludedTerm: 1 });
    expect(follower.store.digest).toEqual(leader.store.digest);
    expect(follower).toMatchObject({ lastApplied: 53, commitIndex: 53 });
    expect(termsOf(follower)).toEqual([2, 2, 3]);
    expect(leader.peers[0]).toMatchObject({ state: "replicate", matchIndex: 53 });
  });

  it("gets a lost chunk again with the next heartbeat", () => {
    const leader = aLeader({ id: r1, replicas: 2, currentTerm: 3, snapshot, log: [2, 2] });
    const follower = aFollower({ id: r2, replicas: 2 });
    const refused = step(leader, timerFired("heartbeat"), soon).effects;
    const [probe] = sentOf(refused, "appendEntries");
    if (probe === undefined) throw new Error("the leader sent no probe");
    const [reply] = sentOf(step(follower, received(r1, probe), soon).effects, "appendReply");
    if (reply === undefined) throw new Error("the follower did not answer");
    // The first chunk leaves and is lost.
    expect(sentOf(step(leader, received(r2, reply), soon).effects, "installSnapshot")).toHaveLength(1);
    talk([leader, follower], leader, step(leader, timerFired("heartbeat"), soon).effects, soon);
    expect(lastLogIndex(follower.log)).toBe(53);
  });

  it("begins again with a follower that lost its memory in the middle", () => {
    const leader = aLeader({ id: r1, replicas: 2, currentTerm: 3, snapshot, log: [2, 2] });
    const peer = leader.peers[0];
    if (peer === undefined) throw new Error("a leader has a record of its follower");
    peer.state = "snapshot";
    peer.transfer = { snapshot, received: 48 };
    const restarted = aFollower({ id: r2, replicas: 2, currentTerm: 3 });
    talk([leader, restarted], leader, step(leader, timerFired("heartbeat"), soon).effects, soon);
    expect(restarted.store.digest).toEqual(storeOf({ ...snapshot, items: [...leader.store.items.values()] }).digest);
    expect(lastLogIndex(restarted.log)).toBe(53);
  });
});

describe("section 7: installing", () => {
  it("takes chunks in order only, and a copy of one changes nothing", () => {
    const follower = aFollower({ id: r1 });
    const [first, second] = items(2, 1, 5);
    if (first === undefined || second === undefined) throw new Error("two items");
    const late = step(follower, received(r2, chunk({ offset: 1, items: [second] })), soon).effects;
    expect(sentOf(late, "snapshotReply")).toMatchObject([{ received: 0, installed: false }]);
    for (let copy = 0; copy < 2; copy += 1) step(follower, received(r2, chunk({ items: [first] })), soon);
    const done = step(follower, received(r2, chunk({ offset: 1, items: [second] })), soon).effects;
    expect(sentOf(done, "snapshotReply")).toMatchObject([{ received: 2, installed: true }]);
    expect(follower).toMatchObject({ commitIndex: 5, lastApplied: 5 });
    expect(follower.store.items.size).toBe(2);
  });

  // "If instead the follower receives a snapshot that describes a prefix of its log ... entries covered by the snapshot
  // are deleted but entries following the snapshot are still valid and must be retained."
  it("keeps the entries behind a snapshot that its log contains", () => {
    const follower = aFollower({ id: r1, log: [1, 1, 1, 1, 1, 2, 2], commitIndex: 3 });
    step(follower, received(r2, chunk({ items: items(2, 1, 5) })), soon);
    expect(follower.log.snapshot.lastIncludedIndex).toBe(5);
    expect(termsOf(follower)).toEqual([2, 2]);
  });

  it("leaves alone a log that has applied what the snapshot brings", () => {
    const follower = aFollower({ id: r1, log: [1, 1, 1, 1, 1, 1], commitIndex: 6 });
    const { effects } = step(follower, received(r2, chunk({ total: 0 })), soon);
    expect(follower).toMatchObject({ lastApplied: 6 });
    expect(persisted(effects)).toMatchObject([{ kind: "vote" }]);
  });
});

describe("a conflict below the log's beginning (asynchronous)", () => {
  it("is mended by the leader's whole snapshot, and counted as an undo", () => {
    const cluster = { mode: "asynchronous" } as const;
    const follower = aFollower({
      id: r2,
      replicas: 2,
      cluster,
      snapshot: aSnapshot(1, 5, items(3, 1, 5)),
      log: [1, 1],
      commitIndex: 7,
    });
    const leader = aLeader({ id: r1, replicas: 2, currentTerm: 3, log: [1, 2, 2, 2, 2, 2, 2, 2], cluster });
    const all = talk([leader, follower], leader, step(leader, timerFired("heartbeat"), soon).effects, soon);
    expect(reported(all)).toContainEqual({ kind: "snapshotInstalled", lastIncludedIndex: 9, items: 8, undone: 2 });
    expect(follower.store.digest).toEqual(leader.store.digest);
    expect(follower.lastApplied).toBe(9);
  });

  // The old leader had folded far more than the new one has: nothing of the two logs can be compared.
  it("is mended too where the leader's whole log is shorter than what the follower has folded", () => {
    const cluster = { mode: "asynchronous" } as const;
    const follower = aFollower({ id: r2, replicas: 2, cluster, snapshot: aSnapshot(1, 500, items(3, 1, 500)) });
    const leader = aLeader({ id: r1, replicas: 2, currentTerm: 3, log: [1, 2, 2], cluster });
    talk([leader, follower], leader, step(leader, timerFired("heartbeat"), soon).effects, soon);
    expect(follower.store.digest).toEqual(leader.store.digest);
    expect(follower).toMatchObject({ lastApplied: 4, commitIndex: 4 });
  });

  it("is none where a snapshot comes late: what is folded here is not taken away", () => {
    const follower = aFollower({ id: r2, snapshot: aSnapshot(1, 500, items(3, 1, 500)), log: [1], currentTerm: 2 });
    const late = chunk({ total: 1, items: items(1, 1, 5) });
    const { effects } = step(follower, received(r1, late), soon);
    expect(sentOf(effects, "snapshotReply")).toMatchObject([{ installed: false, behind: true, received: 0 }]);
    expect(lastLogIndex(follower.log)).toBe(501);
    // Nor where they parted once, and have agreed since.
    step(follower, received(r1, append(2, [1, 3])), soon);
    step(follower, received(r1, append(2, [1, 501])), soon);
    step(follower, received(r1, late), soon);
    expect(lastLogIndex(follower.log)).toBe(501);
    expect(persisted(effects)).toEqual([]);
  });

  it("is found anew by a follower that was started in the middle of its mending", () => {
    const cluster = { mode: "asynchronous" } as const;
    const leader = aLeader({ id: r1, replicas: 2, currentTerm: 3, log: [1, 2, 2], cluster });
    const peer = leader.peers[0];
    if (peer === undefined) throw new Error("a leader has a record of its follower");
    peer.state = "snapshot";
    peer.transfer = { snapshot: aSnapshot(1, 1, items(1, 1, 1)), received: 0 };
    const snapshot = aSnapshot(1, 500, items(3, 1, 500));
    const follower = aFollower({ id: r2, replicas: 2, cluster, snapshot, currentTerm: 3 });
    talk([leader, follower], leader, step(leader, timerFired("heartbeat"), soon).effects, soon);
    expect(follower.store.digest).toEqual(leader.store.digest);
    expect(follower).toMatchObject({ lastApplied: 4, commitIndex: 4 });
  });

  it("is none where the leader merely asked about what is folded: it goes forward", () => {
    const log = entriesOf([1, 1, 1, 1, 1, 1]);
    const leader = aLeader({ id: r1, replicas: 2, currentTerm: 3, entries: log });
    const follower = aFollower({ id: r2, replicas: 2, snapshot: aSnapshot(1, 4, items(4, 1, 4)), log: [1, 1] });
    const peer = leader.peers[0];
    if (peer === undefined) throw new Error("a leader has a record of its follower");
    peer.nextIndex = logIndex(2);
    const all = talk([leader, follower], leader, step(leader, timerFired("heartbeat"), soon).effects, soon);
    expect(sentOf(all, "installSnapshot")).toEqual([]);
    expect(lastLogIndex(follower.log)).toBe(7);
  });
});
