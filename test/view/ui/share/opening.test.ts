// What a page opens with: what is asked for, if it is whole, and from its beginning; nothing that was kept is lost.
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { replicaId } from "../../../../src/base/ids.ts";
import { seconds, ZERO } from "../../../../src/base/units.ts";
import { linkFragment } from "../../../../src/data/link/link.ts";
import { defaultRun, MODEL_VERSION } from "../../../../src/model/protocol/config.ts";
import { browserTab, Keeper, keeperOf } from "../../../../src/view/ui/share/keeper.ts";
import { type FirstRun, firstRunIn, inputsOfFirst, openFirst } from "../../../../src/view/ui/share/opening.ts";
import { contentAtRest } from "../../../../src/view/ui/share/runContent.ts";
import { type PictureLessPage, pictureLessPage } from "../../../support/pictureLessPage.ts";

beforeEach(() => {
  const stored = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
  vi.stubGlobal("location", { hash: "", search: "", pathname: "/" });
  vi.stubGlobal("history", { state: null, replaceState: () => undefined });
});
afterEach(() => vi.unstubAllGlobals());

const nowhere = { hash: "", search: "", pathname: "/" };
const usual = { modelVersion: MODEL_VERSION, config: defaultRun(47), commands: [] };

/** A page in which something was done, at rest. */
async function aPageWithHistory() {
  const page = await pictureLessPage();
  await page.session.command({ kind: "crash", replicaId: replicaId(2) });
  return { page, ...(await contentAtRest(page)) };
}

/** A page whose session stands at the beginning of `first`, as the composition root opens it. */
async function aPageThatBeginsWith(first: FirstRun): Promise<PictureLessPage> {
  const page = await pictureLessPage();
  await page.session.pause();
  await page.session.open(inputsOfFirst(first), ZERO);
  return page;
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("nothing is asked for");
  return value;
}

describe("what a page opens with", { timeout: 60_000 }, () => {
  it("is the run of a link, with its hash, from its beginning", async () => {
    const { content } = await aPageWithHistory();
    const address = { ...nowhere, hash: `#${linkFragment(content)}` };
    const first = present(await firstRunIn(address));
    expect(inputsOfFirst(first)).toEqual(content.inputs);
    const page = await aPageThatBeginsWith(first);
    const opened = vi.spyOn(page.session, "open");
    await openFirst(page, first, () => Promise.reject(new Error("the usual run is not asked for")));
    expect((await page.session.hashNow()).runHash).toBe(content.place.hash);
    expect(page.store.getState().notice?.text).toMatch(/The run hash is the same as where it was made/);
    // No run but that of the link, and nothing to bring back.
    expect(opened.mock.calls.map(([inputs]) => inputs.config)).toEqual([content.inputs.config]);
    expect(page.store.getState().undoRuns).toEqual([]);
  });

  it("is the lesson or the seed in the query", async () => {
    const lesson = present(await firstRunIn({ ...nowhere, search: "?scenario=two-am&seed=7" }));
    expect(inputsOfFirst(lesson).config.seed).toBe(7);
    const page = await aPageThatBeginsWith(lesson);
    await openFirst(page, lesson, () => Promise.reject(new Error("the usual run is not asked for")));
    expect(page.store.getState()).toMatchObject({ lesson: { name: "two-am" }, undoRuns: [] });
    const seeded = present(await firstRunIn({ ...nowhere, search: "?seed=9" }));
    expect(inputsOfFirst(seeded)).toEqual({ ...usual, config: defaultRun(9) });
  });

  it.each([
    nowhere,
    { ...nowhere, hash: "#run=1.AAAA" },
    { ...nowhere, search: "?scenario=two-pm" },
    { ...nowhere, search: "?seed=many" },
    { ...nowhere, search: "?embed=1" },
    { ...nowhere, search: "?data=files/items.jsonl" },
  ])("is nothing else than usual where nothing is asked for, or it is wrong: %j", async (address) => {
    expect(await firstRunIn(address)).toBeUndefined();
  });

  it("is the run that the tab had; given up, that stays kept as it was", async () => {
    const { page, content } = await aPageWithHistory();
    const keeper = await Keeper.open(page, true, browserTab());
    await keeper.autosave();
    const first = present(await firstRunIn(nowhere));
    expect(first).toMatchObject({ kind: "former", content: { place: content.place } });
    const before = await keeper.shelf.get(keeper.tab);

    const reloaded = await aPageThatBeginsWith(first);
    vi.spyOn(reloaded.session, "open").mockResolvedValueOnce(false);
    const openUsual = vi.fn(async () => {
      await reloaded.session.open(usual, seconds(5));
    });
    await openFirst(reloaded, first, openUsual);
    expect(openUsual).toHaveBeenCalledOnce();
    await contentAtRest(reloaded);
    // What is kept from now on is kept elsewhere.
    const now = await keeperOf(reloaded);
    await now.autosave();
    expect(now.tab).not.toBe(keeper.tab);
    expect(await keeper.shelf.get(keeper.tab)).toEqual(before);
  });
});
