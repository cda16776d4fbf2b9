// The loop's thread holds loaded vectors as long as its open run, or one that is to be opened, is of them, and no longer.
import { afterEach, describe, expect, it } from "vitest";
import { isHeld, keepOnly, type LoadedTable, loadedContent } from "../../src/data/loaded.ts";
import { DataShelf } from "../../src/host/dataShelf.ts";
import { ownJsonLines, ownNumpy, tableIn } from "../support/ownVectors.ts";

afterEach(() => {
  keepOnly([]);
});

/** A shelf, and the vectors that its thread keeps as its own. */
function aShelf() {
  const kept: { vectors: readonly Float32Array[] } = { vectors: [] };
  const shelf = new DataShelf({ adopt: (vectors) => (kept.vectors = [...vectors]) });
  const open = (table: LoadedTable, isOpen = true) =>
    shelf.during(table.data, table, async () => {
      shelf.content(table.data);
      return isOpen;
    });
  const openProducts = (isOpen = true) =>
    shelf.during("products", undefined, async () => {
      shelf.content("products");
      return isOpen;
    });
  return { shelf, kept, open, openProducts };
}

describe("loaded vectors in the loop's thread", () => {
  it("are the thread's own while their run is open, and gone when another is", async () => {
    const { kept, open, openProducts } = aShelf();
    const table = await tableIn("items.jsonl", ownJsonLines());
    expect(await open(table)).toBe(true);
    expect(kept.vectors).toHaveLength(100);
    expect(kept.vectors[7]).toBe(loadedContent(table.data).items[7]?.drafts[0]?.embedding);
    expect(await openProducts()).toBe(true);
    expect(isHeld(table.data)).toBe(false);
    expect(kept.vectors.every(({ length }) => length === 256)).toBe(true);
  });

  it("are gone when their run was not opened after all, and the open run's are the thread's own again", async () => {
    const { kept, open } = aShelf();
    const [first, second] = [await tableIn("a.jsonl", ownJsonLines()), await tableIn("b.npy", ownNumpy(40))];
    await open(first);
    expect(await open(second, false)).toBe(false);
    expect([isHeld(first.data), isHeld(second.data)]).toEqual([true, false]);
    expect(kept.vectors).toHaveLength(100);
  });

  it("are the thread's own again when a run of a built-in set was not opened after all", async () => {
    const { kept, open, openProducts } = aShelf();
    const table = await tableIn("items.jsonl", ownJsonLines());
    await open(table);
    expect(await openProducts(false)).toBe(false);
    expect(kept.vectors).toHaveLength(100);
    expect(kept.vectors[7]).toBe(loadedContent(table.data).items[7]?.drafts[0]?.embedding);
  });

  it("are gone when opening throws", async () => {
    const { shelf } = aShelf();
    const table = await tableIn("items.jsonl", ownJsonLines());
    const broken = shelf.during(table.data, table, () => Promise.reject(new Error("no run")));
    await expect(broken).rejects.toThrow("no run");
    expect(isHeld(table.data)).toBe(false);
  });

  it("stay while a run of them is still being computed, whatever is opened meanwhile", async () => {
    const { shelf, openProducts } = aShelf();
    const table = await tableIn("items.jsonl", ownJsonLines());
    let arrive: (isOpen: boolean) => void = () => undefined;
    const opening = shelf.during(table.data, table, () => new Promise<boolean>((resolve) => (arrive = resolve)));
    await openProducts();
    expect(isHeld(table.data)).toBe(true);
    arrive(false);
    await opening;
    expect(isHeld(table.data)).toBe(false);
  });
});
