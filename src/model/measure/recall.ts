/** What the continuous probe finds at every replica, second by second: what searches were worth while the run went on. */
import { InvariantError } from "../../base/assert.ts";
import { nameOf } from "../../base/ids.ts";
import { toSeconds } from "../../base/units.ts";
import { differing, probeQueries, recallNow } from "../cluster/probe.ts";
import type { ClusterState } from "../cluster/state.ts";
import type { Onlooker } from "./onlookers.ts";

/** Mean and least of some samples; null where there is none. */
export interface RecallSummary {
  readonly mean: number | null;
  readonly least: number | null;
}

/** What is told of recall, over every virtual second and every replica that was alive then. */
export interface RecallReport extends RecallSummary {
  /** Neighbours that each query asks for. */
  readonly k: number;
  /** Queries that each replica is asked, once per virtual second. */
  readonly queries: number;
  readonly replicas: Readonly<Record<string, RecallSummary>>;
}

/** Samples as they come. */
class Tally {
  #count = 0;
  #sum = 0;
  #least = Number.POSITIVE_INFINITY;

  note(recall: number): void {
    this.#count += 1;
    this.#sum += recall;
    this.#least = Math.min(this.#least, recall);
  }

  summary(): RecallSummary {
    if (this.#count === 0) return { mean: null, least: null };
    return { mean: this.#sum / this.#count, least: this.#least };
  }
}

/** Watches a run from where it stands. Throws where a replica's store is not what its log says: numbers of it are none. */
export class RecallProbe {
  readonly #state: ClusterState;
  readonly #all = new Tally();
  readonly #replicas: readonly Tally[];
  #latest: number | null = null;

  constructor(state: ClusterState) {
    this.#state = state;
    this.#replicas = state.members.map(() => new Tally());
  }

  readonly onlooker: Onlooker = {
    second: (at) => {
      this.#latest = null;
      const sample = recallNow(this.#state);
      for (const { id } of differing(this.#state, sample)) {
        const when = `at ${toSeconds(at)} s, seed ${this.#state.config.seed}`;
        throw new InvariantError(`the store of ${nameOf(id)} differs from its log (${when}): its recall is unknown`);
      }
      for (const [slot, recall] of sample.entries()) {
        if (Number.isNaN(recall)) continue;
        this.#latest = Math.min(this.#latest ?? 1, recall);
        this.#all.note(recall);
        this.#replicas[slot]?.note(recall);
      }
    },
  };

  /** The least of the last second's; null before the first, and while nobody is alive. */
  get latest(): number | null {
    return this.#latest;
  }

  /** Over all replicas. */
  summary(): RecallSummary {
    return this.#all.summary();
  }

  report(): RecallReport {
    const { members, config } = this.#state;
    return {
      k: config.workload.k,
      queries: probeQueries(this.#state),
      ...this.#all.summary(),
      replicas: Object.fromEntries(
        members.map(({ id }, slot) => [nameOf(id), this.#replicas[slot]?.summary() ?? { mean: null, least: null }]),
      ),
    };
  }
}
