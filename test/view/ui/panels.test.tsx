// The tabs of the side panel: bad input gives a message beside the field and leaves the run alone.
import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { logIndex, term } from "../../../src/base/ids.ts";
import { millis, seconds } from "../../../src/base/units.ts";
import type { Receipt, SearchComparison } from "../../../src/model/protocol/frame.ts";
import type { Item } from "../../../src/model/protocol/item.ts";
import { aConfig, aFrame, c1, healthyTrio, r1, r2, r3 } from "../../support/frames.ts";
import { renderApp } from "../../support/renderApp.tsx";
import { acknowledged, done, lost, rolledBack } from "../store/someEvents.ts";

const colourConfig = { ...aConfig(3), workload: { ...aConfig(3).workload, dataset: "colours" as const } };

function anItem(id: string, name: string): Item {
  const payload = {
    kind: "product" as const,
    name,
    description: "For wet paths",
    category: "Shoes",
    priceCents: 12_990,
  };
  const embedding = { values: new Float32Array([1, 0]), digestLow: 0, digestHigh: 0 };
  return { id, payload, embedding, version: { term: term(1), logIndex: logIndex(1) } };
}

const larch = anItem("p-001", "Larch trail shoe");

function aComparison(): SearchComparison {
  const neighbour = { id: larch.id, score: 1, version: larch.version, item: larch };
  const answer = { alive: true, neighbours: [neighbour], vectorCount: 240 };
  return {
    at: seconds(5),
    k: 5,
    truth: [neighbour],
    answers: [
      { ...answer, replicaId: r1 },
      { ...answer, replicaId: r2, neighbours: [] },
      { ...answer, replicaId: r3, alive: false, neighbours: [] },
    ],
    standing: [{ id: larch.id, version: larch.version, deleted: false, lost: false }],
  };
}

describe("the search tab", () => {
  it("asks every replica and marks what one of them misses", async () => {
    const { user, session } = await renderApp({ comparison: aComparison() });
    await user.type(screen.getByRole("textbox", { name: "Search products in words" }), "trail shoe{Enter}");
    const table = within(await screen.findByRole("table", { name: /Rank of each item/ }));
    expect(session.searches[0]).toHaveLength(256);
    const row = table.getByRole("row", { name: /Larch trail shoe/ });
    expect(
      within(row)
        .getAllByRole("cell")
        .map(({ textContent }) => textContent),
    ).toEqual(["1", "1", " missing", "·down"]);
    expect(table.getByRole("row", { name: /recall@1/ })).toHaveTextContent("1/10/1–");
    expect(within(screen.getByRole("list", { name: "Marks" })).getAllByRole("listitem")).toHaveLength(1);
    expect(screen.getByText(/lexical similarity/)).toBeVisible();
  });

  it("asks for what is similar to an item", async () => {
    const { user, session } = await renderApp({ comparison: aComparison() });
    await user.click(screen.getByRole("button", { name: "sharp kitchen knife" }));
    await user.click(await screen.findByRole("button", { name: /Larch trail shoe/ }));
    expect(await screen.findByText("similar to Larch trail shoe")).toBeVisible();
    await waitFor(() => expect(session.searches.at(-1)).toEqual(larch.embedding.values));
  });

  it("says beside the field why a query cannot be asked", async () => {
    const { user, session } = await renderApp();
    const field = screen.getByRole("textbox", { name: "Search products in words" });
    await user.type(field, "!!!{Enter}");
    expect(field).toBeInvalid();
    expect(field).toHaveAccessibleDescription(/./);
    expect(session.searches).toEqual([]);
  });

  it("suggests a name for a colour that does not exist", async () => {
    const { user } = await renderApp({ frame: aFrame({ config: colourConfig }) });
    const field = screen.getByRole("textbox", { name: "Search for a colour" });
    await user.type(field, "tomatto{Enter}");
    expect(field).toHaveAccessibleDescription(/No CSS colour is called "tomatto"\. Did you mean tomato/);
  });
});

describe("the write tab", () => {
  async function opened(parts: Parameters<typeof renderApp>[0] = {}) {
    const app = await renderApp({ frame: healthyTrio, items: [larch], ...parts });
    await app.user.click(screen.getByRole("tab", { name: "Write" }));
    await screen.findByRole("heading", { name: "Receipts" });
    return app;
  }

  it("writes a product in words by the chosen client", async () => {
    const { user, session } = await opened();
    await user.type(screen.getByRole("textbox", { name: "Name" }), "Fern rain hat");
    await user.selectOptions(await screen.findByRole("combobox", { name: "Category" }), "Shoes");
    await user.type(screen.getByRole("textbox", { name: "Price, €" }), "19,90");
    await user.selectOptions(screen.getByRole("combobox", { name: "Client" }), "c2");
    await user.click(screen.getByRole("button", { name: "Write it" }));
    expect(session.commands).toMatchObject([
      {
        kind: "write",
        client: 102,
        draft: { kind: "put", id: "my-1", payload: { name: "Fern rain hat", priceCents: 1_990 } },
      },
    ]);
  });

  it("names every field that is wrong and writes nothing", async () => {
    const { user, session } = await opened();
    await user.type(screen.getByRole("textbox", { name: "Price, €" }), "cheap");
    await user.click(screen.getByRole("button", { name: "Write it" }));
    expect(screen.getByRole("textbox", { name: "Name" })).toHaveAccessibleDescription(/Give it a name/);
    expect(screen.getByRole("combobox", { name: "Category" })).toHaveAccessibleDescription("Choose a category.");
    expect(screen.getByRole("textbox", { name: "Price, €" })).toHaveAccessibleDescription(/A price is a number/);
    expect(session.commands).toEqual([]);
  });

  it("shows the cluster's own problem beside the field", async () => {
    const problem = { field: "vector", message: "The vector has length zero." };
    const { user } = await opened({ answer: () => ({ taken: false, problem }) });
    await user.selectOptions(await screen.findByRole("combobox", { name: "Item" }), "p-001");
    await user.click(screen.getByRole("button", { name: "Update it" }));
    expect(await screen.findByText("The vector has length zero.")).toBeVisible();
  });

  it("updates and deletes an existing item", async () => {
    const { user, session } = await opened();
    await user.selectOptions(await screen.findByRole("combobox", { name: "Item" }), "p-001");
    expect(screen.getByRole("textbox", { name: "Name" })).toHaveValue("Larch trail shoe");
    expect(screen.getByRole("textbox", { name: "Price, €" })).toHaveValue("129.90");
    await user.click(screen.getByRole("button", { name: "Delete it" }));
    expect(session.commands).toEqual([{ kind: "write", client: c1, draft: { kind: "delete", id: "p-001" } }]);
  });

  it("writes a colour from the picker's value", async () => {
    const { user, session } = await opened({ frame: { ...healthyTrio, config: colourConfig } });
    await user.type(screen.getByRole("textbox", { name: "Name" }), "My red");
    const hex = screen.getByRole("textbox", { name: "Colour" });
    await user.clear(hex);
    await user.type(hex, "#12345");
    await user.click(screen.getByRole("button", { name: "Write it" }));
    expect(hex).toHaveAccessibleDescription(/is not a hex colour/);
    await user.type(hex, "6");
    await user.click(screen.getByRole("button", { name: "Write it" }));
    expect(session.commands).toMatchObject([
      { draft: { payload: { kind: "colour", name: "My red", hex: "#123456" } } },
    ]);
  });

  it("fills a receipt while the copies come in, and offers a retry when the outcome is unknown", async () => {
    const { user, session, emit } = await opened();
    const receipt: Receipt = {
      requestId: 77,
      clientId: c1,
      operation: { kind: "delete", id: "p-001" },
      askedAt: seconds(5),
      outcome: "pending",
      redirects: 1,
      version: { term: term(3), logIndex: logIndex(42) },
      copies: [r1, r2],
      rolledBack: [],
      latency: undefined,
    };
    await emit({ receipts: [receipt] });
    expect(screen.getByText("entry 42 of term 3 · 2 of 3 copies, r3 pending")).toBeVisible();
    expect(screen.getByText("pending, redirected once")).toBeVisible();
    await emit({ receipts: [{ ...receipt, outcome: "acknowledged", latency: millis(21) }] });
    expect(screen.getByText("acknowledged after 21 ms, redirected once")).toBeVisible();
    await emit({ receipts: [{ ...receipt, outcome: "unknown" }] });
    await user.click(screen.getByRole("button", { name: "Retry with the same request id" }));
    expect(session.commands).toEqual([{ kind: "retry", requestId: 77 }]);
    await emit({ receipts: [{ ...receipt, outcome: "lost", copies: [], rolledBack: [r1, r2] }] });
    expect(screen.getByText("acknowledged, then lost, redirected once")).toBeVisible();
    expect(screen.getByText(/rolled back on r1 and r2/)).toBeVisible();
  });
});

describe("the events tab", () => {
  it("hides routine until asked for, and says how much was left out", async () => {
    const { user, emit } = await renderApp();
    await user.click(screen.getByRole("tab", { name: "Events" }));
    await emit({ events: [done({ kind: "crash", replicaId: r1 }), acknowledged(1, 42)], eventsOmitted: 12 });
    const list = within(await screen.findByRole("list", { name: "Events, newest first" }));
    expect(list.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
      "6.000 sYou killed r1, leader of term 1",
    ]);
    await user.click(screen.getByRole("switch", { name: "Acknowledgements and answers too" }));
    expect(list.getAllByRole("listitem")).toHaveLength(2);
    expect(screen.getByText("12 older events were left out.")).toBeVisible();
  });

  it("says where now is among what is known, and goes there after a seek, without taking the focus", async () => {
    const { user, emit } = await renderApp();
    const tab = screen.getByRole("tab", { name: "Events" });
    await user.click(tab);
    const crashes = [6, 7, 8].map((at) => done({ kind: "crash", replicaId: r1 }, seconds(at)));
    await emit({ events: crashes, virtualNow: seconds(9), travelled: { end: seconds(9), fact: 0, branch: 0 } });
    const list = within(await screen.findByRole("list", { name: "Events, newest first" }));
    expect(list.queryByText(/You are here/)).toBeNull();
    const body = screen.getByRole("tabpanel");
    Object.defineProperty(body, "clientHeight", { value: 100 });
    body.scrollTop = 300;
    const fact = crashes[0]?.sequence ?? 0;
    // The line of now is where nothing has a place: at the panel's top, so that it need not scroll.
    await emit({
      events: [],
      virtualNow: seconds(6.5),
      playing: false,
      travelled: { end: seconds(9), fact, branch: 0 },
    });
    const told = () => list.getAllByRole("listitem").map(({ textContent }) => textContent?.slice(0, 24));
    expect(told()).toEqual([
      expect.stringMatching(/^Still to come: 8.000 s/),
      expect.stringMatching(/^Still to come: 7.000 s/),
      "You are here, at 6.500 s",
      expect.stringMatching(/^6.000 s/),
    ]);
    expect(tab).toHaveFocus();
    await emit({ virtualNow: seconds(9), travelled: { end: seconds(9), fact: 0, branch: 0 } });
    expect(list.queryByText(/You are here/)).toBeNull();
    expect(body.scrollTop).toBe(0);
  });

  it("tells what was lost together once, and opens it by keyboard to names", async () => {
    const { user, emit } = await renderApp();
    await user.click(screen.getByRole("tab", { name: "Events" }));
    const losses = Array.from({ length: 172 }, (_, n) => lost(1, 31 + n, seconds(62), n === 0 ? "p-001" : "my-1"));
    await emit({ events: [...losses, rolledBack(r1, 31, 202, seconds(62))] });
    const list = within(await screen.findByRole("list", { name: "Events, newest first" }));
    expect(list.getAllByRole("listitem")).toHaveLength(2);
    const fold = list.getByRole("button", { name: "172 acknowledged writes lost when r1 rolled back" });
    expect(fold).toHaveAttribute("aria-expanded", "false");
    expect(list.getAllByText("1:02.000")).toHaveLength(2);
    act(() => fold.focus());
    await user.keyboard("{Enter}");
    const items = within(list.getByRole("list", { name: "Lost writes" })).getAllByRole("listitem");
    expect(items).toHaveLength(172);
    expect(items[0]).toHaveTextContent("Larch waterproof trail shoe (p-001), entry 31 of term 1");
    expect(items[1]).toHaveTextContent("my-1, entry 32 of term 1");
    await user.keyboard("{Enter}");
    expect(list.queryByRole("list", { name: "Lost writes" })).toBeNull();
  });
});

describe("the settings tab", () => {
  async function opened(parts: Parameters<typeof renderApp>[0] = {}) {
    const app = await renderApp(parts);
    await app.user.click(screen.getByRole("tab", { name: "Settings" }));
    const network = within(await screen.findByRole("region", { name: "Network, one way" }));
    return { ...app, network };
  }

  it("applies a latency as it is typed", async () => {
    const { user, session, network } = await opened();
    const latency = network.getByRole("textbox", { name: "Latency" });
    await user.clear(latency);
    await user.type(latency, "4");
    expect(session.commands).toMatchObject([
      { kind: "setNetwork", quality: { latency: { kind: "uniform", low: millis(4), high: millis(9) } } },
    ]);
  });

  it("refuses a latency below zero beside the field and leaves the run untouched", async () => {
    const { user, session, network } = await opened();
    const latency = network.getByRole("textbox", { name: "Latency" });
    await user.clear(latency);
    await user.type(latency, "-5");
    expect(latency).toHaveAccessibleDescription(/-5 is too small\. Latency is a number from 0/);
    expect(session.commands).toEqual([]);
  });

  it("shows what the cluster has against a value", async () => {
    const problem = { field: "latency", message: "A latency must not be below 0.1 ms." };
    const { user, network } = await opened({ answer: () => ({ taken: false, problem }) });
    const loss = network.getByRole("textbox", { name: "Loss" });
    await user.clear(loss);
    await user.type(loss, "3");
    expect(await network.findByText("A latency must not be below 0.1 ms.")).toBeVisible();
  });

  it("chooses a policy, says what it costs, and shows its bound", async () => {
    const { user, session, emit } = await opened();
    await user.selectOptions(screen.getByRole("combobox", { name: "Who may answer" }), "bounded");
    expect(session.commands).toEqual([{ kind: "setPolicy", readPolicy: "bounded", stalenessBound: millis(500) }]);
    await emit({ config: aConfig(3, { readPolicy: "bounded" }) });
    expect(screen.getByText(/No answer is older than the bound/)).toBeVisible();
    expect(screen.getByRole("textbox", { name: "Bound" })).toHaveValue("500");
  });

  it("gives one direction of one link its own numbers, and takes them back", async () => {
    const { user, session, emit } = await opened();
    const link = within(screen.getByRole("region", { name: "One link" }));
    await user.selectOptions(link.getByRole("combobox", { name: "To" }), "r3");
    const loss = link.getByRole("textbox", { name: "Loss" });
    await user.clear(loss);
    await user.type(loss, "5");
    expect(session.commands).toMatchObject([{ kind: "setLink", from: r1, to: r3, quality: { loss: 0.05 } }]);
    const { network } = aConfig(3);
    await emit({
      config: { ...aConfig(3), network: { ...network, overrides: [{ from: r1, to: r3, quality: network.quality }] } },
    });
    await user.click(link.getByRole("button", { name: "As the rest" }));
    expect(session.commands.at(-1)).toEqual({ kind: "setLink", from: r1, to: r3, quality: undefined });
  });

  it("warns when the election timeouts are too close for the latency", async () => {
    const { emit } = await opened();
    const { network } = aConfig(3);
    const slow = { ...network.quality, latency: { kind: "constant" as const, value: millis(30) } };
    await emit({ config: { ...aConfig(3), network: { ...network, quality: slow } } });
    expect(screen.getByText(/expect about 18 % of elections to split their votes/)).toBeVisible();
  });
});
