// Three modes on one seed, side by side, computed beside the open run: what each costs stands in a table.
import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { chooseVerb, clock, goLive, leader, openApp, replica, runHash, told, virtualNow, workersAre } from "./app.ts";
import { expect, test } from "./page.ts";

/** The computing takes a moment on a busy machine. */
const COMPUTED = { timeout: 30_000 };

function dialogOf(page: Page): Locator {
  return page.getByRole("dialog", { name: "Compare" });
}

function tableOf(page: Page): Locator {
  return dialogOf(page).getByRole("table");
}

/** The numbers of one row: asynchronous, quorum, synchronous. */
async function row(page: Page, measure: string): Promise<readonly number[]> {
  const cells = await tableOf(page)
    .getByRole("row", { name: new RegExp(`^${measure}`) })
    .getByRole("cell")
    .allInnerTexts();
  return cells.map((text) => Number.parseFloat(text.replace(/[^\d.]/g, "")));
}

test("a site goes dark in three modes: asynchronous loses writes, quorum none, synchronous is slowest", async ({
  page,
}) => {
  await openApp(page);
  const workers = page.workers().length;
  await page.getByRole("button", { name: "Compare the modes from here" }).click();
  const dialog = dialogOf(page);
  await expect(tableOf(page)).toBeVisible(COMPUTED);
  expect(await row(page, "Acknowledged writes lost")).toEqual([0, 0, 0]);
  // Its own thread beside those of the open run, which keep what they have.
  expect(page.workers().length).toBe(workers + 1);
  await expect(dialog).toContainText("Computed in one thread");

  await dialog.getByRole("combobox", { name: "And then" }).selectOption("the leader is cut off, then dies");
  await expect(tableOf(page).getByRole("row", { name: /^Changes of leader [1-9]/ })).toBeVisible(COMPUTED);
  // The conclusion is on the page without scrolling.
  await expect(tableOf(page).getByRole("row", { name: /^Changes of leader/ })).toBeInViewport({ ratio: 1 });
  const [lost = 0, ...kept] = await row(page, "Acknowledged writes lost");
  expect(lost).toBeGreaterThan(0);
  expect(kept).toEqual([0, 0]);
  const [asynchronous = 0, quorum = 0, synchronous = 0] = await row(page, "Write latency, p50");
  expect(asynchronous).toBeLessThan(quorum);
  expect(quorum).toBeLessThan(synchronous);
  const [, slow = 0, slowest = 0] = await row(page, "Unavailable");
  expect(slowest).toBeGreaterThan(slow);

  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "CSV" }).click();
  const csv = await readFile(await (await download).path(), "utf8");
  expect(csv.split("\n")[1]).toContain(`Asynchronous,`);
  expect(csv.split("\n")[1]).toContain(`,${lost},`);
});

test("a leader that was killed is compared from the beginning; the open run is as it was", async ({ page }) => {
  await openApp(page);
  await goLive(page);
  const first = await told(leader(page));
  await chooseVerb(page, leader(page), /^Kill/);
  await workersAre(page, 2);
  await expect(replica(page, first.name, /down/)).toBeVisible();
  await expect(leader(page)).toHaveCount(1);
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
  const [hash, at] = [await runHash(page), await virtualNow(page)];

  await page.keyboard.press("m");
  const dialog = dialogOf(page);
  await dialog.getByRole("button", { name: "Modes from the beginning" }).click();
  await expect(tableOf(page).getByRole("caption")).toContainText("from 0.000 s", COMPUTED);
  const [, quorum = 0, synchronous = 0] = await row(page, "Unavailable");
  expect(quorum).toBeGreaterThan(0);
  // One dead replica of three: nobody acknowledges at all copies any more.
  expect(synchronous).toBeGreaterThan(30);
  await expect(dialog.getByText(/the leader (is done to whoever leads|met the same replica)/)).toBeVisible();

  // The picture at any instant: before its death the killed one leads in every run.
  await dialog.getByRole("slider", { name: "Playhead of the compared runs" }).press("End");
  await expect(dialog.getByRole("img", { name: new RegExp(`^Synchronous: .*${first.name} is down`) })).toBeVisible();
  await dialog.getByRole("slider", { name: "Playhead of the compared runs" }).press("Home");
  await dialog.getByRole("combobox", { name: "Speed" }).selectOption("5×");
  await dialog.getByRole("button", { name: "Play" }).click();
  await expect(
    dialog.getByRole("img", { name: new RegExp(`^Synchronous: .*${first.name} leads term ${first.term}`) }),
  ).toBeVisible();

  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  expect(await runHash(page)).toBe(hash);
  await expect(clock(page)).toHaveText(`${at.toFixed(3)} s`);
});

for (const theme of ["light", "dark"] as const) {
  test(`axe finds nothing in the comparison, in the ${theme} theme`, async ({ page }) => {
    await openApp(page);
    if (theme === "dark") await page.keyboard.press("t");
    await page.keyboard.press("m");
    await dialogOf(page).getByRole("combobox", { name: "And then" }).selectOption("the leader is cut off, then dies");
    await expect(tableOf(page).getByRole("row", { name: /^Changes of leader [1-9]/ })).toBeVisible(COMPUTED);
    await expect(dialogOf(page).getByRole("img", { name: /^Quorum: r\d/ })).toBeVisible();
    const axe = new AxeBuilder({ page }).include("[role=dialog]").exclude("[data-base-ui-focus-guard]");
    const { violations } = await axe.analyze();
    expect(violations.map(({ id, nodes }) => ({ id, targets: nodes.map(({ target }) => target) }))).toEqual([]);
  });
}
