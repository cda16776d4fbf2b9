// On a phone cards stand above the panel, one at a time: on the stage they would lie on a replica.
import { act, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { healthyTrio } from "../../support/frames.ts";
import { renderApp } from "../../support/renderApp.tsx";

beforeEach(() => {
  vi.spyOn(window, "matchMedia").mockImplementation((query) =>
    Object.assign(new EventTarget(), {
      matches: query === "(max-width: 600px)",
      media: query,
      onchange: null,
      addListener: () => {},
      removeListener: () => {},
    }),
  );
});
afterEach(() => vi.restoreAllMocks());

describe("the card of the moment on a phone", () => {
  it("is a message before it is a hint, and never on the stage", async () => {
    const { user, store } = await renderApp({ frame: healthyTrio });
    const side = within(screen.getByRole("complementary", { name: /^Search, shop, write/ }));
    expect(side.getByRole("complementary", { name: "Hint" })).toBeVisible();
    act(() => store.getState().notify("Another run started.", "undo"));
    expect(side.getByText("Another run started.")).toBeVisible();
    expect(side.queryByRole("complementary", { name: "Hint" })).toBeNull();
    expect(within(screen.getByRole("main")).queryByText("Another run started.")).toBeNull();
    await user.click(side.getByRole("button", { name: "Dismiss this message" }));
    expect(side.getByRole("complementary", { name: "Hint" })).toBeVisible();
  });
});
