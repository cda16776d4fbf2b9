import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addHash,
  feedFloat,
  feedHash,
  feedInteger,
  feedText,
  feedUint32,
  type HashState,
  hashText,
  newHash,
  subtractHash,
} from "../../src/base/hash.ts";

function hashOf(feed: (hash: HashState) => void): string {
  const hash = newHash();
  feed(hash);
  return hashText(hash);
}

function words(...values: readonly number[]): string {
  return hashOf((hash) => {
    for (const value of values) feedUint32(hash, value);
  });
}

function texts(...values: readonly string[]): string {
  return hashOf((hash) => {
    for (const value of values) feedText(hash, value);
  });
}

describe("the hash", () => {
  it("is sixteen hexadecimal digits, and known", () => {
    expect(words()).toMatch(/^[0-9a-f]{16}$/);
    expect([words(), words(1, 2, 3), hashOf((hash) => feedText(hash, "Raft"))]).toMatchInlineSnapshot(`
      [
        "27d4eb2f811c9dc5",
        "3dad2d0865dd65f4",
        "0f2c37c7e3052742",
      ]
    `);
  });

  it("depends on the order and on the number of what was fed", () => {
    expect(words(1, 2)).not.toBe(words(2, 1));
    expect(words(0)).not.toBe(words(0, 0));
    expect(texts("ab", "c")).not.toBe(texts("a", "bc"));
  });

  it("changes with any one bit of any one word", () => {
    const value = fc.integer({ min: 0, max: 0xffff_ffff });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 8 }),
        fc.nat(),
        fc.nat({ max: 31 }),
        (values, where, bit) => {
          const changed = values.slice();
          const at = where % values.length;
          changed[at] = ((values[at] ?? 0) ^ (1 << bit)) >>> 0;
          expect(words(...changed)).not.toBe(words(...values));
        },
      ),
    );
  });

  it("tells apart integers beyond 32 bits, and floats by their bits", () => {
    const integer = (value: number) => hashOf((hash) => feedInteger(hash, value));
    const float = (value: number) => hashOf((hash) => feedFloat(hash, value));
    expect(integer(2 ** 32 + 5)).not.toBe(integer(5));
    expect(integer(-1)).not.toBe(integer(2 ** 32 - 1));
    expect(float(0)).not.toBe(float(-0));
    expect(float(0.1 + 0.2)).not.toBe(float(0.3));
  });

  it("has no collisions among 50,000 neighbouring values", () => {
    const seen = new Set<string>();
    for (let value = 0; value < 50_000; value += 1) seen.add(words(value));
    expect(seen.size).toBe(50_000);
  });
});

describe("order-free sums", () => {
  const part = (value: number): HashState => {
    const hash = newHash();
    feedUint32(hash, value);
    return hash;
  };

  it("are the same in any order, and what was added can be taken out", () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.array(fc.nat()), (kept, removed) => {
        const sum: HashState = { low: 0, high: 0 };
        for (const value of [...removed, ...kept]) addHash(sum, part(value));
        for (const value of removed) subtractHash(sum, part(value));
        const other: HashState = { low: 0, high: 0 };
        for (const value of kept.slice().reverse()) addHash(other, part(value));
        expect(sum).toEqual(other);
        const [a, b] = [newHash(), newHash()];
        feedHash(a, sum);
        feedHash(b, other);
        expect(hashText(a)).toBe(hashText(b));
      }),
    );
  });
});
