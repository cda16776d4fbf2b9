/**
 * Reads and searches under a policy. Whatever cannot be answered at once waits here; after every step the waiting
 * reads are looked at again.
 */
import { type Address, logIndex, majorityOf } from "../../base/ids.ts";
import { type Micros, seconds, ZERO } from "../../base/units.ts";
import { compareVersions } from "../protocol/item.ts";
import type { ReadRequest } from "../protocol/messages.ts";
import { answerClient, answerFromStore, finishQuorumRead, wait } from "./answers.ts";
import { ledAt, replicateToAll } from "./leading.ts";
import { askQuorum } from "./quorumReads.ts";
import { appliedTo, ownClock, type ReadNeed, type ReplicaState, type WaitingRead } from "./state.ts";
import { send, type Turn } from "./turn.ts";

/** A read that has waited so long is dropped: several times what clients wait. */
const READ_PATIENCE = seconds(10);

function isMet(state: ReplicaState, need: ReadNeed, at: Micros): boolean {
  switch (need.kind) {
    case "applied":
      return compareVersions(appliedTo(state), need.target) >= 0;
    case "fresh":
      if (state.role === "leader") return at - ledAt(state, at) <= state.config.stalenessBound;
      // A follower compares the leader's clock with its own: a wrong one makes it answer too late, or too old.
      return ownClock(state, at) - state.freshAt <= state.config.stalenessBound;
    case "confirmed": {
      const confirmed = state.peers.filter((peer) => peer.confirmedRound >= need.round).length + 1;
      return confirmed >= majorityOf(state.config.replicaCount) && state.lastApplied >= need.readIndex;
    }
  }
}

function answerWaiting(turn: Turn, read: WaitingRead): void {
  const { state } = turn;
  const answer = answerFromStore(state, read.question);
  const { answerTo } = read;
  switch (answerTo.kind) {
    case "client":
      answerClient(turn, answerTo.client, answerTo.requestId, {
        answer,
        appliedTo: appliedTo(state),
        answeredBy: state.id,
      });
      return;
    case "coordinator":
      send(turn, answerTo.coordinator, {
        kind: "readWaitReply",
        readId: answerTo.readId,
        applied: appliedTo(state),
        answer,
      });
      return;
    case "self":
      finishQuorumRead(turn, answerTo.readId, { answer, appliedTo: appliedTo(state), answeredBy: state.id });
  }
}

/** A leader that was deposed cannot confirm its reads any more: their clients are sent on. */
function isOrphaned(state: ReplicaState, read: WaitingRead): boolean {
  return read.need.kind === "confirmed" && state.role !== "leader";
}

/** After every step: answers the reads whose condition now holds, in the order in which they came. */
export function serveWaitingReads(turn: Turn): void {
  const { state, at } = turn;
  if (state.waitingReads.length === 0) return;
  const reads = state.waitingReads;
  state.waitingReads = [];
  const still: WaitingRead[] = [];
  for (const read of reads) {
    // Whoever asked has given up long ago.
    if (at - read.since > READ_PATIENCE) continue;
    if (isOrphaned(state, read)) redirect(turn, read);
    else if (isMet(state, read.need, at)) answerWaiting(turn, read);
    else still.push(read);
  }
  state.waitingReads = still.concat(state.waitingReads);
}

function redirect(turn: Turn, read: WaitingRead): void {
  if (read.answerTo.kind !== "client") return;
  const { client, requestId } = read.answerTo;
  send(turn, client, { kind: "clientReply", requestId, answer: { kind: "notLeader", leader: turn.state.leaderId } });
}

/** Raft section 8 and thesis section 6.4: the commit index now, a round of heartbeats, then the store. */
function readIndexNeed(turn: Turn): ReadNeed {
  const { state } = turn;
  const readIndex = logIndex(Math.max(state.commitIndex, state.termStart));
  if (!state.config.rules.readConfirmation) return { kind: "confirmed", round: ZERO, readIndex: state.lastApplied };
  replicateToAll(turn);
  return { kind: "confirmed", round: state.round, readIndex };
}

function needOf(turn: Turn, request: ReadRequest): ReadNeed {
  switch (request.policy) {
    case "session":
      return { kind: "applied", target: request.atLeast };
    case "bounded":
      return { kind: "fresh" };
    case "linearizable":
      return readIndexNeed(turn);
    case "any":
    case "leader":
    case "quorum":
      return { kind: "applied", target: { term: turn.state.log.snapshot.lastIncludedTerm, logIndex: logIndex(0) } };
  }
}

/** A client asks this replica. */
export function handleRead(turn: Turn, client: Address, request: ReadRequest): void {
  const { state } = turn;
  const { requestId, question, policy } = request;
  const answerTo = { kind: "client", client, requestId } as const;
  // Whoever asks a replica whose log is damaged gets no answer, rather than a wrong one.
  if (state.quarantinedUntil !== undefined) return;
  if ((policy === "leader" || policy === "linearizable") && state.role !== "leader") {
    send(turn, client, { kind: "clientReply", requestId, answer: { kind: "notLeader", leader: state.leaderId } });
    return;
  }
  if (policy === "quorum")
    askQuorum(turn, { client, requestId, question, wanted: state.config.readQuorum, results: [] });
  else wait(turn, { question, need: needOf(turn, request), answerTo });
}
