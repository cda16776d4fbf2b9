// What the page shows within two seconds of its load, and that the same address shows the same run.

import type { Page } from "@playwright/test";
import {
  clock,
  counter,
  headline,
  leader,
  onCard,
  openApp,
  pause,
  replica,
  replicas,
  runHash,
  standing,
  told,
  virtualNow,
  workersAre,
} from "./app.ts";
import { expect, test } from "./page.ts";

test("opens on a running cluster with a leader, its products and its clients at work", async ({ page }) => {
  await openApp(page);
  expect(await virtualNow(page)).toBeGreaterThanOrEqual(5);
  await expect(replicas(page)).toHaveCount(3);
  await expect(leader(page)).toHaveCount(1);
  expect(await told(leader(page))).toEqual({ name: "r1", term: 1 });
  await expect(replica(page, "r[23]", /follower of r1, term 1/)).toHaveCount(2);
  for (const figure of await replicas(page).all()) expect(await onCard(figure, "vectors")).toBeGreaterThan(230);
  await expect(headline(page)).toContainText("r1 leads term 1");
  expect(await counter(page, "acknowledged")).toBeGreaterThan(10);
  expect(await counter(page, "lost")).toBe(0);
  await workersAre(page, 3);
});

test("gives each replica a worker of its own under the replica's name, and one to the event loop", async ({ page }) => {
  await openApp(page);
  const names = await Promise.all(page.workers().map((worker) => worker.evaluate(() => self.name)));
  expect(names.sort()).toEqual(["event loop", "r1", "r2", "r3"]);
});

test("goes on by itself: time, messages, acknowledgements", async ({ page }) => {
  await openApp(page);
  const before = await counter(page, "acknowledged");
  await page.keyboard.press("w");
  await expect.poll(() => counter(page, "acknowledged")).toBeGreaterThan(before + 3);
  await expect(clock(page)).toHaveText(/^[6-9]\./);
});

test("is the same run for everybody who opens it", async ({ page, browser }) => {
  const opening = async (one: Page) => {
    await openApp(one);
    await pause(one);
    // The hash beside the clock follows a moment later: it is that of the opening once it is not the one before.
    const { hash: later } = await standing(one);
    await one.keyboard.press("r");
    await expect(clock(one)).toHaveText("5.000 s");
    await expect.poll(() => runHash(one)).not.toBe(later);
    return (await standing(one)).hash;
  };
  const other = await browser.newContext();
  const first = await opening(page);
  expect(await opening(await other.newPage())).toBe(first);
  await other.close();
});
