// Pictures cross without what the page has already, and arrive whole all the same.
import { describe, expect, it, onTestFinished } from "vitest";
import { replicaId } from "../../src/base/ids.ts";
import { after, millis } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { defaultInputs, OPENING } from "../../src/host/firstRun.ts";
import { FrameKeeper, FrameSender, type SlowPart } from "../../src/host/frameLine.ts";
import { InlineHost } from "../../src/host/inlineHost.ts";
import { HostedSession } from "../../src/host/session.ts";

const slowParts: readonly SlowPart[] = ["config", "groups", "cuts", "receipts", "verdicts", "leaderships"];

async function aSession(): Promise<HostedSession> {
  const session = new HostedSession({ host: new InlineHost(), datasetByName });
  onTestFinished(() => session.close());
  await session.pause();
  await session.open(defaultInputs(), OPENING);
  return session;
}

describe("pictures on their way to the page", () => {
  it("arrive as they were sent, whatever happens to the cluster", async () => {
    const session = await aSession();
    const [sender, keeper] = [new FrameSender(), new FrameKeeper()];
    const [r1, r2, r3] = [replicaId(1), replicaId(2), replicaId(3)];
    const deeds = new Map([
      [3, () => session.command({ kind: "setMode", mode: "asynchronous" })],
      [5, () => session.command({ kind: "partition", groups: [[r1], [r2, r3]] })],
      [25, () => session.command({ kind: "heal" })],
      [30, () => session.command({ kind: "crash", replicaId: r2 })],
    ]);
    for (let picture = 0; picture < 50; picture += 1) {
      await deeds.get(picture)?.();
      await session.runTo(after(OPENING, millis(60 * (picture + 1))));
      const frame = await session.pull();
      expect(keeper.whole(structuredClone(sender.news(frame, keeper.known)))).toEqual(frame);
    }
  });

  it("leave behind what has not changed, and the page keeps the very same", async () => {
    const session = await aSession();
    const [sender, keeper] = [new FrameSender(), new FrameKeeper()];
    const first = keeper.whole(structuredClone(sender.news(await session.pull(), keeper.known)));
    const news = structuredClone(sender.news(await session.pull(), keeper.known));
    for (const part of slowParts) expect(news[part], part).toBeUndefined();
    const second = keeper.whole(news);
    for (const part of slowParts) expect(second[part], part).toBe(first[part]);
  });

  it("are whole for a page that has none, or missed one", async () => {
    const session = await aSession();
    const [sender, early, late] = [new FrameSender(), new FrameKeeper(), new FrameKeeper()];
    early.whole(structuredClone(sender.news(await session.pull(), early.known)));
    const frame = await session.pull();
    expect(late.whole(structuredClone(sender.news(frame, late.known)))).toEqual(frame);
    const missed = await session.pull();
    expect(early.whole(structuredClone(sender.news(missed, early.known)))).toEqual(missed);
  });
});
