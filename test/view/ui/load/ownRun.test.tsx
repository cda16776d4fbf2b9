// A run of loaded vectors on the page: searched by item, written by hand, named where runs are chosen.
import { configure, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { seconds } from "../../../../src/base/units.ts";
import { keepOnly, loadedContent, provideData } from "../../../../src/data/loaded.ts";
import type { LoadedData } from "../../../../src/model/protocol/dataset.ts";
import type { Frame } from "../../../../src/model/protocol/frame.ts";
import "../../../../src/view/ui/load/LoadDialog.tsx";
import "../../../../src/view/ui/load/OwnQuestion.tsx";
import { aConfig, aFrame, healthyTrio } from "../../../support/frames.ts";
import { ownJsonLines, tableIn } from "../../../support/ownVectors.ts";
import { renderApp } from "../../../support/renderApp.tsx";

// Many clicks each, on a machine that may be busy with other things.
vi.setConfig({ testTimeout: 30_000 });
configure({ asyncUtilTimeout: 10_000 });

afterEach(() => {
  keepOnly([]);
});

/** A frame of a run of loaded vectors. */
function frameOf(dataset: LoadedData, replicas = 3): Frame {
  const config = aConfig(replicas);
  return aFrame({ config: { ...config, workload: { ...config.workload, dataset } } });
}

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

  it("takes the keyboard for a search, and says so when the replicas could not be asked", async () => {
    const table = await tableIn("items.jsonl", ownJsonLines());
    provideData(table);
    const { user, session } = await renderApp({ frame: frameOf(table.data) });
    session.search = () => Promise.reject(new Error("no answer"));
    const field = await screen.findByRole("textbox", { name: "Search with an item" });
    await user.keyboard("/");
    expect(field).toHaveFocus();
    await user.type(field, "plain 47{Enter}");
    expect(await screen.findByText("The replicas could not be asked: no answer")).toBeVisible();
    expect(screen.queryByText(/Asking every replica/)).toBeNull();
  });

  it("is searched by keyboard alone: Enter takes the likeliest item, the arrows go through the others", async () => {
    const table = await tableIn("items.jsonl", ownJsonLines());
    provideData(table);
    const { user, session } = await renderApp({ frame: frameOf(table.data) });
    const field = await screen.findByRole("textbox", { name: "Search with an item" });
    await user.type(field, "plain 47{Enter}");
    expect(await screen.findByText("similar to plain 47")).toBeVisible();
    expect(session.searches[0]).toEqual(loadedContent(table.data).items[47]?.drafts[0]?.embedding);

    await user.type(screen.getByRole("textbox", { name: "Search with an item" }), "row-1");
    const rows = within(await screen.findByRole("list", { name: "Items found" })).getAllByRole("button");
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(rows[1]).toHaveFocus();
    await user.keyboard("{ArrowUp}{ArrowUp}");
    expect(screen.getByRole("textbox", { name: "Search with an item" })).toHaveFocus();
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

  it("has a shop window too, whose product is found by its text or id and never listed", async () => {
    const table = await tableIn("items.jsonl", ownJsonLines());
    provideData(table);
    const comparison = { at: seconds(5), k: 5, truth: [], answers: [], standing: [] };
    const { user, session } = await renderApp({ frame: frameOf(table.data), comparison });
    await user.click(screen.getByRole("tab", { name: "Shop" }));
    expect(await screen.findByRole("article", { name: "größe 0" })).toBeVisible();
    await user.type(screen.getByRole("textbox", { name: "Product" }), "row-41");
    await user.click(await screen.findByRole("button", { name: /row-41/ }));
    expect(await screen.findByRole("article", { name: "☃ snow 41" })).toBeVisible();
    expect(session.searches.at(-1)).toEqual(loadedContent(table.data).items[41]?.drafts[0]?.embedding);
  });

  it("says what many vectors take before more replicas hold them", async () => {
    const { data } = await tableIn("items.jsonl", ownJsonLines());
    const { user } = await renderApp({ frame: frameOf({ ...data, rows: 50_000, dimension: 384 }) });
    await user.click(screen.getByRole("tab", { name: "Settings" }));
    await user.selectOptions(await screen.findByRole("combobox", { name: "Replicas" }), "5");
    expect(await screen.findByText(/with 5 replicas; .* So many vectors take about 1\.\d GB with it\./)).toBeVisible();
  });
});
