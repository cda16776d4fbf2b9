// The cells of a log strip, whole and folded: where they stand, where marks go, and what is said to be left out.
import { describe, expect, it } from "vitest";
import { edgeOf, middleOf, stripCells } from "../../../src/view/layout/stripCells.ts";
import { leftOutWords } from "../../../src/view/store/stripWords.ts";

const whole = [36, 37, 38, 39, 40, 41, 42, 43, 44, 45];
const folded = [99, 100, 101, 149, 150, 151, 248, 249, 250, 251];

describe("the cells of a strip", () => {
  it("stand side by side where nothing is left out", () => {
    const cells = stripCells(whole, 20);
    expect(cells.lefts).toEqual([0, 20, 40, 60, 80, 100, 120, 140, 160, 180]);
    expect(cells).toMatchObject({ cellWidth: 20, folds: [], folded: [] });
    expect(edgeOf(whole, cells, 35)).toBe(0);
    expect(edgeOf(whole, cells, 36)).toBe(20);
    expect(edgeOf(whole, cells, 45)).toBe(200);
    for (const index of [34, 46]) expect(edgeOf(whole, cells, index)).toBeUndefined();
    expect(middleOf(whole, cells, 37)).toBe(30);
    for (const index of [35, 46]) expect(middleOf(whole, cells, index)).toBeUndefined();
  });

  it.each([20, 14, 12, 8, 5])("give their folds room without a wider strip, cells of %i px", (width) => {
    const cells = stripCells(folded, width);
    expect(cells.folded).toEqual([3, 6]);
    const last = cells.lefts.at(-1) ?? 0;
    expect(last + cells.cellWidth).toBeCloseTo(10 * width);
    expect(cells.cellWidth).toBeGreaterThan(width * 0.8);
    for (const [fold, at] of cells.folded.entries()) {
      const [before, after] = [(cells.lefts[at - 1] ?? 0) + cells.cellWidth, cells.lefts[at] ?? 0];
      expect(cells.folds[fold]).toBeGreaterThan(before);
      expect(cells.folds[fold]).toBeLessThan(after);
    }
  });

  it("show what stands on an index that is left out in the fold that hides it", () => {
    const cells = stripCells(folded, 20);
    expect(edgeOf(folded, cells, 120)).toBe(cells.folds[0]);
    expect(middleOf(folded, cells, 200)).toBe(cells.folds[1]);
    expect(edgeOf(folded, cells, 101)).toBe((cells.lefts[2] ?? 0) + cells.cellWidth);
  });

  it("say what is left out", () => {
    expect(leftOutWords(whole)).toBe("");
    expect(leftOutWords(folded)).toBe("entries 102 to 148 and 152 to 247");
    expect(leftOutWords([1, 2, 4, 5])).toBe("entry 3");
    expect(leftOutWords([1, 3, 1_200])).toBe("entries 2 and 4 to 1,199");
  });
});
