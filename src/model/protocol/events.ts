/**
 * Slow facts: what the feed, the marks on the time axis and the verdicts are made of. Messages are not events; they are
 * counted. Facts carry data, the view makes the words.
 */
import type { ClientId, LogIndex, ReplicaId, Term } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { AimedCommand, Command, CommandProblem } from "./commands.ts";
import type { Version, WriteOperation } from "./item.ts";
import type { RequestId } from "./log.ts";
import type { VoteRefusal } from "./messages.ts";
import type { VerdictName } from "./verdict.ts";

/** What a replica reports of itself. The cluster adds who and when. */
export type ReplicaEvent =
  | { readonly kind: "electionStarted"; readonly term: Term; readonly preVote: boolean }
  | { readonly kind: "voteGranted"; readonly term: Term; readonly candidate: ReplicaId; readonly preVote: boolean }
  | {
      readonly kind: "voteRefused";
      readonly term: Term;
      readonly candidate: ReplicaId;
      readonly reason: VoteRefusal;
      readonly preVote: boolean;
    }
  | { readonly kind: "becameLeader"; readonly term: Term; readonly votes: readonly ReplicaId[] }
  | {
      readonly kind: "steppedDown";
      /** The term that it led, or campaigned in. */
      readonly term: Term;
      /** The term in which it follows; the same unless it heard of a higher one. */
      readonly newTerm: Term;
      readonly reason: "higherTerm" | "noQuorum" | "leaderFound";
      readonly was: "leader" | "candidate" | "preCandidate";
    }
  | { readonly kind: "leaderHeard"; readonly term: Term; readonly leader: ReplicaId }
  /** Entries `from` to `to` were removed from the log; `undone` of them had been applied. */
  | {
      readonly kind: "rolledBack";
      readonly term: Term;
      readonly from: LogIndex;
      readonly to: LogIndex;
      readonly undone: number;
    }
  | { readonly kind: "logFolded"; readonly lastIncludedIndex: LogIndex }
  | {
      readonly kind: "snapshotOffered";
      readonly to: ReplicaId;
      readonly lastIncludedIndex: LogIndex;
      readonly items: number;
    }
  | {
      readonly kind: "snapshotInstalled";
      readonly lastIncludedIndex: LogIndex;
      readonly items: number;
      readonly undone: number;
    }
  | { readonly kind: "writeRefused"; readonly requestId: RequestId; readonly leader: ReplicaId | undefined }
  | { readonly kind: "logFull"; readonly requestId: RequestId }
  | { readonly kind: "degraded"; readonly on: boolean }
  | { readonly kind: "readsFull" }
  | { readonly kind: "inboxFull" }
  | { readonly kind: "promoted"; readonly term: Term }
  | { readonly kind: "damageFound"; readonly index: LogIndex }
  | { readonly kind: "quarantineEnded" };

/** What a client reports. */
export type ClientEvent =
  | {
      readonly kind: "writeAcknowledged";
      readonly requestId: RequestId;
      readonly operation: WriteOperation;
      readonly version: Version;
      readonly latency: Micros;
    }
  | { readonly kind: "writeUnknown"; readonly requestId: RequestId; readonly operation: WriteOperation }
  | { readonly kind: "writeFailed"; readonly requestId: RequestId; readonly operation: WriteOperation }
  | {
      readonly kind: "redirected";
      readonly requestId: RequestId;
      readonly by: ReplicaId;
      readonly to: ReplicaId | undefined;
    }
  | {
      readonly kind: "answered";
      readonly requestId: RequestId;
      readonly question: "get" | "search";
      readonly by: ReplicaId;
      readonly found: number;
      /** What the answering replica had applied: an answer misses every write that is newer. */
      readonly appliedTo: Version;
      readonly latency: Micros;
    }
  | { readonly kind: "unanswered"; readonly requestId: RequestId; readonly question: "get" | "search" }
  | { readonly kind: "skipped"; readonly requestId: RequestId; readonly what: "write" | "read" | "search" };

/** What the cluster itself reports. */
export type WorldEvent =
  | {
      readonly kind: "commandDone";
      readonly command: Command;
      /** Not a person's own: the game day gave it, or the time was over that a person had set. */
      readonly by?: "gameDay" | "time";
    }
  /** A verb that did not apply (restart of a live replica) is an event, never an error. */
  | { readonly kind: "commandIgnored"; readonly command: Command | AimedCommand; readonly problem: CommandProblem }
  /** An acknowledged write that no majority can still have; final. */
  /** The first break of a verdict, and the first that was promised not to happen. */
  | { readonly kind: "verdictBroken"; readonly name: VerdictName; readonly promised: boolean; readonly message: string }
  /** As many messages are under way as there may be; new ones are dropped. */
  | { readonly kind: "networkFull"; readonly limit: number }
  /** A defect of ours: what a replica holds is not what its disk says; told once in each of its lives, to a view only. */
  | { readonly kind: "storeDiffers"; readonly replicaId: ReplicaId }
  | { readonly kind: "writeLost"; readonly id: string; readonly version: Version; readonly requestId: RequestId };

const TURNS: ReadonlySet<string> = new Set<(ReplicaEvent | ClientEvent | WorldEvent)["kind"]>([
  "electionStarted",
  "becameLeader",
  "steppedDown",
  "snapshotInstalled",
  "degraded",
  "promoted",
  "damageFound",
  "quarantineEnded",
  "writeUnknown",
  "commandDone",
  "verdictBroken",
  "networkFull",
  "storeDiffers",
  "writeLost",
]);

/**
 * Whether the story turns here: crash, election, another leader, a write that got no answer, an undo, a loss, a broken
 * promise, whatever a person or the game day did; not what a cluster does all day long.
 */
export function isTurn({ fact }: ClusterEvent): boolean {
  if (fact.kind === "rolledBack") return fact.undone > 0;
  if (fact.kind === "commandDone") return fact.command.kind !== "write" && fact.command.kind !== "search";
  return TURNS.has(fact.kind);
}

/** One fact of the run. `sequence` counts them; `at` is virtual. */
export type ClusterEvent = { readonly at: Micros; readonly sequence: number } & (
  | { readonly source: "replica"; readonly replicaId: ReplicaId; readonly fact: ReplicaEvent }
  | { readonly source: "client"; readonly clientId: ClientId; readonly fact: ClientEvent }
  | { readonly source: "world"; readonly fact: WorldEvent }
);
