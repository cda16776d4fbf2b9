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

/** Milliseconds between the pictures that the page draws in the next `duration` milliseconds. */
export function frameTimes(page: Page, duration: number): Promise<number[]> {
  return page.evaluate(
    (milliseconds) =>
      new Promise<number[]>((resolve) => {
        const found: number[] = [];
        let [first, last] = [0, 0];
        const onFrame = (now: number) => {
          if (first === 0) first = now;
          else found.push(now - last);
          last = now;
          if (now - first < milliseconds) requestAnimationFrame(onFrame);
          else resolve(found);
        };
        requestAnimationFrame(onFrame);
      }),
    duration,
  );
}
