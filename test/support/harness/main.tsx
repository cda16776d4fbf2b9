/**
 * The page over a hand-made frame, for looking at the view without a model. Development only: `npm run dev`, then
 * /test/support/harness/?frame=partitionOfFive&theme=dark&play=1. Every picture of `frames.ts` can be named.
 */
import { createRoot } from "react-dom/client";
import { present } from "../../../src/base/assert.ts";
import { openComparison } from "../../../src/host/compareLine.ts";
import { readElsewhere } from "../../../src/host/readerLine.ts";
import { FrameSource } from "../../../src/view/store/frameSource.ts";
import { createViewStore } from "../../../src/view/store/viewStore.ts";
import { App } from "../../../src/view/ui/App.tsx";
import { startFrameLoop } from "../../../src/view/ui/frameLoop.ts";
import { FakeSession } from "../fakeSession.ts";
import * as pictures from "../pictures.ts";

const query = new URLSearchParams(location.search);
const named = new Map(Object.entries(pictures.ALL_PICTURES));
const picture = named.get(query.get("frame") ?? "") ?? pictures.ALL_PICTURES.healthyTrio;
const playing = query.has("play");
const rate = Number(query.get("rate") ?? picture.playbackRate);
const session = new FakeSession({
  frame: { ...picture, playing, playbackRate: rate, reachedRate: rate },
  now: () => performance.now(),
});
const services = { session, frames: new FrameSource(), store: createViewStore(), openComparison, readElsewhere };
services.store.getState().setTheme(query.get("theme") === "dark" ? "dark" : "light");
startFrameLoop(services);
createRoot(present(document.getElementById("root"), "the root element")).render(<App services={services} />);
