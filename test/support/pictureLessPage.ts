// A page without a picture: a session in this thread, and frames as fast as they come, until the test is over.
import { onTestFinished } from "vitest";
import { seconds } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { defaultInputs } from "../../src/host/firstRun.ts";
import { InlineHost } from "../../src/host/inlineHost.ts";
import { HostedSession } from "../../src/host/session.ts";
import { frameApplier } from "../../src/view/store/applyFrame.ts";
import { FrameCollector } from "../../src/view/store/frameCollector.ts";
import { FrameSource } from "../../src/view/store/frameSource.ts";
import { createViewStore } from "../../src/view/store/viewStore.ts";
import { readHere } from "./readHere.ts";

/** The services of a page that shows the usual run at two seconds, paused. */
export async function pictureLessPage() {
  const session = new HostedSession({ host: new InlineHost(), datasetByName });
  await session.pause();
  await session.open(defaultInputs(), seconds(2));
  const [frames, store, collector] = [new FrameSource(), createViewStore(), new FrameCollector()];
  const apply = frameApplier(store);
  let isOver = false;
  const loop = async () => {
    while (!isOver) {
      const frame = await session.pull();
      collector.add(frame);
      frames.publish(frame);
      const batch = collector.take();
      if (batch !== undefined) apply(batch);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    session.close();
  };
  void loop();
  onTestFinished(() => {
    isOver = true;
  });
  const openComparison = () => {
    throw new Error("nothing is compared here");
  };
  return { session, frames, store, openComparison, readElsewhere: readHere };
}

export type PictureLessPage = Awaited<ReturnType<typeof pictureLessPage>>;
