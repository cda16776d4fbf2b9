/** The pure maths of the time axis: window, ticks, words, band, lanes, marks, speeds. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { millis, seconds } from "../../../src/base/units.ts";
import type { LaneSample } from "../../../src/model/protocol/frame.ts";
import { bandPieces, pieceAt } from "../../../src/view/layout/timeBand.ts";
import {
  indicesBetween,
  lastAt,
  latencyShare,
  lowestOf,
  peakOf,
  recallFloor,
  roundTop,
} from "../../../src/view/layout/timeLanes.ts";
import { clusterMarks, neighbouringMark } from "../../../src/view/layout/timeMarks.ts";
import { nextStop, placeOf, rateAt, STOPS, shareOf } from "../../../src/view/layout/timeSpeed.ts";
import { timeTicks } from "../../../src/view/layout/timeTicks.ts";
import {
  DEFAULT_SPAN,
  following,
  instantAt,
  longestSpan,
  OPENING_VIEW,
  onPixels,
  panned,
  readingStep,
  revealing,
  SHORTEST_SPAN,
  settled,
  showsAll,
  xOf,
  zoomed,
} from "../../../src/view/layout/timeWindow.ts";
import {
  formatClock,
  formatDuration,
  formatInstant,
  formatRate,
  reachedOnly,
  secondsWorth,
} from "../../../src/view/layout/timeWords.ts";
import { aLeadership, r1, r2, r4 } from "../../support/frameBuilders.ts";

describe("the window", () => {
  it("shows the whole run while that is short, then the last twenty seconds", () => {
    const early = settled(OPENING_VIEW, seconds(12));
    expect(early.start).toBe(0);
    expect(xOf(early, 1_000, seconds(12))).toBeCloseTo(930);
    const late = settled(OPENING_VIEW, seconds(60));
    expect(late.span).toBe(DEFAULT_SPAN);
    expect(xOf(late, 1_000, seconds(60))).toBeCloseTo(930);
  });

  it("stops following when it is moved into the past, and follows again once it is moved back", () => {
    const now = seconds(60);
    const past = panned(OPENING_VIEW, -seconds(5), now);
    expect(past.isFollowing).toBe(false);
    expect(settled(past, seconds(90)).start).toBe(past.start);
    expect(panned(past, seconds(5), now).isFollowing).toBe(true);
    expect(settled(following(past), now)).toEqual(settled(OPENING_VIEW, now));
  });

  it("zooms around what is under the pointer, and goes on following when that is now", () => {
    const now = seconds(60);
    const at = seconds(50);
    const near = zoomed(OPENING_VIEW, 0.01, at, now);
    expect(near.isFollowing).toBe(false);
    expect(xOf(near, 1_000, at)).toBeCloseTo(xOf(settled(OPENING_VIEW, now), 1_000, at));
    expect(zoomed(OPENING_VIEW, 0.01, now, now).isFollowing).toBe(true);
  });

  it("shows the whole run for as long as nobody zooms in again", () => {
    const all = zoomed(OPENING_VIEW, 1_000, seconds(50), seconds(60));
    expect(showsAll(all, seconds(60))).toBe(true);
    expect(settled(all, seconds(3_600))).toMatchObject({ start: 0, span: longestSpan(seconds(3_600)) });
    expect(zoomed(all, 0.5, seconds(60), seconds(60)).span).toBeCloseTo(longestSpan(seconds(60)) / 2);
  });

  it("reaches from five milliseconds to the whole run, and never before its beginning", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -8, max: 8, noNaN: true }),
        fc.integer({ min: 0, max: 3_600_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (power, now, share) => {
          const view = settled(zoomed(OPENING_VIEW, Math.exp(power), share * now, now), now);
          expect(view.start).toBeGreaterThanOrEqual(0);
          expect(view.start).toBeLessThanOrEqual(now);
          expect(view.span).toBeGreaterThanOrEqual(SHORTEST_SPAN);
          expect(view.span).toBeLessThanOrEqual(longestSpan(now));
        },
      ),
    );
  });

  it("falls back to now when the run begins again", () => {
    const past = panned(OPENING_VIEW, -seconds(60), seconds(300));
    expect(settled(past, seconds(5))).toMatchObject({ start: 0, isFollowing: true });
  });

  it("moves by whole pixels of the device, by less than one", () => {
    const window = { start: 12_345_678, span: DEFAULT_SPAN };
    const snapped = onPixels(window, 1_244, 2);
    const pixel = snapped.span / 1_244 / 2;
    expect(snapped.start / pixel).toBeCloseTo(Math.round(snapped.start / pixel));
    expect(Math.abs(snapped.start - window.start)).toBeLessThan(pixel);
    expect(snapped.span - window.span).toBeLessThan(pixel);
  });

  it("stays the same for a while when it grows with a long run", () => {
    const shown = (now: number) =>
      onPixels(settled({ ...OPENING_VIEW, span: Number.POSITIVE_INFINITY }, now), 1_244, 1);
    const painted = new Set(Array.from({ length: 60 }, (_, at) => shown(seconds(1_800 + at / 60)).span));
    expect(painted.size).toBeLessThan(8);
  });

  it("moves as little as need be to show an instant", () => {
    const now = seconds(60);
    expect(revealing(OPENING_VIEW, seconds(50), now)).toBe(OPENING_VIEW);
    expect(xOf(revealing(OPENING_VIEW, seconds(10), now), 1_000, seconds(10))).toBeCloseTo(100);
  });

  it("turns a place into an instant and back", () => {
    const window = { start: seconds(3), span: seconds(7) };
    expect(xOf(window, 800, instantAt(window, 800, 123))).toBeCloseTo(123);
  });

  it("reads in steps of 1, 2 or 5 that fit the zoom", () => {
    expect(readingStep({ start: 0, span: seconds(20) })).toBe(millis(100));
    expect(readingStep({ start: 0, span: millis(100) })).toBe(500);
    expect(readingStep({ start: 0, span: SHORTEST_SPAN })).toBe(20);
  });
});

describe("the ruler", () => {
  const labels = (start: number, span: number, width = 1_244) =>
    timeTicks({ start, span }, width).flatMap(({ label }) => (label === undefined ? [] : [label]));

  it("labels the opening window every two seconds", () => {
    expect(labels(0, DEFAULT_SPAN)).toEqual("0 2 4 6 8 10 12 14 16 18 20".split(" ").map((at) => `${at} s`));
  });

  it("counts minutes from the first minute on, and says parts of a second exactly", () => {
    expect(labels(seconds(56), DEFAULT_SPAN).slice(0, 4)).toEqual(["56 s", "58 s", "1:00", "1:02"]);
    expect(labels(seconds(12.7), millis(10)).slice(0, 3)).toEqual(["12.700 s", "12.701 s", "12.702 s"]);
    expect(labels(seconds(62), millis(500)).at(1)).toBe("1:02.05");
  });

  it("never tells a tick apart from another by a label that both have, and leaves room between labels", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 7_200, noNaN: true }),
        fc.double({ min: Math.log(SHORTEST_SPAN), max: Math.log(seconds(7_200)), noNaN: true }),
        fc.integer({ min: 300, max: 1_800 }),
        (start, logSpan, width) => {
          const window = { start: seconds(start), span: Math.exp(logSpan) };
          const ticks = timeTicks(window, width).filter(({ label }) => label !== undefined);
          expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
          const places = ticks.map(({ at }) => xOf(window, width, at));
          for (const [at, place] of places.entries()) {
            if (at > 0) expect(place - (places[at - 1] ?? 0)).toBeGreaterThan(91);
          }
        },
      ),
    );
  });
});

describe("words", () => {
  it("writes the clock in seconds, then in minutes and hours", () => {
    expect(formatClock(seconds(12.742))).toBe("12.742 s");
    expect(formatClock(seconds(59.9996))).toBe("1:00.000");
    expect(formatClock(seconds(3_662.5))).toBe("1:01:02.500");
    expect(formatInstant(seconds(65), 0)).toBe("1:05");
  });

  it("writes durations as short as they are exact enough", () => {
    expect([0, 850, 2_400, 12_000, 348_200, 1_000_000, 4_230_000, 75_000_000].map(formatDuration)).toEqual(
      "0 ms|850 µs|2.4 ms|12 ms|348 ms|1 s|4.2 s|75 s".split("|"),
    );
  });

  it("says what a second is worth, and what is reached when the workers cannot keep up", () => {
    expect(secondsWorth(0.02)).toBe("1/50: one second here is 20 ms there");
    expect(secondsWorth(1)).toBe("1×: one second here is 1 s there");
    expect(secondsWorth(0.001)).toBe("1/1000: one second here is 1 ms there");
    expect(reachedOnly(100, 31.2)).toBe("100× asked, 31× reached");
  });
});

describe("the band", () => {
  it("shows a dashed gap while nobody leads, and both leaders while there are two", () => {
    const first = aLeadership(r2, 3, millis(400), millis(3_000));
    const old = aLeadership(r1, 4, millis(3_460));
    const second = aLeadership(r4, 5, millis(14_466));
    const pieces = bandPieces([first, old, second]);
    expect(pieces.map(({ leaderships }) => leaderships.map(({ term }) => term))).toEqual([[], [3], [], [4], [5, 4]]);
    expect(pieceAt(pieces, millis(3_200))?.leaderships).toEqual([]);
    expect(pieceAt(pieces, seconds(99))?.leaderships).toEqual([second, old]);
  });

  it("covers the run from 0 on without gap or overlap, whatever the leaderships", () => {
    const span = fc.tuple(fc.nat(1_000), fc.nat(300), fc.boolean());
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), (spans) => {
        const pieces = bandPieces(
          spans.map(([from, length, lasts], at) =>
            lasts
              ? aLeadership(r1, at + 1, millis(from))
              : aLeadership(r1, at + 1, millis(from), millis(from + length)),
          ),
        );
        expect(pieces[0]?.from).toBe(0);
        expect(pieces.at(-1)?.to).toBe(Number.POSITIVE_INFINITY);
        for (const [at, piece] of pieces.entries()) {
          if (at > 0) expect(piece.from).toBe(pieces[at - 1]?.to);
        }
      }),
    );
  });
});

describe("the lanes", () => {
  const sample = (at: number, ...lag: readonly number[]): LaneSample => ({ at: millis(at), lag, queueDepth: lag });

  it("knows the highest live replica and leaves the dead out", () => {
    expect(peakOf([Number.NaN, 5, 9, 2])).toEqual({ value: 9, slot: 2 });
    expect(peakOf([Number.NaN])).toBeUndefined();
  });

  it("knows the lowest live replica, and shows the little that recall lacks as large as there is room", () => {
    expect(lowestOf([1, Number.NaN, 0.8, 0.9])).toEqual({ value: 0.8, slot: 2 });
    expect(lowestOf([Number.NaN])).toBeUndefined();
    expect([1, 0.95, 0.9, 0.89, 0.6, 0.5, 0.2, 0].map(recallFloor)).toEqual([0.9, 0.9, 0.9, 0.75, 0.5, 0.5, 0, 0]);
  });

  it("needs one sample more on either side of the window", () => {
    const samples = [0, 10, 20, 30, 40].map((at) => sample(at, 0));
    expect(indicesBetween(samples, millis(15), millis(25))).toEqual({ from: 1, to: 4 });
    expect(lastAt(samples, millis(25))?.at).toBe(millis(20));
    expect(lastAt(samples, -1)).toBeUndefined();
  });

  it("ends its scale at 1, 2 or 5 times a power of ten, and does not magnify a calm cluster", () => {
    expect([3, 99, 101, 348, 2_000].map((value) => roundTop(value, 100))).toEqual([100, 100, 200, 500, 2_000]);
  });

  it("puts write times on a log scale from 1 ms to 2 s", () => {
    expect(latencyShare(millis(1))).toBe(0);
    expect(latencyShare(seconds(2))).toBe(1);
    expect(latencyShare(seconds(9))).toBe(1);
    expect(latencyShare(millis(44.7))).toBeCloseTo(0.5, 1);
  });
});

describe("marks", () => {
  const marks = [10, 12, 30, 31, 33, 80].map((at) => ({ at }));

  it("go together where they would lie on each other, and the one that matters most gives its shape", () => {
    const clusters = clusterMarks(marks, 5, ({ at }) => -at);
    expect(clusters.map((cluster) => [cluster.chief.at, cluster.marks.length])).toEqual([
      [12, 2],
      [33, 3],
      [80, 1],
    ]);
  });

  it("can be gone through in both directions", () => {
    expect(neighbouringMark(marks, 31, 1)?.at).toBe(33);
    expect(neighbouringMark(marks, 31, -1)?.at).toBe(30);
    expect(neighbouringMark(marks, 80, 1)).toBeUndefined();
  });
});

describe("speeds", () => {
  it("have stops at 1, 2 and 5 of every decade", () => {
    expect(STOPS).toHaveLength(16);
    expect(nextStop(0.05, 1)).toBeCloseTo(0.1);
    expect(nextStop(0.05, -1)).toBeCloseTo(0.02);
    expect(nextStop(0.03, 1)).toBeCloseTo(0.05);
    expect(nextStop(100, 1)).toBe(100);
    expect(nextStop(0.001, -1)).toBe(0.001);
  });

  it("are drawn to watch and live, and elsewhere are short to say", () => {
    expect(rateAt(placeOf(0.052))).toBe(0.05);
    expect(rateAt(placeOf(1.1))).toBe(1);
    expect(formatRate(rateAt(placeOf(0.0271)))).toBe("1/37");
    expect(formatRate(rateAt(placeOf(23.4)))).toBe("23×");
    expect(rateAt(9)).toBe(100);
  });

  it("stand on the ruler by their logarithm", () => {
    expect(shareOf(placeOf(0.001))).toBe(0);
    expect(shareOf(placeOf(1))).toBeCloseTo(0.6);
    expect(shareOf(placeOf(100))).toBe(1);
  });
});
