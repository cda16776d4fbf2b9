/** A page of its own for every measuring. */
import type { Browser, Page } from "playwright-core";

const SIZE = { width: 1440, height: 900 };

/** Does `work` on a fresh page. */
export async function withPage<Result>(browser: Browser, work: (page: Page) => Promise<Result>): Promise<Result> {
  const context = await browser.newContext({ viewport: SIZE });
  try {
    // tsx keeps the names of functions with a helper that functions sent to the page call too.
    await context.addInitScript({ content: "globalThis.__name = (named) => named;" });
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}
