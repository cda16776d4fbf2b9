/**
 * A person's write, checked at the edge: what was typed becomes a draft with an embedding, or messages that stand beside
 * their fields. The run is not touched by what cannot be understood.
 */
import * as z from "zod/mini";
import { parseColour } from "../../../../data/colours.ts";
import { embedProduct, embedQuery } from "../../../../data/query.ts";
import type { WriteDraft } from "../../../../model/protocol/commands.ts";
import type { ItemPayload } from "../../../../model/protocol/item.ts";

/** What the fields hold, as typed. */
export interface WriteFields {
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly price: string;
  readonly hex: string;
}

/** Messages beside the fields, by the field's name. */
export type FieldProblems = Partial<Record<keyof WriteFields, string>>;

export type DraftResult =
  | { readonly ok: true; readonly draft: WriteDraft }
  | { readonly ok: false; readonly problems: FieldProblems };

/** Fields of a new item. */
export const EMPTY_FIELDS: WriteFields = { name: "", description: "", category: "", price: "", hex: "#ff6347" };

const productSchema = z.object({
  name: z
    .string()
    .check(
      z.trim(),
      z.minLength(1, "Give it a name: two or three words are enough."),
      z.maxLength(60, "A name has at most 60 letters."),
    ),
  description: z.string().check(z.trim(), z.maxLength(200, "A description has at most 200 letters.")),
  category: z.string().check(z.minLength(1, "Choose a category.")),
  price: z
    .string()
    .check(
      z.trim(),
      z.regex(/^\d{1,6}([.,]\d{1,2})?$/, "A price is a number from 0 to 999,999 with up to two decimals."),
    ),
});

const colourSchema = z.object({
  name: z
    .string()
    .check(z.trim(), z.minLength(1, "Give the colour a name."), z.maxLength(40, "A name has at most 40 letters.")),
  hex: z.string(),
});

function problemsOf(issues: readonly z.core.$ZodIssue[]): FieldProblems {
  const problems: Record<string, string> = {};
  for (const { path, message } of issues) {
    const field = String(path[0] ?? "name");
    problems[field] ??= message;
  }
  return problems;
}

function productDraft(id: string, fields: WriteFields): DraftResult {
  const checked = productSchema.safeParse(fields);
  if (!checked.success) return { ok: false, problems: problemsOf(checked.error.issues) };
  const { name, description, category, price } = checked.data;
  const embedded = embedProduct(name, description, category);
  if (!embedded.ok) return { ok: false, problems: { name: embedded.message } };
  const priceCents = Math.round(Number(price.replace(",", ".")) * 100);
  const payload = { kind: "product" as const, name, description, category, priceCents };
  return { ok: true, draft: { kind: "put", id, values: embedded.vector, payload } };
}

function colourDraft(id: string, fields: WriteFields): DraftResult {
  const checked = colourSchema.safeParse(fields);
  if (!checked.success) return { ok: false, problems: problemsOf(checked.error.issues) };
  const parsed = parseColour(checked.data.hex);
  if (!parsed.ok) return { ok: false, problems: { hex: parsed.message } };
  const embedded = embedQuery("colours", parsed.hex);
  if (!embedded.ok) return { ok: false, problems: { hex: embedded.message } };
  const payload = { kind: "colour" as const, name: checked.data.name, hex: parsed.hex };
  return { ok: true, draft: { kind: "put", id, values: embedded.vector, payload } };
}

/** The put that the fields of a `kind` describe, or what is wrong with them. */
export function draftFrom(kind: ItemPayload["kind"], id: string, fields: WriteFields): DraftResult {
  return kind === "product" ? productDraft(id, fields) : colourDraft(id, fields);
}

/** An existing item as the fields show it. */
export function fieldsOf(payload: ItemPayload): WriteFields {
  if (payload.kind === "colour") return { ...EMPTY_FIELDS, name: payload.name, hex: payload.hex };
  const { name, description, category, priceCents } = payload;
  return { ...EMPTY_FIELDS, name, description, category, price: (priceCents / 100).toFixed(2) };
}

/** An id that no item has: "my-1", "my-2", and so on. */
export function freshId(taken: ReadonlySet<string>): string {
  let number = 1;
  while (taken.has(`my-${number}`)) number += 1;
  return `my-${number}`;
}

/** The field beside which a problem of the cluster belongs. */
export function fieldOfProblem(field: string): keyof WriteFields {
  return field === "description" || field === "category" || field === "price" || field === "hex" ? field : "name";
}
