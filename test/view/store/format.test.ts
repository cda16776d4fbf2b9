// Durations as people read them, from less than a millisecond to a week.
import { describe, expect, it } from "vitest";
import { micros, seconds } from "../../../src/base/units.ts";
import { clockWords, duration } from "../../../src/view/store/format.ts";

describe("a duration", () => {
  it.each([
    [micros(400), "0.4 ms"],
    [micros(26_000), "26 ms"],
    [seconds(4.2), "4.2 s"],
    [seconds(599), "599.0 s"],
    [seconds(3_218.7), "53 min"],
    [seconds(3_600), "1:00 h"],
    [seconds(3_900), "1:05 h"],
    [seconds(3_959.9), "1:05 h"],
    [seconds(604_800), "168:00 h"],
  ])("%d is %s", (time, words) => {
    expect(duration(time)).toBe(words);
  });
});

describe("a long time in progress", () => {
  it.each([
    [seconds(0), "0 s"],
    [seconds(42.9), "42 s"],
    [seconds(720), "12 min"],
    [seconds(112_800), "31:20 h"],
  ])("%d is %s", (time, words) => {
    expect(clockWords(time)).toBe(words);
  });
});
