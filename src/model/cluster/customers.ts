/**
 * The shop's customers: how the searches of clients were answered, each against the truth when it was asked. Counted
 * along the run where a view looks on, so that it is right at every moment of it; copied with the run, part of no hash.
 */
import type { Micros } from "../../base/units.ts";
import type { Customers } from "../protocol/frame.ts";
import type { Neighbour, Version, WriteOperation } from "../protocol/item.ts";
import type { RequestId } from "../protocol/log.ts";
import type { ClientReply, Question } from "../protocol/messages.ts";
import type { ClientRecord } from "./absorb.ts";
import { mayBeDeletedSince, nearestOfTruth } from "./acknowledged.ts";
import { type JudgedAnswer, judgeSearch, type StoodAt } from "./judgement.ts";
import type { ClusterState } from "./state.ts";

/** A search that waits for its answer. */
interface OpenSearch {
  readonly best: readonly Neighbour[];
  /** Changes of the truth before it was asked. */
  readonly changes: number;
}

/** What the truth said of an id before it changed. */
interface Replaced {
  readonly id: string;
  readonly version: Version | undefined;
  readonly deleted: boolean;
}

/** Plain data. */
export interface CustomersState {
  readonly open: Map<RequestId, OpenSearch>;
  /** Changes of the truth since the oldest open search was asked, and how many came before them. */
  replaced: Replaced[];
  settled: number;
  readonly counts: { -readonly [Name in keyof Customers]: Customers[Name] };
}

/** Nobody was served yet. */
function newCustomers(): CustomersState {
  const nobody = { right: 0, wrong: 0, outdated: 0, missing: 0, ghost: 0, empty: 0, unanswered: 0 };
  return {
    open: new Map(),
    replaced: [],
    settled: 0,
    counts: { ...nobody, lastRightAt: undefined },
  };
}

/** From now on the customers of a run that has not begun are counted; of one that has, they are or they are not. */
export function countCustomers(state: ClusterState): void {
  if (state.counters.eventsProcessed === 0) state.customers ??= newCustomers();
}

/** A client has processed one event; what it reports is taken over next. */
export function noteCustomer(state: ClusterState, customers: CustomersState, record: ClientRecord): void {
  const { at, input, effects } = record;
  for (const effect of effects) {
    if (effect.kind === "send") {
      if (input.kind !== "ask") continue;
      const { message } = effect;
      if (message.kind === "readRequest") ask(state, customers, message.requestId, message.question);
      continue;
    }
    const { event } = effect;
    if (event.kind === "writeAcknowledged") acknowledged(state, customers, event.operation);
    else if (event.kind === "unanswered") leave(customers, event.requestId);
    else if (event.kind === "answered" && input.kind === "message" && input.message.kind === "clientReply") {
      answered(state, customers, input.message, at);
    }
  }
}

function ask(state: ClusterState, customers: CustomersState, requestId: RequestId, question: Question): void {
  if (question.kind !== "search") return;
  const found = nearestOfTruth(state.acknowledged, question.query, question.k);
  const best = found.map(({ item: { id, version }, score }) => ({ id, score, version }));
  customers.open.set(requestId, { best, changes: customers.settled + customers.replaced.length });
}

/** The truth is about to change, if nothing newer stands there. */
function acknowledged(
  { acknowledged: { truth } }: ClusterState,
  customers: CustomersState,
  { id }: WriteOperation,
): void {
  const before = truth.get(id);
  if (customers.open.size === 0) customers.settled += 1;
  else customers.replaced.push({ id, version: before?.version, deleted: before?.item === undefined });
}

/** Removes a search; returns it. */
function close(customers: CustomersState, requestId: RequestId): OpenSearch | undefined {
  const search = customers.open.get(requestId);
  if (!customers.open.delete(requestId)) return undefined;
  // Searches are in the order in which they were asked.
  const oldest = customers.open.values().next().value?.changes ?? customers.settled + customers.replaced.length;
  if (oldest > customers.settled) {
    customers.replaced = customers.replaced.slice(oldest - customers.settled);
    customers.settled = oldest;
  }
  return search;
}

function leave(customers: CustomersState, requestId: RequestId): void {
  if (close(customers, requestId) !== undefined) customers.counts.unanswered += 1;
}

/** What the truth said of `id` when there had been `changes`. */
function stoodAt(
  { acknowledged: { truth } }: ClusterState,
  later: readonly Replaced[],
  id: string,
): StoodAt | undefined {
  const change = later.find((replaced) => replaced.id === id);
  if (change !== undefined) {
    const { version, deleted } = change;
    return version === undefined ? undefined : { version, deleted };
  }
  const now = truth.get(id);
  return now === undefined ? undefined : { version: now.version, deleted: now.item === undefined };
}

function answered(
  state: ClusterState,
  customers: CustomersState,
  { requestId, answer }: ClientReply,
  at: Micros,
): void {
  const search = customers.open.get(requestId);
  if (search === undefined || answer.kind !== "answered" || answer.answer.kind !== "neighbours") return;
  const { neighbours } = answer.answer;
  const later = customers.replaced.slice(search.changes - customers.settled);
  const standing = (id: string) => stoodAt(state, later, id);
  const mayBeDeleted = (id: string, version: Version) => mayBeDeletedSince(state.acknowledged, id, version);
  const judged = judgeSearch({ best: search.best, standing, mayBeDeleted }, neighbours);
  close(customers, requestId);
  count(customers.counts, judged, neighbours.length === 0 && search.best.length > 0, at);
}

function count(counts: CustomersState["counts"], judged: JudgedAnswer, isEmpty: boolean, at: Micros): void {
  const [outdated, missing, ghost] = [judged.outdated.length > 0, judged.missing.length > 0, judged.ghosts.length > 0];
  if (isEmpty) counts.empty += 1;
  else if (outdated || missing || ghost) {
    counts.wrong += 1;
    if (outdated) counts.outdated += 1;
    if (missing) counts.missing += 1;
    if (ghost) counts.ghost += 1;
  } else {
    counts.right += 1;
    counts.lastRightAt = at;
  }
}
