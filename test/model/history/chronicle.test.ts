// A chronicle is a look and nothing more: it is the same from wherever it was begun and however it was cut into slices,
// and the run that it looks at stays what it was.
import { describe, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { replicaId } from "../../../src/base/ids.ts";
import { type Micros, micros, millis, seconds, ZERO } from "../../../src/base/units.ts";
import { datasetByName } from "../../../src/data/dataset.ts";
import { Replay, replay } from "../../../src/model/cluster/replay.ts";
import { causesOf, Past } from "../../../src/model/history/causes.ts";
import { Recording, record, type Written } from "../../../src/model/history/recording.ts";
import { Timeline } from "../../../src/model/history/timeline.ts";
import type { ChronicleSpan } from "../../../src/model/protocol/chronicle.ts";
import type { TimedCommand } from "../../../src/model/protocol/commands.ts";
import { DEFAULT_CLUSTER, defaultRun, MODEL_VERSION } from "../../../src/model/protocol/config.ts";
import type { RunInputs } from "../../../src/model/protocol/session.ts";
import { chaosCommands } from "../../support/chaos.ts";

const dataset = datasetByName("products");
const LIMIT = 1_000_000;
const r1 = replicaId(1);

function inputsOf(commands: readonly TimedCommand[], cluster: Partial<typeof DEFAULT_CLUSTER> = {}): RunInputs {
  const config = defaultRun(7);
  return { modelVersion: MODEL_VERSION, config: { ...config, cluster: { ...DEFAULT_CLUSTER, ...cluster } }, commands };
}

const chaos = inputsOf(
  chaosCommands(7, { replicaCount: 3, clients: 3, until: seconds(18), modes: ["asynchronous", "quorum"] }),
);

/** With checkpoints along the way to `until`. */
function travelled(inputs: RunInputs, until: Micros): Timeline {
  const timeline = new Timeline(inputs, dataset, 400);
  const way = new Replay(inputs, dataset, until);
  way.advance(() => {
    timeline.look(way.run);
    return false;
  });
  return timeline;
}

function whole(inputs: RunInputs, to: Micros): Written {
  return record(new Timeline(inputs, dataset), { from: ZERO, to, limit: LIMIT });
}

describe("a chronicle", () => {
  it("holds every event and every message of the run, in order", () => {
    const { state } = replay(chaos, dataset, seconds(20));
    const { events, messages } = whole(chaos, seconds(20));
    const processed = events.filter(({ id }) => id > 0);
    expect(processed.map(({ id }) => id)).toEqual(
      Array.from({ length: state.counters.eventsProcessed }, (_, at) => at + 1),
    );
    expect(messages.filter(({ lost }) => lost !== undefined)).toHaveLength(state.counters.messagesDropped);
    expect(messages.filter(({ arrivedIn }) => arrivedIn !== undefined)).toHaveLength(state.counters.messagesDelivered);
    expect(events.every(({ at }, place) => at >= present(events[Math.max(0, place - 1)], "an event").at)).toBe(true);
    expect(events.flatMap(({ facts }) => facts.map(({ sequence }) => sequence))).toEqual(
      Array.from({ length: state.nextEvent - 1 }, (_, at) => at + 1),
    );
  });

  it("names for every event the send, the command or the timer that caused it, all of them earlier", () => {
    const past = new Past(whole(chaos, seconds(20)));
    for (const event of past.chronicle.events) {
      const causes = causesOf(past, event).map((id) => present(past.event(id), "a cause"));
      expect(causes.every((cause) => past.isBefore(cause, event))).toBe(true);
      if (event.trigger.kind !== "message") continue;
      expect(causes.map(({ id }) => id)).toContain(present(past.message(event.trigger.flight), "a message").sentIn);
    }
  });

  it("is the same from a checkpoint, in slices, and taken up where the last one ended", () => {
    const straight = whole(chaos, seconds(20));
    const timeline = travelled(chaos, seconds(20));
    const span: ChronicleSpan = { from: seconds(9), to: seconds(12), limit: LIMIT };
    const expected = straight.events.filter(({ at }) => at >= span.from && at < span.to);
    const plain = record(timeline, span);
    expect(plain.events).toEqual(expected.map((event) => ({ ...event, standing: event.standing })));

    const sliced = new Recording(timeline, span);
    let looks = 0;
    while (!sliced.advance(() => looks++ % 3 === 2)) expect(looks).toBeLessThan(100_000);
    expect(sliced.result()).toEqual(plain);

    const next = { ...span, from: span.to, to: seconds(14) };
    const goingOn = new Recording(timeline, next, sliced.chronicler);
    expect(goingOn.chronicler).toBe(sliced.chronicler);
    goingOn.advance();
    expect(goingOn.result().events.map(({ id }) => id)).toEqual(record(timeline, next).events.map(({ id }) => id));
  });

  it("changes nothing of the run, and nothing of its checkpoints", () => {
    const timeline = travelled(chaos, seconds(20));
    record(timeline, { from: seconds(3), to: seconds(16), limit: LIMIT });
    const way = timeline.way(seconds(20));
    way.advance();
    expect(way.run.hash()).toBe(replay(chaos, dataset, seconds(20)).hash());
  });

  it("stops at its limit, says so, and says how far it came", () => {
    const { events, isCut, to } = record(new Timeline(chaos, dataset), {
      from: seconds(2),
      to: seconds(20),
      limit: 50,
    });
    expect(events).toHaveLength(50);
    expect(isCut).toBe(true);
    expect(to).toBe(events.at(-1)?.at);
  });

  it("shows messages that were under way when it begins, and replicas that were down", () => {
    const inputs = inputsOf([{ at: seconds(2), command: { kind: "crash", replicaId: r1 } }]);
    const { messages, beginning } = record(new Timeline(inputs, dataset), {
      from: micros(seconds(2) + 1),
      to: seconds(3),
      limit: LIMIT,
    });
    expect(beginning.map(({ alive }) => alive)).toEqual([false, true, true]);
    expect(messages.some(({ sentAt, arrivedIn }) => sentAt <= seconds(2) && arrivedIn !== undefined)).toBe(true);
    const unheard = messages.filter(({ lost }) => lost?.reason === "down");
    expect(unheard.length).toBeGreaterThan(0);
    expect(unheard.every(({ to }) => to === r1)).toBe(true);
  });

  it("tells which event a busy replica finishes, and which a disk", () => {
    const past = new Past(whole(inputsOf([], { processingCost: millis(2), diskSync: millis(3) }), seconds(4)));
    const { events } = past.chronicle;
    const late = events.filter(({ continues }) => continues !== undefined);
    expect(late.length).toBeGreaterThan(20);
    for (const event of late) {
      const first = present(past.event(event.continues), "what it finishes");
      expect(first.who).toBe(event.who);
      expect(past.isBefore(first, event)).toBe(true);
    }
    const released = late.filter(({ trigger }) => trigger.kind === "timer" && trigger.timer === "release");
    const sent = released.flatMap(({ id }) => past.chronicle.messages.filter(({ sentIn }) => sentIn === id));
    expect(sent.length).toBeGreaterThan(0);
  });
});
