/** The built-in scenarios as the app offers them: what each is about, and the run that it opens. */
import { MODEL_VERSION } from "../../model/protocol/config.ts";
import type { RunInputs } from "../../model/protocol/session.ts";
import { builtInNames, builtInScenario } from "./builtIns.ts";
import { checkScenario, compileScenario, type Scenario, type ScenarioResult } from "./scenario.ts";

/** A built-in scenario, ready to be opened. */
export interface BuiltIn extends Pick<Scenario, "title" | "about" | "view"> {
  readonly name: string;
  readonly inputs: RunInputs;
}

/** The built-in scenario `name` with its own seed, or another; one sentence when there is none of that name. */
export function builtIn(name: string, seed?: number): ScenarioResult<BuiltIn> {
  const file = builtInScenario(name);
  if (file === undefined) {
    return { ok: false, problem: `There is no scenario “${name}”. There are ${builtInNames.join(", ")}.` };
  }
  const checked = checkScenario(file);
  const made = checked.ok ? compileScenario(checked.value, { seed }) : checked;
  if (!made.ok) return made;
  const { title, about, view, config, commands } = made.value;
  return { ok: true, value: { name, title, about, view, inputs: { modelVersion: MODEL_VERSION, config, commands } } };
}

/** All of them, in the order in which they are offered. */
export function allBuiltIns(): readonly BuiltIn[] {
  return builtInNames.flatMap((name) => {
    const found = builtIn(name);
    return found.ok ? [found.value] : [];
  });
}
