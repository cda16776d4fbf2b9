// Killing, restarting, cutting and healing.

import {
  chooseVerb,
  counter,
  cutNetwork,
  events,
  fillProduct,
  goLive,
  headline,
  lanternUmbrella,
  leader,
  onCard,
  openApp,
  openPanel,
  pause,
  receipt,
  replica,
  told,
  virtualSecondsPass,
  wall,
  workersAre,
} from "./app.ts";
import { expect, test } from "./page.ts";

test("kills the leader from its menu and elects another within ten seconds of watching", async ({ page }) => {
  await openApp(page);
  await chooseVerb(page, leader(page), /^Kill/);
  await workersAre(page, 2);
  await expect(replica(page, "r1", "down")).toBeVisible();
  await expect(leader(page)).toHaveCount(1, { timeout: 10_000 });
  expect((await told(leader(page))).term).toBeGreaterThan(1);
});

test("kills the leader by key, starts it again, and it catches up from its disk", async ({ page }) => {
  await openApp(page);
  await goLive(page);
  await page.keyboard.press("k");
  await workersAre(page, 2);
  await expect(replica(page, "r1", "down")).toBeVisible();
  await expect(leader(page)).toHaveCount(1);
  const { name, term } = await told(leader(page));
  expect(name).not.toBe("r1");
  expect(term).toBeGreaterThan(1);
  await virtualSecondsPass(page, 1);

  await chooseVerb(page, replica(page, "r1", "down"), "Restart");
  await workersAre(page, 3);
  const back = replica(page, "r1", new RegExp(`follower of ${name}, term ${term}`));
  await expect(back).toBeVisible();
  await expect(back).toContainText("in step");
  const [ofBack, ofLeader] = [await onCard(back, "vectors"), await onCard(leader(page), "vectors")];
  expect(Math.abs(ofBack - ofLeader)).toBeLessThan(5);
  await expect((await events(page)).filter({ hasText: /r1.*follows/ }).first()).toBeVisible();
});

test("elects nobody without a majority, and says so", async ({ page }) => {
  await openApp(page);
  await goLive(page);
  await page.keyboard.press("k");
  await expect(headline(page)).toContainText(/r[23] leads term \d without r1/);
  await page.keyboard.press("k");
  await workersAre(page, 1);
  await expect(headline(page)).toContainText("nobody can be elected");
  await virtualSecondsPass(page, 1);
  await expect(leader(page)).toHaveCount(0);
});

test("cut off with its clients, a leader acknowledges nothing in quorum mode; healing rolls it back and loses nothing", async ({
  page,
}) => {
  await openApp(page);
  const panel = await openPanel(page, "Write");
  await fillProduct(panel, lanternUmbrella);
  await goLive(page);
  await pause(page);
  await cutNetwork(page, "Leader and its clients");
  await expect(wall(page)).toBeVisible();
  const minority = replica(page, "r1");
  const committed = await onCard(minority, "commit");
  // Asked in the instant of the cut, while its client still takes r1 for the leader.
  await panel.getByRole("button", { name: "Write it" }).click();
  await page.getByRole("button", { name: "Play" }).click();
  await expect(receipt(page, "c1 puts Lighthouse umbrella")).toContainText("1 of 3 copies");

  await expect(leader(page)).toHaveCount(1);
  await expect(replica(page, "r1", "leader, stale, term 1")).toBeVisible();
  await expect(headline(page)).toContainText("Two leaders");
  const majority = await onCard(leader(page), "commit");
  await expect.poll(() => onCard(leader(page), "commit")).toBeGreaterThan(majority);
  await expect(receipt(page, "c1 puts Lighthouse umbrella")).toContainText("outcome unknown, not failed");
  expect(await onCard(minority, "commit")).toBe(committed);

  await wall(page).click();
  await expect(wall(page)).toHaveCount(0);
  await expect(replica(page, "r1", /follower of r[23]/)).toContainText("in step");
  await expect((await events(page)).filter({ hasText: "r1 rolled back" }).first()).toBeVisible();
  expect(await counter(page, "lost")).toBe(0);
  await expect(page.getByRole("status", { name: "Verdict: No acknowledged write lost" })).toBeVisible();
});

test("in asynchronous mode the writes that a cut-off leader acknowledged are lost on healing, and counted", async ({
  page,
}) => {
  await openApp(page);
  await goLive(page);
  await page.getByRole("button", { name: /^Async/ }).click();
  await expect(headline(page)).toContainText("its own copy");
  await cutNetwork(page, "Leader and its clients");
  await expect(replica(page, "r1", /leader, stale.*acknowledged writes will be rolled back/)).toBeVisible();
  await expect(page.getByRole("status", { name: /^Verdict: not promised by asynchronous/ })).toBeVisible();

  await page.keyboard.press("h");
  await expect(wall(page)).toHaveCount(0);
  await expect.poll(() => counter(page, "lost")).toBeGreaterThan(0);
  await expect(replica(page, "r1", /follower of r[23]/)).toBeVisible();
  await expect(
    page.getByRole("status", {
      name: /^Verdict: not promised by asynchronous replication: \d+ acknowledged writes? lost$/,
    }),
  ).toBeVisible();
  await expect((await events(page)).filter({ hasText: "lost" }).first()).toBeVisible();
});

test("isolates one replica and cuts one link from the stage", async ({ page }) => {
  await openApp(page);
  await goLive(page);
  await chooseVerb(page, replica(page, "r3"), "Isolate");
  await expect(page.getByRole("button", { name: /^link r1 to r3, cut/ })).toBeVisible();
  await expect(headline(page)).toContainText("r3 is cut off");
  await page.keyboard.press("h");
  await expect(page.getByRole("button", { name: "link r1 to r3, healthy" })).toBeVisible();

  await page.getByRole("button", { name: /^link r1 to r2/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Cut both ways" }).click();
  await expect(page.getByRole("button", { name: /^link r1 to r2, cut/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /^link r1 to r3, healthy/ })).toBeVisible();
});

test("a line dragged across the links cuts them", async ({ page }) => {
  await openApp(page);
  const stage = await page.getByRole("group", { name: /^Cluster of/ }).boundingBox();
  if (stage === null) throw new Error("The stage has no box.");
  const [y, left, right] = [stage.y + stage.height * 0.5, stage.x + stage.width * 0.1, stage.x + stage.width * 0.9];
  await page.mouse.move(left, y);
  await page.mouse.down();
  await page.mouse.move((left + right) / 2, y, { steps: 5 });
  await page.mouse.move(right, y, { steps: 5 });
  await page.mouse.up();
  await expect(page.getByRole("button", { name: /^link r1 to r2, cut/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /^link r1 to r3, cut/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "link r2 to r3, healthy" })).toHaveCount(1);
});
