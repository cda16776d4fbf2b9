/**
 * A replica's timers: Raft's two, and two of the machine it runs on. A paused replica fires none of them; a busy one
 * only what the disk has finished. What came due meanwhile is done afterwards, in the order in which it came due.
 */
import { earlier, later, type Micros, NEVER } from "../../base/units.ts";
import type { ReplicaInput, TimerKind } from "../protocol/step.ts";
import type { ReplicaState } from "./state.ts";

const due: Readonly<Record<TimerKind, ReplicaInput>> = {
  release: { kind: "timer", timer: "release" },
  work: { kind: "timer", timer: "work" },
  election: { kind: "timer", timer: "election" },
  heartbeat: { kind: "timer", timer: "heartbeat" },
};

/** When each timer came or comes due, busy or not. */
function releaseAt(state: ReplicaState): Micros {
  return state.deferred[0]?.at ?? NEVER;
}

function workAt(state: ReplicaState): Micros {
  return state.inbox[0]?.at ?? NEVER;
}

/** When the next timer fires. */
export function nextTimerAt(state: ReplicaState): Micros {
  if (state.conditions.paused) return NEVER;
  const protocol = earlier(state.electionDeadline, state.heartbeatAt);
  if (state.inbox.length === 0 && state.deferred.length === 0 && state.busyUntil <= protocol) return protocol;
  return earlier(releaseAt(state), later(state.busyUntil, earlier(workAt(state), protocol)));
}

/** The input that stands for the timer that fires next: of those that are due then, the one that came due first. */
export function dueTimer(state: ReplicaState): ReplicaInput {
  const at = nextTimerAt(state);
  const release = releaseAt(state);
  const first = earlier(workAt(state), earlier(state.electionDeadline, state.heartbeatAt));
  if (release <= at && (release <= first || state.busyUntil > at)) return due.release;
  if (workAt(state) === first) return due.work;
  return state.electionDeadline === first ? due.election : due.heartbeat;
}
