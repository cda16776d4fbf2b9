// The page holds loaded vectors while the open run, one of its branches, or undo and redo need them, and gives the memory back then.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { seconds } from "../../../../src/base/units.ts";
import { isHeld, keepOnly, type LoadedTable } from "../../../../src/data/loaded.ts";
import { defaultRun, MODEL_VERSION } from "../../../../src/model/protocol/config.ts";
import type { DatasetName } from "../../../../src/model/protocol/dataset.ts";
import type { RunInputs } from "../../../../src/model/protocol/session.ts";
import { frameApplier } from "../../../../src/view/store/applyFrame.ts";
import { FrameCollector } from "../../../../src/view/store/frameCollector.ts";
import { FrameSource } from "../../../../src/view/store/frameSource.ts";
import { createViewStore } from "../../../../src/view/store/viewStore.ts";
import { LINGER, withVectors } from "../../../../src/view/ui/load/heldVectors.ts";
import { startRun, undoRun } from "../../../../src/view/ui/runChanges.ts";
import { FakeSession } from "../../../support/fakeSession.ts";
import { ownJsonLines, tableIn } from "../../../support/ownVectors.ts";
import { readHere } from "../../../support/readHere.ts";

let table: LoadedTable;

beforeEach(async () => {
  table = await tableIn("items.jsonl", ownJsonLines());
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  keepOnly([]);
});

function inputsOf(dataset: DatasetName, seed = 1): RunInputs {
  const usual = defaultRun(seed);
  return { modelVersion: MODEL_VERSION, config: { ...usual, workload: { ...usual.workload, dataset } }, commands: [] };
}

/** A page whose pictures come when the test says so. */
async function aPage() {
  const openComparison = () => {
    throw new Error("nothing is compared here");
  };
  const services = {
    session: new FakeSession(),
    frames: new FrameSource(),
    store: createViewStore(),
    openComparison,
    readElsewhere: readHere,
  };
  const apply = frameApplier(services.store);
  const picture = async () => {
    const collector = new FrameCollector();
    collector.add(await services.session.pull());
    const batch = collector.take();
    if (batch !== undefined) apply(batch);
  };
  const open = (inputs: RunInputs) => startRun(services, inputs, seconds(5), "Another run.");
  await picture();
  return { ...services, services, picture, open };
}

describe("loaded vectors in the page", () => {
  it("stay while their run is open, also before its first picture", async () => {
    const { services, open, picture } = await aPage();
    await withVectors(services, table, () => open(inputsOf(table.data)));
    await vi.advanceTimersByTimeAsync(10 * LINGER);
    expect(isHeld(table.data)).toBe(true);
    await picture();
    await vi.advanceTimersByTimeAsync(10 * LINGER);
    expect(isHeld(table.data)).toBe(true);
  });

  it("stay while undo would bring their run back, and go when nothing would", async () => {
    const { services, open, picture, store } = await aPage();
    await withVectors(services, table, () => open(inputsOf(table.data)));
    await picture();
    await open(inputsOf("products", 2));
    await picture();
    await vi.advanceTimersByTimeAsync(10 * LINGER);
    expect(isHeld(table.data)).toBe(true);
    await undoRun(services);
    expect(services.session.opened.at(-1)?.inputs.config.workload.dataset).toEqual(table.data);
    await undoRun(services);
    await picture();
    await vi.advanceTimersByTimeAsync(10 * LINGER);
    expect(isHeld(table.data)).toBe(true);
    // Another run in place of an undone one: what was undone cannot be done again.
    await open(inputsOf("colours", 3));
    await picture();
    store.setState({ undoRuns: [] });
    await vi.advanceTimersByTimeAsync(2 * LINGER);
    expect(isHeld(table.data)).toBe(false);
  });

  it("go when their run was not opened after all", async () => {
    const { services } = await aPage();
    await withVectors(services, table, async () => undefined);
    await vi.advanceTimersByTimeAsync(2 * LINGER);
    expect(isHeld(table.data)).toBe(false);
  });

  it("stay while a branch is of them", async () => {
    const { services, store, open, picture } = await aPage();
    await withVectors(services, table, () => open(inputsOf(table.data)));
    await open(inputsOf("products"));
    store.setState({ undoRuns: [], branches: [{ id: 7, name: "own", inputs: inputsOf(table.data), at: seconds(6) }] });
    await picture();
    await vi.advanceTimersByTimeAsync(2 * LINGER);
    expect(isHeld(table.data)).toBe(true);
    store.getState().dropBranch(7);
    await vi.advanceTimersByTimeAsync(2 * LINGER);
    expect(isHeld(table.data)).toBe(false);
  });
});
