// Raft section 8 (client interaction), thesis 6.4 (read index), and the read policies of our own.
import { describe, expect, it } from "vitest";
import { clientId, logIndex, replicaId, term } from "../../../src/base/ids.ts";
import { after, millis, seconds } from "../../../src/base/units.ts";
import type { ReadPolicy } from "../../../src/model/protocol/config.ts";
import type { Version } from "../../../src/model/protocol/item.ts";
import type { Message, ProbeResult } from "../../../src/model/protocol/messages.ts";
import { step } from "../../../src/model/replica/step.ts";
import {
  accepted,
  aFollower,
  aLeader,
  anEntry,
  answers,
  append,
  received,
  sentOf,
  timerFired,
} from "../../support/replica.ts";

const [r1, r2, r3] = [replicaId(1), replicaId(2), replicaId(3)];
const c1 = clientId(1);
const soon = millis(1);

function version(ofTerm: number, index: number): Version {
  return { term: term(ofTerm), logIndex: logIndex(index) };
}

function read(policy: ReadPolicy, atLeast = version(0, 0), id = "x1"): Message {
  return { kind: "readRequest", requestId: 5, question: { kind: "get", id }, policy, atLeast };
}

describe("any replica", () => {
  it("answers at once from what it has applied, and says how far that is", () => {
    const follower = aFollower({ id: r1, log: [1, 1], commitIndex: 1 });
    const { effects } = step(follower, received(c1, read("any")), soon);
    expect(answers(effects)).toMatchObject([
      { kind: "answered", answer: { item: { id: "x1" } }, appliedTo: version(1, 1), answeredBy: r1 },
    ]);
  });

  it("answers a search with the nearest it has", () => {
    const follower = aFollower({ id: r1, log: [1, 1], commitIndex: 2 });
    const query = follower.log.entries[0]?.operation;
    if (query?.kind !== "put") throw new Error("the first entry puts an item");
    const question = { kind: "search", query: query.embedding, k: 1 } as const;
    const asked: Message = { kind: "readRequest", requestId: 5, question, policy: "any", atLeast: version(0, 0) };
    expect(answers(step(follower, received(c1, asked), soon).effects)).toMatchObject([
      { answer: { kind: "neighbours", neighbours: [{ id: "x1" }] } },
    ]);
  });
});

describe("session", () => {
  it("waits until the client's last write is applied", () => {
    const follower = aFollower({ id: r1, log: [1, 1], commitIndex: 1 });
    expect(answers(step(follower, received(c1, read("session", version(1, 2))), soon).effects)).toEqual([]);
    const { effects } = step(follower, received(r2, append(1, [1, 2], [], { leaderCommit: logIndex(2) })), soon);
    expect(answers(effects)).toMatchObject([{ kind: "answered", appliedTo: version(1, 2) }]);
    expect(follower.waitingReads).toEqual([]);
  });
});

describe("bounded staleness", () => {
  it("is answered only while the leader was heard within the bound, with all it had committed", () => {
    const follower = aFollower({ id: r1 });
    step(follower, received(r2, append(1, [0, 0], [], { freshAt: seconds(1) })), seconds(1));
    expect(answers(step(follower, received(c1, read("bounded")), millis(1_500)).effects)).toHaveLength(1);
    expect(answers(step(follower, received(c1, read("bounded")), millis(1_501)).effects)).toEqual([]);
    // The next heartbeat frees it.
    const { effects } = step(follower, received(r2, append(1, [0, 0], [], { freshAt: millis(1_590) })), millis(1_600));
    expect(answers(effects)).toHaveLength(1);
  });

  it("does not count a message of a leader that had committed more than is applied here", () => {
    const follower = aFollower({ id: r1 });
    const ahead = append(1, [0, 0], [], { freshAt: seconds(1), leaderCommit: logIndex(3) });
    step(follower, received(r2, ahead), seconds(1));
    expect(answers(step(follower, received(c1, read("bounded")), seconds(1)).effects)).toEqual([]);
  });
});

describe("bounded staleness, the leader's side", () => {
  it("answers itself only within the bound of when a majority last followed it", () => {
    const leader = aLeader({ id: r1, currentTerm: 1 });
    step(leader, received(r2, accepted(1, 1, seconds(1))), millis(1_020));
    expect(answers(step(leader, received(c1, read("bounded")), millis(1_500)).effects)).toHaveLength(1);
    expect(answers(step(leader, received(c1, read("bounded")), millis(1_501)).effects)).toEqual([]);
  });

  it("tells its followers when that was, and nothing before its no-op is committed", () => {
    const leader = aLeader({ id: r1, currentTerm: 3, log: [1] });
    step(leader, received(r2, accepted(3, 1, seconds(1))), millis(1_020));
    const before = step(leader, timerFired("heartbeat"), millis(1_050)).effects;
    expect(sentOf(before, "appendEntries").map(({ freshAt }) => freshAt)).toEqual([0, 0]);
    step(leader, received(r2, accepted(3, 2, millis(1_050))), millis(1_070));
    const behind = step(leader, timerFired("heartbeat"), millis(1_100)).effects;
    expect(sentOf(behind, "appendEntries").map(({ freshAt }) => freshAt)).toEqual([millis(1_050), millis(1_050)]);
  });
});

describe("leader", () => {
  it("is refused by everybody else, with the leader's name", () => {
    const follower = aFollower({ id: r1 });
    step(follower, received(r2, append(1, [0, 0])), soon);
    for (const policy of ["leader", "linearizable"] as const) {
      expect(answers(step(follower, received(c1, read(policy)), soon).effects)).toEqual([
        { kind: "notLeader", leader: r2 },
      ]);
    }
  });
});

describe("linearizable: section 8 and thesis 6.4", () => {
  // "a leader must check whether it has been deposed before processing a read-only request ... by having the leader
  // exchange heartbeat messages with a majority of the cluster before responding".
  it("waits for a round of heartbeats that began after it was asked", () => {
    const leader = aLeader({ id: r1, currentTerm: 1 });
    step(leader, received(r2, accepted(1, 1)), soon);
    const asked = step(leader, received(c1, read("linearizable")), seconds(1)).effects;
    expect(sentOf(asked, "appendEntries").map(({ round }) => round)).toEqual([seconds(1), seconds(1)]);
    expect(answers(asked)).toEqual([]);
    // An answer to an earlier round proves nothing.
    const earlierRound = accepted(1, 1, millis(999));
    expect(answers(step(leader, received(r3, earlierRound), millis(1_010)).effects)).toEqual([]);
    const thisRound = accepted(1, 1, seconds(1));
    expect(answers(step(leader, received(r2, thisRound), millis(1_020)).effects)).toHaveLength(1);
  });

  // "it must have the latest information on which entries are committed ... each leader commits a no-op at the start".
  it("waits until the no-op of the leader's term is committed", () => {
    const leader = aLeader({ id: r1, currentTerm: 3, log: [1, 2] });
    step(leader, received(c1, read("linearizable")), seconds(1));
    // Leadership is confirmed; what earlier leaders committed is not known yet.
    const confirms = accepted(3, 2, seconds(1));
    expect(answers(step(leader, received(r2, confirms), millis(1_010)).effects)).toEqual([]);
    const commits = accepted(3, 3, seconds(1));
    expect(answers(step(leader, received(r2, commits), millis(1_020)).effects)).toMatchObject([
      { appliedTo: version(3, 3) },
    ]);
  });

  it("a deposed leader sends the client on instead of answering", () => {
    const leader = aLeader({ id: r1, currentTerm: 1 });
    step(leader, received(r2, accepted(1, 1)), soon);
    step(leader, received(c1, read("linearizable")), soon);
    const { effects } = step(leader, received(r3, append(2, [1, 1], [anEntry(2, 2)])), soon);
    expect(answers(effects)).toEqual([{ kind: "notLeader", leader: r3 }]);
  });

  it("with `readConfirmation` off a deposed leader that does not know answers from the past", () => {
    const leader = aLeader({ id: r1, currentTerm: 1, rules: { readConfirmation: false } });
    step(leader, received(r2, accepted(1, 1)), soon);
    const { effects } = step(leader, received(c1, read("linearizable")), seconds(60));
    expect(answers(effects)).toMatchObject([{ kind: "answered", appliedTo: version(1, 1) }]);
    expect(sentOf(effects, "appendEntries")).toEqual([]);
  });
});

describe("quorum R", () => {
  function result(logEnd: Version, applied: Version): ProbeResult {
    return { logEnd, applied, answer: { kind: "item", item: undefined } };
  }

  function reply(readId: number, probed: ProbeResult): Message {
    return { kind: "readProbeReply", readId, result: probed };
  }

  function askedReplica(rules = {}, readQuorum = 2) {
    const replica = aFollower({ id: r1, log: [1, 1], commitIndex: 1, rules, cluster: { readQuorum } });
    const { effects } = step(replica, received(c1, read("quorum")), soon);
    const [probe] = sentOf(effects, "readProbe");
    return { replica, effects, readId: probe?.readId ?? -1 };
  }

  it("asks all others, and answers when the first R agree that nothing is missing", () => {
    const { replica, effects, readId } = askedReplica();
    expect(sentOf(effects, "readProbe")).toHaveLength(2);
    expect(answers(effects)).toEqual([]);
    const done = step(replica, received(r2, reply(readId, result(version(1, 2), version(1, 2)))), soon).effects;
    expect(answers(done)).toMatchObject([{ kind: "answered", appliedTo: version(1, 2), answeredBy: r2 }]);
    // The third comes too late, and is ignored.
    expect(step(replica, received(r3, reply(readId, result(version(9, 9), version(9, 9)))), soon).effects).toEqual([]);
  });

  it("waits until one of the R has applied the highest end of log among them", () => {
    const { replica, readId } = askedReplica();
    const heard = step(replica, received(r2, reply(readId, result(version(1, 1), version(1, 1)))), soon).effects;
    expect(answers(heard)).toEqual([]);
    expect(sentOf(heard, "readWait")).toMatchObject([{ readId, target: version(1, 2) }]);
    const { effects } = step(replica, received(r2, append(1, [1, 2], [], { leaderCommit: logIndex(2) })), soon);
    expect(answers(effects)).toMatchObject([{ appliedTo: version(1, 2), answeredBy: r1 }]);
    // The other's answer finds nothing to answer any more.
    const late: Message = {
      kind: "readWaitReply",
      readId,
      applied: version(1, 2),
      answer: { kind: "item", item: undefined },
    };
    expect(answers(step(replica, received(r2, late), soon).effects)).toEqual([]);
  });

  it("with `quorumReadWaits` off answers from the furthest at once", () => {
    const { replica, readId } = askedReplica({ quorumReadWaits: false });
    const { effects } = step(replica, received(r2, reply(readId, result(version(1, 1), version(1, 1)))), soon);
    expect(answers(effects)).toMatchObject([{ appliedTo: version(1, 1) }]);
  });

  it("a replica that is asked to wait answers the coordinator once it has applied the target", () => {
    const asked = aFollower({ id: r2, log: [1, 1], commitIndex: 1 });
    const question = { kind: "get", id: "x2" } as const;
    const wait: Message = { kind: "readWait", readId: 3, question, target: version(1, 2) };
    expect(step(asked, received(r1, wait), soon).effects).toEqual([]);
    const { effects } = step(asked, received(r3, append(1, [1, 2], [], { leaderCommit: logIndex(2) })), soon);
    expect(sentOf(effects, "readWaitReply")).toMatchObject([
      { readId: 3, applied: version(1, 2), answer: { item: { id: "x2" } } },
    ]);
  });

  it("goes by the R that it was asked with, though R is changed under way", () => {
    const { replica, readId } = askedReplica({}, 3);
    step(replica, received(r2, reply(readId, result(version(1, 2), version(1, 2)))), soon);
    step(replica, { kind: "configure", config: { ...replica.config, readQuorum: 2 } }, soon);
    const { effects } = step(replica, received(r3, reply(readId, result(version(1, 2), version(1, 2)))), soon);
    expect(answers(effects)).toHaveLength(1);
  });

  it("takes no answer to what a former life of the replica asked", () => {
    const { readId } = askedReplica();
    const restarted = aFollower({ id: r1, log: [1, 1], commitIndex: 1, at: millis(5) });
    step(restarted, received(c1, read("quorum", version(0, 0), "other")), millis(5));
    const old = reply(readId, result(version(1, 2), version(1, 2)));
    expect(step(restarted, received(r2, old), millis(6)).effects).toEqual([]);
  });
});

describe("bounds", () => {
  it("a replica keeps 1,024 reads waiting, and says when it drops one", () => {
    const follower = aFollower({ id: r1 });
    for (let asked = 0; asked < 1_024; asked += 1) step(follower, received(c1, read("session", version(5, 5))), soon);
    const { effects } = step(follower, received(c1, read("session", version(5, 5))), soon);
    expect(follower.waitingReads).toHaveLength(1_024);
    expect(effects).toEqual([{ kind: "report", event: { kind: "readsFull" } }]);
  });

  it("reads never keep a leader from its heartbeats", () => {
    const leader = aLeader({ id: r1, currentTerm: 1 });
    step(leader, received(c1, read("session", version(5, 5))), soon);
    const { effects } = step(leader, timerFired("heartbeat"), after(leader.heartbeatAt, soon));
    expect(sentOf(effects, "appendEntries")).toHaveLength(2);
  });
});
