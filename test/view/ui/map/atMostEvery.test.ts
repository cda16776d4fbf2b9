// Work that is asked for often and done now and then: the last request is never forgotten.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { atMostEvery } from "../../../../src/view/ui/map/atMostEvery.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("work at most every so often", () => {
  it("is done at once, then once more after the last of many requests", () => {
    let done = 0;
    const seldom = atMostEvery(250, () => {
      done += 1;
    });
    seldom.request();
    expect(done).toBe(1);
    seldom.request();
    vi.advanceTimersByTime(100);
    seldom.request();
    expect(done).toBe(1);
    vi.advanceTimersByTime(150);
    expect(done).toBe(2);
    vi.advanceTimersByTime(1_000);
    expect(done).toBe(2);
    seldom.request();
    expect(done).toBe(3);
  });

  it("is not done after it was called off", () => {
    let done = 0;
    const seldom = atMostEvery(250, () => {
      done += 1;
    });
    seldom.request();
    seldom.request();
    seldom.cancel();
    vi.advanceTimersByTime(1_000);
    expect(done).toBe(1);
  });
});
