/**
 * Vectors that a person loaded, in this browser's IndexedDB, so that a reload finds them: the last few, whole. Apart from the
 * runs, which are small and more: where there is no room for both, vectors go, since the person still has their file.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { LoadedTable } from "../../data/loaded.ts";
import type { LoadedData } from "../../model/protocol/dataset.ts";

interface KeptTable {
  readonly digest: LoadedData["digest"];
  /** Wall time, in milliseconds since 1970. */
  readonly savedAt: number;
  readonly table: LoadedTable;
}

/** What is known of kept vectors without reading them. */
export interface KeptVectors {
  readonly digest: LoadedData["digest"];
  readonly savedAt: number;
  readonly file: string;
  readonly rows: number;
  readonly dimension: number;
}

interface Shelf extends DBSchema {
  readonly tables: {
    readonly key: LoadedData["digest"];
    readonly value: KeptTable;
    readonly indexes: { readonly savedAt: number };
  };
  /** One for each table. */
  readonly facts: { readonly key: LoadedData["digest"]; readonly value: KeptVectors };
}

/** Tables that are kept: each may take a hundred megabytes. */
export const TABLE_BOUND = 2;

const NAME = "replicascope-vectors";

function factsOf({ digest, savedAt, table: { data } }: KeptTable): KeptVectors {
  return { digest, savedAt, file: data.file, rows: data.rows, dimension: data.dimension };
}

/** Where they are. Every method may reject: storage can be switched off, or full. */
export class VectorShelf {
  readonly #database: IDBPDatabase<Shelf>;

  private constructor(database: IDBPDatabase<Shelf>) {
    this.#database = database;
  }

  static async open(name: string = NAME): Promise<VectorShelf> {
    const database = await openDB<Shelf>(name, 2, {
      upgrade: async (shelf, from, _to, transaction) => {
        if (from < 1) shelf.createObjectStore("tables", { keyPath: "digest" }).createIndex("savedAt", "savedAt");
        const facts = shelf.createObjectStore("facts", { keyPath: "digest" });
        const tables = transaction.objectStore("tables");
        for (const digest of await tables.getAllKeys()) {
          const kept = await tables.get(digest);
          if (kept !== undefined) await facts.put(factsOf(kept));
        }
      },
      // Another tab has a newer page: it must not wait for this one.
      blocking: () => database.close(),
    });
    return new VectorShelf(database);
  }

  /** What is kept, newest first. */
  async list(): Promise<readonly KeptVectors[]> {
    return (await this.#database.getAll("facts")).sort((a, b) => b.savedAt - a.savedAt);
  }

  /** The vectors of this digest, if they are kept. */
  async get(digest: LoadedData["digest"]): Promise<LoadedTable | undefined> {
    return (await this.#database.get("tables", digest))?.table;
  }

  /** Keeps a table in place of the oldest ones beyond {@link TABLE_BOUND}; where it has no room those stay. */
  async put(table: LoadedTable, savedAt: number): Promise<void> {
    const kept = { digest: table.data.digest, savedAt, table };
    const transaction = this.#database.transaction(["tables", "facts"], "readwrite");
    const [tables, facts] = [transaction.objectStore("tables"), transaction.objectStore("facts")];
    const work = async () => {
      await tables.put(kept);
      await facts.put(factsOf(kept));
      const others = (await tables.index("savedAt").getAllKeys()).filter((digest) => digest !== kept.digest);
      for (const old of others.slice(0, Math.max(0, others.length + 1 - TABLE_BOUND))) {
        await tables.delete(old);
        await facts.delete(old);
      }
    };
    await Promise.all([work(), transaction.done]);
  }

  /** Takes vectors away for good. */
  async delete(digest: LoadedData["digest"]): Promise<void> {
    const transaction = this.#database.transaction(["tables", "facts"], "readwrite");
    await Promise.all([
      transaction.objectStore("tables").delete(digest),
      transaction.objectStore("facts").delete(digest),
      transaction.done,
    ]);
  }

  /** Takes the oldest away; false where nothing is kept. */
  async deleteOldest(): Promise<boolean> {
    const oldest = (await this.list()).at(-1);
    if (oldest !== undefined) await this.delete(oldest.digest);
    return oldest !== undefined;
  }

  /** Ends the connection. */
  close(): void {
    this.#database.close();
  }
}
