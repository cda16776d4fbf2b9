/**
 * Composition root: opens a session in workers, connects it with the view, starts the loop. The only file that knows
 * everybody. Until the first frame is there the page shows what stands in `index.html`.
 */
import { createRoot, type Root } from "react-dom/client";
import { present } from "./base/assert.ts";
import { ZERO } from "./base/units.ts";
import { openComparison } from "./host/compareLine.ts";
import { defaultInputs, OPENING } from "./host/firstRun.ts";
import { openSession } from "./host/openSession.ts";
import { readElsewhere } from "./host/readerLine.ts";
import type { ClusterSession } from "./model/protocol/session.ts";
import { formerAutosave } from "./view/storage/tab.ts";
import { FrameSource } from "./view/store/frameSource.ts";
import { createViewStore } from "./view/store/viewStore.ts";
import { App } from "./view/ui/App.tsx";
import { WATCH_RATE } from "./view/ui/actions.ts";
import type { AppServices } from "./view/ui/appContext.ts";
import { startFrameLoop } from "./view/ui/frameLoop.ts";
import { StartProblem } from "./view/ui/StartProblem.tsx";

/** Wall milliseconds that the first picture waits for what the address asks for. */
const PATIENCE = 600;

/** Wall milliseconds after the first picture until the run in progress begins to be kept. */
const KEEPING = 1_000;

function waited(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}

/** Whether the page is to open with something else than the usual run. */
function asksForMore(): boolean {
  return location.hash.length > 1 || location.search !== "" || formerAutosave() !== undefined;
}

/** What the page begins with: the session, and how it goes on. */
interface Beginning {
  readonly session: ClusterSession;
  readonly goOn: (services: AppServices) => Promise<void>;
}

/**
 * Links, scenarios and kept runs are loaded when there is one to open: the page's first load does without them. The session
 * begins with the run that is asked for, unless it has to be waited for, or something is wrong with it.
 */
async function begin(): Promise<Beginning> {
  if (!asksForMore()) return { session: await openSession(), goOn: async () => undefined };
  const opening = await import("./view/ui/share/opening.ts");
  const first = await Promise.race([opening.firstRunIn(location), waited(PATIENCE)]);
  // What cannot even begin is told by whoever tries again with the page there.
  const sound = first && { inputs: opening.inputsOfFirst(first), at: ZERO, plays: false };
  const session = sound && (await openSession(sound).catch(() => undefined));
  if (first === undefined || session === undefined) {
    return { session: await openSession(), goOn: (services) => opening.openAtStart(services, location) };
  }
  const openUsual = async () => {
    if (await session.open(defaultInputs(), OPENING)) await session.play();
  };
  return { session, goOn: (services) => opening.openFirst(services, first, openUsual) };
}

/** What keeps the run in progress is loaded once the page stands. */
async function keepRuns(services: AppServices): Promise<void> {
  await waited(KEEPING);
  const { startKeeping } = await import("./view/ui/share/opening.ts");
  await startKeeping(services);
}

/** Shows the page once the store has its first facts. */
async function show(root: Root, { session, goOn }: Beginning): Promise<void> {
  const services = { session, frames: new FrameSource(), store: createViewStore(), openComparison, readElsewhere };
  await session.setPlaybackRate(WATCH_RATE);
  startFrameLoop(services);
  const opening = goOn(services);
  // What the address asks for is computed while the page waits, unless that takes long: then the page shows how far it is.
  await Promise.race([opening, waited(PATIENCE)]);
  const render = () => {
    root.render(<App services={services} />);
    void opening.then(() => keepRuns(services));
  };
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
    await show(root, await begin());
  } catch (error) {
    root.render(<StartProblem reason={error instanceof Error ? error.message : String(error)} />);
  }
}

void start();
