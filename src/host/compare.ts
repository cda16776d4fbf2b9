/** The thread in which runs are compared: computed in slices, then shown at any instant, served to the page at a port. */
import { expose } from "comlink";
import type { Micros } from "../base/units.ts";
import { datasetByName } from "../data/dataset.ts";
import { type LoadedTable, provideData } from "../data/loaded.ts";
import { Comparer } from "../model/history/compare.ts";
import type { ComparedMotion, ComparisonOrder, ComparisonProgress } from "../model/protocol/comparison.ts";
import type { Frame } from "../model/protocol/frame.ts";
import { installFastestKernel } from "./kernel.ts";
import { systemClock, type WallClock } from "./wallClock.ts";

/** Wall milliseconds of one slice: how often people see that it goes on. */
const SLICE = 60;

/** The page's first message to the thread. The port in it is transferred. */
export interface CompareStart {
  /** Where the thread answers: a {@link CompareApi}. */
  readonly service: MessagePort;
  readonly order: ComparisonOrder;
  /** Loaded vectors that the compared runs are of. */
  readonly tables: readonly LoadedTable[];
}

/** What the page asks of the thread. */
export interface CompareApi {
  /** Computes for one slice. */
  advance(): Promise<ComparisonProgress>;
  /** All runs at one instant. */
  pictures(at: Micros, motion: ComparedMotion): Promise<readonly Frame[]>;
}

/** Answers for one comparison, in the calling thread. */
export function compareApi(order: ComparisonOrder, clock: WallClock = systemClock): CompareApi {
  const comparer = new Comparer(order, datasetByName);
  return {
    advance: async () => {
      const until = clock.now() + SLICE;
      comparer.advance(() => clock.now() >= until);
      return { share: comparer.share, result: comparer.result };
    },
    pictures: async (at, motion) => comparer.pictures(at, motion),
  };
}

/** Starts serving. */
export function bootComparison({ service, order, tables }: CompareStart): void {
  for (const table of tables) provideData(table);
  installFastestKernel();
  expose(compareApi(order), service);
}
