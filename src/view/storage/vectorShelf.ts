/**
 * Vectors that a person loaded, in this browser's IndexedDB, so that a reload finds them: the last few, whole. Apart from the
 * runs, which are small and more: whoever has no room here still has runs.
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

interface Shelf extends DBSchema {
  readonly tables: {
    readonly key: LoadedData["digest"];
    readonly value: KeptTable;
    readonly indexes: { readonly savedAt: number };
  };
}

/** Tables that are kept: each may take a hundred megabytes. */
export const TABLE_BOUND = 2;

const NAME = "replicascope-vectors";

/** Where they are. Every method may reject: storage can be switched off, or full. */
export class VectorShelf {
  readonly #database: IDBPDatabase<Shelf>;

  private constructor(database: IDBPDatabase<Shelf>) {
    this.#database = database;
  }

  static async open(name: string = NAME): Promise<VectorShelf> {
    const database = await openDB<Shelf>(name, 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore("tables", { keyPath: "digest" }).createIndex("savedAt", "savedAt");
      },
    });
    return new VectorShelf(database);
  }

  /** The vectors of this digest, if they are kept. */
  async get(digest: LoadedData["digest"]): Promise<LoadedTable | undefined> {
    return (await this.#database.get("tables", digest))?.table;
  }

  /** Keeps a table in place of the oldest ones beyond {@link TABLE_BOUND}. */
  async put(table: LoadedTable, savedAt: number): Promise<void> {
    const { digest } = table.data;
    const known = await this.#database.getAllKeysFromIndex("tables", "savedAt");
    const others = known.filter((other) => other !== digest);
    for (const old of others.slice(0, Math.max(0, others.length + 1 - TABLE_BOUND))) {
      await this.#database.delete("tables", old);
    }
    await this.#database.put("tables", { digest, savedAt, table });
  }

  /** Ends the connection. */
  close(): void {
    this.#database.close();
  }
}
