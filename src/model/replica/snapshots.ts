/** Snapshots: folding the log, and sending the folded state in chunks to whoever is behind it (Raft section 7). */

import { present } from "../../base/assert.ts";
import { logIndex, type ReplicaId, term } from "../../base/ids.ts";
import type { Version } from "../protocol/item.ts";
import { LOG_CAPACITY, REMEMBERED_REQUESTS, type RequestId, type Snapshot } from "../protocol/log.ts";
import type { InstallSnapshot } from "../protocol/messages.ts";
import { entryAt, lastLogIndex, termAt, versionOf } from "./log.ts";
import { inheritJournal } from "./searchIndex.ts";
import type { Peer, ReplicaState } from "./state.ts";
import { itemsBefore, storeOf } from "./store.ts";
import { report, send, type Turn } from "./turn.ts";

/** Items in one chunk: small enough that several chunks are seen on the stage for the built-in catalogue. */
const ITEMS_PER_CHUNK = 48;

/** The requests folded by a snapshot at `index`, oldest first, as many as are remembered. */
function foldedRequests(state: ReplicaState, index: number): (readonly [RequestId, Version])[] {
  const folded = [...state.requests].filter(([, version]) => version.logIndex <= index);
  return folded.sort((a, b) => a[1].logIndex - b[1].logIndex).slice(-REMEMBERED_REQUESTS);
}

/** The state after `index`, which is applied and not older than this log's beginning. */
function snapshotAt(state: ReplicaState, index: number): Snapshot {
  return {
    lastIncludedIndex: logIndex(index),
    lastIncludedTerm: present(termAt(state.log, index), "the term at a snapshot's end"),
    items: itemsBefore(state.store, state.lastApplied - index),
    requests: foldedRequests(state, index),
  };
}

/** Folds the older half of the log, as far as it is applied. The newer half stays, and with it what may be undone. */
export function foldLog(turn: Turn): void {
  const { state, effects } = turn;
  const { log } = state;
  const base = log.snapshot.lastIncludedIndex;
  const index = Math.min(state.lastApplied, base + LOG_CAPACITY / 2);
  if (index <= base) return;
  const snapshot = snapshotAt(state, index);
  log.entries.splice(0, index - base);
  state.store.undo.splice(0, index - base);
  log.snapshot = snapshot;
  const remembered = new Set(snapshot.requests.map(([request]) => request));
  for (const [request, version] of state.requests)
    if (version.logIndex <= index && !remembered.has(request)) state.requests.delete(request);
  effects.push({ kind: "persist", change: { kind: "snapshot", snapshot, keepTail: true } });
  report(turn, { kind: "logFolded", lastIncludedIndex: snapshot.lastIncludedIndex });
}

/**
 * Starts sending a snapshot to `peer`. Without one given it is the leader's state as it is now: what mends a conflict
 * below a follower's beginning (asynchronous mode).
 */
export function offerSnapshot(turn: Turn, peer: Peer, given: Snapshot | undefined): void {
  const { state } = turn;
  const snapshot = given ?? snapshotAt(state, state.lastApplied);
  peer.state = "snapshot";
  peer.transfer = { snapshot, received: 0 };
  const { lastIncludedIndex, items } = snapshot;
  report(turn, { kind: "snapshotOffered", to: peer.id, lastIncludedIndex, items: items.length });
  sendChunk(turn, peer);
}

/** Sends the next chunk that `peer` has not confirmed. Called again with each heartbeat, in case one was lost. */
export function sendChunk(turn: Turn, peer: Peer): void {
  const { state } = turn;
  const { snapshot, received } = present(peer.transfer, "a snapshot under way");
  const { lastIncludedIndex, lastIncludedTerm, items, requests } = snapshot;
  const last = received + ITEMS_PER_CHUNK >= items.length;
  send(turn, peer.id, {
    kind: "installSnapshot",
    term: state.currentTerm,
    lastIncludedIndex,
    lastIncludedTerm,
    offset: received,
    total: items.length,
    items: items.slice(received, received + ITEMS_PER_CHUNK),
    requests: last ? requests : [],
    round: state.round,
  });
}

/** Keeps the chunk if it is the next one; returns how many items are here now. */
function collect(state: ReplicaState, chunk: InstallSnapshot): number {
  const { lastIncludedIndex, lastIncludedTerm } = chunk;
  const known = state.incoming;
  const same = known?.lastIncludedIndex === lastIncludedIndex && known.lastIncludedTerm === lastIncludedTerm;
  const incoming = same && known !== undefined ? known : { lastIncludedIndex, lastIncludedTerm, items: [] };
  state.incoming = incoming;
  if (chunk.offset === incoming.items.length) incoming.items.push(...chunk.items);
  return incoming.items.length;
}

/** Raft section 7: log and store become the snapshot; a log that continues it keeps what lies behind. */
function install(turn: Turn, snapshot: Snapshot): void {
  const { state, effects } = turn;
  const { log } = state;
  const { lastIncludedIndex: index, items } = snapshot;
  const keepTail = termAt(log, index) === snapshot.lastIncludedTerm;
  if (keepTail && state.lastApplied >= index) return;
  const undone = keepTail ? 0 : Math.max(0, state.lastApplied - commonPrefix(state, snapshot));
  log.entries = keepTail ? log.entries.filter((entry) => entry.index > index) : [];
  log.snapshot = snapshot;
  state.conflictsBelow = false;
  state.parted = term(0);
  const store = storeOf(snapshot);
  inheritJournal(store, state.store);
  state.store = store;
  state.commitIndex = index;
  state.lastApplied = index;
  state.requests.clear();
  for (const [request, version] of snapshot.requests) state.requests.set(request, version);
  for (const entry of log.entries) if (entry.requestId !== 0) state.requests.set(entry.requestId, versionOf(entry));
  effects.push({ kind: "persist", change: { kind: "snapshot", snapshot, keepTail } });
  report(turn, { kind: "snapshotInstalled", lastIncludedIndex: index, items: items.length, undone });
}

/** How much of what is applied here the snapshot may share: all, if it reaches further and no conflict is known. */
function commonPrefix(state: ReplicaState, snapshot: Snapshot): number {
  const beyond =
    entryAt(state.log, snapshot.lastIncludedIndex) === undefined &&
    lastLogIndex(state.log) < snapshot.lastIncludedIndex;
  return beyond && !state.conflictsBelow
    ? state.lastApplied
    : Math.min(state.log.snapshot.lastIncludedIndex, snapshot.lastIncludedIndex);
}

/** Once what is committed here reaches the end of the log that was damaged, the replica may serve and vote again. */
export function endQuarantine(turn: Turn): void {
  const { state, effects } = turn;
  if (state.quarantinedUntil === undefined || state.commitIndex < state.quarantinedUntil) return;
  state.quarantinedUntil = undefined;
  effects.push({ kind: "persist", change: { kind: "quarantineEnded" } });
  report(turn, { kind: "quarantineEnded" });
}

/**
 * Whether the snapshot ends before this log's beginning without need: a leader offers such a one only to a log that it
 * has found to be incomparable with its own. Anything else is late, and would take away what is folded here.
 */
function isBehind({ log, parted, currentTerm }: ReplicaState, chunk: InstallSnapshot): boolean {
  return chunk.lastIncludedIndex < log.snapshot.lastIncludedIndex && parted !== currentTerm;
}

/** A chunk arrives; the term has been checked and the sender taken for the leader. */
export function handleInstallSnapshot(turn: Turn, leader: ReplicaId, chunk: InstallSnapshot): void {
  const { state } = turn;
  if (isBehind(state, chunk)) {
    const { lastIncludedIndex, round } = chunk;
    const refusal = { received: 0, installed: false, behind: true } as const;
    send(turn, leader, { kind: "snapshotReply", term: state.currentTerm, lastIncludedIndex, ...refusal, round });
    return;
  }
  const received = collect(state, chunk);
  const installed = received === chunk.total && chunk.offset + chunk.items.length === chunk.total;
  const { lastIncludedIndex, lastIncludedTerm, requests, round } = chunk;
  if (installed) {
    const items = state.incoming?.items ?? [];
    state.incoming = undefined;
    install(turn, { lastIncludedIndex, lastIncludedTerm, items, requests });
    endQuarantine(turn);
  }
  const progress = { received, installed, behind: false } as const;
  send(turn, leader, { kind: "snapshotReply", term: state.currentTerm, lastIncludedIndex, ...progress, round });
}
