/**
 * The only way by which facts get into the store. A fact keeps its identity while it is equal, so that a component
 * renders only when what it shows has changed.
 */
import { isSame, keep } from "../../base/equality.ts";
import type { ClusterEvent } from "../../model/protocol/events.ts";
import type { ClientFrame, Frame, ReplicaFrame } from "../../model/protocol/frame.ts";
import { type Cut, type FrameBatch, isBefore } from "./frameCollector.ts";
import { type InterfaceState, NO_QUESTION } from "./interfaceState.ts";
import { type ClientSummary, FEED_BOUND, OLD_FEED_BOUND, type ReplicaSummary, type RunFacts } from "./runFacts.ts";
import { appendLanes, lanesUpTo, NO_LANES } from "./timeSeries.ts";
import type { ViewState, ViewStore } from "./viewStore.ts";

function summaryOf({ replicaId, alive, status, ...frame }: ReplicaFrame): ReplicaSummary {
  return {
    replicaId,
    alive,
    role: status.role,
    term: status.currentTerm,
    leaderId: status.leaderId,
    votedFor: status.votedFor,
    votes: status.votes,
    lag: frame.lag,
    lagEntries: frame.lagEntries,
    queueDepth: frame.queueDepth,
    vectorCount: status.vectorCount,
    commitIndex: status.commitIndex,
    lastLogIndex: frame.lastLogIndex,
    doomedCount: frame.doomedCount,
    conditions: status.conditions,
    quarantined: status.quarantined,
    disk: frame.disk,
  };
}

function clientOf({ clientId, home }: ClientFrame): ClientSummary {
  return { clientId, home };
}

function summaries(before: readonly ReplicaSummary[], replicas: readonly ReplicaFrame[]): readonly ReplicaSummary[] {
  const now = replicas.map((replica, slot) => {
    const summary = summaryOf(replica);
    const known = before[slot];
    return known !== undefined && isSame(known, summary) ? known : summary;
  });
  return now.length === before.length && now.every((summary, slot) => summary === before[slot]) ? before : now;
}

/** What is left of older events: what a person may want to go back to. */
function olderOf(events: readonly ClusterEvent[]): readonly ClusterEvent[] {
  return events.filter(({ source }) => source !== "client").slice(-OLD_FEED_BOUND);
}

function feedOf(before: RunFacts, batch: FrameBatch): Pick<RunFacts, "feed" | "feedOmitted"> {
  const feedOmitted = before.feedOmitted + batch.eventsOmitted;
  if (batch.events.length === 0) return { feed: before.feed, feedOmitted };
  const all = [...before.feed, ...batch.events];
  if (all.length <= FEED_BOUND) return { feed: all, feedOmitted };
  const feed = [...olderOf(all.slice(0, -FEED_BOUND)), ...all.slice(-FEED_BOUND)];
  return { feed, feedOmitted: feedOmitted + all.length - feed.length };
}

/** What is known of the branch that goes on: everything from `cut` on was another. */
function upTo(before: RunFacts, cut: Cut): Pick<RunFacts, "feed" | "lanes"> {
  const feed = before.feed.filter((event) => isBefore(cut, event));
  return { feed: feed.length === before.feed.length ? before.feed : feed, lanes: lanesUpTo(before.lanes, cut) };
}

/** The facts that a frame shows as they are. */
export function plainFacts(before: RunFacts, frame: Frame) {
  return {
    runId: frame.runId,
    config: keep(before.config, frame.config),
    counters: keep(before.counters, frame.counters),
    customers: keep(before.customers, frame.customers),
    virtualNow: frame.virtualNow,
    travelled: keep(before.travelled, frame.travelled),
    runHash: frame.runHash,
    playing: frame.playing,
    playbackRate: frame.playbackRate,
    reachedRate: frame.reachedRate,
    replicas: summaries(before.replicas, frame.replicas),
    clients: keep(before.clients, frame.clients.map(clientOf)),
    groups: keep(before.groups, frame.groups),
    partitionedAt: frame.partitionedAt,
    cuts: keep(before.cuts, frame.cuts),
    gameDay: keep(before.gameDay, frame.gameDay),
    receipts: keep(before.receipts, frame.receipts),
    searches: keep(before.searches, frame.searches),
    verdicts: keep(before.verdicts, frame.verdicts),
    failure: keep(before.failure, frame.failure),
    opening: keep(before.opening, frame.opening),
    indexing: keep(before.indexing, frame.indexing),
  };
}

/** What a person chose that makes no sense in another run. */
function choicesOfNewRun(before: ViewState, frame: Frame): Partial<InterfaceState> {
  const hasOtherItems = !isSame(before.config?.workload.dataset, frame.config.workload.dataset);
  return {
    selection: undefined,
    hovered: undefined,
    hoveredMessage: undefined,
    partitionDraft: undefined,
    comparison: undefined,
    pointedItem: undefined,
    shopItem: undefined,
    writeTarget: undefined,
    ...(hasOtherItems && before.runId !== 0 ? { question: NO_QUESTION } : {}),
  };
}

/** A function that folds one batch after the other into `store`. */
export function frameApplier(store: ViewStore): (batch: FrameBatch) => void {
  return (batch) => {
    const before = store.getState();
    const isNewRun = batch.frame.runId !== before.runId;
    const emptied = isNewRun ? { feed: [], feedOmitted: 0, lanes: NO_LANES } : {};
    const known = { ...before, ...emptied };
    const kept = batch.cut === undefined ? known : { ...known, ...upTo(known, batch.cut) };
    const { virtualNow, travelled } = batch.frame;
    // A picture of the past does not know yet who led later.
    const looksBack = virtualNow < travelled.end && kept.lanes.leaderships.length > 0 && batch.cut === undefined;
    const leaderships = looksBack ? kept.lanes.leaderships : batch.frame.leaderships;
    const lanes = appendLanes(kept.lanes, { ...batch, leaderships });
    store.setState({
      ...(isNewRun ? choicesOfNewRun(before, batch.frame) : {}),
      ...plainFacts(before, batch.frame),
      ...feedOf(kept, batch),
      lanes,
      lanesVersion: lanes !== before.lanes ? before.lanesVersion + 1 : before.lanesVersion,
    });
  };
}
