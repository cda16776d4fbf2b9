// What holds for the page as a whole, whatever the app on it does.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./page.ts";

test("opens without an error, an unanswered request or a word to another site", async ({ page }) => {
  await page.goto("./");
  await expect(page).toHaveTitle(/Replicascope/);
  await expect(page.locator("[data-boot=loading]")).toHaveCount(0);
  await page.waitForLoadState("networkidle");
});

test("carries a content security policy that allows no inline script or style, and to compile WebAssembly", async ({
  page,
}) => {
  await page.goto("./");
  const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
  expect(policy?.replace("'wasm-unsafe-eval'", "")).not.toContain("unsafe");
});

test("has nothing that axe objects to when it opens", async ({ page }) => {
  await page.goto("./");
  await expect(page.locator("[data-boot=loading]")).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, targets: nodes.map((node) => node.target) }))).toEqual([]);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("says that it needs JavaScript, and shows no loading picture that never ends", async ({ page }) => {
    await page.goto("./");
    // Found by its mark: Playwright looks for no text inside <noscript>.
    await expect(page.locator("[data-boot=noscript]")).toBeVisible();
    await expect(page.locator("[data-boot=loading]")).toBeHidden();
  });
});
