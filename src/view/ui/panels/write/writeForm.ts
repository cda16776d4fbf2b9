/**
 * A person's write, checked at the edge: what was typed becomes a draft with an embedding, or messages that stand beside
 * their fields. The run is not touched by what cannot be understood.
 */
import * as z from "zod/mini";
import { parseColour } from "../../../../data/colours.ts";
import { unitVector } from "../../../../data/embedding.ts";
import { rowPayload } from "../../../../data/loaded.ts";
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
  /** Numbers of a row's vector; empty for the one that the row has. */
  readonly vector: string;
}

/** What the draft of a row rests on. */
export interface RowBasis {
  readonly dimension: number;
  /** The vector of the row that is being written again. */
  readonly values: Float32Array | undefined;
}

/** Messages beside the fields, by the field's name. */
export type FieldProblems = Partial<Record<keyof WriteFields, string>>;

export type DraftResult =
  | { readonly ok: true; readonly draft: WriteDraft }
  | { readonly ok: false; readonly problems: FieldProblems };

/** Fields of a new item. */
export const EMPTY_FIELDS: WriteFields = {
  name: "",
  description: "",
  category: "",
  price: "",
  hex: "#ff6347",
  vector: "",
};

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

/** The numbers of a vector as a person pastes them, with or without brackets; a message when they are no vector. */
function numbersIn(text: string, dimension: number): Float32Array | string {
  const parts = text
    .replace(/[[\]]/g, " ")
    .split(/[\s,;]+/)
    .filter((part) => part !== "");
  const wrong = parts.find((part) => !Number.isFinite(Number(part)));
  if (wrong !== undefined) return `“${wrong.slice(0, 24)}” is not a number.`;
  if (parts.length !== dimension) return `These are ${parts.length} numbers; the data has ${dimension} in every row.`;
  const sums = parts.map(Number);
  const largest = sums.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return unitVector(sums.map((value) => value / (largest || 1))) ?? "Only zeros have no direction to compare.";
}

function rowDraft(id: string, fields: WriteFields, { dimension, values }: RowBasis): DraftResult {
  const text = fields.description;
  const given = fields.vector.trim();
  if (given === "" && values === undefined) {
    return { ok: false, problems: { vector: `Paste ${dimension} numbers, or choose an item to write again.` } };
  }
  const numbers = given === "" ? values : numbersIn(given, dimension);
  if (!(numbers instanceof Float32Array)) return { ok: false, problems: { vector: numbers ?? "" } };
  return { ok: true, draft: { kind: "put", id, values: numbers, payload: rowPayload(id, text) } };
}

const NO_BASIS: RowBasis = { dimension: 0, values: undefined };

/** The put that the fields of a `kind` describe, or what is wrong with them. */
export function draftFrom(
  kind: ItemPayload["kind"],
  id: string,
  fields: WriteFields,
  basis: RowBasis = NO_BASIS,
): DraftResult {
  switch (kind) {
    case "product":
      return productDraft(id, fields);
    case "colour":
      return colourDraft(id, fields);
    case "row":
      return rowDraft(id, fields, basis);
  }
}

/** An existing item as the fields show it. */
export function fieldsOf(payload: ItemPayload): WriteFields {
  if (payload.kind === "colour") return { ...EMPTY_FIELDS, name: payload.name, hex: payload.hex };
  if (payload.kind === "row") return { ...EMPTY_FIELDS, name: payload.name, description: payload.text };
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
  const fields = ["description", "category", "price", "hex"] as const;
  return fields.find((known) => known === field) ?? "name";
}
