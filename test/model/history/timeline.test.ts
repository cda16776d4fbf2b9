// Travelling changes nothing: wherever a run was entered, and however often, its hash, digests and verdicts are those of
// the run that went straight on. And a copy has nothing in common with its run that could change.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashText } from "../../../src/base/hash.ts";
import { type Micros, micros, seconds } from "../../../src/base/units.ts";
import { datasetByName } from "../../../src/data/dataset.ts";
import type { InlineRun } from "../../../src/model/cluster/inline.ts";
import { Replay, replay } from "../../../src/model/cluster/replay.ts";
import { verdictsOf } from "../../../src/model/cluster/verdicts.ts";
import { copyRun, isImmutable } from "../../../src/model/history/sharing.ts";
import { Timeline } from "../../../src/model/history/timeline.ts";
import {
  DEFAULT_WORKLOAD,
  defaultRun,
  MODEL_VERSION,
  type ReplicationMode,
} from "../../../src/model/protocol/config.ts";
import type { Destination, RunInputs } from "../../../src/model/protocol/session.ts";
import { chaosCommands } from "../../support/chaos.ts";

const dataset = datasetByName("products");
const SPACING = 700;
const END = seconds(40);
const modes: readonly ReplicationMode[] = ["asynchronous", "quorum", "synchronous"];

function inputsOf(seed: number): RunInputs {
  const config = defaultRun(seed);
  return {
    modelVersion: MODEL_VERSION,
    config: { ...config, workload: { ...DEFAULT_WORKLOAD, writesPerSecond: 20, readsPerSecond: 10 } },
    commands: chaosCommands(seed, { replicaCount: 3, clients: 3, until: seconds(35), modes }),
  };
}

/** Everything of a run that somebody could see. */
function seen({ state }: InlineRun) {
  const { now, counters, config, nextEvent, leaderships, members } = state;
  const replicas = members.map(({ alive, status, disk }) => ({ alive, status, entries: disk.entries.length }));
  return {
    now,
    counters,
    config,
    nextEvent,
    leaderships,
    replicas,
    hash: hashText(state.hash),
    verdicts: verdictsOf(state),
  };
}

/** A timeline along which `until` was computed once. */
function travelled(inputs: RunInputs, until: Micros): Timeline {
  const timeline = new Timeline(inputs, dataset, SPACING);
  const way = new Replay(inputs, dataset, until);
  way.advance(() => {
    timeline.look(way.run);
    return false;
  });
  return timeline;
}

function arrive(timeline: Timeline, to: Destination): InlineRun {
  const way = timeline.way(to);
  expect(way.advance()).toBe(true);
  return way.run;
}

describe("a timeline", () => {
  it("keeps a checkpoint every so many events", () => {
    const inputs = inputsOf(1);
    const timeline = travelled(inputs, END);
    const { eventsProcessed } = replay(inputs, dataset, END).state.counters;
    expect(timeline.size.checkpoints).toBe(Math.floor(eventsProcessed / SPACING));
    expect(timeline.size.checkpoints).toBeGreaterThan(2);
  });

  it("takes one to any moment of a run with trouble as if one had gone straight", () => {
    const moment = fc.oneof(
      fc.integer({ min: 0, max: END }).map((at): Destination => micros(at)),
      fc.integer({ min: 0, max: 12_000 }).map((event): Destination => ({ event })),
    );
    const journey = fc.array(moment, { minLength: 1, maxLength: 4 });
    const property = fc.property(fc.integer({ min: 1, max: 1_000 }), journey, (seed, moments) => {
      const inputs = inputsOf(seed);
      const timeline = travelled(inputs, END);
      for (const to of moments) expect(seen(arrive(timeline, to))).toEqual(seen(replay(inputs, dataset, to)));
    });
    fc.assert(property, { numRuns: 12 });
  }, 60_000);

  it("goes on from a moment in the past to the same end", () => {
    const inputs = inputsOf(7);
    const timeline = travelled(inputs, END);
    const { run } = timeline.way(seconds(21));
    const way = new Replay(inputs, dataset, END, run);
    way.advance();
    expect(seen(way.run)).toEqual(seen(replay(inputs, dataset, END)));
  });

  it("keeps what lies before a new branch and nothing behind it", () => {
    const inputs = inputsOf(3);
    const timeline = travelled(inputs, END);
    const before = timeline.size.checkpoints;
    const at = seconds(20);
    const commands = [...inputs.commands.filter((timed) => timed.at <= at), { at, command: { kind: "heal" } as const }];
    const branch = { ...inputs, commands };
    timeline.follow(branch);
    expect(timeline.size.checkpoints).toBeGreaterThan(0);
    expect(timeline.size.checkpoints).toBeLessThan(before);
    for (const to of [seconds(19), seconds(30), END]) {
      expect(seen(arrive(timeline, to))).toEqual(seen(replay(branch, dataset, to)));
    }
  });
});

/** Commands that have a prefix of those of `inputs` in common, and then their own. */
function branchOf(inputs: RunInputs, at: Micros, seed: number): RunInputs {
  const shared = inputs.commands.filter((timed) => timed.at < at);
  const own = chaosCommands(seed, { replicaCount: 3, clients: 3, until: seconds(35), modes });
  return { ...inputs, commands: [...shared, ...own.filter((timed) => timed.at >= at)] };
}

describe("a timeline of branches", () => {
  it("takes one to any moment of any of them as if one had gone straight, however often one goes from one to the other", () => {
    const visit = fc.record({
      branch: fc.nat(2),
      at: fc.integer({ min: 0, max: END }).map(micros),
      leaves: fc.boolean(),
    });
    const property = fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.tuple(fc.integer({ min: 0, max: END }), fc.integer({ min: 0, max: END })),
      fc.array(visit, { minLength: 2, maxLength: 4 }),
      (seed, [first, second], visits) => {
        const trunk = inputsOf(seed);
        const bough = branchOf(trunk, micros(first), seed + 1);
        const branches = [trunk, bough, branchOf(bough, micros(second), seed + 2)] as const;
        let timeline = travelled(trunk, END);
        for (const { branch, at, leaves } of visits) {
          const inputs = branches[branch] ?? trunk;
          const other = timeline.toward(inputs);
          const way = other.way(at);
          way.advance(() => {
            other.look(way.run);
            return false;
          });
          expect(seen(way.run)).toEqual(seen(replay(inputs, dataset, at)));
          // A way that is given up leaves the branch that was open as it was.
          if (leaves) timeline = other;
        }
      },
    );
    fc.assert(property, { numRuns: 12 });
  }, 90_000);

  it("goes on from where they part, and finds its way back to what lies behind that", () => {
    const trunk = inputsOf(4);
    const bough = branchOf(trunk, seconds(30), 77);
    const timeline = travelled(trunk, END);
    const whole = timeline.size.checkpoints;
    const other = timeline.toward(bough);
    const { run } = other.way(seconds(34));
    expect(run.state.now).toBeGreaterThan(seconds(20));
    expect(run.state.now).toBeLessThanOrEqual(seconds(30));
    expect(other.size.checkpoints).toBeLessThan(whole);
    const back = other.toward(trunk);
    expect(back.size.checkpoints).toBe(whole);
    expect(back.way(END).run.state.now).toBeGreaterThan(seconds(34));
  });
});

/** Objects that two graphs share and that may change. */
function sharedState(a: object, b: object): readonly string[] {
  const inA = new Set<object>();
  walk(a, "", (value) => inA.add(value));
  const shared: string[] = [];
  walk(b, "", (value, path) => {
    if (inA.has(value)) shared.push(path);
  });
  return shared;
}

function walk(root: object, path: string, visit: (value: object, path: string) => void): void {
  const known = new Set<object>();
  const go = (value: unknown, at: string): void => {
    if (typeof value !== "object" || value === null || known.has(value) || isImmutable(value)) return;
    known.add(value);
    visit(value, at);
    if (value instanceof Map) for (const [key, element] of value) go(element, `${at}[${String(key)}]`);
    else if (value instanceof Set) for (const element of value) go(element, `${at}[]`);
    else if (!ArrayBuffer.isView(value)) for (const [name, field] of Object.entries(value)) go(field, `${at}.${name}`);
  };
  go(root, path);
}

describe("a copy of a run", () => {
  it("has nothing in common with it that could change", () => {
    const run = replay(inputsOf(5), dataset, seconds(30));
    const copy = copyRun(run, dataset);
    expect(
      sharedState({ state: run.state, replicas: run.replicas }, { state: copy.state, replicas: copy.replicas }),
    ).toEqual([]);
  });

  it("would be told from one that shares its log", () => {
    const run = replay(inputsOf(5), dataset, seconds(3));
    expect(sharedState({ disk: run.state.members[0]?.disk }, run.state).length).toBeGreaterThan(0);
  });

  it("goes on by itself, and so does the run", () => {
    const inputs = inputsOf(9);
    const straight = seen(replay(inputs, dataset, seconds(20)));
    const way = new Replay(inputs, dataset, seconds(20));
    let copy: InlineRun | undefined;
    way.advance(() => {
      if (copy === undefined && way.run.state.counters.eventsProcessed === 4_321) copy = copyRun(way.run, dataset);
      return false;
    });
    expect(seen(way.run)).toEqual(straight);
    const second = new Replay(inputs, dataset, seconds(20), copy);
    second.advance();
    expect(seen(second.run)).toEqual(straight);
  });
});
