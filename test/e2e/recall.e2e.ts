// The continuous probe: what a partition in asynchronous mode does to the answers of whoever is cut off, as a lane, a table and a file.

import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { cutNetwork, goLive, openApp, pause, standing, virtualSecondsPass, wall } from "./app.ts";
import { expect, test } from "./page.ts";

/** The label of the lane, "Recall r1 93.1 %". */
function recall(page: Page) {
  return page
    .getByRole("term")
    .filter({ hasText: /^Recall/ })
    .locator("..");
}

/** What the label says, in percent. */
async function recallNow(page: Page): Promise<number> {
  return Number.parseFloat(await recall(page).getByRole("definition").innerText());
}

test("who is cut off finds less and less: the lane, the table and the file say so, and healing mends it", async ({
  page,
}) => {
  await openApp(page);
  await goLive(page);
  await page.getByRole("button", { name: "Lanes and values" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Search recall" }).click();
  await page.keyboard.press("Escape");
  await expect(recall(page)).toContainText(/\d %/);

  await page.getByRole("button", { name: /^Async/ }).click();
  await cutNetwork(page, "Leader alone");
  await virtualSecondsPass(page, 6);
  await expect.poll(() => recallNow(page)).toBeLessThan(98);
  await expect(recall(page)).toContainText(/r\d/);

  await pause(page);
  await standing(page);
  const least = await recallNow(page);
  await page.getByRole("button", { name: "Lanes and values" }).click();
  const saved = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Save as CSV" }).click();
  const rows = (await readFile(await (await saved).path(), "utf8"))
    .split("\n")
    .filter((row) => row.includes("search_recall_at_k"));
  const last = rows.slice(-3).map((row) => row.split(","));
  expect(last.map(([, , replica]) => replica)).toEqual(["r1", "r2", "r3"]);
  expect(Math.min(...last.map(([, , , , value]) => Number(value))) * 100).toBeCloseTo(least, 1);

  await page.getByRole("button", { name: "Lanes and values" }).click();
  await page.getByRole("menuitem", { name: "Values as a table…" }).click();
  const table = page.getByRole("dialog", { name: "Values of the time axis" });
  await expect(table.getByRole("columnheader", { name: "Recall" })).toBeVisible();
  await expect(table.getByRole("row").last()).toContainText(`${least} %`);
  await page.keyboard.press("Escape");

  await page.keyboard.press("Space");
  await wall(page).click();
  await expect.poll(() => recallNow(page)).toBeGreaterThan(least);
});
