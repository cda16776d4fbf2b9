// A person's gesture on the leader is written down as one on the leader. The run keeps its hash, and what was written down
// leads to the same run again; under another mode it finds whoever leads there.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/base/units.ts";
import { datasetByName } from "../../../src/data/dataset.ts";
import { checkScenario, compileScenario } from "../../../src/data/scenarios/scenario.ts";
import { scenarioOf } from "../../../src/data/scenarios/scenarioOf.ts";
import { asRecorded } from "../../../src/model/cluster/aim.ts";
import { InlineRun } from "../../../src/model/cluster/inline.ts";
import { leadingMember } from "../../../src/model/cluster/metrics.ts";
import { replay } from "../../../src/model/cluster/replay.ts";
import type { Command, TimedCommand } from "../../../src/model/protocol/commands.ts";
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

  it("goes into a scenario file and comes back", () => {
    const config = defaultRun(12);
    const { commands, hash } = byHand(config, chaosCommands(12, { replicaCount: 3, clients: 3, until: seconds(20) }));
    expect(commands.some(({ command }) => command.kind === "aimed" && command.was !== undefined)).toBe(true);
    const file: unknown = JSON.parse(JSON.stringify(scenarioOf(inputsOf(config, commands), { title: undefined, at: END, speed: 1 })));
    const checked = checkScenario(file);
    const back = checked.ok ? compileScenario(checked.value) : checked;
    if (!back.ok) throw new Error(back.problem);
    expect(back.value.commands).toEqual(commands);
    expect(replay(inputsOf(back.value.config, back.value.commands), dataset, END).hash()).toBe(hash);
  });
});
