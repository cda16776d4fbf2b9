/** What a replica shows of itself after a step. */
import { majorityOf } from "../../base/ids.ts";
import { after, type Micros, micros, NEVER } from "../../base/units.ts";
import type { PeerProgress, ReplicaStatus } from "../protocol/step.ts";
import type { ShownMachine } from "../protocol/work.ts";
import { ledAt } from "./leading.ts";
import { appliedTo, ownClock, type Peer, type ReplicaState } from "./state.ts";
import { nextTimerAt } from "./timers.ts";

function progressOf(peer: Peer): PeerProgress {
  return {
    replicaId: peer.id,
    matchIndex: peer.matchIndex,
    nextIndex: peer.nextIndex,
    state: peer.state,
    snapshotSent: peer.transfer?.received ?? 0,
    snapshotTotal: peer.transfer?.snapshot.items.length ?? 0,
  };
}

/**
 * The last instant at which a read under bounded staleness is answered if nothing is heard until then: the same as
 * `reads.ts` asks at an instant, solved for the instant.
 */
function freshUntil(state: ReplicaState): Micros {
  const { config, role, freshAt } = state;
  const { stalenessBound, replicaCount } = config;
  if (role === "leader") return majorityOf(replicaCount) === 1 ? NEVER : after(ledAt(state, NEVER), stalenessBound);
  if (freshAt === -NEVER) return freshAt;
  // Its clock shows this then.
  const shown = freshAt + stalenessBound;
  const { clockDrift, clockOffset } = state.conditions;
  let until = micros((shown - clockOffset) / (1 + clockDrift));
  // What a clock shows is rounded: it may be one off to either side.
  while (ownClock(state, until) > shown) until = micros(until - 1);
  while (ownClock(state, micros(until + 1)) <= shown) until = micros(until + 1);
  return until;
}

/** What the verdicts speak of, after a step. */
export function shownOf({ role, currentTerm, commitIndex, lastApplied, lateBy }: ReplicaState): ShownMachine {
  return { role, currentTerm, commitIndex, lastApplied, lateBy };
}

/** What everybody may know of this replica. A copy: later steps do not change it. */
export function statusOf(state: ReplicaState): ReplicaStatus {
  return {
    role: state.role,
    currentTerm: state.currentTerm,
    votedFor: state.votedFor,
    leaderId: state.leaderId,
    commitIndex: state.commitIndex,
    lastApplied: state.lastApplied,
    appliedTo: appliedTo(state),
    electionTimerSetAt: state.electionTimerSetAt,
    electionDeadline: state.electionDeadline,
    votes: state.votes.slice(),
    progress: state.peers.map(progressOf),
    vectorCount: state.store.items.size,
    digest: { low: state.store.digest.low, high: state.store.digest.high },
    waitingReads: state.waitingReads.length,
    inboxDepth: state.inbox.length,
    conditions: state.conditions,
    quarantined: state.quarantinedUntil !== undefined,
    nextTimerAt: nextTimerAt(state),
    freshUntil: freshUntil(state),
  };
}
