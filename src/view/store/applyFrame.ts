/**
 * The only way by which facts get into the store. A fact keeps its identity while it is equal, so that a component
 * renders only when what it shows has changed.
 */
import { isSame, keep } from "../../base/equality.ts";
import type { ClientFrame, Frame, ReplicaFrame } from "../../model/protocol/frame.ts";
import type { FrameBatch } from "./frameCollector.ts";
import { type InterfaceState, NO_QUESTION } from "./interfaceState.ts";
import { type ClientSummary, FEED_BOUND, type ReplicaSummary, type RunFacts } from "./runFacts.ts";
import { appendLanes, NO_LANES } from "./timeSeries.ts";
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

function feedOf(before: RunFacts, batch: FrameBatch): Pick<RunFacts, "feed" | "feedOmitted"> {
  const all = batch.events.length === 0 ? before.feed : [...before.feed, ...batch.events];
  const excess = Math.max(0, all.length - FEED_BOUND);
  return {
    feed: excess === 0 ? all : all.slice(excess),
    feedOmitted: before.feedOmitted + batch.eventsOmitted + excess,
  };
}

/** The facts that a frame shows as they are. */
export function plainFacts(before: RunFacts, frame: Frame) {
  return {
    runId: frame.runId,
    config: keep(before.config, frame.config),
    counters: keep(before.counters, frame.counters),
    virtualNow: frame.virtualNow,
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
    verdicts: keep(before.verdicts, frame.verdicts),
    failure: keep(before.failure, frame.failure),
    opening: keep(before.opening, frame.opening),
  };
}

/** What a person chose that makes no sense in another run. */
function choicesOfNewRun(before: ViewState, frame: Frame): Partial<InterfaceState> {
  const hasOtherItems = before.config?.workload.dataset !== frame.config.workload.dataset;
  return {
    selection: undefined,
    hovered: undefined,
    partitionDraft: undefined,
    comparison: undefined,
    writeTarget: undefined,
    ...(hasOtherItems && before.runId !== 0 ? { question: NO_QUESTION } : {}),
  };
}

/** A function that folds one batch after the other into `store`. */
export function frameApplier(store: ViewStore): (batch: FrameBatch) => void {
  return (batch) => {
    const before = store.getState();
    const isNewRun = batch.frame.runId !== before.runId;
    const lanesBefore = isNewRun ? NO_LANES : before.lanes;
    const lanes = appendLanes(lanesBefore, { ...batch, leaderships: batch.frame.leaderships });
    const emptied = isNewRun ? { feed: [], feedOmitted: 0 } : {};
    store.setState({
      ...(isNewRun ? choicesOfNewRun(before, batch.frame) : {}),
      ...plainFacts(before, batch.frame),
      ...feedOf({ ...before, ...emptied }, batch),
      lanes,
      lanesVersion: lanes !== lanesBefore || isNewRun ? before.lanesVersion + 1 : before.lanesVersion,
    });
  };
}
