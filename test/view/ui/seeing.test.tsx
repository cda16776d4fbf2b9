// What replication does to search, seen: the table with a chosen k, the shop window, the map and its list.
import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { logIndex, type ReplicaId, term } from "../../../src/base/ids.ts";
import { millis, seconds } from "../../../src/base/units.ts";
import type { Frame, JudgedNeighbour, ReplicaFrame, SearchComparison } from "../../../src/model/protocol/frame.ts";
import { HOLDINGS, type Holding, type Holdings } from "../../../src/model/protocol/holdings.ts";
import type { Item } from "../../../src/model/protocol/item.ts";
import { c1, cutsBetween, healthyTrio, r1, r2, r3 } from "../../support/frames.ts";
import { renderApp } from "../../support/renderApp.tsx";

function anItem(id: string, name: string, values: readonly number[]): Item {
  const payload = {
    kind: "product" as const,
    name,
    description: "For wet paths",
    category: "Shoes",
    priceCents: 9_990,
  };
  const embedding = { values: Float32Array.from(values), digestLow: 0, digestHigh: 0 };
  return { id, payload, embedding, version: { term: term(1), logIndex: logIndex(1) } };
}

const version = { term: term(1), logIndex: logIndex(1) };

const items = [
  anItem("p-1", "Larch trail shoe", [1, 0, 0]),
  anItem("p-2", "Fern road shoe", [0.9, 0.4, 0]),
  anItem("p-3", "Oak boot", [0.2, 0.9, 0.3]),
  anItem("p-4", "Tin cup", [0, 0.1, 1]),
];

function neighbours(...ids: readonly string[]): readonly JudgedNeighbour[] {
  return items
    .filter(({ id }) => ids.includes(id))
    .map((item) => ({ id: item.id, score: 1, version: item.version, item }));
}

function aComparison(): SearchComparison {
  const answer = { alive: true, vectorCount: 4 };
  return {
    at: seconds(5),
    k: 3,
    truth: neighbours("p-1", "p-2", "p-3"),
    answers: [
      { ...answer, replicaId: r1, neighbours: neighbours("p-1", "p-2", "p-3") },
      { ...answer, replicaId: r2, neighbours: neighbours("p-1", "p-3", "p-4") },
      { ...answer, replicaId: r3, neighbours: neighbours("p-1", "p-2", "p-3") },
    ],
    standing: items.map(({ id, version }) => ({ id, version, deleted: id === "p-4", lost: false })),
  };
}

function someHoldings(rows: Readonly<Record<number, readonly Holding[]>>, down?: ReplicaId): Holdings {
  return {
    at: seconds(5),
    known: { epoch: 3, revision: 4 },
    size: items.length,
    news: {
      positions: Uint32Array.from(items.keys()),
      ids: items.map(({ id }) => id),
      payloads: items.map(({ payload }) => payload),
      embeddings: Float32Array.from(items.flatMap(({ embedding }) => [...embedding.values])),
      dimension: 3,
    },
    truth: Uint8Array.from([1, 1, 1, 2]),
    replicas: [r1, r2, r3].map((replicaId) => {
      const own = rows[replicaId] ?? [];
      const count = (wanted: Holding) => own.filter((holding) => holding === wanted).length;
      return {
        replicaId,
        alive: replicaId !== down,
        standings: Uint8Array.from(own, (holding) => HOLDINGS.indexOf(holding)),
        counts: {
          absent: count("absent"),
          held: count("held"),
          outdated: count("outdated"),
          missing: count("missing"),
          ghost: count("ghost"),
          unconfirmed: count("unconfirmed"),
          unconfirmedDelete: count("unconfirmedDelete"),
          onItsWay: count("onItsWay"),
          lost: count("lost"),
        },
      };
    }),
  };
}

const split = someHoldings({
  1: ["held", "held", "held", "absent"],
  2: ["held", "missing", "outdated", "ghost"],
  3: ["held", "held", "held", "absent"],
});

async function searched() {
  const app = await renderApp({ comparison: aComparison(), items });
  await app.user.click(screen.getByRole("button", { name: "sharp kitchen knife" }));
  await screen.findByRole("table", { name: /Rank of each item/ }, { timeout: 5_000 });
  return app;
}

describe("search all replicas", () => {
  it("says in a line per replica what differs, and hides the rows on which all agree", async () => {
    const { user } = await searched();
    const lines = within(screen.getByRole("list", { name: "What differs" })).getAllByRole("listitem");
    expect(lines.map(({ textContent }) => textContent)).toEqual([
      "r1: as the truth",
      "r2: 1 missing, 1 ghost",
      "r3: as the truth",
    ]);
    expect(screen.getByRole("row", { name: /Larch trail shoe/ })).toBeVisible();
    await user.click(screen.getByRole("checkbox", { name: "differences only" }));
    expect(screen.queryByRole("row", { name: /Larch trail shoe/ })).toBeNull();
    expect(screen.getByRole("row", { name: /Fern road shoe/ })).toBeVisible();
    expect(screen.getByText("2 rows are not shown: the replicas that run agree on them.")).toBeVisible();
  });

  it("tells a shift by what is missing above from a fault", async () => {
    await searched();
    expect(within(screen.getByRole("list", { name: "Marks" })).getByText(/shifted by what is above/)).toBeVisible();
    expect(screen.queryByText(/moved in rank/)).toBeNull();
  });

  it("asks for as many neighbours as a person wants, and for nothing senseless", async () => {
    const { user, session, store } = await searched();
    const field = screen.getByRole("spinbutton", { name: /Neighbours to ask for/ });
    const before = session.searches.length;
    await user.clear(field);
    expect(field).toHaveAttribute("aria-invalid", "true");
    await user.type(field, "50");
    expect(store.getState().searchK).toBe(50);
    await waitFor(() => expect(session.searches.length).toBeGreaterThan(before));
    await user.type(field, "0");
    expect(field).toHaveAttribute("aria-invalid", "true");
    expect(store.getState().searchK).toBe(50);
  });

  it("opens the same table as wide as the page", async () => {
    const { user } = await searched();
    await user.click(screen.getByRole("button", { name: "Answers as wide as the page" }));
    const dialog = await screen.findByRole("dialog", { name: /Every replica’s answer: sharp kitchen knife/ });
    expect(within(dialog).getByRole("row", { name: /recall@3/ })).toBeVisible();
  });
});

describe("why", () => {
  it("is answered with no dialog before the answer", async () => {
    const { store } = await renderApp({ comparison: aComparison(), items });
    act(() => store.getState().openDialog({ kind: "answers" }));
    act(() => store.getState().askWhy({ kind: "unapplied", at: seconds(5), replicaId: r2, version, id: "p-2" }));
    expect(store.getState()).toMatchObject({ dialog: undefined, picture: "both" });
    act(() => store.getState().openDialog({ kind: "answers" }));
    act(() => store.getState().askWhy(undefined));
    expect(store.getState().dialog).toEqual({ kind: "answers" });
  });
});

describe("what a customer gets", () => {
  it("is asked for real by a client, and its answer stands beside the observer's", async () => {
    const { user, session, emit } = await searched();
    const customer = within(await screen.findByRole("region", { name: "What a customer gets" }));
    expect(customer.getByText(/any replica may answer/, { selector: ".note" })).toBeVisible();
    await user.click(customer.getByRole("button", { name: "Let c1 ask for real" }));
    expect(session.commands.at(-1)).toMatchObject({ kind: "search", client: c1, k: 5 });
    await emit({
      searches: [
        {
          requestId: 9,
          clientId: c1,
          k: 5,
          policy: "quorum",
          askedAt: seconds(5),
          outcome: "answered",
          sentTo: [r1],
          coordinator: r1,
          parts: [r1, r3].map((replicaId) => ({ replicaId, logEnd: version, applied: version })),
          wanted: 2,
          waitedFor: undefined,
          answeredBy: r3,
          appliedTo: version,
          latency: millis(31),
          recall: 0.8,
          neighbours: [{ id: "p-4", name: "Tin cup", fault: "ghost" }],
          missing: [],
        },
      ],
    });
    const answer = within(customer.getByRole("list", { name: "Answers to clients, newest first" }));
    expect(answer.getByText(/r3 answered with 1 neighbour after 31 ms/)).toBeVisible();
    expect(answer.getByText(/the first 2 were r1 and r3/)).toBeVisible();
    expect(answer.getByText("Tin cup")).toHaveTextContent("ghost");
  });
});

describe("the shop window", () => {
  it("shows what the read policy gives, then what a stale replica alone gives, and why", async () => {
    const { user } = await renderApp({ comparison: aComparison(), items });
    await user.click(screen.getByRole("tab", { name: "Shop" }));
    const panel = screen.getByRole("tabpanel", { name: "Shop" });
    expect(await within(panel).findByText(/recommends what it should/)).toBeVisible();
    await user.selectOptions(within(panel).getByRole("combobox", { name: "From" }), "r2 alone");
    expect(within(panel).getByRole("status")).toHaveTextContent(/^Wrong\.$/);
    expect(within(panel).getByText(/r2 .*it still recommends Tin cup, which was deleted\./)).toBeVisible();
    const shelf = within(within(panel).getByRole("list", { name: "You might also like" }));
    expect(shelf.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/Oak boot/),
      expect.stringMatching(/Tin cup.*deleted/),
      expect.stringMatching(/Fern road shoe.*not shown/),
    ]);
    await user.click(shelf.getByRole("button", { name: /Oak boot/ }));
    expect(await within(panel).findByRole("article", { name: "Oak boot" })).toBeVisible();
  });

  async function openedShop(change: Partial<Frame> = {}, frame = healthyTrio) {
    const app = await renderApp({ comparison: aComparison(), items, frame: { ...frame, ...change } });
    const asked = { items: 0 };
    const listed = app.session.items.bind(app.session);
    app.session.items = () => {
      asked.items += 1;
      return listed();
    };
    await app.user.click(screen.getByRole("tab", { name: "Shop" }));
    const panel = within(screen.getByRole("tabpanel", { name: "Shop" }));
    await panel.findByRole("article");
    return { ...app, panel, asked };
  }

  it("keeps what was clicked as the product, and says that it was deleted, or is not yet confirmed", async () => {
    const { user, session, panel } = await openedShop();
    // The list is of the truth: it lacks what was deleted.
    session.itemsNow = items.slice(0, 3);
    await user.selectOptions(panel.getByRole("combobox", { name: "From" }), "r2 alone");
    await user.click(panel.getByRole("button", { name: /Tin cup/ }));
    expect(await panel.findByRole("article", { name: "Tin cup" })).toHaveTextContent("This product was deleted.");
    expect(session.searches.at(-1)).toEqual(Float32Array.from([0, 0.1, 1]));

    const comparison = aComparison();
    const fresh = anItem("my-1", "Lighthouse umbrella", [1, 1, 1]);
    session.comparison = {
      ...comparison,
      answers: comparison.answers.map((answer) => ({
        ...answer,
        neighbours: [{ id: fresh.id, score: 1, version, item: fresh }, ...answer.neighbours],
      })),
    };
    await user.selectOptions(panel.getByRole("combobox", { name: "From" }), "r1 alone");
    await user.click(panel.getByRole("combobox", { name: "Product" }));
    await user.selectOptions(panel.getByRole("combobox", { name: "Product" }), "Larch trail shoe");
    await user.click(await panel.findByRole("button", { name: /Lighthouse umbrella/ }));
    const article = await panel.findByRole("article", { name: "Lighthouse umbrella" });
    expect(article).toHaveTextContent("not yet confirmed");
  });

  it("lists the products once and when the list opens, however often it looks", async () => {
    const { user, session, emit, panel, asked } = await openedShop();
    const before = asked.items;
    const searches = session.searches.length;
    await emit({ virtualNow: seconds(6) });
    await waitFor(() => expect(session.searches.length).toBeGreaterThan(searches), { timeout: 5_000 });
    expect(asked.items).toBe(before);
    await user.click(panel.getByRole("combobox", { name: "Product" }));
    expect(asked.items).toBeGreaterThan(before);
  });

  it("blames nobody where the read policy lets the customer wait", async () => {
    const config = {
      ...healthyTrio.config,
      cluster: { ...healthyTrio.config.cluster, readPolicy: "session" as const },
    };
    const lastWrite = { term: term(1), logIndex: logIndex(43) };
    const clients = healthyTrio.clients.map((client) => ({ ...client, lastWrite }));
    const { user, emit, panel } = await openedShop({ config, clients });
    // c2 stands beside r2, which still has what was deleted, and not what c2 wrote.
    await user.selectOptions(panel.getByRole("combobox", { name: "From" }), "c2, by the read policy");
    expect(panel.getByRole("status")).toHaveTextContent(/^Has to wait\.$/);
    expect(panel.getByText(/r2 has not applied c2’s own last write yet, so c2 waits/)).toBeVisible();
    expect(panel.queryByText("Tin cup", { selector: ".shop-name" })).toBeNull();
    // Once it has applied that the answer is certain, and wrong.
    const applied = (replica: ReplicaFrame) => ({ ...replica, status: { ...replica.status, appliedTo: lastWrite } });
    await emit({ replicas: healthyTrio.replicas.map(applied) });
    expect(panel.getByRole("status")).toHaveTextContent(/^Wrong\.$/);
  });
});

describe("the map", () => {
  async function mapped(holdings = split) {
    const app = await renderApp({ comparison: aComparison(), items });
    app.session.holdingsNow = holdings;
    await app.user.click(screen.getByRole("button", { name: "Map of the embeddings" }));
    await screen.findByRole("region", { name: "Map of what the replicas hold" });
    await waitFor(() => expect(screen.queryByText(/Asking every replica what/)).toBeNull());
    return app;
  }

  it("counts what each replica is behind, and draws the wall where the network is cut", async () => {
    const { emit } = await mapped();
    expect(screen.getByRole("img", { name: "Map of r2: 1 held, 1 outdated, 1 missing, 1 ghost" })).toBeInTheDocument();
    expect(screen.getByRole("button", { name: /^r2 .*3 behind/ })).toBeVisible();
    expect(screen.getByRole("button", { name: /^r1 .*in step/ })).toBeVisible();
    expect(screen.queryByText("cut off from each other")).toBeNull();
    await emit({ groups: [[r1], [r2, r3]], cuts: cutsBetween([[r1], [r2, r3]]) });
    expect(screen.getByText("cut off from each other")).toBeVisible();
    expect(screen.getByRole("list", { name: "Part 2 of the cut network" })).toBeInTheDocument();
  });

  it("lists what is not as it should be, and asks from it", async () => {
    const { user, store } = await mapped();
    const list = within(screen.getByRole("region", { name: "Items of the map" }));
    expect(list.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
      "Tin cupghost at r2",
      "Fern road shoemissing at r2",
      "Oak bootoutdated at r2",
    ]);
    await user.hover(list.getByRole("button", { name: /Oak boot/ }));
    expect(store.getState().pointedItem).toBe("p-3");
    await user.click(list.getByRole("button", { name: /Oak boot/ }));
    expect(store.getState()).toMatchObject({
      panel: "search",
      question: { itemId: "p-3", label: "similar to Oak boot" },
    });
  });

  it("shows one replica large, and says so of one that is down", async () => {
    const { user, emit } = await mapped();
    const whose = within(screen.getByRole("group", { name: "The large map shows" }));
    await user.click(whose.getByRole("button", { name: "r1" }));
    expect(screen.getByText("As it should be at r1.")).toBeVisible();
    await emit({
      replicas: healthyTrio.replicas.map((replica) =>
        replica.replicaId === r1 ? { ...replica, alive: false } : replica,
      ),
    });
    expect(screen.getByText("r1 is down: its memory is gone.")).toBeVisible();
    expect(screen.getByText("r1 does not run.")).toBeVisible();
    // A run without r1: its map is gone with it.
    await emit({ replicas: healthyTrio.replicas.filter(({ replicaId }) => replicaId !== r1) });
    expect(whose.getByRole("button", { name: /^All/ })).toHaveAttribute("aria-pressed", "true");
  });

  it("says of nobody that it is as it should be where nobody runs", async () => {
    const nobody = someHoldings({ 1: ["held"], 2: ["held"], 3: ["held"] });
    const { emit } = await mapped({
      ...nobody,
      replicas: nobody.replicas.map((replica) => ({ ...replica, alive: false })),
    });
    await emit({ replicas: healthyTrio.replicas.map((replica) => ({ ...replica, alive: false })) });
    expect(screen.getByText("No replica runs.")).toBeVisible();
    expect(screen.queryByText(/As it should be/)).toBeNull();
  });

  it("gives the keyboard back to the button that opened it, and opens the sheet to answer", async () => {
    const { user, store } = await mapped();
    const list = within(screen.getByRole("region", { name: "Items of the map" }));
    act(() => store.getState().setSheetOpen(false));
    await user.click(list.getByRole("button", { name: /Oak boot/ }));
    expect(store.getState()).toMatchObject({ panel: "search", sheetOpen: true });
    await user.click(screen.getByRole("button", { name: "Back to the stage" }));
    expect(screen.getByRole("button", { name: "Map of the embeddings" })).toHaveFocus();
  });

  it("opens with a key, and is empty where nothing is stored", async () => {
    const { user } = await renderApp({ items: [] });
    await user.keyboard("v");
    expect(await screen.findByText(/Nothing is stored, so there is nothing to map/)).toBeVisible();
    await user.keyboard("v");
    expect(screen.queryByRole("region", { name: "Map of what the replicas hold" })).toBeNull();
  });

  it("says what went wrong", async () => {
    const app = await renderApp({ items });
    app.session.holdings = () => Promise.reject(new Error("no answer"));
    await act(() => Promise.resolve(app.store.getState().showPicture("map")));
    expect(await screen.findByText("The map cannot be drawn: no answer")).toBeVisible();
  });
});
