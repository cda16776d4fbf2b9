/**
 * Every message of the cluster, as plain data that survives a structured clone. Raft's are named as in the paper's
 * figure 2 and section 7; where ours carry more, the field says why.
 */
import type { LogIndex, ReplicaId, Term } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { MessageClass, ReadPolicy } from "./config.ts";
import type { Embedding, Item, Neighbour, Operation, Version, WriteOperation } from "./item.ts";
import type { Entry, RequestId } from "./log.ts";

/** Asks for a vote. With `preVote` it only asks whether it would be given (thesis section 9.6). */
export interface RequestVote {
  readonly kind: "requestVote";
  readonly term: Term;
  readonly lastLogIndex: LogIndex;
  readonly lastLogTerm: Term;
  readonly preVote: boolean;
}

/** Why a vote was refused. */
export type VoteRefusal = "staleTerm" | "alreadyVoted" | "logBehind" | "leaderAlive" | "quarantined";

export interface VoteReply {
  readonly kind: "voteReply";
  readonly term: Term;
  readonly granted: boolean;
  readonly preVote: boolean;
  readonly refusal: VoteRefusal | undefined;
}

/** Entries, or with none a heartbeat. */
export interface AppendEntries {
  readonly kind: "appendEntries";
  readonly term: Term;
  readonly prevLogIndex: LogIndex;
  readonly prevLogTerm: Term;
  readonly entries: readonly Entry[];
  readonly leaderCommit: LogIndex;
  /** Only the news of `leaderCommit`: it promises nothing, so it is answered only where it does not fit. */
  readonly notice: boolean;
  /** When the leader last began a round of heartbeats; the reply brings it back: then this leader still led. */
  readonly round: Micros;
  /**
   * A majority has confirmed that this leader led then: `leaderCommit` covers every write acknowledged before. The
   * bounded read policy measures staleness from here, so that a deposed leader and its followers grow stale.
   */
  readonly freshAt: Micros;
}

export interface AppendReply {
  readonly kind: "appendReply";
  readonly term: Term;
  readonly success: boolean;
  /** On success the last index that now matches the leader's log. */
  readonly matchIndex: LogIndex;
  /** On refusal the index to try next: the first of the conflicting term, or one past this log's end. */
  readonly retryIndex: LogIndex;
  /** On refusal the `prevLogIndex` that did not match: tells an old refusal from one that answers the last probe. */
  readonly rejectedIndex: LogIndex;
  /** On refusal: the conflict lies below this log's beginning, only a snapshot helps. */
  readonly needsSnapshot: boolean;
  readonly round: Micros;
}

/** One chunk of a snapshot: `items` from `offset` of `total`. */
export interface InstallSnapshot {
  readonly kind: "installSnapshot";
  readonly term: Term;
  readonly lastIncludedIndex: LogIndex;
  readonly lastIncludedTerm: Term;
  readonly offset: number;
  readonly total: number;
  readonly items: readonly Item[];
  /** Sent with the last chunk. */
  readonly requests: readonly (readonly [RequestId, Version])[];
  readonly round: Micros;
}

export interface SnapshotReply {
  readonly kind: "snapshotReply";
  readonly term: Term;
  readonly lastIncludedIndex: LogIndex;
  /** Items received so far; equal to `total` once it is installed. */
  readonly received: number;
  readonly installed: boolean;
  /** It ends before this log's beginning, and nothing has shown that they conflict: to be compared first. */
  readonly behind: boolean;
  readonly round: Micros;
}

/** What a client reads: one item, or the nearest neighbours of a query. */
export type Question =
  | { readonly kind: "get"; readonly id: string }
  | { readonly kind: "search"; readonly query: Embedding; readonly k: number };

/** What a replica answers from its store. */
export type StoreAnswer =
  | { readonly kind: "item"; readonly item: Item | undefined }
  | { readonly kind: "neighbours"; readonly neighbours: readonly Neighbour[] };

export interface WriteRequest {
  readonly kind: "writeRequest";
  readonly requestId: RequestId;
  readonly operation: WriteOperation;
}

export interface ReadRequest {
  readonly kind: "readRequest";
  readonly requestId: RequestId;
  readonly question: Question;
  readonly policy: ReadPolicy;
  /** Session policy: the client's last acknowledged write, which the answer must include. */
  readonly atLeast: Version;
}

/** What a client hears. A refusal is final for that replica: nothing was written. */
export type ClientAnswer =
  | { readonly kind: "acknowledged"; readonly version: Version }
  | {
      readonly kind: "answered";
      readonly answer: StoreAnswer;
      /** What the answering replica had applied. */
      readonly appliedTo: Version;
      readonly answeredBy: ReplicaId;
    }
  | { readonly kind: "notLeader"; readonly leader: ReplicaId | undefined }
  | { readonly kind: "logFull" };

export interface ClientReply {
  readonly kind: "clientReply";
  readonly requestId: RequestId;
  readonly answer: ClientAnswer;
}

/** Quorum read, first step: the coordinator asks every other replica. */
export interface ReadProbe {
  readonly kind: "readProbe";
  readonly readId: number;
  readonly question: Question;
}

/** The end of a replica's log, what it has applied, and its answer now. */
export interface ProbeResult {
  readonly logEnd: Version;
  readonly applied: Version;
  readonly answer: StoreAnswer;
}

export interface ReadProbeReply {
  readonly kind: "readProbeReply";
  readonly readId: number;
  readonly result: ProbeResult;
}

/** Quorum read, second step: answer once `target` is applied (Charapko et al. 2019). */
export interface ReadWait {
  readonly kind: "readWait";
  readonly readId: number;
  readonly question: Question;
  readonly target: Version;
}

export interface ReadWaitReply {
  readonly kind: "readWaitReply";
  readonly readId: number;
  readonly applied: Version;
  readonly answer: StoreAnswer;
}

/** Every message. */
export type Message =
  | RequestVote
  | VoteReply
  | AppendEntries
  | AppendReply
  | InstallSnapshot
  | SnapshotReply
  | WriteRequest
  | ReadRequest
  | ClientReply
  | ReadProbe
  | ReadProbeReply
  | ReadWait
  | ReadWaitReply;

/** What a message looks like on the stage: one shape, one meaning. */
export type MessageShape =
  | "voteRequest"
  | "voteGranted"
  | "voteRefused"
  | "heartbeat"
  | "entries"
  | "accepted"
  | "refused"
  | "snapshot"
  | "write"
  | "read"
  | "search"
  | "acknowledgement"
  | "answer"
  | "redirect"
  | "probe"
  | "probeReply";

function readShape(question: Question): MessageShape {
  return question.kind === "get" ? "read" : "search";
}

function replyShape(answer: ClientAnswer): MessageShape {
  switch (answer.kind) {
    case "acknowledged":
      return "acknowledgement";
    case "answered":
      return "answer";
    case "notLeader":
    case "logFull":
      return "redirect";
  }
}

/** The shape in which `message` is drawn. */
export function shapeOf(message: Message): MessageShape {
  switch (message.kind) {
    case "requestVote":
      return "voteRequest";
    case "voteReply":
      return message.granted ? "voteGranted" : "voteRefused";
    case "appendEntries":
      return message.entries.length === 0 ? "heartbeat" : "entries";
    case "appendReply":
      return message.success ? "accepted" : "refused";
    case "installSnapshot":
      return "snapshot";
    case "snapshotReply":
      return "accepted";
    case "writeRequest":
      return "write";
    case "readRequest":
      return readShape(message.question);
    case "clientReply":
      return replyShape(message.answer);
    case "readProbe":
    case "readWait":
      return "probe";
    case "readProbeReply":
    case "readWaitReply":
      return "probeReply";
  }
}

/** The term that a message carries, which is its hue; undefined for clients' messages and reads. */
export function termOf(message: Message): Term | undefined {
  return "term" in message ? message.term : undefined;
}

/** How many squares an `entries` message shows, items of a chunk, else 0. */
export function entryCountOf(message: Message): number {
  if (message.kind === "appendEntries") return message.entries.length;
  return message.kind === "installSnapshot" ? message.items.length : 0;
}

/** Whether a message asks or answers, for links that treat the two differently. */
export function classOf(message: Message): MessageClass {
  switch (message.kind) {
    case "voteReply":
    case "appendReply":
    case "snapshotReply":
    case "clientReply":
    case "readProbeReply":
    case "readWaitReply":
      return "reply";
    default:
      return "request";
  }
}

/** Bytes of a message without what it carries: addresses, term, indexes. */
const HEADER_BYTES = 64;
/** Bytes of an entry or item beside its embedding: id, payload, version. */
const RECORD_BYTES = 160;
const FLOAT_BYTES = 4;

function bytesOfEmbedding(embedding: Embedding | undefined): number {
  return embedding === undefined ? 0 : embedding.values.length * FLOAT_BYTES;
}

function bytesOfOperation(operation: Operation): number {
  return RECORD_BYTES + (operation.kind === "put" ? bytesOfEmbedding(operation.embedding) : 0);
}

function bytesOfQuestion(question: Question): number {
  return question.kind === "search" ? bytesOfEmbedding(question.query) : 0;
}

/** Bytes that `message` takes on a link, embeddings in full: what bandwidth is measured by. */
export function bytesOf(message: Message): number {
  switch (message.kind) {
    case "appendEntries":
      return message.entries.reduce((sum, entry) => sum + bytesOfOperation(entry.operation), HEADER_BYTES);
    case "installSnapshot":
      return message.items.reduce((sum, item) => sum + RECORD_BYTES + bytesOfEmbedding(item.embedding), HEADER_BYTES);
    case "writeRequest":
      return HEADER_BYTES + bytesOfOperation(message.operation);
    case "readRequest":
    case "readProbe":
    case "readWait":
      return HEADER_BYTES + bytesOfQuestion(message.question);
    default:
      return HEADER_BYTES;
  }
}
