// Runs beside each other: each is the straight run of its inputs, to the bit, and what is told of it is what the command
// line reports. Gestures on the leader mean whoever leads.
import { describe, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { replicaId } from "../../../src/base/ids.ts";
import { micros, seconds } from "../../../src/base/units.ts";
import { datasetByName } from "../../../src/data/dataset.ts";
import { checkScenario } from "../../../src/data/scenarios/scenario.ts";
import { scenarioOf } from "../../../src/data/scenarios/scenarioOf.ts";
import { runScenario } from "../../../src/lab/headless.ts";
import { replay } from "../../../src/model/cluster/replay.ts";
import { Comparer } from "../../../src/model/history/compare.ts";
import type { TimedCommand } from "../../../src/model/protocol/commands.ts";
import type { ComparedRun, ComparisonOrder } from "../../../src/model/protocol/comparison.ts";
import { DEFAULT_WORKLOAD, defaultRun, MODEL_VERSION } from "../../../src/model/protocol/config.ts";
import type { RunInputs } from "../../../src/model/protocol/session.ts";
import { chaosCommands } from "../../support/chaos.ts";

const dataset = datasetByName("products");
const AT_REST = { playing: false, rate: 1 };

function inputsOf(commands: readonly TimedCommand[], seed = 47): RunInputs {
  const config = defaultRun(seed);
  return {
    modelVersion: MODEL_VERSION,
    config: { ...config, workload: { ...DEFAULT_WORKLOAD, writesPerSecond: 20, readsPerSecond: 20 } },
    commands,
  };
}

function computed(order: ComparisonOrder): Comparer {
  const comparer = new Comparer(order, datasetByName);
  comparer.advance();
  return comparer;
}

function compared(order: ComparisonOrder): readonly ComparedRun[] {
  return present(computed(order).result, "the result");
}

function named(runs: readonly ComparedRun[], name: string): ComparedRun {
  return present(
    runs.find((run) => run.name === name),
    name,
  );
}

/** The leader is cut off from the others with its clients, dies, and comes back. */
const darkSite: readonly TimedCommand[] = [
  {
    at: seconds(6),
    command: {
      kind: "partition",
      groups: [
        [replicaId(1), ...clients()],
        [replicaId(2), replicaId(3)],
      ],
    },
  },
  { at: seconds(8), command: { kind: "crash", replicaId: replicaId(1) } },
  { at: seconds(8), command: { kind: "heal" } },
  { at: seconds(15), command: { kind: "restart", replicaId: replicaId(1) } },
];

function clients() {
  return replay(inputsOf([]), dataset, micros(1)).state.clients.map(({ id }) => id);
}

describe("the modes from here", () => {
  const span = { from: seconds(5.5), to: seconds(25) };
  const order = { kind: "modes", inputs: inputsOf(darkSite), since: "here", ...span } as const;
  const comparer = computed(order);
  const runs = present(comparer.result, "the result");

  it("are the straight runs of their inputs, which begin alike and then choose a mode", () => {
    expect(runs.map(({ name }) => name)).toEqual(["asynchronous", "quorum", "synchronous"]);
    for (const { name, inputs, runHash } of runs) {
      expect(inputs.commands[0]).toEqual({ at: span.from, command: { kind: "setMode", mode: name } });
      expect(replay(inputs, dataset, span.to).hash()).toBe(runHash);
    }
    expect(new Set(runs.map(({ runHash }) => runHash)).size).toBe(3);
  });

  it("show what each mode costs: asynchronous loses, synchronous stands still longest", () => {
    const [asynchronous, quorum, synchronous] = runs.map(({ measures }) => measures);
    expect(asynchronous?.lost).toBeGreaterThan(20);
    expect(quorum?.lost).toBe(0);
    expect(synchronous?.lost).toBe(0);
    expect(quorum?.writeP50).toBeGreaterThan(asynchronous?.writeP50 ?? Number.NaN);
    expect(synchronous?.writeP50).toBeGreaterThan(quorum?.writeP50 ?? Number.NaN);
    // Nobody acknowledges at three copies from the cut to the restart.
    expect(synchronous?.unavailable).toBeGreaterThanOrEqual(seconds(9));
    expect(synchronous?.unavailable).toBeLessThan(seconds(9.1));
    expect(quorum?.unavailable).toBeLessThan(seconds(3));
    expect(asynchronous?.unavailable).toBeLessThan(seconds(1));
  });

  it("count from the playhead on what the whole run has counted up to its end", () => {
    for (const { inputs, measures } of runs) {
      const before = replay(inputs, dataset, micros(span.from - 1)).state.counters;
      const behind = replay(inputs, dataset, span.to).state.counters;
      expect(measures.acknowledged).toBe(behind.writesAcknowledged - before.writesAcknowledged);
      expect(measures.unknown).toBe(behind.writesUnknown - before.writesUnknown);
      expect(measures.lost).toBe(behind.acknowledgedWritesLost - before.acknowledgedWritesLost);
    }
  });

  it("give series that end in the table's numbers, with at most a few hundred points", () => {
    for (const { points, measures } of runs) {
      expect(points[0]).toMatchObject({ at: span.from, acknowledged: 0, lost: 0 });
      expect(points.at(-1)).toMatchObject({
        at: span.to,
        acknowledged: measures.acknowledged,
        lost: measures.lost,
        stale: measures.stale,
      });
      expect(Math.min(...points.map(({ recall }) => recall ?? 1))).toBe(measures.leastRecall);
      expect(points.length).toBeLessThanOrEqual(242);
      expect(points.every(({ at }, position) => position === 0 || at > (points[position - 1]?.at ?? 0))).toBe(true);
    }
    const slowest = Math.max(...named(runs, "quorum").points.map(({ writeMs }) => writeMs ?? 0));
    expect(slowest).toBeGreaterThanOrEqual(named(runs, "quorum").measures.writeP99 ?? Number.NaN);
  });

  it("can be looked at at any instant, forward and back", () => {
    for (const at of [seconds(9.2), seconds(6.1), seconds(6.15)]) {
      const frames = comparer.pictures(at, AT_REST);
      const straight = runs.map(({ inputs }) => replay(inputs, dataset, at));
      expect(frames.map(({ runHash }) => runHash)).toEqual(straight.map((run) => run.hash()));
      expect(frames.every(({ virtualNow }) => virtualNow === at)).toBe(true);
    }
  });

  it("begin with what was chosen there", () => {
    const frames = comparer.pictures(span.from, AT_REST);
    expect(frames.map(({ config }) => config.cluster.mode)).toEqual(runs.map(({ name }) => name));
  });

  it("are the same in stretches, and say how far they are", () => {
    const other = new Comparer(order, datasetByName);
    const shares: number[] = [];
    while (!other.advance(() => true)) shares.push(other.share);
    expect(other.result).toEqual(runs);
    expect(shares.length).toBeGreaterThan(20);
    expect(shares.every((share, position) => share >= (shares[position - 1] ?? 0) && share < 1)).toBe(true);
    expect(other.share).toBe(1);
  });
});

describe("the modes from the beginning", () => {
  const until = seconds(20);
  const setMode = { at: seconds(7), command: { kind: "setMode", mode: "asynchronous" } } as const;
  const runs = compared({
    kind: "modes",
    inputs: inputsOf([...darkSite, setMode]),
    since: "beginning",
    from: micros(0),
    to: until,
  });

  it("tell what the command line reports of the same inputs", () => {
    for (const { inputs, measures, runHash } of runs) {
      const { config, commands } = inputs;
      const { report } = runScenario({
        title: "",
        about: "",
        config,
        commands,
        until,
        expect: [],
        view: { at: micros(0), speed: 1 },
      });
      expect(report.runHash).toBe(runHash);
      expect(measures).toMatchObject({
        writeP50: report.latencyMs.write.p50,
        writeP99: report.latencyMs.write.p99,
        stale: report.reads.stale,
        recall: report.recallAtK.mean,
        leastRecall: report.recallAtK.least,
        answers: report.reads.served,
        lost: report.writes.lost,
        acknowledged: report.writes.acknowledged,
        unknown: report.writes.unknown,
        failed: report.writes.failed,
        leaderChanges: report.leaderChanges,
      });
    }
  });

  it("leave later choices of the mode out", () => {
    for (const { name, inputs } of runs) {
      expect(inputs.config.cluster.mode).toBe(name);
      expect(inputs.commands.some(({ command }) => command.kind === "setMode")).toBe(false);
    }
  });
});

describe("a gesture on the leader", () => {
  /** r1 leads until it is killed; the next leader is killed by its id, and what was killed comes back. */
  const first = replicaId(1);
  const after = replay(
    inputsOf([{ at: seconds(6), command: { kind: "crash", replicaId: first } }]),
    dataset,
    seconds(9),
  );
  const second = present(after.state.lastLeader, "the next leader");
  const third = replicaId(6 - first - second);
  const commands: readonly TimedCommand[] = [
    { at: seconds(6), command: { kind: "crash", replicaId: first } },
    { at: seconds(9), command: { kind: "restart", replicaId: first } },
    { at: seconds(10), command: { kind: "pause", replicaId: third, lasts: seconds(1) } },
    { at: seconds(12), command: { kind: "crash", replicaId: second } },
    { at: seconds(14), command: { kind: "restart", replicaId: second } },
  ];

  it("is given to other runs as the leader, what follows on it as the same, anything else by its id", () => {
    const runs = compared({
      kind: "modes",
      inputs: inputsOf(commands),
      since: "here",
      from: seconds(5),
      to: seconds(18),
    });
    const given = named(runs, "quorum").inputs.commands.slice(1);
    const aims = given.map(({ command }) => (command.kind === "aimed" ? command.aim : "by its id"));
    expect(aims).toEqual(["leader", "same", "by its id", "leader", "same"]);
    // In the mode that the run had anyway everything is as it was.
    expect(named(runs, "quorum").aims).toEqual([
      { at: seconds(6), verb: "crash", was: first, found: first },
      { at: seconds(9), verb: "restart", was: first, found: first },
      { at: seconds(12), verb: "crash", was: second, found: second },
      { at: seconds(14), verb: "restart", was: second, found: second },
    ]);
  });

  it("is followed by what is done to the same one behind the playhead, in runs that can be opened and linked", () => {
    const span = { from: seconds(7), to: seconds(11) };
    const runs = compared({ kind: "modes", inputs: inputsOf(commands), since: "here", ...span });
    for (const { inputs, runHash, aims } of runs) {
      expect(aims[0]).toEqual({ at: seconds(9), verb: "restart", was: first, found: first });
      expect(replay(inputs, dataset, span.to).hash()).toBe(runHash);
      const file: unknown = JSON.parse(JSON.stringify(scenarioOf(inputs, { title: undefined, at: span.to, speed: 1 })));
      expect(checkScenario(file)).toMatchObject({ ok: true });
    }
  });

  it("tells whom it found where that is somebody else", () => {
    const found = [1, 2].flatMap((seed) => {
      const inputs = inputsOf([...commands], seed);
      const span = { from: micros(0), to: seconds(18) };
      return compared({ kind: "modes", inputs, since: "beginning", ...span }).flatMap(({ aims }) => aims);
    });
    expect(found.length).toBeGreaterThan(5);
    expect(found.some(({ was, found: other }) => other !== was)).toBe(true);
  });
});

describe("runs as they are", () => {
  it("are compared over one span, whatever was done to them before", () => {
    const [one, other] = [3, 4].map((seed) =>
      inputsOf(chaosCommands(seed, { replicaCount: 3, clients: 3, until: seconds(15), modes: ["quorum"] })),
    );
    const span = { from: seconds(8), to: seconds(14) };
    const runs = compared({
      kind: "runs",
      runs: [
        { name: "before", inputs: present(one, "inputs") },
        { name: "after", inputs: present(other, "inputs") },
      ],
      ...span,
    });
    expect(runs.map(({ name }) => name)).toEqual(["before", "after"]);
    for (const { inputs, runHash, points } of runs) {
      expect(replay(inputs, dataset, span.to).hash()).toBe(runHash);
      expect(points[0]?.at).toBe(span.from);
    }
  });
});
