/**
 * A run in the calling thread: for tests, experiments and for computing what lies before a moment. One event at a time
 * or by windows; both write the same history, as do the workers.
 */
import { present } from "../../base/assert.ts";
import { type HashText, hashText } from "../../base/hash.ts";
import type { ReplicaId } from "../../base/ids.ts";
import { rngStream, Stream } from "../../base/rng.ts";
import { type Micros, micros, NEVER } from "../../base/units.ts";
import type { Command } from "../protocol/commands.ts";
import type { RunConfig } from "../protocol/config.ts";
import type { DatasetContent } from "../protocol/dataset.ts";
import type { RunInputs } from "../protocol/session.ts";
import type { WorkOutcome } from "../protocol/work.ts";
import { runReplica } from "../replica/runner.ts";
import { createReplica, type ReplicaState, statusOf } from "../replica/state.ts";
import { memberOf } from "./absorb.ts";
import { applyCommand, type Lifecycle } from "./command.ts";
import { type ClusterState, createCluster } from "./state.ts";
import { finishWindow, planEvent, planWindow, type Window } from "./window.ts";

/** What a replica needs to start: everything that a worker is told, and nothing else. */
export interface StartOrder {
  readonly id: ReplicaId;
  readonly seed: number;
  readonly incarnation: number;
  readonly at: Micros;
}

/** Marks the member as running and says how it starts. */
export function startOrder(state: ClusterState, id: ReplicaId): StartOrder {
  const member = memberOf(state, id);
  member.alive = true;
  member.incarnation += 1;
  return { id, seed: state.config.seed, incarnation: member.incarnation, at: state.now };
}

/** A replica's state as it starts from its disk. */
export function startReplica(state: ClusterState, order: StartOrder): ReplicaState {
  const { id, seed, incarnation, at } = order;
  return createReplica(
    id,
    state.config.cluster,
    memberOf(state, id).disk,
    rngStream(seed, Stream.replica, id, incarnation),
    at,
  );
}

/** How the events are taken: the history is the same. */
export type Stepping = "event" | "window";

export class InlineRun {
  readonly state: ClusterState;
  readonly replicas = new Map<ReplicaId, ReplicaState>();
  readonly #stepping: Stepping;
  readonly #observe: ((run: InlineRun) => void) | undefined;

  /** A run at virtual 0 with all replicas started. `observe` is called after every window, or event. */
  constructor(
    config: RunConfig,
    dataset: DatasetContent,
    stepping: Stepping = "window",
    observe?: (run: InlineRun) => void,
  ) {
    this.state = createCluster(config, dataset);
    this.#stepping = stepping;
    this.#observe = observe;
    for (const { id } of this.state.members) this.#start(id);
  }

  /** Processes everything before `until`; the run then stands there. */
  runUntil(until: Micros): void {
    const plan = this.#stepping === "event" ? planEvent : planWindow;
    for (let window = plan(this.state, until); window !== undefined; window = plan(this.state, until))
      this.#run(window);
  }

  /** Processes everything in the next `duration`. */
  runFor(duration: Micros): void {
    this.runUntil(micros(this.state.now + duration));
  }

  /** Processes exactly one event; false when nothing ever happens again. */
  step(): boolean {
    const window = planEvent(this.state, NEVER);
    if (window === undefined) return false;
    this.#run(window);
    return true;
  }

  /** Carries out `command` now. */
  command(command: Command): void {
    for (const order of applyCommand(this.state, command)) this.#obey(order);
    this.#observe?.(this);
  }

  /** The run hash so far. */
  hash(): HashText {
    return hashText(this.state.hash);
  }

  #run(window: Window): void {
    const outcomes: WorkOutcome[] = window.replicas.map(({ id, work }) =>
      runReplica(present(this.replicas.get(id), "a running replica"), work),
    );
    finishWindow(this.state, window, outcomes);
    this.#observe?.(this);
  }

  #obey(order: Lifecycle): void {
    if (order.kind === "start") this.#start(order.id);
    else this.replicas.delete(order.id);
  }

  #start(id: ReplicaId): void {
    const replica = startReplica(this.state, startOrder(this.state, id));
    this.replicas.set(id, replica);
    memberOf(this.state, id).status = statusOf(replica);
  }
}

/** The run that `inputs` describe, as it stands at `at`. */
export function replay(inputs: RunInputs, dataset: DatasetContent, at: Micros): InlineRun {
  const run = new InlineRun(inputs.config, dataset);
  for (const timed of inputs.commands) {
    if (timed.at > at) break;
    run.runUntil(timed.at);
    run.command(timed.command);
  }
  run.runUntil(at);
  return run;
}
