/** Numbers as people type them. */
import * as z from "zod/mini";

/** What a number is called, its unit, and between which limits it is. */
export interface NumberRange {
  readonly label: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
}

/** A number that was understood, or what is wrong with it, for beside the field. */
export type ParsedNumber =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly message: string };

/** What a person typed, as a number between `min` and `max`. */
export function parseNumber(text: string, { label, min, max, unit }: NumberRange): ParsedNumber {
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
