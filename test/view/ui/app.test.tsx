import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { c1, electionOfFive, healthyTrio, partitionOfFive, r1, r2, r3 } from "../../support/frames.ts";
import { renderApp } from "../../support/renderApp.tsx";

describe("the page", () => {
  it("says what is happening now", async () => {
    await renderApp({ frame: healthyTrio });
    expect(screen.getByRole("heading", { level: 2, name: /r1 leads term 1/ })).toBeVisible();
  });

  it("counts acknowledged and lost writes and empty answers", async () => {
    await renderApp({ frame: partitionOfFive });
    const counters = within(screen.getByRole("region", { name: "Writes and answers so far" }));
    expect(counters.getByText("1,204")).toBeVisible();
    expect(counters.getByText("empty answers")).toBeVisible();
  });
});
