// Raft section 5.2 (leader election), 5.1 (terms) and 5.4.1 (election restriction); thesis 4.2.3, 6.2 and 9.6.
import { describe, expect, it } from "vitest";
import { replicaId } from "../../../src/base/ids.ts";
import { after, millis } from "../../../src/base/units.ts";
import { step } from "../../../src/model/replica/step.ts";
import { nextTimerAt } from "../../../src/model/replica/timers.ts";
import {
  aCandidate,
  accepted,
  aFollower,
  aLeader,
  append,
  persisted,
  received,
  reported,
  requestVote,
  sentMessages,
  sentOf,
  termsOf,
  timerFired,
  voteGranted,
} from "../../support/replica.ts";

const [r1, r2, r3, r4] = [replicaId(1), replicaId(2), replicaId(3), replicaId(4)];
const soon = millis(1);

describe("5.2: beginning an election", () => {
  // "If a follower receives no communication over a period of time called the election timeout, then it assumes there
  // is no viable leader and begins an election": it increments its term, votes for itself, asks every other server.
  it("campaigns in the next term when its election deadline passes", () => {
    const follower = aFollower({ id: r1, currentTerm: 4, log: [1, 4] });
    const { state, effects } = step(follower, timerFired("election"), follower.electionDeadline);
    expect(state).toMatchObject({ role: "candidate", currentTerm: 5, votedFor: r1, votes: [r1] });
    const asked = requestVote(5, 4, 2);
    expect(sentMessages(effects)).toEqual([
      { to: r2, message: asked },
      { to: r3, message: asked },
    ]);
  });

  // "Raft uses randomized election timeouts ... chosen randomly from a fixed interval".
  it("draws its timeouts from the configured interval, anew each time", () => {
    const drawn = new Set<number>();
    const follower = aFollower({ id: r1 });
    for (let round = 0; round < 200; round += 1) {
      const at = follower.electionDeadline;
      step(follower, timerFired("election"), at);
      const timeout = follower.electionDeadline - at;
      expect(timeout).toBeGreaterThanOrEqual(millis(150));
      expect(timeout).toBeLessThanOrEqual(millis(300));
      drawn.add(timeout);
    }
    expect(drawn.size).toBeGreaterThan(190);
  });

  // Figure 2: term and vote are "updated on stable storage before responding to RPCs".
  it("writes term and vote to disk before it asks for votes", () => {
    const follower = aFollower({ id: r1, currentTerm: 4 });
    const { effects } = step(follower, timerFired("election"), follower.electionDeadline);
    const kinds = effects.map(({ kind }) => kind);
    expect(kinds.indexOf("persist")).toBeLessThan(kinds.indexOf("send"));
    expect(persisted(effects)).toEqual([{ kind: "vote", currentTerm: 5, votedFor: r1 }]);
  });

  it("elects itself at once where it is alone", () => {
    const alone = aFollower({ id: r1, replicas: 1 });
    step(alone, timerFired("election"), alone.electionDeadline);
    expect(alone).toMatchObject({ role: "leader", currentTerm: 1, commitIndex: 1, lastApplied: 1 });
  });
});

describe("5.2: winning, losing, starting again", () => {
  // "A candidate wins an election if it receives votes from a majority of the servers in the full cluster".
  it("becomes leader with the vote that makes a majority, and not before", () => {
    const candidate = aCandidate({ id: r1, replicas: 5, currentTerm: 2 });
    step(candidate, received(r2, voteGranted(2)), soon);
    expect(candidate.role).toBe("candidate");
    step(candidate, received(r3, voteGranted(2)), soon);
    expect(candidate).toMatchObject({ role: "leader", leaderId: r1 });
  });

  it("counts nobody's vote twice", () => {
    const candidate = aCandidate({ id: r1, replicas: 5, currentTerm: 2 });
    for (let copy = 0; copy < 3; copy += 1) step(candidate, received(r2, voteGranted(2)), soon);
    expect(candidate.role).toBe("candidate");
  });

  it("counts no vote of another term", () => {
    const candidate = aCandidate({ id: r1, currentTerm: 3 });
    step(candidate, received(r2, voteGranted(2)), soon);
    expect(candidate.role).toBe("candidate");
  });

  // "If the leader's term ... is at least as large as the candidate's current term, then the candidate recognizes the
  // leader as legitimate and returns to follower state."
  it("yields to the leader of its own term", () => {
    const candidate = aCandidate({ id: r1, currentTerm: 2 });
    const { effects } = step(candidate, received(r2, append(2, [0, 0])), soon);
    expect(candidate).toMatchObject({ role: "follower", currentTerm: 2, leaderId: r2, votedFor: r1 });
    expect(reported(effects)[0]).toMatchObject({ kind: "steppedDown", reason: "leaderFound", was: "candidate" });
  });

  // "If the term in the RPC is smaller than the candidate's current term, then the candidate rejects the RPC and
  // continues in candidate state."
  it("refuses the leader of an older term and goes on campaigning", () => {
    const candidate = aCandidate({ id: r1, currentTerm: 3 });
    const { effects } = step(candidate, received(r2, append(2, [0, 0])), soon);
    expect(candidate.role).toBe("candidate");
    expect(sentMessages(effects)).toMatchObject([{ to: r2, message: { success: false, term: 3 } }]);
  });

  // "Each candidate will time out and start a new election by incrementing its term".
  it("campaigns again in a further term after a split vote", () => {
    const candidate = aCandidate({ id: r1, currentTerm: 3 });
    step(candidate, timerFired("election"), candidate.electionDeadline);
    expect(candidate).toMatchObject({ role: "candidate", currentTerm: 4, votes: [r1] });
  });

  // "Once a candidate wins an election, it becomes leader. It then sends heartbeat messages to all of the other servers".
  it("tells everybody at once, with the no-op of its term (section 8)", () => {
    const candidate = aCandidate({ id: r1, currentTerm: 2, log: [1] });
    const { effects } = step(candidate, received(r2, voteGranted(2)), soon);
    expect(termsOf(candidate)).toEqual([1, 2]);
    expect(candidate.log.entries[1]?.operation).toEqual({ kind: "noop" });
    expect(sentOf(effects, "appendEntries")).toMatchObject([
      { term: 2, prevLogIndex: 1, prevLogTerm: 1, entries: [{ term: 2, index: 2 }] },
      { term: 2, prevLogIndex: 1, prevLogTerm: 1, entries: [{ term: 2, index: 2 }] },
    ]);
    expect(candidate.electionDeadline).toBeGreaterThan(candidate.heartbeatAt);
  });
});

describe("5.2 and 5.4.1: giving a vote", () => {
  // "Each server will vote for at most one candidate in a given term, on a first-come-first-served basis".
  it("gives one vote in a term, to the first who asks, and again to the same", () => {
    const voter = aFollower({ id: r1, currentTerm: 1 });
    const first = step(voter, received(r2, requestVote(2, 0, 0)), soon).effects;
    const second = step(voter, received(r3, requestVote(2, 0, 0)), soon).effects;
    const again = step(voter, received(r2, requestVote(2, 0, 0)), soon).effects;
    expect([first, second, again].flatMap((effects) => sentOf(effects, "voteReply"))).toMatchObject([
      { granted: true, term: 2 },
      { granted: false, refusal: "alreadyVoted" },
      { granted: true },
    ]);
    expect(voter.votedFor).toBe(r2);
  });

  it("keeps its vote over a restart", () => {
    const voter = aFollower({ id: r1, currentTerm: 2, votedFor: r2 });
    const { effects } = step(voter, received(r3, requestVote(2, 9, 9)), soon);
    expect(sentOf(effects, "voteReply")).toMatchObject([{ granted: false, refusal: "alreadyVoted" }]);
  });

  it("writes the vote to disk before it gives it", () => {
    const { effects } = step(aFollower({ id: r1, currentTerm: 1 }), received(r2, requestVote(2, 0, 0)), soon);
    const given = effects.findIndex((effect) => effect.kind === "send");
    expect(persisted(effects.slice(0, given))).toContainEqual({ kind: "vote", currentTerm: 2, votedFor: r2 });
  });

  // 5.4.1: "If the logs have last entries with different terms, then the log with the later term is more up-to-date. If
  // the logs end with the same term, then whichever log is longer is more up-to-date."
  it.each([
    { voter: [1, 1, 2], lastTerm: 2, lastIndex: 3, granted: true, why: "equal logs" },
    { voter: [1, 1, 2], lastTerm: 2, lastIndex: 2, granted: false, why: "same term, shorter" },
    { voter: [1, 1, 2], lastTerm: 1, lastIndex: 9, granted: false, why: "earlier term, though longer" },
    { voter: [1, 1, 1, 1], lastTerm: 2, lastIndex: 2, granted: true, why: "later term, though shorter" },
    { voter: [], lastTerm: 0, lastIndex: 0, granted: true, why: "both empty" },
  ])("compares logs by term, then length: $why -> $granted", ({ voter, lastTerm, lastIndex, granted }) => {
    const state = aFollower({ id: r1, currentTerm: 5, log: voter });
    const { effects } = step(state, received(r2, requestVote(6, lastTerm, lastIndex)), soon);
    const refusal = granted ? undefined : "logBehind";
    expect(sentOf(effects, "voteReply")).toMatchObject([{ granted, refusal }]);
    expect(state.currentTerm).toBe(6);
  });

  it("refuses a candidate of an older term, and says which term it is", () => {
    const { effects } = step(aFollower({ id: r1, currentTerm: 5 }), received(r2, requestVote(4, 4, 9)), soon);
    expect(sentOf(effects, "voteReply")).toMatchObject([{ granted: false, term: 5, refusal: "staleTerm" }]);
  });

  // "A server remains in follower state as long as it receives valid RPCs from a leader or candidate": only a vote that
  // is given starts the timer anew, or a replica that cannot win could keep the others from campaigning.
  it("starts its election timer anew when it gives its vote, not when it refuses", () => {
    const giving = aFollower({ id: r1, log: [1] });
    const refusing = aFollower({ id: r1, log: [1] });
    step(giving, received(r2, requestVote(2, 1, 1)), millis(100));
    step(refusing, received(r2, requestVote(2, 0, 0)), millis(100));
    expect(giving.electionTimerSetAt).toBe(millis(100));
    expect(refusing.electionTimerSetAt).toBe(0);
  });

  it("leaves the election timer of a leader off, even where it may vote twice in a term", () => {
    const leader = aLeader({ id: r1, currentTerm: 2, rules: { keepVoteForTerm: false } });
    step(leader, received(r2, requestVote(2, 2, 9)), soon);
    expect(nextTimerAt(leader)).toBe(leader.heartbeatAt);
    expect(leader.electionDeadline).toBeGreaterThan(leader.heartbeatAt);
  });
});

describe("5.1: terms", () => {
  // "If a candidate or leader discovers that its term is out of date, it immediately reverts to follower state."
  it.each(["requestVote", "voteReply", "appendReply", "appendEntries"] as const)(
    "a leader that hears of a higher term in a %s steps down",
    (kind) => {
      const messages = {
        requestVote: requestVote(9, 0, 0),
        voteReply: {
          kind: "voteReply",
          term: aFollower({ id: r1, currentTerm: 9 }).currentTerm,
          granted: false,
          preVote: false,
          refusal: "staleTerm",
        },
        appendReply: { ...accepted(9, 0), success: false },
        appendEntries: append(9, [0, 0]),
      } as const;
      const leader = aLeader({ id: r1, currentTerm: 2 });
      const { effects } = step(leader, received(r2, messages[kind]), millis(400));
      expect(leader).toMatchObject({ role: "follower", currentTerm: 9, peers: [] });
      expect(reported(effects)[0]).toMatchObject({ kind: "steppedDown", term: 2, newTerm: 9 });
      expect(leader.electionDeadline).toBeLessThanOrEqual(after(millis(400), millis(300)));
    },
  );

  it("an old leader's replies and votes are nobody's business any more", () => {
    const leader = aLeader({ id: r1, currentTerm: 3 });
    const before = leader.peers.map(({ matchIndex }) => matchIndex);
    step(leader, received(r2, accepted(2, 1)), soon);
    expect(leader.peers.map(({ matchIndex }) => matchIndex)).toEqual(before);
  });
});

describe("heartbeats", () => {
  // "Leaders send periodic heartbeats ... to all followers in order to maintain their authority."
  it("keep followers from campaigning", () => {
    const follower = aFollower({ id: r1, currentTerm: 1 });
    for (let at = millis(50); at <= millis(2_000); at = after(at, millis(50))) {
      expect(follower.electionDeadline).toBeGreaterThanOrEqual(at);
      step(follower, received(r2, append(1, [0, 0])), at);
    }
    expect(follower).toMatchObject({ role: "follower", currentTerm: 1, leaderId: r2 });
  });

  it("go to everybody each interval, and carry nothing when nothing is missing", () => {
    const leader = aLeader({ id: r1, currentTerm: 1 });
    const at = leader.heartbeatAt;
    for (const id of [r2, r3]) step(leader, received(id, accepted(1, 1)), at);
    const { effects } = step(leader, timerFired("heartbeat"), at);
    expect(sentOf(effects, "appendEntries").map(({ entries }) => entries.length)).toEqual([0, 0]);
    expect(leader.heartbeatAt).toBe(after(at, millis(50)));
  });
});

describe("thesis 9.6: pre-vote, a switch", () => {
  const rules = { preVote: true };

  it("asks before it raises its term", () => {
    const follower = aFollower({ id: r1, currentTerm: 4, rules });
    const { effects } = step(follower, timerFired("election"), follower.electionDeadline);
    expect(follower).toMatchObject({ role: "preCandidate", currentTerm: 4, votedFor: undefined });
    expect(sentOf(effects, "requestVote")).toMatchObject([
      { term: 5, preVote: true },
      { term: 5, preVote: true },
    ]);
    step(follower, received(r2, voteGranted(5, true)), soon);
    expect(follower).toMatchObject({ role: "candidate", currentTerm: 5, votedFor: r1 });
  });

  it("is refused by who hears a leader, and changes neither term nor vote nor timer of who is asked", () => {
    const asked = aFollower({ id: r1, currentTerm: 4, rules });
    step(asked, received(r2, append(4, [0, 0])), millis(10));
    const deadline = asked.electionDeadline;
    const { effects } = step(asked, received(r3, requestVote(5, 9, 9, true)), millis(20));
    expect(sentOf(effects, "voteReply")).toMatchObject([{ granted: false, refusal: "leaderAlive", term: 4 }]);
    expect(asked).toMatchObject({ currentTerm: 4, votedFor: undefined, electionDeadline: deadline });
  });

  it("a replica that was cut off returns without deposing the leader", () => {
    const returning = aFollower({ id: r3, currentTerm: 4, rules });
    for (let round = 0; round < 10; round += 1) {
      step(returning, timerFired("election"), returning.electionDeadline);
    }
    expect(returning.currentTerm).toBe(4);
    step(returning, received(r1, append(4, [0, 0])), returning.electionTimerSetAt);
    expect(returning).toMatchObject({ role: "follower", leaderId: r1 });
  });
});

describe("thesis 6.2: check-quorum, a switch", () => {
  it("a leader that hears no majority for an election timeout steps down", () => {
    const leader = aLeader({ id: r1, currentTerm: 2, rules: { checkQuorum: true } });
    const elected = leader.electionTimerSetAt;
    step(leader, timerFired("heartbeat"), after(elected, millis(300)));
    expect(leader.role).toBe("leader");
    const { effects } = step(leader, timerFired("heartbeat"), after(elected, millis(301)));
    expect(leader.role).toBe("follower");
    const { currentTerm } = leader;
    expect(reported(effects)).toMatchObject([
      { kind: "steppedDown", reason: "noQuorum", term: currentTerm, newTerm: currentTerm },
    ]);
    expect(sentMessages(effects)).toEqual([]);
  });

  it("without it the leader of a minority goes on believing", () => {
    const leader = aLeader({ id: r1, currentTerm: 2 });
    step(leader, timerFired("heartbeat"), millis(60_000));
    expect(leader.role).toBe("leader");
  });

  it("who hears a leader takes no notice of candidates, not even of their term", () => {
    const follower = aFollower({ id: r1, currentTerm: 2, rules: { checkQuorum: true } });
    step(follower, received(r2, append(2, [0, 0])), millis(10));
    const { effects } = step(follower, received(r4, requestVote(7, 9, 9)), millis(20));
    expect(effects).toEqual([]);
    expect(follower.currentTerm).toBe(2);
  });
});
