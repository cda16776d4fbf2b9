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
  messageOn,
  onCard,
  openApp,
  openPanel,
  pause,
  receipt,
  replica,
  stepUntilUnderWay,
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

test("a message on its way is dropped by keyboard, from the list of its link", async ({ page }) => {
  await openApp(page);
  await pause(page);
  const link = page.getByRole("button", { name: /^link r1 to r2/ });
  await stepUntilUnderWay(page, link);
  await link.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: /^Messages on the way: [1-9]/ }).press("ArrowRight");
  const listed = page.getByRole("menuitem", { name: /to go$/ }).first();
  await expect(listed).toBeVisible();
  await listed.press("ArrowRight");
  await page.getByRole("menuitem", { name: "Drop it" }).press("Enter");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect((await events(page)).filter({ hasText: "You dropped a message" })).toHaveCount(1);
});

test("a message is found under the pointer, and time waits for the choice", async ({ page }) => {
  await openApp(page);
  await pause(page);
  const link = page.getByRole("button", { name: /^link r1 to r2/ });
  await stepUntilUnderWay(page, link);
  const menu = page.getByRole("menu", { name: /^Verbs for the message/ });
  await expect(async () => {
    // The last step may still be on its way to the picture: then the message has left where it was found.
    await page.keyboard.press("Escape");
    const at = await messageOn(page, link);
    await page.mouse.click(at.x, at.y);
    await expect(menu).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await menu.getByRole("menuitem", { name: "Duplicate it" }).click();
  await expect((await events(page)).filter({ hasText: "You sent a message twice" })).toHaveCount(1);
});

test("while messages are too quick the next one of a link is delayed from its menu", async ({ page }) => {
  await openApp(page);
  await goLive(page);
  await page.getByRole("button", { name: /^link r1 to r2/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Next message r1 → r2…" }).click();
  await page.getByRole("menuitem", { name: "Delay it by 1.0 s" }).click();
  await expect((await events(page)).filter({ hasText: "You held a message back by 1.0 s" })).toHaveCount(1);
});

test("a link gets a latency of its own by distribution, one way, and shows that it is slow", async ({ page }) => {
  await openApp(page);
  await goLive(page);
  await page.getByRole("button", { name: /^link r1 to r3/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Latency, loss, bandwidth…" }).click();
  await page.getByRole("menuitem", { name: "r1 → r3", exact: true }).click();
  const section = page.getByRole("region", { name: "One link" });
  await expect(section.getByRole("combobox", { name: "From" })).toBeFocused();
  await section.getByRole("combobox", { name: "Distribution" }).selectOption("Pareto, a long tail");
  await section.getByRole("textbox", { name: "Scale, the shortest" }).fill("60");
  await expect(section.getByText(/999 of 1,000 within/)).toBeVisible();
  await expect(section.getByText("This direction has its own numbers.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^link r1 to r3, [\d.]+ times slower$/ })).toBeVisible();
  await section.getByRole("button", { name: "As the rest" }).click();
  await expect(page.getByRole("button", { name: "link r1 to r3, healthy" })).toBeVisible();
});

test("a paused and a slow replica say so on the stage, and what was paused for a time goes on by itself", async ({
  page,
}) => {
  await openApp(page);
  await goLive(page);
  await chooseVerb(page, replica(page, "r3"), "All of it in numbers…");
  const machine = page.getByRole("dialog", { name: "The machine of r3" });
  await machine.getByRole("textbox", { name: "Times as slow" }).fill("4");
  await machine.getByRole("button", { name: "Pause for that long" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: /^replica r3, .*paused, 4 times as slow/ })).toContainText(
    "paused, slow ×4",
  );
  await expect(page.getByRole("button", { name: /^replica r3, (?!.*paused).*4 times as slow/ })).toBeVisible();
  await expect((await events(page)).filter({ hasText: "r3 goes on: its pause is over" })).toHaveCount(1);
});

test("a game day kills a replica again and again, is seen on the stage, and ends where it is seen", async ({
  page,
}) => {
  await openApp(page);
  await goLive(page);
  await page.keyboard.press("g");
  const dialog = page.getByRole("dialog", { name: "Game day" });
  await dialog.getByRole("textbox", { name: "Every" }).fill("2");
  await dialog.getByRole("textbox", { name: "Mended after" }).fill("0.5");
  await dialog.getByRole("button", { name: "Start" }).click();
  const tag = page.getByRole("button", { name: /^Stop the game day: kill a replica every 2\.0 s/ });
  await expect(tag).toBeVisible();
  await expect(page.getByRole("button", { name: /^Stop the game day: .* 2 so far$/ })).toBeVisible();
  await workersAre(page, 3);
  await tag.click();
  await expect(tag).toHaveCount(0);
  const feed = await events(page);
  await expect(feed.filter({ hasText: /^.*Game day: r\d is killed/ })).not.toHaveCount(0);
  await expect(feed.filter({ hasText: "You ended the game day" })).toHaveCount(1);
});
