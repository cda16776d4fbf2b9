/** The data sets of the runs of one thread, and the loaded vectors that it holds for them. */
import { datasetByName } from "../data/dataset.ts";
import { keepOnly, type LoadedTable, provideData } from "../data/loaded.ts";
import type { DatasetContent, DatasetName } from "../model/protocol/dataset.ts";

/** Who keeps vectors as a thread's own: a {@link PortHost}. */
interface VectorKeeper {
  /** Keeps these, and no others. */
  adopt(vectors: Iterable<Float32Array>): void;
}

/** The data sets of this thread's runs. Loaded vectors are held as long as the open run, or one to be opened, needs them. */
export class DataShelf {
  readonly #host: VectorKeeper;
  readonly #opening = new Set<DatasetName>();
  #open: DatasetName | undefined;
  #adopted: DatasetContent | undefined;

  constructor(host: VectorKeeper) {
    this.#host = host;
  }

  /** A data set whose vectors are this thread's own: what comes back from a replica becomes them again. */
  readonly content = (name: DatasetName): DatasetContent => {
    const dataset = datasetByName(name);
    if (this.#adopted !== dataset) {
      this.#adopted = dataset;
      this.#host.adopt(dataset.items.flatMap(({ drafts }) => drafts.map(({ embedding }) => embedding)));
    }
    return dataset;
  };

  /** Opens a run of a data set by `open`, which says whether it is open then. */
  async during(name: DatasetName, table: LoadedTable | undefined, open: () => Promise<boolean>): Promise<boolean> {
    if (table !== undefined) provideData(table);
    this.#opening.add(name);
    try {
      const isOpen = await open();
      if (isOpen) this.#open = name;
      return isOpen;
    } finally {
      this.#opening.delete(name);
      const needed = this.#open === undefined ? [...this.#opening] : [...this.#opening, this.#open];
      keepOnly(needed);
      // Whatever was asked for meanwhile, the vectors of the run that is open are the thread's own.
      if (this.#open !== undefined) this.content(this.#open);
    }
  }
}
