/**
 * Composition root: opens a session in workers, connects it with the view, starts the loop. The only file that knows
 * everybody. Until the first frame is there the page shows what stands in `index.html`.
 */
import { createRoot, type Root } from "react-dom/client";
import { present } from "./base/assert.ts";
import { openSession } from "./host/openSession.ts";
import type { ClusterSession } from "./model/protocol/session.ts";
import { FrameSource } from "./view/store/frameSource.ts";
import { createViewStore } from "./view/store/viewStore.ts";
import { App } from "./view/ui/App.tsx";
import { WATCH_RATE } from "./view/ui/actions.ts";
import { startFrameLoop } from "./view/ui/frameLoop.ts";
import { StartProblem } from "./view/ui/StartProblem.tsx";

/** Shows the page once the store has its first facts. */
async function show(root: Root, session: ClusterSession): Promise<void> {
  const services = { session, frames: new FrameSource(), store: createViewStore() };
  await session.setPlaybackRate(WATCH_RATE);
  await session.play();
  startFrameLoop(services);
  const render = () => root.render(<App services={services} />);
  if (services.store.getState().runId > 0) return render();
  const stop = services.store.subscribe(({ runId, failure }) => {
    if (runId === 0 && failure === undefined) return;
    stop();
    render();
  });
  return undefined;
}

async function start(): Promise<void> {
  const root = createRoot(present(document.getElementById("root"), "the root element"));
  try {
    if (typeof Worker === "undefined") throw new Error("This browser has no workers, or does not allow them here.");
    await show(root, await openSession());
  } catch (error) {
    root.render(<StartProblem reason={error instanceof Error ? error.message : String(error)} />);
  }
}

void start();
