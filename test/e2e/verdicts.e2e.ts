// Verdicts: what broke is named, shown again at the event that broke it, and the run comes back as it was.

import { clock, openApp, openPanel, pause, replica, runHash, standing } from "./app.ts";
import { expect, test } from "./page.ts";

/** Opens a lesson by the page's address, and waits until all that it loses is lost. */
async function losses(page: import("@playwright/test").Page): Promise<void> {
  await page.goto("./?scenario=two-am");
  await expect(clock(page)).toHaveText(/^\d+\.\d{3} s$/);
  await expect(page.getByRole("button", { name: /: 40 acknowledged writes lost\. Show all verdicts/ })).toBeVisible({
    timeout: 40_000,
  });
}

test("a loss that nobody promised to prevent is counted, named and shown again; the run comes back with its hash", async ({
  page,
}) => {
  await losses(page);
  await pause(page);
  const { instant, hash } = await standing(page);
  const chip = page.getByRole("button", { name: /Show all verdicts/ });
  await expect(chip).toHaveAccessibleName(/^not promised by asynchronous replication: 40 acknowledged writes lost/);
  await chip.click();
  const dialog = page.getByRole("dialog", { name: "What this cluster promises" });
  await expect(dialog.getByText(/40 acknowledged products are gone: r1 had them alone/)).toBeVisible();
  await dialog.getByRole("button", { name: "Show me: Acknowledged writes lost" }).click();
  await expect(dialog).toHaveCount(0);
  const back = page.getByRole("button", { name: /^Return to the run/ });
  await expect(back).toBeFocused();
  await expect(page.getByRole("heading", { name: /^Standing at 8\.\d{3} s, right after what broke/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
  await expect(replica(page, "r1", /leader, stale, term 1/)).toBeVisible();
  const events = await openPanel(page, "Events");
  await expect(events.getByText(/^You are here, at 8\.\d{3} s$/)).toBeInViewport();
  await expect(
    events
      .getByRole("listitem")
      .filter({ hasText: / \(p-\d+\) is lost: entry \d+ of term 1$/ })
      .first(),
  ).toBeVisible();
  await back.click();
  await expect(clock(page)).toHaveText(instant);
  // The clock is drawn with every picture, the hash a moment later.
  await expect.poll(() => runHash(page)).toBe(hash);
  await expect(back).toHaveCount(0);
});

test("the dialog says for every verdict whether it is promised, and the table who promises what", async ({ page }) => {
  await openApp(page);
  await page.getByRole("button", { name: /Show all verdicts/ }).click();
  const dialog = page.getByRole("dialog", { name: "What this cluster promises" });
  await expect(dialog.getByRole("listitem")).toHaveCount(13);
  await expect(dialog.getByText("Promised, and kept").first()).toBeVisible();
  await expect(dialog.getByText("Not promised: the read policy any").first()).toBeVisible();
  await dialog.getByRole("button", { name: "Who promises what" }).click();
  const byMode = dialog.getByRole("table", { name: "By mode" });
  const kept = byMode.getByRole("row", { name: /No acknowledged write is lost/ });
  await expect(kept.getByRole("cell")).toHaveText([
    "not promised",
    "not promised",
    "promised",
    "promised",
    "not promised",
  ]);
});
