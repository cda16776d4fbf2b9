/** Distributions of latency as data, and their bounds. Drawing from them is the network's business. */
import { assertNever } from "../../base/assert.ts";
import { ln, pow } from "../../base/exactMath.ts";
import { earlier, later, type Micros, micros, NEVER, ZERO } from "../../base/units.ts";

/** How long one way takes. Draws are cut at `minimumLatency`. */
export type LatencyModel =
  | { readonly kind: "constant"; readonly value: Micros }
  /** Whole microseconds from `low` to `high`, both included, all equally likely. */
  | { readonly kind: "uniform"; readonly low: Micros; readonly high: Micros }
  | { readonly kind: "normal"; readonly mean: Micros; readonly deviation: Micros }
  | { readonly kind: "exponential"; readonly mean: Micros }
  /** At least `scale`; the smaller `shape`, the longer the tail. */
  | { readonly kind: "pareto"; readonly scale: Micros; readonly shape: number }
  /** One of the parts, with probability in proportion to its weight. */
  | { readonly kind: "mixture"; readonly parts: readonly { readonly weight: number; readonly model: LatencyModel }[] }
  /** One of the measured values, all equally likely. */
  | { readonly kind: "samples"; readonly values: readonly Micros[] };

/** The shortest that a draw can be, before the network's minimum: what the event loop's lookahead rests on. */
export function shortestLatency(model: LatencyModel): Micros {
  switch (model.kind) {
    case "constant":
      return model.value;
    case "uniform":
      return model.low;
    case "normal":
    case "exponential":
      return ZERO;
    case "pareto":
      return model.scale;
    case "mixture":
      return model.parts.reduce((least, part) => earlier(least, shortestLatency(part.model)), NEVER);
    case "samples":
      return model.values.reduce(earlier, NEVER);
    default:
      return assertNever(model);
  }
}

/** The longest that a draw is in 999 of 1,000 cases; of bounded distributions the longest at all. */
export function longestLatency(model: LatencyModel): Micros {
  switch (model.kind) {
    case "constant":
      return model.value;
    case "uniform":
      return model.high;
    case "normal":
      return micros(model.mean + 3.09 * model.deviation);
    case "exponential":
      return micros(model.mean * ln(1_000));
    case "pareto":
      return micros(Math.min(NEVER / 2, model.scale * pow(1_000, 1 / model.shape)));
    case "mixture":
      return model.parts.reduce((most, part) => later(most, longestLatency(part.model)), ZERO);
    case "samples":
      return model.values.reduce(later, ZERO);
    default:
      return assertNever(model);
  }
}

/** The mean of a distribution; infinite for a Pareto tail whose shape is 1 or less. */
export function meanLatency(model: LatencyModel): number {
  switch (model.kind) {
    case "constant":
      return model.value;
    case "uniform":
      return (model.low + model.high) / 2;
    case "normal":
    case "exponential":
      return model.mean;
    case "pareto":
      return model.shape > 1 ? (model.shape * model.scale) / (model.shape - 1) : Number.POSITIVE_INFINITY;
    case "mixture": {
      const total = model.parts.reduce((sum, part) => sum + part.weight, 0);
      return model.parts.reduce((sum, part) => sum + part.weight * meanLatency(part.model), 0) / total;
    }
    case "samples":
      return model.values.reduce((sum, value) => sum + value, 0) / model.values.length;
    default:
      return assertNever(model);
  }
}

/** The same distribution with everything `factor` times as long. */
export function scaledLatency(model: LatencyModel, factor: number): LatencyModel {
  const scaled = (value: Micros) => micros(value * factor);
  switch (model.kind) {
    case "constant":
      return { kind: "constant", value: scaled(model.value) };
    case "uniform":
      return { kind: "uniform", low: scaled(model.low), high: scaled(model.high) };
    case "normal":
      return { kind: "normal", mean: scaled(model.mean), deviation: scaled(model.deviation) };
    case "exponential":
      return { kind: "exponential", mean: scaled(model.mean) };
    case "pareto":
      return { kind: "pareto", scale: scaled(model.scale), shape: model.shape };
    case "mixture":
      return {
        kind: "mixture",
        parts: model.parts.map((part) => ({ ...part, model: scaledLatency(part.model, factor) })),
      };
    case "samples":
      return { kind: "samples", values: model.values.map(scaled) };
    default:
      return assertNever(model);
  }
}
