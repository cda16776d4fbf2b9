// Loading one's own vectors as a person does: chosen, read, looked at, and only then a run. Whatever is wrong with a file, the run that is
// open goes on untouched.
import { configure, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { seconds } from "../../../../src/base/units.ts";
import { isHeld, keepOnly } from "../../../../src/data/loaded.ts";
import type { DataFileResult, ReadElsewhere } from "../../../../src/data/reading.ts";
import type { LoadedData } from "../../../../src/model/protocol/dataset.ts";
import "../../../../src/view/ui/load/LoadDialog.tsx";
import "../../../../src/view/ui/load/OwnQuestion.tsx";
import { openFile } from "../../../../src/view/ui/share/files.ts";
import { aConfig, aFrame } from "../../../support/frames.ts";
import { ownJsonLines, ownNumpy, ownRow, tableIn } from "../../../support/ownVectors.ts";
import { renderApp } from "../../../support/renderApp.tsx";

// Many clicks each, on a machine that may be busy with other things.
vi.setConfig({ testTimeout: 30_000 });
configure({ asyncUtilTimeout: 10_000 });

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

  it("offers the columns of the file for others than were read, and goes back to what was read", async () => {
    const app = await renderApp();
    const dialog = await openDialog(app);
    await choose(app, jsonLines());
    await app.user.click(await dialog.findByRole("button", { name: "Other columns …" }));
    expect(dialog.getByText("The file has id, text, embedding.")).toBeVisible();
    expect(dialog.queryByRole("button", { name: "Another file" })).toBeNull();
    await app.user.click(dialog.getByRole("button", { name: "Back" }));
    expect(dialog.getByRole("button", { name: "Start the run" })).toHaveFocus();
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
    expect(dialog.getByLabelText(/^Vectors:/)).toHaveValue("minilm");
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
    expect(await dialog.findByText("25 %")).toBeVisible();
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
