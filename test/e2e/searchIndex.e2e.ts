// The approximate index: turned on, narrowed, and seen to miss what exact search finds; its way on the map; undone again.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { openApp, pause, standing, virtualSecondsPass } from "./app.ts";
import { expect, test } from "./page.ts";

function section(page: Page) {
  return page.getByRole("region", { name: "Search index" });
}

/** recall@10 of every replica, as the table has it. */
async function recalls(page: Page): Promise<readonly number[]> {
  const rows = section(page).getByRole("table").getByRole("row");
  const cells = await rows.locator("td:nth-of-type(1)").allInnerTexts();
  return cells.map(Number);
}

async function leastRecall(page: Page): Promise<number> {
  const all = await recalls(page);
  return all.length === 3 ? Math.min(...all) : Number.NaN;
}

async function setNumber(page: Page, label: string, value: number): Promise<void> {
  await section(page).getByRole("textbox", { name: label, exact: true }).fill(String(value));
}

test("an index that looks less far finds less, replicas with the same items disagree, and exact search mends it", async ({
  page,
}) => {
  await openApp(page);
  await page.getByRole("tab", { name: "Settings" }).click();
  await section(page).getByRole("button", { name: "HNSW" }).click();
  await expect.poll(() => leastRecall(page)).toBeGreaterThan(0.99);

  await setNumber(page, "M", 4);
  await setNumber(page, "efConstruction", 16);
  await setNumber(page, "ef", 512);
  await expect.poll(() => leastRecall(page)).toBe(1);
  await setNumber(page, "ef", 10);
  await expect.poll(() => leastRecall(page)).toBeLessThan(1);
  await expect(section(page).getByText(/hold the same items, and still answer differently to \d+ of 32/)).toBeVisible();

  await page.getByRole("tab", { name: "Search" }).click();
  await page.getByRole("textbox", { name: "Search products in words" }).fill("waterproof shoe");
  const way = page.getByRole("region", { name: "The way of this search" });
  await expect(way.getByRole("img", { name: /^Looked at \d+ of \d+ nodes, from p-\d+ in layer \d/ })).toBeVisible();
  await way.getByText("Step by step").click();
  await expect(way.getByRole("listitem").first()).toContainText(/^Layer \d: p-\d+ /);

  expect((await new AxeBuilder({ page }).include(".panel").analyze()).violations).toEqual([]);
  await page.getByRole("tab", { name: "Settings" }).click();
  await expect(section(page).getByRole("table")).toBeVisible();
  expect((await new AxeBuilder({ page }).include(".panel").analyze()).violations).toEqual([]);
  await section(page).getByRole("button", { name: "Exact" }).click();
  await expect(section(page).getByText("Every search looks at every item.")).toBeVisible();
  await expect(section(page).getByRole("table")).toHaveCount(0);
});

test("one replica alone may have it, and undo takes that back", async ({ page }) => {
  await openApp(page);
  await pause(page);
  await page.getByRole("tab", { name: "Settings" }).click();
  await section(page).getByRole("button", { name: "HNSW" }).click();
  for (const name of ["r1", "r3"]) {
    await section(page).getByRole("button", { name, pressed: true }).click();
    await expect(section(page).getByRole("button", { name, pressed: false })).toBeVisible();
  }
  await page.keyboard.press("Space");
  await virtualSecondsPass(page, 0.1);
  await pause(page);
  await standing(page);
  const nodes = section(page).getByRole("table").locator("td:nth-of-type(2)");
  await expect(nodes).toHaveText(["exact", /^\d+( \/ \d+)+/, "exact"]);

  // Undone like everything else.
  await page.keyboard.press("ControlOrMeta+z");
  await expect(section(page).getByRole("button", { name: "r3", pressed: true })).toBeVisible();
});
