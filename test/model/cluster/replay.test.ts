// Running inputs again to right after one event: the state is the one that was there, and nothing later has happened.
import { describe, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { after, type Micros, micros, seconds } from "../../../src/base/units.ts";
import { datasetByName } from "../../../src/data/dataset.ts";
import forgottenVote from "../../../src/data/scenarios/builtIn/forgotten-vote.json" with { type: "json" };
import splitBrain from "../../../src/data/scenarios/builtIn/split-brain.json" with { type: "json" };
import twoAm from "../../../src/data/scenarios/builtIn/two-am.json" with { type: "json" };
import { checkScenario, compileScenario } from "../../../src/data/scenarios/scenario.ts";
import { InlineRun } from "../../../src/model/cluster/inline.ts";
import { Replay, replay } from "../../../src/model/cluster/replay.ts";
import { verdictsOf } from "../../../src/model/cluster/verdicts.ts";
import { MODEL_VERSION } from "../../../src/model/protocol/config.ts";
import type { RunInputs } from "../../../src/model/protocol/session.ts";
import type { Verdict } from "../../../src/model/protocol/verdict.ts";

function inputsOf(file: unknown): { readonly inputs: RunInputs; readonly until: Micros } {
  const checked = checkScenario(file);
  const made = checked.ok ? compileScenario(checked.value) : checked;
  if (!made.ok) throw new Error(made.problem);
  const { config, commands, until } = made.value;
  return { inputs: { modelVersion: MODEL_VERSION, config, commands }, until };
}

/** A run to its end, with the hash after every event and command, and how the verdicts stood when each first broke. */
function live({ inputs, until }: ReturnType<typeof inputsOf>) {
  const hashes: string[] = [];
  const broken = new Map<string, { readonly hash: string; readonly count: number }>();
  const run = new InlineRun(inputs.config, datasetByName(inputs.config.workload.dataset), "event", (at) => {
    const hash = at.hash();
    for (const { name, count } of verdictsOf(at.state)) {
      if (count > 0 && !broken.has(name)) broken.set(name, { hash, count });
    }
    hashes.push(hash);
  });
  for (const { at, command } of inputs.commands) {
    run.runUntil(at);
    run.command(command);
  }
  run.runUntil(until);
  return { hashes, broken, verdicts: verdictsOf(run.state), state: run.state };
}

function momentOf({ at, sequence }: Verdict) {
  return { at: present(at, "when it broke"), sequence: present(sequence, "the fact that told of it") };
}

describe.each([
  ["two-am", twoAm],
  ["split-brain", splitBrain],
  ["forgotten-vote", forgottenVote],
])("the first break of each verdict in %s", (_name, file) => {
  const scenario = inputsOf(file);
  const { inputs } = scenario;
  const dataset = datasetByName(inputs.config.workload.dataset);
  const told = live(scenario);
  const broken = told.verdicts.filter(({ count }) => count > 0);

  it("is there", () => {
    expect(broken.length).toBeGreaterThan(0);
  });

  it("is reached exactly: with the run hash of right after the event, and with that alone", () => {
    for (const verdict of broken) {
      const run = replay(inputs, dataset, momentOf(verdict));
      const first = told.broken.get(verdict.name);
      expect(run.hash()).toBe(first?.hash);
      expect(told.hashes).toContain(run.hash());
      expect(run.state.now).toBe(verdict.at);
      const now = verdictsOf(run.state).find(({ name }) => name === verdict.name);
      expect(now).toMatchObject({ at: verdict.at, sequence: verdict.sequence, count: first?.count });
    }
  });

  it("is followed by the same history", () => {
    for (const verdict of broken) {
      const run = replay(inputs, dataset, momentOf(verdict));
      for (const { at, command } of inputs.commands.slice(run.state.commands.length)) {
        run.runUntil(at);
        run.command(command);
      }
      run.runUntil(scenario.until);
      expect(run.hash()).toBe(told.hashes.at(-1) && replay(inputs, dataset, scenario.until).hash());
    }
  });
});

describe("a way in stretches", () => {
  const { inputs, until } = inputsOf(twoAm);
  const dataset = datasetByName("products");

  it("ends where it ends in one go, however often it rests", () => {
    const way = new Replay(inputs, dataset, until);
    let rests = 0;
    while (!way.advance(() => true)) rests += 1;
    expect(rests).toBeGreaterThan(1_000);
    expect(way.run.hash()).toBe(replay(inputs, dataset, until).hash());
    expect(way.run.state.now).toBe(until);
  });

  it("that leads to an event which never comes ends behind its instant", () => {
    const at = seconds(3);
    const run = replay(inputs, dataset, { at, sequence: Number.MAX_SAFE_INTEGER });
    expect(run.state.now).toBe(after(at, micros(1)));
  });
});
