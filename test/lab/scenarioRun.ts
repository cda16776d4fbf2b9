// Running scenarios in tests: a built-in one by name, with changes to its file, up to a moment.
import { type Micros, seconds, toSeconds } from "../../src/base/units.ts";
import { builtInScenario } from "../../src/data/scenarios/builtIns.ts";
import { checkScenario, compileScenario, type Scenario } from "../../src/data/scenarios/scenario.ts";
import { type Finished, runScenario } from "../../src/lab/headless.ts";
import { judge } from "../../src/lab/report.ts";
import type { Onlooker } from "../../src/model/measure/onlookers.ts";

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `file` with `changes` laid over it, objects key by key. */
function changed(file: unknown, changes: Fields): Fields {
  const merged: Record<string, unknown> = isFields(file) ? { ...file } : {};
  for (const [key, value] of Object.entries(changes)) {
    merged[key] = isFields(value) ? changed(merged[key], value) : value;
  }
  return merged;
}

/** The scenario that a file's fields describe. */
export function scenarioOf(file: unknown, until?: Micros): Scenario {
  const checked = checkScenario(file);
  if (!checked.ok) throw new Error(checked.problem);
  const compiled = compileScenario(checked.value, { until });
  if (!compiled.ok) throw new Error(compiled.problem);
  return compiled.value;
}

export interface Told extends Finished {
  /** 0 when all is as promised and as the file expects. */
  readonly exitCode: number;
  /** Writes acknowledged from `from` to `to`, in virtual seconds. */
  acknowledgedBetween(from: number, to: number): number;
  /** Leaders that came up from `from` to `to`. */
  leadersBetween(from: number, to: number): number;
}

/** Runs a built-in scenario with `changes`. */
export function tell(name: string, changes: Fields = {}, untilSeconds?: number): Told {
  const until = untilSeconds === undefined ? undefined : seconds(untilSeconds);
  const scenario = scenarioOf(changed(builtInScenario(name), changes), until);
  const acknowledged: number[] = [];
  const leaders: number[] = [];
  const onlooker: Onlooker = {
    fact: ({ at, fact }) => {
      if (fact.kind === "writeAcknowledged") acknowledged.push(toSeconds(at));
      else if (fact.kind === "becameLeader") leaders.push(toSeconds(at));
    },
  };
  const finished = runScenario(scenario, [onlooker]);
  const within = (instants: readonly number[], from: number, to: number) =>
    instants.filter((at) => at >= from && at < to).length;
  return {
    ...finished,
    exitCode: judge(finished.report, scenario.expect).exitCode,
    acknowledgedBetween: (from, to) => within(acknowledged, from, to),
    leadersBetween: (from, to) => within(leaders, from, to),
  };
}
