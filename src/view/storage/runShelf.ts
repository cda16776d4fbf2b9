/**
 * Runs in this browser's IndexedDB: one autosave per tab and those that a person saved under a name. What a person saved is
 * never dropped; of autosaves the oldest go first, when there are many and when there is no room.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { KeptRun, KeptRunSummary } from "./keptRun.ts";

interface Shelf extends DBSchema {
  readonly runs: { readonly key: string; readonly value: KeptRun };
}

/** Takes something else away that the browser keeps and that can be had again; false where there is nothing. */
export type MakeRoom = () => Promise<boolean>;

/** Autosaves that are kept. */
export const AUTOSAVE_BOUND = 12;

const NAME = "replicascope";

/** There is no room even without older autosaves; what to do is said in words. */
export class ShelfFullError extends Error {
  override readonly name = "ShelfFullError";

  constructor(cause: unknown) {
    super("This browser gives no more room for runs. Delete some under Runs, or download this one as a file.", {
      cause,
    });
  }
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

function oldestFirst(a: KeptRunSummary, b: KeptRunSummary): number {
  return a.savedAt - b.savedAt;
}

function summaryOf({ text: _, ...summary }: KeptRun): KeptRunSummary {
  return summary;
}

/** Where runs are kept. Every method may reject: storage can be switched off. */
export class RunShelf {
  readonly #database: IDBPDatabase<Shelf>;
  /** Puts a run away; a test may give one that fills up. */
  readonly #write: (run: KeptRun) => Promise<unknown>;
  readonly #makeRoom: MakeRoom;

  private constructor(database: IDBPDatabase<Shelf>, makeRoom: MakeRoom, write?: (run: KeptRun) => Promise<unknown>) {
    this.#database = database;
    this.#makeRoom = makeRoom;
    this.#write = write ?? ((run) => database.put("runs", run));
  }

  /**
   * Opens the shelf of this origin. `makeRoom` is asked before a run is dropped; `limit`, in runs, is for tests: a shelf
   * that is full then.
   */
  static async open(
    name: string = NAME,
    limit: number = Number.POSITIVE_INFINITY,
    makeRoom: MakeRoom = () => Promise.resolve(false),
  ): Promise<RunShelf> {
    const database = await openDB<Shelf>(name, 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore("runs", { keyPath: "id" });
      },
    });
    return new RunShelf(database, makeRoom, Number.isFinite(limit) ? limited(database, limit) : undefined);
  }

  /** All runs, newest first, without their documents. */
  async list(): Promise<readonly KeptRunSummary[]> {
    const runs = await this.#database.getAll("runs");
    return runs.map(summaryOf).sort(oldestFirst).reverse();
  }

  /** The run with this id, if there is one. */
  get(id: string): Promise<KeptRun | undefined> {
    return this.#database.get("runs", id);
  }

  /**
   * Puts `run` away, in place of one with its id. Where there is no room, what is no run gives way, then other autosaves,
   * the oldest first; throws {@link ShelfFullError} when that does not help.
   */
  async put(run: KeptRun): Promise<void> {
    const others = (await this.#autosaves()).filter(({ id }) => id !== run.id);
    const most = run.kind === "auto" ? AUTOSAVE_BOUND - 1 : AUTOSAVE_BOUND;
    for (const { id } of others.splice(0, Math.max(0, others.length - most))) await this.delete(id);
    for (;;) {
      try {
        await this.#write(run);
        return;
      } catch (error) {
        if (!isFull(error)) throw error;
        if (await this.#makeRoom()) continue;
        const oldest = others.shift();
        if (oldest === undefined) throw new ShelfFullError(error);
        await this.delete(oldest.id);
      }
    }
  }

  /** Gives a run another name. */
  async rename(id: string, name: string): Promise<void> {
    const run = await this.get(id);
    if (run !== undefined) await this.put({ ...run, name });
  }

  /** Takes a run away for good. */
  async delete(id: string): Promise<void> {
    await this.#database.delete("runs", id);
  }

  /** Ends the connection. */
  close(): void {
    this.#database.close();
  }

  /** In the order in which they give way: first those in which nothing was done. */
  async #autosaves(): Promise<KeptRunSummary[]> {
    const runs = (await this.list()).filter(({ kind }) => kind === "auto").reverse();
    return [...runs.filter(({ actions }) => actions === 0), ...runs.filter(({ actions }) => actions > 0)];
  }
}

/** Refuses as a full disk does when there would be more than `limit` runs. */
function limited(database: IDBPDatabase<Shelf>, limit: number): (run: KeptRun) => Promise<unknown> {
  return async (run) => {
    const ids = await database.getAllKeys("runs");
    if (!ids.includes(run.id) && ids.length >= limit) throw new DOMException("no room", "QuotaExceededError");
    return database.put("runs", run);
  };
}
