// The map's geometry: the plane against an obvious computation of the same, fitting, pointing, and who is worst off.
import { describe, expect, it } from "vitest";
import { nextFraction, rngStream } from "../../../src/base/rng.ts";
import { HOLDINGS, type Holding } from "../../../src/model/protocol/holdings.ts";
import {
  BY_TROUBLE,
  extentOf,
  fitInto,
  indexOfPlaces,
  nearestTo,
  worstOf,
  zoomed,
} from "../../../src/view/layout/mapLayout.ts";
import { onPlane, planeOf } from "../../../src/view/layout/mapProjection.ts";
import { planeAtOnce } from "../../support/planeAtOnce.ts";

/** Vectors that differ most along a few directions drawn from the seed, the first most of all. */
function cloud(seed: number, count: number, dimension: number): Float32Array {
  const rng = rngStream(seed, 1);
  const draw = () => nextFraction(rng) + nextFraction(rng) + nextFraction(rng) - 1.5;
  const axes = Array.from({ length: 3 }, () => Array.from({ length: dimension }, draw));
  const rows = new Float32Array(count * dimension);
  for (let row = 0; row < count; row += 1) {
    const along = [9, 4, 1].map((spread) => spread * draw());
    for (let at = 0; at < dimension; at += 1) {
      const value = axes.reduce((sum, axis, which) => sum + (axis[at] ?? 0) * (along[which] ?? 0), 0);
      rows[row * dimension + at] = value + 0.1 * draw() + 3;
    }
  }
  return rows;
}

/** The covariance of `rows`, number by number. */
function covariance(rows: Float32Array, dimension: number): number[][] {
  const count = rows.length / dimension;
  const value = (row: number, at: number) => rows[row * dimension + at] ?? 0;
  const each = Array.from({ length: count }, (_, row) => row);
  const mean = Array.from({ length: dimension }, (_, at) => each.reduce((sum, row) => sum + value(row, at), 0) / count);
  return mean.map((meanA, a) =>
    mean.map((meanB, b) => each.reduce((sum, row) => sum + (value(row, a) - meanA) * (value(row, b) - meanB), 0)),
  );
}

function times(matrix: readonly (readonly number[])[], vector: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((sum, value, at) => sum + value * (vector[at] ?? 0), 0));
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

/** The largest eigenvalue and its vector, by multiplying ten thousand times; then the same of what is left. */
function obviousAxes(rows: Float32Array, dimension: number): { readonly value: number; readonly vector: number[] }[] {
  let matrix = covariance(rows, dimension);
  return [0, 1].map(() => {
    let vector = Array.from({ length: dimension }, (_, at) => 1 + at / 7);
    for (let round = 0; round < 10_000; round += 1) {
      const next = times(matrix, vector);
      const length = Math.sqrt(dot(next, next));
      vector = next.map((value) => value / length);
    }
    const value = dot(vector, times(matrix, vector));
    matrix = matrix.map((row, a) => row.map((known, b) => known - value * (vector[a] ?? 0) * (vector[b] ?? 0)));
    return { value, vector };
  });
}

describe("the plane of a map", () => {
  it.each([1, 2, 3, 4])("is spanned by the two first eigenvectors of the covariance (seed %i)", (seed) => {
    const rows = cloud(seed, 60, 7);
    const plane = planeAtOnce(rows, 7);
    const [first, second] = obviousAxes(rows, 7);
    expect(Math.abs(dot(plane.first, first?.vector ?? []))).toBeCloseTo(1, 6);
    expect(Math.abs(dot(plane.second, second?.vector ?? []))).toBeCloseTo(1, 6);
    const all = covariance(rows, 7).reduce((sum, row, at) => sum + (row[at] ?? 0), 0);
    expect(plane.shares[0]).toBeCloseTo((first?.value ?? 0) / all, 6);
    expect(plane.shares[1]).toBeCloseTo((second?.value ?? 0) / all, 6);
  });

  it("has axes of length 1 at right angles, and no mirror images", () => {
    const plane = planeAtOnce(cloud(9, 40, 5), 5);
    expect(dot(plane.first, plane.first)).toBeCloseTo(1, 9);
    expect(dot(plane.second, plane.second)).toBeCloseTo(1, 9);
    expect(dot(plane.first, plane.second)).toBeCloseTo(0, 9);
    for (const axis of [plane.first, plane.second]) {
      const largest = Array.from(axis).reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
      expect(largest).toBeGreaterThan(0);
    }
  });

  it("is the same to the bit every time, and whether or not its finder pauses", () => {
    const rows = cloud(5, 5_000, 6);
    const steps = [...planeOf(rows, 6)];
    expect(steps.length).toBeGreaterThan(2);
    expect(planeAtOnce(rows, 6)).toEqual(planeAtOnce(rows.slice(), 6));
  });

  it("puts the mean in the middle, and holds where there is nothing to tell apart", () => {
    const rows = cloud(6, 30, 4);
    const plane = planeAtOnce(rows, 4);
    expect(onPlane(plane, Float32Array.from(plane.mean)).map((value) => Math.abs(value) < 1e-5)).toEqual([true, true]);
    const same = planeAtOnce(new Float32Array([1, 0, 1, 0, 1, 0]), 2);
    expect(same.shares).toEqual([0, 0]);
    expect(onPlane(same, new Float32Array([1, 0])).every(Number.isFinite)).toBe(true);
    expect(planeAtOnce(new Float32Array([0, 1]), 2).shares).toEqual([0, 0]);
  });
});

describe("the window onto the plane", () => {
  const places = Float64Array.from([-2, -1, 4, 1, 0, 0]);
  const extent = extentOf(places, 3);

  it("holds every place, with a margin", () => {
    for (const [width, height] of [
      [300, 200],
      [120, 500],
      [900, 60],
    ] as const) {
      const fit = fitInto(extent, width, height, 10, false);
      for (let at = 0; at < 3; at += 1) {
        const x = (places[2 * at] ?? 0) * fit.scaleX + fit.shiftX;
        const y = (places[2 * at + 1] ?? 0) * fit.scaleY + fit.shiftY;
        expect(x).toBeGreaterThanOrEqual(9.999);
        expect(x).toBeLessThanOrEqual(width - 9.999);
        expect(y).toBeGreaterThanOrEqual(9.999);
        expect(y).toBeLessThanOrEqual(height - 9.999);
      }
      expect(Math.max(fit.scaleX / fit.scaleY, fit.scaleY / fit.scaleX)).toBeLessThanOrEqual(2.5);
    }
  });

  it("keeps what is under the pointer there while one zooms", () => {
    const fit = fitInto(extent, 300, 200, 10, false);
    const k = 3;
    const [x, y] = [140, 90];
    const near = zoomed(fit, { k, x: x - k * x, y: y - k * y });
    expect(((x - fit.shiftX) / fit.scaleX) * near.scaleX + near.shiftX).toBeCloseTo(x, 9);
    expect(((y - fit.shiftY) / fit.scaleY) * near.scaleY + near.shiftY).toBeCloseTo(y, 9);
  });
});

describe("pointing at the map", () => {
  it("finds what is nearest, as looking at every item does", () => {
    const rng = rngStream(3, 1);
    const places = Float64Array.from({ length: 800 }, () => Math.floor(nextFraction(rng) * 40));
    const all = Array.from({ length: 400 }, (_, position) => position);
    const tree = indexOfPlaces(places, all);
    for (let question = 0; question < 50; question += 1) {
      const [x, y] = [nextFraction(rng) * 50 - 5, nextFraction(rng) * 50 - 5] as const;
      const square = (position: number) =>
        ((places[2 * position] ?? 0) - x) ** 2 + ((places[2 * position + 1] ?? 0) - y) ** 2;
      const radius = question % 2 === 0 ? Number.POSITIVE_INFINITY : 4;
      const near = all.filter((position) => square(position) <= radius * radius);
      const expected = near.sort((a, b) => square(a) - square(b) || a - b).slice(0, 7);
      expect(nearestTo(tree, places, [x, y], 7, radius).map(square)).toEqual(expected.map(square));
    }
  });
});

describe("who is worst off", () => {
  const bytes = (...holdings: readonly Holding[]) => Uint8Array.from(holdings, (one) => HOLDINGS.indexOf(one));

  it("decides how an item is shown for all", () => {
    const worst = worstOf(
      [
        bytes("held", "held", "ghost", "absent"),
        bytes("held", "missing", "absent", "absent"),
        bytes("held", "lost", "held", "absent"),
      ],
      4,
    );
    expect([...worst].map((byte) => HOLDINGS[byte])).toEqual(["held", "lost", "ghost", "absent"]);
  });

  it("knows every standing", () => {
    expect([...BY_TROUBLE].sort()).toEqual([...HOLDINGS].sort());
  });
});
