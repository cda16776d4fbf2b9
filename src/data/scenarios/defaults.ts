/** What a scenario means where it says nothing. */
import { majorityOf, type ReplicaId, replicaId } from "../../base/ids.ts";
import { type Micros, seconds } from "../../base/units.ts";
import { DEFAULT_CLUSTER, DEFAULT_WORKLOAD, type WorkloadConfig } from "../../model/protocol/config.ts";
import { durationOf } from "./duration.ts";
import type { ScenarioFile } from "./schema.ts";

/** A scenario that does not say when it ends. */
const DEFAULT_UNTIL = seconds(60);

/** How many replicas there are. */
export function replicaCountOf(file: ScenarioFile): number {
  return file.cluster?.replicas ?? DEFAULT_CLUSTER.replicaCount;
}

/** How many clients there are. */
export function clientCountOf(file: ScenarioFile): number {
  return file.workload?.clients ?? DEFAULT_WORKLOAD.clients;
}

/** When the run ends. */
export function untilOf(file: ScenarioFile): Micros {
  return file.until === undefined ? DEFAULT_UNTIL : durationOf(file.until);
}

/** W and R where they are not given: the majority. */
export function defaultQuorum(file: ScenarioFile): number {
  return majorityOf(replicaCountOf(file));
}

/** The rates of a scenario: with a `workload`, what it does not name is not asked for. */
export function ratesOf(
  file: ScenarioFile,
): Pick<WorkloadConfig, "writesPerSecond" | "readsPerSecond" | "searchesPerSecond"> {
  const { workload } = file;
  const { writesPerSecond, readsPerSecond, searchesPerSecond } = DEFAULT_WORKLOAD;
  if (workload === undefined) return { writesPerSecond, readsPerSecond, searchesPerSecond };
  return {
    writesPerSecond: workload.writesPerSecond ?? 0,
    readsPerSecond: workload.readsPerSecond ?? 0,
    searchesPerSecond: workload.searchesPerSecond ?? 0,
  };
}

/** The replica that a name such as `r2` stands for. */
export function replicaNamed(name: string): ReplicaId {
  return replicaId(Number(name.slice(1)));
}
