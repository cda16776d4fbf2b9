/** Messages without what they carry: names and numbers only, for the trace, the chronicle and whoever reads them. */
import type { LogIndex, Term } from "../../base/ids.ts";
import type { ReadPolicy } from "./config.ts";
import type { RequestId } from "./log.ts";
import type {
  AppendEntries,
  AppendReply,
  ClientAnswer,
  InstallSnapshot,
  Message,
  RequestVote,
  SnapshotReply,
  VoteReply,
} from "./messages.ts";

/** Term and index of an entry. */
export type EntryName = readonly [term: number, index: number];

/** What stands in a message, but for embeddings, payloads and items. */
export type MessageSummary =
  | RequestVote
  | VoteReply
  | AppendReply
  | SnapshotReply
  | (Omit<AppendEntries, "entries" | "freshAt"> & { readonly entries: readonly EntryName[] })
  | (Omit<InstallSnapshot, "items"> & { readonly items: number })
  | {
      readonly kind: "writeRequest";
      readonly requestId: RequestId;
      readonly operation: "put" | "delete";
      readonly id: string;
    }
  | {
      readonly kind: "readRequest";
      readonly requestId: RequestId;
      readonly question: "get" | "search";
      readonly policy: ReadPolicy;
    }
  | {
      readonly kind: "clientReply";
      readonly requestId: RequestId;
      readonly answer: ClientAnswer["kind"];
      /** Of an acknowledged write: the entry that it became. */
      readonly term?: Term;
      readonly logIndex?: LogIndex;
    }
  | { readonly kind: "readProbe" | "readProbeReply" | "readWait" | "readWaitReply"; readonly readId: number };

/** `message` in names and numbers. */
export function summaryOf(message: Message): MessageSummary {
  switch (message.kind) {
    case "appendEntries": {
      const { entries, freshAt: _, ...rest } = message;
      return { ...rest, entries: entries.map(({ term, index }): EntryName => [term, index]) };
    }
    case "installSnapshot": {
      const { items, ...rest } = message;
      return { ...rest, items: items.length };
    }
    case "writeRequest": {
      const { kind, requestId, operation } = message;
      return { kind, requestId, operation: operation.kind, id: operation.id };
    }
    case "readRequest": {
      const { kind, requestId, question, policy } = message;
      return { kind, requestId, question: question.kind, policy };
    }
    case "clientReply": {
      const { kind, requestId, answer } = message;
      return { kind, requestId, answer: answer.kind, ...(answer.kind === "acknowledged" ? answer.version : {}) };
    }
    case "readProbe":
    case "readProbeReply":
    case "readWait":
    case "readWaitReply": {
      const { kind, readId } = message;
      return { kind, readId };
    }
    default:
      return message;
  }
}
