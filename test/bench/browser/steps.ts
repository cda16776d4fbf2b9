/** What the bench asks of a page: a session in real workers, run as fast as it goes. Served by Vite, never built. */
import { after, type Micros, seconds } from "../../../src/base/units.ts";
import { openSession } from "../../../src/host/openSession.ts";
import { MODEL_VERSION } from "../../../src/model/protocol/config.ts";
import { fiveReplicas, type Pace, WARM_UP } from "../steps.ts";

/** Events and virtual seconds per wall second over `virtualSeconds`. */
async function measureSteps(virtualSeconds: number, lookahead: boolean): Promise<Pace> {
  const inputs = { modelVersion: MODEL_VERSION, config: fiveReplicas(), commands: [] };
  const session = await openSession({ inputs, at: WARM_UP, lookahead });
  try {
    await session.pause();
    const before = (await session.pull()).counters.eventsProcessed;
    const until: Micros = after(WARM_UP, seconds(virtualSeconds));
    const start = performance.now();
    await session.runTo(until);
    const wallSeconds = (performance.now() - start) / 1_000;
    const events = (await session.pull()).counters.eventsProcessed - before;
    return { eventsPerSecond: events / wallSeconds, virtualPerWall: virtualSeconds / wallSeconds };
  } finally {
    session.close();
  }
}

declare global {
  interface Window {
    measureSteps: typeof measureSteps;
  }
}

window.measureSteps = measureSteps;
