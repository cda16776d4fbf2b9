/**
 * The four pictures that everybody looks at: a healthy trio, an election, two leaders, and as much as can be going on.
 * The builders they are made with are exported from here too.
 */
import { type Address, type ClientId, logIndex, type ReplicaId, replicaIds, term } from "../../src/base/ids.ts";
import { type Micros, micros, millis } from "../../src/base/units.ts";
import type { FlightFrame, Frame } from "../../src/model/protocol/frame.ts";
import type { MessageShape } from "../../src/model/protocol/messages.ts";
import {
  aClient,
  aConfig,
  aFlight,
  aFrame,
  aLeadership,
  aLostFlight,
  anOperation,
  aReplica,
  aStrip,
  c1,
  c2,
  c3,
  calmCounters,
  cutsBetween,
  indicesFrom,
  leading,
  r1,
  r2,
  r3,
  r4,
  r5,
} from "./frameBuilders.ts";

export * from "./frameBuilders.ts";

/** The first minute: r1 leads term 1, one write is on its way to the copies, a search to r3, a heartbeat's answer back. */
export const healthyTrio: Frame = aFrame({
  replicas: [
    aReplica(r1, {
      status: leading([r2, r3]),
      lastLogIndex: logIndex(43),
      strip: aStrip("11111111"),
    }),
    aReplica(r2, { lag: millis(4), lagEntries: 1, queueDepth: 1 }),
    aReplica(r3, { lag: millis(4), lagEntries: 1, queueDepth: 1, status: { electionDeadline: millis(5_020) } }),
  ],
  clients: [
    aClient(c1, r1, { open: 1, last: anOperation(r1, { outcome: "open", endedAt: undefined }) }),
    aClient(c2, r2),
    aClient(c3, r3, { open: 1, last: anOperation(r3, { what: "search", id: "", outcome: "answered" }) }),
  ],
  flights: [
    aFlight(r1, r2, 0.4, { shape: "entries", entries: 1 }),
    aFlight(r1, r3, 0.35, { shape: "entries", entries: 1 }),
    aFlight(r2, r1, 0.7, { shape: "accepted" }),
    aFlight(c3, r3, 0.5, { shape: "search", term: term(0) }),
  ],
});

const electionAt = millis(12_742);
const electing = { leaderId: undefined, currentTerm: term(5), votedFor: r3 };

/** r1, leader of term 4, was killed; r3 asks for votes in term 5 and holds two of the three it needs. */
export const electionOfFive: Frame = aFrame({
  virtualNow: electionAt,
  config: aConfig(5),
  replicas: [
    aReplica(r1, {
      alive: false,
      lastLogIndex: logIndex(44),
      strip: aStrip("334444444"),
      status: leading([r2, r3, r4, r5], { currentTerm: term(4), vectorCount: 12_480 }),
    }),
    aReplica(r2, {
      strip: aStrip("3344444"),
      queueDepth: 2,
      status: { ...electing, vectorCount: 12_481, ...countdown(electionAt, 0.86) },
    }),
    aReplica(r3, {
      lastLogIndex: logIndex(43),
      strip: aStrip("33444444"),
      status: { ...electing, role: "candidate", votes: [r3, r4], vectorCount: 12_481, ...countdown(electionAt, 0.8) },
    }),
    aReplica(r4, {
      strip: aStrip("3344444"),
      queueDepth: 2,
      lag: millis(271),
      lagEntries: 1,
      status: {
        ...electing,
        commitIndex: logIndex(41),
        lastApplied: logIndex(41),
        vectorCount: 12_480,
        ...countdown(electionAt, 0.9),
      },
    }),
    aReplica(r5, {
      lastLogIndex: logIndex(40),
      strip: aStrip("33444"),
      queueDepth: 4,
      lag: millis(348),
      lagEntries: 4,
      status: {
        currentTerm: term(4),
        commitIndex: logIndex(40),
        lastApplied: logIndex(40),
        vectorCount: 12_480,
        ...countdown(electionAt, 0.16),
      },
    }),
  ],
  clients: [
    aClient(c1, r1, {
      last: anOperation(r1, { id: "p-2207", outcome: "unknown", askedAt: millis(10_480), endedAt: millis(12_480) }),
    }),
  ],
  flights: [
    aFlight(r3, r1, 0.55, { shape: "voteRequest", term: term(5) }, electionAt),
    aFlight(r3, r5, 0.6, { shape: "voteRequest", term: term(5) }, electionAt),
    aFlight(r2, r3, 0.62, { shape: "voteGranted", term: term(5) }, electionAt),
  ],
  leaderships: [aLeadership(r2, 3, millis(400), millis(3_100)), aLeadership(r1, 4, millis(3_500), millis(12_480))],
});

const partitionAt = millis(18_404);
const partitionGroups: readonly (readonly Address[])[] = [
  [r1, r2, c1],
  [r3, r4, r5, c2],
];

/** Asynchronous, {r1, r2} cut from the rest: two leaders, seven acknowledged writes doomed. */
export const partitionOfFive: Frame = aFrame({
  virtualNow: partitionAt,
  config: aConfig(5, { mode: "asynchronous", writeQuorum: 1, readQuorum: 1 }),
  replicas: [
    aReplica(r1, {
      lastLogIndex: logIndex(58),
      doomedCount: 7,
      strip: aStrip("444444444", 7),
      status: leading([r2, r3, r4, r5], {
        currentTerm: term(4),
        commitIndex: logIndex(58),
        lastApplied: logIndex(58),
        vectorCount: 12_495,
      }),
    }),
    aReplica(r2, {
      lastLogIndex: logIndex(56),
      doomedCount: 5,
      strip: aStrip("4444444", 5),
      queueDepth: 2,
      lag: millis(18),
      lagEntries: 2,
      status: {
        currentTerm: term(4),
        commitIndex: logIndex(56),
        lastApplied: logIndex(56),
        vectorCount: 12_495,
        ...countdown(partitionAt, 0.68),
      },
    }),
    aReplica(r3, { strip: aStrip("445555"), lastLogIndex: logIndex(55), status: inTermFive(55, 0.95) }),
    aReplica(r4, {
      strip: aStrip("445555"),
      lastLogIndex: logIndex(55),
      status: { ...inTermFive(55, 1), ...leading([r1, r2, r3, r5]) },
    }),
    aReplica(r5, {
      strip: aStrip("44555"),
      lastLogIndex: logIndex(54),
      queueDepth: 1,
      lag: millis(9),
      lagEntries: 1,
      status: { ...inTermFive(54, 0.8), vectorCount: 12_491 },
    }),
  ],
  stripIndices: indicesFrom(50),
  clients: [
    aClient(c1, r1, { last: anOperation(r1, { askedAt: millis(18_398), endedAt: millis(18_400) }) }),
    aClient(c2, r4, {
      believedLeader: r4,
      open: 1,
      last: anOperation(r4, { what: "search", id: "", outcome: "open", endedAt: undefined }),
    }),
  ],
  flights: [
    aFlight(r1, r2, 0.5, { shape: "entries", entries: 2, term: term(4) }, partitionAt),
    aFlight(r1, c1, 0.35, { shape: "acknowledgement", term: term(0) }, partitionAt),
    aFlight(r4, r5, 0.4, { shape: "entries", entries: 1, term: term(5) }, partitionAt),
    aFlight(r3, r4, 0.7, { shape: "accepted", term: term(5) }, partitionAt),
    aFlight(c2, r4, 0.6, { shape: "search", term: term(0) }, partitionAt),
    aLostFlight(r1, r5, partitionAt, { term: term(4) }),
    aLostFlight(r1, r4, partitionAt, { term: term(4) }),
    aLostFlight(r1, r3, partitionAt, { term: term(4) }),
    aLostFlight(r4, r2, partitionAt, { term: term(5) }),
  ],
  groups: partitionGroups,
  partitionedAt: millis(14_204),
  cuts: cutsBetween(partitionGroups),
  counters: { ...calmCounters, writesAcknowledged: 1_204, searchesEmpty: 3, messagesDropped: 641, leaderChanges: 5 },
  leaderships: [aLeadership(r1, 4, millis(2_000)), aLeadership(r4, 5, millis(14_466))],
});

const crowdShapes: readonly MessageShape[] = [
  "heartbeat",
  "entries",
  "accepted",
  "refused",
  "voteRequest",
  "voteGranted",
  "voteRefused",
  "snapshot",
  "probe",
  "probeReply",
];

/** Nine replicas and two hundred messages in flight: what must still move at 58 frames a second. */
export const crowdOfNine: Frame = aCrowd(9, 200, millis(9_000));

/** `count` replicas with r1 leading term 2 and `flights` messages spread evenly over links, shapes and their ways. */
export function aCrowd(count: number, flights: number, now: Micros): Frame {
  const ids = replicaIds(count);
  const homes: readonly (readonly [ClientId, ReplicaId])[] = [
    [c1, ids[0] ?? r1],
    [c2, ids[1 % count] ?? r1],
    [c3, ids[2 % count] ?? r1],
  ];
  return aFrame({
    virtualNow: now,
    config: aConfig(count),
    stripIndices: indicesFrom(410),
    replicas: ids.map((id) => aCrowdMember(id, ids, now)),
    clients: homes.map(([client, home]) => aClient(client, home, { open: client % 3 })),
    flights: Array.from({ length: flights }, (_, at) => aCrowdFlight(at, ids, now)),
    counters: { ...calmCounters, writesAcknowledged: 1_204 },
  });
}

function aCrowdMember(id: ReplicaId, ids: readonly ReplicaId[], now: Micros): Frame["replicas"][number] {
  const behind = id % 4 === 0 ? 2 : 0;
  const applied = logIndex(418 - behind);
  const others = ids.filter((other) => other !== id);
  const known = { currentTerm: term(2), commitIndex: applied, lastApplied: applied, vectorCount: 300 - behind };
  return aReplica(id, {
    lastLogIndex: logIndex(419 - behind),
    strip: aStrip("2".repeat(10 - behind)),
    lag: millis(behind * 11),
    lagEntries: behind,
    queueDepth: behind * 2,
    status: id === r1 ? leading(others, known) : { ...known, ...countdown(now, 0.2 + ((id * 37) % 70) / 100) },
  });
}

function aCrowdFlight(at: number, ids: readonly ReplicaId[], now: Micros): FlightFrame {
  const from = ids[at % ids.length] ?? r1;
  const to = ids[(at + 1 + (Math.floor(at / ids.length) % Math.max(1, ids.length - 1))) % ids.length] ?? r2;
  const shape = crowdShapes[at % crowdShapes.length] ?? "heartbeat";
  return aFlight(from, to, ((at * 61) % 100) / 100, { shape, term: term(2), entries: 1 + (at % 3) }, now);
}

/** An election timer of which `left` (0 to 1) remains at `now`. */
export function countdown(now: Micros, left: number): { electionTimerSetAt: Micros; electionDeadline: Micros } {
  return { electionTimerSetAt: micros(now - (1 - left) * 240_000), electionDeadline: micros(now + left * 240_000) };
}

function inTermFive(applied: number, left: number) {
  return {
    currentTerm: term(5),
    votedFor: r4,
    leaderId: r4,
    commitIndex: logIndex(applied),
    lastApplied: logIndex(applied),
    vectorCount: 12_492,
    ...countdown(partitionAt, left),
  };
}
