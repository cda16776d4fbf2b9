/** Answering from the store: at once, or for a read that waited; to a client, or for a quorum read of its own. */
import type { Address, ReplicaId } from "../../base/ids.ts";
import type { Version } from "../protocol/item.ts";
import type { RequestId } from "../protocol/log.ts";
import type { Question, StoreAnswer } from "../protocol/messages.ts";
import { searchStore } from "./searchIndex.ts";
import type { ReplicaState, WaitingRead } from "./state.ts";
import { report, send, type Turn } from "./turn.ts";

/** An answer, what its replica had applied, and which replica that is. */
export interface GivenAnswer {
  readonly answer: StoreAnswer;
  readonly appliedTo: Version;
  readonly answeredBy: ReplicaId;
}

/** Reads that one replica keeps waiting; beyond it the oldest is dropped, and its client times out. */
const WAITING_READS_LIMIT = 1_024;

/** What this replica's store answers now. */
export function answerFromStore(state: ReplicaState, question: Question): StoreAnswer {
  if (question.kind === "get") return { kind: "item", item: state.store.items.get(question.id) };
  const found = searchStore(state, question.query, question.k);
  return { kind: "neighbours", neighbours: found.map(({ item: { id, version }, score }) => ({ id, score, version })) };
}

/** Sends a client the answer of `answeredBy`. */
export function answerClient(turn: Turn, client: Address, requestId: RequestId, given: GivenAnswer): void {
  send(turn, client, { kind: "clientReply", requestId, answer: { kind: "answered", ...given } });
}

/** Lets a read wait. */
export function wait(turn: Turn, asked: Omit<WaitingRead, "since">): void {
  const read: WaitingRead = { ...asked, since: turn.at };
  const { waitingReads } = turn.state;
  waitingReads.push(read);
  if (waitingReads.length <= WAITING_READS_LIMIT) return;
  waitingReads.shift();
  report(turn, { kind: "readsFull" });
}

/** Answers the client; later answers to the same read find nothing and are ignored. */
export function finishQuorumRead(turn: Turn, readId: number, given: GivenAnswer): void {
  const read = turn.state.quorumReads.get(readId);
  if (read === undefined) return;
  turn.state.quorumReads.delete(readId);
  answerClient(turn, read.client, read.requestId, given);
}
