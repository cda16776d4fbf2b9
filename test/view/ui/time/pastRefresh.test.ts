// What is painted of the lanes' past is kept only where painting it anew would give the same.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { millis } from "../../../../src/base/units.ts";
import type { AxisPicture, LaneContext } from "../../../../src/view/ui/time/axisPicture.ts";
import { standingLanes } from "../../../../src/view/ui/time/paintAxis.ts";
import { type PastRefresh, pastRefresh } from "../../../../src/view/ui/time/pastRefresh.ts";
import type { StandingLane } from "../../../../src/view/ui/time/standingLane.ts";
import { type AxisHistory, type AxisStep, anyStep, longHistory, pictureOf, WIDTH } from "./axisPictures.ts";

type Segment = readonly [left: number, from: number, right: number, to: number];

/** What was done to a canvas: strokes and areas with their look, and dots. */
interface Recorded {
  readonly look: string;
  readonly segments: readonly Segment[];
}

/** A canvas that remembers instead of painting. */
function recorder() {
  const done: Recorded[] = [];
  let segments: Segment[] = [];
  let [x, y] = [0, 0];
  const keep = (kind: string, style: string) => {
    done.push({ look: `${kind} ${style} ${context.lineWidth} ${context.globalAlpha}`, segments });
  };
  const context: LaneContext = {
    ...{ globalAlpha: 1, fillStyle: "", strokeStyle: "", lineWidth: 1, lineJoin: "miter" },
    ...{ save: () => {}, restore: () => {}, rect: () => {}, clip: () => {} },
    beginPath: () => {
      segments = [];
    },
    moveTo: (toX, toY) => {
      [x, y] = [toX, toY];
    },
    lineTo: (toX, toY) => {
      segments.push([x, y, toX, toY]);
      [x, y] = [toX, toY];
    },
    arc: (atX, atY, radius) => void segments.push([atX - radius, atY, atX + radius, atY]),
    stroke: () => keep("stroke", String(context.strokeStyle)),
    fill: () => keep("fill", String(context.fillStyle)),
    fillRect: (left, top, width) => {
      done.push({ look: `dot ${context.fillStyle}`, segments: [[left, top, left + width, top]] });
    },
  };
  return { context, done };
}

function recordedFrom(lanes: readonly StandingLane[], left: number): readonly Recorded[] {
  const { context, done } = recorder();
  for (const lane of lanes) lane.paintPast(context, left);
  return done;
}

/** All that stands in the column of pixels at `x`: look and heights, rounded to what cannot be seen. */
function seenAt(recorded: readonly Recorded[], x: number): readonly string[] {
  return recorded.flatMap(({ look, segments }) => {
    const heights: string[] = [];
    for (const [left, from, right, to] of segments)
      if (left <= x && x < right) heights.push((from + ((to - from) * (x - left)) / (right - left)).toFixed(3));
    return heights.length === 0 ? [] : [`${look}: ${heights.join(" ")}`];
  });
}

interface Painted {
  readonly picture: AxisPicture;
  readonly lanes: readonly StandingLane[];
  /** Everything of every lane. */
  readonly recorded: () => readonly Recorded[];
}

const painted = (history: AxisHistory, pixelRatio = 1): Painted => {
  const picture = pictureOf(history, pixelRatio);
  const lanes = standingLanes(picture);
  let recorded: readonly Recorded[] | undefined;
  return {
    ...{ picture, lanes },
    recorded: () => {
      recorded ??= recordedFrom(lanes, 0);
      return recorded;
    },
  };
};

/** Some places of the plot, and all near `from`: a third of a pixel beside whole ones, where nothing stands exactly. */
const placesAround = (from: number): readonly number[] =>
  Array.from({ length: WIDTH }, (_, x) => x + 0.37).filter((x, index) => index % 8 === 0 || Math.abs(x - from) < 12);

/** Whether what is kept and what is painted again together are what painting everything gives. */
function expectSame(before: Painted, next: Painted, { by, from }: PastRefresh): void {
  const moved = by / next.picture.pixelRatio;
  const again = recordedFrom(next.lanes, from);
  for (const x of placesAround(from)) {
    const seen = x < from ? seenAt(before.recorded(), x + moved) : seenAt(again, x);
    expect(seen).toEqual(seenAt(next.recorded(), x));
  }
}

const values = [0, 0, 40_000, 12_000, Number.NaN, 0, 70_000];

describe("the lanes' past", () => {
  it("is kept only where it is what painting everything would give", () => {
    const steps = fc.array(anyStep, { minLength: 1, maxLength: 12 });
    const seen = { kept: 0, anew: 0 };
    fc.assert(
      fc.property(steps, fc.constantFrom(1, 1.5, 2), (list, pixelRatio) => {
        let history = longHistory(values);
        let before = painted(history, pixelRatio);
        for (const step of list) {
          history = step(history);
          const next = painted(history, pixelRatio);
          const refresh = pastRefresh(before, next);
          if (refresh === undefined) seen.anew += 1;
          else {
            seen.kept += 1;
            expectSame(before, next, refresh);
          }
          before = next;
        }
      }),
      { numRuns: 50 },
    );
    expect(seen.kept).toBeGreaterThan(50);
    expect(seen.anew).toBeGreaterThan(20);
  }, 120_000);

  it("is painted again at its end only, where time goes on", () => {
    const history = longHistory([0, 9_000, 30_000]);
    const later = { ...history, now: millis(history.now / 1_000 + 200) };
    const refresh = pastRefresh(painted(history), painted(later));
    expect(refresh?.by).toBe(8);
    expect(refresh?.from).toBeGreaterThan(0.85 * WIDTH);
  });

  it("stays as it is where one looks elsewhere while time goes on", () => {
    const history: AxisHistory = { ...longHistory(values), view: { start: 1e6, span: 6e6, isFollowing: false } };
    const later = { ...history, now: millis(history.now / 1_000 + 900) };
    const refresh = pastRefresh(painted(history), painted(later));
    expect(refresh?.by).toBe(0);
    expect(refresh?.from).toBeGreaterThanOrEqual(WIDTH - 5);
  });

  it("is painted anew where anything else has changed", () => {
    const history = longHistory([0, 9_000, 30_000]);
    const before = painted(history);
    const changes: Readonly<Record<string, AxisStep>> = {
      "a replica is pointed at": (one) => ({ ...one, isEmphasised: true }),
      "the window is longer": (one) => ({ ...one, view: { ...one.view, span: 8e6 } }),
      "the window went back": (one) => ({ ...one, view: { start: 3e7, span: 6e6, isFollowing: false } }),
      "a sample is another": (one) => ({
        ...one,
        samples: one.samples.with(-9, { ...one.samples[0], ...{ at: one.now, lag: [1], queueDepth: [1] } }),
      }),
      "samples are gone": (one) => ({ ...one, samples: one.samples.slice(0, -1) }),
      "the run is earlier": (one) => ({ ...one, now: millis(49_000) }),
      "the scale is another": (one) => ({
        ...one,
        samples: [...one.samples, { at: one.now, lag: [millis(900), 0], queueDepth: [0, 0] }],
      }),
    };
    for (const [name, change] of Object.entries(changes))
      expect(pastRefresh(before, painted(change(history))), name).toBeUndefined();
    const { picture, lanes } = before;
    for (const other of [{ ink: { ...picture.ink } }, { width: WIDTH + 1 }, { pixelRatio: 2 }])
      expect(pastRefresh(before, { picture: { ...picture, ...other }, lanes })).toBeUndefined();
    expect(pastRefresh(before, { picture, lanes: lanes.slice(1) })).toBeUndefined();
    expect(pastRefresh(before, { picture, lanes })).toBeDefined();
  });
});
