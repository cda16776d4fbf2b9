/** A scenario by the path of its file, or by the name of a built-in one; with the file of vectors that it is about. */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { readDataFile } from "../data/dataFile.ts";
import { provideData } from "../data/loaded.ts";
import { builtInNames, builtInScenario } from "../data/scenarios/builtIns.ts";
import {
  checkScenario,
  compileScenario,
  parseScenario,
  type Scenario,
  type ScenarioChoices,
  type ScenarioResult,
} from "../data/scenarios/scenario.ts";
import type { ScenarioFile } from "../data/scenarios/schema.ts";
import { dataFileOf, otherFileProblem, withData } from "../data/scenarios/wantedData.ts";
import type { WantedData } from "../model/protocol/dataset.ts";

/** The scenario that `name` stands for, with its vectors provided. What is wrong is said after the name of the file. */
export async function findScenario(name: string, choices: ScenarioChoices): Promise<ScenarioResult<Scenario>> {
  const builtIn = builtInScenario(name);
  const file = builtIn === undefined ? scenarioIn(name) : checkScenario(builtIn);
  const whole = file.ok ? await withVectors(file.value, dirname(name)) : file;
  const result = whole.ok ? compileScenario(whole.value, choices) : whole;
  return result.ok ? result : { ok: false, problem: `${name}: ${result.problem}` };
}

function scenarioIn(path: string): ScenarioResult<ScenarioFile> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    const problem = `there is no such file, and no such built-in scenario; those are ${builtInNames.join(", ")}`;
    return { ok: false, problem };
  }
  return parseScenario(text);
}

/** The scenario with what was read from its file of vectors, which lies beside it or where its path says. */
async function withVectors(scenario: ScenarioFile, folder: string): Promise<ScenarioResult<ScenarioFile>> {
  const wanted = dataFileOf(scenario);
  return wanted === undefined ? { ok: true, value: scenario } : provide(scenario, wanted, resolve(folder, wanted.file));
}

function wrong(file: string, why: string): ScenarioResult<ScenarioFile> {
  return { ok: false, problem: `workload.dataset.file: ${file}: ${why}` };
}

async function provide(
  scenario: ScenarioFile,
  wanted: WantedData,
  path: string,
): Promise<ScenarioResult<ScenarioFile>> {
  const { file, idColumn, vectorColumns } = wanted;
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return wrong(file, `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const read = await readDataFile(path, bytes, { idColumn, vectorColumns });
  if (!read.ok) return wrong(file, read.problem.message);
  const other = otherFileProblem(wanted, read.table.data);
  if (other !== undefined) return wrong(file, other);
  provideData(read.table);
  return { ok: true, value: withData(scenario, read.table.data) };
}
