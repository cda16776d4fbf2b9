/**
 * One event at a time, straight from the queue through the machine into the history, without a window's plan: the
 * fastest way in one thread. It writes the same history as windows do.
 */
import { present } from "../../base/assert.ts";
import { clientSlotOf, isReplica, type ReplicaId } from "../../base/ids.ts";
import { after, earlier, type Micros, micros, NEVER } from "../../base/units.ts";
import { type ClientInput, stepClient } from "../client/client.ts";
import { nextAskAt } from "../client/workload.ts";
import type { ReplicaInput } from "../protocol/step.ts";
import { accept } from "../replica/machine.ts";
import type { ReplicaState } from "../replica/state.ts";
import { statusOf } from "../replica/status.ts";
import { dueTimer, nextTimerAt } from "../replica/timers.ts";
import { absorbClient, absorbReplica, memberOf } from "./absorb.ts";
import { type ClusterState, type Flight, type Queued, setStatus } from "./state.ts";
import { nextBoundary, nextTimer, passBoundaries, pumpAsks, takeQueued, timerFirst } from "./window.ts";

/** The machines of the replicas that run, in the calling thread. */
export type LocalReplicas = ReadonlyMap<ReplicaId, ReplicaState>;

/** Lets every running replica say where it stands; what it says is not kept up to date between boundaries. */
export function refreshStatuses(state: ClusterState, replicas: LocalReplicas): void {
  for (const [id, replica] of replicas) setStatus(memberOf(state, id), statusOf(replica));
}

function stepReplica(
  state: ClusterState,
  replicas: LocalReplicas,
  id: ReplicaId,
  event: {
    readonly input: ReplicaInput;
    readonly at: Micros;
    readonly source: number;
    readonly flight: Flight | undefined;
  },
): void {
  const { input, at, source, flight } = event;
  const replica = present(replicas.get(id), "a running replica");
  const effects = accept(replica, input, at);
  memberOf(state, id).timerAt = nextTimerAt(replica);
  const timer = input.kind === "timer" ? input.timer : undefined;
  // The replica shows itself: nobody looks at a record later than now.
  absorbReplica(state, id, { at, source, timer, effects, shown: replica }, flight);
}

function takeHead(state: ClusterState, replicas: LocalReplicas): void {
  const queued: Queued | undefined = takeQueued(state);
  if (queued === undefined) return;
  if (queued.for === "replica") {
    stepReplica(state, replicas, queued.to, queued);
    return;
  }
  const { to, input, at, source, flight } = queued;
  const client = present(state.clients[clientSlotOf(to)], "a client");
  absorbClient(state, to, { at, source, input, effects: stepClient(client, input, at, state.config) }, flight);
}

const clientTimer: ClientInput = { kind: "timer" };

/**
 * Processes the next event before `until`; false when there is none, and the run then stands at `until`.
 * `replicas` holds the machines of all members that are alive.
 */
export function directEvent(state: ClusterState, replicas: LocalReplicas, until: Micros): boolean {
  const timer = nextTimer(state);
  const askAt = nextAskAt(state.workload);
  const next = earlier(earlier(state.queue.peek()?.at ?? NEVER, timer.at), askAt);
  if (earlier(next, until) >= nextBoundary(state)) {
    refreshStatuses(state, replicas);
    passBoundaries(state, earlier(next, until));
  }
  if (next >= until) {
    state.now = until;
    return false;
  }
  // Also for a message that finds its replica down: what a command does comes after it.
  state.now = next;
  if (askAt === next) pumpAsks(state, after(next, micros(1)));
  const head = state.queue.peek();
  const { at, address } = timer;
  if (head !== undefined && !timerFirst(timer, head)) takeHead(state, replicas);
  else if (address === undefined) return false;
  else if (isReplica(address)) {
    const input = dueTimer(present(replicas.get(address), "a replica with a timer"));
    stepReplica(state, replicas, address, { input, at, source: address, flight: undefined });
  } else {
    const client = present(state.clients[clientSlotOf(address)], "a client with a timer");
    const effects = stepClient(client, clientTimer, at, state.config);
    absorbClient(state, address, { at, source: address, input: clientTimer, effects }, undefined);
  }
  return true;
}
