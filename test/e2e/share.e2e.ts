// One link, one run: what is shared opens at its very moment elsewhere, what is in progress is found again, files go out and
// in, and whatever is broken says so and leaves everything else alone.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { clock, leader, openApp, pause, replica, standing, told, virtualSecondsPass } from "./app.ts";
import { expect, test } from "./page.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The run hash on the page. */
async function hashOn(page: Page): Promise<string> {
  const name = await page.getByRole("button", { name: /^Run hash/ }).getAttribute("aria-label");
  return /[0-9a-f]{16}/.exec(name ?? "")?.[0] ?? "";
}

/** Kills the leader and lets the story go on for a moment. */
async function makeHistory(page: Page): Promise<string> {
  const { name } = await told(leader(page));
  await page.keyboard.press("k");
  await expect(replica(page, name, "down")).toBeVisible();
  await virtualSecondsPass(page, 0.05);
  return name;
}

interface Shared {
  readonly address: string;
  readonly hash: string;
  readonly at: string;
}

/** Opens the share dialog and reads what it offers. */
async function share(page: Page): Promise<Shared> {
  await page.getByRole("button", { name: "Share this moment" }).click();
  const dialog = page.getByRole("dialog", { name: "Share this moment" });
  const address = await dialog.getByLabel("Link", { exact: true }).inputValue();
  const text = await dialog.innerText();
  const hash = /Run hash ([0-9a-f]{16})/.exec(text)?.[1] ?? "";
  const at = /as it stands at ([\d.]+ s)/.exec(text)?.[1] ?? "";
  return { address, hash, at };
}

/** What the autosaves of this origin hold: how much was done, where they stand, and the run in the scenario format. */
function kept(
  page: Page,
): Promise<readonly { readonly actions: number; readonly at: number; readonly text: string }[]> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("replicascope");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          if (!database.objectStoreNames.contains("runs")) return resolve([]);
          const reading = database.transaction("runs").objectStore("runs").getAll();
          reading.onsuccess = () => {
            database.close();
            resolve(reading.result);
          };
          return undefined;
        };
      }),
  );
}

/** Waits until the run as it stands, paused, is kept. */
async function isKept(page: Page, actions: number): Promise<void> {
  await expect
    .poll(async () => {
      const at = Math.round(Number.parseFloat(await clock(page).innerText()) * 1_000);
      return (await kept(page)).some(
        (run) => run.actions === actions && Math.round(run.at / 1_000) === at && !run.text.includes('"playing":'),
      );
    })
    .toBe(true);
}

test("a link opens at the very moment, with the same run hash, in another browser", async ({ page, browser }) => {
  await openApp(page);
  const victim = await makeHistory(page);
  const { address, hash, at } = await share(page);
  expect(address).toMatch(/#run=1\./);
  expect(address.length).toBeLessThan(2_048);
  await expect(page.getByRole("img", { name: "The link as a QR code" })).toBeVisible();

  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(address);
  await expect(elsewhere.getByText("The run hash is the same as where it was made.")).toBeVisible();
  await expect(clock(elsewhere)).toHaveText(at);
  await expect(replica(elsewhere, victim, "down")).toBeVisible();
  expect(await hashOn(elsewhere)).toBe(hash);
  expect(elsewhere.url()).not.toContain("#run");
  await elsewhere.keyboard.press("Space");
  await virtualSecondsPass(elsewhere, 0.05);
  await elsewhere.context().close();
});

test("a reload finds the run again, where it stood", async ({ page }) => {
  await openApp(page);
  const victim = await makeHistory(page);
  await pause(page);
  await standing(page);
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  await isKept(page, 1);
  const [hash, at] = [await hashOn(page), await clock(page).innerText()];
  await page.reload();
  await expect(clock(page)).toHaveText(at);
  await expect(replica(page, victim, "down")).toBeVisible();
  await expect.poll(() => hashOn(page)).toBe(hash);
});

test("a damaged link says so, the usual run opens, and the run that was kept can be continued", async ({ page }) => {
  await openApp(page);
  const victim = await makeHistory(page);
  const { address } = await share(page);
  await page.keyboard.press("Escape");
  // The run stood still for the dialog, and goes on behind it. Until the dialog is gone the keyboard is its own.
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Pause", exact: true })).toBeVisible();
  await pause(page);
  await standing(page);
  await isKept(page, 1);
  // Another page in between: only the fragment of the same address would not load anything.
  await page.goto("about:blank");
  await page.goto(`${address.slice(0, -20)}x${address.slice(-19)}`);
  await expect(page.getByText(/^The link is damaged: its checksum does not fit/)).toBeVisible();
  await expect(leader(page)).toBeVisible();
  await expect(replica(page, victim, "leader")).toBeVisible();
  await page.keyboard.press("o");
  await page.getByRole("button", { name: /^Continue the last run: Seed 47/ }).click();
  await expect(replica(page, victim, "down")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(replica(page, victim, "leader")).toBeVisible();
});

test("a link that is pasted over the open page opens, and undo brings the open run back", async ({ page }) => {
  await openApp(page);
  const victim = await makeHistory(page);
  const { address, hash } = await share(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
  await expect(replica(page, victim, "leader")).toBeVisible();
  // The page listens once what keeps runs is there.
  await expect.poll(async () => (await kept(page)).length).toBeGreaterThan(0);
  await page.evaluate((hashPart) => {
    location.hash = hashPart;
  }, new URL(address).hash);
  await expect(page.getByText("The run hash is the same as where it was made.")).toBeVisible();
  expect(await hashOn(page)).toBe(hash);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(replica(page, victim, "leader")).toBeVisible();
});

test("the file runs without a browser to the same hash, and opens again when it is dropped", async ({ page }) => {
  await openApp(page);
  const victim = await makeHistory(page);
  const { hash, at } = await share(page);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "File (JSON)" }).click();
  const path = await (await downloading).path();
  const report = execFileSync(process.execPath, ["--import", "tsx", "src/lab/sim.ts", path], {
    cwd: root,
    encoding: "utf8",
  });
  expect(JSON.parse(report)).toMatchObject({ runHash: hash });

  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
  await expect(replica(page, victim, "leader")).toBeVisible();
  await expect.poll(async () => (await kept(page)).length).toBeGreaterThan(0);
  await drop(page, readFileSync(path, "utf8"), "two.json");
  await expect(replica(page, victim, "down")).toBeVisible();
  expect(Number.parseFloat(await clock(page).innerText())).toBeGreaterThanOrEqual(Number.parseFloat(at));
  await drop(page, "{", "broken.json");
  await expect(page.getByText("“broken.json” is no scenario file: it is not JSON.")).toBeVisible();
  await expect(replica(page, victim, "down")).toBeVisible();
});

/** Drops a file on the page, as from a folder. */
async function drop(page: Page, text: string, name: string): Promise<void> {
  await page.evaluate(
    ([content, called]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], called, { type: "application/json" }));
      for (const kind of ["dragover", "drop"]) {
        document.body.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
      }
    },
    [text, name] as const,
  );
}

test("the stage is a picture, as drawing and as pixels", async ({ page }) => {
  await openApp(page);
  await share(page);
  const pictures: Record<string, Buffer> = {};
  for (const kind of ["SVG", "PNG"]) {
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: `Picture (${kind})` }).click();
    pictures[kind] = readFileSync(await (await downloading).path());
  }
  expect(pictures.SVG?.toString()).toMatch(/^<svg [\s\S]*Replicascope, seed 47, [\s\S]*<\/svg>$/);
  expect(pictures.PNG?.subarray(1, 4).toString()).toBe("PNG");
  expect(pictures.PNG?.length).toBeGreaterThan(20_000);
});

test("a run is saved under a name, renamed, opened and deleted", async ({ page }) => {
  await openApp(page);
  const victim = await makeHistory(page);
  await page.keyboard.press("o");
  const dialog = page.getByRole("dialog", { name: "Runs" });
  await dialog.getByLabel("Save the open run as").fill("For Monday");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await dialog.getByRole("button", { name: "Rename For Monday" }).click();
  await dialog.getByLabel("New name of For Monday").fill("For Tuesday");
  await dialog.getByRole("button", { name: "Rename", exact: true }).click();
  await expect(dialog.getByText("For Tuesday")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
  await expect(replica(page, victim, "leader")).toBeVisible();
  await page.keyboard.press("o");
  await dialog.getByRole("button", { name: "Open For Tuesday" }).click();
  await expect(replica(page, victim, "down")).toBeVisible();
  await page.keyboard.press("o");
  await dialog.getByRole("button", { name: "Delete For Tuesday" }).click();
  await dialog.getByRole("button", { name: "Really delete For Tuesday" }).click();
  await expect(dialog.getByText("For Tuesday")).toHaveCount(0);
});

test("a seed, and a scenario on the same site, can be asked for in the address", async ({ page }) => {
  await page.goto("./?seed=7");
  await expect(page.getByText("The usual run with seed 7.")).toBeVisible();
  await page.goto("./?seed=many");
  await expect(page.getByText(/is not a whole number from 0 to/)).toBeVisible();
  await page.goto("./?scenario=https://example.org/mine.json");
  await expect(page.getByText(/is on another site/)).toBeVisible();
  await page.goto("./?scenario=scenario.schema.json");
  await expect(page.getByText(/“scenario.schema.json” cannot be opened: /)).toBeVisible();
});
