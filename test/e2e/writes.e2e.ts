// Writes of one's own, and what each mode makes of them.

import {
  answers,
  chooseVerb,
  counter,
  fillProduct,
  goLive,
  headline,
  lanternUmbrella,
  openApp,
  openPanel,
  receipt,
  replica,
  search,
} from "./app.ts";
import { expect, test } from "./page.ts";

test("a product of one's own is acknowledged, copied to all, found, updated and deleted", async ({ page }) => {
  await openApp(page);
  await goLive(page);
  const panel = await openPanel(page, "Write");
  await fillProduct(panel, lanternUmbrella);
  await panel.getByRole("button", { name: "Write it" }).click();
  const written = receipt(page, "c1 puts Lighthouse umbrella");
  await expect(written).toContainText(/acknowledged after \d+ ms/);
  await expect(written).toContainText("3 of 3 copies");
  await expect(written).toContainText(/entry \d+ of term 1/);
  await expect(panel.getByRole("textbox", { name: "Name" })).toHaveValue("");

  const table = await search(page, "lantern for zeppelin spotters");
  await expect(table.getByRole("row", { name: /^1 Lighthouse umbrella.* 1 1 1$/ })).toBeVisible();

  await openPanel(page, "Write");
  const items = panel.getByRole("combobox", { name: "Item" });
  await items.focus();
  await items.selectOption("Lighthouse umbrella (my-1)");
  await expect(panel.getByRole("textbox", { name: "Price, €" })).toHaveValue("29.90");
  await panel.getByRole("textbox", { name: "Name" }).fill("Lighthouse parasol");
  await panel.getByRole("button", { name: "Update it" }).click();
  await expect(receipt(page, "c1 puts Lighthouse parasol")).toContainText("3 of 3 copies");
  await expect(receipt(page, "c1 puts Lighthouse parasol")).toContainText("acknowledged");

  await panel.getByRole("button", { name: "Delete it" }).click();
  await expect(receipt(page, "c1 deletes my-1")).toContainText("acknowledged");
  await openPanel(page, "Search");
  await expect(answers(page)).toBeVisible();
  await expect(answers(page).getByRole("row", { name: /Lighthouse/ })).toHaveCount(0);
});

test("after the leader's death a write finds the new leader, and its receipt names who is missing", async ({
  page,
}) => {
  await openApp(page);
  await goLive(page);
  const before = await counter(page, "acknowledged");
  await page.keyboard.press("k");
  // Each client learns of the new leader when its first write after the crash has found no answer.
  await expect.poll(() => counter(page, "acknowledged")).toBeGreaterThan(before + 8);
  const panel = await openPanel(page, "Write");
  await fillProduct(panel, lanternUmbrella);
  await panel.getByRole("combobox", { name: "Client" }).selectOption({ label: "c2, beside r2" });
  await panel.getByRole("button", { name: "Write it" }).click();
  const written = receipt(page, "c2 puts Lighthouse umbrella");
  await expect(written).toContainText("acknowledged after");
  await expect(written).toContainText("2 of 3 copies, r1 pending");
});

test("in synchronous mode a dead replica leaves the outcome unknown after two seconds; a retry is offered, and the late answer counts", async ({
  page,
}) => {
  await openApp(page);
  await goLive(page);
  await page.getByRole("button", { name: /^Sync/ }).click();
  await expect(headline(page)).toContainText("all 3 copies");
  await chooseVerb(page, replica(page, "r3"), /^Kill/);
  await expect(page.getByRole("main")).toContainText("they need 3 copies, and only 2 can be had");
  const panel = await openPanel(page, "Write");
  await fillProduct(panel, lanternUmbrella);
  await panel.getByRole("button", { name: "Write it" }).click();
  const written = receipt(page, "c1 puts Lighthouse umbrella");
  await expect(written).toContainText("pending");
  await expect(written).toContainText("2 of 3 copies, r3 pending");
  await expect(written).toContainText("outcome unknown, not failed");
  await expect(written.getByRole("button", { name: "Retry with the same request id" })).toBeVisible();

  await chooseVerb(page, replica(page, "r3", "down"), "Restart");
  await expect(written).toContainText("3 of 3 copies");
  await expect(written).toContainText("acknowledged after");
});

test("changes mode, W and R while it runs, and warns in words", async ({ page }) => {
  await openApp(page);
  const mode = page.getByRole("group", { name: "Replication mode" });
  for (const [name, words] of [
    [/^Async/, "its own copy"],
    [/^Sync/, "all 3 copies"],
    [/^Quorum/, "2 of 3 copies"],
  ] as const) {
    await mode.getByRole("button", { name }).click();
    await expect(mode.getByRole("button", { name })).toHaveAttribute("aria-pressed", "true");
    await expect(headline(page)).toContainText(words);
  }
  const bar = page.getByRole("banner");
  const warnings = bar.getByText(/W \+ R|majority/);
  await expect(warnings).toHaveCount(0);
  await bar.getByRole("button", { name: "Decrease W" }).click();
  await expect(warnings.first()).toBeVisible();
  await expect(bar.getByRole("button", { name: "Decrease W" })).toBeDisabled();
  await bar.getByRole("button", { name: "Increase W" }).click();
  await expect(warnings).toHaveCount(0);
});
