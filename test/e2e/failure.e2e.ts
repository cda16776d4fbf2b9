// An exception inside a replica's worker: provoked in the worker itself, as the browser's console could do it.

import type { Page } from "@playwright/test";
import { clock, openApp, workerOf, workersAre } from "./app.ts";
import { expect, test } from "./page.ts";

/** The banner names replica, time and seed; the page lives; the restart brings a whole cluster back. */
async function isToldAndMended(page: Page, name: string, message: string): Promise<void> {
  const banner = page.getByRole("alert");
  await expect(banner).toContainText(`Replica ${name} failed at virtual 5.`);
  await expect(banner).toContainText(message);
  await expect(banner).toContainText("Seed 47");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await page.keyboard.press("Escape");
  await banner.getByRole("button", { name: "Restart this run" }).click();
  await expect(banner).toHaveCount(0);
  await workersAre(page, 3);
  const now = await clock(page).innerText();
  await expect(clock(page)).not.toHaveText(now);
}

test("in a replica's step: the run stops, is told and can be restarted", async ({ page }) => {
  await openApp(page);
  const worker = await workerOf(page, "r2");
  await worker.evaluate(() => {
    // The replica draws its next election timeout with it.
    Math.floor = () => {
      throw new Error("provoked in the step");
    };
  });
  await isToldAndMended(page, "r2", "provoked in the step");
});

test("outside any step: the worker's error event stops the run, is told and can be restarted", async ({
  page,
  mishaps,
}) => {
  await openApp(page);
  const worker = await workerOf(page, "r3");
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error("provoked in the worker");
    });
  });
  await isToldAndMended(page, "r3", "provoked in the worker");
  expect(mishaps.every((mishap) => mishap.includes("provoked in the worker"))).toBe(true);
  mishaps.length = 0;
});

test("a worker's script that cannot be loaded is told as a failure, not as a spinner", async ({ page, mishaps }) => {
  await openApp(page);
  await page.route(/runWorker/, (route) => route.abort());
  await page.keyboard.press("k");
  await page.getByRole("button", { name: /^replica r1, down/ }).click();
  await page.getByRole("menuitem", { name: "Restart" }).click();
  await expect(page.getByRole("alert")).toContainText("Replica r1 failed");
  mishaps.length = 0;
});
