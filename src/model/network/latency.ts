/**
 * Distributions of latency. Each draw takes its randomness from the link's own stream; the mathematics are our own, so
 * that every engine draws the same microsecond.
 */
import { assertNever, present } from "../../base/assert.ts";
import { cos, ln, pow } from "../../base/exactMath.ts";
import { nextBelow, nextBetween, nextFraction, type RngState } from "../../base/rng.ts";
import { later, type Micros, micros, NEVER, ZERO } from "../../base/units.ts";
import type { LatencyModel } from "../protocol/latency.ts";

const TWO_PI = 6.283185307179586;

/** A fraction in (0, 1]: the logarithm of it is finite. */
function positiveFraction(rng: RngState): number {
  return 1 - nextFraction(rng);
}

/** Box and Muller 1958: two fractions make one normal deviate. */
function normalDeviate(rng: RngState): number {
  const radius = Math.sqrt(-2 * ln(positiveFraction(rng)));
  return radius * cos(TWO_PI * nextFraction(rng));
}

function drawPart(rng: RngState, parts: Extract<LatencyModel, { kind: "mixture" }>["parts"]): Micros {
  const total = parts.reduce((sum, part) => sum + part.weight, 0);
  let left = nextFraction(rng) * total;
  let chosen = present(parts[0], "a part of a mixture");
  for (const part of parts) {
    chosen = part;
    left -= part.weight;
    if (left < 0) break;
  }
  return drawLatency(rng, chosen.model);
}

/** One draw, in whole microseconds and not below zero. The network cuts it at its minimum. */
export function drawLatency(rng: RngState, model: LatencyModel): Micros {
  switch (model.kind) {
    case "constant":
      return model.value;
    case "uniform":
      return micros(nextBetween(rng, model.low, model.high));
    case "normal":
      return later(ZERO, micros(model.mean + model.deviation * normalDeviate(rng)));
    case "exponential":
      return micros(-model.mean * ln(positiveFraction(rng)));
    case "pareto":
      return micros(Math.min(NEVER / 2, model.scale / pow(positiveFraction(rng), 1 / model.shape)));
    case "mixture":
      return drawPart(rng, model.parts);
    case "samples":
      return present(model.values[nextBelow(rng, model.values.length)], "a measured latency");
    default:
      return assertNever(model);
  }
}
