// The space-time diagram on the page: opened by key and button, read as a list, gone to by a click, and asked why, also
// from the search and from the feed.
import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { logIndex, term } from "../../../src/base/ids.ts";
import { micros, millis, seconds } from "../../../src/base/units.ts";
import { datasetByName } from "../../../src/data/dataset.ts";
import { record } from "../../../src/model/history/recording.ts";
import { Timeline } from "../../../src/model/history/timeline.ts";
import { explain } from "../../../src/model/history/why.ts";
import type { Chronicle } from "../../../src/model/protocol/chronicle.ts";
import { DEFAULT_CLUSTER, defaultRun, MODEL_VERSION } from "../../../src/model/protocol/config.ts";
import type { SearchComparison } from "../../../src/model/protocol/frame.ts";
import { r1, r2, r3 } from "../../support/frames.ts";
import { renderApp } from "../../support/renderApp.tsx";
import { lost } from "../store/someEvents.ts";
import "../../../src/view/ui/spacetime/Spacetime.tsx";

const config = { ...defaultRun(1), cluster: { ...DEFAULT_CLUSTER, initialLeader: r1 } };
const commands = [{ at: seconds(2), command: { kind: "crash", replicaId: r1 } }] as const;
const written = record(new Timeline({ modelVersion: MODEL_VERSION, config, commands }, datasetByName("products")), {
  from: millis(1_900),
  to: millis(2_500),
  limit: 10_000,
});
const elected = present(
  written.events.find(({ facts }) => facts.some(({ fact }) => fact.kind === "becameLeader")),
  "an election",
);
const { explanation } = present(explain(written, { kind: "event", at: elected.at, event: elected.id }), "its reasons");

async function opened() {
  const app = await renderApp();
  const { runId, travelled } = await app.session.pull();
  const chronicle: Chronicle = { runId, branch: travelled.branch, ...written };
  app.session.chronicleNow = chronicle;
  app.session.explanationNow = explanation;
  await app.emit({ virtualNow: millis(2_450), travelled: { ...travelled, end: millis(2_450) }, playing: false });
  return app;
}

describe("the space-time diagram", () => {
  it("opens and closes by key and by button, with a name for each thing in it", async () => {
    const { user } = await opened();
    const button = screen.getByRole("button", { name: "Space-time diagram" });
    expect(button).toHaveAttribute("aria-pressed", "false");
    await user.keyboard("d");
    const diagram = within(await screen.findByRole("region", { name: "Space-time diagram" }));
    expect(button).toHaveAttribute("aria-pressed", "true");
    expect(diagram.getByRole("slider", { name: "Window of the space-time diagram" })).toBeVisible();
    await user.click(diagram.getByRole("button", { name: "Close the diagram" }));
    expect(screen.queryByRole("region", { name: "Space-time diagram" })).toBeNull();
  });

  it("lists what happened; an event is chosen, gone to, and asked why", async () => {
    const { user, session } = await opened();
    await user.keyboard("d");
    const diagram = within(await screen.findByRole("region", { name: "Space-time diagram" }));
    await user.click(await diagram.findByRole("button", { name: /r\d leads term \d+ with 2 votes/ }));
    await user.click(diagram.getByRole("button", { name: "Go there" }));
    expect(session.sought.at(-1)).toEqual({ event: elected.id });
    await user.click(diagram.getByRole("button", { name: "Why?" }));
    expect(session.whyAsked).toEqual([{ kind: "event", at: elected.at, event: elected.id }]);
    const why = await diagram.findByRole("region", { name: "Why" });
    expect(why).toHaveTextContent(/leads term \d+, because r\d voted for it; r\d voted because r\d asked for votes/);
    expect(within(why).getAllByRole("button", { name: /You killed r1/ })[0]).toBeVisible();
    await user.click(within(why).getByRole("button", { name: "Close" }));
    expect(diagram.queryByRole("region", { name: "Why" })).toBeNull();
  });

  it("says so when nothing tells why", async () => {
    const { session, store } = await opened();
    session.explanationNow = undefined;
    store.getState().askWhy({ kind: "message", at: micros(5), flight: 7 });
    const diagram = within(await screen.findByRole("region", { name: "Space-time diagram" }));
    expect(await diagram.findByText("Nothing in this run tells why.")).toBeVisible();
  });

  it("answers why a search misses a neighbour", async () => {
    const version = { term: term(1), logIndex: logIndex(9) };
    const payload = {
      kind: "product",
      name: "Larch trail shoe",
      description: "",
      category: "Shoes",
      priceCents: 1,
    } as const;
    const embedding = { values: new Float32Array([1, 0]), digestLow: 0, digestHigh: 0 };
    const item = { id: "p-001", payload, embedding, version };
    const found = { id: item.id, score: 1, version, item };
    const answer = { alive: true, neighbours: [found], vectorCount: 1 };
    const comparison: SearchComparison = {
      at: seconds(5),
      k: 5,
      truth: [found],
      answers: [
        { ...answer, replicaId: r1 },
        { ...answer, replicaId: r2 },
        { ...answer, replicaId: r3, neighbours: [] },
      ],
      standing: [{ id: item.id, version, deleted: false, lost: false }],
    };
    const { user, session } = await renderApp({ comparison });
    session.explanationNow = explanation;
    await user.type(screen.getByRole("textbox", { name: "Search products in words" }), "trail shoe{Enter}");
    await user.click(await screen.findByRole("button", { name: "Why? It is missing at r3" }));
    expect(await screen.findByRole("region", { name: "Why" })).toBeVisible();
    expect(session.whyAsked).toEqual([{ kind: "unapplied", at: seconds(5), replicaId: r3, version, id: "p-001" }]);
  });

  it("says why a write is lost, where the event of its loss is known", async () => {
    const payload = { kind: "colour", name: "Rust", hex: "#b7410e" } as const;
    const embedding = { values: new Float32Array([1, 0]), digestLow: 0, digestHigh: 0 };
    const found = (id: string, index: number) => {
      const version = { term: term(1), logIndex: logIndex(index) };
      return { id, score: 1, version, item: { id, payload, embedding, version } };
    };
    const [known, forgotten] = [found("p-001", 9), found("p-002", 10)];
    const truth = [known, forgotten];
    const comparison: SearchComparison = {
      at: seconds(5),
      k: 5,
      truth,
      answers: [{ replicaId: r1, alive: true, neighbours: [], vectorCount: 0 }],
      standing: truth.map(({ id, version }) => ({ id, version, deleted: false, lost: true })),
    };
    const { user, session, emit } = await renderApp({ comparison });
    session.explanationNow = explanation;
    const loss = lost(1, 9, seconds(4), "p-001");
    await emit({ events: [lost(1, 8, seconds(3), "p-001"), loss] });
    await user.type(screen.getByRole("textbox", { name: "Search products in words" }), "rust{Enter}");
    const [why, ...more] = await screen.findAllByRole("button", { name: "Why? It is lost at r1" });
    expect(more).toEqual([]);
    await user.click(present(why, "the cell of the loss that is known"));
    expect(await screen.findByRole("region", { name: "Why" })).toBeVisible();
    expect(session.whyAsked).toEqual([{ kind: "fact", at: seconds(4), sequence: loss.sequence }]);
  });

  it("is no question where the replica holds it, and its index passes over it", async () => {
    const version = { term: term(1), logIndex: logIndex(9) };
    const payload = { kind: "colour", name: "Rust", hex: "#b7410e" } as const;
    const embedding = { values: new Float32Array([1, 0]), digestLow: 0, digestHigh: 0 };
    const found = { id: "c-1", score: 1, version, item: { id: "c-1", payload, embedding, version } };
    const comparison: SearchComparison = {
      at: seconds(5),
      k: 5,
      truth: [found],
      answers: [
        { replicaId: r1, alive: true, neighbours: [found], vectorCount: 1 },
        { replicaId: r2, alive: true, neighbours: [], vectorCount: 1, unanswered: ["c-1"] },
      ],
      standing: [{ id: "c-1", version, deleted: false, lost: false }],
    };
    const { user } = await renderApp({ comparison });
    await user.type(screen.getByRole("textbox", { name: "Search products in words" }), "rust{Enter}");
    const marks = await screen.findByRole("list", { name: "Marks" });
    expect(marks).toHaveTextContent("missed by the index");
    expect(screen.queryByRole("button", { name: /^Why\?.* at r2/ })).not.toBeInTheDocument();
    expect(screen.queryByText(/heals/)).not.toBeInTheDocument();
  });
});
