// The hint to search while a replica lags: it waits until it is read, and leaves the person's question alone.
import { act, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { logIndex, term } from "../../../src/base/ids.ts";
import { seconds } from "../../../src/base/units.ts";
import type { SearchComparison } from "../../../src/model/protocol/frame.ts";
import type { Item } from "../../../src/model/protocol/item.ts";
import { aFrame, aReplica, leading, r1, r2, r3 } from "../../support/frameBuilders.ts";
import { renderApp } from "../../support/renderApp.tsx";

describe("the second hint", () => {
  const dead = aReplica(r1, { alive: false });
  const frame = aFrame({ replicas: [dead, aReplica(r2, { status: leading([r1, r3]) }), aReplica(r3)], playing: true });
  const item: Item = {
    id: "p-001",
    payload: { kind: "product", name: "Larch trail shoe", description: "", category: "Shoes", priceCents: 12_990 },
    embedding: { values: new Float32Array([1, 0]), digestLow: 0, digestHigh: 0 },
    version: { term: term(1), logIndex: logIndex(1) },
  };
  const neighbour = { id: item.id, score: 1, version: item.version, item };
  /** r1 has come back and does not know the item. */
  const comparison: SearchComparison = {
    at: seconds(5),
    k: 5,
    truth: [neighbour],
    answers: [
      { replicaId: r1, alive: true, neighbours: [], vectorCount: 239 },
      { replicaId: r2, alive: true, neighbours: [neighbour], vectorCount: 240 },
      { replicaId: r3, alive: true, neighbours: [neighbour], vectorCount: 240 },
    ],
    standing: [{ id: item.id, version: item.version, deleted: false, lost: false }],
  };

  it("does what it says, and stands still until the person has read what the lagging replica answers", async () => {
    const app = await renderApp({ frame, comparison });
    act(() => app.store.getState().dropHint("killLeader"));
    await app.user.click(screen.getByRole("button", { name: "Start r1, search while it lags" }));
    await waitFor(() => expect(app.session.commands).toEqual([{ kind: "restart", replicaId: r1 }]));
    expect(app.session.rates).toEqual([0.05]);
    expect(app.session.frame.playing).toBe(false);
    await waitFor(() => expect(app.store.getState().question.vector).toBeDefined());
    expect(app.store.getState().panel).toBe("search");
    await app.emit({ replicas: [aReplica(r1), ...frame.replicas.slice(1)] });
    await app.user.click(await screen.findByRole("button", { name: "Play, and watch r1" }));
    await waitFor(() => expect(app.session.frame.playing).toBe(true));
    expect(app.store.getState().hintsGone).toEqual(["killLeader", "searchWhileLagging"]);
    // The space bar is the page's, and no keyboard covers a phone.
    expect(document.activeElement).not.toBe(screen.getByRole("textbox", { name: "Search products in words" }));
  });

  it("leaves the person's own question as it is", async () => {
    const app = await renderApp({ frame, comparison });
    const field = screen.getByRole("textbox", { name: "Search products in words" });
    await app.user.type(field, "trail shoe{Enter}");
    const { vector } = app.store.getState().question;
    // A wrong answer that was there before is not what the hint is about.
    await waitFor(() => expect(app.store.getState().comparison).toBeDefined());
    act(() => app.store.getState().dropHint("killLeader"));
    await app.user.click(await screen.findByRole("button", { name: "Start r1, search while it lags" }));
    await waitFor(() => expect(app.session.commands).toEqual([{ kind: "restart", replicaId: r1 }]));
    expect(field).toHaveValue("trail shoe");
    expect(app.store.getState().question).toMatchObject({ text: "trail shoe", vector });
    expect(app.store.getState().hintsGone).toEqual(["killLeader"]);
  });
});
