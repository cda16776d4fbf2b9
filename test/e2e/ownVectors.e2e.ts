// One's own vectors, from a file to a run: loaded by picker, by drop and by address, searched by item on every replica, restarted, shared,
// and asked for where they are not. A damaged file leaves the run untouched; cancelling ends the reader.

import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { ownJsonLines, ownNumpy } from "../support/ownVectors.ts";
import { clock, onCard, openApp, openPanel, pause, replica, replicas, standing, virtualSecondsPass } from "./app.ts";
import { expect, test } from "./page.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const jsonLines = { name: "items.jsonl", mimeType: "application/jsonl", buffer: Buffer.from(ownJsonLines()) };
const numpy = { name: "vectors.npy", mimeType: "application/octet-stream", buffer: Buffer.from(ownNumpy(300, 32)) };

async function openDialog(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("menuitem", { name: "Load your own vectors…" }).click();
  const dialog = page.getByRole("dialog", { name: "Your own vectors" });
  await expect(dialog).toBeVisible();
  return dialog;
}

type Given = typeof jsonLines;

async function choose(dialog: Locator, file: Given): Promise<void> {
  await dialog.getByLabel(/^Choose (a|another) file/).setInputFiles(file);
}

/** Loads a file and starts a run of it. */
async function load(page: Page, file: Given): Promise<void> {
  const dialog = await openDialog(page);
  await choose(dialog, file);
  await dialog.getByRole("button", { name: "Start the run" }).click();
  await expect(page.getByText(`A run of ${file.name} started. Your run is kept.`)).toBeVisible();
}

/** Searches with the item that is found by `words`; the answers of all replicas. */
async function searchLike(page: Page, words: string): Promise<Locator> {
  const panel = await openPanel(page, "Search");
  await panel.getByRole("textbox", { name: "Search with an item" }).fill(words);
  await panel.getByRole("list", { name: "Items found" }).getByRole("button").first().click();
  const table = panel.getByRole("table");
  await expect(table).toBeVisible();
  return table;
}

async function share(page: Page): Promise<{ readonly address: string; readonly hash: string }> {
  await page.getByRole("button", { name: "Share this moment" }).click();
  const dialog = page.getByRole("dialog", { name: "Share this moment" });
  const address = await dialog.getByLabel("Link", { exact: true }).inputValue();
  const hash = /Run hash ([0-9a-f]{16})/.exec(await dialog.innerText())?.[1] ?? "";
  await page.keyboard.press("Escape");
  return { address, hash };
}

test("a JSON lines file becomes a run on every replica, is searched by item, and starts anew to the same hash", async ({
  page,
}) => {
  await openApp(page);
  await load(page, jsonLines);
  for (const name of ["r1", "r2", "r3"])
    await expect.poll(() => onCard(replica(page, name), "vectors")).toBeGreaterThan(80);
  const table = await searchLike(page, "東京 2");
  await expect(table.getByRole("row", { name: /東京 2 / })).toBeVisible();
  await expect(table.getByRole("columnheader", { name: /^r[123]$/ })).toHaveCount(3);
  await expect(page.getByText(/cosine of the vectors in items\.jsonl/)).toBeVisible();
  // By clicking an item of the answer.
  await table
    .getByRole("button", { name: /東京 \d+/ })
    .nth(1)
    .click();
  await expect(page.getByText(/^similar to 東京 \d+$/)).toBeVisible();
  await page.getByRole("button", { name: "Ask something else" }).click();
  await expect(page.getByText(/a model that is not here/)).toBeVisible();
  await pause(page);
  await page.keyboard.press("r");
  await expect(clock(page)).toHaveText("5.000 s");
  const { hash } = await standing(page);
  await page.keyboard.press("Space");
  await virtualSecondsPass(page, 0.02);
  await pause(page);
  await page.keyboard.press("r");
  await expect.poll(async () => (await standing(page)).hash).toBe(hash);
});

test("a NumPy file is loaded beside its run being watched; its run is left for the products and brought back", async ({
  page,
}) => {
  await openApp(page);
  await load(page, numpy);
  await expect.poll(() => onCard(replica(page, "r1"), "vectors")).toBeGreaterThan(260);
  await searchLike(page, "17");
  const settings = await openPanel(page, "Settings");
  await settings.getByLabel("Data set").selectOption("products");
  await page.getByRole("button", { name: "Start it" }).click();
  await expect.poll(() => onCard(replica(page, "r1"), "vectors")).toBeLessThan(245);
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect.poll(() => onCard(replica(page, "r1"), "vectors")).toBeGreaterThan(260);
  await expect(settings.getByLabel("Data set").locator("option:checked")).toHaveText("vectors.npy");
});

test("a damaged file says what is wrong in one sentence, and the run goes on untouched", async ({ page }) => {
  await openApp(page);
  const dialog = await openDialog(page);
  await choose(dialog, { ...numpy, buffer: numpy.buffer.subarray(0, 1_000) });
  await expect(dialog.getByRole("status").filter({ hasText: /byte \d+/ })).toBeVisible();
  await choose(dialog, { ...jsonLines, buffer: Buffer.from(`${ownJsonLines(5)}\n{"id":"x","embedding":[1,null]}`) });
  await expect(dialog.getByText(/^Row 6: number 2 of the vector is null/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await virtualSecondsPass(page, 0.02);
  await expect(replicas(page)).toHaveCount(3);
  expect(await onCard(replica(page, "r1"), "vectors")).toBeGreaterThan(230);
  expect(page.workers().filter((worker) => worker.url().includes("readWorker"))).toHaveLength(0);
});

test("reading is cancelled, whatever it is doing", async ({ page }) => {
  await openApp(page);
  const dialog = await openDialog(page);
  // A reader that never comes to its end, as some damaged files have it: its script does not arrive.
  await page.route(/readWorker/, () => undefined);
  await choose(dialog, jsonLines);
  await expect(dialog.getByText("Reading items.jsonl …")).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog.getByText("Choose a file …")).toBeVisible();
  await expect.poll(() => page.workers().filter((worker) => worker.url().includes("readWorker")).length).toBe(0);
  await page.unroute(/readWorker/);
  await choose(dialog, jsonLines);
  await expect(dialog.getByRole("button", { name: "Start the run" })).toBeVisible();
});

test("a file is dropped on the page, or asked for in its address", async ({ page }) => {
  await page.route("**/files/items.jsonl", (route) =>
    route.fulfill({ body: jsonLines.buffer, contentType: "text/plain" }),
  );
  await page.goto("./?data=files/items.jsonl");
  const dialog = page.getByRole("dialog", { name: "Your own vectors" });
  await expect(dialog.getByText("items.jsonl, 9.6 kB")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  // The page listens for files once what keeps runs is there.
  await expect(async () => {
    await page.evaluate(
      (bytes) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([Uint8Array.from(bytes)], "vectors.npy"));
        document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
      },
      [...numpy.buffer],
    );
    await expect(dialog.getByText("vectors.npy, 39 kB")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await dialog.getByRole("button", { name: "Start the run" }).click();
  await expect.poll(() => onCard(replica(page, "r1"), "vectors")).toBeGreaterThan(260);
});

test("a link of such a run asks for the file, refuses another, and goes on to the same hash, as the command line does", async ({
  page,
  browser,
}) => {
  await openApp(page);
  await load(page, jsonLines);
  await searchLike(page, "row-31");
  await pause(page);
  const { address, hash } = await share(page);
  expect(address.length).toBeLessThan(1_200);
  const other = await (await browser.newContext()).newPage();
  await other.goto(address);
  const dialog = other.getByRole("dialog", { name: "One file is missing" });
  await expect(dialog.getByText("This link was made with items.jsonl (9.6 kB). Open it here to go on.")).toBeVisible();
  await choose(dialog, numpy);
  await expect(
    dialog.getByText(/is not the file that this run was made with: it is 300 x 32 and not 100 x 6/),
  ).toBeVisible();
  await choose(dialog, jsonLines);
  await expect(other.getByText(/The run hash is the same as where it was made/)).toBeVisible();
  await expect.poll(async () => (await standing(other)).hash).toBe(hash);
  await other.context().close();

  await page.getByRole("button", { name: "Share this moment" }).click();
  const downloading = page.waitForEvent("download");
  await page
    .getByRole("button", { name: /^Download as a file|^File|scenario/i })
    .first()
    .click();
  const folder = mkdtempSync(join(tmpdir(), "own-vectors-"));
  const file = join(folder, "run.json");
  await (await downloading).saveAs(file);
  writeFileSync(join(folder, "items.jsonl"), jsonLines.buffer);
  const report = execFileSync("npx", ["tsx", "src/lab/sim.ts", file], { cwd: root, encoding: "utf8" });
  expect(JSON.parse(report).runHash).toBe(hash);
});

test("a link whose file is not at hand is left for the usual run", async ({ page, browser }) => {
  await openApp(page);
  await load(page, jsonLines);
  await pause(page);
  const { address } = await share(page);
  const other = await (await browser.newContext()).newPage();
  await other.goto(address);
  await expect(other.getByRole("dialog", { name: "One file is missing" })).toBeVisible();
  await other.keyboard.press("Escape");
  await expect.poll(() => onCard(replica(other, "r1"), "vectors")).toBeGreaterThan(230);
  await virtualSecondsPass(other, 0.02);
  await other.context().close();
});

test("a reload finds such a run again, its vectors too", async ({ page }) => {
  await openApp(page);
  await load(page, jsonLines);
  await pause(page);
  const { hash, instant } = await standing(page);
  // It is kept about once a second: wait until it is kept as it stands.
  const milliseconds = Math.round(Number.parseFloat(instant) * 1_000);
  await expect
    .poll(() =>
      page.evaluate(
        (at) =>
          new Promise<boolean>((resolve) => {
            const opening = indexedDB.open("replicascope");
            opening.onsuccess = () => {
              const reading = opening.result.transaction("runs").objectStore("runs").getAll();
              reading.onsuccess = () => {
                opening.result.close();
                const isIt = (run: { readonly text: string; readonly at: number }) =>
                  run.text.includes("items.jsonl") &&
                  Math.round(run.at / 1_000) === at &&
                  !run.text.includes('"playing"');
                resolve(reading.result.some(isIt));
              };
            };
          }),
        milliseconds,
      ),
    )
    .toBe(true);
  await page.reload();
  await expect(clock(page)).toHaveText(instant);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect.poll(async () => (await standing(page)).hash).toBe(hash);
  await searchLike(page, "row-31");
});

for (const theme of ["light", "dark"] as const) {
  test(`axe finds nothing in the dialog, in the ${theme} theme`, async ({ page }) => {
    await openApp(page);
    if (theme === "dark") await page.keyboard.press("t");
    const dialog = await openDialog(page);
    const analyze = async () => {
      const axe = new AxeBuilder({ page }).include("[role=dialog]").exclude("[data-base-ui-focus-guard]");
      expect((await axe.analyze()).violations).toEqual([]);
    };
    await analyze();
    await choose(dialog, { ...jsonLines, buffer: Buffer.from(ownJsonLines().replaceAll("embedding", "minilm")) });
    await expect(dialog.getByLabel(/^Vectors:/)).toBeVisible();
    await analyze();
    await dialog.getByRole("button", { name: "Another file" }).click();
    await choose(dialog, jsonLines);
    await expect(dialog.getByRole("button", { name: "Start the run" })).toBeVisible();
    await analyze();
  });
}
