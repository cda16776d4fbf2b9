// The built-in scenarios in the app: chosen from the gallery or by the page's address, computed without freezing the page.

import { clock, leader, openApp, replicas, virtualNow } from "./app.ts";
import { expect, test } from "./page.ts";

test("the gallery offers fifteen lessons, and each opens as a run of its own that can be undone", async ({ page }) => {
  await openApp(page);
  await page.keyboard.press("l");
  const gallery = page.getByRole("dialog", { name: "Lessons" });
  await expect(gallery.getByRole("listitem")).toHaveCount(15);
  await gallery.getByRole("button", { name: "Open: Two data centres, three and two" }).click();
  await expect(replicas(page)).toHaveCount(5);
  await expect(page.getByRole("img", { name: "Region east: r1, r2, r3" })).toBeVisible();
  await expect(page.getByRole("img", { name: "Region west: r4, r5" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(replicas(page)).toHaveCount(3);
});

test("a partition by region is one press", async ({ page }) => {
  await page.goto("./?scenario=three-plus-two");
  await expect(replicas(page)).toHaveCount(5);
  await page.keyboard.press("p");
  const dialog = page.getByRole("dialog", { name: "Cut the network" });
  await dialog.getByRole("button", { name: "By region" }).click();
  await dialog.getByRole("button", { name: "Cut the network" }).click();
  await expect(
    page.getByRole("button", { name: /^Heal the partition of r1, r2, r3, c1, c2 and c3 from r4, r5/ }),
  ).toBeVisible();
});

test("a week is computed with progress while the page lives, and can be cancelled", async ({ page }) => {
  await openApp(page);
  const before = await virtualNow(page);
  await page.keyboard.press("l");
  await page.getByRole("button", { name: "Open: The replica that was a week behind" }).click();
  const card = page.getByRole("status", { name: "Computing a run" });
  await expect(card).toContainText(/of 167:59 h/);
  await page.getByRole("tab", { name: "Settings" }).click();
  await expect(page.getByRole("tabpanel", { name: "Settings" })).toBeVisible();
  await card.getByRole("button", { name: "Cancel" }).click();
  await expect(card).toHaveCount(0);
  await expect.poll(() => virtualNow(page)).toBeGreaterThan(before);
  expect(await virtualNow(page)).toBeLessThan(60);
});

test("a week later the leader is about to be restarted", async ({ page }) => {
  await page.goto("./?scenario=week-old-leader");
  await expect(page.getByRole("status", { name: "Computing a run" })).toHaveCount(0);
  await expect(clock(page)).toHaveText(/^16[78]:\d\d:\d\d/);
  await expect(replicas(page)).toHaveCount(3);
});

test("what an address asks for is computed at once, from its own beginning; given up, the usual run opens", async ({
  page,
}) => {
  await page.goto("./?scenario=week-old-leader");
  const card = page.getByRole("status", { name: "Computing a run" });
  await expect(card).toContainText(/of 167:59 h/);
  // Not the usual run, which would be on its way from its fifth second.
  expect(await virtualNow(page)).toBe(0);
  await card.getByRole("button", { name: "Cancel" }).click();
  await expect(card).toHaveCount(0);
  await expect.poll(() => virtualNow(page)).toBeGreaterThan(5);
  await expect(leader(page)).toBeVisible();
});

test("an address that names no scenario says so, and opens the usual run", async ({ page }) => {
  await page.goto("./?scenario=two-pm");
  await expect(page.getByText("There is no scenario “two-pm”.", { exact: false })).toBeVisible();
  await expect(replicas(page)).toHaveCount(3);
});
