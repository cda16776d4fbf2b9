// Loaded vectors in IndexedDB: whole and exact after a reload, the last two of them.
import "fake-indexeddb/auto";
import { openDB } from "idb";
import { describe, expect, it } from "vitest";
import { TABLE_BOUND, VectorShelf } from "../../../src/view/storage/vectorShelf.ts";
import { ownJsonLines, ownNumpy, tableIn } from "../../support/ownVectors.ts";

let shelves = 0;

function freshShelf(): Promise<VectorShelf> {
  shelves += 1;
  return VectorShelf.open(`vectors-${shelves}`);
}

describe("the shelf of vectors", () => {
  it("gives back what was put there, to the bit, after a reload", async () => {
    const table = await tableIn("items.jsonl", ownJsonLines());
    const shelf = await freshShelf();
    await shelf.put(table, 1);
    shelf.close();
    const again = await VectorShelf.open(`vectors-${shelves}`);
    expect(await again.get(table.data.digest)).toEqual(table);
    expect(await again.get("0123456789abcdef")).toBeUndefined();
  });

  it("keeps the last two, by when they were put there", async () => {
    const shelf = await freshShelf();
    const tables = await Promise.all([10, 20, 30].map((count) => tableIn("vectors.npy", ownNumpy(count))));
    const digests = tables.map(({ data }) => data.digest);
    for (const [at, table] of tables.slice(0, TABLE_BOUND).entries()) await shelf.put(table, at);
    // The first once more: now it is the newest.
    if (tables[0] !== undefined) await shelf.put(tables[0], 10);
    if (tables[2] !== undefined) await shelf.put(tables[2], 11);
    const found = await Promise.all(digests.map((digest) => shelf.get(digest)));
    expect(found.map((table) => table?.data.rows)).toEqual([10, undefined, 30]);
  });

  it("lists what is kept, newest first, and deletes it", async () => {
    const shelf = await freshShelf();
    const [small, large] = [await tableIn("small.npy", ownNumpy(10)), await tableIn("large.npy", ownNumpy(20))];
    await shelf.put(small, 1);
    await shelf.put(large, 2);
    expect(await shelf.list()).toEqual([
      { digest: large.data.digest, savedAt: 2, file: "large.npy", rows: 20, dimension: 6 },
      { digest: small.data.digest, savedAt: 1, file: "small.npy", rows: 10, dimension: 6 },
    ]);
    await shelf.delete(large.data.digest);
    expect(await shelf.get(large.data.digest)).toBeUndefined();
    expect((await shelf.list()).map(({ file }) => file)).toEqual(["small.npy"]);
    expect(await shelf.deleteOldest()).toBe(true);
    expect(await shelf.deleteOldest()).toBe(false);
    expect(await shelf.list()).toEqual([]);
  });

  it("keeps the older ones where a new one cannot be put there", async () => {
    const shelf = await freshShelf();
    const kept = [await tableIn("one.npy", ownNumpy(10)), await tableIn("two.npy", ownNumpy(20))];
    for (const [at, table] of kept.entries()) await shelf.put(table, at);
    const third = await tableIn("three.npy", ownNumpy(30));
    // What cannot be cloned fails inside the transaction, as a full disk does.
    await expect(shelf.put({ ...third, texts: Object.assign([""], { at: () => "" }) }, 3)).rejects.toThrow();
    expect((await shelf.list()).map(({ file }) => file)).toEqual(["two.npy", "one.npy"]);
  });

  it("knows what an earlier page has kept", async () => {
    const table = await tableIn("vectors.npy", ownNumpy(10));
    const earlier = await openDB("vectors-earlier", 1, {
      upgrade: (database) => {
        database.createObjectStore("tables", { keyPath: "digest" }).createIndex("savedAt", "savedAt");
      },
    });
    await earlier.put("tables", { digest: table.data.digest, savedAt: 5, table });
    earlier.close();
    const shelf = await VectorShelf.open("vectors-earlier");
    expect((await shelf.list()).map(({ file, savedAt }) => [file, savedAt])).toEqual([["vectors.npy", 5]]);
    expect(await shelf.get(table.data.digest)).toEqual(table);
  });
});
