/** Changing roles: what a replica forgets and what it starts when it becomes follower, candidate or leader. */
import { type LogIndex, logIndex, type ReplicaId, type Term } from "../../base/ids.ts";
import { after, NEVER, ZERO } from "../../base/units.ts";
import type { ReplicaEvent } from "../protocol/events.ts";
import { lastLogIndex } from "./log.ts";
import { othersOf, ownDuration, type Peer, resetElectionTimer } from "./state.ts";
import { report, setTermAndVote, type Turn } from "./turn.ts";

type StepDownReason = Extract<ReplicaEvent, { kind: "steppedDown" }>["reason"];

/** Becomes a follower, of `newTerm` if that is higher. What only a leader or candidate knows is forgotten. */
function becomeFollower(turn: Turn, reason: StepDownReason, newTerm = turn.state.currentTerm): void {
  const { state } = turn;
  if (state.role === "follower") return;
  report(turn, { kind: "steppedDown", term: state.currentTerm, newTerm, reason, was: state.role });
  const wasLeader = state.role === "leader";
  state.role = "follower";
  state.votes = [];
  state.peers = [];
  state.heartbeatAt = NEVER;
  state.degraded = false;
  state.writers.clear();
  if (wasLeader) {
    state.leaderId = undefined;
    resetElectionTimer(state, turn.at);
  }
}

/** Raft section 5.1: a higher term turns whoever hears of it into a follower of that term. */
export function adoptTerm(turn: Turn, term: Term): void {
  becomeFollower(turn, "higherTerm", term);
  turn.state.leaderId = undefined;
  setTermAndVote(turn, term, undefined);
}

/** Takes `leader` for the leader of the current term; the election timer starts anew (Raft section 5.2). */
export function followLeader(turn: Turn, leader: ReplicaId): void {
  const { state, at } = turn;
  becomeFollower(turn, "leaderFound");
  if (state.leaderId !== leader) {
    state.leaderId = leader;
    report(turn, { kind: "leaderHeard", term: state.currentTerm, leader });
  }
  state.leaderHeardAt = at;
  resetElectionTimer(state, at);
}

/** Thesis section 6.2: a leader that hears no majority stops being one. */
export function resignWithoutQuorum(turn: Turn): void {
  becomeFollower(turn, "noQuorum");
}

function freshPeer(id: ReplicaId, nextIndex: LogIndex, turn: Turn): Peer {
  return {
    id,
    matchIndex: logIndex(0),
    nextIndex,
    state: "probe",
    lastHeardAt: turn.at,
    confirmedRound: ZERO,
    matchedRound: ZERO,
    transfer: undefined,
  };
}

/** Raft section 5.2 and figure 2, "volatile state on leaders". Sends nothing yet. */
export function becomeLeader(turn: Turn): void {
  const { state, at } = turn;
  report(turn, { kind: "becameLeader", term: state.currentTerm, votes: state.votes.slice() });
  const nextIndex = logIndex(lastLogIndex(state.log) + 1);
  state.role = "leader";
  state.leaderId = state.id;
  state.votes = [];
  state.incoming = undefined;
  state.peers = othersOf(state).map((id) => freshPeer(id, nextIndex, turn));
  state.electionTimerSetAt = at;
  state.electionDeadline = NEVER;
  state.heartbeatAt = after(at, ownDuration(state, state.config.heartbeatInterval));
  state.termStart = nextIndex;
}
