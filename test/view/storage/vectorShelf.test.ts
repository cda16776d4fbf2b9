// Loaded vectors in IndexedDB: whole and exact after a reload, the last two of them.
import "fake-indexeddb/auto";
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
});
