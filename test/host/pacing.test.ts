// A session and its clock: how far it gets, never what happens.
import { describe, expect, it, onTestFinished } from "vitest";
import { after, millis, seconds } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { defaultInputs, OPENING } from "../../src/host/firstRun.ts";
import { InlineHost } from "../../src/host/inlineHost.ts";
import { HostedSession } from "../../src/host/session.ts";
import type { WallClock } from "../../src/host/wallClock.ts";

/** A clock that a test moves by hand. */
class HandClock implements WallClock {
  wall = 1_000;
  #waiting: { readonly due: number; readonly then: () => void }[] = [];

  now(): number {
    return this.wall;
  }

  after(delay: number, then: () => void): () => void {
    const entry = { due: this.wall + delay, then };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((waiting) => waiting !== entry);
    };
  }

  /** Callbacks that wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Lets `milliseconds` pass, then calls what is due. */
  pass(milliseconds: number): void {
    this.wall += milliseconds;
    const due = this.#waiting.filter((entry) => entry.due <= this.wall);
    this.#waiting = this.#waiting.filter((entry) => entry.due > this.wall);
    for (const { then } of due) then();
  }
}

async function aSession() {
  const clock = new HandClock();
  const session = new HostedSession({ host: new InlineHost(), datasetByName, clock });
  onTestFinished(() => session.close());
  await session.open(defaultInputs(), OPENING);
  return { clock, session };
}

describe("a playing session", () => {
  it("shows in each picture exactly the instant that the clock asks for", async () => {
    const { clock, session } = await aSession();
    for (const elapsed of [16, 33, 50]) {
      clock.wall = 1_000 + elapsed;
      expect((await session.pull()).virtualNow).toBe(after(OPENING, millis(elapsed)));
    }
  });

  it("goes on while nobody looks", async () => {
    const { clock, session } = await aSession();
    for (let ticks = 0; ticks < 20; ticks += 1) {
      clock.pass(10);
      // The tick takes its turn; asking something lets it end.
      await session.inputs();
      await Promise.resolve();
    }
    await session.pause();
    expect((await session.pull()).virtualNow).toBeGreaterThan(after(OPENING, millis(150)));
  });

  it("does not jump after a frozen hour", async () => {
    const { clock, session } = await aSession();
    clock.wall += 3_600_000;
    expect((await session.pull()).virtualNow).toBe(after(OPENING, millis(100)));
  });

  it("moves to another speed without a jump, in both directions", async () => {
    const { clock, session } = await aSession();
    clock.wall += 20;
    const { virtualNow } = await session.pull();
    clock.wall += 20;
    await session.setPlaybackRate(0.05);
    clock.wall += 20;
    expect((await session.pull()).virtualNow).toBe(after(virtualNow, millis(1)));
  });

  it("keeps its place when it is opened again while it is paused, and soon has no timer then", async () => {
    const { clock, session } = await aSession();
    // What a paused session still does is to leave checkpoints up to where it stands; then it rests.
    const rest = async () => {
      for (let turn = 0; turn < 200 && clock.waiting > 0; turn += 1) {
        clock.pass(20);
        await session.pull();
      }
    };
    await session.pause();
    await rest();
    expect(clock.waiting).toBe(0);
    await session.open(defaultInputs(), seconds(6));
    clock.pass(1_000);
    expect(await session.pull()).toMatchObject({ virtualNow: seconds(6), playing: false });
    await rest();
    expect(clock.waiting).toBe(0);
    expect(await session.pull()).toMatchObject({ virtualNow: seconds(6), playing: false });
  });

  it("lets a picture reach its instant, and gives way to it in between", async () => {
    const { clock, session } = await aSession();
    await session.setPlaybackRate(100);
    clock.pass(90);
    const { virtualNow } = await session.pull();
    expect(virtualNow).toBe(after(OPENING, seconds(9)));
  });
});
