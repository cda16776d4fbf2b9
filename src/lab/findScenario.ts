/** A scenario by the path of its file, or by the name of a built-in one. */
import { readFileSync } from "node:fs";
import { builtInNames, builtInScenario } from "../data/scenarios/builtIns.ts";
import {
  checkScenario,
  compileScenario,
  readScenario,
  type Scenario,
  type ScenarioChoices,
  type ScenarioResult,
} from "../data/scenarios/scenario.ts";

/** The scenario that `name` stands for. What is wrong is said after the name of the file. */
export function findScenario(name: string, choices: ScenarioChoices): ScenarioResult<Scenario> {
  const builtIn = builtInScenario(name);
  const result = builtIn === undefined ? fromFile(name, choices) : fromBuiltIn(builtIn, choices);
  return result.ok ? result : { ok: false, problem: `${name}: ${result.problem}` };
}

function fromBuiltIn(file: unknown, choices: ScenarioChoices): ScenarioResult<Scenario> {
  const checked = checkScenario(file);
  return checked.ok ? compileScenario(checked.value, choices) : checked;
}

function fromFile(path: string, choices: ScenarioChoices): ScenarioResult<Scenario> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    const problem = `there is no such file, and no such built-in scenario; those are ${builtInNames.join(", ")}`;
    return { ok: false, problem };
  }
  return readScenario(text, choices);
}
