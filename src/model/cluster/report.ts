/** Recording slow facts: the outbox for views, the counters, the leaderships. */
import type { ClientId, ReplicaId } from "../../base/ids.ts";
import type { Micros } from "../../base/units.ts";
import type { ClientEvent, ReplicaEvent } from "../protocol/events.ts";
import type { WriteSample } from "../protocol/frame.ts";
import type { AcknowledgedWrite } from "./acknowledged.ts";
import { acknowledge } from "./acknowledged.ts";
import { emit, keepWrite, reportWorld } from "./outbox.ts";
import type { ClusterState } from "./state.ts";
import { judgeLost } from "./verdicts.ts";

const LEADERSHIPS_LIMIT = 2_000;

/** Acknowledged writes that are lost from now on. */
export function reportLost(state: ClusterState, at: Micros, lost: readonly AcknowledgedWrite[]): void {
  for (const write of lost) {
    const { requestId, version, operation } = write;
    state.counters.acknowledgedWritesLost += 1;
    for (const receipt of state.receipts) if (receipt.requestId === requestId) receipt.outcome = "lost";
    reportWorld(state, at, { kind: "writeLost", id: operation.id, version, requestId });
    judgeLost(state, at, write);
  }
}

/** The span in which `replicaId` led ends, if it led. */
export function endLeadership(state: ClusterState, at: Micros, replicaId: ReplicaId): void {
  const { leaderships } = state;
  const open = leaderships.findIndex((span) => span.replicaId === replicaId && span.to === undefined);
  const span = leaderships[open];
  if (span !== undefined) leaderships[open] = { ...span, to: at };
}

/** Records what a replica reports of itself. */
export function reportReplica(state: ClusterState, at: Micros, replicaId: ReplicaId, fact: ReplicaEvent): void {
  emit(state, at, { source: "replica", replicaId, fact });
  switch (fact.kind) {
    case "becameLeader":
      state.counters.leaderChanges += 1;
      state.leaderships.push({ replicaId, term: fact.term, from: at, to: undefined });
      if (state.leaderships.length > LEADERSHIPS_LIMIT) state.leaderships.shift();
      state.lastLeader = replicaId;
      break;
    case "steppedDown":
      if (fact.was === "leader") endLeadership(state, at, replicaId);
      break;
    case "rolledBack":
      state.counters.entriesRolledBack += fact.to - fact.from + 1;
      break;
    case "snapshotInstalled":
      state.counters.entriesRolledBack += fact.undone;
      break;
    default:
  }
}

function receiptOf(state: ClusterState, requestId: number) {
  return state.receipts.find((receipt) => receipt.requestId === requestId);
}

/** The sample belongs to the fact that was recorded last. */
function keepSample({ outbox, nextEvent }: ClusterState, sample: WriteSample): void {
  if (outbox.awaited && nextEvent - 1 > outbox.known.fact) keepWrite(outbox, sample);
}

function writeEnded(state: ClusterState, at: Micros, fact: Extract<ClientEvent, { operation: unknown }>): void {
  const { counters } = state;
  const receipt = receiptOf(state, fact.requestId);
  switch (fact.kind) {
    case "writeAcknowledged": {
      const { requestId, version, operation, latency } = fact;
      counters.writesAcknowledged += 1;
      keepSample(state, { at, latency, outcome: "acknowledged" });
      if (receipt !== undefined) Object.assign(receipt, { outcome: "acknowledged", version, latency });
      const disks = state.members.map((member) => member.disk);
      reportLost(
        state,
        at,
        acknowledge(state.acknowledged, { requestId, version, operation, acknowledgedAt: at }, disks),
      );
      break;
    }
    case "writeUnknown":
    case "writeFailed": {
      const outcome = fact.kind === "writeUnknown" ? "unknown" : "failed";
      if (outcome === "unknown") counters.writesUnknown += 1;
      else counters.writesFailed += 1;
      keepSample(state, { at, latency: state.config.workload.clientTimeout, outcome });
      if (receipt !== undefined) receipt.outcome = outcome;
    }
  }
}

/** Records what a client reports. */
export function reportClient(state: ClusterState, at: Micros, clientId: ClientId, fact: ClientEvent): void {
  emit(state, at, { source: "client", clientId, fact });
  const { counters } = state;
  switch (fact.kind) {
    case "writeAcknowledged":
    case "writeUnknown":
    case "writeFailed":
      writeEnded(state, at, fact);
      break;
    case "redirected": {
      counters.redirects += 1;
      const receipt = receiptOf(state, fact.requestId);
      if (receipt !== undefined) receipt.redirects += 1;
      break;
    }
    case "answered":
      if (fact.question === "get") counters.readsServed += 1;
      else counters.searchesServed += 1;
      if (fact.question === "search" && fact.found === 0) counters.searchesEmpty += 1;
      break;
    case "unanswered":
      if (fact.question === "search") counters.searchesEmpty += 1;
      break;
    case "skipped": {
      counters.skipped += 1;
      const receipt = receiptOf(state, fact.requestId);
      if (receipt !== undefined) receipt.outcome = "failed";
    }
  }
}
