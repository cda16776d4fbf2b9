// Raft section 5.4.2 and figure 8 (committing entries from previous terms), and the dial: an entry commits and is
// applied at min(requiredCopies, majority) copies, and is acknowledged once it is committed and at requiredCopies.
import { describe, expect, it } from "vitest";
import { clientId, replicaId } from "../../../src/base/ids.ts";
import { after, millis, seconds } from "../../../src/base/units.ts";
import type { ClusterConfig } from "../../../src/model/protocol/config.ts";
import type { ReplicaState } from "../../../src/model/replica/state.ts";
import { step } from "../../../src/model/replica/step.ts";
import {
  accepted,
  aFollower,
  aLeader,
  anEntry,
  answers,
  append,
  persisted,
  received,
  reported,
  timerFired,
  writeRequest,
} from "../../support/replica.ts";

const [r1, r2, r3, r4, r5] = [replicaId(1), replicaId(2), replicaId(3), replicaId(4), replicaId(5)];
const c1 = clientId(1);
const soon = millis(1);

/** A leader of five whose no-op everybody has, so that the next write is entry 2. */
function aLeaderOfFive(cluster: Partial<ClusterConfig>): ReplicaState {
  const leader = aLeader({ id: r1, replicas: 5, currentTerm: 1, cluster });
  for (const id of [r2, r3, r4, r5]) step(leader, received(id, accepted(1, 1)), soon);
  return leader;
}

/** For one write: after how many copies it was applied, and after how many acknowledged. */
function dial(cluster: Partial<ClusterConfig>): { readonly appliedAt: number; readonly acknowledgedAt: number } {
  const leader = aLeaderOfFive(cluster);
  let appliedAt = 0;
  let acknowledgedAt = 0;
  const note = (copies: number, acknowledged: boolean) => {
    if (appliedAt === 0 && leader.lastApplied === 2) appliedAt = copies;
    if (acknowledgedAt === 0 && acknowledged) acknowledgedAt = copies;
  };
  note(1, answers(step(leader, received(c1, writeRequest(7)), soon).effects).length > 0);
  for (const [at, id] of [r2, r3, r4, r5].entries()) {
    note(at + 2, answers(step(leader, received(id, accepted(1, 2)), soon).effects).length > 0);
  }
  return { appliedAt, acknowledgedAt };
}

describe("the dial: copies that a write waits for, of five replicas", () => {
  it.each([
    { cluster: { mode: "asynchronous" }, appliedAt: 1, acknowledgedAt: 1 },
    { cluster: { mode: "quorum", writeQuorum: 1 }, appliedAt: 1, acknowledgedAt: 1 },
    { cluster: { mode: "quorum", writeQuorum: 2 }, appliedAt: 2, acknowledgedAt: 2 },
    { cluster: { mode: "quorum", writeQuorum: 3 }, appliedAt: 3, acknowledgedAt: 3 },
    { cluster: { mode: "quorum", writeQuorum: 4 }, appliedAt: 3, acknowledgedAt: 4 },
    { cluster: { mode: "quorum", writeQuorum: 5 }, appliedAt: 3, acknowledgedAt: 5 },
    { cluster: { mode: "synchronous" }, appliedAt: 3, acknowledgedAt: 5 },
  ] as const)("$cluster: applied at $appliedAt, acknowledged at $acknowledgedAt", (row) => {
    const { cluster, ...expected } = row;
    expect(dial(cluster)).toEqual(expected);
  });

  it("the leader has the entry on disk before it acknowledges its only copy", () => {
    const leader = aLeaderOfFive({ mode: "asynchronous" });
    const { effects } = step(leader, received(c1, writeRequest(7)), soon);
    const answered = effects.findIndex((effect) => effect.kind === "send" && effect.to === c1);
    expect(persisted(effects.slice(0, answered))).toMatchObject([{ kind: "append", entries: [{ index: 2 }] }]);
  });

  it("one acknowledgement of a copy may be for many entries", () => {
    const leader = aLeaderOfFive({ mode: "quorum", writeQuorum: 3 });
    for (const request of [7, 8, 9]) step(leader, received(c1, writeRequest(request)), soon);
    step(leader, received(r2, accepted(1, 4)), soon);
    const { effects } = step(leader, received(r3, accepted(1, 4)), soon);
    expect(answers(effects)).toMatchObject([
      { kind: "acknowledged", version: { logIndex: 2 } },
      { kind: "acknowledged", version: { logIndex: 3 } },
      { kind: "acknowledged", version: { logIndex: 4 } },
    ]);
  });

  it("pending writes are judged by a new configuration from the instant that it comes", () => {
    const leader = aLeaderOfFive({ mode: "synchronous" });
    step(leader, received(c1, writeRequest(7)), soon);
    const config = { ...leader.config, mode: "asynchronous" } as const;
    const { effects } = step(leader, { kind: "configure", config }, soon);
    expect(answers(effects)).toMatchObject([{ kind: "acknowledged", version: { term: 1, logIndex: 2 } }]);
  });

  it("a deposed leader acknowledges nothing any more", () => {
    const leader = aLeaderOfFive({ mode: "quorum" });
    step(leader, received(c1, writeRequest(7)), soon);
    step(leader, received(r2, append(2, [1, 1], [anEntry(2, 2)])), soon);
    expect(leader.writers.size).toBe(0);
    expect(answers(step(leader, received(r3, accepted(1, 2)), soon).effects)).toEqual([]);
  });
});

describe("synchronous that may degrade, a switch", () => {
  const cluster = { mode: "synchronous", synchronousDegrades: true } as const;

  it("goes on with one copy while somebody is silent, and says so", () => {
    const leader = aLeaderOfFive(cluster);
    const at = after(soon, millis(301));
    for (const id of [r2, r3, r4]) step(leader, received(id, accepted(1, 1)), at);
    expect(reported(step(leader, timerFired("heartbeat"), at).effects)).toEqual([]);
    expect(leader.degraded).toBe(true);
    expect(answers(step(leader, received(c1, writeRequest(7)), at).effects)).toHaveLength(1);
  });

  it("comes back once everybody has everything", () => {
    const leader = aLeaderOfFive(cluster);
    const at = seconds(1);
    step(leader, timerFired("heartbeat"), at);
    step(leader, received(c1, writeRequest(7)), at);
    for (const id of [r2, r3, r4]) step(leader, received(id, accepted(1, 2)), at);
    expect(leader.degraded).toBe(true);
    const { effects } = step(leader, received(r5, accepted(1, 2)), at);
    expect(reported(effects)).toContainEqual({ kind: "degraded", on: false });
    expect(answers(step(leader, received(c1, writeRequest(8)), at).effects)).toEqual([]);
  });
});

describe("5.4.2: entries of earlier terms", () => {
  // "Raft never commits log entries from previous terms by counting replicas. Only log entries from the leader's current
  // term are committed by counting replicas".
  it("are not committed by counting", () => {
    const leader = aLeader({ id: r1, replicas: 5, currentTerm: 4, log: [1, 2] });
    for (const id of [r2, r3]) step(leader, received(id, accepted(4, 2)), soon);
    expect(leader.commitIndex).toBe(0);
  });

  // "once an entry from the current term has been committed in this way, then all prior entries are committed indirectly".
  it("commit along with one of the current term", () => {
    const leader = aLeader({ id: r1, replicas: 5, currentTerm: 4, log: [1, 2] });
    for (const id of [r2, r3]) step(leader, received(id, accepted(4, 3)), soon);
    expect(leader).toMatchObject({ commitIndex: 3, lastApplied: 3 });
  });

  it("with `commitCurrentTermOnly` off are committed by counting", () => {
    const rules = { commitCurrentTermOnly: false };
    const leader = aLeader({ id: r1, replicas: 5, currentTerm: 4, log: [1, 2], rules });
    for (const id of [r2, r3]) step(leader, received(id, accepted(4, 2)), soon);
    expect(leader.commitIndex).toBe(2);
  });
});

describe("undoing, below a majority", () => {
  it("commit index and applied index fall with the entries, and the store with them", () => {
    const follower = aFollower({ id: r1, log: [1, 1, 1], commitIndex: 3 });
    const { effects } = step(follower, received(r2, append(2, [1, 1], [anEntry(2, 2)])), soon);
    expect(follower).toMatchObject({ commitIndex: 1, lastApplied: 1 });
    expect([...follower.store.items.keys()]).toEqual(["x1"]);
    expect(reported(effects)).toContainEqual({ kind: "rolledBack", term: 2, from: 2, to: 3, undone: 2 });
  });
});
