/**
 * The map of 10,000 points: how smoothly it moves under the pointer while the run stands and while it plays, in the built
 * app without a GPU; and how long the plane of 10,000 x 384 takes in one thread.
 */
import type { Page } from "playwright-core";
import { ownNumpy, ownRow } from "../support/ownVectors.ts";
import { planeAtOnce } from "../support/planeAtOnce.ts";
import { withBrowser } from "./browser.ts";
import { calibrate, type Figure, quantile } from "./measure.ts";
import { builtApp } from "./servers.ts";
import { frameTimes, withPage } from "./visit.ts";

const RUNS = 3;
/** Of so many rows nine in ten are on every replica from the start. */
const ROWS = 11_200;
const DIMENSION = 32;
/** Wall milliseconds of one drag. */
const DRAG = 4_000;

async function openMap(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForSelector('[aria-label^="replica "][aria-label*=", leader, term"]');
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("menuitem", { name: "Load your own vectors…" }).click();
  const buffer = Buffer.from(ownNumpy(ROWS, DIMENSION));
  const file = { name: "points.npy", mimeType: "application/octet-stream", buffer };
  await page.getByLabel(/^Choose (a|another) file/).setInputFiles(file);
  await page.getByRole("button", { name: "Start the run" }).click();
  await page.getByText("A run of points.npy started.").waitFor();
  await page.getByRole("button", { name: "Map of the embeddings" }).click();
  await page.getByRole("img", { name: /^Map of r3: [1-9]/ }).waitFor();
  await page.waitForTimeout(1_000);
}

/** Intervals between frames while the pointer drags the zoomed map round in a circle. */
async function dragging(page: Page): Promise<readonly number[]> {
  const surface = page.getByRole("slider", { name: "Zoom of the large map" });
  await surface.focus();
  await surface.press("+");
  const box = await surface.boundingBox();
  if (box === null) throw new Error("The map has no box.");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const counted = frameTimes(page, DRAG);
  const until = performance.now() + DRAG;
  for (let step = 0; performance.now() < until; step += 1) {
    await page.mouse.move(x + 120 * Math.cos(step / 9) - 120, y + 90 * Math.sin(step / 9));
  }
  const intervals = await counted;
  await page.mouse.up();
  await surface.press("0");
  return intervals;
}

const framesPerSecond = (intervals: readonly number[]) =>
  1_000 / (intervals.reduce((sum, interval) => sum + interval, 0) / intervals.length);

function planeMilliseconds(): number {
  const rows = new Float32Array(10_000 * 384);
  for (let row = 0; row < 10_000; row += 1) rows.set(ownRow(row, 384), row * 384);
  const start = performance.now();
  planeAtOnce(rows, 384);
  return performance.now() - start;
}

/** The figures. */
export async function map(): Promise<readonly Figure[]> {
  const server = await builtApp();
  const calibration = [calibrate()];
  try {
    const drags: { readonly playing: readonly number[]; readonly standing: readonly number[] }[] = [];
    await withBrowser(async (browser) => {
      for (let run = 0; run < RUNS; run += 1) {
        const drag = await withPage(browser, async (page) => {
          await openMap(page, server.address);
          const playing = await dragging(page);
          await page.getByRole("button", { name: "Pause" }).click();
          return { playing, standing: await dragging(page) };
        });
        calibration.push(calibrate());
        drags.push(drag);
      }
    });
    const figure = (what: string, unit: string, runs: readonly number[], target = ""): Figure => ({
      what,
      unit,
      runs,
      calibration,
      target,
    });
    return [
      figure(
        "map of 10,000 points, dragged, paused",
        "frames/s",
        drags.map(({ standing }) => framesPerSecond(standing)),
        ">= 50",
      ),
      figure(
        "  95th percentile of a frame",
        "ms",
        drags.map(({ standing }) => quantile(standing, 0.95)),
      ),
      figure(
        "map of 10,000 points, dragged, playing",
        "frames/s",
        drags.map(({ playing }) => framesPerSecond(playing)),
        ">= 50",
      ),
      figure(
        "  95th percentile of a frame",
        "ms",
        drags.map(({ playing }) => quantile(playing, 0.95)),
      ),
      figure("plane of 10,000 x 384, one thread", "ms", [planeMilliseconds()]),
    ];
  } finally {
    await server.close();
  }
}
