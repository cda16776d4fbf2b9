/** One step under way: the state it changes, the instant, and the effects it has asked for so far. */
import { type Address, type LogIndex, logIndex, type ReplicaId, type Term } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { ReplicaEvent } from "../protocol/events.ts";
import { type Entry, LOG_CAPACITY } from "../protocol/log.ts";
import type { Message } from "../protocol/messages.ts";
import type { Effect } from "../protocol/step.ts";
import { truncateFrom, versionOf } from "./log.ts";
import type { ReplicaState } from "./state.ts";

export interface Turn {
  readonly state: ReplicaState;
  readonly at: Micros;
  readonly effects: Effect[];
}

export function send(turn: Turn, to: Address, message: Message): void {
  turn.effects.push({ kind: "send", to, message });
}

export function report(turn: Turn, event: ReplicaEvent): void {
  turn.effects.push({ kind: "report", event });
}

/** Sets term and vote, and writes them to disk before anything that follows is sent (Raft figure 2). */
export function setTermAndVote(turn: Turn, currentTerm: Term, votedFor: ReplicaId | undefined): void {
  const { state, effects } = turn;
  state.currentTerm = currentTerm;
  state.votedFor = votedFor;
  effects.push({ kind: "persist", change: { kind: "vote", currentTerm, votedFor } });
}

/** Whether the log has room for one more entry. */
export function hasRoom(turn: Turn): boolean {
  return turn.state.log.entries.length < LOG_CAPACITY;
}

/** Appends to the log, in memory and on disk. */
export function appendEntries(turn: Turn, entries: readonly Entry[]): void {
  const { state, effects } = turn;
  for (const entry of entries) {
    state.log.entries.push(entry);
    if (entry.requestId !== 0) state.requests.set(entry.requestId, versionOf(entry));
  }
  effects.push({ kind: "persist", change: { kind: "append", entries } });
}

/** Removes `from` and everything behind it, in memory and on disk. The caller has undone what was applied. */
export function removeEntriesFrom(turn: Turn, from: LogIndex): readonly Entry[] {
  const { state, effects } = turn;
  const removed = truncateFrom(state.log, from);
  if (state.syncedIndex >= from) state.syncedIndex = logIndex(from - 1);
  for (const entry of removed) {
    state.writers.delete(entry.index);
    if (state.requests.get(entry.requestId)?.logIndex === entry.index) state.requests.delete(entry.requestId);
  }
  effects.push({ kind: "persist", change: { kind: "truncate", from } });
  return removed;
}
