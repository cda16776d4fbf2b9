import { describe, expect, it } from "vitest";
import {
  copyRng,
  nextBelow,
  nextBetween,
  nextChance,
  nextFraction,
  nextUint32,
  rngStream,
  Stream,
} from "../../src/base/rng.ts";

function draws(count: number, ...stream: Parameters<typeof rngStream>): readonly number[] {
  const state = rngStream(...stream);
  return Array.from({ length: count }, () => nextUint32(state));
}

describe("random streams", () => {
  // Recorded once: a change here changes every run that anybody has kept, so that MODEL_VERSION has to change too.
  it("give known numbers", () => {
    expect(draws(4, 1, Stream.replica, 1, 1)).toMatchInlineSnapshot(`
      [
        1800807031,
        3578353062,
        2117867051,
        2243267110,
      ]
    `);
    expect(draws(4, 2026, Stream.link, 1, 2)).toMatchInlineSnapshot(`
      [
        457736453,
        2919812848,
        2701750061,
        2767783473,
      ]
    `);
  });

  it("go on from a copy with the same numbers", () => {
    const state = rngStream(7, Stream.client, 1);
    nextUint32(state);
    const copy = copyRng(state);
    expect([nextUint32(copy), nextUint32(copy)]).toEqual([nextUint32(state), nextUint32(state)]);
  });

  it("differ by seed, by kind, by each ordinal, and by the direction of a link", () => {
    const streams = [
      draws(3, 1, Stream.replica, 1),
      draws(3, 2, Stream.replica, 1),
      draws(3, 1, Stream.client, 1),
      draws(3, 1, Stream.replica, 2),
      draws(3, 1, Stream.link, 1, 2),
      draws(3, 1, Stream.link, 2, 1),
      draws(3, 1, Stream.workload),
    ];
    expect(new Set(streams.map(String)).size).toBe(streams.length);
  });

  it("never coincide among all links of 50 replicas", () => {
    const first = new Set<string>();
    for (let from = 1; from <= 50; from += 1) {
      for (let to = 1; to <= 50; to += 1) first.add(String(draws(2, 1, Stream.link, from, to)));
    }
    expect(first.size).toBe(2_500);
  });

  it("are even: means and shares are what they should be", () => {
    const state = rngStream(5, Stream.faults);
    const rounds = 20_000;
    let sum = 0;
    let chances = 0;
    const dice = [0, 0, 0, 0, 0, 0];
    for (let round = 0; round < rounds; round += 1) {
      sum += nextFraction(state);
      chances += Number(nextChance(state, 0.3));
      const side = nextBelow(state, 6);
      dice[side] = (dice[side] ?? 0) + 1;
    }
    expect(sum / rounds).toBeCloseTo(0.5, 1);
    expect(chances / rounds).toBeCloseTo(0.3, 1);
    for (const count of dice) expect(count / rounds).toBeCloseTo(1 / 6, 1);
  });

  it("stay within their bounds, both included", () => {
    const state = rngStream(5, Stream.faults);
    const seen = new Set(Array.from({ length: 500 }, () => nextBetween(state, 3, 6)));
    expect([...seen].sort()).toEqual([3, 4, 5, 6]);
  });

  it("are left alone by a chance of zero", () => {
    const state = rngStream(5, Stream.faults);
    const before = copyRng(state);
    expect(nextChance(state, 0)).toBe(false);
    expect(state).toEqual(before);
  });
});
