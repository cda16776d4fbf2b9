/**
 * What an observer asks of the open run: answers, items, holdings, the hash. Each question takes its turn at the end of a
 * window, wherever the run stands, and changes nothing in it.
 */
import type { HashText } from "../base/hash.ts";
import type { Micros } from "../base/units.ts";
import type { SearchComparison } from "../model/protocol/frame.ts";
import type { Item } from "../model/protocol/item.ts";
import type { HostedRun } from "./hostedRun.ts";
import { compareSearch, itemsOfTruth, QuestionError } from "./observer.ts";
import type { Turns } from "./turns.ts";

/** The run that is asked about. */
export interface Asked {
  readonly run: HostedRun;
  /** It has stopped because something in it threw. */
  readonly hasFailed: boolean;
}

export class Questions {
  readonly #turns: Turns;
  readonly #asked: () => Asked;

  /** `asked` throws while no run is open. */
  constructor(turns: Turns, asked: () => Asked) {
    this.#turns = turns;
    this.#asked = asked;
  }

  /** Every replica's nearest items beside those of the truth. */
  search(query: Float32Array, k: number): Promise<SearchComparison> {
    return this.#turns.take(async () => {
      const { run, hasFailed } = this.#asked();
      if (hasFailed) throw new QuestionError("The run has stopped. Restart it to search.");
      return await compareSearch(run.state, run, query, k);
    });
  }

  /** Every item of the truth. */
  items(): Promise<readonly Item[]> {
    return this.#turns.take(async () => itemsOfTruth(this.#asked().run.state));
  }

  /** The run hash, and the instant that it belongs to. */
  hashNow(): Promise<{ readonly at: Micros; readonly runHash: HashText }> {
    return this.#turns.take(async () => await this.#asked().run.hashNow());
  }
}
