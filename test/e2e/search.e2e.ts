// Search: the same question to every replica, beside the truth.

import {
  answers,
  chooseVerb,
  clock,
  goLive,
  openApp,
  openPanel,
  replica,
  search,
  startOtherRun,
  virtualSecondsPass,
} from "./app.ts";
import { expect, test } from "./page.ts";

test("answers a question in words, one column per replica, and goes on from an item", async ({ page }) => {
  await openApp(page);
  await page.keyboard.press("/");
  await expect(page.getByRole("textbox", { name: "Search products in words" })).toBeFocused();
  await page.keyboard.type("warm jacket for rain");
  const table = answers(page);
  await expect(table.getByRole("columnheader")).toHaveText(["the true top 5", "r1", "r2", "r3"]);
  const first = table.getByRole("row", { name: /^1 / });
  await expect(first).toContainText(/jacket/i);
  await expect(table.getByRole("row", { name: /^recall@5 5\/5 5\/5 5\/5$/ })).toBeVisible();

  const item = first.getByRole("button", { name: /search similar/ });
  const name = (await item.innerText()).split("\n")[0]?.replace(/:.*/, "").trim() ?? "";
  await item.click();
  await expect(page.getByText(`similar to ${name}`)).toBeVisible();
  await expect(table.getByRole("row", { name: new RegExp(`^1 ${name}`) })).toBeVisible();
  await page.getByRole("button", { name: "Ask something else" }).click();
  await expect(table).toHaveCount(0);
});

test("shows a dead replica's column as down, and what it missed after its restart", async ({ page }) => {
  await openApp(page);
  await goLive(page);
  const table = await search(page, "waterproof trail running shoe");
  await chooseVerb(page, replica(page, "r3"), /^Kill/);
  await expect(table.getByRole("columnheader", { name: "r3 down" })).toBeVisible();
  await expect(table.getByRole("cell", { name: "down" }).first()).toBeAttached();
  await virtualSecondsPass(page, 1);
  await chooseVerb(page, replica(page, "r3", "down"), "Restart");
  await expect(table.getByRole("columnheader", { name: "r3", exact: true })).toBeVisible();
  await expect(table.getByRole("row", { name: /^recall@5 5\/5 5\/5 5\/5$/ })).toBeVisible();
});

test("says beside the field why a question cannot be asked", async ({ page }) => {
  await openApp(page);
  const panel = await openPanel(page, "Search");
  const field = panel.getByRole("textbox", { name: /^Search/ });
  await field.fill("?!");
  await field.press("Enter");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(/\w+/);
  const before = await clock(page).innerText();
  await expect(clock(page)).not.toHaveText(before);
});

test("colours: another run after one sentence, and tomato's neighbours look like tomato", async ({ page }) => {
  await openApp(page);
  await startOtherRun(page, "Data set", "Colours");
  const table = await search(page, "tomato");
  const rows = table.getByRole("rowgroup").nth(1).getByRole("row");
  await expect(rows.first()).toHaveAccessibleName(/^1 tomato.* 1 1 1$/);
  const names = await rows.getByRole("button").allInnerTexts();
  expect(names.join(" ")).toMatch(/coral|salmon|orangered|indianred/);
  await expect(page.getByText("distance in OKLab")).toBeVisible();

  const field = page.getByRole("textbox", { name: "Search for a colour" });
  await field.fill("not a colour");
  await field.press("Enter");
  await expect(field).toHaveAttribute("aria-invalid", "true");
});
