/** How a scenario describes latency and links. */
import * as z from "zod/mini";
import { duration, flag, list, memberName, numberWithin, orMissing, range, record, share, words } from "./values.ts";

const above = (low: number) => numberWithin(low, 1e12);

const forms = {
  /** Always the same. */
  constant: z.optional(duration),
  /** All between the two alike. */
  uniform: z.optional(range),
  normal: z.optional(record({ mean: duration, deviation: duration })),
  /** By its mean, or by its rate per millisecond. */
  exponential: z.optional(
    record({ mean: z.optional(duration), rate: z.optional(above(1e-9)) }).check(
      z.refine(({ mean, rate }) => (mean === undefined) !== (rate === undefined), "needs either mean or rate"),
    ),
  ),
  pareto: z.optional(record({ scale: duration, shape: above(1e-6) })),
  /** Measured values, all alike. */
  samples: z.optional(list(duration, 1)),
  /** Another name for `samples`. */
  empirical: z.optional(list(duration, 1)),
};

const FORMS = "constant, uniform, normal, exponential, pareto, mixture or samples";

/** Why `given` is no distribution; undefined when it is one. */
function formProblem(given: object): string | undefined {
  const named = Object.keys(given).filter((key) => key !== "weight");
  if (named.length === 1) return undefined;
  return named.length === 0 ? `needs one of ${FORMS}` : `must have only one of ${FORMS}`;
}

const exactlyOneForm = z.check<object>((context) => {
  const message = formProblem(context.value);
  if (message !== undefined) context.issues.push({ code: "custom", message, input: context.value });
});

const part = record({ weight: above(1e-9), ...forms }).check(exactlyOneForm);

/** One way over a link: exactly one form. */
export const latency = record({ ...forms, mixture: z.optional(list(part, 1)) }).check(exactlyOneForm);

/** One part of a mixture. */
export type LatencyPart = z.infer<typeof part>;
/** A latency as a scenario gives it. */
export type LatencyFile = z.infer<typeof latency>;

const quality = {
  latency: z.optional(latency),
  latencyByClass: z.optional(record({ request: z.optional(latency), reply: z.optional(latency) })),
  loss: z.optional(share),
  duplication: z.optional(share),
  reordering: z.optional(share),
  /** Bytes a second; 0 for as many as there are. */
  bandwidth: z.optional(numberWithin(0, 1e12)),
};

/** The fields of a link's quality. */
export const qualityShape = quality;

const link = record({
  from: memberName,
  to: memberName,
  /** The same in the other direction. */
  both: z.optional(flag),
  ...quality,
});

const roundTrip = record({
  between: z.tuple([words, words], { error: orMissing("must be the names of two regions") }),
  /** There and back; half of it is one way. */
  roundTrip: duration,
  /** Added to each way, from nothing to this. */
  jitter: z.optional(duration),
});

/** The `network` of a scenario. */
export const network = record({
  ...quality,
  minimumLatency: z.optional(duration),
  links: z.optional(list(link)),
  regions: z.optional(list(roundTrip)),
});

/** A quality as a scenario gives it. */
export type QualityFile = Pick<z.infer<typeof network>, keyof typeof quality>;
/** One link that differs. */
export type LinkFile = z.infer<typeof link>;
/** The `network` of a scenario. */
export type NetworkFile = z.infer<typeof network>;
