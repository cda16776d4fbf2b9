/**
 * Distributions of latency as forms know them: their names, one made from another, what a distribution means in words,
 * and measured values as typed.
 */
import { type Micros, micros, millis, toMillis } from "../../../../base/units.ts";
import { type LatencyModel, longestLatency, meanLatency, shortestLatency } from "../../../../model/protocol/latency.ts";
import { duration, percent } from "../../../store/format.ts";

export type LatencyKind = LatencyModel["kind"];

/** Every distribution with the name that people choose it by. */
export const LATENCY_KINDS: readonly { readonly value: LatencyKind; readonly label: string }[] = [
  { value: "constant", label: "Constant" },
  { value: "uniform", label: "Uniform, with jitter" },
  { value: "normal", label: "Normal" },
  { value: "exponential", label: "Exponential" },
  { value: "pareto", label: "Pareto, a long tail" },
  { value: "mixture", label: "Mixture" },
  { value: "samples", label: "Measured values" },
];

/** More measured values than this are not for typing. */
export const MOST_SAMPLES = 1_000;

/** A mean for distributions that have none, in microseconds. */
const USUAL_MEAN = 10_000;

function meanOf(model: LatencyModel): Micros {
  const mean = meanLatency(model);
  return micros(Number.isFinite(mean) ? mean : USUAL_MEAN);
}

/** A distribution of another kind with about the same mean, to begin with. */
export function convertedLatency(model: LatencyModel, kind: LatencyKind): LatencyModel {
  if (model.kind === kind) return model;
  const mean = meanOf(model);
  switch (kind) {
    case "constant":
      return { kind, value: mean };
    case "uniform":
      return { kind, low: micros(mean * 0.8), high: micros(mean * 1.2) };
    case "normal":
      return { kind, mean, deviation: micros(mean / 5) };
    case "exponential":
      return { kind, mean };
    case "pareto":
      return { kind, scale: micros(mean / 2), shape: 2 };
    case "mixture":
      return {
        kind,
        parts: [
          { weight: 90, model },
          { weight: 10, model: { kind: "constant", value: micros(mean * 5) } },
        ],
      };
    case "samples":
      return { kind, values: [mean] };
  }
}

/** How a distribution is, and where it is cut: "Mean 12.5 ms, 999 of 1,000 within 15 ms." */
export function latencySummary(model: LatencyModel, minimum: Micros): string {
  const mean = meanLatency(model);
  const tail = duration(longestLatency(model));
  const middle = Number.isFinite(mean) ? `Mean ${duration(micros(mean))}` : "No mean: the tail is too long";
  const share = model.kind === "mixture" ? `; ${partsWords(model.parts)}` : "";
  const cut =
    shortestLatency(model) < minimum
      ? ` Cut at ${duration(minimum)}: whatever is drawn shorter takes that long.`
      : ` Never below ${duration(shortestLatency(model))}, so the cut at ${duration(minimum)} changes nothing.`;
  return `${middle}, 999 of 1,000 within ${tail}${share}.${cut}`;
}

function partsWords(parts: Extract<LatencyModel, { kind: "mixture" }>["parts"]): string {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  return parts.map(({ weight, model }) => `${percent(weight / total)} ${nameOfKind(model.kind)}`).join(", ");
}

function nameOfKind(kind: LatencyKind): string {
  const label = LATENCY_KINDS.find(({ value }) => value === kind)?.label ?? kind;
  return (label.split(",")[0] ?? label).toLowerCase();
}

/** Measured values, or what is wrong with what was typed. */
export type ParsedSamples =
  | { readonly ok: true; readonly values: readonly Micros[] }
  | { readonly ok: false; readonly message: string };

/** Milliseconds between commas, spaces or line ends. */
export function parseSamples(text: string): ParsedSamples {
  const words = text.split(/[\s,;]+/).filter((word) => word !== "");
  if (words.length === 0) return { ok: false, message: "Type at least one value in milliseconds." };
  if (words.length > MOST_SAMPLES) return { ok: false, message: `At most ${MOST_SAMPLES} values, please.` };
  const values: Micros[] = [];
  for (const word of words) {
    const value = Number(word);
    if (!Number.isFinite(value) || value < 0 || value > 5_000) {
      return { ok: false, message: `“${word.slice(0, 20)}” is not a number from 0 to 5,000 ms.` };
    }
    values.push(millis(value));
  }
  return { ok: true, values };
}

/** Measured values as they stand in the field. */
export function samplesText(values: readonly Micros[]): string {
  return values.map(toMillis).join(", ");
}
