// Raft section 5.3 (log replication), figure 7, and the receiver's rules of figure 2.
import { describe, expect, it } from "vitest";
import { clientId, logIndex, replicaId } from "../../../src/base/ids.ts";
import { after, millis } from "../../../src/base/units.ts";
import { entryAt, lastLogIndex } from "../../../src/model/replica/log.ts";
import { step } from "../../../src/model/replica/step.ts";
import {
  accepted,
  aFollower,
  aLeader,
  anEntry,
  append,
  entriesOf,
  persisted,
  received,
  reported,
  sentMessages,
  sentOf,
  talk,
  termsOf,
  timerFired,
  writeRequest,
} from "../../support/replica.ts";

const [r1, r2, r3] = [replicaId(1), replicaId(2), replicaId(3)];
const c1 = clientId(1);
const soon = millis(1);

describe("5.3: the follower's consistency check", () => {
  // "If the follower does not find an entry in its log with the same index and term, then it refuses the new entries."
  it("refuses what does not follow its log, and says where to try next", () => {
    const short = aFollower({ id: r1, log: [1, 1] });
    const gap = step(short, received(r2, append(1, [1, 5], [anEntry(1, 6)])), soon).effects;
    expect(sentOf(gap, "appendReply")).toMatchObject([{ success: false, retryIndex: 3, rejectedIndex: 5 }]);
    const other = aFollower({ id: r1, log: [1, 2, 2, 2] });
    const conflict = step(other, received(r2, append(3, [3, 4], [anEntry(3, 5)])), soon).effects;
    expect(sentOf(conflict, "appendReply")).toMatchObject([{ success: false, retryIndex: 2, rejectedIndex: 4 }]);
    expect(termsOf(other)).toEqual([1, 2, 2, 2]);
  });

  // Figure 2: "Append any new entries not already in the log".
  it("appends what is new and answers how far it matches", () => {
    const follower = aFollower({ id: r1, log: [1] });
    const { effects } = step(follower, received(r2, append(1, [1, 1], entriesOf([1, 1], 2))), soon);
    expect(termsOf(follower)).toEqual([1, 1, 1]);
    expect(sentOf(effects, "appendReply")).toMatchObject([{ success: true, matchIndex: 3 }]);
  });

  it("has the entries on disk before it says so", () => {
    const { effects } = step(aFollower({ id: r1 }), received(r2, append(1, [0, 0], entriesOf([1]))), soon);
    const kinds = effects.filter(({ kind }) => kind !== "report").map(({ kind }) => kind);
    expect(kinds).toEqual(["persist", "persist", "send"]);
    expect(persisted(effects)).toMatchObject([{ kind: "vote", currentTerm: 1 }, { kind: "append" }]);
  });

  // Figure 2: "If an existing entry conflicts with a new one (same index but different terms), delete the existing entry
  // and all that follow it".
  it("removes a conflicting entry with all that follow, on disk too, and reports it", () => {
    const follower = aFollower({ id: r1, log: [1, 2, 2, 2] });
    const { effects } = step(follower, received(r2, append(3, [1, 1], [anEntry(3, 2)])), soon);
    expect(termsOf(follower)).toEqual([1, 3]);
    expect(persisted(effects)).toMatchObject([{ kind: "vote" }, { kind: "truncate", from: 2 }, { kind: "append" }]);
    expect(reported(effects)).toContainEqual({ kind: "rolledBack", term: 3, from: 2, to: 4, undone: 0 });
  });

  // A delayed message must not shorten the log: only a conflict removes entries.
  it("removes nothing for a message that it has had before", () => {
    const follower = aFollower({ id: r1, log: [1, 1, 1, 1] });
    const { effects } = step(follower, received(r2, append(1, [1, 1], entriesOf([1], 2))), soon);
    expect(termsOf(follower)).toEqual([1, 1, 1, 1]);
    expect(sentOf(effects, "appendReply")).toMatchObject([{ success: true, matchIndex: 2 }]);
    expect(persisted(effects)).toEqual([]);
  });

  // Figure 2: "If leaderCommit > commitIndex, set commitIndex = min(leaderCommit, index of last new entry)".
  it("commits only as far as the message has shown the logs to agree", () => {
    const follower = aFollower({ id: r1, log: [1, 1, 1, 2, 2] });
    step(follower, received(r2, append(3, [1, 3], [], { leaderCommit: logIndex(5) })), soon);
    expect(follower).toMatchObject({ commitIndex: 3, lastApplied: 3 });
    expect([...follower.store.items.keys()]).toEqual(["x1", "x2", "x3"]);
  });

  it("with the check off takes entries wherever they land", () => {
    const follower = aFollower({ id: r1, log: [1, 2, 2], rules: { logConsistencyCheck: false } });
    step(follower, received(r2, append(3, [3, 2], [anEntry(3, 3)])), soon);
    expect(termsOf(follower)).toEqual([1, 2, 3]);
  });
});

describe("figure 7: logs that may occur when the leader of term 8 comes to power", () => {
  const leaderLog = [1, 1, 1, 4, 4, 5, 5, 6, 6, 6];
  it.each([
    { name: "a", log: [1, 1, 1, 4, 4, 5, 5, 6, 6], why: "misses one entry" },
    { name: "b", log: [1, 1, 1, 4], why: "misses many" },
    { name: "c", log: [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6], why: "has one too many" },
    { name: "d", log: [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7], why: "has entries of term 7 too many" },
    { name: "e", log: [1, 1, 1, 4, 4, 4, 4], why: "misses some, has others" },
    { name: "f", log: [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3], why: "has two whole terms that nobody knows" },
  ])("follower ($name) $why, and is brought in line", ({ log }) => {
    const leader = aLeader({ id: r1, currentTerm: 8, log: leaderLog });
    const follower = aFollower({ id: r2, currentTerm: 7, log });
    const at = leader.heartbeatAt;
    const { effects } = step(leader, timerFired("heartbeat"), at);
    talk([leader, follower], leader, effects, at);
    expect(termsOf(follower)).toEqual([...leaderLog, 8]);
    expect(follower.log.entries).toEqual(leader.log.entries);
    expect(leader.peers[0]).toMatchObject({ state: "replicate", matchIndex: 11, nextIndex: 12 });
  });

  // "To bring a follower's log into consistency ... the leader must find the latest log entry where the two logs agree":
  // with the optimisation of 5.3 one refusal a term, not one an entry.
  it("needs one refusal for each term that conflicts", () => {
    const leader = aLeader({ id: r1, currentTerm: 8, log: leaderLog });
    const follower = aFollower({ id: r2, currentTerm: 7, log: [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3] });
    const { effects } = step(leader, timerFired("heartbeat"), leader.heartbeatAt);
    const all = talk([leader, follower], leader, effects, leader.heartbeatAt);
    expect(sentOf(all, "appendReply").filter(({ success }) => !success)).toHaveLength(2);
  });
});

describe("5.3: the leader's side", () => {
  // "nextIndex ... initialized to leader last log index + 1" (figure 2), before its own no-op.
  it("begins by assuming that followers have what it has, and probes", () => {
    const leader = aLeader({ id: r1, currentTerm: 3, log: [1, 2] });
    expect(leader.peers).toMatchObject([
      { id: r2, nextIndex: 3, matchIndex: 0, state: "probe" },
      { id: r3, nextIndex: 3, matchIndex: 0, state: "probe" },
    ]);
  });

  it("pipelines writes to a follower that is in step, and holds them back from one that it probes", () => {
    const leader = aLeader({ id: r1, currentTerm: 1 });
    step(leader, received(r2, accepted(1, 1)), soon);
    const { effects } = step(leader, received(c1, writeRequest(7)), soon);
    expect(sentMessages(effects).map(({ to }) => to)).toEqual([r2]);
    expect(leader.peers[0]).toMatchObject({ nextIndex: 3, matchIndex: 1 });
  });

  it("goes back to probing a follower that was silent for an election timeout", () => {
    const leader = aLeader({ id: r1, currentTerm: 1 });
    step(leader, received(r2, accepted(1, 1)), soon);
    step(leader, received(c1, writeRequest(7)), soon);
    step(leader, timerFired("heartbeat"), after(soon, millis(301)));
    expect(leader.peers[0]).toMatchObject({ state: "probe", nextIndex: 2, matchIndex: 1 });
  });

  it("does not go back for a refusal that is older than what it knows to match", () => {
    const leader = aLeader({ id: r1, currentTerm: 1 });
    const refusal = { ...accepted(1, 0), success: false, retryIndex: logIndex(1), rejectedIndex: logIndex(1) };
    step(leader, received(r2, accepted(1, 1)), soon);
    step(leader, received(r2, refusal), soon);
    expect(leader.peers[0]).toMatchObject({ state: "replicate", matchIndex: 1 });
  });

  it("goes back for a refusal of a later round than any acceptance: the follower has lost what it had", () => {
    const leader = aLeader({ id: r1, currentTerm: 1 });
    const follower = aFollower({ id: r2 });
    talk([leader, follower], leader, step(leader, timerFired("heartbeat"), soon).effects, soon);
    step(leader, received(c1, writeRequest(7)), soon);
    step(leader, received(r2, accepted(1, 2, soon)), soon);
    const forgetful = aFollower({ id: r2, currentTerm: 1 });
    talk([leader, forgetful], leader, step(leader, timerFired("heartbeat"), millis(60)).effects, millis(60));
    expect(forgetful.log.entries).toEqual(leader.log.entries);
    expect(leader.peers[0]).toMatchObject({ state: "replicate", matchIndex: 2 });
  });

  it("is not answered where it only tells of a new commit index, unless that does not fit", () => {
    const follower = aFollower({ id: r2, log: [1, 1], currentTerm: 1 });
    const notice = { notice: true, leaderCommit: logIndex(2) } as const;
    expect(step(follower, received(r1, append(1, [1, 2], [], notice)), soon).effects).toMatchObject([
      { kind: "report", event: { kind: "leaderHeard" } },
    ]);
    expect(follower.lastApplied).toBe(2);
    const { effects } = step(follower, received(r1, append(1, [1, 3], [], notice)), soon);
    expect(sentOf(effects, "appendReply")).toMatchObject([{ success: false, rejectedIndex: 3 }]);
  });

  it("repairs a gap that a lost message left, with the next heartbeat", () => {
    const leader = aLeader({ id: r1, currentTerm: 1 });
    const follower = aFollower({ id: r2 });
    talk([leader, follower], leader, step(leader, timerFired("heartbeat"), soon).effects, soon);
    // The write is sent and lost.
    step(leader, received(c1, writeRequest(7)), soon);
    expect(lastLogIndex(follower.log)).toBe(1);
    talk([leader, follower], leader, step(leader, timerFired("heartbeat"), millis(60)).effects, millis(60));
    expect(follower.log.entries).toEqual(leader.log.entries);
  });

  it("tells followers of a new commit index at once, not with the next heartbeat", () => {
    const leader = aLeader({ id: r1, currentTerm: 1 });
    const followers = [aFollower({ id: r2 }), aFollower({ id: r3 })];
    const all = [leader, ...followers];
    talk(all, leader, step(leader, timerFired("heartbeat"), soon).effects, soon);
    talk(all, leader, step(leader, received(c1, writeRequest(7)), soon).effects, soon);
    expect(all.map(({ lastApplied }) => lastApplied)).toEqual([2, 2, 2]);
    expect(followers.map(({ log }) => entryAt(log, 2)?.requestId)).toEqual([7, 7]);
  });
});
