// A person's gesture on the leader is written down as one on the leader. The run keeps its hash, and what was written down
// leads to the same run again; under another mode it finds whoever leads there.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { seconds } from "../../../src/base/units.ts";
import { datasetByName } from "../../../src/data/dataset.ts";
import { checkScenario, compileScenario } from "../../../src/data/scenarios/scenario.ts";
import { scenarioOf } from "../../../src/data/scenarios/scenarioOf.ts";
import { asRecorded } from "../../../src/model/cluster/aim.ts";
import { InlineRun } from "../../../src/model/cluster/inline.ts";
import { leadingMember } from "../../../src/model/cluster/metrics.ts";
import { replay } from "../../../src/model/cluster/replay.ts";
import { type Command, LAST_LABEL, type TimedCommand } from "../../../src/model/protocol/commands.ts";
import { defaultRun, MODEL_VERSION, type RunConfig } from "../../../src/model/protocol/config.ts";
import { chaosCommands } from "../../support/chaos.ts";

const dataset = datasetByName("products");
const END = seconds(30);

/** A run in which `commands` were given by hand: its hash, and what was written down. */
function byHand(config: RunConfig, commands: readonly TimedCommand[]) {
  const run = new InlineRun(config, dataset);
  for (const { at, command } of commands) {
    run.runUntil(at);
    if (command.kind !== "aimed") run.command(asRecorded(run.state, command));
  }
  run.runUntil(END);
  return { hash: run.hash(), commands: run.state.commands };
}

function inputsOf(config: RunConfig, commands: readonly TimedCommand[]) {
  return { modelVersion: MODEL_VERSION, config, commands };
}

describe("a gesture on the leader", () => {
  it("leaves the run as it is, and is made again by what was written down", () => {
    let aimed = 0;
    const property = fc.property(fc.integer({ min: 1, max: 10_000 }), (seed) => {
      const config = defaultRun(seed);
      const commands = chaosCommands(seed, { replicaCount: 3, clients: 3, until: seconds(28) });
      const straight = replay(inputsOf(config, commands), dataset, END).hash();
      const made = byHand(config, commands);
      aimed += made.commands.filter(({ command }) => command.kind === "aimed").length;
      expect(made.hash).toBe(straight);
      expect(replay(inputsOf(config, made.commands), dataset, END).hash()).toBe(straight);
    });
    fc.assert(property, { numRuns: 15 });
    expect(aimed).toBeGreaterThan(10);
  }, 60_000);

  it("keeps whom it hit; what is done to that replica later means the same one", () => {
    const config = defaultRun(1);
    const run = new InlineRun(config, dataset);
    run.runUntil(seconds(5));
    const leader = leadingMember(run.state)?.id;
    const other = run.state.members.find(({ id }) => id !== leader)?.id;
    if (leader === undefined || other === undefined) throw new Error("nobody leads");
    const give = (command: Command) => run.command(asRecorded(run.state, command));
    give({ kind: "crash", replicaId: leader });
    give({ kind: "pause", replicaId: other });
    run.runUntil(seconds(8));
    give({ kind: "restart", replicaId: leader });
    const verbs = run.state.commands.map(({ command }) => command);
    expect(verbs).toEqual([
      { kind: "aimed", aim: "leader", label: 1, verb: { kind: "crash" }, was: leader },
      { kind: "pause", replicaId: other },
      { kind: "aimed", aim: "same", label: 1, verb: { kind: "restart" }, was: leader },
    ]);
  });

  it("is one on whom it says, in inputs that hit others where they come from", () => {
    let [foreign, same] = [0, 0];
    const seed = fc.integer({ min: 1, max: 10_000 });
    const property = fc.property(seed, seed, (there, here) => {
      const given = chaosCommands(there, { replicaCount: 3, clients: 3, until: seconds(24) });
      const halfway = given[Math.floor(given.length / 2)]?.at ?? END;
      const before = byHand(defaultRun(there), given).commands.filter(({ at }) => at < halfway);
      const behind = given.filter(({ at }) => at >= halfway);
      const straight = new InlineRun(defaultRun(here), dataset);
      const recorded = new InlineRun(defaultRun(here), dataset);
      for (const { at, command } of before) {
        for (const run of [straight, recorded]) {
          run.runUntil(at);
          run.command(command);
        }
        if (command.kind !== "aimed" || command.was === undefined) continue;
        const found = recorded.state.aims.found.get(command.label);
        if (found !== undefined && found !== command.was) foreign += 1;
      }
      for (const { at, command } of behind) {
        straight.runUntil(at);
        straight.command(command);
        recorded.runUntil(at);
        const written = command.kind === "aimed" ? command : asRecorded(recorded.state, command);
        if (written.kind === "aimed" && written.aim === "same") same += 1;
        recorded.command(written);
      }
      straight.runUntil(END);
      recorded.runUntil(END);
      expect(recorded.hash()).toBe(straight.hash());
    });
    fc.assert(property, { numRuns: 15, seed: 1 });
    expect(foreign).toBeGreaterThan(5);
    expect(same).toBeGreaterThan(5);
  }, 60_000);

  it("says nothing about whom a file's gesture once hit", () => {
    const run = new InlineRun(defaultRun(1), dataset);
    run.runUntil(seconds(3));
    const leader = present(leadingMember(run.state), "a leader").id;
    const other = present(
      run.state.members.find(({ id }) => id !== leader),
      "a follower",
    ).id;
    run.command({ kind: "aimed", aim: "leader", label: 1, verb: { kind: "slow", factor: 2 }, was: other });
    const crash = { kind: "crash", replicaId: other } as const;
    expect(asRecorded(run.state, crash)).toEqual(crash);
    expect(asRecorded(run.state, { kind: "crash", replicaId: leader })).toMatchObject({ aim: "leader", label: 2 });
  });

  it("has the smallest label that is free, so that it can be written to a file", () => {
    const config = defaultRun(1);
    const run = new InlineRun(config, dataset);
    run.runUntil(seconds(3));
    run.command({ kind: "aimed", aim: "random", label: LAST_LABEL, verb: { kind: "resume" } });
    run.command({ kind: "aimed", aim: "random", label: 1, verb: { kind: "resume" } });
    const leader = present(leadingMember(run.state), "a leader").id;
    run.command(asRecorded(run.state, { kind: "crash", replicaId: leader }));
    expect(run.state.commands.at(-1)?.command).toMatchObject({ aim: "leader", label: 2 });
    const file: unknown = JSON.parse(
      JSON.stringify(scenarioOf(inputsOf(config, run.state.commands), { title: undefined, at: END, speed: 1 })),
    );
    expect(checkScenario(file)).toMatchObject({ ok: true });
  });

  it("goes into a scenario file and comes back", () => {
    const config = defaultRun(12);
    const { commands, hash } = byHand(config, chaosCommands(12, { replicaCount: 3, clients: 3, until: seconds(20) }));
    expect(commands.some(({ command }) => command.kind === "aimed" && command.was !== undefined)).toBe(true);
    const file: unknown = JSON.parse(
      JSON.stringify(scenarioOf(inputsOf(config, commands), { title: undefined, at: END, speed: 1 })),
    );
    const checked = checkScenario(file);
    const back = checked.ok ? compileScenario(checked.value) : checked;
    if (!back.ok) throw new Error(back.problem);
    expect(back.value.commands).toEqual(commands);
    expect(replay(inputsOf(back.value.config, back.value.commands), dataset, END).hash()).toBe(hash);
  });
});
