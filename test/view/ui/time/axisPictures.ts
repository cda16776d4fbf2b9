/** Pictures of the time axis for tests: a history that goes on by steps, and what the axis shows of it. */
import fc from "fast-check";
import { term } from "../../../../src/base/ids.ts";
import { type Micros, micros, millis, seconds } from "../../../../src/base/units.ts";
import type { LaneSample, RecallSample, WriteSample } from "../../../../src/model/protocol/frame.ts";
import { bandPieces } from "../../../../src/view/layout/timeBand.ts";
import { fullRows, LANES } from "../../../../src/view/layout/timeRows.ts";
import { onPixels, panned, settled, type TimeView, xOf, zoomed } from "../../../../src/view/layout/timeWindow.ts";
import type { AxisPicture } from "../../../../src/view/ui/time/axisPicture.ts";
import type { AxisInk } from "../../../../src/view/ui/time/ink.ts";
import { aLeadership, r1, r2 } from "../../../support/frameBuilders.ts";

/** Everything that a picture is made from, and that steps change. */
export interface AxisHistory {
  readonly now: Micros;
  readonly view: TimeView;
  readonly samples: readonly LaneSample[];
  readonly recalls: readonly RecallSample[];
  readonly writes: readonly WriteSample[];
  readonly isEmphasised: boolean;
}

export type AxisStep = (history: AxisHistory) => AxisHistory;

/** Wall pixels of the plot. */
export const WIDTH = 240;
const ROWS = fullRows(LANES);

export const NO_HISTORY: AxisHistory = {
  ...{ now: millis(0), samples: [], recalls: [], writes: [], isEmphasised: false },
  view: { start: 0, span: seconds(6), isFollowing: true },
};

/** The colours of a test. */
export const PLAIN_INK: AxisInk = {
  ...{ panel: "#fff", line: "#ddd", lineStrong: "#999", ink: "#111", ink2: "#444", ink3: "#777" },
  ...{ amber: "#f4d58d", amberText: "#8a5a00", label: "450 13px sans-serif", strong: "600 13px sans-serif" },
  terms: [{ fill: "#cde", on: "#123", edge: "#89a" }],
};

/** What the axis shows of `history`. */
export function pictureOf(history: AxisHistory, pixelRatio = 1): AxisPicture {
  const { now, samples, recalls, writes } = history;
  const window = onPixels(settled(history.view, now), WIDTH, pixelRatio);
  const leaderships = [aLeadership(r1, term(1), millis(0))];
  return {
    ...{ width: WIDTH, pixelRatio, rows: ROWS, window, now, ink: PLAIN_INK, pieces: bandPieces(leaderships) },
    playheadX: xOf(window, WIDTH, now),
    lanes: { samples, recalls, writes, leaderships, marks: [] },
    emphasised: history.isEmphasised ? r2 : undefined,
    xOf: (at) => xOf(window, WIDTH, at),
  };
}

/** A sample ten times in a second of the run. */
const EVERY = millis(100);

/** Goes on by `duration`, with a sample whenever one is due; `values` are of two replicas, taken in turns. */
function on(duration: number, values: readonly number[]): AxisStep {
  return (history) => {
    const now = micros(history.now + duration);
    const first = Math.floor(history.now / EVERY) + 1;
    const due = Array.from({ length: Math.floor(now / EVERY) - first + 1 }, (_, index) => first + index);
    const value = (index: number) => values[index % values.length] ?? 0;
    const added = <T>(list: readonly T[], of: (at: Micros, one: number, other: number) => T): readonly T[] =>
      due.length === 0 ? list : [...list, ...due.map((tick) => of(micros(tick * EVERY), value(tick), value(tick + 1)))];
    return {
      ...history,
      now,
      samples: added(history.samples, (at, one, other) => ({
        at,
        lag: [one, other],
        queueDepth: [one / 9, other / 7],
      })),
      recalls: added(history.recalls, (at, one, other) => ({ at, recall: [1 - one / 4e5, 1 - other / 1e6] })),
      writes: added(history.writes, (at, one, other) => ({
        at,
        latency: micros(Math.round(1_000 + (Number.isNaN(other) ? 0 : other))),
        outcome: Number.isNaN(one) ? "unknown" : "acknowledged",
      })),
    };
  };
}

/** Every second of the older half goes, as where a history is thinned. */
const thin: AxisStep = (history) => ({
  ...history,
  samples: history.samples.filter((_, index) => index > history.samples.length / 2 || index % 2 === 0),
});

/** Another branch: what came last was not. */
const cut: AxisStep = (history) => ({
  ...history,
  samples: history.samples.slice(0, -3),
  writes: history.writes.slice(0, -3),
});

const emphasise: AxisStep = (history) => ({ ...history, isEmphasised: !history.isEmphasised });
const pan =
  (share: number): AxisStep =>
  (history) => ({
    ...history,
    view: panned(history.view, share * history.view.span, history.now),
  });
const zoom =
  (factor: number): AxisStep =>
  (history) => ({
    ...history,
    view: zoomed(history.view, factor, history.now, history.now),
  });

/** Microseconds of lag, often in step, sometimes dead. */
const anyValue = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 90_000 }), fc.constant(Number.NaN));

/** Steps as they come while a person watches: mostly time goes on a little. */
export const anyStep: fc.Arbitrary<AxisStep> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .tuple(fc.integer({ min: 0, max: 250_000 }), fc.array(anyValue, { minLength: 3, maxLength: 9 }))
      .map(([duration, values]) => on(duration, values)),
  },
  { weight: 1, arbitrary: fc.constantFrom(thin, cut, emphasise, emphasise) },
  { weight: 1, arbitrary: fc.double({ min: -0.3, max: 0.3, noNaN: true }).map(pan) },
  { weight: 1, arbitrary: fc.constantFrom(0.5, 2, 8).map(zoom) },
);

/** Two thousand pixels' worth of history to begin with. */
export const longHistory = (values: readonly number[]): AxisHistory => on(seconds(50), values)(NO_HISTORY);
