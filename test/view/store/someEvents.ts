/** Events for tests of the view: one of every kind, and builders for the few that stories need. */
import { clientId, logIndex, type ReplicaId, replicaId, term } from "../../../src/base/ids.ts";
import { type Micros, millis, seconds } from "../../../src/base/units.ts";
import type { Command } from "../../../src/model/protocol/commands.ts";
import { DEFAULT_NETWORK } from "../../../src/model/protocol/config.ts";
import type { ClientEvent, ClusterEvent, ReplicaEvent, WorldEvent } from "../../../src/model/protocol/events.ts";
import type { WriteOperation } from "../../../src/model/protocol/item.ts";

const [r1, r2, r3] = [replicaId(1), replicaId(2), replicaId(3)];
const c1 = clientId(1);

let nextSequence = 1;

function stamped(at: Micros) {
  nextSequence += 1;
  return { at, sequence: nextSequence };
}

/** Something that a replica reports. */
export function replicaEvent(id: ReplicaId, fact: ReplicaEvent, at = seconds(6)): ClusterEvent {
  return { ...stamped(at), source: "replica", replicaId: id, fact };
}

/** Something that the first client reports. */
export function clientEvent(fact: ClientEvent, at = seconds(6)): ClusterEvent {
  return { ...stamped(at), source: "client", clientId: c1, fact };
}

/** Something that the cluster reports. */
export function worldEvent(fact: WorldEvent, at = seconds(6)): ClusterEvent {
  return { ...stamped(at), source: "world", fact };
}

/** A command that took effect. */
export function done(command: Command, at = seconds(6)): ClusterEvent {
  return worldEvent({ kind: "commandDone", command }, at);
}

/** A delete, the smallest write there is. */
export const aDelete: WriteOperation = { kind: "delete", id: "p-318" };

/** A version. */
export function version(inTerm: number, index: number) {
  return { term: term(inTerm), logIndex: logIndex(index) };
}

/** The acknowledgement of a write. */
export function acknowledged(inTerm: number, index: number, at = seconds(6)): ClusterEvent {
  const fact = {
    kind: "writeAcknowledged",
    requestId: 1,
    operation: aDelete,
    version: version(inTerm, index),
  } as const;
  return clientEvent({ ...fact, latency: millis(26) }, at);
}

/** The loss of an acknowledged write. */
export function lost(inTerm: number, index: number, at = seconds(6), id = "p-318"): ClusterEvent {
  return worldEvent({ kind: "writeLost", id, version: version(inTerm, index), requestId: 1 }, at);
}

/** A replica undoes entries of its log. */
export function rolledBack(id: ReplicaId, from: number, to: number, at = seconds(6)): ClusterEvent {
  const undone = to - from + 1;
  return replicaEvent(id, { kind: "rolledBack", term: term(2), from: logIndex(from), to: logIndex(to), undone }, at);
}

const replicaFacts: readonly ReplicaEvent[] = [
  { kind: "electionStarted", term: term(5), preVote: false },
  { kind: "electionStarted", term: term(5), preVote: true },
  { kind: "voteGranted", term: term(5), candidate: r3, preVote: false },
  { kind: "voteRefused", term: term(5), candidate: r2, reason: "logBehind", preVote: false },
  { kind: "voteRefused", term: term(5), candidate: r2, reason: "alreadyVoted", preVote: false },
  { kind: "voteRefused", term: term(5), candidate: r2, reason: "staleTerm", preVote: false },
  { kind: "voteRefused", term: term(5), candidate: r2, reason: "leaderAlive", preVote: true },
  { kind: "becameLeader", term: term(5), votes: [r1, r2, r3] },
  { kind: "steppedDown", term: term(5), newTerm: term(6), reason: "higherTerm", was: "leader" },
  { kind: "steppedDown", term: term(5), newTerm: term(5), reason: "noQuorum", was: "leader" },
  { kind: "steppedDown", term: term(5), newTerm: term(5), reason: "leaderFound", was: "candidate" },
  { kind: "leaderHeard", term: term(5), leader: r3 },
  { kind: "rolledBack", term: term(5), from: logIndex(52), to: logIndex(58), undone: 7 },
  { kind: "rolledBack", term: term(5), from: logIndex(52), to: logIndex(52), undone: 0 },
  { kind: "logFolded", lastIncludedIndex: logIndex(10_000) },
  { kind: "snapshotOffered", to: r3, lastIncludedIndex: logIndex(412), items: 240 },
  { kind: "snapshotInstalled", lastIncludedIndex: logIndex(412), items: 240, undone: 2 },
  { kind: "writeRefused", requestId: 1, leader: r1 },
  { kind: "writeRefused", requestId: 1, leader: undefined },
  { kind: "logFull", requestId: 1 },
  { kind: "degraded", on: true },
  { kind: "degraded", on: false },
  { kind: "readsFull" },
];

const machineFacts: readonly ReplicaEvent[] = [
  { kind: "inboxFull" },
  { kind: "promoted", term: term(6) },
  { kind: "damageFound", index: logIndex(41) },
  { kind: "quarantineEnded" },
];

const clientFacts: readonly ClientEvent[] = [
  { kind: "writeAcknowledged", requestId: 1, operation: aDelete, version: version(3, 42), latency: millis(26) },
  { kind: "writeUnknown", requestId: 1, operation: aDelete },
  { kind: "writeFailed", requestId: 1, operation: aDelete },
  { kind: "redirected", requestId: 1, by: r2, to: r1 },
  { kind: "redirected", requestId: 1, by: r2, to: undefined },
  {
    kind: "answered",
    requestId: 1,
    question: "search",
    by: r3,
    found: 5,
    appliedTo: version(3, 42),
    latency: millis(22),
  },
  {
    kind: "answered",
    requestId: 1,
    question: "search",
    by: r3,
    found: 0,
    appliedTo: version(3, 42),
    latency: millis(22),
  },
  { kind: "answered", requestId: 1, question: "get", by: r3, found: 1, appliedTo: version(3, 42), latency: millis(22) },
  { kind: "unanswered", requestId: 1, question: "search" },
  { kind: "skipped", requestId: 1, what: "write" },
];

const { quality } = DEFAULT_NETWORK;
const commands: readonly Command[] = [
  { kind: "crash", replicaId: r1 },
  { kind: "restart", replicaId: r1 },
  { kind: "partition", groups: [[r1, c1]] },
  {
    kind: "partition",
    groups: [
      [r1, c1],
      [r2, r3],
    ],
  },
  { kind: "heal" },
  { kind: "cut", from: r1, to: r2 },
  { kind: "restore", from: r1, to: r2 },
  { kind: "setMode", mode: "asynchronous" },
  { kind: "setMode", mode: "quorum" },
  { kind: "setMode", mode: "synchronous" },
  { kind: "setQuorum", writeQuorum: 2, readQuorum: 1 },
  { kind: "setDegrade", synchronousDegrades: true },
  { kind: "setPolicy", readPolicy: "linearizable", stalenessBound: millis(500) },
  { kind: "setTimings", electionTimeout: { min: millis(150), max: millis(300) }, heartbeatInterval: millis(50) },
  { kind: "setRule", rule: "quorumReadWaits", on: false },
  { kind: "setNetwork", quality: { ...quality, loss: 0.2, duplication: 0.01, reordering: 0.5 } },
  { kind: "setLink", from: r1, to: r3, quality },
  { kind: "setLink", from: r1, to: r3, quality: undefined },
  { kind: "setRates", rates: { writesPerSecond: 5, readsPerSecond: 1, searchesPerSecond: 2 } },
  { kind: "write", client: c1, draft: aDelete },
  { kind: "retry", requestId: 1 },
  { kind: "wipe", replicaId: r1 },
  { kind: "pause", replicaId: r1 },
  { kind: "pause", replicaId: r1, lasts: millis(2_000) },
  { kind: "resume", replicaId: r1 },
  { kind: "slow", replicaId: r1, factor: 5 },
  { kind: "slow", replicaId: r1, factor: 1 },
  { kind: "refuseWrites", replicaId: r1 },
  { kind: "acceptWrites", replicaId: r1 },
  { kind: "clock", replicaId: r1, offset: millis(1_000), drift: 0.2 },
  { kind: "clock", replicaId: r1, offset: millis(0), drift: 0 },
  { kind: "disk", replicaId: r1, syncTime: millis(20), lies: false },
  { kind: "disk", replicaId: r1, syncTime: millis(1_000), lies: true },
  { kind: "corrupt", replicaId: r1 },
  { kind: "promote", replicaId: r1 },
  { kind: "isolate", replicaId: r1 },
  { kind: "message", flight: 7, action: { kind: "drop" } },
  { kind: "message", flight: 7, action: { kind: "delay", by: millis(30) } },
  { kind: "search", client: c1, values: new Float32Array([1]), k: 5 },
  { kind: "setSearchIndex", index: { kind: "hnsw", m: 16, efConstruction: 128, ef: 64, replicas: "all" } },
  { kind: "setSearchIndex", index: { kind: "hnsw", m: 8, efConstruction: 32, ef: 4, replicas: [r1, r3] } },
  { kind: "setSearchIndex", index: undefined },
  { kind: "setCosts", processingCost: millis(1), diskSync: millis(5) },
  { kind: "setGameDay", plan: { fault: { kind: "crash" }, every: millis(30_000), lasts: millis(10_000) } },
  { kind: "setGameDay", plan: undefined },
];

/** One of everything that can happen. */
export const everyEvent: readonly ClusterEvent[] = [
  ...[...replicaFacts, ...machineFacts].map((fact) => replicaEvent(r1, fact)),
  ...clientFacts.map((fact) => clientEvent(fact)),
  ...commands.map((command) => done(command)),
  worldEvent({ kind: "commandDone", command: { kind: "crash", replicaId: r1 }, by: "gameDay" }),
  worldEvent({ kind: "commandDone", command: { kind: "heal" }, by: "gameDay" }),
  worldEvent({ kind: "commandDone", command: { kind: "resume", replicaId: r1 }, by: "time" }),
  worldEvent({
    kind: "commandIgnored",
    command: { kind: "restart", replicaId: r1 },
    problem: { field: "replicaId", message: "r1 is running already." },
  }),
  worldEvent({ kind: "verdictBroken", name: "ElectionSafety", promised: true, message: "r1 and r2 lead term 3." }),
  worldEvent({ kind: "networkFull", limit: 20_000 }),
  worldEvent({ kind: "storeDiffers", replicaId: r1 }),
  lost(3, 44),
];
