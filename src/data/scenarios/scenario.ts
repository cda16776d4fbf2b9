/** The door of this folder: from the text of a scenario file to the inputs of a run, or to one line that says what is wrong. */
import { type Micros, micros, millis, seconds, ZERO } from "../../base/units.ts";
import type { TimedCommand } from "../../model/protocol/commands.ts";
import type { RunConfig } from "../../model/protocol/config.ts";
import type { WantedData } from "../../model/protocol/dataset.ts";
import type { VerdictName } from "../../model/protocol/verdict.ts";
import { commandsOf } from "./commandsOf.ts";
import { configOf } from "./configOf.ts";
import { untilOf } from "./defaults.ts";
import { durationOf } from "./duration.ts";
import { meaningProblem } from "./meaning.ts";
import { firstProblem, problemText } from "./problem.ts";
import { SCENARIO_FORMAT, SCENARIO_VERSION, type ScenarioFile, scenario as schema } from "./schema.ts";
import { wantedData, wantedWords } from "./wantedData.ts";

/** A scenario ready to run. */
export interface Scenario {
  readonly title: string;
  readonly about: string;
  readonly config: RunConfig;
  /** In order; none after `until`, and one at it only if the file says that it is taken. */
  readonly commands: readonly TimedCommand[];
  /** Verdicts that must break. */
  readonly expect: readonly VerdictName[];
  readonly until: Micros;
  /** Where the app opens it, and at how many virtual seconds per second. */
  readonly view: { readonly at: Micros; readonly speed: number };
}

/** What a caller says instead of the file. */
export interface ScenarioChoices {
  readonly seed?: number | undefined;
  readonly until?: Micros | undefined;
}

/** A value, or one line that names the path of the offending key and its value. */
export type ScenarioResult<Value> =
  | { readonly ok: true; readonly value: Value }
  /** `wanted`: nothing is wrong, but this file of vectors has to be opened first. */
  | { readonly ok: false; readonly problem: string; readonly wanted?: WantedData };

function failed(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}

function parseJson(text: string): ScenarioResult<unknown> {
  if (text.trim() === "") return failed("the file is empty");
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : "it cannot be read";
    return failed(`the file is not JSON: ${why}`);
  }
}

/** A file of a newer version may have keys that this one does not know: its version is what to complain of. */
function newerVersion(file: unknown): string | undefined {
  if (typeof file !== "object" || file === null || !("format" in file) || !("version" in file)) return undefined;
  const { format, version } = file;
  if (format !== SCENARIO_FORMAT || typeof version !== "number" || version <= SCENARIO_VERSION) return undefined;
  return `version: is newer than ${SCENARIO_VERSION}, the newest that this Replicascope reads: ${version}`;
}

/** Checks a value that was JSON. */
export function checkScenario(file: unknown): ScenarioResult<ScenarioFile> {
  const newer = newerVersion(file);
  if (newer !== undefined) return failed(newer);
  const checked = schema.safeParse(file, { reportInput: false });
  if (!checked.success) return failed(problemText(firstProblem(file, checked.error.issues)));
  const problem = meaningProblem(checked.data);
  return problem === undefined ? { ok: true, value: checked.data } : failed(problemText(problem));
}

/** By default shortly before the first thing happens, at the cluster's own speed. */
function viewOf({ view, actions = [] }: ScenarioFile): Scenario["view"] {
  const first = actions.map(({ at }) => (at === undefined ? ZERO : durationOf(at))).filter((at) => at > ZERO);
  const before = micros(Math.max(0, Math.min(LATEST_VIEW, ...first) - millis(1_500)));
  return { at: view?.at === undefined ? before : durationOf(view.at), speed: view?.speed ?? 1 };
}

/** The app opens a scenario in which nothing happens by itself here, where every run opens. */
const LATEST_VIEW = seconds(6.5);

/** The run that a checked file describes. */
export function compileScenario(file: ScenarioFile, choices: ScenarioChoices = {}): ScenarioResult<Scenario> {
  const wanted = wantedData(file);
  if (wanted !== undefined) return { ok: false, problem: wantedWords(wanted), wanted };
  const config = configOf(file, choices.seed);
  const until = choices.until ?? untilOf(file);
  const made = commandsOf(file.actions ?? [], config, { until, inclusive: file.inclusive ?? false });
  if (!made.ok) return failed(problemText(made.problem));
  const { title = "", about = "", expect = [] } = file;
  const view = viewOf(file);
  return { ok: true, value: { title, about, config, commands: made.commands, expect, until, view } };
}

/** The text of a scenario file, checked. */
export function parseScenario(text: string): ScenarioResult<ScenarioFile> {
  const json = parseJson(text);
  return json.ok ? checkScenario(json.value) : json;
}

/** The run that the text of a scenario file describes. */
export function readScenario(text: string, choices: ScenarioChoices = {}): ScenarioResult<Scenario> {
  const checked = parseScenario(text);
  return checked.ok ? compileScenario(checked.value, choices) : checked;
}
