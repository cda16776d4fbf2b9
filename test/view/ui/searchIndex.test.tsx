// The approximate index: set, measured and looked into, as a person does.
import { act, screen, within } from "@testing-library/react";
import { beforeAll, describe, expect, it } from "vitest";
import { replicaId } from "../../../src/base/ids.ts";
import { ZERO } from "../../../src/base/units.ts";
import type { SearchIndexConfig } from "../../../src/model/protocol/config.ts";
import type { Frame, SearchComparison } from "../../../src/model/protocol/frame.ts";
import type { IndexReport, SearchPath } from "../../../src/model/protocol/searchIndex.ts";
import { aConfig, aFrame } from "../../support/frameBuilders.ts";
import { healthyTrio } from "../../support/frames.ts";
import { renderApp } from "../../support/renderApp.tsx";

const [r1, r2, r3] = [replicaId(1), replicaId(2), replicaId(3)];
const index: SearchIndexConfig = { kind: "hnsw", m: 16, efConstruction: 128, ef: 64, replicas: "all" };

function indexed(searchIndex: SearchIndexConfig = index): Frame {
  const config = aConfig(3);
  return aFrame({ config: { ...config, cluster: { ...config.cluster, searchIndex } } });
}

const report: IndexReport = {
  at: ZERO,
  k: 10,
  queries: 32,
  replicas: [
    { replicaId: r1, alive: true, index: { living: 238, dead: 2, layers: [240, 15, 1] }, recall: 0.896_875 },
    { replicaId: r2, alive: true, index: undefined, recall: 1 },
    { replicaId: r3, alive: false, index: undefined, recall: undefined },
  ],
  converged: { replicas: [r1, r2], differing: 13 / 32 },
};

const path: SearchPath = {
  replicaId: r1,
  ef: 64,
  layers: [240, 15, 1],
  steps: [
    { layer: 2, id: "p-294", score: 0.1, isDead: false },
    { layer: 1, id: "p-012", score: 0.4, isDead: false },
    { layer: 0, id: "p-012", score: 0.4, isDead: false },
    { layer: 0, id: "p-099", score: 0.6, isDead: true },
    { layer: 0, id: "p-007", score: 0.9, isDead: false },
  ],
  looked: 57,
  found: ["p-007", "p-012"],
};

const comparison: SearchComparison = { at: ZERO, k: 5, truth: [], answers: [], standing: [] };

beforeAll(async () => {
  await import("../../../src/view/ui/panels/search/SearchWay.tsx");
  await import("../../../src/view/ui/IndexingCard.tsx");
});

async function settingsOf(frame: Frame) {
  const app = await renderApp({ frame });
  app.session.indexReportNow = report;
  await app.user.click(screen.getByRole("tab", { name: "Settings" }));
  const section = within(await screen.findByRole("region", { name: "Search index" }));
  return { app, section };
}

describe("the search index", () => {
  it("is exact until somebody turns it on, and off again", async () => {
    const { app, section } = await settingsOf(healthyTrio);
    expect(section.queryByRole("table")).toBeNull();
    await app.user.click(section.getByRole("button", { name: "HNSW" }));
    expect(app.session.commands).toEqual([{ kind: "setSearchIndex", index }]);
    await app.emit(indexed());
    await app.user.click(section.getByRole("button", { name: "Exact" }));
    expect(app.session.commands.at(-1)).toEqual({ kind: "setSearchIndex", index: undefined });
  });

  it("takes numbers within its limits, and says what is wrong with others", async () => {
    const { app, section } = await settingsOf(indexed());
    const ef = section.getByRole("textbox", { name: "ef" });
    await app.user.clear(ef);
    await app.user.type(ef, "8");
    expect(app.session.commands).toEqual([{ kind: "setSearchIndex", index: { ...index, ef: 8 } }]);
    const m = section.getByRole("textbox", { name: "M" });
    await app.user.clear(m);
    await app.user.type(m, "99");
    expect(m).toHaveAccessibleDescription(/too large/);
    await app.user.clear(m);
    await app.user.type(m, "4.5");
    expect(m).toHaveAccessibleDescription(/whole number/);
    expect(app.session.commands.filter(({ kind }) => kind !== "setSearchIndex")).toEqual([]);
  });

  it("may be on some replicas only, but not on none", async () => {
    const { app, section } = await settingsOf(indexed());
    await app.user.click(section.getByRole("button", { name: "r2", pressed: true }));
    expect(app.session.commands).toEqual([{ kind: "setSearchIndex", index: { ...index, replicas: [r1, r3] } }]);
    await app.emit(indexed({ ...index, replicas: [r3] }));
    expect(section.getByRole("button", { name: "r3", pressed: true })).toBeDisabled();
    await app.emit(indexed({ ...index, replicas: [r1, r3] }));
    await app.user.click(section.getByRole("button", { name: "r2", pressed: false }));
    expect(app.session.commands.at(-1)).toEqual({ kind: "setSearchIndex", index });
  });

  it("tells each replica's recall, its layers, and how often equal replicas disagree; and what to expect of random data", async () => {
    const { section } = await settingsOf(indexed());
    const rows = within(await section.findByRole("table")).getAllByRole("row");
    expect(
      rows.slice(1).map((row) =>
        within(row)
          .getAllByRole("cell")
          .map((cell) => cell.textContent),
      ),
    ).toEqual([
      ["0.897", "1 / 15 / 240, 2 dead"],
      ["1.000", "exact"],
      ["down", ""],
    ]);
    expect(section.getByText(/r1, r2 hold the same items, and still answer differently to 13 of 32/)).toBeVisible();
    expect(section.getByText(/uniform random vectors in many dimensions .* about 0\.6/)).toBeVisible();
  });
});

describe("building an index", () => {
  it("shows how far it is, and can be given up while that changes nothing", async () => {
    const app = await renderApp({ frame: healthyTrio });
    await app.emit({ indexing: { done: 3_200, total: 30_000, canCancel: true } });
    const card = within(await screen.findByRole("status", { name: "Building search indexes" }));
    expect(card.getByText(/3,200 of 30,000/)).toBeVisible();
    expect(card.getByRole("progressbar")).toHaveAttribute("value", "3200");
    await app.user.click(card.getByRole("button", { name: "Cancel" }));
    await app.emit();
    expect(screen.queryByRole("status", { name: "Building search indexes" })).toBeNull();
    await app.emit({ indexing: { done: 1, total: 10_000, canCancel: false } });
    const other = await screen.findByRole("status", { name: "Building search indexes" });
    expect(within(other).queryByRole("button")).toBeNull();
  });
});

describe("the way of a search", () => {
  it("stands below the answers where an index is on, as a picture and in words", async () => {
    const app = await renderApp({ frame: indexed({ ...index, replicas: [r1, r2] }), comparison });
    app.session.searchPathNow = path;
    await act(async () =>
      app.store
        .getState()
        .ask({ text: "shoe", label: "shoe", vector: new Float32Array([1]), itemId: undefined, problem: undefined }),
    );
    const way = within(await screen.findByRole("region", { name: "The way of this search" }));
    const sentence = "Looked at 57 of 240 nodes, from p-294 in layer 2, keeping the 64 best, and answered 2.";
    expect(await way.findByRole("img", { name: sentence })).toBeVisible();
    await app.user.click(way.getByText("Step by step"));
    expect(way.getAllByRole("listitem").map((item) => item.textContent)).toEqual([
      "Layer 2: p-294 0.100",
      "Layer 1: p-012 0.400",
      "Layer 0: p-012 0.400",
      "Layer 0: p-099 0.600, deleted or replaced: a stepping stone",
      "Layer 0: p-007 0.900",
    ]);
    const choice = way.getByRole("combobox", { name: "The way through the index of" });
    expect(
      within(choice)
        .getAllByRole("option")
        .map((option) => option.textContent),
    ).toEqual(["r1", "r2"]);
  });
});
