/**
 * The state of a whole run: the event queue, the network, the disks, the clients, and what has been counted. The
 * replicas' own state lives wherever their machines run; here stands what they last said of themselves.
 */

import { type HashState, newHash } from "../../base/hash.ts";
import { Heap } from "../../base/heap.ts";
import {
  type Address,
  type ClientId,
  clientIds,
  logIndex,
  OPERATOR,
  type ReplicaId,
  replicaIds,
  term,
} from "../../base/ids.ts";
import { type RngState, rngStream, Stream } from "../../base/rng.ts";
import { type Micros, micros, NEVER, seconds, ZERO } from "../../base/units.ts";
import { type ClientInput, type ClientState, createClient } from "../client/client.ts";
import { type CatalogueItem, newWorkload, type Workload } from "../client/workload.ts";
import { type Network, newNetwork } from "../network/network.ts";
import type { TimedCommand } from "../protocol/commands.ts";
import type { RunConfig } from "../protocol/config.ts";
import type { DatasetContent } from "../protocol/dataset.ts";
import type { Counters, Leadership } from "../protocol/frame.ts";
import type { Version, WriteOperation } from "../protocol/item.ts";
import type { Disk, RequestId, Snapshot } from "../protocol/log.ts";
import type { Message } from "../protocol/messages.ts";
import { type Conditions, HEALTHY, type ReplicaInput, type ReplicaStatus } from "../protocol/step.ts";
import { newDisk } from "../replica/state.ts";
import { embeddingOf } from "../vector/embedding.ts";
import { type Acknowledged, newAcknowledged } from "./acknowledged.ts";
import type { AskedSearchState } from "./askedSearches.ts";
import type { CustomersState } from "./customers.ts";
import type { LyingDisk } from "./disk.ts";
import { type GameDayState, noGameDay } from "./gameDay.ts";
import type { RunObserver } from "./observer.ts";
import { newOutbox, type Outbox, SAMPLE_INTERVAL } from "./outbox.ts";
import { newVerdicts, updatePromises, type Verdicts } from "./verdicts.ts";

/** What waits for its instant. `source` and `counter` complete the order of events (TOOLCHAIN: the order key). */
export type Queued = { readonly at: Micros; readonly source: number; readonly counter: number } & (
  | {
      readonly for: "replica";
      readonly to: ReplicaId;
      readonly input: ReplicaInput;
      readonly flight: Flight | undefined;
    }
  | { readonly for: "client"; readonly to: ClientId; readonly input: ClientInput; readonly flight: Flight | undefined }
);

/** A message under way, for the picture. */
export interface Flight {
  readonly id: number;
  readonly from: Address;
  readonly to: Address;
  readonly message: Message;
  readonly sentAt: Micros;
  /** When its last bit has left the sender: later than `sentAt` over a link of limited bandwidth. */
  readonly leavesAt: Micros;
  readonly deliverAt: Micros;
}

/** A message that will not arrive, and where on its way it ended. */
export interface LostFlight extends Flight {
  readonly lostAt: Micros;
}

export interface Member {
  readonly id: ReplicaId;
  alive: boolean;
  /** How often it has been started; each start has a random stream of its own, since memory was lost. */
  incarnation: number;
  readonly disk: Disk;
  /** What it last said; of a dead replica, what it knew last. */
  status: ReplicaStatus;
  /** When its next timer fires; NEVER while it is down. */
  timerAt: Micros;
  /** What is wrong with it; survives a restart, but for a pause. */
  conditions: Conditions;
  /** Set while its disk lies. */
  lying: LyingDisk | undefined;
}

/** What is kept of a write that a person asked for. */
export interface ReceiptState {
  readonly requestId: RequestId;
  readonly clientId: ClientId;
  readonly operation: WriteOperation;
  readonly askedAt: Micros;
  outcome: "pending" | "acknowledged" | "unknown" | "failed" | "lost";
  redirects: number;
  version: Version | undefined;
  latency: Micros | undefined;
  readonly rolledBack: Set<ReplicaId>;
}

/** One event of the trace: made for every event, put into words only when somebody reads it. */
export interface TraceLine {
  at: Micros;
  who: Address;
  what: Flight | string;
}

export type MutableCounters = { -readonly [Name in keyof Counters]: Counters[Name] };

export interface ClusterState {
  config: RunConfig;
  now: Micros;
  readonly queue: Heap<Queued>;
  /** Inputs made so far, by source; the order key's counter. */
  readonly madeBy: number[];
  nextFlight: number;
  /** When people may be told again that the network is full. */
  overflowToldUntil: Micros;
  readonly network: Network;
  readonly members: readonly Member[];
  readonly clients: readonly ClientState[];
  readonly workload: Workload;
  readonly hash: HashState;
  /** The next virtual second: every replica's digest goes into the hash then. */
  nextSecondAt: Micros;
  /** When lag and queues are sampled next. */
  nextSampleAt: Micros;
  /** Every command so far: with configuration and seed, the run. */
  readonly commands: TimedCommand[];
  readonly counters: MutableCounters;
  /** How clients' searches were answered. Undefined where nobody asks; not part of the run. */
  customers: CustomersState | undefined;
  readonly acknowledged: Acknowledged;
  readonly verdicts: Verdicts;
  /** Whether the verdicts are shown what happens. False where nobody asks them, as in experiments on times. */
  judged: boolean;
  readonly receipts: ReceiptState[];
  /** Searches that a person asked for; not part of the run. */
  readonly searches: AskedSearchState[];
  readonly leaderships: Leadership[];
  /** The replica that led the highest term, alive or not: lag is measured against it. */
  lastLeader: ReplicaId | undefined;
  lostFlights: LostFlight[];
  outbox: Outbox;
  nextEvent: number;
  /** For commands that find their object as they take effect: the stream, and whom each label found last. */
  readonly aims: { readonly rng: RngState; readonly found: Map<number, ReplicaId> };
  readonly gameDay: GameDayState;
  /** Set by a driver that has somebody look on. Not part of the run. */
  observer: RunObserver | undefined;
  /** The last events, for the report of a failure; a ring, `eventsProcessed` says where it begins. */
  readonly trace: TraceLine[];
}

/** Takes over what a running replica says of itself. */
export function setStatus(member: Member, status: ReplicaStatus): void {
  member.status = status;
  member.timerAt = status.nextTimerAt;
}

/** Whether `a` comes before `b`: time, destination, source, count. A number that no arrival can change. */
export function comesBefore(a: Queued, b: Queued): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.to !== b.to) return a.to < b.to;
  if (a.source !== b.source) return a.source < b.source;
  return a.counter < b.counter;
}

function noCounters(): MutableCounters {
  return {
    writesAttempted: 0,
    writesAcknowledged: 0,
    writesUnknown: 0,
    writesFailed: 0,
    acknowledgedWritesLost: 0,
    readsServed: 0,
    searchesServed: 0,
    searchesEmpty: 0,
    redirects: 0,
    skipped: 0,
    leaderChanges: 0,
    entriesRolledBack: 0,
    messagesSent: 0,
    messagesDelivered: 0,
    messagesDropped: 0,
    eventsProcessed: 0,
  };
}

/** A data set never changes: its embeddings are made once per thread, and one run after the other shares them. */
const catalogues = new WeakMap<DatasetContent, readonly CatalogueItem[]>();

function catalogueOf(dataset: DatasetContent): readonly CatalogueItem[] {
  const known = catalogues.get(dataset);
  if (known !== undefined) return known;
  const catalogue = dataset.items.map(({ id, drafts }) => ({
    id,
    drafts: drafts.map(({ payload, embedding }) => ({ payload, embedding: embeddingOf(embedding) })),
  }));
  catalogues.set(dataset, catalogue);
  return catalogue;
}

/** The data set as every replica's disk holds it at virtual 0. */
function initialSnapshot(catalogue: readonly CatalogueItem[], initialCount: number): Snapshot {
  const version = { term: term(0), logIndex: logIndex(0) };
  const items = catalogue.slice(0, initialCount).flatMap(({ id, drafts }) => {
    const first = drafts[0];
    return first === undefined ? [] : [{ id, ...first, version }];
  });
  items.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { lastIncludedIndex: logIndex(0), lastIncludedTerm: term(0), items, requests: [] };
}

/** What is known of a replica before it starts. */
function noStatus(): ReplicaStatus {
  return {
    role: "follower",
    currentTerm: term(0),
    votedFor: undefined,
    leaderId: undefined,
    commitIndex: logIndex(0),
    lastApplied: logIndex(0),
    appliedTo: { term: term(0), logIndex: logIndex(0) },
    electionTimerSetAt: ZERO,
    electionDeadline: ZERO,
    votes: [],
    progress: [],
    vectorCount: 0,
    digest: { low: 0, high: 0 },
    waitingReads: 0,
    inboxDepth: 0,
    conditions: HEALTHY,
    quarantined: false,
    nextTimerAt: ZERO,
    freshUntil: ZERO,
  };
}

/** A run before its first event. Its replicas are not started: `startAll` of the driver does that. */
export function createCluster(config: RunConfig, dataset: DatasetContent): ClusterState {
  const { seed, cluster, workload } = config;
  const catalogue = catalogueOf(dataset);
  const snapshot = initialSnapshot(catalogue, dataset.initialCount);
  const state: ClusterState = {
    config,
    now: micros(0),
    queue: new Heap(comesBefore),
    madeBy: [],
    nextFlight: 1,
    overflowToldUntil: ZERO,
    network: newNetwork(seed, cluster.replicaCount, workload.clients),
    members: replicaIds(cluster.replicaCount).map((id) => ({
      id,
      alive: false,
      incarnation: 0,
      disk: newDisk(snapshot),
      status: noStatus(),
      timerAt: NEVER,
      conditions: HEALTHY,
      lying: undefined,
    })),
    clients: clientIds(workload.clients).map((id) => createClient(id, cluster.replicaCount)),
    workload: newWorkload(seed, workload, catalogue, dataset.initialCount),
    hash: newHash(),
    nextSecondAt: seconds(1),
    nextSampleAt: SAMPLE_INTERVAL,
    commands: [],
    counters: noCounters(),
    customers: undefined,
    verdicts: newVerdicts(config, snapshot),
    acknowledged: newAcknowledged(cluster.replicaCount, snapshot),
    receipts: [],
    searches: [],
    leaderships: [],
    lastLeader: undefined,
    lostFlights: [],
    outbox: newOutbox(true),
    judged: true,
    nextEvent: 1,
    aims: { rng: rngStream(seed, Stream.faults), found: new Map() },
    gameDay: noGameDay(),
    observer: undefined,
    trace: [],
  };
  updatePromises(state);
  if (cluster.initialLeader !== undefined) beginWithLeader(state, cluster.initialLeader);
  return state;
}

/** Every disk holds term 1 and the vote for `leader`, which is told at virtual 0 that it leads. */
function beginWithLeader(state: ClusterState, leader: ReplicaId): void {
  for (const { disk } of state.members) {
    disk.currentTerm = term(1);
    disk.votedFor = leader;
  }
  state.madeBy[OPERATOR] = 1;
  const input = { kind: "lead" } as const;
  state.queue.push({ at: ZERO, source: OPERATOR, counter: 1, for: "replica", to: leader, input, flight: undefined });
}
