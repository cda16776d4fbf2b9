/**
 * The numbers that a person may change while the run goes on: what each is called, between which limits, where it
 * stands in the configuration and which command sets it. The settings panel and its checks are made from these records.
 */
import * as z from "zod/mini";
import type { Address } from "../../../../base/ids.ts";
import { type Micros, millis, toMillis } from "../../../../base/units.ts";
import type { Command } from "../../../../model/protocol/commands.ts";
import type { LinkQuality, RunConfig } from "../../../../model/protocol/config.ts";
import { type LatencyModel, longestLatency, shortestLatency } from "../../../../model/protocol/latency.ts";

/** A number that was understood, or what is wrong with it, for beside the field. */
export type ParsedNumber =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly message: string };

/** One number: `read` gives what the field shows, `change` what happens on a new value, or why it cannot be. */
export interface NumberSetting<Source> {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly read: (source: Source) => number;
  readonly change: (source: Source, value: number) => Command | string;
}

/** What a person typed, as a number between `min` and `max`. */
export function parseNumber(
  text: string,
  { label, min, max, unit }: Pick<NumberSetting<never>, "label" | "min" | "max" | "unit">,
): ParsedNumber {
  const typed = text.trim().replace(",", ".");
  const parsed = z
    .number()
    .check(z.gte(min), z.lte(max))
    .safeParse(typed === "" ? Number.NaN : Number(typed));
  if (parsed.success) return { ok: true, value: parsed.data };
  const range = `${label} is a number from ${min} to ${max.toLocaleString("en-US")}${unit === "" ? "" : ` ${unit}`}.`;
  const value = Number(typed);
  if (typed === "" || Number.isNaN(value)) return { ok: false, message: range };
  return { ok: false, message: value < min ? `${typed} is too small. ${range}` : `${typed} is too large. ${range}` };
}

function latencyOf(low: Micros, spread: Micros): LatencyModel {
  return spread === 0
    ? { kind: "constant", value: low }
    : { kind: "uniform", low, high: millis(toMillis(low) + toMillis(spread)) };
}

function spreadOf({ latency }: LinkQuality): Micros {
  return millis(toMillis(longestLatency(latency)) - toMillis(shortestLatency(latency)));
}

/** A field of a link's quality: how it is read, and the quality with another value. */
interface QualityField extends Pick<NumberSetting<never>, "id" | "label" | "unit" | "min" | "max"> {
  readonly of: (quality: LinkQuality) => number;
  readonly put: (quality: LinkQuality, value: number) => LinkQuality;
}

function percentOf(share: number): number {
  return Number((share * 100).toFixed(4));
}

const qualityFields: readonly QualityField[] = [
  {
    id: "latency",
    label: "Latency",
    unit: "ms",
    min: 0,
    max: 5_000,
    of: ({ latency }) => toMillis(shortestLatency(latency)),
    put: (quality, value) => ({ ...quality, latency: latencyOf(millis(value), spreadOf(quality)) }),
  },
  {
    id: "jitter",
    label: "Jitter",
    unit: "ms",
    min: 0,
    max: 5_000,
    of: (quality) => toMillis(spreadOf(quality)),
    put: (quality, value) => ({ ...quality, latency: latencyOf(shortestLatency(quality.latency), millis(value)) }),
  },
  {
    id: "loss",
    label: "Loss",
    unit: "%",
    min: 0,
    max: 100,
    of: ({ loss }) => percentOf(loss),
    put: (quality, value) => ({ ...quality, loss: value / 100 }),
  },
  {
    id: "duplication",
    label: "Duplication",
    unit: "%",
    min: 0,
    max: 100,
    of: ({ duplication }) => percentOf(duplication),
    put: (quality, value) => ({ ...quality, duplication: value / 100 }),
  },
  {
    id: "reordering",
    label: "Reordering",
    unit: "%",
    min: 0,
    max: 100,
    of: ({ reordering }) => percentOf(reordering),
    put: (quality, value) => ({ ...quality, reordering: value / 100 }),
  },
];

/** The network's numbers: every link that has none of its own. */
export const NETWORK_SETTINGS: readonly NumberSetting<RunConfig>[] = qualityFields.map(({ of, put, ...field }) => ({
  ...field,
  read: ({ network }) => of(network.quality),
  change: ({ network }, value) => ({ kind: "setNetwork", quality: put(network.quality, value) }),
}));

/** The quality of one direction of a link: its own, or the network's. */
export function qualityOf({ network }: RunConfig, from: Address, to: Address): LinkQuality {
  return network.overrides.find((own) => own.from === from && own.to === to)?.quality ?? network.quality;
}

/** The numbers of one direction of one link. */
export function linkSettings(from: Address, to: Address): readonly NumberSetting<RunConfig>[] {
  return qualityFields.map(({ of, put, ...field }) => ({
    ...field,
    id: `link-${field.id}`,
    read: (config) => of(qualityOf(config, from, to)),
    change: (config, value) => ({ kind: "setLink", from, to, quality: put(qualityOf(config, from, to), value) }),
  }));
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
  const oneWay = toMillis(longestLatency(network.quality.latency));
  const ratio = spread / oneWay;
  if (!(ratio < 10)) return undefined;
  const times = ratio < 1 ? "less than the" : `${Number(ratio.toFixed(1))} times the`;
  return `The timeouts spread over ${spread} ms, ${times} one-way latency of ${oneWay} ms: expect ${expectedSplit(ratio)} of elections to split their votes. Ten times leaves about 5 %, twenty 1.4 %.`;
}
