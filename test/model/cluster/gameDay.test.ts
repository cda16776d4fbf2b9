// Repeated faults: part of the run's state, drawn from its own stream, mended, and over when a person says so.
import { describe, expect, it } from "vitest";
import { replicaId } from "../../../src/base/ids.ts";
import { millis, seconds, ZERO } from "../../../src/base/units.ts";
import { datasetByName } from "../../../src/data/dataset.ts";
import { commandProblem } from "../../../src/model/cluster/checkCommand.ts";
import { buildFrame } from "../../../src/model/cluster/frame.ts";
import { InlineRun } from "../../../src/model/cluster/inline.ts";
import type { Command, GameDay } from "../../../src/model/protocol/commands.ts";
import { defaultRun } from "../../../src/model/protocol/config.ts";

const crashes: GameDay = { fault: { kind: "crash" }, every: seconds(1), lasts: millis(400) };

function fiveReplicas(seed = 7): InlineRun {
  const config = defaultRun(seed);
  const run = new InlineRun(
    { ...config, cluster: { ...config.cluster, replicaCount: 5, writeQuorum: 3 } },
    datasetByName("products"),
  );
  run.runUntil(seconds(2));
  return run;
}

function strikes(run: InlineRun): readonly Command[] {
  return run.state.outbox.events.flatMap(({ fact }) =>
    fact.kind === "commandDone" && fact.by === "gameDay" ? [fact.command] : [],
  );
}

const playback = {
  runId: 1,
  playing: true,
  playbackRate: 1,
  reachedRate: 1,
  failure: undefined,
  travelled: { end: ZERO, fact: 0, branch: 0 },
};

describe("game day", () => {
  it("strikes at once and then in every span, and mends each fault after its time", () => {
    const run = fiveReplicas();
    run.command({ kind: "setGameDay", plan: crashes });
    run.runUntil(seconds(6.9));
    const kinds = strikes(run).map(({ kind }) => kind);
    expect(kinds).toEqual(Array.from({ length: 5 }, () => ["crash", "restart"]).flat());
    expect(run.state.members.every(({ alive }) => alive)).toBe(true);
  });

  it("draws its replicas from the seed: the same again with the same, others with another", () => {
    const drawn = (seed: number) => {
      const run = fiveReplicas(seed);
      run.command({ kind: "setGameDay", plan: crashes });
      run.runUntil(seconds(14));
      return strikes(run).flatMap((command) => (command.kind === "crash" ? [command.replicaId] : []));
    };
    expect(drawn(7)).toEqual(drawn(7));
    expect(drawn(7)).not.toEqual(drawn(8));
    expect(new Set(drawn(7)).size).toBeGreaterThan(2);
  });

  it("is one command of the run's inputs, however often it strikes", () => {
    const run = fiveReplicas();
    run.command({ kind: "setGameDay", plan: crashes });
    run.runUntil(seconds(9));
    expect(run.state.commands).toHaveLength(1);
  });

  it("is over when it is ended, and what is broken is still mended", () => {
    const run = fiveReplicas();
    run.command({ kind: "setGameDay", plan: crashes });
    run.runUntil(seconds(3.1));
    expect(buildFrame(run.state, playback).gameDay).toEqual({ plan: crashes, nextAt: seconds(4), struck: 2 });
    run.command({ kind: "setGameDay", plan: undefined });
    expect(run.state.members.filter(({ alive }) => !alive)).toHaveLength(1);
    run.runUntil(seconds(8));
    expect(run.state.members.every(({ alive }) => alive)).toBe(true);
    expect(buildFrame(run.state, playback).gameDay).toBeUndefined();
  });

  it("leaves alone what a person has mended already", () => {
    const run = fiveReplicas();
    run.command({ kind: "setGameDay", plan: { ...crashes, every: seconds(60) } });
    run.runUntil(seconds(2.1));
    const down = run.state.members.find(({ alive }) => !alive);
    if (down === undefined) throw new Error("Nobody is down.");
    run.command({ kind: "restart", replicaId: down.id });
    run.runUntil(seconds(4));
    const ignored = run.state.outbox.events.filter(({ fact }) => fact.kind === "commandIgnored");
    expect(ignored).toEqual([]);
  });

  it("is stopped at by a single step", () => {
    const run = fiveReplicas();
    run.command({ kind: "setGameDay", plan: crashes });
    run.step();
    expect(strikes(run).map(({ kind }) => kind)).toEqual(["crash"]);
  });

  it.each([
    { ...crashes, every: millis(1) },
    { ...crashes, lasts: millis(0) },
    { ...crashes, fault: { kind: "slow", factor: 0 } },
  ] satisfies readonly GameDay[])("is refused with numbers that make no sense: %j", (plan) => {
    expect(commandProblem(fiveReplicas().state, { kind: "setGameDay", plan })).toBeDefined();
  });
});

describe("a pause for a time", () => {
  it("ends by itself, as an event that is nobody's command", () => {
    const run = fiveReplicas();
    run.command({ kind: "pause", replicaId: replicaId(2), lasts: millis(700) });
    run.runUntil(seconds(2.69));
    expect(run.state.members[1]?.conditions.paused).toBe(true);
    run.runUntil(seconds(2.71));
    expect(run.state.members[1]?.conditions.paused).toBe(false);
    const ended = run.state.outbox.events.find(({ fact }) => fact.kind === "commandDone" && fact.by === "time");
    expect(ended?.at).toBe(seconds(2.7));
    expect(run.state.commands).toHaveLength(1);
  });
});

describe("the costs of work and disks", () => {
  it("are set on every replica", () => {
    const run = fiveReplicas();
    run.command({ kind: "setCosts", processingCost: millis(1), diskSync: millis(5) });
    run.runUntil(seconds(3));
    expect([...run.replicas.values()].map(({ config }) => [config.processingCost, config.diskSync])).toEqual(
      Array.from({ length: 5 }, () => [1_000, 5_000]),
    );
  });

  it("are refused below zero and above ten seconds", () => {
    const { state } = fiveReplicas();
    const problem = (processingCost: number) =>
      commandProblem(state, { kind: "setCosts", processingCost: seconds(processingCost), diskSync: seconds(0) });
    expect(problem(-1)?.field).toBe("processingCost");
    expect(problem(11)?.field).toBe("processingCost");
    expect(problem(1)).toBeUndefined();
  });
});
