// Loading one's own vectors as a person does: chosen, read, looked at, and only then a run. Whatever is wrong with a file, the run that is
// open goes on untouched.
import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { seconds } from "../../../../src/base/units.ts";
import { isHeld, keepOnly, loadedContent, provideData } from "../../../../src/data/loaded.ts";
import type { DataFileResult, ReadElsewhere } from "../../../../src/data/reading.ts";
import type { LoadedData } from "../../../../src/model/protocol/dataset.ts";
import type { Frame } from "../../../../src/model/protocol/frame.ts";
import "../../../../src/view/ui/load/LoadDialog.tsx";
import "../../../../src/view/ui/load/OwnQuestion.tsx";
import { openFile } from "../../../../src/view/ui/share/files.ts";
import { aConfig, aFrame, healthyTrio } from "../../../support/frames.ts";
import { ownJsonLines, ownNumpy, ownRow, tableIn } from "../../../support/ownVectors.ts";
import { renderApp } from "../../../support/renderApp.tsx";

afterEach(() => {
  keepOnly([]);
});

type App = Awaited<ReturnType<typeof renderApp>>;

function jsonLines(name = "items.jsonl", text = ownJsonLines()): File {
  return new File([text], name);
}

/** The dialog, opened from the menu. */
async function openDialog({ user }: App) {
  await user.click(screen.getByRole("button", { name: "Menu" }));
  await user.click(await screen.findByRole("menuitem", { name: "Load your own vectors…" }));
  return within(await screen.findByRole("dialog", { name: "Your own vectors" }));
}

async function choose({ user }: App, file: File) {
  await user.upload(await screen.findByLabelText(/^Choose (a|another) file/), file);
}

/** A frame of a run of loaded vectors. */
function frameOf(dataset: LoadedData, replicas = 3): Frame {
  const config = aConfig(replicas);
  return aFrame({ config: { ...config, workload: { ...config.workload, dataset } } });
}

describe("the dialog", () => {
  it("shows what was read, and starts a run of it when the person says so", async () => {
    const app = await renderApp();
    const dialog = await openDialog(app);
    expect(dialog.getByText(/The file stays on this machine/)).toBeVisible();
    await choose(app, jsonLines());
    const start = await dialog.findByRole("button", { name: "Start the run" });
    expect(start).toHaveFocus();
    const facts = dialog.getAllByRole("definition").map((fact) => fact.textContent);
    expect(facts).toEqual(
      expect.arrayContaining([
        "100",
        "6",
        "90 (the first 90 %)",
        "10, and rows again",
        expect.stringMatching(/^about \d+ kB/),
      ]),
    );
    expect(dialog.getByRole("row", { name: "row-0 größe 0" })).toBeVisible();
    expect(dialog.getByRole("row", { name: /^row-4 👩‍👩‍👧 family 4$/u })).toBeVisible();
    expect(app.session.opened).toEqual([]);
    await app.user.click(start);
    await waitFor(() => expect(app.session.opened).toHaveLength(1));
    const dataset = app.session.opened[0]?.inputs.config.workload.dataset;
    expect(app.session.opened[0]?.at).toBe(seconds(5));
    expect(dataset).toMatchObject({ file: "items.jsonl", rows: 100, dimension: 6 });
    expect(await screen.findByText("A run of items.jsonl started. Your run is kept.")).toBeVisible();
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("says in one sentence what is wrong with a file; nothing is opened, and another can be chosen", async () => {
    const app = await renderApp();
    const dialog = await openDialog(app);
    await choose(app, jsonLines("items.jsonl", `${ownJsonLines(3)}\n{"id":"x","embedding":[1,2]}`));
    expect(await dialog.findByText("Row 4 has 2 numbers; the rows before it have 6.")).toBeVisible();
    await choose(app, new File([ownNumpy().slice(0, 300)], "vectors.npy"));
    expect(await dialog.findByText(/byte/)).toBeVisible();
    expect(app.session.opened).toEqual([]);
    await choose(app, new File([ownNumpy()], "vectors.npy"));
    expect(await dialog.findByRole("row", { name: "0 none" })).toBeVisible();
    await app.user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(app.session.opened).toEqual([]);
  });

  it("asks which columns it cannot know, and reads those", async () => {
    const app = await renderApp();
    const dialog = await openDialog(app);
    const text = ownJsonLines(20).replaceAll('"embedding"', '"minilm"').replaceAll('"id"', '"key"');
    await choose(app, jsonLines("items.jsonl", text));
    expect(await dialog.findByText(/Which of these holds the vector: minilm\?/)).toBeVisible();
    await app.user.type(dialog.getByLabelText(/^Vectors:/), "minilm");
    await app.user.type(dialog.getByLabelText(/^Ids:/), "key");
    await app.user.click(dialog.getByRole("button", { name: "Read these" }));
    expect(await dialog.findByRole("row", { name: "row-0 größe 0" })).toBeVisible();
    await app.user.click(dialog.getByRole("button", { name: "Start the run" }));
    await waitFor(() => expect(app.session.opened).toHaveLength(1));
    const { dataset } = app.session.opened[0]?.inputs.config.workload ?? {};
    expect(dataset).toMatchObject({ idColumn: "key", vectorColumns: "minilm" });
  });

  it("tells how far reading is, and cancels it", async () => {
    let settle: (result: DataFileResult) => void = () => undefined;
    let tell: (share: number) => void = () => undefined;
    let cancelled = 0;
    const readElsewhere: ReadElsewhere = (_file, _name, _choices, onProgress) => {
      tell = onProgress;
      const result = new Promise<DataFileResult>((resolve) => {
        settle = resolve;
      });
      return { result, cancel: () => (cancelled += 1) };
    };
    const app = await renderApp({ readElsewhere });
    const dialog = await openDialog(app);
    await choose(app, jsonLines());
    expect(await dialog.findByText(/Reading items\.jsonl …/)).toBeVisible();
    tell(0.257);
    expect(await dialog.findByText("Reading items.jsonl … 25 %")).toBeVisible();
    expect(dialog.getByRole("progressbar")).toHaveAttribute("value", "0.257");
    await app.user.click(dialog.getByRole("button", { name: "Cancel" }));
    expect(cancelled).toBe(1);
    expect(await dialog.findByText("Choose a file …")).toBeVisible();
    const table = await tableIn("items.jsonl", ownJsonLines());
    settle({ ok: true, table, norms: new Float64Array(100) });
    await app.emit();
    expect(dialog.queryByRole("button", { name: "Start the run" })).toBeNull();
    expect(isHeld(table.data)).toBe(false);
  });

  it("starts many vectors with three replicas unless the person takes what more of them need", async () => {
    const small = await tableIn("big.npy", ownNumpy());
    const table = { ...small, data: { ...small.data, rows: 50_000, dimension: 384 } };
    const readElsewhere: ReadElsewhere = () => ({
      result: Promise.resolve({ ok: true, table, norms: new Float64Array([1]) }),
      cancel: () => undefined,
    });
    const app = await renderApp({ frame: aFrame({ config: aConfig(5) }), readElsewhere });
    const dialog = await openDialog(app);
    await choose(app, jsonLines("big.npy", "x"));
    expect(await dialog.findByText(/^Memory with 3 replicas$/)).toBeVisible();
    const all = dialog.getByRole("switch", { name: /^Keep all 5 replicas: about 1\.\d GB$/ });
    await app.user.click(all);
    expect(dialog.getByText(/^Memory with 5 replicas$/)).toBeVisible();
    await app.user.click(all);
    await app.user.click(dialog.getByRole("button", { name: "Start the run" }));
    await waitFor(() => expect(app.session.opened).toHaveLength(1));
    expect(app.session.opened[0]?.inputs.config.cluster.replicaCount).toBe(3);
  });
});

describe("a run that was made with a file", () => {
  it("asks for it, refuses another, and goes on with the right one", async () => {
    const { data } = await tableIn("items.jsonl", ownJsonLines());
    const app = await renderApp();
    const opened: LoadedData[] = [];
    const goOn = async (found: LoadedData) => {
      opened.push(found);
      expect(isHeld(data)).toBe(true);
    };
    app.store.getState().openDialog({ kind: "load", request: { wanted: { by: "This link", data, goOn } } });
    const dialog = within(await screen.findByRole("dialog", { name: "One file is missing" }));
    expect(dialog.getByText("This link was made with items.jsonl (9.6 kB). Open it here to go on.")).toBeVisible();
    await choose(app, jsonLines("items.jsonl", ownJsonLines(99)));
    expect(
      await dialog.findByText(/is not the file that this run was made with: it is 99 x 6 and not 100 x 6/),
    ).toBeVisible();
    expect(opened).toEqual([]);
    await choose(app, jsonLines("renamed.jsonl"));
    await waitFor(() => expect(opened).toHaveLength(1));
    expect(opened[0]?.digest).toBe(data.digest);
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});

describe("a file that is dropped or chosen under Runs", () => {
  it("is told by its name and content: vectors are looked at, a scenario is opened", async () => {
    const app = await renderApp();
    await openFile(app.services, new File([`[${ownRow(1).join(",")}]\n`], "vectors.json"));
    const dialog = within(await screen.findByRole("dialog", { name: "Your own vectors" }));
    expect(await dialog.findByText(/^vectors\.json, \d+ bytes$/)).toBeVisible();
    await openFile(app.services, new File([ownNumpy()], "vectors.npy"));
    expect(await dialog.findByText(/vectors\.npy, 2\.5 kB/)).toBeVisible();
    await app.user.keyboard("{Escape}");
    expect(app.session.opened).toEqual([]);
    const scenario = { format: "replicascope-scenario", version: 1, seed: 9, actions: [] };
    await openFile(app.services, new File([JSON.stringify(scenario)], "mine.json"));
    await waitFor(() => expect(app.session.opened).toHaveLength(1));
    expect(app.session.opened[0]?.inputs.config.seed).toBe(9);
  });

  it("asks for the vectors that a scenario is about, and opens it with them", async () => {
    const app = await renderApp();
    const scenario = {
      format: "replicascope-scenario",
      version: 1,
      seed: 9,
      workload: { dataset: { file: "items.jsonl" } },
    };
    await openFile(app.services, new File([JSON.stringify(scenario)], "mine.json"));
    expect(await screen.findByText("“mine.json” was made with items.jsonl. Open it here to go on.")).toBeVisible();
    await choose(app, jsonLines());
    await waitFor(() => expect(app.session.opened).toHaveLength(1));
    const { config } = app.session.opened[0]?.inputs ?? {};
    expect(config).toMatchObject({ seed: 9, workload: { dataset: { file: "items.jsonl", rows: 100 } } });
  });
});

describe("a run of loaded vectors", () => {
  it("is searched by an item that is found by its text or id; words are not offered, and the page says why", async () => {
    const table = await tableIn("items.jsonl", ownJsonLines());
    provideData(table);
    const { user, session } = await renderApp({ frame: frameOf(table.data) });
    expect(await screen.findByText(/These vectors come from a model that is not here/)).toBeVisible();
    expect(screen.queryByRole("textbox", { name: /words/ })).toBeNull();
    await user.type(screen.getByRole("textbox", { name: "Search with an item" }), "plain 4");
    const list = within(screen.getByRole("list", { name: "Items found" }));
    await waitFor(() => expect(list.getAllByRole("button")).toHaveLength(1));
    await user.click(list.getByRole("button", { name: /row-47/ }));
    await waitFor(() => expect(session.searches.length).toBeGreaterThan(0));
    expect(session.searches[0]).toEqual(loadedContent(table.data).items[47]?.drafts[0]?.embedding);
    expect(screen.getByText("similar to plain 47")).toBeVisible();
  });

  it("is written by hand: a row again with its own vector, a new item with numbers that are given", async () => {
    const table = await tableIn("items.jsonl", ownJsonLines());
    provideData(table);
    const { user, session } = await renderApp({ frame: { ...frameOf(table.data), clients: healthyTrio.clients } });
    await user.click(screen.getByRole("tab", { name: "Write" }));
    await user.type(await screen.findByRole("textbox", { name: "A new item, or one to write again" }), "row-12");
    await user.click(await screen.findByRole("button", { name: /row-12/ }));
    const text = screen.getByRole("textbox", { name: "Text" });
    expect(text).toHaveValue("東京 12");
    await user.clear(text);
    await user.type(text, "大阪");
    await user.click(screen.getByRole("button", { name: "Update it" }));
    await waitFor(() => expect(session.commands).toHaveLength(1));
    const values = loadedContent(table.data).items[12]?.drafts[0]?.embedding;
    expect(session.commands[0]).toMatchObject({
      kind: "write",
      draft: { kind: "put", id: "row-12", values, payload: { kind: "row", name: "大阪", text: "大阪" } },
    });
    await user.click(screen.getByRole("button", { name: "Another" }));
    await user.type(screen.getByRole("textbox", { name: "Text" }), "mine");
    await user.click(screen.getByRole("button", { name: "Write it" }));
    expect(screen.getByRole("textbox", { name: "Vector" })).toHaveAccessibleDescription(/Paste 6 numbers/);
    await user.type(screen.getByRole("textbox", { name: "Vector" }), "3, 0, 0, 4, 0");
    await user.click(screen.getByRole("button", { name: "Write it" }));
    expect(screen.getByRole("textbox", { name: "Vector" })).toHaveAccessibleDescription(/5 numbers; the data has 6/);
    await user.type(screen.getByRole("textbox", { name: "Vector" }), ", 0");
    await user.click(screen.getByRole("button", { name: "Write it" }));
    await waitFor(() => expect(session.commands).toHaveLength(2));
    expect(session.commands[1]).toMatchObject({
      draft: { id: "my-1", values: Float32Array.of(0.6, 0, 0, 0.8, 0, 0), payload: { text: "mine" } },
    });
  });

  it("is named in the settings, where another file can be loaded", async () => {
    const { data } = await tableIn("items.jsonl", ownJsonLines());
    const { user } = await renderApp({ frame: frameOf(data) });
    await user.click(screen.getByRole("tab", { name: "Settings" }));
    expect(await screen.findByRole("combobox", { name: "Data set" })).toHaveDisplayValue("items.jsonl");
    await user.click(screen.getByRole("button", { name: /Load your own vectors/ }));
    expect(await screen.findByRole("dialog", { name: "Your own vectors" })).toBeVisible();
  });
});
