/** The one browser of a bench, the same as the tests use. */
import { type Browser, chromium } from "playwright-core";
import { browserFlags, findBrowser } from "../support/findBrowser.ts";

/** Runs `work` with a headless browser, which is closed whatever happens. */
export async function withBrowser<Result>(work: (browser: Browser) => Promise<Result>): Promise<Result> {
  const browser = await chromium.launch({ executablePath: findBrowser(), args: [...browserFlags] });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}
