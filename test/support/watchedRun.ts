/** A run whose every event is shown to checkers: the bridge from `InlineRun` to `model/verdict`. */
import { present } from "../../src/base/assert.ts";
import { slotOf } from "../../src/base/ids.ts";
import { InlineRun } from "../../src/model/cluster/inline.ts";
import type { TimedCommand } from "../../src/model/protocol/commands.ts";
import type { RunConfig } from "../../src/model/protocol/config.ts";
import type { DatasetContent } from "../../src/model/protocol/dataset.ts";
import type { ClientEvent, ClusterEvent } from "../../src/model/protocol/events.ts";
import type { RequestId } from "../../src/model/protocol/log.ts";
import type { ReplicaState } from "../../src/model/replica/state.ts";
import { storeOf } from "../../src/model/replica/store.ts";
import type { Change } from "../../src/model/verdict/change.ts";
import type { Observation } from "../../src/model/verdict/observation.ts";
import { QuorumReads } from "../../src/model/verdict/quorumReads.ts";
import { fiveCheckers, Watch } from "../../src/model/verdict/safety.ts";
import { StoreEqualsLog } from "../../src/model/verdict/storeEqualsLog.ts";
import type { Checker, Violation } from "../../src/model/verdict/verdict.ts";
import { tinyDataset } from "./tinyDataset.ts";

/** What `replica` of `run` shows now. */
export function observationOf(run: InlineRun, replica: ReplicaState): Observation {
  const { id, role, currentTerm, commitIndex, lastApplied, log, store } = replica;
  return {
    at: run.state.now,
    replicaId: id,
    incarnation: present(run.state.members[slotOf(id)], "a member").incarnation,
    role,
    currentTerm,
    commitIndex,
    lastApplied,
    log,
    items: store.items,
  };
}

/** The slow check of the store, only where something was undone: that is where it could go wrong. */
class StoreAfterUndo implements Checker {
  readonly name = "StoreEqualsLog";
  readonly sentence = "After every undo the store is what the log says.";
  readonly #inner = new StoreEqualsLog();
  undone = 0;

  observe(shown: Observation, change: Change): Violation | undefined {
    const fell = change.before !== undefined && shown.lastApplied < change.before.lastApplied;
    if (!change.removed && !fell) return undefined;
    this.undone += 1;
    return this.#inner.observe(shown);
  }
}

export class WatchedRun {
  readonly run: InlineRun;
  readonly watch: Watch;
  readonly quorumReads = new QuorumReads();
  /** Every fact so far, oldest first. */
  readonly events: ClusterEvent[] = [];
  missedRead: Violation | undefined;
  /** Called after every event, when everything else has been noted. */
  onEvent: (() => void) | undefined;
  readonly #store = new StoreAfterUndo();
  readonly #asked = new Set<RequestId>();

  constructor(config: RunConfig, dataset: DatasetContent = tinyDataset) {
    this.watch = new Watch([...fiveCheckers(), this.#store]);
    this.run = new InlineRun(config, dataset, "event", (run) => this.#observe(run));
  }

  /** How often a log was cut back or replaced. */
  get undone(): number {
    return this.#store.undone;
  }

  command(command: TimedCommand["command"]): void {
    this.run.command(command);
  }

  /** Replicas whose store, items or digest, is not what their log says; empty when all is well. */
  wrongStores(): readonly string[] {
    const slow = new StoreEqualsLog();
    return [...this.run.replicas.values()].flatMap((replica) => {
      const wrong = slow.observe(observationOf(this.run, replica))?.what;
      const { digest } = storeOf({ ...replica.log.snapshot, items: [...replica.store.items.values()] });
      const drifted = digest.low !== replica.store.digest.low || digest.high !== replica.store.digest.high;
      return [...(wrong === undefined ? [] : [wrong]), ...(drifted ? [`r${replica.id}: its digest has drifted`] : [])];
    });
  }

  #observe(run: InlineRun): void {
    for (const replica of run.replicas.values()) this.watch.observe(observationOf(run, replica));
    this.#noteReads(run);
    const { outbox } = run.state;
    for (const event of outbox.events) {
      this.events.push(event);
      if (event.source === "client") this.#noteClient(event.at, event.fact);
    }
    outbox.events = [];
    outbox.lanes = [];
    outbox.writes = [];
    this.onEvent?.();
  }

  #noteReads(run: InlineRun): void {
    if (run.state.config.cluster.readPolicy !== "quorum") return;
    for (const { open } of run.state.clients) {
      const newest = open[open.length - 1];
      if (newest === undefined || newest.ask.kind !== "read" || this.#asked.has(newest.requestId)) continue;
      this.#asked.add(newest.requestId);
      this.quorumReads.asked(newest.requestId);
    }
  }

  #noteClient(at: ClusterEvent["at"], fact: ClientEvent): void {
    if (fact.kind === "writeAcknowledged") this.quorumReads.acknowledged(fact.version);
    if (fact.kind === "unanswered") this.quorumReads.ended(fact.requestId);
    if (fact.kind !== "answered") return;
    this.missedRead ??= this.quorumReads.answered(at, fact.requestId, fact.by, fact.appliedTo);
  }
}
