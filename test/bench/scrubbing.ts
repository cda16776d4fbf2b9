/**
 * Travelling in a run of ten minutes (5 replicas, quorum, 10 writes/s, 5 searches/s) in the built app: from the click on the
 * time axis to the picture, and how smoothly the page moves while the playhead is dragged. Real input, the page's own clock.
 */
import type { Browser, Page } from "playwright-core";
import { calibrate, type Figure, quantile } from "./measure.ts";
import { withPage } from "./visit.ts";

const RUNS = 3;
/** Clicks of one run, all over the ten minutes. */
const CLICKS = 40;
/** Wall milliseconds of one drag. */
const DRAG = 5_000;
/** A setting is made from the configuration that the page knows, which follows the run at most ten times a second. */
const SETTLED = 400;

/** Ten minutes are computed ahead of the clicks, so that checkpoints are where they are while one watches. */
async function setUp(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole("tab", { name: "Settings" }).click();
  const settings = page.getByRole("tabpanel", { name: "Settings" });
  await settings.getByRole("combobox", { name: "Replicas" }).selectOption("5");
  await page.getByRole("dialog").getByRole("button", { name: "Start it" }).click();
  await page.getByRole("group", { name: "Cluster of 5 replicas" }).waitFor();
  for (const [name, value] of [
    ["Writes", "10"],
    ["Searches", "5"],
  ] as const) {
    await settings.getByRole("textbox", { name }).first().fill(value);
    await page.waitForTimeout(SETTLED);
  }
  await page.getByRole("tab", { name: "Search" }).click();
  await page.getByRole("button", { name: "Go to an instant" }).click();
  const field = page.getByRole("textbox", { name: "Go to the instant" });
  await field.fill("10 min");
  await field.press("Enter");
  await page.waitForFunction(() => document.querySelector("[role=timer]")?.textContent === "10:00.000", undefined, {
    timeout: 120_000,
  });
  const playhead = page.getByRole("slider", { name: "Playhead" });
  await playhead.focus();
  for (let presses = 0; presses < 12; presses += 1) await playhead.press("-");
  await page.waitForTimeout(1_000);
}

/** Listens to clicks and pictures: the page notes when each came. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const notes = {
      clicks: 0,
      clickedAt: 0,
      latencies: Array.of<number>(),
      pictures: 0,
      intervals: Array.of<number>(),
    };
    Reflect.set(window, "notes", notes);
    addEventListener(
      "pointerup",
      ({ timeStamp }) => {
        notes.clickedAt = timeStamp;
      },
      true,
    );
    const clock = document.querySelector("[role=timer]");
    if (clock === null) throw new Error("there is no clock");
    new MutationObserver(() => {
      notes.pictures += 1;
      const clickedAt = notes.clickedAt;
      notes.clickedAt = 0;
      if (clickedAt === 0) return;
      requestAnimationFrame(() => notes.latencies.push(performance.now() - clickedAt));
    }).observe(clock, { childList: true, characterData: true, subtree: true });
    let last = performance.now();
    const onFrame = (now: number) => {
      notes.intervals.push(now - last);
      last = now;
      requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
  });
}

interface Notes {
  readonly latencies: readonly number[];
  readonly pictures: number;
  readonly intervals: readonly number[];
}

async function notesOf(page: Page): Promise<Notes> {
  return await page.evaluate(() => Reflect.get(window, "notes"));
}

/** Where the ten minutes stand on the page: the last fifteenth of the axis is room behind them. */
async function placeOf(page: Page): Promise<(share: number) => { readonly x: number; readonly y: number }> {
  const box = await page.getByRole("slider", { name: "Playhead" }).boundingBox();
  if (box === null) throw new Error("the axis is not on the page");
  return (share) => ({ x: box.x + box.width * 0.93 * share, y: box.y + box.height / 2 });
}

interface Scrubbing {
  readonly p50: number;
  readonly p95: number;
  readonly framesPerSecond: number;
  readonly picturesPerSecond: number;
}

async function measured(page: Page): Promise<Scrubbing> {
  const placeAt = await placeOf(page);
  await listen(page);
  for (let click = 0; click < CLICKS; click += 1) {
    // The golden ratio: all over the run, and never near the last one.
    const { x, y } = placeAt((0.05 + click * 0.618_034) % 0.98);
    await page.mouse.click(x, y);
    await page.waitForFunction((done) => Reflect.get(window, "notes").latencies.length > done, click);
    await page.waitForTimeout(60);
  }
  const { latencies } = await notesOf(page);
  const from = placeAt(0.98);
  await page.mouse.click(from.x, from.y);
  await page.waitForTimeout(500);
  await page.mouse.down();
  const before = await notesOf(page);
  const began = performance.now();
  for (let passed = 0; passed < DRAG; passed = performance.now() - began) {
    const { x, y } = placeAt(0.5 + 0.48 * Math.cos((Math.PI * passed) / DRAG));
    await page.mouse.move(x, y);
    await page.waitForTimeout(8);
  }
  const after = await notesOf(page);
  await page.mouse.up();
  const seconds = (performance.now() - began) / 1_000;
  const intervals = after.intervals.slice(before.intervals.length);
  return {
    p50: quantile(latencies, 0.5),
    p95: quantile(latencies, 0.95),
    framesPerSecond: intervals.length / seconds,
    picturesPerSecond: (after.pictures - before.pictures) / seconds,
  };
}

/** Seek latency and the frame rate while dragging. */
export async function scrubbing(browser: Browser, address: string): Promise<readonly Figure[]> {
  const runs: Scrubbing[] = [];
  const calibration: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    calibration.push(calibrate());
    runs.push(
      await withPage(browser, async (page) => {
        await setUp(page, address);
        return await measured(page);
      }),
    );
  }
  const figure = (what: string, unit: string, target: string, of: (run: Scrubbing) => number): Figure => ({
    what: `ten-minute run, ${what}`,
    unit,
    target,
    calibration,
    runs: runs.map(of),
  });
  return [
    figure("seek, click to picture, median", "ms", "", ({ p50 }) => p50),
    figure("seek, click to picture, p95", "ms", "<= 150", ({ p95 }) => p95),
    figure("frames while dragging", "per s", ">= 30", ({ framesPerSecond }) => framesPerSecond),
    figure("other pictures while dragging", "per s", "", ({ picturesPerSecond }) => picturesPerSecond),
  ];
}
