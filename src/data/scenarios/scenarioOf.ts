/** The way out of this folder: from the inputs of a run to a scenario file that describes exactly this run. */
import { feedInteger, type HashText, hashText, newHash } from "../../base/hash.ts";
import { type Micros, micros, ZERO } from "../../base/units.ts";
import { feedCanonical } from "../../model/cluster/feed.ts";
import type { TimedCommand } from "../../model/protocol/commands.ts";
import type { RunConfig } from "../../model/protocol/config.ts";
import type { RunInputs } from "../../model/protocol/session.ts";
import { actionsOf } from "./actionsOf.ts";
import { untilOf } from "./defaults.ts";
import { durationOf, durationText } from "./duration.ts";
import { clusterFile, networkFile, workloadFile } from "./partsOf.ts";
import { compileScenario, type ScenarioResult } from "./scenario.ts";
import { SCENARIO_FORMAT, SCENARIO_VERSION, type ScenarioFile } from "./schema.ts";

/** What a file says beside the run itself. */
export interface ScenarioFrame {
  readonly title?: string | undefined;
  /** Where the app opens it. */
  readonly at: Micros;
  readonly speed: number;
}

function filled(part: object): boolean {
  return Object.keys(part).length > 0;
}

/** The configuration as the parts of a file. */
export function configParts(config: RunConfig): Pick<ScenarioFile, "seed" | "cluster" | "network" | "workload"> {
  const cluster = clusterFile(config.cluster);
  const network = networkFile(config.network);
  const workload = workloadFile(config.workload);
  return {
    seed: config.seed,
    ...(filled(cluster) ? { cluster } : {}),
    ...(filled(network) ? { network } : {}),
    ...(workload === undefined ? {} : { workload }),
  };
}

/**
 * The file of a run that ends at `frame.at`: the command line runs it to the hash that the run has there. Later commands
 * stand in it too; whoever opens it in the app has them to come.
 */
export function scenarioOf({ config, commands }: RunInputs, { title, at, speed }: ScenarioFrame): ScenarioFile {
  const until = durationText(at);
  return {
    format: SCENARIO_FORMAT,
    version: SCENARIO_VERSION,
    ...(title === undefined || title === "" ? {} : { title }),
    ...configParts(config),
    view: { at: until, speed },
    actions: actionsOf(commands, config),
    until,
    inclusive: true,
  };
}

/** The instant by which all of `commands` have been taken, and no earlier than `until`. */
export function endOfAll(commands: readonly Pick<TimedCommand, "at">[], until: Micros): Micros {
  return micros(Math.max(until, ...commands.map(({ at }) => at)));
}

/** The digest of a run's configuration and commands: two runs of one digest are one run. */
export function inputsDigest({ config, commands }: Pick<RunInputs, "config" | "commands">): HashText {
  const hash = newHash();
  feedCanonical(hash, config);
  for (const { at, command } of commands) {
    feedInteger(hash, at);
    feedCanonical(hash, command);
  }
  feedInteger(hash, commands.length);
  return hashText(hash);
}

/** The inputs that a checked file describes, actions after its end included. */
export function inputsOf(file: ScenarioFile): ScenarioResult<Pick<RunInputs, "config" | "commands">> {
  const times = (file.actions ?? []).map(({ at }) => ({ at: at === undefined ? ZERO : durationOf(at) }));
  return compileScenario({ ...file, inclusive: true }, { until: endOfAll(times, untilOf(file)) });
}
