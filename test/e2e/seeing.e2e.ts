// What replication does to search, as a person sees it: neighbours that are missing, the shop window, the map.

import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import {
  cutNetwork,
  fillProduct,
  goLive,
  lanternUmbrella,
  openApp,
  openPanel,
  pause,
  receipt,
  search,
  standing,
} from "./app.ts";
import { expect, test } from "./page.ts";

// Axe looks at whole pages, and a loaded machine takes its time.
test.describe.configure({ timeout: 180_000 });

async function axeFindsNothing(page: Page, state: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).exclude("[data-base-ui-focus-guard]").analyze();
  const found = violations.map(({ id, nodes }) => ({ id, targets: nodes.map(({ target }) => target) }));
  expect(found, state).toEqual([]);
}

async function openShop(page: Page): Promise<Locator> {
  await page.getByRole("tab", { name: "Shop" }).click();
  return page.getByRole("tabpanel", { name: "Shop" });
}

/** Types an instant into the clock. */
async function goTo(page: Page, instant: string): Promise<void> {
  await page.getByRole("button", { name: "Go to an instant" }).click();
  const field = page.getByRole("textbox", { name: "Go to the instant" });
  await field.fill(instant.replace(" s", ""));
  await field.press("Enter");
}

/** Asynchronous, with the leader and its client on one side: what is written there no other replica has. */
async function cutTheLeaderOff(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Async/ }).click();
  await cutNetwork(page, "Leader and its clients");
}

async function writeUmbrella(page: Page): Promise<void> {
  const panel = await openPanel(page, "Write");
  await fillProduct(panel, lanternUmbrella);
  await panel.getByRole("button", { name: "Write it" }).click();
  await expect(receipt(page, "c1 puts Lighthouse umbrella")).toContainText("1 of 3 copies");
}

test("a write behind the wall: the others miss it, and the recall says so, live and looking back", async ({ page }) => {
  await openApp(page);
  await goLive(page);
  await cutTheLeaderOff(page);
  await writeUmbrella(page);
  const table = await search(page, "lantern for zeppelin spotters");
  // Once another leads, the write is lost: red. Until then it is missing: amber.
  const row = table.getByRole("row", { name: /^1 Lighthouse umbrella/ });
  await expect(row).toHaveAccessibleName(/ 1 .*(missing|lost).*(missing|lost)/);
  await expect(table.getByRole("row", { name: /^recall@5 [45]\/5 [0-4]\/5 [0-4]\/5$/ })).toBeVisible();
  const lines = page.getByRole("list", { name: "What differs" });
  await expect(lines.getByRole("listitem").nth(1)).toHaveText(/^r2: .*\d (missing|lost)/);
  // The field has the keyboard: Space would be a letter.
  await page.getByRole("button", { name: "Pause" }).click();
  await standing(page);
  const told = await lines.getByRole("listitem").allInnerTexts();

  await page.getByRole("spinbutton", { name: /Neighbours to ask for/ }).fill("50");
  await expect(table.getByRole("row", { name: /^recall@50/ })).toBeVisible();
  await page.getByRole("checkbox", { name: "differences only" }).check();
  await expect(table.getByText(/rows? (is|are) not shown: the replicas that run agree on (it|them)\./)).toBeVisible();
  await expect(row).toBeVisible();
  await page.getByRole("button", { name: "Answers as wide as the page" }).click();
  const dialog = page.getByRole("dialog", { name: /^Every replica’s answer/ });
  await expect(dialog.getByRole("row", { name: /^1 Lighthouse umbrella/ })).toBeVisible();
  await axeFindsNothing(page, "wide answers");
  await page.keyboard.press("Escape");

  // Before the write nobody missed it; back at the end the table is as it was.
  await page.getByRole("spinbutton", { name: /Neighbours to ask for/ }).fill("5");
  await expect(lines.getByRole("listitem")).toHaveText(told);
  const { instant } = await standing(page);
  await goTo(page, "5.2");
  await expect(table.getByRole("row", { name: /Lighthouse umbrella/ })).toHaveCount(0);
  await goTo(page, instant);
  await expect(lines.getByRole("listitem")).toHaveText(told);
});

test("a client asks for real under a quorum policy, and the page says who took part", async ({ page }) => {
  await openApp(page);
  await goLive(page);
  const settings = await openPanel(page, "Settings");
  await settings.getByRole("combobox", { name: "Who may answer" }).selectOption("quorum");
  await search(page, "sharp kitchen knife");
  const customer = page.getByRole("region", { name: "What a customer gets" });
  await expect(customer.getByText(/all replicas are asked, the first R answers count/)).toBeVisible();
  await customer.getByRole("button", { name: "Let c1 ask for real" }).click();
  const answer = customer.getByRole("list", { name: "Answers to clients, newest first" }).getByRole("listitem").first();
  await expect(answer).toContainText(/r\d answered with 5 neighbours after \d+ ms/);
  await expect(answer).toContainText(/r\d asked everybody; the first 2 were r\d and r\d\./);
  await expect(answer).toContainText(/recall \d+ %/);
});

test("the shop window, answered by a stale replica, still recommends what was deleted", async ({ page }) => {
  await openApp(page);
  await goLive(page);
  const shop = await openShop(page);
  const shelf = shop.getByRole("list", { name: "You might also like" });
  await expect(shop.getByText(/^Right\. r1 recommends what it should\.$/)).toBeVisible();
  await expect(shop.getByText("served right")).toBeVisible();
  const first = (await shelf.getByRole("button").first().locator(".shop-name").innerText()).trim();

  await cutTheLeaderOff(page);
  const panel = await openPanel(page, "Write");
  const items = panel.getByRole("combobox", { name: "Item" });
  await items.focus();
  const option = await items.getByRole("option", { name: first }).first().getAttribute("value");
  await items.selectOption(option);
  await panel.getByRole("button", { name: "Delete it" }).click();
  await expect(receipt(page, "c1 deletes")).toContainText("acknowledged");

  await openShop(page);
  await shop.getByRole("combobox", { name: "From" }).selectOption("r2 alone");
  await expect(shelf.getByRole("listitem").filter({ hasText: first })).toContainText("deleted");
  await expect(shop.getByRole("status")).toContainText("Wrong.");
  await expect(shop.getByText(/still recommends/)).toBeVisible();
  await axeFindsNothing(page, "shop, light");

  await page.keyboard.press("k");
  // Whoever led may be another by now: one of them is down, and its shelf says so.
  const from = shop.getByRole("combobox", { name: "From" });
  const down = shop.getByText(/^Empty\. r\d is down: the shelf stays empty\.$/);
  await expect(async () => {
    for (const name of ["r1", "r2", "r3"]) {
      await from.selectOption(`${name} alone`);
      if (await down.isVisible()) break;
    }
    await expect(down).toBeVisible();
  }).toPass();
  await page.keyboard.press("t");
  await axeFindsNothing(page, "shop, dark");
});

test("the map: who is behind, by keyboard and by list", async ({ page }) => {
  await openApp(page);
  await goLive(page);
  await page.keyboard.press("v");
  const map = page.getByRole("region", { name: "Map of what the replicas hold" });
  await expect(map.getByRole("button", { name: /^r1 leads term 1/ })).toBeVisible();
  await expect(map.getByRole("img", { name: /^Map of r3: \d+ held/ })).toBeVisible();

  await cutTheLeaderOff(page);
  await expect(map.getByText("cut off from each other")).toBeVisible();
  await expect(map.getByRole("button", { name: /^r1 .*\d+ behind/ })).toBeVisible();
  await expect(map.getByRole("button", { name: /^r2 .*\d+ (behind|lost)/ })).toBeVisible();
  await pause(page);

  const large = map.getByRole("application", { name: "Large map" });
  await large.focus();
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await expect(map.getByText(/^Zoomed in 2.* times$/)).toBeAttached();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tabpanel", { name: "Search" }).getByText(/^similar to /)).toBeVisible();
  await page.keyboard.press("0");
  await expect(map.getByText(/^Zoomed in /)).toHaveCount(0);

  const list = map.getByRole("region", { name: "Items of the map" });
  const item = list.getByRole("listitem").first().getByRole("button");
  const name = (await item.locator(".map-item-name").innerText()).trim();
  await item.click();
  await expect(page.getByText(`similar to ${name}`)).toBeVisible();
  await axeFindsNothing(page, "map, light");

  await page.keyboard.press("t");
  await axeFindsNothing(page, "map, dark");
  await page.reload();
  await expect(map).toBeVisible();
});

test.describe("390x844", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("map and shop have room on a phone", async ({ page }) => {
    await openApp(page);
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("menuitem", { name: "Show or hide the map of the embeddings" }).click();
    const map = page.getByRole("region", { name: "Map of what the replicas hold" });
    await expect(map.getByRole("img", { name: /^Map of r1: \d+ held/ })).toBeAttached();
    const shop = await openShop(page);
    await expect(shop.getByRole("list", { name: "You might also like" })).toBeAttached();
    const { scrollWidth, clientWidth } = await page.evaluate(() => {
      const { scrollWidth: wide, clientWidth: room } = document.documentElement;
      return { scrollWidth: wide, clientWidth: room };
    });
    expect(scrollWidth).toBe(clientWidth);
    await axeFindsNothing(page, "phone");
  });
});
