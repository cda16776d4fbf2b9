/** Clients' writes: only the leader takes them; a request that is in the log already is not appended again. */
import { type Address, logIndex } from "../../base/ids.ts";
import type { Version } from "../protocol/item.ts";
import type { RequestId } from "../protocol/log.ts";
import type { ClientAnswer, WriteRequest } from "../protocol/messages.ts";
import { advanceCommitIndex } from "./commit.ts";
import { replicate } from "./leading.ts";
import { lastLogIndex } from "./log.ts";
import { appendEntries, hasRoom, report, send, type Turn } from "./turn.ts";

function answerClient(turn: Turn, client: Address, requestId: RequestId, answer: ClientAnswer): void {
  send(turn, client, { kind: "clientReply", requestId, answer });
}

/** A retry: acknowledged at once if the entry is folded, hence committed long ago; else along with it. */
function rejoin(turn: Turn, client: Address, requestId: RequestId, version: Version): void {
  const { state } = turn;
  const { logIndex: index, term } = version;
  if (index <= state.log.snapshot.lastIncludedIndex) {
    answerClient(turn, client, requestId, { kind: "acknowledged", version });
    return;
  }
  state.writers.set(index, { client, requestId, term });
  sortWriters(turn);
  advanceCommitIndex(turn);
}

/** Acknowledging goes through the writers in order of index; a retry may have come in between. */
function sortWriters(turn: Turn): void {
  const { writers } = turn.state;
  const inOrder = [...writers].sort((a, b) => a[0] - b[0]);
  writers.clear();
  for (const [index, writer] of inOrder) writers.set(index, writer);
}

/** Raft section 8. A non-leader refuses and says where to go. */
export function handleWrite(turn: Turn, client: Address, request: WriteRequest): void {
  const { state, at } = turn;
  const { requestId, operation } = request;
  if (state.role !== "leader") {
    const leader = state.leaderId;
    report(turn, { kind: "writeRefused", requestId, leader });
    answerClient(turn, client, requestId, { kind: "notLeader", leader });
    return;
  }
  const known = state.requests.get(requestId);
  if (known !== undefined) {
    rejoin(turn, client, requestId, known);
    return;
  }
  if (!hasRoom(turn)) {
    report(turn, { kind: "logFull", requestId });
    answerClient(turn, client, requestId, { kind: "logFull" });
    return;
  }
  const index = logIndex(lastLogIndex(state.log) + 1);
  state.writers.set(index, { client, requestId, term: state.currentTerm });
  appendEntries(turn, [{ term: state.currentTerm, index, operation, requestId, appendedAt: at }]);
  advanceCommitIndex(turn);
  replicate(turn);
}
