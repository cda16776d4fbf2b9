// The map's feed: a plane that could not be found is looked for again, and nobody works for a map that is closed.
import { afterEach, describe, expect, it, vi } from "vitest";
import { HOLDINGS, type Holdings } from "../../../../src/model/protocol/holdings.ts";
import { frameApplier } from "../../../../src/view/store/applyFrame.ts";
import { FrameCollector } from "../../../../src/view/store/frameCollector.ts";
import { FrameSource } from "../../../../src/view/store/frameSource.ts";
import { createViewStore } from "../../../../src/view/store/viewStore.ts";
import type { AppServices } from "../../../../src/view/ui/appContext.ts";
import { MapFeed } from "../../../../src/view/ui/map/mapFeed.ts";
import { createMapStore } from "../../../../src/view/ui/map/mapStore.ts";
import type { PlaneOrder } from "../../../../src/view/ui/map/planeWorker.ts";
import { FakeSession } from "../../../support/fakeSession.ts";
import { healthyTrio, r1 } from "../../../support/frames.ts";
import { planeAtOnce } from "../../../support/planeAtOnce.ts";

const none = { absent: 0, held: 2, outdated: 0, missing: 0, ghost: 0 };
const held = HOLDINGS.indexOf("held");

const two: Holdings = {
  at: healthyTrio.virtualNow,
  known: { epoch: 3, revision: 4 },
  size: 2,
  news: {
    positions: Uint32Array.of(0, 1),
    ids: ["a", "b"],
    payloads: ["a", "b"].map((name) => ({ kind: "row" as const, name, text: "" })),
    embeddings: Float32Array.of(1, 0, 0, 1),
    dimension: 2,
  },
  truth: Uint8Array.of(1, 1),
  replicas: [
    {
      replicaId: r1,
      alive: true,
      standings: Uint8Array.of(held, held),
      counts: { ...none, unconfirmed: 0, unconfirmedDelete: 0, onItsWay: 0, lost: 0 },
    },
  ],
};

/** A worker that does what the test says with each order. */
function stubWorkers(answer: (worker: EventTarget, order: PlaneOrder) => void) {
  const ended: unknown[] = [];
  class StubWorker extends EventTarget {
    postMessage(order: PlaneOrder) {
      answer(this, order);
    }
    terminate() {
      ended.push(this);
    }
  }
  vi.stubGlobal("Worker", StubWorker);
  return ended;
}

afterEach(() => vi.unstubAllGlobals());

async function openFeed() {
  const session = new FakeSession();
  session.holdingsNow = two;
  const store = createViewStore();
  const services: AppServices = {
    session,
    store,
    frames: new FrameSource(),
    openComparison: () => {
      throw new Error("nobody compares");
    },
    readElsewhere: () => {
      throw new Error("nobody reads");
    },
  };
  const collector = new FrameCollector();
  const emit = async (change: Parameters<typeof session.show>[0] = {}) => {
    session.show(change);
    collector.add(await session.pull());
    const batch = collector.take();
    if (batch !== undefined) frameApplier(store)(batch);
  };
  await emit();
  const mapStore = createMapStore();
  const feed = new MapFeed(services, mapStore, () => undefined);
  return { feed, mapStore, emit };
}

describe("the feed of the map", () => {
  it("says that the plane could not be found, and looks for it again with the next answer", async () => {
    let orders = 0;
    stubWorkers((worker, { rows, dimension }) => {
      orders += 1;
      const isFirst = orders === 1;
      queueMicrotask(() =>
        worker.dispatchEvent(
          isFirst
            ? Object.assign(new Event("error"), { message: "out of memory" })
            : new MessageEvent("message", { data: { kind: "plane", plane: planeAtOnce(rows, dimension) } }),
        ),
      );
    });
    const { feed, mapStore, emit } = await openFeed();
    await vi.waitFor(() => expect(mapStore.getState().stage).toEqual({ kind: "failed", problem: "out of memory" }));
    await emit({ virtualNow: healthyTrio.virtualNow });
    await emit({ runId: healthyTrio.runId + 1 });
    await vi.waitFor(() => expect(mapStore.getState().stage).toEqual({ kind: "shown" }), { timeout: 5_000 });
    expect(feed.model.isLaidOut).toBe(true);
    feed.close();
  });

  it("ends the worker of a map that is closed", async () => {
    const ended = stubWorkers(() => undefined);
    const { feed, mapStore } = await openFeed();
    await vi.waitFor(() => expect(mapStore.getState().stage).toMatchObject({ kind: "laying" }));
    feed.close();
    await vi.waitFor(() => expect(ended).toHaveLength(1));
    expect(mapStore.getState().stage).toMatchObject({ kind: "laying" });
  });
});
