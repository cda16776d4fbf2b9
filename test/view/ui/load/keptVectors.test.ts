// A run of loaded vectors over a reload: found again with its vectors where the browser kept them; where it did not, the file is asked for
// and the kept run stays as it is.
import "fake-indexeddb/auto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { seconds } from "../../../../src/base/units.ts";
import { isHeld, keepOnly, provideData } from "../../../../src/data/loaded.ts";
import { defaultRun, MODEL_VERSION } from "../../../../src/model/protocol/config.ts";
import { keepVectors } from "../../../../src/view/ui/load/keptVectors.ts";
import { Keeper } from "../../../../src/view/ui/share/keeper.ts";
import { openKept } from "../../../../src/view/ui/share/kept.ts";
import { ownJsonLines, ownNumpy, tableIn } from "../../../support/ownVectors.ts";
import { pictureLessPage } from "../../../support/pictureLessPage.ts";

afterEach(() => {
  keepOnly([]);
});

/** A tab with a run of `content`, kept by itself; and the same tab after a reload, whose thread holds nothing. */
async function reloaded(table: Awaited<ReturnType<typeof tableIn>>, tab: string) {
  const stored = new Map<string, string>();
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  };
  let made = 0;
  const freshId = () => {
    made += 1;
    return `${tab}-${made}`;
  };
  const platform = { storage, locks: undefined, freshId };
  const usual = defaultRun(5);
  const config = { ...usual, workload: { ...usual.workload, dataset: table.data } };
  provideData(table);
  const before = await pictureLessPage();
  await before.session.open({ modelVersion: MODEL_VERSION, config, commands: [] }, seconds(3));
  await vi.waitFor(() => expect(before.frames.latest?.config.workload.dataset).toEqual(table.data));
  const former = await Keeper.open(before, false, platform);
  await former.autosave();
  const { runHash } = await before.session.hashNow();
  const after = await pictureLessPage();
  const keeper = await Keeper.open(after, true, platform);
  expect(keeper.tab).toBe(former.tab);
  keepOnly([]);
  return { after, keeper, former: { id: former.tab, name: "Seed 5" }, runHash };
}

describe("a run of loaded vectors after a reload", () => {
  it("is back with the vectors that the browser kept, to the same hash", async () => {
    const table = await tableIn("items.jsonl", ownJsonLines());
    await keepVectors(table);
    const { after, keeper, former, runHash } = await reloaded(table, "kept");
    await openKept(after, keeper, former, false);
    expect(after.store.getState().dialog).toBeUndefined();
    expect(isHeld(table.data)).toBe(true);
    expect((await after.session.hashNow()).runHash).toBe(runHash);
    expect(keeper.tab).toBe(former.id);
  });

  it("waits for its file where the browser did not keep it, and what goes on meanwhile does not take its place", async () => {
    const table = await tableIn("vectors.npy", ownNumpy(70));
    const { after, keeper, former, runHash } = await reloaded(table, "asked");
    await openKept(after, keeper, former, false);
    const { dialog } = after.store.getState();
    expect(dialog).toMatchObject({ kind: "load", request: { wanted: { by: "“Seed 5”", data: table.data } } });
    await keeper.autosave();
    expect(keeper.tab).not.toBe(former.id);
    expect((await keeper.shelf.get(former.id))?.text).toContain(table.data.digest);
    provideData(table);
    if (dialog?.kind === "load") await dialog.request?.wanted?.goOn(table.data);
    expect((await after.session.hashNow()).runHash).toBe(runHash);
  });
});
