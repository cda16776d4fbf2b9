/** Exact search against the tutorial's, and how near it comes to the speed of memory: in Node and in a Chromium worker. */
import { fileURLToPath } from "node:url";
import { assemble } from "../support/assemble.ts";
import { withBrowser } from "./browser.ts";
import { calibrate, type Figure } from "./measure.ts";
import { measureSearch, type SearchOrder, type SearchPace } from "./search/measure.ts";
import { developmentServer } from "./servers.ts";

const RUNS = 5;
const PATIENCE = 5 * 60_000;

const sizes = [
  { rows: 10_000, dimension: 128, ratio: ">= 20", share: "" },
  { rows: 50_000, dimension: 384, ratio: ">= 15", share: ">= 0.5" },
] as const;

type Size = (typeof sizes)[number];

function figures({ rows, dimension, ratio, share }: Size, where: string, paces: readonly SearchPace[]): Figure[] {
  const calibration = [calibrate()];
  const name = `search, ${rows.toLocaleString("en")} x ${dimension}, ${where}`;
  const figure = (what: string, unit: string, target: string, of: (pace: SearchPace) => number): Figure => ({
    what: `${name}${what}`,
    unit,
    runs: paces.map(of),
    calibration,
    target,
  });
  return [
    figure("", "queries/s", "", ({ simd }) => simd),
    figure(", over the tutorial's", "times", ratio, ({ simd, tutorial }) => simd / tutorial),
    figure(", in plain script over the tutorial's", "times", "", ({ scalar, tutorial }) => scalar / tutorial),
    figure(", every score computed, over the tutorial's", "times", "", ({ every, tutorial }) => every / tutorial),
    figure(", scores computed", "rows", "", ({ scored }) => scored),
    figure(", read by a query", "MB", "", ({ read }) => read),
    figure(", read", "GB/s", "", ({ searched }) => searched),
    figure(", of what a bare read gets", "of 1", share, ({ searched, readable }) => searched / readable),
  ];
}

async function inBrowser(orders: readonly SearchOrder[]): Promise<readonly (readonly SearchPace[])[]> {
  const server = await developmentServer();
  try {
    return await withBrowser(async (browser) => {
      const page = await browser.newPage();
      page.setDefaultTimeout(PATIENCE);
      await page.goto(`${server.address}test/bench/browser/search.html`);
      await page.waitForFunction(() => "measureInWorker" in window);
      const paces: (readonly SearchPace[])[] = [];
      for (const order of orders) paces.push(await page.evaluate((asked) => window.measureInWorker(asked), order));
      return paces;
    });
  } finally {
    await server.close();
  }
}

/** Both sizes, in Node and in a worker. */
export async function search(): Promise<readonly Figure[]> {
  const reader = await assemble(fileURLToPath(new URL("./search/read.wat", import.meta.url)));
  const orders = sizes.map(({ rows, dimension }) => ({ rows, dimension, reader, runs: RUNS }));
  const node = orders.map(measureSearch);
  const worker = await inBrowser(orders);
  return sizes.flatMap((size, at) => [
    ...figures(size, "Node", node[at] ?? []),
    ...figures(size, "Chromium worker", worker[at] ?? []),
  ]);
}
