/**
 * The event loop, apart from where the machines run. A window is a span in which nothing that is sent can arrive, so
 * that all replicas with work in it may step in parallel (conservative lookahead: Chandy and Misra 1979). What they did
 * is then taken over in the total order, so that the history is the same as one event at a time.
 */

import { present } from "../../base/assert.ts";
import { feedHash, feedInteger } from "../../base/hash.ts";
import { type Address, type ClientId, clientSlotOf, isReplica, OPERATOR, type ReplicaId } from "../../base/ids.ts";
import { interleave, type Timed } from "../../base/interleave.ts";
import { after, earlier, type Micros, micros, NEVER, seconds } from "../../base/units.ts";
import { type ClientInput, nextClientTimerAt, stepClient } from "../client/client.ts";
import { nextAskAt, takeAsk } from "../client/workload.ts";
import { lookahead } from "../network/network.ts";
import type { ReplicaInput } from "../protocol/step.ts";
import type { Work, WorkOutcome } from "../protocol/work.ts";
import { absorbClient, absorbReplica, type ClientRecord, loseOnArrival, memberOf, nextCounter } from "./absorb.ts";
import { takeSample } from "./metrics.ts";
import { SAMPLE_INTERVAL } from "./outbox.ts";
import { takeRecall } from "./probe.ts";
import { type ClusterState, type Flight, type Queued, setStatus } from "./state.ts";

/** What one replica has to do in a window, with the flights that its inputs were. */
export interface ReplicaJob {
  readonly id: ReplicaId;
  readonly work: Work;
  readonly flights: readonly (Flight | undefined)[];
}

interface ClientJob {
  readonly id: ClientId;
  readonly inputs: readonly Timed<ClientInput>[];
  readonly until: Micros;
  readonly limit: number;
  readonly flights: readonly (Flight | undefined)[];
}

/** One window: replicas may run their jobs in any order or at once. */
export interface Window {
  readonly end: Micros;
  readonly replicas: readonly ReplicaJob[];
  readonly clients: readonly ClientJob[];
}

/** The next timer of a replica or client, and whose it is. */
export interface NextTimer {
  readonly at: Micros;
  readonly address: Address | undefined;
}

/** The earliest timer; at one instant that of the smaller address. */
export function nextTimer(state: ClusterState): NextTimer {
  let at = NEVER;
  let address: Address | undefined;
  for (const { timerAt, id } of state.members) {
    if (timerAt < at) {
      at = timerAt;
      address = id;
    }
  }
  for (const client of state.clients) {
    const timerAt = nextClientTimerAt(client);
    if (timerAt < at) {
      at = timerAt;
      address = client.id;
    }
  }
  return { at, address };
}

/** When the next event of any kind is due; {@link NEVER} when nothing ever happens again. */
export function nextEventAt(state: ClusterState): Micros {
  const queued = state.queue.peek()?.at ?? NEVER;
  return earlier(earlier(queued, nextTimer(state).at), nextAskAt(state.workload));
}

/** The next instant at which a sample is taken or digests are hashed. */
export function nextBoundary(state: ClusterState): Micros {
  return state.outbox.awaited ? earlier(state.nextSampleAt, state.nextSecondAt) : state.nextSecondAt;
}

/** Every virtual second each replica's digest goes into the run hash; samples are taken on the way. */
export function passBoundaries(state: ClusterState, upTo: Micros): void {
  for (let at = nextBoundary(state); at <= upTo; at = nextBoundary(state)) {
    if (state.outbox.awaited && state.nextSampleAt === at) {
      takeSample(state, at);
      state.nextSampleAt = after(at, SAMPLE_INTERVAL);
    }
    if (state.nextSecondAt === at) {
      feedInteger(state.hash, at);
      for (const { status, alive } of state.members) if (alive) feedHash(state.hash, status.digest);
      if (state.outbox.awaited) takeRecall(state, at);
      state.observer?.second?.(at);
      state.nextSecondAt = after(at, seconds(1));
    }
  }
}

/** Moves the workload's asks that are due before `end` into the queue. */
export function pumpAsks(state: ClusterState, end: Micros): void {
  const { workload, config } = state;
  while (nextAskAt(workload) < end) {
    const { at, client, ask } = takeAsk(workload, config.workload);
    const counter = nextCounter(state, OPERATOR);
    state.queue.push({
      at,
      source: OPERATOR,
      counter,
      for: "client",
      to: client,
      input: { kind: "ask", ask },
      flight: undefined,
    });
  }
}

/** Takes the head of the queue; undefined when it was for a replica that is down, where it goes nowhere. */
export function takeQueued(state: ClusterState): Queued | undefined {
  const queued = state.queue.pop();
  if (queued === undefined || queued.for === "client" || memberOf(state, queued.to).alive) return queued;
  if (queued.flight !== undefined) loseOnArrival(state, queued.flight);
  return undefined;
}

interface Gathered<Input> {
  readonly inputs: Timed<Input>[];
  readonly flights: (Flight | undefined)[];
}

function gather<Id, Input>(
  into: Map<Id, Gathered<Input>>,
  to: Id,
  queued: Omit<Timed<Input>, "input">,
  input: Input,
  flight: Flight | undefined,
): void {
  let gathered = into.get(to);
  if (gathered === undefined) {
    gathered = { inputs: [], flights: [] };
    into.set(to, gathered);
  }
  const { at, source, counter } = queued;
  gathered.inputs.push({ at, source, counter, input });
  gathered.flights.push(flight);
}

function sort(
  queued: Queued,
  replicas: Map<ReplicaId, Gathered<ReplicaInput>>,
  clients: Map<ClientId, Gathered<ClientInput>>,
): void {
  if (queued.for === "replica") gather(replicas, queued.to, queued, queued.input, queued.flight);
  else gather(clients, queued.to, queued, queued.input, queued.flight);
}

/**
 * The next window before `stop`; undefined when nothing is due before it, and then `state.now` is `stop`. All events
 * before the window have been absorbed.
 */
export function planWindow(state: ClusterState, stop: Micros): Window | undefined {
  const next = nextEventAt(state);
  passBoundaries(state, earlier(next, stop));
  if (next >= stop) {
    state.now = stop;
    return undefined;
  }
  const end = earlier(earlier(stop, nextBoundary(state)), after(next, lookahead(state.config.network)));
  pumpAsks(state, end);
  const replicas = new Map<ReplicaId, Gathered<ReplicaInput>>();
  const clients = new Map<ClientId, Gathered<ClientInput>>();
  for (let head = state.queue.peek(); head !== undefined && head.at < end; head = state.queue.peek()) {
    const queued = takeQueued(state);
    if (queued !== undefined) sort(queued, replicas, clients);
  }
  return jobsOf(state, end, Number.MAX_SAFE_INTEGER, replicas, clients);
}

/** A window that holds exactly the next event before `stop`; undefined when there is none. */
export function planEvent(state: ClusterState, stop: Micros): Window | undefined {
  for (;;) {
    const next = nextEventAt(state);
    passBoundaries(state, earlier(next, stop));
    if (next >= stop) {
      state.now = stop;
      return undefined;
    }
    const end = after(next, micros(1));
    pumpAsks(state, end);
    const head = state.queue.peek();
    const timer = nextTimer(state);
    const replicas = new Map<ReplicaId, Gathered<ReplicaInput>>();
    const clients = new Map<ClientId, Gathered<ClientInput>>();
    if (head !== undefined && !timerFirst(timer, head)) {
      const queued = takeQueued(state);
      if (queued === undefined) continue;
      sort(queued, replicas, clients);
      return jobsFor(end, 1, replicas, clients);
    }
    const address = present(timer.address, "the owner of the next timer");
    if (isReplica(address)) replicas.set(address, { inputs: [], flights: [] });
    else clients.set(address, { inputs: [], flights: [] });
    return jobsFor(end, 1, replicas, clients);
  }
}

/** Whether `timer` comes before the head of the queue in the order of events. */
export function timerFirst(timer: NextTimer, head: Queued): boolean {
  if (timer.address === undefined) return false;
  if (timer.at !== head.at) return timer.at < head.at;
  if (timer.address !== head.to) return timer.address < head.to;
  return timer.address < head.source;
}

function jobsFor(
  until: Micros,
  limit: number,
  replicas: ReadonlyMap<ReplicaId, Gathered<ReplicaInput>>,
  clients: ReadonlyMap<ClientId, Gathered<ClientInput>>,
): Window {
  return {
    end: until,
    replicas: [...replicas].map(([id, { inputs, flights }]) => ({ id, work: { inputs, until, limit }, flights })),
    clients: [...clients].map(([id, { inputs, flights }]) => ({ id, inputs, until, limit, flights })),
  };
}

/** Adds those who have no input but a timer in the window. */
function jobsOf(
  state: ClusterState,
  end: Micros,
  limit: number,
  replicas: Map<ReplicaId, Gathered<ReplicaInput>>,
  clients: Map<ClientId, Gathered<ClientInput>>,
): Window {
  for (const { id, timerAt } of state.members) {
    if (timerAt < end && !replicas.has(id)) replicas.set(id, { inputs: [], flights: [] });
  }
  for (const client of state.clients) {
    if (nextClientTimerAt(client) < end && !clients.has(client.id)) clients.set(client.id, { inputs: [], flights: [] });
  }
  return jobsFor(end, limit, replicas, clients);
}

function runClient(state: ClusterState, job: ClientJob): readonly ClientRecord[] {
  const client = present(state.clients[clientSlotOf(job.id)], "a client with work");
  const machine = {
    address: client.id,
    nextTimerAt: () => nextClientTimerAt(client),
    dueTimer: (): ClientInput => ({ kind: "timer" }),
    process: (input: ClientInput, at: Micros, source: number): ClientRecord => ({
      at,
      source,
      input,
      effects: stepClient(client, input, at, state.config),
    }),
  };
  return interleave(machine, job.inputs, job.until, job.limit).processed;
}

/** One processed event with what is needed to take it over. */
interface Absorbable {
  readonly at: Micros;
  readonly address: number;
  readonly absorb: () => void;
}

/** Takes over a window: the replicas' outcomes in the order of `window.replicas`, and the clients' steps. */
export function finishWindow(state: ClusterState, window: Window, outcomes: readonly WorkOutcome[]): void {
  const done: Absorbable[] = [];
  for (const [position, { id, flights }] of window.replicas.entries()) {
    const { records, status } = present(outcomes[position], "a replica's outcome");
    let input = 0;
    for (const record of records) {
      const flight = record.timer === undefined ? flights[input] : undefined;
      if (record.timer === undefined) input += 1;
      done.push({ at: record.at, address: id, absorb: () => absorbReplica(state, id, record, flight) });
    }
    setStatus(memberOf(state, id), status);
  }
  for (const job of window.clients) {
    let input = 0;
    for (const record of runClient(state, job)) {
      const isTimer = record.input.kind === "timer";
      const flight = isTimer ? undefined : job.flights[input];
      if (!isTimer) input += 1;
      done.push({ at: record.at, address: job.id, absorb: () => absorbClient(state, job.id, record, flight) });
    }
  }
  if (done.length > 1) done.sort((a, b) => a.at - b.at || a.address - b.address);
  for (const { absorb } of done) absorb();
}
