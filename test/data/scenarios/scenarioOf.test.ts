// From a run to a file and back: to the bit, for whatever can be done; and the command line's hash is the run's.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashText } from "../../../src/base/hash.ts";
import { clientId } from "../../../src/base/ids.ts";
import { micros, seconds } from "../../../src/base/units.ts";
import { datasetByName } from "../../../src/data/dataset.ts";
import { embedProduct } from "../../../src/data/query.ts";
import { builtInNames } from "../../../src/data/scenarios/builtIns.ts";
import { builtIn } from "../../../src/data/scenarios/lessons.ts";
import { checkScenario, readScenario } from "../../../src/data/scenarios/scenario.ts";
import { inputsDigest, inputsOf, scenarioOf } from "../../../src/data/scenarios/scenarioOf.ts";
import { runScenario } from "../../../src/lab/headless.ts";
import { replay } from "../../../src/model/cluster/replay.ts";
import { defaultRun, MODEL_VERSION } from "../../../src/model/protocol/config.ts";
import type { RunInputs } from "../../../src/model/protocol/session.ts";
import { anyInputs } from "../../support/anyInputs.ts";
import { chaosCommands } from "../../support/chaos.ts";

/** The inputs that are read from the text of the file that `inputs` make. */
function thereAndBack(inputs: RunInputs) {
  const text = JSON.stringify(scenarioOf(inputs, { at: seconds(9), speed: 1 }));
  const checked = checkScenario(JSON.parse(text));
  if (!checked.ok) throw new Error(checked.problem);
  const back = inputsOf(checked.value);
  if (!back.ok) throw new Error(back.problem);
  return back.value;
}

describe("the file of a run", { timeout: 120_000 }, () => {
  it("describes this run and no other, whatever was done in it", () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        expect(inputsDigest(thereAndBack(inputs))).toBe(inputsDigest(inputs));
      }),
      { numRuns: 300 },
    );
  });

  it("leaves no embedding to the Unicode of whoever reads it", () => {
    const written = (name: string) => {
      const payload = { kind: "product", name, description: "warm", category: "Home", priceCents: 100 } as const;
      const embedded = embedProduct(name, payload.description, payload.category);
      if (!embedded.ok) throw new Error(embedded.message);
      const draft = { kind: "put", id: "my-1", values: embedded.vector, payload } as const;
      const commands = [{ at: seconds(1), command: { kind: "write", client: clientId(1), draft } }] as const;
      const inputs: RunInputs = { modelVersion: MODEL_VERSION, config: defaultRun(1), commands };
      return scenarioOf(inputs, { at: seconds(2), speed: 1 }).actions?.[0];
    };
    expect(written("Tee für zwölf")).not.toHaveProperty("vector");
    expect(written("Ƣayal çaý 毛布")).toHaveProperty("vector");
  });

  it.each(builtInNames)("of the lesson %s is that lesson", (name) => {
    const lesson = builtIn(name);
    if (!lesson.ok) throw new Error(lesson.problem);
    expect(inputsDigest(thereAndBack(lesson.value.inputs))).toBe(inputsDigest(lesson.value.inputs));
  });

  it("is run without a browser to the hash of the moment, an action at that very moment included", () => {
    const until = micros(12_345_678);
    const trouble = chaosCommands(11, { replicaCount: 3, clients: 3, until: seconds(12) });
    const last = { at: until, command: { kind: "setMode", mode: "synchronous" } } as const;
    const later = { at: seconds(14), command: { kind: "heal" } } as const;
    const commands = [...trouble.filter(({ at }) => at < until), last, later];
    const inputs: RunInputs = { modelVersion: MODEL_VERSION, config: defaultRun(11), commands };
    const read = readScenario(JSON.stringify(scenarioOf(inputs, { at: until, speed: 1 })));
    if (!read.ok) throw new Error(read.problem);
    const there = replay(inputs, datasetByName("products"), until);
    expect(runScenario(read.value).report.runHash).toBe(hashText(there.state.hash));
    expect(there.state.commands.at(-1)).toEqual(last);
    expect(read.value.view).toEqual({ at: until, speed: 1 });
  });
});
