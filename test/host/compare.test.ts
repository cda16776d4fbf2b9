// The thread of a comparison, without the thread: it computes in slices, and what it says survives the way to the page.
import { describe, expect, it } from "vitest";
import { present } from "../../src/base/assert.ts";
import { replicaId } from "../../src/base/ids.ts";
import { micros, seconds } from "../../src/base/units.ts";
import { type CompareApi, compareApi } from "../../src/host/compare.ts";
import { defaultInputs, OPENING } from "../../src/host/firstRun.ts";
import type { ComparedRun, ComparisonOrder } from "../../src/model/protocol/comparison.ts";

const order: ComparisonOrder = {
  kind: "modes",
  inputs: {
    ...defaultInputs(),
    commands: [{ at: seconds(6), command: { kind: "crash", replicaId: replicaId(1) } }],
  },
  since: "here",
  from: OPENING,
  to: seconds(10),
};

async function finished(api: CompareApi): Promise<readonly ComparedRun[]> {
  for (;;) {
    const { result } = await api.advance();
    if (result !== undefined) return result;
  }
}

/** A clock that is always at the end of a slice. */
function hurried() {
  let now = 0;
  return {
    now: () => {
      now += 1_000;
      return now;
    },
    after: () => () => undefined,
  };
}

describe("the thread of a comparison", () => {
  it("computes in slices and says how far it is", async () => {
    const api = compareApi(order, hurried());
    const first = await api.advance();
    const second = await api.advance();
    expect(first.result).toBeUndefined();
    expect(second.share).toBeGreaterThan(first.share);
    expect(await finished(api)).toEqual(await finished(compareApi(order)));
  });

  it("tells results and pictures that cross to the page unchanged", async () => {
    const api = compareApi(order);
    const result = await finished(api);
    expect(structuredClone(result)).toEqual(result);
    const frames = await api.pictures(seconds(7), { playing: true, rate: 0.05 });
    expect(structuredClone(frames)).toEqual(frames);
    expect(frames.map(({ config }) => config.cluster.mode)).toEqual(["asynchronous", "quorum", "synchronous"]);
    for (const frame of frames) {
      expect(frame).toMatchObject({ virtualNow: seconds(7), playing: true, playbackRate: 0.05, failure: undefined });
      expect(frame.replicas[0]?.alive).toBe(false);
      expect([frame.events, frame.lanes, frame.writes]).toEqual([[], [], []]);
    }
    const ended = await api.pictures(order.to, { playing: false, rate: 1 });
    expect(ended.map(({ runHash }) => runHash)).toEqual(result.map(({ runHash }) => runHash));
  });

  it("compares a span without an event, too", async () => {
    const result = await finished(compareApi({ ...order, from: seconds(5), to: micros(seconds(5) + 1) }));
    expect(present(result[0], "a run").measures).toMatchObject({ acknowledged: 0, lost: 0, writeP50: null, stale: 0 });
  });
});
