// Quantiles and availability of a stretch: exact, on a grid that a moving window does not change.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { micros, millis, seconds } from "../../../src/base/units.ts";
import type { WriteSample } from "../../../src/model/protocol/frame.ts";
import { bucketAt, bucketLength, bucketsBetween } from "../../../src/view/layout/timeBuckets.ts";

function aWrite(askedAt: number, latency: number, outcome: WriteSample["outcome"] = "acknowledged"): WriteSample {
  return { at: millis(askedAt + latency), latency: millis(latency), outcome };
}

const inOrder = (writes: readonly WriteSample[]) => writes.toSorted((a, b) => a.at - b.at);

describe("stretches of writes", () => {
  it("are a second in a short window, and on a 1-2-5 grid in a long one", () => {
    expect(bucketLength({ start: 0, span: seconds(20) })).toBe(seconds(1));
    expect(bucketLength({ start: 0, span: seconds(600) })).toBe(seconds(5));
    expect(bucketLength({ start: 0, span: seconds(3_600) })).toBe(seconds(50));
  });

  it("tell the middle write, the slowest of a hundred, and the share that was acknowledged", () => {
    const quick = Array.from({ length: 99 }, (_, at) => aWrite(1_000 + at, 20));
    const writes = inOrder([...quick, aWrite(1_500, 900), aWrite(1_600, 2_000, "unknown")]);
    const bucket = bucketAt(writes, seconds(1.7), seconds(1));
    expect(bucket).toMatchObject({ from: seconds(1), p50: millis(20), p99: millis(20), writes: 101 });
    expect(bucket?.availability).toBeCloseTo(100 / 101);
    expect(bucketAt(writes, seconds(2.5), seconds(1))).toBeUndefined();
  });

  it("count a write where it was asked for, not where its client gave up", () => {
    const writes = [aWrite(900, 2_000, "unknown")];
    expect(bucketAt(writes, millis(950), seconds(1))).toMatchObject({ availability: 0, p50: undefined });
    expect(bucketAt(writes, millis(2_900), seconds(1))).toBeUndefined();
  });

  it("are the same whatever part of the run is looked at, and no write is in none or in two", () => {
    const some = fc.array(fc.tuple(fc.nat(20_000), fc.integer({ min: 1, max: 2_000 })), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(some, fc.nat(20_000), (pairs, start) => {
        const writes = inOrder(pairs.map(([askedAt, latency]) => aWrite(askedAt, latency)));
        const all = bucketsBetween(writes, 0, seconds(30), seconds(1));
        expect(all.reduce((sum, bucket) => sum + bucket.writes, 0)).toBe(writes.length);
        const part = bucketsBetween(writes, millis(start), micros(millis(start) + seconds(4)), seconds(1));
        for (const bucket of part) expect(all).toContainEqual(bucket);
      }),
    );
  });
});
