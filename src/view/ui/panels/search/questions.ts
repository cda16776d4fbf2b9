/** Questions of the search panel: from words or a colour, and from an item. */
import { embedQuery } from "../../../../data/query.ts";
import type { DatasetName } from "../../../../model/protocol/dataset.ts";
import type { Item } from "../../../../model/protocol/item.ts";
import { NO_QUESTION, type Question } from "../../../store/interfaceState.ts";

/** What nearness means in a data set, in words. */
export const SIMILARITY: Record<DatasetName, string> = {
  products: "lexical similarity",
  colours: "distance in OKLab",
};

/** Questions to begin with. */
export const SUGGESTIONS: Record<DatasetName, readonly string[]> = {
  products: ["waterproof trail running shoe", "warm jacket for rain", "sharp kitchen knife"],
  colours: ["tomato", "rebeccapurple", "#88aa99"],
};

/** What was typed, as a question; a message beside the field when it cannot be one. */
export function questionOf(dataset: DatasetName, text: string): Question {
  if (text.trim() === "") return { ...NO_QUESTION, text };
  const embedded = embedQuery(dataset, text);
  const question = { text, label: text.trim(), itemId: undefined };
  return embedded.ok
    ? { ...question, vector: embedded.vector, problem: undefined }
    : { ...question, vector: undefined, problem: embedded.message };
}

/** "You might also like": what is near `item`. */
export function similarTo(item: Item): Question {
  return {
    text: "",
    label: `similar to ${item.payload.name}`,
    itemId: item.id,
    vector: item.embedding.values,
    problem: undefined,
  };
}
