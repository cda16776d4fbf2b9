// The one loop: every frame is drawn, nothing is lost between folds, one pull at a time, and a hidden tab goes on.
import { describe, expect, it } from "vitest";
import type { Frame } from "../../../src/model/protocol/frame.ts";
import { FrameSource } from "../../../src/view/store/frameSource.ts";
import { createViewStore } from "../../../src/view/store/viewStore.ts";
import { startFrameLoop, type Wall } from "../../../src/view/ui/frameLoop.ts";
import { FakeSession } from "../../support/fakeSession.ts";
import { aFrame } from "../../support/frames.ts";
import { acknowledged } from "../store/someEvents.ts";

/** A wall that moves only when told. */
function aWall() {
  let now = 0;
  let isHidden = false;
  let paints: (() => void)[] = [];
  let timer = () => {};
  const wall: Wall = {
    now: () => now,
    beforePaint: (run) => {
      paints.push(run);
      return () => {
        paints = paints.filter((other) => other !== run);
      };
    },
    every: (_, run) => {
      timer = run;
      return () => {
        timer = () => {};
      };
    },
    isHidden: () => isHidden,
  };
  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return {
    wall,
    paint: async (milliseconds: number) => {
      now += milliseconds;
      const due = paints;
      paints = [];
      for (const run of due) run();
      await settle();
    },
    hide: async () => {
      isHidden = true;
      now += 1_000;
      timer();
      await settle();
    },
    settle,
  };
}

function aLoop(session = new FakeSession({ frame: aFrame() })) {
  const clock = aWall();
  const parts = { session, frames: new FrameSource(), store: createViewStore() };
  const drawn: Frame[] = [];
  parts.frames.subscribe((frame) => drawn.push(frame));
  const stop = startFrameLoop({ ...parts, wall: clock.wall });
  return { ...parts, ...clock, drawn, stop, session };
}

describe("the frame loop", () => {
  it("draws every frame and folds at most ten times a second", async () => {
    const { store, drawn, paint, settle } = aLoop();
    await settle();
    let folds = 0;
    store.subscribe(() => {
      folds += 1;
    });
    for (let frame = 0; frame < 60; frame += 1) await paint(1_000 / 60);
    expect(drawn).toHaveLength(61);
    expect(folds).toBeGreaterThanOrEqual(8);
    expect(folds).toBeLessThanOrEqual(10);
  });

  it("loses no event between two folds", async () => {
    const { session, store, paint, settle } = aLoop();
    await settle();
    for (let frame = 0; frame < 30; frame += 1) {
      session.show({ events: [acknowledged(1, frame)] });
      await paint(16);
    }
    await paint(200);
    expect(store.getState().feed).toHaveLength(30);
  });

  it("never has two pulls under way", async () => {
    const session = new FakeSession({ frame: aFrame() });
    const answers: ((frame: Frame) => void)[] = [];
    session.pull = () => new Promise((resolve) => answers.push(resolve));
    const { paint, drawn, settle } = aLoop(session);
    await paint(16);
    await paint(16);
    expect(answers).toHaveLength(1);
    answers[0]?.(aFrame());
    await settle();
    expect(drawn).toHaveLength(1);
    await paint(16);
    expect(answers).toHaveLength(2);
  });

  it("goes on pulling in a hidden tab", async () => {
    const { drawn, hide, settle } = aLoop();
    await settle();
    await hide();
    await hide();
    expect(drawn).toHaveLength(3);
  });

  it("shows a session that gives no picture as a failure, and goes on when it does again", async () => {
    const session = new FakeSession({ frame: aFrame() });
    const pull = session.pull.bind(session);
    session.pull = () => Promise.reject(new Error("the loop is gone"));
    const { store, paint, settle } = aLoop(session);
    await settle();
    expect(store.getState().failure).toMatchObject({ message: "the loop is gone" });
    session.pull = pull;
    await paint(200);
    expect(store.getState().failure).toBeUndefined();
  });

  it("stops", async () => {
    const { drawn, paint, stop, settle } = aLoop();
    await settle();
    stop();
    await paint(100);
    expect(drawn).toHaveLength(1);
  });
});
