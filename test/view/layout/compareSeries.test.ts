// Shared axes: one scale for all runs, lines that break where nothing was measured, readings at any instant.
import { describe, expect, it } from "vitest";
import { micros, ZERO } from "../../../src/base/units.ts";
import type { SeriesPoint } from "../../../src/model/protocol/comparison.ts";
import { heightOf, pointAt, seriesPath, sharedTop, shareOf } from "../../../src/view/layout/compareSeries.ts";

function point(at: number, writeMs: number | null): SeriesPoint {
  return { at: micros(at), lag: ZERO, queueDepth: 0, writeMs, acknowledged: 0, lost: 0, stale: 0, recall: null };
}

const read = ({ writeMs }: SeriesPoint) => writeMs;
const span = { from: micros(100), to: micros(300) };
const plane = { width: 100, height: 10, top: 50, scale: "even" } as const;

describe("shared axes", () => {
  it("have one scale that holds every run, and not less than it must be", () => {
    expect(sharedTop([[point(100, 3)], [point(100, 42), point(200, null)]], read, 10)).toBe(50);
    expect(sharedTop([[point(100, null)], []], read, 10)).toBe(10);
  });

  it("put a line where its values are, in the span", () => {
    const points = [point(100, 0), point(200, 25), point(300, 50)];
    expect(seriesPath(points, read, span, plane)).toBe("M0.0 10.0h0.1L50.0 5.0L100.0 0.0");
  });

  it("break a line where nothing was measured, and still show a single point", () => {
    const points = [point(100, 50), point(150, null), point(200, 50), point(250, null)];
    expect(seriesPath(points, read, span, plane)).toBe("M0.0 0.0h0.1M50.0 0.0h0.1");
  });

  it("show milliseconds beside seconds on a log scale, with nothing at its foot and the most at its top", () => {
    const log = { top: 10_000, scale: "log" } as const;
    expect(heightOf(0, log)).toBe(0);
    expect(heightOf(10_000, log)).toBe(1);
    expect(heightOf(25, log)).toBeGreaterThan(0.3);
    expect(heightOf(25, log)).toBeLessThan(0.4);
    expect(heightOf(20_000, { top: 10_000, scale: "even" })).toBe(1);
  });

  it("read what was known at an instant", () => {
    const points = [point(100, 1), point(200, 2)];
    expect(pointAt(points, 99)).toBeUndefined();
    expect(pointAt(points, 100)?.writeMs).toBe(1);
    expect(pointAt(points, 199)?.writeMs).toBe(1);
    expect(pointAt(points, 9_999)?.writeMs).toBe(2);
  });

  it("know where an instant stands, outside at the edge", () => {
    expect([50, 100, 150, 300, 400].map((at) => shareOf(at, span))).toEqual([0, 0, 0.25, 1, 1]);
    expect(shareOf(100, { from: micros(100), to: micros(100) })).toBe(0);
  });
});
