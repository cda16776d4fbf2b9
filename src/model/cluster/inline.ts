/**
 * A run in the calling thread: for tests, experiments and for computing what lies before a moment. One event at a time
 * or by windows; both write the same history, as do the workers.
 */
import { present } from "../../base/assert.ts";
import { type HashText, hashText } from "../../base/hash.ts";
import type { ReplicaId } from "../../base/ids.ts";
import { rngStream, Stream } from "../../base/rng.ts";
import { after, type Micros, micros, NEVER } from "../../base/units.ts";
import type { AimedCommand, Command } from "../protocol/commands.ts";
import type { RunConfig } from "../protocol/config.ts";
import type { DatasetContent } from "../protocol/dataset.ts";
import type { Conditions } from "../protocol/step.ts";
import { runReplica } from "../replica/runner.ts";
import { createReplica, type ReplicaState } from "../replica/state.ts";
import { statusOf } from "../replica/status.ts";
import { memberOf } from "./absorb.ts";
import { applyCommand, applyStrike } from "./command.ts";
import { directEvent, refreshStatuses } from "./direct.ts";
import type { Lifecycle } from "./faults.ts";
import { nextStrikeAt } from "./gameDay.ts";
import { newOutbox } from "./outbox.ts";
import { type ClusterState, createCluster, setStatus } from "./state.ts";
import { judgeStart } from "./verdicts.ts";
import { finishWindow, nextEventAt, planWindow, type Window } from "./window.ts";

/** What a replica needs to start: everything that a worker is told, and nothing else. */
export interface StartOrder {
  readonly id: ReplicaId;
  readonly seed: number;
  readonly incarnation: number;
  readonly at: Micros;
  readonly conditions: Conditions;
}

/** Marks the member as running and says how it starts. */
export function startOrder(state: ClusterState, id: ReplicaId): StartOrder {
  const member = memberOf(state, id);
  member.alive = true;
  member.incarnation += 1;
  judgeStart(state);
  return { id, seed: state.config.seed, incarnation: member.incarnation, at: state.now, conditions: member.conditions };
}

/** A replica's state as it starts from its disk. */
export function startReplica(state: ClusterState, order: StartOrder): ReplicaState {
  const { id, seed, incarnation, at, conditions } = order;
  return createReplica(
    id,
    state.config.cluster,
    memberOf(state, id).disk,
    rngStream(seed, Stream.replica, id, incarnation),
    at,
    conditions,
  );
}

/** How the events are taken: the history is the same. */
export type Stepping = "event" | "window";

/** All that a run is at one instant, but for who looks on. */
export interface Standing {
  readonly state: ClusterState;
  readonly replicas: Map<ReplicaId, ReplicaState>;
  readonly amidInstant: boolean;
}

export class InlineRun {
  readonly state: ClusterState;
  readonly replicas: Map<ReplicaId, ReplicaState>;
  readonly #stepping: Stepping;
  readonly #observe: ((run: InlineRun) => void) | undefined;
  /** `step` stopped at an instant of which more may be due. */
  #amidInstant: boolean;

  /** A run at virtual 0 with all replicas started. `observe` is called after every event, or window, and command. */
  constructor(
    config: RunConfig,
    dataset: DatasetContent,
    stepping: Stepping = "event",
    observe?: (run: InlineRun) => void,
    standing?: Standing,
  ) {
    this.state = standing?.state ?? createCluster(config, dataset);
    this.replicas = standing?.replicas ?? new Map();
    this.#amidInstant = standing?.amidInstant ?? false;
    this.#stepping = stepping;
    this.#observe = observe;
    if (standing === undefined) for (const { id } of this.state.members) this.#start(id);
  }

  /** Where it stands: its own state, not a copy, but without those who look on and without facts that wait. */
  standing(): Standing {
    const { state, replicas } = this;
    const alone = { ...state, outbox: newOutbox(false), observer: undefined };
    return { state: alone, replicas, amidInstant: this.#amidInstant };
  }

  /**
   * Processes everything before `until`; the run then stands there. Stops early, right after an event, when `enough`
   * says so. Returns whether it got there.
   */
  runUntil(until: Micros, enough: () => boolean = () => false): boolean {
    for (let strikeAt = nextStrikeAt(this.state); strikeAt <= until; strikeAt = nextStrikeAt(this.state)) {
      if (!this.#reach(strikeAt, enough)) return false;
      this.#strike();
      if (enough()) return false;
    }
    return this.#reach(until, enough);
  }

  #reach(until: Micros, enough: () => boolean): boolean {
    let arrived = true;
    if (this.#stepping === "event") {
      while (arrived && directEvent(this.state, this.replicas, until)) {
        this.#observed();
        arrived = !enough();
      }
    } else {
      for (let next = planWindow(this.state, until); next !== undefined; next = planWindow(this.state, until)) {
        this.#run(next);
      }
    }
    this.#amidInstant = !arrived;
    refreshStatuses(this.state, this.replicas);
    return arrived;
  }

  /** Processes everything in the next `duration`. */
  runFor(duration: Micros): void {
    this.runUntil(after(this.state.now, duration));
  }

  /** Processes exactly one event; false when nothing ever happens again. */
  step(): boolean {
    const strikeAt = nextStrikeAt(this.state);
    if (strikeAt < NEVER && strikeAt <= nextEventAt(this.state)) {
      this.runUntil(strikeAt);
      return true;
    }
    const found = directEvent(this.state, this.replicas, NEVER);
    this.#amidInstant = true;
    if (found) this.#observed();
    refreshStatuses(this.state, this.replicas);
    return found;
  }

  /** Carries out `command` now; after a single step, once the instant that it stopped in is over. */
  command(command: Command | AimedCommand): void {
    if (this.#amidInstant) this.runUntil(after(this.state.now, micros(1)));
    for (const order of applyCommand(this.state, command)) this.#obey(order);
    this.#observed();
  }

  /** Where the next command can be taken: behind the instant that the run stands in, if some of it may have happened. */
  get nextCommandAt(): Micros {
    return this.#amidInstant ? after(this.state.now, micros(1)) : this.state.now;
  }

  /** The run hash so far. */
  hash(): HashText {
    return hashText(this.state.hash);
  }

  /** What the game day does now. */
  #strike(): void {
    for (const order of applyStrike(this.state)) this.#obey(order);
    this.#observed();
  }

  #observed(): void {
    if (this.#observe === undefined) return;
    refreshStatuses(this.state, this.replicas);
    this.#observe(this);
  }

  #run(window: Window): void {
    const outcomes = window.replicas.map(({ id, work }) =>
      runReplica(present(this.replicas.get(id), "a running replica"), work),
    );
    finishWindow(this.state, window, outcomes);
    this.#observed();
  }

  #obey(order: Lifecycle): void {
    if (order.kind === "start") this.#start(order.id);
    else this.replicas.delete(order.id);
  }

  #start(id: ReplicaId): void {
    const replica = startReplica(this.state, startOrder(this.state, id));
    this.replicas.set(id, replica);
    setStatus(memberOf(this.state, id), statusOf(replica));
  }
}
