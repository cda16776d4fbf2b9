// The samples of a lane by pixel: one point each, the peak of each stays, and a window that moves changes none of them.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { millis, seconds } from "../../../src/base/units.ts";
import { columnBefore, furthestOf, laneColumns } from "../../../src/view/layout/laneColumns.ts";

interface Sample {
  readonly at: number;
  readonly row: readonly number[];
}

const rowOf = ({ row }: Sample) => row;
const all = (samples: readonly Sample[]) => ({ samples, from: 0, to: samples.length });
const highest = { rowOf, keeps: "highest" } as const;
const lowest = { rowOf, keeps: "lowest" } as const;

describe("the columns of a lane", () => {
  it("are one for each pixel that has a sample, with the highest value in it", () => {
    const samples = Array.from({ length: 400 }, (_, at) => ({ at: millis(at), row: [at === 137 ? 99 : at % 3] }));
    const columns = laneColumns(all(samples), highest, { start: 0, span: millis(1_000) }, 100);
    expect(columns.count).toBe(40);
    expect(columns.xs[13]).toBeCloseTo(13);
    expect([...(columns.lines[0] ?? [])].slice(11, 16)).toEqual([2, 2, 99, 2, 2]);
    expect(furthestOf(columns, "highest")).toBe(99);
  });

  it("keep the lowest where that is what matters, and leave the dead out", () => {
    const samples = [
      { at: 0, row: [1, Number.NaN] },
      { at: 1, row: [0.5, Number.NaN] },
      { at: 2, row: [Number.NaN, 0.75] },
      { at: 1_000, row: [1, Number.NaN] },
    ];
    const columns = laneColumns(all(samples), lowest, { start: 0, span: 10_000 }, 100);
    expect(columns.count).toBe(2);
    expect([...(columns.lines[0] ?? [])].slice(0, 2)).toEqual([0.5, 1]);
    expect([...(columns.lines[1] ?? [])].slice(0, 2)).toEqual([0.75, Number.NaN]);
    expect([...columns.extreme].slice(0, 2)).toEqual([0.5, 1]);
    expect(furthestOf(columns, "lowest")).toBe(0.5);
    expect(furthestOf(laneColumns(all([]), lowest, { start: 0, span: 1 }, 1), "lowest")).toBeUndefined();
  });

  it("know which of them stands before a place", () => {
    const samples = [0, 10, 20].map((at) => ({ at, row: [0] }));
    const columns = laneColumns(all(samples), highest, { start: 0, span: 100 }, 100);
    expect([-5, 0, 9, 10, 50].map((x) => columnBefore(columns, x))).toEqual([0, 0, 0, 1, 2]);
  });

  it("are as they were when the window has moved, whole pixels or parts of them, but for where they stand", () => {
    const values = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(Number.NaN));
    const runs = fc.array(fc.tuple(fc.integer({ min: 1, max: 90_000 }), values, values), {
      minLength: 1,
      maxLength: 80,
    });
    fc.assert(
      fc.property(runs, fc.integer({ min: 0, max: 400 }), (steps, halves) => {
        let at = 0;
        const samples = steps.map(([gap, ...row]) => {
          at += gap;
          return { at, row };
        });
        const [span, width] = [seconds(2), 100];
        const moved = (halves / 2) * (span / width);
        const before = laneColumns(all(samples), highest, { start: 0, span }, width);
        const after = laneColumns(all(samples), highest, { start: moved, span }, width);
        expect(after.count).toBe(before.count);
        expect(after.lines).toEqual(before.lines);
        expect(after.extreme).toEqual(before.extreme);
        for (const [column, x] of before.xs.subarray(0, before.count).entries())
          expect(after.xs[column]).toBeCloseTo(x - halves / 2, 6);
      }),
    );
  });
});
