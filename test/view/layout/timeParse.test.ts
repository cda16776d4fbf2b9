// Instants as people type them; whatever else they type is refused, never guessed.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { micros, millis, seconds } from "../../../src/base/units.ts";
import { parseInstant } from "../../../src/view/layout/timeParse.ts";
import { formatClock } from "../../../src/view/layout/timeWords.ts";

const now = seconds(20);

describe("a typed instant", () => {
  it.each([
    ["12.742", millis(12_742)],
    ["12,5 s", millis(12_500)],
    ["1:02.742", millis(62_742)],
    ["1:00:02", seconds(3_602)],
    ["90 s", seconds(90)],
    ["5 min", seconds(300)],
    ["1 h", seconds(3_600)],
    ["250ms", millis(250)],
    ["40 µs", micros(40)],
    ["+10", seconds(30)],
    ["- 5 s", seconds(15)],
    ["-1 h", seconds(0)],
  ])("%s", (text, at) => {
    expect(parseInstant(text, now)).toBe(at);
  });

  it.each(["", "soon", "12 parsecs", "1:2:3:4", "101 h", "1e99", "NaN", "--5"])("refuses %j", (text) => {
    expect(parseInstant(text, now)).toBeUndefined();
  });

  it("reads what the clock shows", () => {
    fc.assert(
      fc.property(fc.nat(100_000_000), (ms) => {
        expect(parseInstant(formatClock(millis(ms)), now)).toBe(millis(ms));
      }),
    );
  });

  it("never throws, and never gives what is no instant", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const at = parseInstant(text, now);
        if (at !== undefined) expect(Number.isInteger(at) && at >= 0).toBe(true);
      }),
    );
  });
});
