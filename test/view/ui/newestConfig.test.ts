// Two changes of the configuration, one right behind the other: both hold, although the page has not seen the first yet.
import { describe, expect, it, onTestFinished } from "vitest";
import { datasetByName } from "../../../src/data/dataset.ts";
import { defaultInputs, OPENING } from "../../../src/host/firstRun.ts";
import { InlineHost } from "../../../src/host/inlineHost.ts";
import { HostedSession } from "../../../src/host/session.ts";
import { FrameSource } from "../../../src/view/store/frameSource.ts";
import { createViewStore } from "../../../src/view/store/viewStore.ts";
import type { AppServices } from "../../../src/view/ui/appContext.ts";
import { changeNewest } from "../../../src/view/ui/newestConfig.ts";

async function aPage() {
  const session = new HostedSession({ host: new InlineHost(), datasetByName });
  onTestFinished(() => session.close());
  await session.pause();
  await session.open(defaultInputs(), OPENING);
  const frames = new FrameSource();
  frames.publish(await session.pull());
  const openComparison: AppServices["openComparison"] = () => {
    throw new Error("nothing is compared here");
  };
  const readElsewhere: AppServices["readElsewhere"] = () => {
    throw new Error("nothing is read here");
  };
  const services: AppServices = { session, frames, store: createViewStore(), openComparison, readElsewhere };
  const pictures = async (until: Promise<unknown>) => {
    let isDone = false;
    const done = until.finally(() => {
      isDone = true;
    });
    while (!isDone) frames.publish(await session.pull());
    await done;
  };
  return { services, session, pictures };
}

describe("a change of the configuration", () => {
  it("is made from what the one before left, not from what is shown", async () => {
    const { services, session, pictures } = await aPage();
    const before = services.frames.latest?.config.workload;
    const writes = changeNewest(services, ({ workload: { readsPerSecond, searchesPerSecond } }) => ({
      kind: "setRates",
      rates: { readsPerSecond, searchesPerSecond, writesPerSecond: 11 },
    }));
    const searches = changeNewest(services, ({ workload: { readsPerSecond, writesPerSecond } }) => ({
      kind: "setRates",
      rates: { readsPerSecond, writesPerSecond, searchesPerSecond: 7 },
    }));
    await pictures(Promise.all([writes, searches]));
    expect((await session.pull()).config.workload).toMatchObject({
      readsPerSecond: before?.readsPerSecond,
      writesPerSecond: 11,
      searchesPerSecond: 7,
    });
  });

  it("that is refused says why and holds up no other", async () => {
    const { services, session, pictures } = await aPage();
    const refused = changeNewest(services, () => ({ kind: "setQuorum", writeQuorum: 99, readQuorum: 1 }));
    const unasked = changeNewest(services, () => "not like this");
    const nothing = changeNewest(services, () => undefined);
    const taken = changeNewest(services, () => ({ kind: "setQuorum", writeQuorum: 3, readQuorum: 1 }));
    await pictures(Promise.all([refused, unasked, nothing, taken]));
    expect(await refused).toMatch(/\w/);
    expect(await unasked).toBe("not like this");
    expect(await nothing).toBeUndefined();
    expect(await taken).toBeUndefined();
    expect((await session.pull()).config.cluster).toMatchObject({ writeQuorum: 3, readQuorum: 1 });
  });
});
