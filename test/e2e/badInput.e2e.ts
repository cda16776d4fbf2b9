// What cannot be understood is answered beside its field, and the run goes on untouched.

import type { Locator, Page } from "@playwright/test";
import { clock, openApp, openPanel } from "./app.ts";
import { expect, test } from "./page.ts";

async function goesOn(page: Page): Promise<void> {
  const now = await clock(page).innerText();
  await expect(clock(page)).not.toHaveText(now);
  await expect(page.getByRole("alert")).toHaveCount(0);
}

async function isRefused(field: Locator, text: string, message: RegExp): Promise<void> {
  await field.fill(text);
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(message);
}

test("settings: a latency below zero, a loss above all, words for a number", async ({ page }) => {
  await openApp(page);
  const settings = await openPanel(page, "Settings");
  const network = settings.getByRole("region", { name: "Network, one way" });
  const latency = network.getByRole("textbox", { name: "Latency" });
  await isRefused(latency, "-5", /too small/);
  await isRefused(network.getByRole("textbox", { name: "Loss" }), "120", /too large/);
  await isRefused(network.getByRole("textbox", { name: "Jitter" }), "some", /is a number from/);
  await isRefused(settings.getByRole("textbox", { name: "Heartbeat" }), "200", /more often/);
  await isRefused(settings.getByRole("textbox", { name: "Writes" }), "1e9", /too large/);
  await goesOn(page);
  await latency.fill("20");
  await expect(latency).toHaveAttribute("aria-invalid", "false");
});

test("settings: a seed that is none", async ({ page }) => {
  await openApp(page);
  const settings = await openPanel(page, "Settings");
  const seed = settings.getByRole("textbox", { name: "Seed" });
  await seed.fill("seven");
  await settings.getByRole("button", { name: "Start" }).click();
  await expect(seed).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await goesOn(page);
});

test("write: an empty name, no category, a price in words, a name without a letter", async ({ page }) => {
  await openApp(page);
  const panel = await openPanel(page, "Write");
  const write = panel.getByRole("button", { name: "Write it" });
  await write.click();
  await expect(panel.getByRole("textbox", { name: "Name" })).toHaveAccessibleDescription(/Give it a name/);
  await expect(panel.getByRole("combobox", { name: "Category" })).toHaveAccessibleDescription(/Choose a category/);
  await panel.getByRole("textbox", { name: "Name" }).fill("Kettle");
  await panel.getByRole("combobox", { name: "Category" }).selectOption("Kitchen");
  await panel.getByRole("textbox", { name: "Price, €" }).fill("cheap");
  await write.click();
  await expect(panel.getByRole("textbox", { name: "Price, €" })).toHaveAccessibleDescription(/A price is a number/);
  await expect(page.getByText("None yet.")).toBeVisible();
  await goesOn(page);
});

test("partition: everyone on one side cuts nothing, and says so", async ({ page }) => {
  await openApp(page);
  await page.keyboard.press("p");
  const dialog = page.getByRole("dialog", { name: "Cut the network" });
  for (const name of ["r1", "c1"]) await dialog.getByRole("radio", { name: `${name} on side B` }).check();
  await expect(dialog).toContainText("nothing would be cut");
  await expect(dialog.getByRole("button", { name: "Cut the network" })).toBeDisabled();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await goesOn(page);
});
