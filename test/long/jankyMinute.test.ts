// DESIGN section 8: after 60 s at 1x on a page whose main thread is blocked at random, the term is still 1. Real Chromium, real workers,
// the real clock. The everyday suite does it at 10x (test/host/workers.browser.test.ts).

import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { createServer, type ViteDevServer } from "vite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { browserFlags, findBrowser } from "../support/findBrowser.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

let server: ViteDevServer;
let browser: Browser;

beforeAll(async () => {
  server = await createServer({
    root,
    configFile: false,
    appType: "custom",
    logLevel: "error",
    server: { port: 0, host: "127.0.0.1" },
    optimizeDeps: { entries: [], include: ["comlink"] },
    plugins: [
      {
        name: "an empty page",
        configureServer: ({ middlewares }) => {
          middlewares.use((request, response, next) => {
            if (request.url !== "/") next();
            else response.setHeader("Content-Type", "text/html").end("<!doctype html><title>Janky</title>");
          });
        },
      },
    ],
  });
  await server.listen();
  browser = await chromium.launch({ executablePath: findBrowser(), args: [...browserFlags] });
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

/** Runs in the page: a string, since the test's own compiler would rewrite the import. */
const minuteOnAJankyPage = `(async () => {
  const { openSession } = await import("/src/host/openSession.ts");
  const session = await openSession();
  let janky = true;
  const block = () => {
    const until = performance.now() + 5 + Math.random() ** 2 * 395;
    while (performance.now() < until);
    if (janky) setTimeout(block, Math.random() * 80);
  };
  setTimeout(block);
  const opened = await session.pull();
  let frame = opened;
  while (frame.virtualNow < opened.virtualNow + 60_000_000 && frame.failure === undefined) {
    frame = await session.pull();
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  janky = false;
  const { replicas, leaderships, failure, playbackRate } = frame;
  return { terms: replicas.map(({ status }) => status.currentTerm), leaderships: leaderships.length, failure, playbackRate };
})()`;

it("keeps term 1 for a minute at 1x on a page whose main thread is blocked at random", async () => {
  const page: Page = await browser.newPage();
  await page.goto(server.resolvedUrls?.local[0] ?? "");
  const outcome = await page.evaluate(minuteOnAJankyPage);
  expect(outcome).toEqual({ terms: [1, 1, 1], leaderships: 1, failure: undefined, playbackRate: 1 });
  expect(page.workers()).toHaveLength(4);
});
