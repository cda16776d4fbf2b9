/**
 * What an observer asks of the open run: answers, items, holdings, the hash. Each question takes its turn at the end of a
 * window, wherever the run stands, and changes nothing in it.
 */
import type { HashText } from "../base/hash.ts";
import { type ReplicaId, slotOf } from "../base/ids.ts";
import type { Micros } from "../base/units.ts";
import type { Ledger } from "../model/cluster/holdings.ts";
import type { SearchComparison } from "../model/protocol/frame.ts";
import type { Holdings, HoldingsKnown } from "../model/protocol/holdings.ts";
import type { Item } from "../model/protocol/item.ts";
import type { IndexReport, SearchPath } from "../model/protocol/searchIndex.ts";
import type { HostedRun } from "./hostedRun.ts";
import { indexReportOf } from "./indexReport.ts";
import { checkedQuery, compareSearch, itemsOfTruth, QuestionError } from "./observer.ts";
import type { Turns } from "./turns.ts";
import type { WallClock } from "./wallClock.ts";

/** The run that is asked about. */
export interface Asked {
  readonly run: HostedRun;
  /** Changes when another is opened. */
  readonly runId: number;
  /** It has stopped because something in it threw. */
  readonly hasFailed: boolean;
}

/** Wall milliseconds that a question builds indexes before somebody else has a turn. */
const BUILD_SLICE = 12;

export class Questions {
  readonly #turns: Turns;
  readonly #clock: WallClock;
  readonly #asked: () => Asked;
  #ledger: { readonly runId: number; readonly ledger: Ledger } | undefined;

  /** `asked` throws while no run is open. */
  constructor(turns: Turns, clock: WallClock, asked: () => Asked) {
    this.#turns = turns;
    this.#clock = clock;
    this.#asked = asked;
  }

  /** Takes its turn once the indexes are built that the answer needs: in slices, others have their turns in between. */
  async #searching<Answer>(answer: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const built = await this.#turns.take(async () => {
        const { run, hasFailed } = this.#asked();
        const end = this.#clock.now() + BUILD_SLICE;
        const isBuilt = hasFailed || (await run.buildIndexes(() => this.#clock.now() >= end));
        return isBuilt ? { answer: await answer() } : undefined;
      });
      if (built !== undefined) return built.answer;
      await new Promise<void>((resolve) => this.#clock.after(0, resolve));
    }
  }

  /** Every replica's nearest items beside those of the truth. */
  search(query: Float32Array, k: number): Promise<SearchComparison> {
    return this.#searching(async () => {
      const { run, hasFailed } = this.#asked();
      if (hasFailed) throw new QuestionError("The run has stopped. Restart it to search.");
      return await compareSearch(run.state, run, query, k);
    });
  }

  /** Every item of the truth. */
  items(): Promise<readonly Item[]> {
    return this.#turns.take(async () => itemsOfTruth(this.#asked().run.state));
  }

  /** How good the replicas' indexes are. */
  indexReport(): Promise<IndexReport> {
    return this.#searching(() => indexReportOf(this.#asked().run));
  }

  /** The way of a search through a replica's index. */
  searchPath(id: ReplicaId, query: Float32Array, k: number): Promise<SearchPath | undefined> {
    return this.#searching(async () => {
      const { run } = this.#asked();
      const question = { queries: [checkedQuery(run.state, query, k)], k };
      return run.state.members[slotOf(id)]?.alive === true ? await run.path(id, question) : undefined;
    });
  }

  /** Who holds what. Loaded when somebody first asks: the first load does without it. */
  async holdings(known: HoldingsKnown): Promise<Holdings> {
    const { Ledger } = await import("../model/cluster/holdings.ts");
    return await this.#turns.take(async () => {
      const { run, runId } = this.#asked();
      if (this.#ledger?.runId !== runId) this.#ledger = { runId, ledger: new Ledger(runId) };
      return this.#ledger.ledger.holdings(run.state, known);
    });
  }

  /** The run hash, and the instant that it belongs to. */
  hashNow(): Promise<{ readonly at: Micros; readonly runHash: HashText }> {
    return this.#turns.take(async () => await this.#asked().run.hashNow());
  }
}
