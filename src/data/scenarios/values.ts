/** The small values that a scenario is made of, each with its own sentence for what is wrong with it. */
import * as z from "zod/mini";
import { DURATION_PATTERN, durationOf, durationProblem, offsetProblem } from "./duration.ts";
import { VECTOR_PATTERN } from "./vectorText.ts";

/** What zod tells about a value that it refuses. */
interface Refused {
  readonly input?: unknown;
}

/** The sentence for a value of the wrong type; one that is not there is missing. */
export function orMissing(message: string): (issue: Refused) => string {
  return ({ input }) => (input === undefined ? "is missing" : message);
}

const asText = 'must be a duration as text with a unit, such as "150ms"';

/** A duration, zero or longer. */
export const duration = z
  .string({ error: orMissing(asText) })
  .check(
    z.check((context) => {
      const message = durationProblem(context.value);
      if (message !== undefined) context.issues.push({ code: "custom", message, input: context.value });
    }),
  )
  .check(z.meta({ pattern: DURATION_PATTERN.source }));

/** A duration of either sign. */
export const offset = z.string({ error: orMissing(asText) }).check(
  z.check((context) => {
    const message = offsetProblem(context.value);
    if (message !== undefined) context.issues.push({ code: "custom", message, input: context.value });
  }),
);

/** A shortest and a longest duration. */
export const range = z
  .tuple([duration, duration], { error: orMissing('must be two durations, such as ["150ms", "300ms"]') })
  .check(
    z.refine(([low, high]) => durationOf(low) <= durationOf(high), "has its ends reversed"),
    z.meta({ description: "The shortest and the longest." }),
  );

/** A number from `low` to `high`. */
export function numberWithin(low: number, high: number) {
  const message = high === Number.MAX_SAFE_INTEGER ? `must be at least ${low}` : `must be from ${low} to ${high}`;
  return z
    .number({ error: orMissing(`must be a number, and ${message.replace("must be ", "")}`) })
    .check(z.gte(low, message), z.lte(high, message));
}

/** A whole number from `low` to `high`. */
export function wholeWithin(low: number, high: number) {
  const message = high === Number.MAX_SAFE_INTEGER ? `must be at least ${low}` : `must be from ${low} to ${high}`;
  return z
    .number({ error: orMissing(`must be a whole number`) })
    .check(z.multipleOf(1, "must be a whole number"), z.gte(low, `${message}`), z.lte(high, `${message}`));
}

/** A probability. */
export const share = numberWithin(0, 1);

/** A text that is not empty. */
export const words = z.string({ error: orMissing("must be a text") }).check(z.minLength(1, "must not be empty"));

/** A text that may be empty. */
export const text = z.string({ error: orMissing("must be a text") });

/** An embedding as text: see `vectorText.ts`. */
export const vector = z
  .string({ error: orMissing("must be a vector as text") })
  .check(
    z.maxLength(16_384, "must have at most 16384 characters"),
    z.regex(VECTOR_PATTERN, "must be a vector as text"),
  );

/** Yes or no. */
export const flag = z.boolean({ error: orMissing("must be true or false") });

/** One of the given words. */
export function oneOf<const Choices extends readonly [string, ...string[]]>(choices: Choices) {
  return z.enum(choices, { error: orMissing(`must be one of ${choices.join(", ")}`) });
}

/** An object with these keys and no others. */
export function record<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code === "unrecognized_keys") return undefined;
      return orMissing("must be an object")(issue);
    },
  });
}

/** A list of these. */
export function list<Item extends z.core.$ZodType>(item: Item, atLeast = 0) {
  return z
    .array(item, { error: orMissing("must be a list") })
    .check(z.minLength(atLeast, `must have at least ${atLeast} ${atLeast === 1 ? "entry" : "entries"}`));
}

/** A replica by name, or one that is found as the action takes effect. */
export const replicaTarget = z
  .string({ error: orMissing('must be a replica: "r1", "r2"..., "leader" or "random"') })
  .check(z.regex(/^(r[1-9][0-9]?|leader|random|same)$/, 'must be a replica: "r1", "r2"..., "leader" or "random"'));

/** A replica by name. */
export const replicaName = z
  .string({ error: orMissing('must be a replica: "r1", "r2"...') })
  .check(z.regex(/^r[1-9][0-9]?$/, 'must be a replica: "r1", "r2"...'));

/** A client by name. */
export const clientName = z
  .string({ error: orMissing('must be a client: "c1", "c2"...') })
  .check(z.regex(/^c[1-9][0-9]?[0-9]?$/, 'must be a client: "c1", "c2"...'));

/** A replica or a client by name. */
export const memberName = z
  .string({ error: orMissing('must be a replica or a client: "r1", "c1"...') })
  .check(z.regex(/^[rc][1-9][0-9]?[0-9]?$/, 'must be a replica or a client: "r1", "c1"...'));
