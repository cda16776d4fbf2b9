// The vocabulary of the end-to-end tests: what a person sees and does, found by role and accessible name. Nothing here sleeps; it waits
// for what is meant. Faults strike at an instant that the wall clock decides, so tests ask for what holds in every history.

import { expect, type Locator, type Page, type Worker } from "@playwright/test";

/** Opens the page and waits for the first picture of the running cluster. */
export async function openApp(page: Page): Promise<void> {
  await page.goto("./");
  await expect(clock(page)).toHaveText(/^\d+\.\d{3} s$/);
}

/** The clock of the run. */
export function clock(page: Page): Locator {
  return page.getByRole("timer", { name: "Virtual time" });
}

/** Virtual seconds on the clock. */
export async function virtualNow(page: Page): Promise<number> {
  return Number.parseFloat(await clock(page).innerText());
}

/** Waits until `seconds` of virtual time have passed. */
export async function virtualSecondsPass(page: Page, seconds: number): Promise<void> {
  const until = (await virtualNow(page)) + seconds;
  await expect.poll(() => virtualNow(page)).toBeGreaterThan(until);
}

/** The figure of a replica on the stage, in the state that `words` describe, "leader" or /^follower/. */
export function replica(page: Page, name: string, words: string | RegExp = ""): Locator {
  const state = typeof words === "string" ? words : words.source;
  return page.getByRole("button", { name: new RegExp(`^replica ${name}, ${state}`) });
}

/** All replicas on the stage. */
export function replicas(page: Page): Locator {
  return page.getByRole("button", { name: /^replica r\d/ });
}

/** The leader of the newest term. */
export function leader(page: Page): Locator {
  return replica(page, "r\\d", /leader, term/);
}

/** A replica as its accessible name tells it. */
export interface Told {
  readonly name: string;
  readonly term: number;
}

/** Reads name and term of one figure. */
export async function told(figure: Locator): Promise<Told> {
  const label = (await figure.getAttribute("aria-label")) ?? "";
  const match = /^replica (r\d).*term (\d+)/.exec(label);
  if (match === null) throw new Error(`Not the name of a replica: "${label}"`);
  return { name: match[1] ?? "", term: Number(match[2]) };
}

/** A number on a replica's card: "commit", say. */
export async function onCard(figure: Locator, what: "commit" | "vectors"): Promise<number> {
  const text = (await figure.textContent()) ?? "";
  const match = what === "commit" ? /commit ([\d,]+)/.exec(text) : /([\d,]+) vectors/.exec(text);
  return match === null ? Number.NaN : Number(match[1]?.replace(",", ""));
}

/** Opens a replica's menu on the stage and chooses a verb. */
export async function chooseVerb(page: Page, figure: Locator, verb: string | RegExp): Promise<void> {
  await figure.click();
  await page.getByRole("menuitem", { name: verb }).click();
  await expect(page.getByRole("menu")).toHaveCount(0);
}

/** The page's workers by name; one that ends while it is asked has none. */
async function namedWorkers(page: Page): Promise<readonly (readonly [string, Worker])[]> {
  const nameOf = (worker: Worker) => worker.evaluate(() => self.name).catch(() => "");
  return await Promise.all(page.workers().map(async (worker) => [await nameOf(worker), worker] as const));
}

/** The worker of the replica `name`. */
export async function workerOf(page: Page, name: string): Promise<Worker> {
  const worker = new Map(await namedWorkers(page)).get(name);
  if (worker === undefined) throw new Error(`No worker of ${name}.`);
  return worker;
}

/** Waits until the browser runs so many replica workers. */
export async function workersAre(page: Page, count: number): Promise<void> {
  const running = async () => (await namedWorkers(page)).filter(([name]) => /^r\d+$/.test(name)).length;
  await expect.poll(running, { message: "replica workers" }).toBe(count);
}

/** Live speed: a virtual second takes a second. */
export async function goLive(page: Page): Promise<void> {
  const live = page.getByRole("button", { name: "live 1×" });
  await live.click();
  await expect(live).toHaveAttribute("aria-pressed", "true");
}

/** Stops the run with the key; everything on the page stands still afterwards. */
export async function pause(page: Page): Promise<void> {
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
}

/** What a paused page shows once the last picture of the way to its instant has come: its clock and run hash. */
export async function standing(page: Page): Promise<{ readonly instant: string; readonly hash: string }> {
  const read = async () => ({ instant: await clock(page).innerText(), hash: await runHash(page) });
  let shown = await read();
  let same = 0;
  await expect
    .poll(
      async () => {
        const before = shown;
        shown = await read();
        same = shown.hash === before.hash && shown.instant === before.instant ? same + 1 : 0;
        return same;
      },
      // A busy page may show nothing new for a moment, though it is still on its way.
      { intervals: [150] },
    )
    .toBeGreaterThan(2);
  return shown;
}

/** Shows one of the side panels and gives its body. */
export async function openPanel(page: Page, name: "Search" | "Write" | "Events" | "Settings"): Promise<Locator> {
  await page.getByRole("tab", { name }).click();
  return page.getByRole("tabpanel", { name });
}

/** One of the counters over the stage. */
export async function counter(page: Page, name: "acknowledged" | "lost" | "empty answers"): Promise<number> {
  const counters = page.getByRole("region", { name: "Writes and answers so far" });
  const text = await counters.locator("dl", { hasText: name }).getByRole("definition").innerText();
  return Number(text.replace(/[×,\s]/g, ""));
}

/** The sentence over the stage. */
export function headline(page: Page): Locator {
  return page.getByRole("main").getByRole("heading", { level: 2 }).first();
}

/** The whole run hash. */
export async function runHash(page: Page): Promise<string> {
  const label = await page.getByRole("button", { name: /^Run hash/ }).getAttribute("aria-label");
  return /[0-9a-f]{16}/.exec(label ?? "")?.[0] ?? "";
}

/** Sentences of the event feed, newest first. */
export async function events(page: Page): Promise<Locator> {
  const panel = await openPanel(page, "Events");
  return panel.getByRole("list", { name: "Events, newest first" }).getByRole("listitem");
}

/** Cuts the network by the dialog: one of its ready-made sides. */
export async function cutNetwork(page: Page, sides: string): Promise<void> {
  await page.keyboard.press("p");
  const dialog = page.getByRole("dialog", { name: "Cut the network" });
  await dialog.getByRole("button", { name: sides, exact: true }).click();
  await dialog.getByRole("button", { name: "Cut the network" }).click();
  await expect(dialog).toHaveCount(0);
}

/** The tag on the wall, which takes it down. */
export function wall(page: Page): Locator {
  return page.getByRole("button", { name: /^Heal the partition/ });
}

/** Proposes another run by a list of the settings, and confirms it. */
export async function startOtherRun(page: Page, list: "Replicas" | "Data set", choice: string): Promise<void> {
  const settings = await openPanel(page, "Settings");
  await settings.getByRole("combobox", { name: list }).selectOption(choice);
  const dialog = page.getByRole("dialog", { name: "Start another run?" });
  await dialog.getByRole("button", { name: "Start it" }).click();
  await expect(dialog).toHaveCount(0);
}

/** What a person types for a product. */
export interface ProductWords {
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly price: string;
}

/** Fills the form of the write panel. */
export async function fillProduct(panel: Locator, { name, description, category, price }: ProductWords): Promise<void> {
  await panel.getByRole("textbox", { name: "Name" }).fill(name);
  await panel.getByRole("textbox", { name: "Description" }).fill(description);
  await panel.getByRole("combobox", { name: "Category" }).selectOption(category);
  await panel.getByRole("textbox", { name: "Price, €" }).fill(price);
}

/** A product that no catalogue has. */
export const lanternUmbrella: ProductWords = {
  name: "Lighthouse umbrella",
  description: "A lantern in the handle, for zeppelin spotters",
  category: "Lighting",
  price: "29.90",
};

/** The receipt of what was asked, "puts Lighthouse umbrella". */
export function receipt(page: Page, asked: string): Locator {
  return page.getByRole("region", { name: "Receipts" }).getByRole("listitem").filter({ hasText: asked });
}

/** The table of answers. */
export function answers(page: Page): Locator {
  return page.getByRole("table", { name: "Rank of each item in the answer of each replica" });
}

/** Asks in words, and waits for the answers. */
export async function search(page: Page, words: string): Promise<Locator> {
  const panel = await openPanel(page, "Search");
  const field = panel.getByRole("textbox", { name: /^Search/ });
  await field.fill(words);
  await field.press("Enter");
  await expect(answers(page)).toBeVisible();
  return answers(page);
}

/** Steps event by event until a link of the stage carries something. */
export async function stepUntilUnderWay(page: Page, link: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(".");
    await expect(link).toHaveAttribute("data-carries", "", { timeout: 250 });
  }).toPass();
}

/** Where on the page a message stands on `link`: found as a person does, by what the pointer says. */
export async function messageOn(page: Page, link: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const stage = page.getByRole("group", { name: /^Cluster of/ });
  const points = await link.locator(".stage-link-hit").evaluate((path) => {
    if (!(path instanceof SVGPathElement)) return [];
    const matrix = path.getScreenCTM();
    const length = path.getTotalLength();
    return Array.from({ length: 31 }, (_, at) => {
      const { x, y } = path.getPointAtLength((length * at) / 30).matrixTransform(matrix ?? undefined);
      return { x, y };
    });
  });
  for (const { x, y } of points) {
    await page.mouse.move(x, y);
    // The browser tells of a move with its next picture.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    if ((await stage.getAttribute("data-on-message")) !== null) return { x, y };
  }
  throw new Error("No message is under the pointer anywhere on the link.");
}
