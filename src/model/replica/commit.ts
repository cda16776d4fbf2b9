/**
 * Committing, applying, acknowledging, undoing. An entry commits at `min(requiredCopies, majority)` copies and is
 * acknowledged once it is committed and at `requiredCopies` (DESIGN section 3). Below a majority safety is given up.
 */

import { present } from "../../base/assert.ts";
import { type LogIndex, logIndex } from "../../base/ids.ts";
import { commitCopies, requiredCopies } from "../protocol/config.ts";
import { LOG_CAPACITY } from "../protocol/log.ts";
import { entryAt, lastLogIndex, termAt } from "./log.ts";
import { indexAtCopies } from "./quorum.ts";
import { foldLog } from "./snapshots.ts";
import type { ReplicaState } from "./state.ts";
import { applyEntry, undoEntry } from "./store.ts";
import { report, send, type Turn } from "./turn.ts";

function copiesWanted(state: ReplicaState): { readonly commit: number; readonly acknowledge: number } {
  if (state.degraded) return { commit: 1, acknowledge: 1 };
  return { commit: commitCopies(state.config), acknowledge: requiredCopies(state.config) };
}

/** The leader's own copy counts once it is on disk; with a disk that takes no time that is at once. */
function ownCopy(state: ReplicaState): LogIndex {
  const waits = state.config.diskSync > 0 || state.conditions.extraDiskSync > 0;
  return waits ? state.syncedIndex : lastLogIndex(state.log);
}

function matchIndexes(state: ReplicaState): readonly number[] {
  const indexes: number[] = [ownCopy(state)];
  for (const peer of state.peers) indexes.push(peer.matchIndex);
  return indexes;
}

/** Raft sections 5.3 and 5.4.2: counts copies, commits, applies, and answers the writers that have waited enough. */
export function advanceCommitIndex(turn: Turn): void {
  const { state } = turn;
  if (state.role !== "leader") return;
  updateDegraded(turn);
  // Most answers are to heartbeats: nothing waits to be committed or acknowledged.
  if (state.commitIndex === lastLogIndex(state.log) && state.writers.size === 0) return;
  const { commit, acknowledge } = copiesWanted(state);
  const indexes = matchIndexes(state);
  const candidate = indexAtCopies(indexes, commit);
  // Section 5.4.2: entries of earlier terms commit only along with one of the current term.
  const ofThisTerm = termAt(state.log, candidate) === state.currentTerm;
  if (candidate > state.commitIndex && (ofThisTerm || !state.config.rules.commitCurrentTermOnly)) {
    state.commitIndex = logIndex(candidate);
    applyCommitted(turn);
  }
  acknowledgeUpTo(turn, Math.min(state.commitIndex, indexAtCopies(indexes, acknowledge)));
}

function acknowledgeUpTo(turn: Turn, index: number): void {
  const { state } = turn;
  // In order of index: the map is filled in that order.
  for (const [waiting, { client, requestId, term }] of state.writers) {
    if (waiting > index) break;
    state.writers.delete(waiting);
    const version = { term, logIndex: waiting };
    send(turn, client, { kind: "clientReply", requestId, answer: { kind: "acknowledged", version } });
  }
}

/**
 * Synchronous with `synchronousDegrades`: while some replica has been silent for an election timeout one copy is
 * enough, and the promise is gone; it returns once every replica has everything.
 */
function updateDegraded(turn: Turn): void {
  const { state, at } = turn;
  const { mode, synchronousDegrades, electionTimeout } = state.config;
  const allowed = mode === "synchronous" && synchronousDegrades;
  if (!(allowed || state.degraded)) return;
  const silent = state.peers.some((peer) => at - peer.lastHeardAt > electionTimeout.max);
  const behind = state.peers.some((peer) => peer.matchIndex < lastLogIndex(state.log));
  const degraded = allowed && (silent || (state.degraded && behind));
  if (degraded === state.degraded) return;
  state.degraded = degraded;
  report(turn, { kind: "degraded", on: degraded });
}

/** Applies everything up to `commitIndex`, and folds the log where it has become too long. */
export function applyCommitted(turn: Turn): void {
  const { state } = turn;
  while (state.lastApplied < state.commitIndex) {
    const entry = present(entryAt(state.log, state.lastApplied + 1), "a committed entry to apply");
    applyEntry(state.store, entry);
    state.lastApplied = entry.index;
  }
  if (state.log.entries.length >= LOG_CAPACITY) foldLog(turn);
}

/**
 * Undoes what was applied from `from` on; commit index and applied index fall with it. It happens in asynchronous mode
 * and below a majority. A replica can always undo; whether it was allowed is for the verdicts to say.
 */
export function undoFrom(state: ReplicaState, from: LogIndex): number {
  let undone = 0;
  while (state.lastApplied >= from) {
    undoEntry(state.store);
    state.lastApplied = logIndex(state.lastApplied - 1);
    undone += 1;
  }
  state.commitIndex = logIndex(Math.min(state.commitIndex, from - 1));
  return undone;
}
