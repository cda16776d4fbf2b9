/**
 * The leader's side of replication: Raft section 5.3, pipelined, with one progress per follower as in etcd. A follower
 * in `probe` gets one message per heartbeat until its log matches; in `replicate` every entry leaves at once.
 */

import { InvariantError } from "../../base/assert.ts";
import { type LogIndex, logIndex, majorityOf, type ReplicaId } from "../../base/ids.ts";
import { after, later, type Micros, micros, ZERO } from "../../base/units.ts";
import type { AppendReply, SnapshotReply } from "../protocol/messages.ts";
import { advanceCommitIndex } from "./commit.ts";
import { entriesFrom, lastLogIndex, termAt } from "./log.ts";
import { indexAtCopies } from "./quorum.ts";
import { resignWithoutQuorum } from "./roles.ts";
import { offerSnapshot, sendChunk } from "./snapshots.ts";
import { ownClock, ownDuration, type Peer, type ReplicaState } from "./state.ts";
import { appendEntries, send, type Turn } from "./turn.ts";

/** Entries in one message: about a quarter of a megabyte of embeddings of 1,024 dimensions. */
const ENTRIES_PER_MESSAGE = 64;

/** Entries that may be under way to one follower before the leader waits for an answer. */
const PIPELINE_LIMIT = 512;

/** Raft section 8: a new leader commits an entry of its own term first. */
export function appendNoop(turn: Turn): void {
  const { state, at } = turn;
  const index = logIndex(lastLogIndex(state.log) + 1);
  appendEntries(turn, [{ term: state.currentTerm, index, operation: { kind: "noop" }, requestId: 0, appendedAt: at }]);
  advanceCommitIndex(turn);
}

/**
 * The latest instant at which a majority is known to have followed this leader; the beginning of the run until its
 * no-op is committed, since before that it cannot say what earlier leaders had acknowledged.
 */
export function ledAt(state: ReplicaState, at: Micros): Micros {
  if (state.commitIndex < state.termStart) return ZERO;
  const confirmed: number[] = [at];
  for (const peer of state.peers) confirmed.push(peer.confirmedRound);
  return micros(indexAtCopies(confirmed, majorityOf(state.config.replicaCount)));
}

/** {@link ledAt} as this leader's clock shows it: followers serve bounded reads by it. */
function freshNow({ state, at }: Turn): Micros {
  return ownClock(state, ledAt(state, at));
}

/** Sends `peer` the entries from its `nextIndex`, at most `limit`; with none it is a heartbeat. */
function sendAppend(turn: Turn, peer: Peer, limit: number, freshAt = freshNow(turn), notice = false): void {
  const { state } = turn;
  const prevLogIndex = logIndex(peer.nextIndex - 1);
  const prevLogTerm = termAt(state.log, prevLogIndex);
  if (prevLogTerm === undefined) {
    // The follower needs entries from before this log's beginning.
    offerSnapshot(turn, peer, state.log.snapshot);
    return;
  }
  const entries = entriesFrom(state.log, peer.nextIndex, limit);
  send(turn, peer.id, {
    kind: "appendEntries",
    term: state.currentTerm,
    prevLogIndex,
    prevLogTerm,
    entries,
    leaderCommit: state.commitIndex,
    notice,
    round: state.round,
    freshAt,
  });
  if (peer.state === "replicate") peer.nextIndex = logIndex(peer.nextIndex + entries.length);
}

/** Sends whatever `peer` has not been sent; nothing when that is nothing. */
function sendMissing(turn: Turn, peer: Peer): void {
  const { state } = turn;
  const end = lastLogIndex(state.log);
  while (peer.state === "replicate" && peer.nextIndex <= end && peer.nextIndex - peer.matchIndex <= PIPELINE_LIMIT) {
    sendAppend(turn, peer, ENTRIES_PER_MESSAGE);
  }
}

/** New entries: to every follower that is in step at once, to the others with the next heartbeat. */
export function replicate(turn: Turn): void {
  for (const peer of turn.state.peers) sendMissing(turn, peer);
}

/** A message to every follower now, entries or not: a new leader's first, and a round that confirms leadership. */
export function replicateToAll(turn: Turn): void {
  const { state, at } = turn;
  state.round = at;
  state.heartbeatAt = after(at, ownDuration(state, state.config.heartbeatInterval));
  const freshAt = freshNow(turn);
  for (const peer of state.peers) {
    if (peer.state === "snapshot") sendChunk(turn, peer);
    else sendAppend(turn, peer, ENTRIES_PER_MESSAGE, freshAt);
  }
}

/** A follower that was silent for an election timeout is probed again, from what is known to match. */
function fallBackToProbe(turn: Turn, peer: Peer): void {
  const { state, at } = turn;
  if (peer.state !== "replicate" || at - peer.lastHeardAt <= state.config.electionTimeout.max) return;
  peer.state = "probe";
  peer.nextIndex = logIndex(peer.matchIndex + 1);
}

/** The heartbeat timer of a leader. */
export function heartbeat(turn: Turn): void {
  const { state } = turn;
  if (state.config.rules.checkQuorum && !hearsMajority(turn)) {
    resignWithoutQuorum(turn);
    return;
  }
  for (const peer of state.peers) fallBackToProbe(turn, peer);
  advanceCommitIndex(turn);
  replicateToAll(turn);
}

function hearsMajority(turn: Turn): boolean {
  const { state, at } = turn;
  const heard = state.peers.filter((peer) => at - peer.lastHeardAt <= state.config.electionTimeout.max);
  return heard.length + 1 >= majorityOf(state.config.replicaCount);
}

/** The leader's record of `id`. */
export function peerOf(turn: Turn, id: ReplicaId): Peer {
  for (const peer of turn.state.peers) if (peer.id === id) return peer;
  throw new InvariantError(`the leader has no record of r${id}`);
}

/** What is now known to match; a follower that was probed takes part in the pipeline from here on. */
export function matched(turn: Turn, peer: Peer, matchIndex: LogIndex): void {
  if (matchIndex > peer.matchIndex) peer.matchIndex = matchIndex;
  if (peer.nextIndex <= peer.matchIndex) peer.nextIndex = logIndex(peer.matchIndex + 1);
  if (peer.state === "probe") {
    peer.state = "replicate";
    peer.nextIndex = logIndex(peer.matchIndex + 1);
  }
  const before = turn.state.commitIndex;
  advanceCommitIndex(turn);
  sendMissing(turn, peer);
  // Followers learn of a new commit index at once, as in etcd, not only with the next heartbeat.
  if (turn.state.commitIndex > before) announceCommit(turn);
}

/** An empty message to every follower in step that would otherwise wait for the next heartbeat to apply. */
function announceCommit(turn: Turn): void {
  const freshAt = freshNow(turn);
  for (const peer of turn.state.peers) if (peer.state === "replicate") sendAppend(turn, peer, 0, freshAt, true);
}

/**
 * In `probe` only the last attempt counts. In `replicate` what matches is known, unless the refusal answers a later round
 * than any acceptance: then the follower has lost what it had, which rules that are off allow.
 */
function isOldRefusal(peer: Peer, { rejectedIndex, round }: AppendReply): boolean {
  if (peer.state === "probe") return rejectedIndex !== peer.nextIndex - 1;
  return rejectedIndex <= peer.matchIndex && round <= peer.matchedRound;
}

/** Raft section 5.3: on refusal step back and try again; on success the follower matches up to `matchIndex`. */
export function handleAppendReply(turn: Turn, from: ReplicaId, reply: AppendReply): void {
  const peer = peerOf(turn, from);
  peer.lastHeardAt = turn.at;
  peer.confirmedRound = later(peer.confirmedRound, reply.round);
  if (reply.success) {
    peer.matchedRound = later(peer.matchedRound, reply.round);
    if (peer.state !== "snapshot") matched(turn, peer, reply.matchIndex);
    return;
  }
  if (peer.state === "snapshot") return;
  if (reply.needsSnapshot) {
    offerSnapshot(turn, peer, undefined);
    return;
  }
  if (isOldRefusal(peer, reply)) return;
  if (reply.retryIndex > lastLogIndex(turn.state.log) + 1) {
    // What the follower has folded reaches beyond this whole log: they cannot be compared anywhere.
    offerSnapshot(turn, peer, undefined);
    return;
  }
  peer.state = "probe";
  // Usually backwards; forwards where the follower has folded what it was asked to compare.
  peer.nextIndex = logIndex(Math.max(1, reply.retryIndex));
  if (peer.matchIndex >= peer.nextIndex) peer.matchIndex = logIndex(peer.nextIndex - 1);
  sendAppend(turn, peer, ENTRIES_PER_MESSAGE);
}

/** The follower knows of no conflict that would need this snapshot: the logs are compared from the end once more. */
function compareAgain(turn: Turn, peer: Peer): void {
  peer.transfer = undefined;
  peer.state = "probe";
  peer.nextIndex = logIndex(lastLogIndex(turn.state.log) + 1);
  sendAppend(turn, peer, ENTRIES_PER_MESSAGE);
}

/** The leader hears how far a follower is with its snapshot. */
export function handleSnapshotReply(turn: Turn, from: ReplicaId, reply: SnapshotReply): void {
  const peer = peerOf(turn, from);
  peer.lastHeardAt = turn.at;
  peer.confirmedRound = later(peer.confirmedRound, reply.round);
  const { transfer } = peer;
  if (peer.state !== "snapshot" || transfer === undefined) return;
  if (transfer.snapshot.lastIncludedIndex !== reply.lastIncludedIndex) return;
  if (reply.behind) {
    compareAgain(turn, peer);
  } else if (reply.installed) {
    peer.transfer = undefined;
    peer.state = "probe";
    matched(turn, peer, reply.lastIncludedIndex);
  } else if (reply.received > transfer.received || reply.received === 0) {
    // Zero: the follower lost its memory and begins again.
    transfer.received = reply.received;
    sendChunk(turn, peer);
  }
}
