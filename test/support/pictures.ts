/** Every hand-made picture by its name, the four that everybody looks at and the rarer ones, for the harness. */
import { logIndex, replicaIds, term } from "../../src/base/ids.ts";
import { millis, seconds } from "../../src/base/units.ts";
import type { Frame } from "../../src/model/protocol/frame.ts";
import {
  aClient,
  aConfig,
  aCrowd,
  aFlight,
  aFrame,
  anOperation,
  aProgress,
  aReplica,
  aStrip,
  c1,
  c2,
  c3,
  crowdOfNine,
  cutsBetween,
  electionOfFive,
  healthyTrio,
  leading,
  partitionOfFive,
  r1,
  r2,
  r3,
  r4,
  r5,
} from "./frames.ts";

/** A follower that is fed a snapshot, long queues, links of every style, every outcome of a client. */
export const troubledFive: Frame = aFrame({
  config: {
    ...aConfig(5),
    network: {
      ...aConfig(5).network,
      overrides: [
        {
          from: r1,
          to: r2,
          quality: {
            latency: { kind: "uniform", low: millis(50), high: millis(75) },
            loss: 0,
            duplication: 0,
            reordering: 0,
          },
        },
        {
          from: r1,
          to: r3,
          quality: {
            latency: { kind: "uniform", low: millis(10), high: millis(15) },
            loss: 0.2,
            duplication: 0,
            reordering: 0,
          },
        },
      ],
    },
  },
  replicas: [
    aReplica(r1, {
      lastLogIndex: logIndex(44),
      strip: aStrip("334444444"),
      status: leading([r2, r3, r4, r5], {
        currentTerm: term(6),
        progress: [
          aProgress(r2),
          aProgress(r3),
          aProgress(r4),
          aProgress(r5, { state: "snapshot", snapshotSent: 150, snapshotTotal: 240 }),
        ],
      }),
    }),
    aReplica(r2, {
      lag: millis(840),
      lagEntries: 13,
      queueDepth: 13,
      strip: aStrip("33444"),
      status: { currentTerm: term(6), commitIndex: logIndex(40), lastApplied: logIndex(39) },
    }),
    aReplica(r3, {
      lag: millis(60),
      lagEntries: 2,
      queueDepth: 2,
      strip: aStrip("3344444"),
      status: { currentTerm: term(6) },
    }),
    aReplica(r4, {
      lag: seconds(4.2),
      lagEntries: 27,
      queueDepth: 27,
      strip: aStrip(""),
      status: {
        currentTerm: term(2),
        leaderId: undefined,
        votedFor: undefined,
        role: "preCandidate",
        commitIndex: logIndex(17),
        lastApplied: logIndex(17),
      },
    }),
    aReplica(r5, {
      lag: seconds(9),
      lagEntries: 7,
      queueDepth: 7,
      strip: aStrip(""),
      status: { currentTerm: term(6), commitIndex: logIndex(30), lastApplied: logIndex(30) },
    }),
  ],
  clients: [
    aClient(c1, r1, { open: 2, last: anOperation(r1, { outcome: "open", endedAt: undefined }) }),
    aClient(c2, r2, { last: anOperation(r2, { what: "search", id: "", outcome: "empty" }) }),
    aClient(c3, r4, { open: 1, last: anOperation(r4, { outcome: "open", endedAt: undefined }) }),
  ],
  flights: [
    aFlight(r1, r5, 0.5, { shape: "snapshot", entries: 30, term: term(6) }),
    aFlight(r1, r2, 0.6, { shape: "entries", entries: 7, term: term(6) }),
    aFlight(r4, c3, 0.5, { shape: "redirect", term: term(0) }),
    aFlight(r3, r1, 0.3, { shape: "refused", term: term(6) }),
    aFlight(r1, r3, 0.3, { shape: "heartbeat", term: term(6) }),
    aFlight(r2, r3, 0.6, { shape: "probe", term: term(0) }),
    aFlight(r3, r2, 0.7, { shape: "probeReply", term: term(0) }),
    aFlight(c3, r1, 0.55, { shape: "write", term: term(0) }),
    aFlight(r2, c2, 0.5, { shape: "answer", term: term(0) }),
    aFlight(r4, r3, 0.4, { shape: "voteRefused", term: term(2) }),
  ],
  cuts: [
    { from: r3, to: r4 },
    { from: r2, to: r5 },
    { from: r5, to: r2 },
  ],
});

/** Groups that do not stand together on the ring. */
const interleaved = [
  [r1, r3],
  [r2, r4, r5],
];

/** A partition whose groups are interleaved. */
export const interleavedFive: Frame = aFrame({
  replicas: replicaIds(5).map((id) => aReplica(id, id === r1 ? { status: leading([r2, r3, r4, r5]) } : {})),
  clients: [aClient(c1, r1)],
  groups: interleaved,
  partitionedAt: seconds(3),
  cuts: cutsBetween(interleaved),
});

/** Three groups that meet in a hub. */
const inThree = [[r1, r2, c1], [r3], [r4, r5]];
export const threeSides: Frame = aFrame({
  replicas: replicaIds(5).map((id) => aReplica(id, id === r1 ? { status: leading([r2, r3, r4, r5]) } : {})),
  clients: [aClient(c1, r1)],
  groups: inThree,
  partitionedAt: seconds(3),
  cuts: cutsBetween(inThree),
});

/** The pictures by name. */
export const ALL_PICTURES = {
  healthyTrio,
  electionOfFive,
  partitionOfFive,
  crowdOfNine,
  troubledFive,
  interleavedFive,
  threeSides,
  one: aCrowd(1, 0, seconds(9)),
  two: aCrowd(2, 6, seconds(9)),
  four: aCrowd(4, 10, seconds(9)),
  six: aCrowd(6, 14, seconds(9)),
  seven: aCrowd(7, 20, seconds(9)),
  eight: aCrowd(8, 20, seconds(9)),
};
