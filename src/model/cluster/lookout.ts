/** Looking out for the next of something while a run is computed event by event. Reads only. */
import type { ReplicaId } from "../../base/ids.ts";
import { type ClusterEvent, isTurn } from "../protocol/events.ts";
import type { NextFact, Sought } from "../protocol/session.ts";
import type { InlineRun } from "./inline.ts";

/** Whether `event` is what somebody looks for. A commit is no fact: see {@link Lookout}. */
export function isSought(what: Sought, event: ClusterEvent): boolean {
  const { fact } = event;
  switch (what) {
    case "election":
      return fact.kind === "electionStarted" && !fact.preVote;
    case "leader":
      return fact.kind === "becameLeader";
    case "commit":
      return false;
    case "lost":
      return fact.kind === "writeLost";
    case "broken":
      return fact.kind === "verdictBroken" && fact.promised;
    case "turn":
      return isTurn(event);
  }
}

const ignore = () => undefined;

/** Looks on at `run` from now on, until it has seen what it looks for or is taken away. */
export class Lookout {
  readonly #run: InlineRun;
  readonly #to: NextFact;
  readonly #commits = new Map<ReplicaId, number>();
  #hasSeen = false;

  constructor(run: InlineRun, to: NextFact) {
    this.#run = run;
    this.#to = to;
    const fact = (event: ClusterEvent) => {
      if (event.sequence > to.after.fact && isSought(to.next, event)) this.#hasSeen = true;
    };
    run.state.observer = { replica: ignore, client: ignore, sent: ignore, lost: ignore, fact };
    for (const { id, commitIndex } of run.replicas.values()) this.#commits.set(id, commitIndex);
  }

  /** Whether it has happened. To be asked after every event. */
  get hasSeen(): boolean {
    if (this.#to.next === "commit") this.#lookForCommit();
    return this.#hasSeen;
  }

  /** Nobody looks on any more. */
  leave(): void {
    this.#run.state.observer = undefined;
  }

  #lookForCommit(): void {
    const { state, replicas } = this.#run;
    for (const { id, commitIndex, role } of replicas.values()) {
      const before = this.#commits.get(id) ?? 0;
      const isBehind = state.counters.eventsProcessed > this.#to.after.event;
      if (role === "leader" && commitIndex > before && isBehind) this.#hasSeen = true;
      this.#commits.set(id, commitIndex);
    }
  }
}
