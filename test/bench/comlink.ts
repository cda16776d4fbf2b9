/**
 * Steps over Comlink: every event of the history crosses to a replica's machine and back, over a MessageChannel of one
 * thread in Node, and between real workers in Chromium; with lookahead windows as the app runs, and one event at a time.
 */
import { after, seconds } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { PortHost } from "../../src/host/portHost.ts";
import { HostedSession } from "../../src/host/session.ts";
import { MODEL_VERSION } from "../../src/model/protocol/config.ts";
import { ChannelSupply } from "../host/channels.ts";
import { withBrowser } from "./browser.ts";
import { type Figure, repeat } from "./measure.ts";
import { developmentServer } from "./servers.ts";
import { fiveReplicas, type Pace, WARM_UP } from "./steps.ts";

const RUNS = 5;
const unit = "events per s";

async function overChannels(virtualSeconds: number, lookahead: boolean): Promise<Pace> {
  const host = new PortHost(new ChannelSupply());
  const session = new HostedSession({ host, datasetByName, lookahead });
  try {
    await session.open({ modelVersion: MODEL_VERSION, config: fiveReplicas(), commands: [] }, WARM_UP);
    await session.pause();
    const before = (await session.pull()).counters.eventsProcessed;
    const start = performance.now();
    await session.runTo(after(WARM_UP, seconds(virtualSeconds)));
    const wallSeconds = (performance.now() - start) / 1_000;
    const events = (await session.pull()).counters.eventsProcessed - before;
    return { eventsPerSecond: events / wallSeconds, virtualPerWall: virtualSeconds / wallSeconds };
  } finally {
    session.close();
  }
}

async function inNode(): Promise<readonly Figure[]> {
  const of = (what: string, virtualSeconds: number, lookahead: boolean) =>
    repeat({ what: `Comlink in Node, one thread, ${what}`, unit, target: "" }, RUNS, async () => {
      return (await overChannels(virtualSeconds, lookahead)).eventsPerSecond;
    });
  return [await of("windows", 40, true), await of("one event a call", 10, false)];
}

async function inWorkers(): Promise<readonly Figure[]> {
  const server = await developmentServer();
  try {
    return await withBrowser(async (browser) => {
      const page = await browser.newPage();
      await page.goto(`${server.address}test/bench/browser/steps.html`);
      await page.waitForFunction(() => "measureSteps" in window);
      const of = (what: string, virtualSeconds: number, lookahead: boolean) =>
        repeat({ what: `Comlink, five workers in Chromium, ${what}`, unit, target: "" }, RUNS, async () => {
          const pace = await page.evaluate(([duration, ahead]) => window.measureSteps(duration, ahead), [
            virtualSeconds,
            lookahead,
          ] as const);
          return pace.eventsPerSecond;
        });
      return [await of("windows", 40, true), await of("one event a call", 10, false)];
    });
  } finally {
    await server.close();
  }
}

/** Five replicas, in Node and in Chromium. */
export async function comlink(): Promise<readonly Figure[]> {
  return [...(await inNode()), ...(await inWorkers())];
}
