// Pause, step, speed, and other runs with the way back.

import {
  clock,
  cutNetwork,
  goLive,
  leader,
  openApp,
  openPanel,
  pause,
  replica,
  replicas,
  runHash,
  standing,
  startOtherRun,
  told,
  virtualNow,
  virtualSecondsPass,
  wall,
} from "./app.ts";
import { expect, test } from "./page.ts";

test("pauses, steps one event at a time, and goes on", async ({ page }) => {
  await openApp(page);
  await pause(page);
  const [hash, now] = [await runHash(page), await virtualNow(page)];
  await page.keyboard.press(".");
  await expect.poll(() => runHash(page)).not.toBe(hash);
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
  expect(await virtualNow(page)).toBeGreaterThanOrEqual(now);
  expect(await virtualNow(page)).toBeLessThan(now + 0.5);
  const stepped = await runHash(page);
  await page.getByRole("button", { name: "Step one event" }).click();
  await expect.poll(() => runHash(page)).not.toBe(stepped);
  await page.getByRole("button", { name: "Play" }).click();
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await expect.poll(() => virtualNow(page)).toBeGreaterThan(now + 0.1);
});

test("one key switches between watch and live; the ruler goes from 1/1000 to 100 times", async ({ page }) => {
  await openApp(page);
  const watch = page.getByRole("button", { name: "watch 1/20" });
  const live = page.getByRole("button", { name: "live 1×" });
  await expect(watch).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("w");
  await expect(live).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("w");
  await expect(watch).toHaveAttribute("aria-pressed", "true");

  const ruler = page.getByRole("slider", { name: "Speed" });
  await ruler.focus();
  await page.keyboard.press("Home");
  await expect(ruler).toHaveAttribute("aria-valuetext", /1\/1000|1\/1,000/);
  await page.keyboard.press("End");
  await expect(ruler).toHaveAttribute("aria-valuetext", /100/);
  const before = await virtualNow(page);
  await expect.poll(() => virtualNow(page)).toBeGreaterThan(before + 10);
});

test("five replicas are another run; undo brings the old one back to the bit", async ({ page }) => {
  await openApp(page);
  await goLive(page);
  await pause(page);
  const { hash, instant: now } = await standing(page);
  await startOtherRun(page, "Replicas", "5");
  await expect(replicas(page)).toHaveCount(5);
  await expect(page.getByText("Another run started.")).toBeVisible();
  expect(await runHash(page)).not.toBe(hash);
  await page.getByRole("heading", { name: "Replicascope" }).click();
  await page.keyboard.press("Control+z");
  await expect(replicas(page)).toHaveCount(3);
  await expect(clock(page)).toHaveText(now);
  await expect.poll(() => runHash(page)).toBe(hash);
  await page.keyboard.press("Control+Shift+z");
  await expect(replicas(page)).toHaveCount(5);
});

test("goes back over a crash, sees the dead replica alive, branches there, and switches back", async ({ page }) => {
  await openApp(page);
  await goLive(page);
  await expect(leader(page)).toHaveCount(1);
  const { name } = await told(leader(page).first());
  await page.keyboard.press("k");
  await expect(replica(page, name, "down")).toHaveCount(1);
  await virtualSecondsPass(page, 1.5);
  await pause(page);
  const { instant: end, hash: endHash } = await standing(page);

  const playhead = page.getByRole("slider", { name: "Playhead" });
  const box = await playhead.boundingBox();
  if (box === null) throw new Error("The axis is not on the page.");
  // The window shows the whole young run; its last fifteenth is room behind now.
  const xOf = (share: number) => box.x + box.width * 0.93 * share;
  await page.mouse.move(xOf(1), box.y + box.height / 2);
  await page.mouse.down();
  for (const share of [0.9, 0.8, 0.7, 0.6, 0.5]) await page.mouse.move(xOf(share), box.y + box.height / 2);
  await page.mouse.up();
  await expect(replica(page, name, "leader")).toHaveCount(1);
  expect(await virtualNow(page)).toBeLessThan(Number.parseFloat(end));

  await page.keyboard.press("e");
  await expect(clock(page)).toHaveText(end);
  await expect.poll(() => runHash(page)).toBe(endHash);
  await page.keyboard.press("b");
  await expect(clock(page)).not.toHaveText(end);

  await page.getByRole("button", { name: "Go to an instant" }).click();
  const field = page.getByRole("textbox", { name: "Go to the instant" });
  await field.fill("4.5");
  await field.press("Enter");
  await expect(clock(page)).toHaveText("4.500 s");
  await cutNetwork(page, "Leader and its clients");
  await expect(page.getByText(/^Another branch begins at 4\.500 s/)).toBeVisible();
  await expect(wall(page)).toBeVisible();

  await page.getByRole("button", { name: /^Branches: Cut the network/ }).click();
  await page
    .getByRole("dialog", { name: "Branches of this run" })
    .getByRole("button", { name: /^First run/ })
    .click();
  await expect(clock(page)).toHaveText(end);
  await expect.poll(() => runHash(page)).toBe(endHash);
  await expect(wall(page)).toHaveCount(0);
  await expect(replica(page, name, "down")).toHaveCount(1);

  await page.getByRole("heading", { name: "Replicascope" }).click();
  await page.keyboard.press("Control+z");
  await expect(wall(page)).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(clock(page)).toHaveText("4.500 s");
  await expect(wall(page)).toHaveCount(0);
});

test("steps one event back to the bit", async ({ page }) => {
  await openApp(page);
  await pause(page);
  const hashes = [await runHash(page)];
  for (let steps = 0; steps < 3; steps += 1) {
    await page.keyboard.press(".");
    await expect.poll(() => runHash(page)).not.toBe(hashes.at(-1));
    hashes.push(await runHash(page));
  }
  for (const hash of hashes.slice(0, -1).reverse()) {
    await page.keyboard.press(",");
    await expect.poll(() => runHash(page)).toBe(hash);
  }
});

test("runs to the next election, once somebody has killed the leader", async ({ page }) => {
  await openApp(page);
  await pause(page);
  const before = await virtualNow(page);
  await page.keyboard.press("k");
  await page.getByRole("button", { name: "Run to…" }).click();
  await page.getByRole("menuitem", { name: "Next election" }).click();
  await expect.poll(() => virtualNow(page)).toBeGreaterThan(before);
  expect(await virtualNow(page)).toBeLessThan(before + 3);
  await expect(replica(page, "r\\d", /candidate/)).toHaveCount(1);
});

test("another seed is another history", async ({ page }) => {
  await openApp(page);
  await pause(page);
  const settings = await openPanel(page, "Settings");
  const seed = settings.getByRole("textbox", { name: "Seed" });
  await seed.fill("7");
  await seed.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Start it" }).click();
  await expect(seed).toHaveValue("7");
  await expect(clock(page)).toHaveText("5.000 s");
  await expect(page.getByText("seed 7", { exact: true })).toBeVisible();
});

test("the sheet of keys opens on ?, lists them, and closes with Escape", async ({ page }) => {
  await openApp(page);
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keys" });
  await expect(sheet).toContainText("Kill the leader");
  await expect(sheet).toContainText("Restart the same run");
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
});

test("the theme changes by key and by menu", async ({ page }) => {
  await openApp(page);
  const html = page.locator("html");
  await expect(html).toHaveAttribute("data-theme", "light");
  await page.keyboard.press("t");
  await expect(html).toHaveAttribute("data-theme", "dark");
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("menuitemradio", { name: "Light" }).click();
  await expect(html).toHaveAttribute("data-theme", "light");
});
