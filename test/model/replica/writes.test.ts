// Raft section 8: clients send to the leader; a request that the log knows already is not executed twice.
import { describe, expect, it } from "vitest";
import { clientId, logIndex, replicaId, term } from "../../../src/base/ids.ts";
import { millis } from "../../../src/base/units.ts";
import type { Snapshot } from "../../../src/model/protocol/log.ts";
import { lastLogIndex } from "../../../src/model/replica/log.ts";
import { step } from "../../../src/model/replica/step.ts";
import {
  accepted,
  aFollower,
  aLeader,
  anEntry,
  answers,
  append,
  aSnapshot,
  received,
  reported,
  writeRequest,
} from "../../support/replica.ts";

const [r1, r2] = [replicaId(1), replicaId(2)];
const [c1, c2] = [clientId(1), clientId(2)];
const soon = millis(1);

describe("section 8: who takes a write", () => {
  // "If the client's first choice is not the leader, that server will reject the client's request and supply information
  // about the most recent leader it has heard from."
  it("a follower refuses, and names the leader it hears", () => {
    const follower = aFollower({ id: r1 });
    step(follower, received(r2, append(1, [0, 0])), soon);
    const { effects } = step(follower, received(c1, writeRequest(7)), soon);
    expect(answers(effects)).toEqual([{ kind: "notLeader", leader: r2 }]);
    expect(reported(effects)).toEqual([{ kind: "writeRefused", requestId: 7, leader: r2 }]);
    expect(lastLogIndex(follower.log)).toBe(0);
  });

  it("names nobody while nobody is known", () => {
    const { effects } = step(aFollower({ id: r1 }), received(c1, writeRequest(7)), soon);
    expect(answers(effects)).toEqual([{ kind: "notLeader", leader: undefined }]);
  });
});

describe("section 8: a retry under the same request id", () => {
  // "The state machine tracks the latest serial number processed for each client ... If it receives a command whose
  // serial number has already been executed, it responds immediately without re-executing the request."
  it("is acknowledged with the version of the entry that is there", () => {
    const leader = aLeader({ id: r1, currentTerm: 1 });
    step(leader, received(c1, writeRequest(7)), soon);
    step(leader, received(r2, accepted(1, 2)), soon);
    const { effects } = step(leader, received(c1, writeRequest(7)), soon);
    expect(answers(effects)).toMatchObject([{ kind: "acknowledged", version: { term: 1, logIndex: 2 } }]);
    expect(lastLogIndex(leader.log)).toBe(2);
  });

  it("waits with the entry while that is not committed, and both places in the order are kept", () => {
    const leader = aLeader({ id: r1, currentTerm: 1 });
    for (const request of [7, 8]) step(leader, received(c1, writeRequest(request)), soon);
    leader.writers.clear();
    step(leader, received(c2, writeRequest(8)), soon);
    step(leader, received(c1, writeRequest(7)), soon);
    const { effects } = step(leader, received(r2, accepted(1, 3)), soon);
    expect(answers(effects)).toMatchObject([{ version: { logIndex: 2 } }, { version: { logIndex: 3 } }]);
  });

  it("is recognised by a later leader that has the entry", () => {
    const entries = [anEntry(1, 1, { requestId: 7 })];
    const leader = aLeader({ id: r1, currentTerm: 2, entries });
    step(leader, received(r2, accepted(2, 2)), soon);
    expect(answers(step(leader, received(c1, writeRequest(7)), soon).effects)).toMatchObject([
      { version: { term: 1, logIndex: 1 } },
    ]);
  });

  it("is recognised when the entry is folded", () => {
    const snapshot: Snapshot = { ...aSnapshot(1, 9), requests: [[7, { term: term(1), logIndex: logIndex(4) }]] };
    const leader = aLeader({ id: r1, currentTerm: 2, snapshot });
    expect(answers(step(leader, received(c1, writeRequest(7)), soon).effects)).toMatchObject([
      { kind: "acknowledged", version: { term: 1, logIndex: 4 } },
    ]);
    expect(lastLogIndex(leader.log)).toBe(10);
  });

  it("is a new write where the entry was rolled back", () => {
    const replica = aFollower({ id: r1, entries: [anEntry(1, 1, { requestId: 7 })] });
    step(replica, received(r2, append(2, [0, 0], [anEntry(2, 1)])), soon);
    expect(replica.requests.has(7)).toBe(false);
  });
});
