// The approximate index: set, measured and looked into, as a person does.
import { act, cleanup, screen, within } from "@testing-library/react";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { replicaId } from "../../../src/base/ids.ts";
import { seconds, ZERO } from "../../../src/base/units.ts";
import type { SearchIndexConfig } from "../../../src/model/protocol/config.ts";
import type { Frame, SearchComparison } from "../../../src/model/protocol/frame.ts";
import type { DifferingQuestion, IndexReport, SearchPath } from "../../../src/model/protocol/searchIndex.ts";
import { reportInterval } from "../../../src/view/ui/panels/settings/useIndexReport.ts";
import { aConfig, aFrame } from "../../support/frameBuilders.ts";
import { healthyTrio } from "../../support/frames.ts";
import { renderApp } from "../../support/renderApp.tsx";

const [r1, r2, r3] = [replicaId(1), replicaId(2), replicaId(3)];
const index: SearchIndexConfig = { kind: "hnsw", m: 16, efConstruction: 128, ef: 64, replicas: "all" };

function indexed(searchIndex: SearchIndexConfig = index): Frame {
  const config = aConfig(3);
  return aFrame({ config: { ...config, cluster: { ...config.cluster, searchIndex } } });
}

function asked(id: string, name: string): DifferingQuestion {
  const payload = { kind: "product" as const, name, description: "", category: "Shoes", priceCents: 100 };
  return { id, payload, vector: new Float32Array([1, 0]) };
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
  converged: { replicas: [r1, r2], differing: [asked("p-001", "Larch trail shoe"), asked("p-009", "Wren tent")] },
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

  it("says before it is switched on, and while it is, what it takes over many loaded vectors", async () => {
    const dataset = { file: "a.csv", bytes: 1, digest: "0000000000000000", rows: 100_000, dimension: 128 } as const;
    const over = (frame: Frame): Frame => ({
      ...frame,
      config: { ...frame.config, workload: { ...frame.config.workload, dataset } },
    });
    const { app, section } = await settingsOf(over(healthyTrio));
    expect(await section.findByText(/^Over so many vectors the indexes take about 6\d\d MB/)).toBeVisible();
    await app.emit(over(indexed({ ...index, replicas: [r1] })));
    expect(await section.findByText(/take about 2\d\d MB/)).toBeVisible();
    await app.emit(indexed());
    expect(section.queryByText(/take about/)).toBeNull();
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
    expect(section.getByText(/r1, r2 hold the same items, and still answer differently to 2 of 32/)).toBeVisible();
    expect(section.getByRole("status")).toHaveTextContent(/^Equal replicas answer differently$/);
    expect(section.getByText(/uniform random vectors in many dimensions .* about 0\.6/)).toBeVisible();
  });
});

describe("a question that equal replicas answer differently", () => {
  it("is asked everywhere when it is chosen from the list, for as many neighbours as the report asked for", async () => {
    const { app, section } = await settingsOf(indexed());
    await app.user.click(await section.findByText(/answer differently to 2 of 32/));
    const questions = within(section.getByRole("list", { name: "Questions that are answered differently" }));
    expect(questions.getAllByRole("button").map(({ textContent }) => textContent)).toEqual([
      "Larch trail shoe",
      "Wren tent",
    ]);
    await app.user.click(questions.getByRole("button", { name: "Wren tent" }));
    const { question, panel, searchK } = app.store.getState();
    expect({ label: question.label, panel, searchK }).toEqual({
      label: "similar to Wren tent",
      panel: "search",
      searchK: 10,
    });
  });

  it("comes with a note where ef is below what is asked for", async () => {
    const { app, section } = await settingsOf(indexed());
    expect(section.queryByText(/^ef is below/)).toBeNull();
    await app.emit(indexed({ ...index, ef: 4 }));
    expect(section.getByText(/^ef is below 10: .* may find fewer neighbours/)).toBeVisible();
  });
});

describe("building an index", () => {
  it("shows how far it is, and can be given up while that changes nothing", async () => {
    const app = await renderApp({ frame: healthyTrio });
    await app.emit({ indexing: { done: 3_200, total: 30_000, canCancel: true } });
    const card = within(await screen.findByRole("region", { name: "Building search indexes" }));
    expect(card.getByText(/3,200 of 30,000/)).toBeVisible();
    expect(card.getByRole("progressbar", { name: "Items that are indexed" })).toHaveAttribute("value", "3200");
    // What is announced does not count.
    expect(card.getByRole("status")).toHaveTextContent(/^Building search indexes$/);
    await app.user.click(card.getByRole("button", { name: "Cancel" }));
    await app.emit();
    expect(screen.queryByRole("region", { name: "Building search indexes" })).toBeNull();
  });

  it("of the open run can be left for exact search, which is said and can be undone", async () => {
    const app = await renderApp({ frame: indexed() });
    await app.emit({ indexing: { done: 1, total: 10_000, canCancel: false } });
    const card = within(await screen.findByRole("region", { name: "Building search indexes" }));
    await app.user.click(card.getByRole("button", { name: "Search exactly instead" }));
    expect(app.session.commands).toEqual([{ kind: "setSearchIndex", index: undefined }]);
    await app.emit({ indexing: undefined });
    expect(screen.getByText(/^The indexes were given up: every replica searches exactly from now on/)).toBeVisible();
    expect(screen.getByRole("button", { name: "Undo" })).toBeVisible();
    // A run that is only computed has a way out of its own.
    await app.emit({
      indexing: { done: 1, total: 10_000, canCancel: true },
      opening: { reached: seconds(1), end: seconds(5) },
    });
    const other = await screen.findByRole("region", { name: "Building search indexes" });
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

  const answersOf = (alive: boolean) => [{ replicaId: r1, alive, neighbours: [], vectorCount: 240 }];

  async function shown(searchPath: () => Promise<SearchPath | undefined>, alive = true) {
    const app = await renderApp({
      frame: indexed({ ...index, replicas: [r1] }),
      comparison: { ...comparison, answers: answersOf(alive) },
    });
    app.session.searchPath = searchPath;
    await act(async () =>
      app.store
        .getState()
        .ask({ text: "shoe", label: "shoe", vector: new Float32Array([1]), itemId: undefined, problem: undefined }),
    );
    return within(await screen.findByRole("region", { name: "The way of this search" }));
  }

  it("says which of loading, failed, exact and down it is", async () => {
    expect(
      await (await shown(() => new Promise(() => undefined))).findByText("Asking r1 which way it took …"),
    ).toBeVisible();
    cleanup();
    const failed = await shown(() => Promise.reject(new Error("the line is broken")));
    expect(await failed.findByText("r1 did not tell which way it took: the line is broken")).toBeVisible();
    cleanup();
    const exact = await shown(() => Promise.resolve(undefined));
    expect(await exact.findByText("So broad a search looks at every item of r1: it is exact.")).toBeVisible();
    cleanup();
    const down = await shown(() => Promise.resolve(undefined), false);
    expect(await down.findByText("r1 is down.")).toBeVisible();
  });

  it("draws one mark for each step, also where an id stands twice in a layer", async () => {
    const error = vi.spyOn(console, "error");
    const twice = { layer: 0, id: "p-007", score: 0.9, isDead: true };
    const way = await shown(() => Promise.resolve({ ...path, steps: [...path.steps, twice] }));
    const picture = await way.findByRole("img");
    expect(picture.querySelectorAll(".way-mark")).toHaveLength(6);
    expect(error).not.toHaveBeenCalled();
    error.mockRestore();
  });
});

describe("the report", () => {
  it("is asked for the less often, the more items there are", () => {
    expect([0, 240, 5_000, 20_000, 1_000_000].map(reportInterval)).toEqual([1_000, 1_000, 1_000, 4_000, 20_000]);
  });
});
