// Names at the ends of lines: each is told once, none stands on another, and the one that is pointed at is never left out.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replicaId } from "../../../../src/base/ids.ts";
import { endLabels } from "../../../../src/view/ui/time/replicaLines.ts";

describe("names at the ends of lines", () => {
  it("stand where the lines end", () => {
    const labels = endLabels(
      [
        { slot: 1, y: 20 },
        { slot: 2, y: 3 },
      ],
      undefined,
    );
    expect(labels).toEqual([
      { text: "r3", y: 3 },
      { text: "r2", y: 20 },
    ]);
  });

  it("stand together where lines end together, the one that is pointed at first", () => {
    const ends = [0, 1, 2, 3, 4].map((slot) => ({ slot, y: 10 + slot }));
    expect(endLabels(ends, replicaId(4))).toEqual([{ text: "r4 r1 r2 +2", y: 10 }]);
  });

  it("leave out what has no room, never the one that is pointed at, and never stand on each other", () => {
    const heights = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(heights, fc.nat(8), (ys, pick) => {
        const slot = pick % ys.length;
        const labels = endLabels(
          ys.map((y, at) => ({ slot: at, y })),
          replicaId(slot + 1),
        );
        expect(labels.some(({ text }) => text.startsWith(`r${slot + 1}`))).toBe(true);
        const sorted = labels.map(({ y }) => y).toSorted((a, b) => a - b);
        for (const [at, y] of sorted.entries())
          if (at > 0) expect(y - (sorted[at - 1] ?? 0)).toBeGreaterThanOrEqual(11);
      }),
    );
  });
});
