// Folding frames into the store: nothing is lost, nothing changes identity without need, another run begins anew.
import { describe, expect, it } from "vitest";
import { replicaId, term } from "../../../src/base/ids.ts";
import { millis, seconds } from "../../../src/base/units.ts";
import type { Frame } from "../../../src/model/protocol/frame.ts";
import { frameApplier } from "../../../src/view/store/applyFrame.ts";
import { FrameCollector } from "../../../src/view/store/frameCollector.ts";
import { FEED_BOUND } from "../../../src/view/store/runFacts.ts";
import { createViewStore } from "../../../src/view/store/viewStore.ts";
import { aFrame, healthyTrio, r1 } from "../../support/frames.ts";
import { acknowledged, done, lost, replicaEvent } from "./someEvents.ts";

function aFold() {
  const store = createViewStore();
  const collector = new FrameCollector();
  const apply = frameApplier(store);
  const fold = (...frames: readonly Frame[]) => {
    for (const frame of frames) collector.add(frame);
    const batch = collector.take();
    if (batch !== undefined) apply(batch);
    return store.getState();
  };
  return { store, fold };
}

/** What a message between workers does to a frame. */
function cloned(frame: Frame): Frame {
  return structuredClone(frame);
}

describe("folding frames", () => {
  it("keeps every event, sample and write of the frames between two folds", () => {
    const { fold } = aFold();
    const sample = (ms: number) => ({ at: millis(ms), lag: [0, 0, 0], queueDepth: [0, 0, 0] });
    const write = (ms: number) => ({ at: millis(ms), latency: millis(26), outcome: "acknowledged" as const });
    const frames = [5_010, 5_020, 5_030].map((ms) =>
      aFrame({ events: [acknowledged(1, ms)], lanes: [sample(ms)], writes: [write(ms)], eventsOmitted: 1 }),
    );
    const state = fold(...frames);
    expect(state.feed).toHaveLength(3);
    expect(state.feedOmitted).toBe(3);
    expect(state.lanes.samples.map(({ at }) => at)).toEqual([millis(5_010), millis(5_020), millis(5_030)]);
    expect(state.lanes.writes).toHaveLength(3);
  });

  it("keeps the identity of facts that are equal", () => {
    const { fold } = aFold();
    const before = fold(healthyTrio);
    const after = fold(cloned(healthyTrio));
    expect(after.replicas).toBe(before.replicas);
    expect(after.config).toBe(before.config);
    expect(after.counters).toBe(before.counters);
    expect(after.receipts).toBe(before.receipts);
    expect(after.feed).toBe(before.feed);
  });

  it("changes only the replica that changed", () => {
    const { fold } = aFold();
    const before = fold(healthyTrio);
    const [first, ...others] = cloned(healthyTrio).replicas;
    const after = fold({
      ...healthyTrio,
      replicas: [...(first === undefined ? [] : [{ ...first, queueDepth: 9 }]), ...others],
    });
    expect(after.replicas[0]).toMatchObject({ queueDepth: 9 });
    expect(after.replicas[1]).toBe(before.replicas[1]);
  });

  it("bounds the feed and counts what it left out", () => {
    const { fold } = aFold();
    const events = Array.from({ length: FEED_BOUND + 20 }, (_, at) => acknowledged(1, at));
    const state = fold(aFrame({ events }));
    expect(state.feed).toHaveLength(FEED_BOUND);
    expect(state.feed.at(-1)).toBe(events.at(-1));
    expect(state.feedOmitted).toBe(20);
  });

  it("says that the lanes changed only when they did", () => {
    const { fold } = aFold();
    const { lanesVersion } = fold(healthyTrio);
    expect(fold(cloned(healthyTrio)).lanesVersion).toBe(lanesVersion);
    const crash = done({ kind: "crash", replicaId: r1 });
    const state = fold({ ...healthyTrio, events: [crash] });
    expect(state.lanesVersion).toBe(lanesVersion + 1);
    expect(state.lanes.marks).toEqual([{ at: crash.at, kind: "crash", event: crash }]);
  });

  it("begins anew with another run, and drops what the last one left in the collector", () => {
    const { store, fold } = aFold();
    const led = replicaEvent(replicaId(2), { kind: "becameLeader", term: term(2), votes: [] });
    fold(aFrame({ events: [led] }));
    store.getState().select({ kind: "replica", replicaId: r1 });
    const state = fold(aFrame({ events: [acknowledged(1, 1)] }), aFrame({ runId: 2, virtualNow: seconds(5) }));
    expect(state.runId).toBe(2);
    expect(state.feed).toEqual([]);
    expect(state.lanes.marks).toEqual([]);
    expect(state.selection).toBeUndefined();
  });

  it("keeps the question in another run of the same data set, and drops it with another", () => {
    const { store, fold } = aFold();
    fold(healthyTrio);
    store
      .getState()
      .ask({ text: "shoe", label: "shoe", itemId: undefined, vector: new Float32Array(2), problem: undefined });
    expect(fold({ ...healthyTrio, runId: 2 }).question.text).toBe("shoe");
    const { config } = healthyTrio;
    const colours = { ...config, workload: { ...config.workload, dataset: "colours" as const } };
    expect(fold({ ...healthyTrio, runId: 3, config: colours }).question.text).toBe("");
  });

  it("keeps what lies behind the playhead, and who led there", () => {
    const { fold } = aFold();
    const led = { replicaId: r1, term: term(2), from: millis(200), to: undefined };
    const events = [acknowledged(1, 1, seconds(6)), acknowledged(1, 2, seconds(8))];
    const travelled = { end: seconds(9), fact: events[1]?.sequence ?? 0, branch: 0 };
    fold(aFrame({ virtualNow: seconds(9), events, leaderships: [led], travelled }));
    const back = { ...travelled, fact: events[0]?.sequence ?? 0 };
    const state = fold(aFrame({ virtualNow: seconds(7), leaderships: [], travelled: back }));
    expect(state.feed).toEqual(events);
    expect(state.travelled).toEqual(back);
    expect(state.lanes.leaderships).toEqual([led]);
  });

  it("drops what was known of the other branch, folded or not, and nothing before it", () => {
    const { fold } = aFold();
    const sample = (ms: number) => ({ at: millis(ms), lag: [0], queueDepth: [0] });
    const [first, second, third] = [acknowledged(1, 1, seconds(6)), done({ kind: "heal" }, seconds(8)), lost(1, 3)];
    const travelled = (fact: number, branch: number) => ({ end: seconds(9), fact, branch });
    const shown = { virtualNow: seconds(9), lanes: [sample(6_000), sample(8_000)] };
    fold(aFrame({ ...shown, events: [first, second], travelled: travelled(second.sequence, 0) }));
    const crash = { ...done({ kind: "crash", replicaId: r1 }, seconds(7)), sequence: second.sequence };
    const state = fold(
      aFrame({ virtualNow: seconds(9), events: [third], travelled: travelled(third.sequence, 0) }),
      aFrame({
        virtualNow: seconds(7),
        events: [crash],
        travelled: travelled(crash.sequence, 1),
        lanes: [sample(7_100)],
      }),
    );
    expect(state.feed).toEqual([first, crash]);
    expect(state.lanes.samples.map(({ at }) => at)).toEqual([millis(6_000), millis(7_100)]);
    expect(state.lanes.marks.map(({ kind }) => kind)).toEqual(["crash"]);
  });
});
