/**
 * The numbers that a person may change while the run goes on: what each is called, between which limits, where it
 * stands in the configuration and which command sets it. The settings panel and its checks are made from these records.
 */
import { later, type Micros, millis, toMillis } from "../../../../base/units.ts";
import type { Command } from "../../../../model/protocol/commands.ts";
import type { RunConfig } from "../../../../model/protocol/config.ts";
import { longestLatency } from "../../../../model/protocol/latency.ts";
import type { NumberRange } from "./parseNumber.ts";

/** One number: `read` gives what the field shows, `change` what happens on a new value, or why it cannot be. */
export interface NumberSetting<Source> extends NumberRange {
  readonly id: string;
  readonly read: (source: Source) => number;
  readonly change: (source: Source, value: number) => Command | string;
}

function timings({ cluster }: RunConfig, min: Micros, max: Micros, heartbeatInterval: Micros): Command | string {
  if (min > max) return `The shortest timeout must not be above the longest, ${toMillis(max)} ms.`;
  if (heartbeatInterval >= min && heartbeatInterval !== cluster.heartbeatInterval) {
    return `A heartbeat must come more often than the shortest timeout, ${toMillis(min)} ms.`;
  }
  return { kind: "setTimings", electionTimeout: { min, max }, heartbeatInterval };
}

/** Election timeout and heartbeat. */
export const TIMING_SETTINGS: readonly NumberSetting<RunConfig>[] = [
  {
    id: "electionMin",
    label: "Shortest timeout",
    unit: "ms",
    min: 10,
    max: 60_000,
    read: ({ cluster }) => toMillis(cluster.electionTimeout.min),
    change: (config, value) => {
      const { electionTimeout, heartbeatInterval } = config.cluster;
      if (millis(value) <= heartbeatInterval) {
        return `The shortest timeout must be above the heartbeat, ${toMillis(heartbeatInterval)} ms.`;
      }
      return timings(config, millis(value), electionTimeout.max, heartbeatInterval);
    },
  },
  {
    id: "electionMax",
    label: "Longest timeout",
    unit: "ms",
    min: 10,
    max: 60_000,
    read: ({ cluster }) => toMillis(cluster.electionTimeout.max),
    change: (config, value) => {
      const { electionTimeout, heartbeatInterval } = config.cluster;
      if (millis(value) < electionTimeout.min) {
        return `The longest timeout must not be below the shortest, ${toMillis(electionTimeout.min)} ms.`;
      }
      return timings(config, electionTimeout.min, millis(value), heartbeatInterval);
    },
  },
  {
    id: "heartbeat",
    label: "Heartbeat",
    unit: "ms",
    min: 1,
    max: 10_000,
    read: ({ cluster }) => toMillis(cluster.heartbeatInterval),
    change: (config, value) => {
      const { min, max } = config.cluster.electionTimeout;
      return timings(config, min, max, millis(value));
    },
  },
];

type RateName = "writesPerSecond" | "readsPerSecond" | "searchesPerSecond";

function rateSetting(name: RateName, label: string): NumberSetting<RunConfig> {
  return {
    id: name,
    label,
    unit: "/ s",
    min: 0,
    max: 200,
    read: ({ workload }) => workload[name],
    change: ({ workload }, value) => {
      const { writesPerSecond, readsPerSecond, searchesPerSecond } = workload;
      return { kind: "setRates", rates: { writesPerSecond, readsPerSecond, searchesPerSecond, [name]: value } };
    },
  };
}

/** What the clients ask for, in the whole cluster. */
export const RATE_SETTINGS: readonly NumberSetting<RunConfig>[] = [
  rateSetting("writesPerSecond", "Writes"),
  rateSetting("readsPerSecond", "Reads"),
  rateSetting("searchesPerSecond", "Searches"),
];

function costSetting(name: "processingCost" | "diskSync", label: string): NumberSetting<RunConfig> {
  return {
    id: name,
    label,
    unit: "ms",
    min: 0,
    max: 10_000,
    read: ({ cluster }) => toMillis(cluster[name]),
    change: ({ cluster: { processingCost, diskSync } }, value) => ({
      kind: "setCosts",
      processingCost,
      diskSync,
      [name]: millis(value),
    }),
  };
}

/** What work and disks take, on every replica. */
export const COST_SETTINGS: readonly NumberSetting<RunConfig>[] = [
  costSetting("processingCost", "Work for one operation"),
  costSetting("diskSync", "Disk sync"),
];

/** How old an answer may be under bounded staleness. */
export const STALENESS_SETTING: NumberSetting<RunConfig> = {
  id: "stalenessBound",
  label: "Bound",
  unit: "ms",
  min: 0,
  max: 60_000,
  read: ({ cluster }) => toMillis(cluster.stalenessBound),
  change: ({ cluster }, value) => ({
    kind: "setPolicy",
    readPolicy: cluster.readPolicy,
    stalenessBound: millis(value),
  }),
};

/** Split votes that Raft's thesis (chapter 9) leads one to expect: [ratio, percent]. */
const splitVotes: readonly (readonly [number, number])[] = [
  [5, 18],
  [10, 5],
  [20, 1.4],
];

function expectedSplit(ratio: number): string {
  const [tight, advised] = splitVotes;
  if (tight === undefined || advised === undefined) return "";
  if (ratio < tight[0]) return `more than ${tight[1]} %`;
  const along = Math.log(ratio / tight[0]) / Math.log(advised[0] / tight[0]);
  return `about ${Math.round(tight[1] * (advised[1] / tight[1]) ** along)} %`;
}

/** A warning when the timeouts spread over less than ten times the one-way latency; undefined when they do not. */
export function timeoutWarning({ cluster, network }: RunConfig): string | undefined {
  const spread = toMillis(cluster.electionTimeout.max) - toMillis(cluster.electionTimeout.min);
  const { latency, latencyByClass } = network.quality;
  const { request = latency, reply = latency } = latencyByClass ?? {};
  const oneWay = Number(toMillis(later(longestLatency(request), longestLatency(reply))).toFixed(1));
  const ratio = spread / oneWay;
  if (!(ratio < 10)) return undefined;
  const times = ratio < 1 ? "less than the" : `${Number(ratio.toFixed(1))} times the`;
  return `The timeouts spread over ${spread} ms, ${times} one-way latency of ${oneWay} ms: expect ${expectedSplit(ratio)} of elections to split their votes. Ten times leaves about 5 %, twenty 1.4 %.`;
}
