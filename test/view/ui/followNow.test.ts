// When the feed moves by itself, and how far.
import { describe, expect, it } from "vitest";
import { isSought, scrollTo } from "../../../src/view/ui/panels/events/followNow.ts";

const at = (now: number, playing = false) => ({ now, playing, isBack: true });

describe("the feed follows the playhead", () => {
  it("takes a way back, and every move of a run that stands, for a seek", () => {
    expect(isSought(at(12), at(9))).toBe(true);
    expect(isSought(at(12, true), at(9, true))).toBe(true);
    expect(isSought(at(9), at(12))).toBe(true);
    expect(isSought(at(9), at(9))).toBe(false);
    expect(isSought(at(9, true), at(10, true))).toBe(false);
    // The run was paused a moment after the last look.
    expect(isSought(at(9, true), at(10))).toBe(false);
  });

  it("leaves the panel where it stands while the line is seen, and else brings it to the middle", () => {
    const panel = { top: 100, height: 400, scrolled: 1_000 };
    expect(scrollTo(panel, { top: 100, height: 20 })).toBe(1_000);
    expect(scrollTo(panel, { top: 480, height: 20 })).toBe(1_000);
    expect(scrollTo(panel, { top: 481, height: 20 })).toBe(1_191);
    expect(scrollTo(panel, { top: -300, height: 20 })).toBe(410);
    expect(scrollTo({ ...panel, scrolled: 50 }, { top: -300, height: 20 })).toBe(0);
  });
});
