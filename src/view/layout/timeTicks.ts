/**
 * The ruler of the time axis: where its ticks stand and what they say. A label names its tick exactly; where a step has
 * no room for its label a longer step is taken, never a shorter label.
 */
import { seconds } from "../../base/units.ts";
import type { TimeWindow } from "./timeWindow.ts";
import { formatInstant } from "./timeWords.ts";

/** One tick of the ruler. Between labelled ticks stand plain ones. */
export interface TimeTick {
  readonly at: number;
  readonly label: string | undefined;
}

/** A distance of labels, and how many parts the plain ticks cut it into. */
interface Step {
  readonly length: number;
  readonly parts: number;
}

/** Pixels that a label and the air around it need. */
const LABEL_ROOM = 92;

/** Longer than a second, time is counted in parts of minutes and hours. */
const LONG_STEPS: readonly Step[] = [
  { length: 1, parts: 5 },
  { length: 2, parts: 4 },
  { length: 5, parts: 5 },
  { length: 10, parts: 5 },
  { length: 15, parts: 3 },
  { length: 30, parts: 3 },
  { length: 60, parts: 6 },
  { length: 120, parts: 4 },
  { length: 300, parts: 5 },
  { length: 600, parts: 5 },
  { length: 900, parts: 3 },
  { length: 1_800, parts: 3 },
  { length: 3_600, parts: 6 },
].map(({ length, parts }) => ({ length: seconds(length), parts }));

/** The ticks of `window` when it is `width` wide, from one before its start to one after its end. */
export function timeTicks(window: TimeWindow, width: number): readonly TimeTick[] {
  const { length, parts } = stepFor((window.span / width) * LABEL_ROOM);
  const decimals = decimalsOf(length);
  const plain = length / parts;
  const first = Math.max(0, Math.floor(window.start / plain));
  const last = Math.ceil((window.start + window.span) / plain);
  return Array.from({ length: Math.max(0, last - first) + 1 }, (_, offset) => {
    const index = first + offset;
    const at = index * plain;
    return { at, label: index % parts === 0 ? formatInstant(at, decimals) : undefined };
  });
}

/** The shortest step of at least `wanted` microseconds. */
function stepFor(wanted: number): Step {
  if (wanted <= seconds(0.5)) return shortStep(wanted);
  const longest = { length: Math.ceil(wanted / seconds(3_600)) * seconds(3_600), parts: 1 };
  return LONG_STEPS.find((step) => step.length >= wanted) ?? longest;
}

function shortStep(wanted: number): Step {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, wanted)));
  for (const digit of [1, 2, 5]) {
    if (digit * power >= wanted) return { length: digit * power, parts: digit === 2 ? 4 : 5 };
  }
  return { length: 10 * power, parts: 5 };
}

/** Decimals of a second that tell two labels of this step apart. */
function decimalsOf(length: number): number {
  let decimals = 0;
  while (decimals < 6 && length % 10 ** (6 - decimals) !== 0) decimals += 1;
  return decimals;
}
