/** Runs under `VerdictRun` as tests of verdicts need them: configured in a few words, with timed trouble. */
import { replicaId } from "../../src/base/ids.ts";
import type { Micros } from "../../src/base/units.ts";
import type { AimedCommand, Command } from "../../src/model/protocol/commands.ts";
import {
  type ClusterConfig,
  DEFAULT_CLUSTER,
  DEFAULT_NETWORK,
  DEFAULT_RULES,
  DEFAULT_WORKLOAD,
  type Rules,
  type RunConfig,
  type WorkloadConfig,
} from "../../src/model/protocol/config.ts";
import { VerdictRun } from "./verdictRun.ts";

/** A command and when it is given. */
export interface Timed {
  readonly at: Micros;
  readonly command: Command | AimedCommand;
}

export interface RunParts {
  readonly seed: number;
  readonly replicas: number;
  readonly rules?: Partial<Rules>;
  readonly cluster?: Partial<ClusterConfig>;
  readonly workload?: Partial<WorkloadConfig>;
}

/** The default cluster of that size over the tiny data set, quorum a majority, five writes a second. */
export function judgedConfig({ seed, replicas, rules, cluster, workload }: RunParts): RunConfig {
  const majority = Math.floor(replicas / 2) + 1;
  return {
    seed,
    cluster: {
      ...DEFAULT_CLUSTER,
      replicaCount: replicas,
      writeQuorum: majority,
      readQuorum: majority,
      ...cluster,
      rules: { ...DEFAULT_RULES, ...rules },
    },
    network: DEFAULT_NETWORK,
    workload: { ...DEFAULT_WORKLOAD, dataset: "colours", searchesPerSecond: 0, ...workload },
  };
}

/** A run with what happens in it, up to `until`. */
export function judgedRun(parts: RunParts, commands: readonly Timed[], until: Micros): VerdictRun {
  const judged = new VerdictRun(judgedConfig(parts));
  for (const { at, command } of commands) {
    judged.run.runUntil(at);
    judged.command(command);
  }
  judged.run.runUntil(until);
  return judged;
}

/** Cuts both directions of every pair, given by the replicas' numbers. */
export function cutPairs(at: Micros, pairs: readonly (readonly [number, number])[]): readonly Timed[] {
  return pairs.flatMap(([a, b]) => {
    const [one, other] = [replicaId(a), replicaId(b)];
    const commands: readonly Command[] = [
      { kind: "cut", from: one, to: other },
      { kind: "cut", from: other, to: one },
    ];
    return commands.map((command) => ({ at, command }));
  });
}
