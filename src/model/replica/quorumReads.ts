/**
 * Quorum reads in a log: ask all, take the first R answers; wait until one of the R has applied the highest end of log
 * among them, by (term, index), and answer from it (Charapko, Ailijiang, Demirbas: "Linearizable Quorum Reads in
 * Paxos", HotStorage 2019). A copy in the log is not yet a copy that can be read: without the wait W + R > N is not
 * enough, which the rule `quorumReadWaits` shows.
 */
import type { ReplicaId } from "../../base/ids.ts";
import { compareVersions, type Version } from "../protocol/item.ts";
import type { ProbeResult, ReadProbe, ReadProbeReply, ReadWait, ReadWaitReply } from "../protocol/messages.ts";
import { answerFromStore, finishQuorumRead, wait } from "./answers.ts";
import { logEnd } from "./log.ts";
import { appliedTo, othersOf, type QuorumRead, type ReplicaState } from "./state.ts";
import { report, send, type Turn } from "./turn.ts";

/** Quorum reads that one replica coordinates at a time; beyond it the oldest is dropped, and its client times out. */
const QUORUM_READS_LIMIT = 1_024;

function ownResult(state: ReplicaState, question: QuorumRead["question"]): ProbeResult {
  return { logEnd: logEnd(state.log), applied: appliedTo(state), answer: answerFromStore(state, question) };
}

/** Begins a quorum read for a client. */
export function askQuorum(turn: Turn, read: QuorumRead): void {
  const { state } = turn;
  const readId = state.nextReadId;
  state.nextReadId += 1;
  state.quorumReads.set(readId, read);
  if (state.quorumReads.size > QUORUM_READS_LIMIT) {
    const oldest = state.quorumReads.keys().next().value;
    if (oldest !== undefined) state.quorumReads.delete(oldest);
    report(turn, { kind: "readsFull" });
  }
  for (const id of othersOf(state)) send(turn, id, { kind: "readProbe", readId, question: read.question });
  addResult(turn, readId, state.id, ownResult(state, read.question));
}

/** Another replica asks for this one's answer. */
export function handleReadProbe(turn: Turn, coordinator: ReplicaId, probe: ReadProbe): void {
  send(turn, coordinator, {
    kind: "readProbeReply",
    readId: probe.readId,
    result: ownResult(turn.state, probe.question),
  });
}

export function handleReadProbeReply(turn: Turn, from: ReplicaId, reply: ReadProbeReply): void {
  addResult(turn, reply.readId, from, reply.result);
}

/** Another replica wants an answer once `target` is applied here. */
export function handleReadWait(turn: Turn, coordinator: ReplicaId, request: ReadWait): void {
  const { question, target, readId } = request;
  wait(turn, { question, need: { kind: "applied", target }, answerTo: { kind: "coordinator", coordinator, readId } });
}

export function handleReadWaitReply(turn: Turn, from: ReplicaId, reply: ReadWaitReply): void {
  finishQuorumRead(turn, reply.readId, { answer: reply.answer, appliedTo: reply.applied, answeredBy: from });
}

function addResult(turn: Turn, readId: number, from: ReplicaId, result: ProbeResult): void {
  const { state } = turn;
  const read = state.quorumReads.get(readId);
  if (read === undefined || read.results.length >= read.wanted) return;
  if (read.results.some((known) => known.from === from)) return;
  read.results.push({ from, result });
  if (read.results.length >= read.wanted) decide(turn, readId, read);
}

type Results = QuorumRead["results"];

/** The result that is furthest by `versionOf`; the first to arrive among equals. */
function furthest(results: Results, versionOf: (result: ProbeResult) => Version): Results[number] | undefined {
  let best: Results[number] | undefined;
  for (const candidate of results) {
    if (best === undefined || compareVersions(versionOf(candidate.result), versionOf(best.result)) > 0)
      best = candidate;
  }
  return best;
}

/** The first R are here: answer from one that has applied the highest end, or wait for the first that does. */
function decide(turn: Turn, readId: number, read: QuorumRead): void {
  const best = furthest(read.results, (result) => result.applied);
  const highest = furthest(read.results, (result) => result.logEnd);
  if (best === undefined || highest === undefined) return;
  const target = highest.result.logEnd;
  const { rules } = turn.state.config;
  if (!rules.quorumReadWaits || compareVersions(best.result.applied, target) >= 0) {
    const { answer, applied } = best.result;
    finishQuorumRead(turn, readId, { answer, appliedTo: applied, answeredBy: best.from });
    return;
  }
  const { question } = read;
  for (const { from } of read.results) {
    if (from === turn.state.id)
      wait(turn, { question, need: { kind: "applied", target }, answerTo: { kind: "self", readId } });
    else send(turn, from, { kind: "readWait", readId, question, target });
  }
}
