/** What a write writes and a search asks for, as briefly as a scenario can say it without changing one bit: see `words.ts`. */
import { nameOf } from "../../base/ids.ts";
import type { Command, WriteDraft } from "../../model/protocol/commands.ts";
import type { RunConfig } from "../../model/protocol/config.ts";
import type { DatasetItem } from "../../model/protocol/dataset.ts";
import type { ItemPayload } from "../../model/protocol/item.ts";
import { datasetByName } from "../dataset.ts";
import { embedProduct, embedQuery } from "../query.ts";
import type { ActionOf } from "./actionSchema.ts";
import { vectorText } from "./vectorText.ts";

function sameBits(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, at) => Object.is(value, b[at]));
}

function samePayload(a: ItemPayload, b: ItemPayload): boolean {
  if (a.name !== b.name) return false;
  if (a.kind === "colour") return b.kind === "colour" && a.hex === b.hex;
  if (a.kind === "row") return b.kind === "row" && a.text === b.text;
  if (b.kind !== "product") return false;
  return a.description === b.description && a.category === b.category && a.priceCents === b.priceCents;
}

type Put = Extract<WriteDraft, { kind: "put" }>;

/** Which of the data set's states of the item it is; -1 for none. */
function draftAt({ id, values, payload }: Put, items: readonly DatasetItem[]): number {
  const drafts = items.find((item) => item.id === id)?.drafts ?? [];
  return drafts.findIndex((draft) => samePayload(draft.payload, payload) && sameBits(draft.embedding, values));
}

/** The payload in words. */
function wordsOf(payload: ItemPayload): Pick<ActionOf<"write">, "name" | "text" | "category" | "priceCents"> {
  if (payload.kind === "colour") return { name: payload.name, text: payload.hex };
  if (payload.kind === "row") return { name: payload.name, text: payload.text };
  const { name, description, category, priceCents } = payload;
  return { name, text: description, category, priceCents };
}

/** Letters from here on may be new to an engine with an older Unicode, which would embed them otherwise. */
const UNSETTLED = "\u0180";

function isSettled(payload: ItemPayload): boolean {
  const texts =
    payload.kind === "product"
      ? [payload.name, payload.description, payload.category]
      : [payload.name, payload.kind === "colour" ? payload.hex : payload.text];
  return texts.every((text) => [...text].every((letter) => letter < UNSETTLED));
}

/** Whether the words alone have this embedding, in every engine. */
function wordsMean(values: Float32Array, payload: ItemPayload): boolean {
  // Words mean no loaded vector: the model that made those is not here.
  if (payload.kind === "row" || !isSettled(payload)) return false;
  const embedded =
    payload.kind === "colour"
      ? embedQuery("colours", payload.hex)
      : embedProduct(payload.name, payload.description, payload.category);
  return embedded.ok && sameBits(embedded.vector, values);
}

/** A person's write. */
export function writeAction(
  { client, draft }: Extract<Command, { kind: "write" }>,
  { workload }: RunConfig,
): ActionOf<"write"> | ActionOf<"delete"> {
  const who = { client: nameOf(client) };
  if (draft.kind === "delete") return { do: "delete", ...who, id: draft.id };
  const at = draftAt(draft, datasetByName(workload.dataset).items);
  if (at >= 0) return { do: "write", ...who, id: draft.id, draft: at };
  const vector = wordsMean(draft.values, draft.payload) ? {} : { vector: vectorText(draft.values) };
  return { do: "write", ...who, id: draft.id, ...wordsOf(draft.payload), ...vector };
}

/** A person's search. */
export function searchAction(
  { client, values, k }: Extract<Command, { kind: "search" }>,
  { workload }: RunConfig,
): ActionOf<"search"> {
  const whole = { do: "search", client: nameOf(client), k } as const;
  for (const { id, drafts } of datasetByName(workload.dataset).items) {
    const draft = drafts.findIndex(({ embedding }) => sameBits(embedding, values));
    if (draft >= 0) return { ...whole, like: { id, draft } };
  }
  return { ...whole, vector: vectorText(values) };
}
