// The space-time diagram: an election is watched on it, a vote is chosen, and "why?" says what led to it.

import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { cutNetwork, goLive, leader, openApp, openPanel, pause, told, virtualNow } from "./app.ts";
import { expect, test } from "./page.ts";

/** The diagram. */
function diagram(page: Page): Locator {
  return page.getByRole("region", { name: "Space-time diagram" });
}

/** The event of the diagram's list that says this. */
function listed(page: Page, words: RegExp): Locator {
  return diagram(page).getByRole("list", { name: "Events in the window" }).getByRole("button", { name: words }).last();
}

/** Kills the leader and stops once another leads; tells who was killed. */
async function election(page: Page): Promise<string> {
  const old = await told(leader(page));
  await goLive(page);
  await page.keyboard.press("k");
  await expect.poll(async () => (await told(leader(page))).term).toBeGreaterThan(old.term);
  await pause(page);
  return old.name;
}

test("during an election a vote is chosen, gone to, and explained down to who was killed", async ({ page }) => {
  await openApp(page);
  const killed = await election(page);
  await page.getByRole("button", { name: "Space-time diagram" }).click();
  for (let zoom = 0; zoom < 4; zoom += 1) await diagram(page).getByRole("button", { name: "Zoom out" }).click();
  const vote = listed(page, /r\d votes for r\d in term/);
  const at = Number.parseFloat(await vote.innerText());
  await vote.click();
  await diagram(page).getByRole("button", { name: "Go there" }).click();
  await expect.poll(() => virtualNow(page)).toBeCloseTo(at, 2);
  await diagram(page).getByRole("button", { name: "Why?", exact: true }).click();
  const why = diagram(page).getByRole("region", { name: "Why" });
  await expect(why).toContainText(/voted for r\d in term \d+, because r\d asked for votes/);
  await expect(why).toContainText(new RegExp(`heard nothing from ${killed} for \\d+ ms`));
  await why
    .getByRole("button", { name: new RegExp(`You killed ${killed}`) })
    .first()
    .click();
  await expect(listed(page, new RegExp(`You killed ${killed}`))).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("d");
  await expect(diagram(page)).toHaveCount(0);
});

test("the feed is asked why another leads: the wall", async ({ page }) => {
  await openApp(page);
  const old = await told(leader(page));
  await cutNetwork(page, "Leader and its clients");
  await goLive(page);
  await expect.poll(async () => (await told(leader(page))).term).toBeGreaterThan(old.term);
  await pause(page);
  const events = await openPanel(page, "Events");
  await events
    .getByRole("button", { name: /^Why\? r\d leads term/ })
    .first()
    .click();
  const why = diagram(page).getByRole("region", { name: "Why" });
  await expect(why).toContainText(new RegExp(`messages? from ${old.name} to r\\d (was|were) lost: the link is cut`));
  await expect(why).toContainText(/You cut/i);
  await why.getByRole("button", { name: "Close" }).click();
  await expect(why).toHaveCount(0);
});

test("what is to be seen is saved as a picture, and the run as a log for ShiViz", async ({ page }) => {
  await openApp(page);
  await pause(page);
  await page.keyboard.press("d");
  await expect(diagram(page).getByRole("slider", { name: "Window of the space-time diagram" })).toHaveAttribute(
    "aria-valuetext",
    /from \d+\.\d+ to \d+\.\d+ seconds/,
  );
  await diagram(page).getByRole("button", { name: "Export" }).click();
  const saved = async (name: string) => {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      diagram(page).getByRole("button", { name, exact: true }).click(),
    ]);
    return { name: file.suggestedFilename(), content: await readFile(await file.path()) };
  };
  const svg = await saved("SVG");
  expect(svg.name).toMatch(/^replicascope-space-time-.*\.svg$/);
  expect(svg.content.toString()).toMatch(/^<svg[\s\S]*>r1<\/text>[\s\S]*<\/svg>\s*$/);
  const png = await saved("PNG");
  expect(png.content.subarray(1, 4).toString()).toBe("PNG");
  const log = await saved("ShiViz log");
  expect(log.content.toString()).toMatch(/^r\d \{"r\d":1\}\n0\.\d+ s /);
  await expect(page.getByText(/Give ShiViz this expression/)).toBeVisible();
});
