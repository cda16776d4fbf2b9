/** What a write writes and a search asks for, in a scenario's words: as vectors and payloads of the model. */
import { clientId } from "../../base/ids.ts";
import type { AimedCommand, Command, WriteDraft } from "../../model/protocol/commands.ts";
import type { RunConfig } from "../../model/protocol/config.ts";
import { type DatasetName, type Draft, isLoaded } from "../../model/protocol/dataset.ts";
import type { ItemPayload } from "../../model/protocol/item.ts";
import { datasetByName } from "../dataset.ts";
import type { EmbeddingResult } from "../embedding.ts";
import { embedProduct, embedQuery } from "../query.ts";
import type { ActionOf } from "./actionSchema.ts";
import { vectorOf } from "./vectorText.ts";

/** A command as a scenario has it: perhaps its object is found only as it takes effect. */
export type Step = Command | AimedCommand;

/** What an action turns into, or the key that is wrong and why. */
export type StepsResult = readonly Step[] | { readonly key: string; readonly message: string; readonly value: unknown };

/** Where a product belongs that a scenario writes without saying so. */
const CATEGORY = "Scenario";

function payloadOf(action: ActionOf<"write">, dataset: DatasetName): ItemPayload {
  const { id, category = CATEGORY, priceCents = 0 } = action;
  const text = action.text ?? action.name ?? "";
  const name = action.name ?? id;
  if (isLoaded(dataset)) return { kind: "row", name, text };
  if (dataset === "colours") return { kind: "colour", name, hex: text };
  return { kind: "product", name, description: text, category, priceCents };
}

/** The vector of a person's own words: with a category the one that a product has, else that of a query. */
function embeddingOf({ id, name, text, category }: ActionOf<"write">, { workload }: RunConfig): EmbeddingResult {
  if (category !== undefined && workload.dataset === "products") return embedProduct(name ?? id, text ?? "", category);
  return embedQuery(workload.dataset, text ?? name ?? "");
}

function ownDraft(action: ActionOf<"write">, config: RunConfig): WriteDraft | StepsResult {
  const { id, name, text, vector } = action;
  const payload = payloadOf(action, config.workload.dataset);
  if (vector !== undefined) return { kind: "put", id, values: vectorOf(vector), payload };
  const embedded = embeddingOf(action, config);
  if (embedded.ok) return { kind: "put", id, values: embedded.vector, payload };
  return { key: text === undefined ? "name" : "text", message: embedded.message, value: text ?? name };
}

/** How a message calls a data set. */
function titleOf(dataset: DatasetName): string {
  return JSON.stringify(isLoaded(dataset) ? dataset.file : dataset);
}

/** A state of one of the data set's items. */
function stateOf(id: string, draft: number, { workload }: RunConfig): Draft | undefined {
  const item = datasetByName(workload.dataset).items.find((candidate) => candidate.id === id);
  return item?.drafts[draft % item.drafts.length];
}

/** The person's own words, or a draft of the data set's item. */
function draftOf(action: ActionOf<"write">, config: RunConfig): WriteDraft | StepsResult {
  const { id, draft = 0, name, text, vector } = action;
  if ((text ?? name ?? vector) !== undefined) return ownDraft(action, config);
  const chosen = stateOf(id, draft, config);
  if (chosen !== undefined) return { kind: "put", id, values: chosen.embedding, payload: chosen.payload };
  return {
    key: "id",
    message: `must be an item of ${titleOf(config.workload.dataset)}, or come with a text`,
    value: id,
  };
}

/** The client of this name; the first one when none is named. */
export function clientOf(name: string | undefined) {
  return clientId(name === undefined ? 1 : Number(name.slice(1)));
}

/** A write. */
export function writeSteps(action: ActionOf<"write">, config: RunConfig): StepsResult {
  const draft = draftOf(action, config);
  if (!("kind" in draft)) return draft;
  return [{ kind: "write", client: clientOf(action.client), draft }];
}

function questionOf({ text, like, vector }: ActionOf<"search">, config: RunConfig): Float32Array | StepsResult {
  if (vector !== undefined) return vectorOf(vector);
  if (like !== undefined) {
    const state = stateOf(like.id, like.draft ?? 0, config);
    if (state !== undefined) return state.embedding;
    return { key: "like", message: `must name an item of ${titleOf(config.workload.dataset)}`, value: like };
  }
  if (text === undefined) return { key: "text", message: "is missing", value: undefined };
  const embedded = embedQuery(config.workload.dataset, text);
  return embedded.ok ? embedded.vector : { key: "text", message: embedded.message, value: text };
}

/** A search. */
export function searchSteps(action: ActionOf<"search">, config: RunConfig): StepsResult {
  const values = questionOf(action, config);
  if (!(values instanceof Float32Array)) return values;
  const { k = config.workload.k, client } = action;
  return [{ kind: "search", client: clientOf(client), values, k }];
}
