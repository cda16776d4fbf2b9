/**
 * What a link does to messages, as numbers that can be set: for the whole network or for one direction of one link, for
 * all messages or for one class of them. One set of records for all of these.
 */
import type { Address } from "../../../../base/ids.ts";
import { millis, toMillis } from "../../../../base/units.ts";
import type { Command } from "../../../../model/protocol/commands.ts";
import type { LinkQuality, MessageClass, RunConfig } from "../../../../model/protocol/config.ts";
import { type LatencyModel, longestLatency, shortestLatency } from "../../../../model/protocol/latency.ts";
import type { NumberSetting } from "./settings.ts";

/** Whose quality is set: how it is read, and the command that sets another. */
export interface QualityScope {
  /** Begins the ids of its settings. */
  readonly id: string;
  readonly read: (config: RunConfig) => LinkQuality;
  readonly command: (quality: LinkQuality) => Command;
}

/** Every link that has no quality of its own. */
export const NETWORK_SCOPE: QualityScope = {
  id: "",
  read: ({ network }) => network.quality,
  command: (quality) => ({ kind: "setNetwork", quality }),
};

/** The quality of one direction of a link: its own, or the network's. */
export function qualityOf({ network }: RunConfig, from: Address, to: Address): LinkQuality {
  return network.overrides.find((own) => own.from === from && own.to === to)?.quality ?? network.quality;
}

/** One direction of one link. */
export function linkScope(from: Address, to: Address): QualityScope {
  return {
    id: "link-",
    read: (config) => qualityOf(config, from, to),
    command: (quality) => ({ kind: "setLink", from, to, quality }),
  };
}

/** One distribution within a quality: the usual one, that of a class of messages, or a part of a mixture. */
export interface LatencyLens {
  /** Goes into the ids of its settings. */
  readonly id: string;
  readonly get: (quality: LinkQuality) => LatencyModel;
  readonly put: (quality: LinkQuality, latency: LatencyModel) => LinkQuality;
}

/** The latency of all messages. */
export const USUAL_LATENCY: LatencyLens = {
  id: "",
  get: ({ latency }) => latency,
  put: (quality, latency) => ({ ...quality, latency }),
};

/** The latency of one class of messages. */
export function classLatency(of: MessageClass): LatencyLens {
  return {
    id: `${of}-`,
    get: ({ latency, latencyByClass }) => latencyByClass?.[of] ?? latency,
    put: (quality, latency) => ({ ...quality, latencyByClass: { ...quality.latencyByClass, [of]: latency } }),
  };
}

/** One part of the mixture that `whole` is. */
export function partLatency(whole: LatencyLens, at: number): LatencyLens {
  const partsOf = (quality: LinkQuality) => {
    const model = whole.get(quality);
    return model.kind === "mixture" ? model.parts : [];
  };
  return {
    id: `${whole.id}part${at + 1}-`,
    get: (quality) => partsOf(quality)[at]?.model ?? whole.get(quality),
    put: (quality, model) => {
      const parts = partsOf(quality).map((part, place) => (place === at ? { ...part, model } : part));
      return whole.put(quality, { kind: "mixture", parts });
    },
  };
}

/** A number of a quality: how it is read, and the quality with another value. */
interface QualityField extends Pick<NumberSetting<never>, "id" | "label" | "unit" | "min" | "max"> {
  readonly of: (quality: LinkQuality) => number;
  readonly put: (quality: LinkQuality, value: number) => LinkQuality;
}

function settingOf(scope: QualityScope, { of, put, ...field }: QualityField): NumberSetting<RunConfig> {
  return {
    ...field,
    id: `${scope.id}${field.id}`,
    read: (config) => of(scope.read(config)),
    change: (config, value) => scope.command(put(scope.read(config), value)),
  };
}

function percentOf(share: number): number {
  return Number((share * 100).toFixed(4));
}

function shareField(id: "loss" | "duplication" | "reordering", label: string): QualityField {
  return {
    ...{ id, label, unit: "%", min: 0, max: 100 },
    of: (quality) => percentOf(quality[id]),
    put: (quality, value) => ({ ...quality, [id]: value / 100 }),
  };
}

const bandwidth: QualityField = {
  ...{ id: "bandwidth", label: "Bandwidth, 0 for any", unit: "kB/s", min: 0, max: 1_000_000 },
  of: (quality) => (quality.bandwidth ?? 0) / 1_000,
  put: (quality, value) => ({ ...quality, bandwidth: value === 0 ? undefined : Math.round(value * 1_000) }),
};

/** Loss, duplication, reordering and bandwidth. */
export function shareSettings(scope: QualityScope): readonly NumberSetting<RunConfig>[] {
  return [
    shareField("loss", "Loss"),
    shareField("duplication", "Duplication"),
    shareField("reordering", "Reordering"),
    bandwidth,
  ].map((field) => settingOf(scope, field));
}

/** A number of a distribution. */
interface ModelField extends Pick<NumberSetting<never>, "id" | "label" | "unit" | "min" | "max"> {
  readonly value: number;
  readonly change: (value: number) => LatencyModel;
}

const inMillis = { unit: "ms", min: 0, max: 5_000 };

/** Constant is uniform without jitter. */
function plainFields(model: LatencyModel): readonly ModelField[] {
  const low = shortestLatency(model);
  const spread = toMillis(longestLatency(model)) - toMillis(low);
  const made = (from: number, jitter: number): LatencyModel =>
    jitter === 0
      ? { kind: "constant", value: millis(from) }
      : { kind: "uniform", low: millis(from), high: millis(from + jitter) };
  return [
    { id: "latency", label: "Latency", ...inMillis, value: toMillis(low), change: (value) => made(value, spread) },
    { id: "jitter", label: "Jitter", ...inMillis, value: spread, change: (value) => made(toMillis(low), value) },
  ];
}

function modelFields(model: LatencyModel): readonly ModelField[] {
  const mean = { id: "mean", label: "Mean", ...inMillis };
  switch (model.kind) {
    case "constant":
    case "uniform":
      return plainFields(model);
    case "normal": {
      const deviation = { id: "deviation", label: "Deviation", ...inMillis };
      return [
        { ...mean, value: toMillis(model.mean), change: (value) => ({ ...model, mean: millis(value) }) },
        { ...deviation, value: toMillis(model.deviation), change: (value) => ({ ...model, deviation: millis(value) }) },
      ];
    }
    case "exponential":
      return [{ ...mean, value: toMillis(model.mean), change: (value) => ({ ...model, mean: millis(value) }) }];
    case "pareto": {
      const scale = { id: "scale", label: "Scale, the shortest", ...inMillis };
      const shape = { id: "shape", label: "Shape, less is longer", unit: "", min: 0.2, max: 100 };
      return [
        { ...scale, value: toMillis(model.scale), change: (value) => ({ ...model, scale: millis(value) }) },
        { ...shape, value: model.shape, change: (value) => ({ ...model, shape: value }) },
      ];
    }
    case "mixture":
    case "samples":
      return [];
  }
}

/** The numbers of a distribution of this kind; a mixture has them in its parts, measured values have none. */
export function latencySettings(
  scope: QualityScope,
  lens: LatencyLens,
  config: RunConfig,
): readonly NumberSetting<RunConfig>[] {
  return modelFields(lens.get(scope.read(config))).map(({ value: _, change: __, ...field }, at) =>
    settingOf(scope, {
      ...field,
      id: `${lens.id}${field.id}`,
      of: (quality) => modelFields(lens.get(quality))[at]?.value ?? 0,
      put: (quality, value) => {
        const model = lens.get(quality);
        return lens.put(quality, modelFields(model)[at]?.change(value) ?? model);
      },
    }),
  );
}

/** How much one part of a mixture weighs. */
export function weightSetting(scope: QualityScope, whole: LatencyLens, at: number): NumberSetting<RunConfig> {
  return settingOf(scope, {
    ...{ id: `${whole.id}weight${at + 1}`, label: "Weight", unit: "", min: 0.001, max: 1_000_000 },
    of: (quality) => {
      const model = whole.get(quality);
      return model.kind === "mixture" ? (model.parts[at]?.weight ?? 0) : 0;
    },
    put: (quality, weight) => {
      const model = whole.get(quality);
      if (model.kind !== "mixture") return quality;
      return whole.put(quality, {
        ...model,
        parts: model.parts.map((part, place) => (place === at ? { ...part, weight } : part)),
      });
    },
  });
}
