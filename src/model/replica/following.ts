/** The follower's side of replication: the consistency check and the repair of diverged logs (Raft section 5.3). */
import { type LogIndex, logIndex, type ReplicaId, term } from "../../base/ids.ts";
import { later } from "../../base/units.ts";
import { BLANK_SNAPSHOT_INDEX, type Entry } from "../protocol/log.ts";
import type { AppendEntries } from "../protocol/messages.ts";
import { applyCommitted, undoFrom } from "./commit.ts";
import { firstIndexOfTerm, lastLogIndex, termAt } from "./log.ts";
import { endQuarantine } from "./snapshots.ts";
import { appendEntries, removeEntriesFrom, report, send, type Turn } from "./turn.ts";

type Refusal = { readonly retryIndex: LogIndex; readonly needsSnapshot: boolean };

/** Why the entries do not fit behind this log; undefined when they do. */
function refusalOf(turn: Turn, request: AppendEntries): Refusal | undefined {
  const { log } = turn.state;
  const { prevLogIndex, prevLogTerm } = request;
  const base = log.snapshot.lastIncludedIndex;
  // A blank disk has nothing to build on, a damaged one nothing to trust.
  if (base === BLANK_SNAPSHOT_INDEX) return { retryIndex: logIndex(1), needsSnapshot: true };
  const end = lastLogIndex(log);
  if (prevLogIndex > end) return { retryIndex: logIndex(end + 1), needsSnapshot: false };
  // What is folded cannot be compared; the entries behind it can.
  if (prevLogIndex < base) return { retryIndex: logIndex(base + 1), needsSnapshot: false };
  if (termAt(log, prevLogIndex) === prevLogTerm) return undefined;
  if (prevLogIndex === base) return { retryIndex: logIndex(base + 1), needsSnapshot: true };
  return { retryIndex: firstIndexOfTerm(log, prevLogIndex), needsSnapshot: false };
}

/** Removes `from` and everything behind it, undoing what was applied. */
function rollBack(turn: Turn, from: LogIndex): void {
  const { state } = turn;
  const to = lastLogIndex(state.log);
  const undone = undoFrom(state, from);
  removeEntriesFrom(turn, from);
  report(turn, { kind: "rolledBack", term: state.currentTerm, from, to, undone });
}

/** Raft figure 2, AppendEntries 3 and 4: a conflicting entry goes with all behind it; what is new is appended. */
function store(turn: Turn, entries: readonly Entry[]): void {
  if (entries.length === 0) return;
  const { state } = turn;
  const firstNew = entries.findIndex((entry) => termAt(state.log, entry.index) !== entry.term);
  if (firstNew < 0) return;
  const fresh = entries.slice(firstNew);
  const from = fresh[0]?.index;
  if (from === undefined) return;
  if (from <= lastLogIndex(state.log)) rollBack(turn, from);
  appendEntries(turn, fresh);
}

/** With the consistency check off entries are taken wherever they land, as long as no gap comes of it. */
function accepts(turn: Turn, request: AppendEntries, refusal: Refusal | undefined): boolean {
  if (refusal === undefined) return true;
  const { rules } = turn.state.config;
  const { log } = turn.state;
  const inside = request.prevLogIndex <= lastLogIndex(log) && request.prevLogIndex >= log.snapshot.lastIncludedIndex;
  return !rules.logConsistencyCheck && inside;
}

/** Raft figure 2, AppendEntries; the term has been checked and the sender taken for the leader. */
export function handleAppendEntries(turn: Turn, leader: ReplicaId, request: AppendEntries): void {
  const { state } = turn;
  if (state.conditions.refusesWrites && request.entries.length > 0) return;
  const refusal = refusalOf(turn, request);
  const { round } = request;
  if (!accepts(turn, request, refusal)) {
    if (refusal?.needsSnapshot === true) state.conflictsBelow = true;
    if (request.prevLogIndex <= state.log.snapshot.lastIncludedIndex) state.parted = state.currentTerm;
    send(turn, leader, {
      kind: "appendReply",
      term: state.currentTerm,
      success: false,
      matchIndex: logIndex(0),
      retryIndex: refusal?.retryIndex ?? logIndex(1),
      rejectedIndex: request.prevLogIndex,
      needsSnapshot: refusal?.needsSnapshot ?? false,
      round,
    });
    return;
  }
  state.parted = term(0);
  store(turn, request.entries);
  const matchIndex = logIndex(request.prevLogIndex + request.entries.length);
  // Figure 2, AppendEntries 5: only as far as this message has shown the logs to agree.
  const commitIndex = Math.min(request.leaderCommit, matchIndex);
  if (commitIndex > state.commitIndex) {
    state.commitIndex = logIndex(commitIndex);
    applyCommitted(turn);
  }
  if (state.lastApplied >= request.leaderCommit) state.freshAt = later(state.freshAt, request.freshAt);
  endQuarantine(turn);
  if (request.notice) return;
  send(turn, leader, {
    kind: "appendReply",
    term: request.term,
    success: true,
    matchIndex,
    retryIndex: logIndex(matchIndex + 1),
    rejectedIndex: logIndex(0),
    needsSnapshot: false,
    round,
  });
}
