/** Building single replicas in any state, and putting the machine's effects into a shape that tests can read. */
import { present } from "../../src/base/assert.ts";
import { type Address, logIndex, type ReplicaId, replicaId, term } from "../../src/base/ids.ts";
import { rngStream, Stream } from "../../src/base/rng.ts";
import { type Micros, ZERO } from "../../src/base/units.ts";
import { type ClusterConfig, DEFAULT_CLUSTER, DEFAULT_RULES, type Rules } from "../../src/model/protocol/config.ts";
import type { ReplicaEvent } from "../../src/model/protocol/events.ts";
import type { Item, Operation } from "../../src/model/protocol/item.ts";
import type { Disk, DiskChange, Entry, Snapshot } from "../../src/model/protocol/log.ts";
import type { AppendEntries, AppendReply, ClientAnswer, Message } from "../../src/model/protocol/messages.ts";
import type { Effect, ReplicaInput, TimerKind } from "../../src/model/protocol/step.ts";
import { createReplica, type ReplicaState } from "../../src/model/replica/state.ts";
import { step } from "../../src/model/replica/step.ts";
import { applyEntry } from "../../src/model/replica/store.ts";
import { embeddingOf, unitVector } from "../../src/model/vector/embedding.ts";

const payload = { kind: "colour", name: "grey", hex: "#808080" } as const;

/** A write of the item `id`. */
export function put(id: string, ...values: readonly number[]): Extract<Operation, { kind: "put" }> {
  const vector = Float32Array.from(values.length === 0 ? [1, 0] : values);
  return { kind: "put", id, embedding: embeddingOf(unitVector(vector)), payload };
}

/** An item as it stands after the write at `ofTerm`, `index`. */
export function anItem(id: string, ofTerm: number, index: number, ...values: readonly number[]): Item {
  const { embedding } = put(id, ...values);
  return { id, embedding, payload, version: { term: term(ofTerm), logIndex: logIndex(index) } };
}

/** An entry that puts an item named after its place: `x3` at index 3. */
export function anEntry(ofTerm: number, index: number, parts: Partial<Entry> = {}): Entry {
  const operation = put(`x${index}`);
  return { term: term(ofTerm), index: logIndex(index), operation, requestId: 0, appendedAt: ZERO, ...parts };
}

/** Entries of these terms, the first at `from`. */
export function entriesOf(terms: readonly number[], from = 1): readonly Entry[] {
  return terms.map((ofTerm, at) => anEntry(ofTerm, from + at));
}

/** A snapshot that reaches `index`. */
export function aSnapshot(ofTerm: number, index: number, items: readonly Item[] = []): Snapshot {
  return { lastIncludedIndex: logIndex(index), lastIncludedTerm: term(ofTerm), items, requests: [] };
}

export interface ReplicaParts {
  readonly id: ReplicaId;
  readonly replicas?: number;
  readonly currentTerm?: number;
  readonly votedFor?: ReplicaId;
  /** Terms of the entries behind the snapshot. */
  readonly log?: readonly number[];
  readonly snapshot?: Snapshot;
  readonly entries?: readonly Entry[];
  readonly commitIndex?: number;
  readonly cluster?: Partial<ClusterConfig>;
  readonly rules?: Partial<Rules>;
  readonly at?: Micros;
}

/** A replica that has just started from a disk in this state, with entries up to `commitIndex` applied. */
export function aFollower(parts: ReplicaParts): ReplicaState {
  const { id, replicas = 3, log = [], snapshot = aSnapshot(0, 0), commitIndex = 0, at = ZERO } = parts;
  const config: ClusterConfig = {
    ...DEFAULT_CLUSTER,
    replicaCount: replicas,
    writeQuorum: Math.floor(replicas / 2) + 1,
    readQuorum: Math.floor(replicas / 2) + 1,
    ...parts.cluster,
    rules: { ...DEFAULT_RULES, ...parts.rules },
  };
  const entries = parts.entries ?? entriesOf(log, snapshot.lastIncludedIndex + 1);
  const lastTerm = entries[entries.length - 1]?.term ?? snapshot.lastIncludedTerm;
  const disk: Disk = {
    currentTerm: term(parts.currentTerm ?? lastTerm),
    votedFor: parts.votedFor,
    snapshot,
    entries: entries.slice(),
    damaged: undefined,
    quarantinedUntil: undefined,
  };
  const state = createReplica(id, config, disk, rngStream(1, Stream.replica, id), at);
  for (const entry of entries) {
    if (entry.index > commitIndex) break;
    applyEntry(state.store, entry);
    state.commitIndex = entry.index;
    state.lastApplied = entry.index;
  }
  return state;
}

/** A replica that campaigns in `currentTerm`. */
export function aCandidate(parts: ReplicaParts & { readonly currentTerm: number }): ReplicaState {
  const state = aFollower({ ...parts, currentTerm: parts.currentTerm - 1 });
  step(state, timerFired("election"), state.electionDeadline);
  return state;
}

/** A replica that has just been elected for `currentTerm`; its no-op is the last entry. */
export function aLeader(parts: ReplicaParts & { readonly currentTerm: number }): ReplicaState {
  const state = aCandidate(parts);
  const at = state.electionTimerSetAt;
  for (let voter = 1; state.role !== "leader"; voter += 1) {
    if (voter !== parts.id) step(state, received(replicaId(voter), voteGranted(parts.currentTerm)), at);
  }
  return state;
}

export function timerFired(timer: TimerKind): ReplicaInput {
  return { kind: "timer", timer };
}

export function received(from: Address, message: Message): ReplicaInput {
  return { kind: "message", from, message };
}

export function requestVote(ofTerm: number, lastTerm: number, lastIndex: number, preVote = false): Message {
  return {
    kind: "requestVote",
    term: term(ofTerm),
    lastLogIndex: logIndex(lastIndex),
    lastLogTerm: term(lastTerm),
    preVote,
  };
}

export function voteGranted(ofTerm: number, preVote = false): Message {
  return { kind: "voteReply", term: term(ofTerm), granted: true, preVote, refusal: undefined };
}

/** AppendEntries of the leader of `ofTerm`, behind the entry `after` = [term, index]; a heartbeat without entries. */
export function append(
  ofTerm: number,
  behind: readonly [number, number],
  entries: readonly Entry[] = [],
  parts: Partial<AppendEntries> = {},
): AppendEntries {
  const [prevTerm, prevIndex] = behind;
  return {
    kind: "appendEntries",
    term: term(ofTerm),
    prevLogIndex: logIndex(prevIndex),
    prevLogTerm: term(prevTerm),
    entries,
    leaderCommit: logIndex(0),
    notice: false,
    round: ZERO,
    freshAt: ZERO,
    ...parts,
  };
}

/** A follower's word that its log matches up to `matchIndex`. */
export function accepted(ofTerm: number, matchIndex: number, round = ZERO): AppendReply {
  return {
    kind: "appendReply",
    term: term(ofTerm),
    success: true,
    matchIndex: logIndex(matchIndex),
    retryIndex: logIndex(matchIndex + 1),
    rejectedIndex: logIndex(0),
    needsSnapshot: false,
    round,
  };
}

export function writeRequest(requestId: number, operation = put(`w${requestId}`)): Message {
  return { kind: "writeRequest", requestId, operation };
}

export interface Sent {
  readonly to: Address;
  readonly message: Message;
}

/** The messages among `effects`, in order. */
export function sentMessages(effects: readonly Effect[]): readonly Sent[] {
  return effects.flatMap((effect) => (effect.kind === "send" ? [{ to: effect.to, message: effect.message }] : []));
}

/** The messages of one kind that `effects` send. */
export function sentOf<Kind extends Message["kind"]>(
  effects: readonly Effect[],
  kind: Kind,
): readonly Extract<Message, { kind: Kind }>[] {
  const isOne = (message: Message): message is Extract<Message, { kind: Kind }> => message.kind === kind;
  return sentMessages(effects).flatMap(({ message }) => (isOne(message) ? [message] : []));
}

/** What `effects` answer to clients. */
export function answers(effects: readonly Effect[]): readonly ClientAnswer[] {
  return sentOf(effects, "clientReply").map(({ answer }) => answer);
}

export function persisted(effects: readonly Effect[]): readonly DiskChange[] {
  return effects.flatMap((effect) => (effect.kind === "persist" ? [effect.change] : []));
}

export function reported(effects: readonly Effect[]): readonly ReplicaEvent[] {
  return effects.flatMap((effect) => (effect.kind === "report" ? [effect.event] : []));
}

/** The terms of a replica's entries: how the paper draws a log. */
export function termsOf(state: ReplicaState): readonly number[] {
  return state.log.entries.map((entry) => entry.term);
}

/**
 * Carries messages between replicas until nobody has anything to say, starting with `first` from `from`. Throws after
 * `limit` deliveries: they would talk for ever.
 */
export function talk(
  replicas: readonly ReplicaState[],
  from: ReplicaState,
  first: readonly Effect[],
  at: Micros,
  limit = 1_000,
): readonly Effect[] {
  const all: Effect[] = [...first];
  const queue = sentMessages(first).map((sent) => ({ from: from.id, ...sent }));
  for (let delivered = 0; queue.length > 0; delivered += 1) {
    if (delivered > limit) throw new Error("the replicas talk for ever");
    const next = present(queue.shift(), "a message");
    const target = replicas.find(({ id }) => id === next.to);
    if (target === undefined) continue;
    const { effects } = step(target, received(next.from, next.message), at);
    all.push(...effects);
    for (const sent of sentMessages(effects)) queue.push({ from: target.id, ...sent });
  }
  return all;
}
