// Sizes, themes and what axe says, in the states that people look at.

import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import {
  answers,
  cutNetwork,
  goLive,
  headline,
  leader,
  openApp,
  openPanel,
  pause,
  replicas,
  search,
  wall,
} from "./app.ts";
import { expect, test } from "./page.ts";

/** Everything that axe knows; in the dark theme only what a theme can change, as the rest is the same page. */
async function axeFindsNothing(page: Page, state: string): Promise<void> {
  // The guards of the component library are hidden from readers and take the focus only to pass it on at once.
  const axe = new AxeBuilder({ page }).exclude("[data-base-ui-focus-guard]");
  const isDark = (await page.locator("html").getAttribute("data-theme")) === "dark";
  const { violations } = await (isDark ? axe.withRules(["color-contrast"]) : axe).analyze();
  const found = violations.map(({ id, nodes }) => ({ id, targets: nodes.map(({ target }) => target) }));
  expect(found, state).toEqual([]);
}

async function pageStandsStill(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => {
    scrollTo(50, 200);
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    return { right: scrollWidth - clientWidth, down: scrollHeight - clientHeight, scrolled: scrollX + scrollY };
  });
  expect(overflow).toEqual({ right: 0, down: 0, scrolled: 0 });
}

async function shareOfStage(page: Page): Promise<number> {
  const box = await page.getByRole("region", { name: "Stage" }).boundingBox();
  const size = page.viewportSize();
  if (box === null || size === null) throw new Error("The stage has no box.");
  return (box.width * box.height) / (size.width * size.height);
}

test("1440x900: the stage has 60 % of the page, also with search results open, and nothing covers a replica", async ({
  page,
}) => {
  await openApp(page);
  expect(await shareOfStage(page)).toBeGreaterThanOrEqual(0.6);
  await search(page, "sharp kitchen knife");
  expect(await shareOfStage(page)).toBeGreaterThanOrEqual(0.6);
  await pageStandsStill(page);
  for (const figure of await replicas(page).all()) await figure.click({ trial: true });
  // The longest of the hints stands beside the legend and not on it.
  const hint = page.getByRole("complementary", { name: "Hint" });
  await hint.getByRole("button", { name: /^Kill the leader/ }).click();
  await expect(hint.getByRole("button", { name: /, search while it lags$/ })).toBeVisible();
  expect(overlap(await boxOf(hint), await boxOf(page.getByRole("list", { name: "Legend" })))).toBe(false);
});

/** Both themes are looked at with the same eyes. */
async function wear(page: Page, theme: "light" | "dark"): Promise<void> {
  if (theme === "dark") await page.keyboard.press("t");
  await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
}

for (const theme of ["light", "dark"] as const) {
  test.describe(`in the ${theme} theme axe finds nothing`, () => {
    // Whole pages, several times in a test: a loaded machine takes its time.
    test.describe.configure({ timeout: 180_000 });
    test.beforeEach(async ({ page }) => {
      await openApp(page);
      await wear(page, theme);
    });

    test("on the stage and in every panel", async ({ page }) => {
      await pause(page);
      await search(page, "warm jacket for rain");
      await axeFindsNothing(page, "search results");
      for (const name of ["Write", "Events", "Settings"] as const) {
        await openPanel(page, name);
        await axeFindsNothing(page, name);
      }
    });

    test("in menus and dialogs", async ({ page }) => {
      await pause(page);
      await leader(page).click();
      await expect(page.getByRole("menu")).toBeVisible();
      await axeFindsNothing(page, "menu of verbs");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Menu" }).click();
      await expect(page.getByRole("menuitem", { name: "About" })).toBeVisible();
      await axeFindsNothing(page, "menu");
      await page.keyboard.press("Escape");
      await expect(page.getByRole("menu")).toHaveCount(0);
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog")).toBeVisible();
      await axeFindsNothing(page, "keys");
      await page.keyboard.press("Escape");
      await page.keyboard.press("p");
      await expect(page.getByRole("dialog", { name: "Cut the network" })).toBeVisible();
      await axeFindsNothing(page, "dialog of the partition");
    });

    test("while a partition dooms writes, and once they are lost", async ({ page }) => {
      await goLive(page);
      await page.getByRole("button", { name: /^Async/ }).click();
      await cutNetwork(page, "Leader and its clients");
      await expect(page.getByRole("button", { name: /acknowledged writes will be rolled back/ })).toBeVisible();
      await pause(page);
      await search(page, "warm jacket for rain");
      await axeFindsNothing(page, "partition with doomed writes");
      await wall(page).click();
      await page.getByRole("button", { name: "Play" }).click();
      await expect(page.getByRole("status", { name: /acknowledged writes? lost$/ })).toBeVisible();
      await page.getByRole("button", { name: "Pause" }).click();
      await axeFindsNothing(page, "lost writes");
    });
  });
}

test.describe("1024x768", () => {
  test.use({ viewport: { width: 1024, height: 768 } });

  test("the panel is a sheet that opens and closes; nothing scrolls", async ({ page }) => {
    await openApp(page);
    await pageStandsStill(page);
    await expect(page.getByRole("tablist", { name: "Panel" })).toBeHidden();
    await page.getByRole("button", { name: "Panel", exact: true }).click();
    await expect(page.getByRole("tablist", { name: "Panel" })).toBeVisible();
    await search(page, "tent for two");
    await axeFindsNothing(page, "sheet with results");
    await pageStandsStill(page);
    await page.getByRole("button", { name: "Close the panel" }).click();
    await expect(page.getByRole("tablist", { name: "Panel" })).toBeHidden();
    await page.keyboard.press("/");
    await expect(page.getByRole("textbox", { name: "Search products in words" })).toBeFocused();
  });
});

test.describe("390x844, a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("stage, sheet and transport fit; the Break menu kills the leader", async ({ page }) => {
    await openApp(page);
    await pageStandsStill(page);
    await expect(leader(page)).toBeInViewport();
    await expect(page.getByRole("button", { name: "Pause" })).toBeInViewport();
    await axeFindsNothing(page, "phone");
    await page.getByRole("button", { name: /^1\/20 speed/ }).tap();
    await page.getByRole("button", { name: "Break" }).tap();
    await page.getByRole("menuitem", { name: "Kill the leader" }).tap();
    await expect(page.getByRole("button", { name: /^replica r1, down/ })).toBeVisible();
    await expect(leader(page)).toHaveCount(1);
    await page.getByRole("button", { name: /^replica r1, down/ }).tap();
    await page.getByRole("menuitem", { name: "Restart" }).tap();
    await expect(page.getByRole("button", { name: /^replica r1, follower of/ })).toBeVisible();
  });

  test("mode, search and the taller panel work with a thumb", async ({ page }) => {
    await openApp(page);
    await page.getByRole("button", { name: "Quorum, W 2" }).tap();
    await page.getByRole("button", { name: /^Sync/ }).tap();
    await axeFindsNothing(page, "folded mode");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Sync", exact: true })).toBeVisible();
    await expect(headline(page)).toContainText("3 copies");
    await page.getByRole("button", { name: "Taller panel" }).tap();
    // What gives way on purpose still shows the cluster.
    expect(await shareOfStage(page)).toBeGreaterThanOrEqual(0.3);
    await search(page, "coffee grinder");
    await expect(answers(page).getByRole("row").nth(1)).toBeInViewport();
    await axeFindsNothing(page, "phone with results");
    await pageStandsStill(page);
    await page.getByRole("button", { name: "Break" }).tap();
    await page.getByRole("menuitem", { name: /^Cut the network/ }).tap();
    await axeFindsNothing(page, "phone with the dialog");
    await page.getByRole("dialog").getByRole("button", { name: "Cut the network" }).tap();
    await expect(wall(page)).toBeInViewport();
  });
});

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function boxOf(part: Locator): Promise<Rectangle> {
  const box = await part.boundingBox();
  if (box === null) throw new Error(`${part} has no box.`);
  return box;
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

const counters = (page: Page) => page.getByRole("region", { name: "Writes and answers so far" });
const glyphs = (page: Page) => page.locator(".stage-replica .stage-hit");

/** Every replica can be pressed, and no two of the parts of the page lie on one another. */
async function nothingIsCovered(page: Page, parts: readonly Locator[]): Promise<void> {
  for (const glyph of await glyphs(page).all()) {
    const { x, y, width, height } = await boxOf(glyph);
    const isReplica = ([left, top]: readonly [number, number]) =>
      document.elementFromPoint(left, top)?.closest(".stage-replica") !== null;
    expect(await page.evaluate(isReplica, [x + width / 2, y + height / 2] as const)).toBe(true);
  }
  const boxes = await Promise.all(parts.map(boxOf));
  for (const [at, box] of boxes.entries()) {
    for (const other of boxes.slice(at + 1)) expect(overlap(box, other), JSON.stringify([box, other])).toBe(false);
  }
}

for (const [width, height, share] of [
  [1_024, 768, 0.7],
  [820, 1_180, 0.7],
  [700, 500, 0.7],
  [390, 844, 0.45],
] as const) {
  test.describe(`${width}x${height}`, () => {
    test.use({ viewport: { width, height } });

    test("the stage has its share, and its parts do not lie on one another", async ({ page }) => {
      await openApp(page);
      expect(await shareOfStage(page)).toBeGreaterThanOrEqual(share);
      await pageStandsStill(page);
      const time = page.getByRole("region", { name: "Time" });
      await nothingIsCovered(page, [headline(page), counters(page), time, ...(await glyphs(page).all())]);
    });
  });
}

test.describe("1024x768, the panel open", () => {
  test.use({ viewport: { width: 1_024, height: 768 } });

  test("it stands beside the stage, and a warning about W moves nothing", async ({ page }) => {
    await openApp(page);
    await page.getByRole("button", { name: "Panel", exact: true }).click();
    await search(page, "tent for two");
    const panel = page.getByRole("tablist", { name: "Panel" });
    await nothingIsCovered(page, [headline(page), counters(page), panel, ...(await glyphs(page).all())]);
    const stage = page.getByRole("region", { name: "Stage" });
    const before = await boxOf(stage);
    await page.getByRole("button", { name: "Decrease W" }).click();
    await expect(page.getByText(/^W is below a majority/)).toBeInViewport();
    expect(await boxOf(stage)).toEqual(before);
  });
});
