/** Everything that a run is a function of, apart from its commands: seed, cluster, network and workload. */
import { type Address, majorityOf, type ReplicaId } from "../../base/ids.ts";
import { type Micros, micros, millis, seconds, ZERO } from "../../base/units.ts";
import type { DatasetName } from "./dataset.ts";
import type { LatencyModel } from "./latency.ts";

/** When a write is acknowledged: at one copy, at W copies, at all copies. */
export type ReplicationMode = "asynchronous" | "quorum" | "synchronous";

/** Which replica may answer a read or a search. */
export type ReadPolicy = "any" | "session" | "bounded" | "leader" | "linearizable" | "quorum";

/**
 * The safety rules, each named as in the literature. Turning one off shows what it was for.
 * All are on by default but `preVote` and `checkQuorum`.
 */
export interface Rules {
  /** Raft section 5.4.1: a vote goes only to a log that is at least as up to date. */
  readonly logUpToDateCheck: boolean;
  /** Raft section 5.4.2: only entries of the leader's own term commit by counting copies. */
  readonly commitCurrentTermOnly: boolean;
  /** Raft section 5.3: entries are accepted only where the one before them matches. */
  readonly logConsistencyCheck: boolean;
  /** Raft section 5.1: requests of an older term are refused. */
  readonly rejectStaleTerms: boolean;
  /** One vote per term: the vote is kept until the term changes. */
  readonly keepVoteForTerm: boolean;
  /** Raft section 8: a linearizable read is confirmed by a round of heartbeats. */
  readonly readConfirmation: boolean;
  /** A quorum read waits until one of the R has applied the highest log end among them. */
  readonly quorumReadWaits: boolean;
  /** Raft figure 2: term and vote are on disk before a replica answers; off, a restart forgets them. */
  readonly persistTermAndVote: boolean;
  /** Raft figure 2: the log is on disk before a replica answers; off, a restart forgets it. */
  readonly persistLog: boolean;
  /** A checksum on every record finds a damaged one at restart. */
  readonly checksum: boolean;
  /** Raft thesis section 9.6: ask before raising the term. */
  readonly preVote: boolean;
  /** Raft thesis section 6.2: a leader that hears no majority for an election timeout steps down. */
  readonly checkQuorum: boolean;
}

/** Replicas that stand together: a data centre, drawn as an area. */
export interface Region {
  readonly name: string;
  readonly replicas: readonly ReplicaId[];
}

/** An approximate index (HNSW) in place of exact search: what it is made of, and where. */
export interface SearchIndexConfig {
  readonly kind: "hnsw";
  /** Links that a node gets in a layer; the lowest layer has room for twice as many. */
  readonly m: number;
  /** Breadth of the search for them. */
  readonly efConstruction: number;
  /** Breadth of a search; one for more neighbours than this is as broad as it has to be. */
  readonly ef: number;
  readonly replicas: "all" | readonly ReplicaId[];
}

/** Between which limits an index can be set. */
export const INDEX_LIMITS = {
  m: { min: 4, max: 48 },
  efConstruction: { min: 16, max: 512 },
  ef: { min: 1, max: 512 },
} as const;

/** The index as it is first offered. */
export const DEFAULT_INDEX: SearchIndexConfig = { kind: "hnsw", m: 16, efConstruction: 128, ef: 64, replicas: "all" };

/** How the cluster replicates and elects. Set on every replica at one virtual instant. */
export interface ClusterConfig {
  readonly replicaCount: number;
  readonly mode: ReplicationMode;
  /** W: copies that a write waits for in quorum mode. */
  readonly writeQuorum: number;
  /** R: answers that a read waits for under the quorum read policy, of all replicas that it asks. */
  readonly readQuorum: number;
  /** Synchronous only: fall back to one copy while a replica does not answer. */
  readonly synchronousDegrades: boolean;
  readonly electionTimeout: { readonly min: Micros; readonly max: Micros };
  readonly heartbeatInterval: Micros;
  readonly readPolicy: ReadPolicy;
  /** How old an answer may be under the bounded read policy. */
  readonly stalenessBound: Micros;
  /** What a replica needs for one message, and for each entry or item in it. It works on one thing at a time. */
  readonly processingCost: Micros;
  /** From writing to a disk until it is there. Replies that promise something wait for it. */
  readonly diskSync: Micros;
  readonly rules: Rules;
  /** Leads term 1 from virtual 0, with that term and vote on every disk; undefined: there is an election. */
  readonly initialLeader: ReplicaId | undefined;
  /** No replica is in two; one may be in none. */
  readonly regions: readonly Region[];
  /** Absent: every search is exact. */
  readonly searchIndex?: SearchIndexConfig | undefined;
}

/** The index that `id` searches with; undefined where its searches are exact. */
export function indexOf({ searchIndex }: ClusterConfig, id: ReplicaId): SearchIndexConfig | undefined {
  if (searchIndex === undefined) return undefined;
  const { replicas } = searchIndex;
  return replicas === "all" || replicas.includes(id) ? searchIndex : undefined;
}

/** Requests ask for something, replies answer; a link may treat them differently. */
export type MessageClass = "request" | "reply";

/** What a link does to messages. Probabilities are from 0 to 1. */
export interface LinkQuality {
  readonly latency: LatencyModel;
  /** Takes the place of `latency` for one class of messages. */
  readonly latencyByClass?: Readonly<Partial<Record<MessageClass, LatencyModel>>> | undefined;
  readonly loss: number;
  readonly duplication: number;
  /** The share of messages held back so that others may overtake them; other requests arrive in the order of sending. */
  readonly reordering: number;
  /** Bytes a second; absent for as many as there are. */
  readonly bandwidth?: number | undefined;
}

/** One direction of one link that differs from the rest of the network. */
export interface LinkOverride {
  readonly from: Address;
  readonly to: Address;
  readonly quality: LinkQuality;
}

/** The network as configured; cuts and partitions are faults and live in the run's state. */
export interface NetworkConfig {
  readonly quality: LinkQuality;
  readonly overrides: readonly LinkOverride[];
  /** No message is faster. It is the lookahead of a link without a higher bound. */
  readonly minimumLatency: Micros;
}

/** How asks are spaced: evenly, or as of people who know nothing of each other. */
export type Arrivals = "even" | "poisson";

/** What the clients ask for. Rates are for the whole cluster, dealt to the clients in turn. */
export interface WorkloadConfig {
  readonly dataset: DatasetName;
  readonly clients: number;
  readonly writesPerSecond: number;
  readonly readsPerSecond: number;
  readonly searchesPerSecond: number;
  readonly arrivals: Arrivals;
  /** Operations that one client may have open; more are skipped and counted. */
  readonly maxOpen: number;
  /** Neighbours that a search asks for. */
  readonly k: number;
  /** After this a client gives up; the outcome is unknown. */
  readonly clientTimeout: Micros;
}

/** The whole configuration of a run. */
export interface RunConfig {
  readonly seed: number;
  readonly cluster: ClusterConfig;
  readonly network: NetworkConfig;
  readonly workload: WorkloadConfig;
}

/** Changes whenever the same inputs may give another history. Links, files and autosaves carry it. */
export const MODEL_VERSION = 3;

/** The interface offers this many replicas. */
export const MAX_INTERFACE_REPLICAS = 9;

/** All safety rules as a cluster has them by default. */
export const DEFAULT_RULES: Rules = {
  logUpToDateCheck: true,
  commitCurrentTermOnly: true,
  logConsistencyCheck: true,
  rejectStaleTerms: true,
  keepVoteForTerm: true,
  readConfirmation: true,
  quorumReadWaits: true,
  persistTermAndVote: true,
  persistLog: true,
  checksum: true,
  preVote: false,
  checkQuorum: false,
};

/** Elections as in a tutorial: votes without a look at the log, given again and again, and nothing on disk. */
export const TUTORIAL_RULES: Rules = {
  ...DEFAULT_RULES,
  logUpToDateCheck: false,
  keepVoteForTerm: false,
  persistTermAndVote: false,
  persistLog: false,
};

/** The cluster that the first minute shows. The timeout's range is ten times the one-way latency (thesis, chapter 9). */
export const DEFAULT_CLUSTER: ClusterConfig = {
  replicaCount: 3,
  mode: "quorum",
  writeQuorum: 2,
  readQuorum: 2,
  synchronousDegrades: false,
  electionTimeout: { min: millis(150), max: millis(300) },
  heartbeatInterval: millis(50),
  readPolicy: "any",
  stalenessBound: millis(500),
  processingCost: ZERO,
  diskSync: ZERO,
  rules: DEFAULT_RULES,
  initialLeader: undefined,
  regions: [],
};

/** 10 ms one way and up to 5 ms of jitter. */
export const DEFAULT_NETWORK: NetworkConfig = {
  quality: {
    latency: { kind: "uniform", low: millis(10), high: millis(15) },
    loss: 0,
    duplication: 0,
    reordering: 0,
  },
  overrides: [],
  minimumLatency: micros(100),
};

export const DEFAULT_WORKLOAD: WorkloadConfig = {
  dataset: "products",
  clients: 3,
  writesPerSecond: 5,
  readsPerSecond: 0,
  searchesPerSecond: 2,
  arrivals: "even",
  maxOpen: 16,
  k: 5,
  clientTimeout: seconds(2),
};

/** The configuration of the first minute with another seed. */
export function defaultRun(seed: number): RunConfig {
  return { seed, cluster: DEFAULT_CLUSTER, network: DEFAULT_NETWORK, workload: DEFAULT_WORKLOAD };
}

/** Copies at which a write is acknowledged: 1, W or N. */
export function requiredCopies(config: ClusterConfig): number {
  switch (config.mode) {
    case "asynchronous":
      return 1;
    case "quorum":
      return config.writeQuorum;
    case "synchronous":
      return config.replicaCount;
  }
}

/** Copies at which an entry commits: `min(requiredCopies, majority)`. Below a majority safety is given up. */
export function commitCopies(config: ClusterConfig): number {
  return Math.min(requiredCopies(config), majorityOf(config.replicaCount));
}
