/**
 * A replica as a pure machine: `step(state, input, at)` changes the state it owns and returns what it wants done. No
 * clock, no I/O, no randomness but the stream in its state. Rules are named as in the Raft paper (Ongaro and
 * Ousterhout 2014, extended version) and the thesis (Ongaro 2014).
 */
import { assertNever } from "../../base/assert.ts";
import { type Address, isReplica, logIndex, type ReplicaId } from "../../base/ids.ts";
import { after, earlier, type Micros } from "../../base/units.ts";
import type { ClusterConfig } from "../protocol/config.ts";
import type {
  AppendEntries,
  AppendReply,
  InstallSnapshot,
  Message,
  RequestVote,
  SnapshotReply,
  VoteReply,
} from "../protocol/messages.ts";
import type { Effect, ReplicaInput } from "../protocol/step.ts";
import { advanceCommitIndex } from "./commit.ts";
import {
  electionTimeout,
  handleRequestVote,
  handleVoteReply,
  ignoresCandidate,
  leadFromStart,
  promote,
} from "./election.ts";
import { handleAppendEntries } from "./following.ts";
import { handleAppendReply, handleSnapshotReply, heartbeat } from "./leading.ts";
import { lastLogIndex } from "./log.ts";
import { handleReadProbe, handleReadProbeReply, handleReadWait, handleReadWaitReply } from "./quorumReads.ts";
import { handleRead, serveWaitingReads } from "./reads.ts";
import { adoptTerm, followLeader } from "./roles.ts";
import { adoptIndex } from "./searchIndex.ts";
import { handleInstallSnapshot } from "./snapshots.ts";
import { type ReplicaState, resetElectionTimer } from "./state.ts";
import { send, type Turn } from "./turn.ts";
import { handleWrite } from "./writes.ts";

/** Processes one input at virtual time `at`. The state is changed in place and returned. */
export function step(
  state: ReplicaState,
  input: ReplicaInput,
  at: Micros,
): { readonly state: ReplicaState; readonly effects: readonly Effect[] } {
  const turn: Turn = { state, at, effects: [] };
  switch (input.kind) {
    case "message":
      handleMessage(turn, input.from, input.message);
      break;
    case "timer":
      if (input.timer === "election") electionTimeout(turn);
      else if (input.timer === "heartbeat") heartbeat(turn);
      break;
    case "promote":
      promote(turn);
      break;
    case "lead":
      leadFromStart(turn);
      break;
    case "conditions":
      break;
    case "configure":
      configure(turn, input.config);
      break;
    default:
      assertNever(input);
  }
  serveWaitingReads(turn);
  return { state, effects: turn.effects };
}

type PeerRequest = AppendEntries | InstallSnapshot;
type PeerMessage = RequestVote | VoteReply | AppendReply | SnapshotReply | PeerRequest;

function handleMessage(turn: Turn, from: Address, message: Message): void {
  switch (message.kind) {
    case "writeRequest":
      handleWrite(turn, from, message);
      break;
    case "readRequest":
      handleRead(turn, from, message);
      break;
    case "clientReply":
      break;
    default:
      if (isReplica(from)) handleReplicaMessage(turn, from, message);
  }
}

type ReplicaMessage = Exclude<Message, { kind: "writeRequest" | "readRequest" | "clientReply" }>;

function handleReplicaMessage(turn: Turn, from: ReplicaId, message: ReplicaMessage): void {
  switch (message.kind) {
    case "readProbe":
      handleReadProbe(turn, from, message);
      break;
    case "readProbeReply":
      handleReadProbeReply(turn, from, message);
      break;
    case "readWait":
      handleReadWait(turn, from, message);
      break;
    case "readWaitReply":
      handleReadWaitReply(turn, from, message);
      break;
    default:
      handlePeerMessage(turn, from, message);
  }
}

/** Whether the sender's term is one that this replica has to take over first (Raft section 5.1). */
function bringsHigherTerm(turn: Turn, message: PeerMessage): boolean {
  if (message.term <= turn.state.currentTerm) return false;
  // Pre-votes speak of a term that nobody is in yet.
  if (message.kind === "requestVote") return !message.preVote;
  return !(message.kind === "voteReply" && message.preVote && message.granted);
}

function handlePeerMessage(turn: Turn, from: ReplicaId, message: PeerMessage): void {
  const { state } = turn;
  if (message.kind === "requestVote" && ignoresCandidate(turn, message)) return;
  if (bringsHigherTerm(turn, message)) adoptTerm(turn, message.term);
  switch (message.kind) {
    case "requestVote":
      handleRequestVote(turn, from, message);
      break;
    case "voteReply":
      handleVoteReply(turn, from, message);
      break;
    case "appendEntries":
    case "installSnapshot":
      handleLeaderMessage(turn, from, message);
      break;
    case "appendReply":
    case "snapshotReply":
      if (state.role !== "leader" || message.term !== state.currentTerm) return;
      if (message.kind === "appendReply") handleAppendReply(turn, from, message);
      else handleSnapshotReply(turn, from, message);
  }
}

/** Figure 2, AppendEntries 1: a leader of an older term is told so; the one of this term is followed. */
function handleLeaderMessage(turn: Turn, leader: ReplicaId, message: PeerRequest): void {
  const { state } = turn;
  if (message.term < state.currentTerm && state.config.rules.rejectStaleTerms) {
    refuseStaleLeader(turn, leader, message);
    return;
  }
  // Two leaders in one term: cannot happen while the rules of election hold; with one of them off each keeps its own.
  if (state.role === "leader") return;
  followLeader(turn, leader);
  if (message.kind === "appendEntries") handleAppendEntries(turn, leader, message);
  else handleInstallSnapshot(turn, leader, message);
}

function refuseStaleLeader(turn: Turn, leader: ReplicaId, message: PeerRequest): void {
  const { currentTerm: term, log } = turn.state;
  const { round } = message;
  if (message.kind === "installSnapshot") {
    const { lastIncludedIndex } = message;
    const refusal = { received: 0, installed: false, behind: false } as const;
    send(turn, leader, { kind: "snapshotReply", term, lastIncludedIndex, ...refusal, round });
    return;
  }
  send(turn, leader, {
    kind: "appendReply",
    term,
    success: false,
    matchIndex: logIndex(0),
    retryIndex: logIndex(lastLogIndex(log) + 1),
    rejectedIndex: message.prevLogIndex,
    needsSnapshot: false,
    round,
  });
}

/** The operator's new configuration. Pending writes are judged by the new numbers from now on. */
function configure(turn: Turn, config: ClusterConfig): void {
  const { state, at } = turn;
  const before = state.config;
  state.config = config;
  adoptIndex(state);
  if (state.role === "leader") {
    state.heartbeatAt = earlier(state.heartbeatAt, after(at, config.heartbeatInterval));
  } else if (
    before.electionTimeout.min !== config.electionTimeout.min ||
    before.electionTimeout.max !== config.electionTimeout.max
  ) {
    resetElectionTimer(state, at);
  }
  advanceCommitIndex(turn);
}
