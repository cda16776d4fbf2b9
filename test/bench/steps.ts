/** The run whose steps over Comlink are counted: five replicas, the default network and workload. */
import { majorityOf } from "../../src/base/ids.ts";
import { type Micros, seconds } from "../../src/base/units.ts";
import { defaultRun, type RunConfig } from "../../src/model/protocol/config.ts";

/** How fast a run went. */
export interface Pace {
  /** Events of the history: deliveries and timers. */
  readonly eventsPerSecond: number;
  readonly virtualPerWall: number;
}

/** Measured from here: a leader is elected, clients write and search. */
export const WARM_UP: Micros = seconds(5);

export function fiveReplicas(): RunConfig {
  const base = defaultRun(3);
  const quorum = majorityOf(5);
  return { ...base, cluster: { ...base.cluster, replicaCount: 5, writeQuorum: quorum, readQuorum: quorum } };
}
