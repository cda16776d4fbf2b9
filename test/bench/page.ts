/**
 * The built app in Chromium: how soon a leader is drawn, what the first load weighs, and how smoothly nine replicas with
 * about two hundred messages in flight move. The page is set up through its own controls, as a person would.
 */
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { withBrowser } from "./browser.ts";
import { calibrate, type Figure, quantile, repeat } from "./measure.ts";
import { scrubbing } from "./scrubbing.ts";
import { builtApp } from "./servers.ts";
import { frameTimes, withPage } from "./visit.ts";

const RUNS = 5;
const leaderFigure = '[aria-label^="replica "][aria-label*=", leader, term"]';

/** Milliseconds from the navigation to the frame after the one in which a leader first stood on the stage. */
async function timeToLeader(page: Page, address: string): Promise<number> {
  await page.addInitScript((selector) => {
    const watch = () => {
      if (document.querySelector(selector) === null) requestAnimationFrame(watch);
      else requestAnimationFrame(() => performance.mark("leader drawn"));
    };
    requestAnimationFrame(watch);
  }, leaderFigure);
  await page.goto(address);
  await page.waitForFunction(() => performance.getEntriesByName("leader drawn").length > 0);
  return await page.evaluate(() => performance.getEntriesByName("leader drawn")[0]?.startTime ?? Number.NaN);
}

/** Kilobytes (1,000 bytes) that the first load fetches, gzip at its best: all but fonts, and fonts. */
async function firstLoad(page: Page, address: string): Promise<{ readonly rest: number; readonly fonts: number }> {
  const sizes = { rest: 0, fonts: 0 };
  const reads: Promise<void>[] = [];
  const seen = new Set<string>();
  page.on("response", (response) => {
    // Three replicas run one script.
    if (seen.has(response.url())) return;
    seen.add(response.url());
    const read = async () => {
      const body = await response.body();
      if (/\.woff2$/.test(response.url())) sizes.fonts += body.length;
      else sizes.rest += gzipSync(body, { level: 9 }).length;
    };
    reads.push(read());
  });
  await page.goto(address);
  await page.waitForSelector(leaderFigure);
  await page.waitForLoadState("networkidle");
  await Promise.all(reads);
  return { rest: sizes.rest / 1_000, fonts: sizes.fonts / 1_000 };
}

/** What the settings become: nine replicas on a slow network with timeouts to match, and busy clients. */
const busy = [
  ["Longest timeout", "9000"],
  ["Shortest timeout", "4500"],
  ["Heartbeat", "60"],
  ["Latency", "300"],
  ["Jitter", "50"],
  ["Writes", "14"],
] as const;

/** A setting is made from the configuration that the page knows, which follows the run at most ten times a second. */
const SETTLED = 400;

async function setUpNine(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Settings" }).click();
  const settings = page.getByRole("tabpanel", { name: "Settings" });
  await settings.getByRole("combobox", { name: "Replicas" }).selectOption("9");
  await page.getByRole("dialog").getByRole("button", { name: "Start it" }).click();
  await page.getByRole("group", { name: "Cluster of 9 replicas" }).waitFor();
  for (const [name, value] of busy) {
    await settings.getByRole("textbox", { name }).first().fill(value);
    await page.waitForTimeout(SETTLED);
  }
  await page.getByRole("tab", { name: "Search" }).click();
}

/** Virtual seconds on the clock of the page. */
async function virtualNow(page: Page): Promise<number> {
  return Number.parseFloat(await page.getByRole("timer", { name: "Virtual time" }).innerText());
}

interface Smoothness {
  readonly framesPerSecond: number;
  readonly p95: number;
  /** Processor time of the main thread, as a share of the wall's, in percent. */
  readonly busy: number;
}

/** Processor time, not the wall's: what else the machine does meanwhile is not the page's. */
async function taskSeconds(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
  };
}

async function smoothness(page: Page, seconds: number): Promise<Smoothness> {
  const taskTime = await taskSeconds(page);
  const [busyBefore, start] = [await taskTime(), performance.now()];
  const intervals = await frameTimes(page, seconds * 1_000);
  const wall = (performance.now() - start) / 1_000;
  const mean = intervals.reduce((sum, interval) => sum + interval, 0) / intervals.length;
  return {
    framesPerSecond: 1_000 / mean,
    p95: quantile(intervals, 0.95),
    busy: (100 * ((await taskTime()) - busyBefore)) / wall,
  };
}

/** Counts the messages in the pictures that the page pulls, by listening beside it. For a look before the measuring. */
async function watchFlights(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const { addEventListener } = MessagePort.prototype;
    MessagePort.prototype.addEventListener = function listen(
      this: MessagePort,
      ...args: Parameters<typeof addEventListener>
    ) {
      if (!Reflect.has(this, "watched")) {
        Reflect.set(this, "watched", true);
        addEventListener.call(this, "message", (event) => {
          const flights = (event as MessageEvent).data?.value?.flights;
          if (Array.isArray(flights)) Reflect.set(window, "flightsNow", flights.length);
        });
      }
      addEventListener.apply(this, args);
    } as typeof addEventListener;
  });
  return () => page.evaluate(() => Number(Reflect.get(window, "flightsNow")));
}

/** Nine replicas at 1/50, slow enough for every message to be drawn as a shape; then at 1x, where links show counts. */
async function busyPage(
  page: Page,
  address: string,
): Promise<{ readonly drawn: Smoothness; readonly live: Smoothness }> {
  await page.goto(address);
  await page.waitForSelector(leaderFigure);
  await setUpNine(page);
  await page.getByRole("button", { name: "live 1×" }).click();
  const from = await virtualNow(page);
  while ((await virtualNow(page)) < from + 3) await page.waitForTimeout(100);
  const live = await smoothness(page, 5);
  await page.getByRole("button", { name: "watch 1/20" }).click();
  await page.getByRole("slider", { name: "Speed" }).press("ArrowLeft");
  await page.waitForTimeout(2_000);
  return { live, drawn: await smoothness(page, 5) };
}

async function flightsOf(browser: Browser, address: string): Promise<readonly number[]> {
  return await withPage(browser, async (page) => {
    const flights = await watchFlights(page);
    await busyPage(page, address);
    const counts: number[] = [];
    for (let look = 0; look < RUNS; look += 1) {
      counts.push(await flights());
      await page.waitForTimeout(500);
    }
    return counts;
  });
}

async function smoothFigures(browser: Browser, address: string): Promise<readonly Figure[]> {
  const runs: Awaited<ReturnType<typeof busyPage>>[] = [];
  const calibration: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    calibration.push(calibrate());
    runs.push(await withPage(browser, (page) => busyPage(page, address)));
  }
  const figure = (what: string, unit: string, target: string, of: (run: (typeof runs)[number]) => number): Figure => ({
    what: `nine replicas, ${what}`,
    unit,
    target,
    calibration,
    runs: runs.map(of),
  });
  return [
    figure("1/50, each message drawn", "frames per s", ">= 58", ({ drawn }) => drawn.framesPerSecond),
    figure("1/50, frame time p95", "ms", "<= 20", ({ drawn }) => drawn.p95),
    figure("1/50, main thread busy", "%", "< 40", ({ drawn }) => drawn.busy),
    figure("1x, links as counts", "frames per s", ">= 58", ({ live }) => live.framesPerSecond),
    figure("1x, frame time p95", "ms", "<= 20", ({ live }) => live.p95),
    figure("1x, main thread busy", "%", "< 40", ({ live }) => live.busy),
  ];
}

/** Everything about the page. */
export async function page(): Promise<readonly Figure[]> {
  const app = await builtApp();
  try {
    return await withBrowser(async (browser) => {
      const load = await withPage(browser, (fresh) => firstLoad(fresh, app.address));
      const once = (what: string, value: number, target: string): Figure => ({
        what,
        unit: "kB",
        target,
        runs: [value],
        calibration: [calibrate()],
      });
      const flights = await flightsOf(browser, app.address);
      return [
        await repeat({ what: "navigation to a leader drawn", unit: "ms", target: "<= 2,000" }, RUNS, () =>
          withPage(browser, (fresh) => timeToLeader(fresh, app.address)),
        ),
        once("first load, gzip, without fonts", load.rest, "<= 200"),
        once("first load, fonts", load.fonts, "<= 60"),
        {
          what: "nine replicas, messages in flight",
          unit: "",
          target: ">= 200",
          runs: flights,
          calibration: [calibrate()],
        },
        ...(await smoothFigures(browser, app.address)),
        ...(await scrubbing(browser, app.address)),
      ];
    });
  } finally {
    await app.close();
  }
}
