// Wall time becomes a virtual target here and nowhere else.
import { describe, expect, it } from "vitest";
import { type Micros, micros, millis, seconds } from "../../src/base/units.ts";
import { LONGEST_TICK, Pacer } from "../../src/host/pacer.ts";

function aPacer(rate: number, virtual: Micros = seconds(5)): Pacer {
  const pacer = new Pacer();
  pacer.begin(0, virtual, rate);
  return pacer;
}

describe("the pacer", () => {
  it("asks for wall time times speed", () => {
    const pacer = aPacer(2);
    expect(pacer.targetAt(16, seconds(5))).toBe(seconds(5) + 32_000);
  });

  it("moves evenly in slow motion, where a tick is less than a microsecond of virtual time", () => {
    const pacer = aPacer(0.001, micros(0));
    const targets = Array.from({ length: 8 }, (_, tick) => pacer.targetAt((tick + 1) * 0.5, micros(0)));
    expect(targets).toEqual([0, 1, 1, 2, 2, 3, 3, 4]);
  });

  it("does not jump after an hour in a hidden tab", () => {
    const pacer = aPacer(1);
    expect(pacer.targetAt(3_600_000, seconds(5))).toBe(seconds(5) + LONGEST_TICK * 1_000);
  });

  it("does not go back when the clock does", () => {
    const pacer = aPacer(1);
    pacer.targetAt(20, seconds(5));
    expect(pacer.targetAt(10, seconds(5))).toBe(seconds(5) + 20_000);
  });

  it("does not hoard time that the run could not use", () => {
    const pacer = aPacer(100);
    const stuck = seconds(5);
    for (let wall = 50; wall <= 1_000; wall += 50) pacer.targetAt(wall, stuck);
    expect(pacer.targetAt(1_016, stuck)).toBe(stuck + LONGEST_TICK * 100_000);
  });

  it("measures the speed that was reached over the last wall second", () => {
    const pacer = aPacer(100, micros(0));
    for (let wall = 0; wall <= 3_000; wall += 50) pacer.note(wall, millis(wall < 2_000 ? 31 * wall : 62_000));
    expect(pacer.reachedRate(3_000, seconds(62))).toBeLessThan(2);
    const steady = aPacer(100, micros(0));
    for (let wall = 0; wall <= 3_000; wall += 50) steady.note(wall, millis(31 * wall));
    expect(steady.reachedRate(3_000, millis(93_000))).toBeCloseTo(31, 5);
  });

  it("takes the speed asked for as reached until it can tell", () => {
    expect(aPacer(7).reachedRate(100, seconds(5))).toBe(7);
  });
});
