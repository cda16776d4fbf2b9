// A lane's line as a path: what is left out of it says nothing.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LineShape, traceLine } from "../../../../src/view/ui/time/traceLine.ts";

type Step = readonly ["move" | "line", number, number];

function traced(shape: LineShape, first = 0, floor?: number): readonly Step[] {
  const steps: Step[] = [];
  const pen = {
    moveTo: (x: number, y: number) => void steps.push(["move", x, y]),
    lineTo: (x: number, y: number) => void steps.push(["line", x, y]),
  };
  traceLine(pen, shape, shape.columns.extreme, first, floor);
  return steps;
}

/** Columns ten pixels apart. */
function shapeOf(values: readonly number[], style: Partial<LineShape> = {}): LineShape {
  const xs = Float64Array.from(values, (_, column) => column * 10);
  const columns = { count: values.length, xs, lines: [], extreme: Float64Array.from(values) };
  return { columns, hasSteps: false, holds: false, heightOf: (value) => value, end: 0, ...style };
}

const gap = Number.NaN;

describe("the line of a lane", () => {
  it("goes straight from value to value, and on until the end", () => {
    expect(traced(shapeOf([1, 3, 2], { end: 26 }))).toEqual([
      ["move", 0, 1],
      ["line", 10, 3],
      ["line", 20, 2],
      ["line", 26, 2],
    ]);
  });

  it("goes in steps where a value holds until the next", () => {
    expect(traced(shapeOf([1, 3], { hasSteps: true, end: 12 }))).toEqual([
      ["move", 0, 1],
      ["line", 10, 1],
      ["line", 10, 3],
      ["line", 12, 3],
    ]);
  });

  it("is one stroke as long as nothing changes", () => {
    expect(traced(shapeOf([5, 5, 5, 5, 7], { end: 44 }))).toEqual([
      ["move", 0, 5],
      ["line", 30, 5],
      ["line", 40, 7],
      ["line", 44, 7],
    ]);
  });

  it("ends before a gap, at it where the value holds until then, and encloses an area above a floor", () => {
    const values = [1, 2, gap, 4, 4];
    const ends = (holds: boolean) => traced(shapeOf(values, { holds, hasSteps: true, end: 45 }));
    expect(ends(false).filter(([kind]) => kind === "move")).toEqual([
      ["move", 0, 1],
      ["move", 30, 4],
    ]);
    expect(ends(false)[2]).toEqual(["line", 10, 2]);
    expect(ends(true)[3]).toEqual(["line", 20, 2]);
    expect(traced(shapeOf(values, { end: 45 }), 0, 9)).toEqual([
      ["move", 0, 9],
      ["line", 0, 1],
      ["line", 10, 2],
      ["line", 10, 9],
      ["move", 30, 9],
      ["line", 30, 4],
      ["line", 45, 4],
      ["line", 45, 9],
    ]);
  });

  it("stands everywhere where it would with every point drawn, from whichever column it begins", () => {
    const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 2 }), fc.constant(gap)), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(values, fc.boolean(), fc.nat(29), (heights, hasSteps, pick) => {
        const first = Math.min(pick, heights.length - 1);
        const shape = shapeOf(heights, { hasSteps, end: (heights.length - 1) * 10 + 3 });
        const line = traced(shape, first);
        for (let x = first * 10 + 2.5; x < shape.end; x += 5)
          expect(heightAt(line, x)).toEqual(wantedAt(heights, hasSteps, x));
      }),
    );
  });
});

/** Where a drawn line stands at `x`; undefined where it has a gap. */
function heightAt(line: readonly Step[], x: number): number | undefined {
  for (const [index, [kind, right, y]] of line.entries()) {
    const [, left, from] = line[index - 1] ?? ["move", x, 0];
    if (kind === "line" && left <= x && x < right) return from + ((y - from) * (x - left)) / (right - left);
  }
  return undefined;
}

function wantedAt(heights: readonly number[], hasSteps: boolean, x: number): number | undefined {
  const column = Math.floor(x / 10);
  const [from, to] = [heights[column] ?? gap, heights[column + 1] ?? gap];
  if (column === heights.length - 1) return Number.isNaN(from) ? undefined : from;
  if (Number.isNaN(from) || Number.isNaN(to)) return undefined;
  return hasSteps ? from : from + ((to - from) * (x - column * 10)) / 10;
}
