// What the session refuses by throwing is said to the person, and nobody is left with an unhandled rejection.
import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { logIndex, term } from "../../../src/base/ids.ts";
import type { Item } from "../../../src/model/protocol/item.ts";
import { aFrame, healthyTrio } from "../../support/frames.ts";
import { renderApp } from "../../support/renderApp.tsx";

const larch: Item = {
  id: "p-001",
  payload: { kind: "product", name: "Larch trail shoe", description: "", category: "Shoes", priceCents: 12_990 },
  embedding: { values: new Float32Array([1, 0]), digestLow: 0, digestHigh: 0 },
  version: { term: term(1), logIndex: logIndex(1) },
};

const broke = () => Promise.reject(new Error("the loop broke"));
const said = "That was not done: the loop broke";

describe("a session that throws", () => {
  it("is heard when a command is ordered", async () => {
    const { user, session } = await renderApp();
    session.command = broke;
    await user.click(screen.getByRole("button", { name: /^Async/ }));
    expect(await screen.findByText(said)).toBeVisible();
  });

  it("is heard when a key is pressed", async () => {
    const { user, session } = await renderApp();
    session.step = broke;
    await user.keyboard(".");
    expect(await screen.findByText(said)).toBeVisible();
  });

  it("is heard when a run is restarted, and the run is not put on the stack of undo", async () => {
    const { user, session, store } = await renderApp();
    session.open = broke;
    await user.keyboard("r");
    expect(await screen.findByText(said)).toBeVisible();
    expect(store.getState().undoRuns).toEqual([]);
  });

  it("is heard when a form writes, and the form keeps what was typed", async () => {
    const { user, session } = await renderApp({ frame: healthyTrio, items: [larch] });
    await user.click(screen.getByRole("tab", { name: "Write" }));
    await user.type(await screen.findByRole("textbox", { name: "Name" }), "Fern rain hat");
    session.command = broke;
    await user.selectOptions(screen.getByRole("combobox", { name: "Category" }), "Shoes");
    await user.type(screen.getByRole("textbox", { name: "Price, €" }), "19,90");
    await user.click(screen.getByRole("button", { name: "Write it" }));
    expect(await screen.findByText(said)).toBeVisible();
    expect(screen.getByRole("textbox", { name: "Name" })).toHaveValue("Fern rain hat");
  });

  it("is heard beside the list of items that it could not give", async () => {
    const { user, session } = await renderApp({ frame: aFrame() });
    session.items = broke;
    await user.click(screen.getByRole("tab", { name: "Write" }));
    const list = await screen.findByRole("combobox", { name: "Item" });
    expect(await screen.findByText("The items could not be listed: the loop broke")).toBeVisible();
    expect(list).toHaveAccessibleDescription("The items could not be listed: the loop broke");
  });
});
