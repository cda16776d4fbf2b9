/** Questions of the search panel: from words or a colour, and from an item. */
import { embedQuery } from "../../../../data/query.ts";
import { type BuiltInDataset, type DatasetName, isLoaded } from "../../../../model/protocol/dataset.ts";
import type { Item } from "../../../../model/protocol/item.ts";
import { NO_QUESTION, type Question } from "../../../store/interfaceState.ts";

const similarities: Record<BuiltInDataset, string> = {
  products: "lexical similarity",
  colours: "distance in OKLab",
};

/** What nearness means in a data set, in words. */
export function similarityOf(dataset: DatasetName): string {
  return isLoaded(dataset) ? `cosine of the vectors in ${dataset.file}` : similarities[dataset];
}

const suggestions: Record<BuiltInDataset, readonly string[]> = {
  products: ["waterproof trail running shoe", "warm jacket for rain", "sharp kitchen knife"],
  colours: ["tomato", "rebeccapurple", "#88aa99"],
};

/** Questions to begin with; none for loaded vectors, which words cannot be turned into. */
export function suggestionsFor(dataset: DatasetName): readonly string[] {
  return isLoaded(dataset) ? [] : suggestions[dataset];
}

/** What was typed, as a question; a message beside the field when it cannot be one. */
export function questionOf(dataset: DatasetName, text: string): Question {
  if (text.trim() === "") return { ...NO_QUESTION, text };
  const embedded = embedQuery(dataset, text);
  const question = { text, label: text.trim(), itemId: undefined };
  return embedded.ok
    ? { ...question, vector: embedded.vector, problem: undefined }
    : { ...question, vector: undefined, problem: embedded.message };
}

/** What is near a vector that belongs to an item. */
export function questionLike(like: Pick<Item, "id" | "payload"> & { readonly values: Float32Array }): Question {
  const { id, payload, values } = like;
  return { text: "", label: `similar to ${payload.name}`, itemId: id, vector: values, problem: undefined };
}

/** "You might also like": what is near `item`. */
export function similarTo({ id, payload, embedding }: Item): Question {
  return questionLike({ id, payload, values: embedding.values });
}
