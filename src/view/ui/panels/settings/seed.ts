/** A seed as typed. */
import { type ParsedNumber, parseNumber } from "./parseNumber.ts";

/** The largest seed: it stays readable aloud, and any of them gives a different run. */
const MAX_SEED = 999_999_999;

/** The seed, or what a seed is. */
export function parseSeed(text: string): ParsedNumber {
  const parsed = parseNumber(text, { label: "A seed", min: 0, max: MAX_SEED, unit: "" });
  if (parsed.ok && !Number.isInteger(parsed.value)) return { ok: false, message: "A seed is a whole number." };
  return parsed;
}
