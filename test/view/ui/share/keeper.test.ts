// The run in progress is kept: written when it changes, found again as it stood, and never over another one.
import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import { replicaId } from "../../../../src/base/ids.ts";
import { seconds } from "../../../../src/base/units.ts";
import { defaultRun, MODEL_VERSION } from "../../../../src/model/protocol/config.ts";
import type { TabPlatform } from "../../../../src/view/storage/tab.ts";
import { Keeper } from "../../../../src/view/ui/share/keeper.ts";
import { contentAtRest, openContent } from "../../../../src/view/ui/share/runContent.ts";
import { type PictureLessPage, pictureLessPage } from "../../../support/pictureLessPage.ts";

let tabs = 0;

/** A tab of its own, with a storage that outlives a reload. */
function aTab(): TabPlatform {
  const stored = new Map<string, string>();
  return {
    storage: { getItem: (key) => stored.get(key) ?? null, setItem: (key, value) => void stored.set(key, value) },
    locks: undefined,
    freshId: () => {
      tabs += 1;
      return `tab-${tabs}`;
    },
  };
}

/** Something is done, and the page has seen it. */
async function crash(page: PictureLessPage): Promise<void> {
  await page.session.command({ kind: "crash", replicaId: replicaId(1) });
  await contentAtRest(page);
}

describe("the keeper", { timeout: 60_000 }, () => {
  it("finds the run of a tab again as it stood, with the same hash", async () => {
    const [page, tab] = [await pictureLessPage(), aTab()];
    const keeper = await Keeper.open(page, true, tab);
    await crash(page);
    await keeper.autosave();
    const { content } = await contentAtRest(page);

    const reloaded = await pictureLessPage();
    const again = await Keeper.open(reloaded, true, tab);
    expect(again.tab).toBe(keeper.tab);
    const found = await again.read(again.tab);
    expect(found.place).toEqual(content.place);
    expect(await openContent(reloaded, found, false)).toEqual({ isOpen: true, hash: "same" });
    // One's own run is not among those that can be opened.
    expect((await again.others()).map(({ id }) => id)).not.toContain(again.tab);
  });

  it("keeps a run in which something was done when another takes its place", async () => {
    const page = await pictureLessPage();
    const keeper = await Keeper.open(page, true, aTab());
    await crash(page);
    await keeper.autosave();
    const first = keeper.tab;
    await page.session.open({ modelVersion: MODEL_VERSION, config: defaultRun(8), commands: [] }, seconds(1));
    await contentAtRest(page);
    await keeper.autosave();
    expect(keeper.tab).not.toBe(first);
    expect(await keeper.shelf.get(first)).toMatchObject({ seed: 47, actions: 1 });
    expect(await keeper.shelf.get(keeper.tab)).toMatchObject({ seed: 8, actions: 0 });
    expect((await keeper.others()).map(({ id }) => id)).toContain(first);
  });

  it("saves under a name, and says which run is not there any more", async () => {
    const page = await pictureLessPage();
    const keeper = await Keeper.open(page, false, aTab());
    await keeper.saveAs("For Monday");
    const named = (await keeper.others()).find(({ name }) => name === "For Monday");
    expect(named).toMatchObject({ kind: "named", seed: 47, actions: 0 });
    await expect(keeper.read("nobody")).rejects.toThrow("That run is not kept any more.");
    const kept = await keeper.shelf.get(named?.id ?? "");
    if (kept === undefined) throw new Error("the run was to be kept");
    await keeper.shelf.put({ ...kept, text: kept.text.slice(0, -5) });
    await expect(keeper.read(kept.id)).rejects.toThrow("That run cannot be opened. What is inside cannot be read.");
  });

  it("says once that a run is not kept, and leaves it alone", async () => {
    const page = await pictureLessPage();
    const keeper = await Keeper.open(page, true, aTab());
    keeper.shelf.close();
    await contentAtRest(page);
    await keeper.autosave();
    expect(page.store.getState().notice?.text).toMatch(/^This run is not being kept: /);
    page.store.getState().dismissNotice();
    await keeper.autosave();
    expect(page.store.getState().notice).toBeUndefined();
  });
});
