// A step of one event is shown as a movement from one picture to the other, forward and back; nothing else is.
import { describe, expect, it } from "vitest";
import { millis } from "../../../src/base/units.ts";
import type { Frame } from "../../../src/model/protocol/frame.ts";
import { tweenOf } from "../../../src/view/ui/stepTween.ts";
import { aFrame } from "../../support/frames.ts";

function standing(at: number, event: number, parts: Partial<Frame> = {}): Frame {
  const frame = aFrame({ playing: false, virtualNow: millis(at), ...parts });
  return { ...frame, counters: { ...frame.counters, eventsProcessed: event } };
}

describe("the movement of a step", () => {
  it("goes from one instant to the other with the messages of the earlier picture", () => {
    const [earlier, later] = [standing(5_000, 70), standing(5_010, 71)];
    const forward = tweenOf(earlier, later);
    expect([0, 0.5, 1].map((share) => forward?.at(share).virtualNow)).toEqual([5_000, 5_005, 5_010].map(millis));
    expect(forward?.at(0.5).flights).toBe(earlier.flights);
    const back = tweenOf(later, earlier);
    expect([0, 0.5, 1].map((share) => back?.at(share).virtualNow)).toEqual([5_010, 5_005, 5_000].map(millis));
    expect(back?.at(0.5).flights).toBe(earlier.flights);
  });

  it("is none of longer ways, of a run that plays, and from one run or branch to another", () => {
    const here = standing(5_000, 70);
    expect(tweenOf(undefined, here)).toBeUndefined();
    expect(tweenOf(here, standing(6_000, 90))).toBeUndefined();
    expect(tweenOf(here, standing(5_010, 71, { playing: true }))).toBeUndefined();
    expect(tweenOf(here, standing(5_010, 71, { runId: 9 }))).toBeUndefined();
    const branched = { ...here.travelled, branch: 1 };
    expect(tweenOf(here, standing(5_010, 71, { travelled: branched }))).toBeUndefined();
  });
});
