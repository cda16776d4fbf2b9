// Runs in IndexedDB: what a person saved stays, autosaves give way, and two tabs never share one.
import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/base/units.ts";
import type { KeptRun } from "../../../src/view/storage/keptRun.ts";
import { AUTOSAVE_BOUND, RunShelf, ShelfFullError } from "../../../src/view/storage/runShelf.ts";
import { claimTab, formerTab, type TabPlatform } from "../../../src/view/storage/tab.ts";

let shelves = 0;

function freshShelf(limit?: number): Promise<RunShelf> {
  shelves += 1;
  return RunShelf.open(`shelf-${shelves}`, limit);
}

function aRun(id: string, savedAt: number, parts: Partial<KeptRun> = {}): KeptRun {
  return { id, kind: "auto", name: id, savedAt, seed: 47, at: seconds(5), actions: 2, text: `{"${id}":1}`, ...parts };
}

async function idsOf(shelf: RunShelf): Promise<readonly string[]> {
  return (await shelf.list()).map(({ id }) => id);
}

describe("the shelf", () => {
  it("keeps runs over a reload and lists them newest first, without their documents", async () => {
    const shelf = await freshShelf();
    await shelf.put(aRun("one", 1));
    await shelf.put(aRun("two", 2, { kind: "named", name: "For Monday" }));
    shelf.close();
    const again = await RunShelf.open(`shelf-${shelves}`);
    expect(await again.get("one")).toEqual(aRun("one", 1));
    const { text: _, ...listed } = aRun("two", 2, { kind: "named", name: "For Monday" });
    expect((await again.list())[0]).toEqual(listed);
    expect(await idsOf(again)).toEqual(["two", "one"]);
  });

  it("renames and deletes", async () => {
    const shelf = await freshShelf();
    await shelf.put(aRun("one", 1, { kind: "named" }));
    await shelf.rename("one", "Two AM");
    await shelf.rename("nobody", "Nothing");
    expect(await shelf.get("one")).toEqual(aRun("one", 1, { kind: "named", name: "Two AM" }));
    await shelf.delete("one");
    expect(await idsOf(shelf)).toEqual([]);
  });

  it("keeps a bounded number of autosaves and all that a person saved", async () => {
    const shelf = await freshShelf();
    for (let at = 0; at < AUTOSAVE_BOUND + 5; at += 1) {
      await shelf.put(aRun(`auto-${at}`, at));
      await shelf.put(aRun(`named-${at}`, at, { kind: "named" }));
    }
    const listed = await shelf.list();
    expect(listed.filter(({ kind }) => kind === "named")).toHaveLength(AUTOSAVE_BOUND + 5);
    const autos = listed.filter(({ kind }) => kind === "auto");
    expect(autos).toHaveLength(AUTOSAVE_BOUND);
    expect(autos.at(-1)?.id).toBe("auto-5");
  });

  it("drops the oldest autosaves of others where there is no room, and says so when that does not help", async () => {
    const shelf = await freshShelf(3);
    await shelf.put(aRun("old", 1));
    await shelf.put(aRun("young", 2));
    await shelf.put(aRun("mine", 3));
    await shelf.put(aRun("saved", 4, { kind: "named" }));
    expect(await idsOf(shelf)).toEqual(["saved", "mine", "young"]);
    await shelf.put(aRun("saved too", 5, { kind: "named" }));
    await shelf.put(aRun("mine", 6));
    expect(await idsOf(shelf)).toEqual(["mine", "saved too", "saved"]);
    await shelf.put(aRun("third", 7, { kind: "named" }));
    await expect(shelf.put(aRun("mine", 8))).rejects.toThrow(ShelfFullError);
    expect(await idsOf(shelf)).toEqual(["third", "saved too", "saved"]);
  });

  it("has other things make room before a run gives way", async () => {
    shelves += 1;
    const others = ["large vectors", "small vectors"];
    const makeRoom = async () => {
      const gone = others.pop();
      if (gone !== undefined) await shelf.delete(gone);
      return gone !== undefined;
    };
    const shelf: RunShelf = await RunShelf.open(`shelf-${shelves}`, 4, makeRoom);
    // What takes the room of one run each, and is none.
    for (const name of others) await shelf.put(aRun(name, 0, { kind: "named" }));
    for (const at of [1, 2, 3, 4]) await shelf.put(aRun(`run-${at}`, at));
    expect(await idsOf(shelf)).toEqual(["run-4", "run-3", "run-2", "run-1"]);
    await shelf.put(aRun("run-5", 5));
    expect(await idsOf(shelf)).toEqual(["run-5", "run-4", "run-3", "run-2"]);
  });
});

/** The storage of one tab and the locks of all of them. */
function tabOf(held: Set<string>, stored = new Map<string, string>()) {
  let ids = 0;
  const request = async (name: string, _: unknown, hold: (lock: Lock | null) => Promise<void>) => {
    if (held.has(name)) return hold(null);
    held.add(name);
    return hold({ name, mode: "exclusive" });
  };
  const platform = {
    storage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
    },
    locks: { request },
    freshId: () => {
      ids += 1;
      return `${stored.size === 0 ? "first" : "later"}-${held.size}-${ids}`;
    },
  } satisfies TabPlatform;
  return { platform, stored };
}

describe("a tab", () => {
  it("keeps its id over a reload", async () => {
    const tab = tabOf(new Set());
    const id = await claimTab(tab.platform, true);
    expect(formerTab(tab.platform.storage)).toBe(id);
    // The reload ends the old page, and its lock with it.
    const reloaded = tabOf(new Set(), tab.stored);
    expect(await claimTab(reloaded.platform, true)).toBe(id);
  });

  it("that is a copy of another gets an id of its own, and so does one that does not go on", async () => {
    const held = new Set<string>();
    const tab = tabOf(held);
    const id = await claimTab(tab.platform, true);
    const copy = tabOf(held, new Map(tab.stored));
    const other = await claimTab(copy.platform, true);
    expect(other).not.toBe(id);
    expect(formerTab(copy.platform.storage)).toBe(other);
    expect(await claimTab(tabOf(new Set(), new Map(tab.stored)).platform, false)).not.toBe(id);
  });

  it("works without storage and locks", async () => {
    const platform: TabPlatform = { storage: undefined, locks: undefined, freshId: () => "alone" };
    expect(formerTab(undefined)).toBeUndefined();
    expect(await claimTab(platform, true)).toBe("alone");
  });
});
