/**
 * What a person types as a vector: a query of a data set, a product. Apart from the data sets, so that the page can ask
 * without the catalogue.
 */
import { type DatasetName, isLoaded } from "../model/protocol/dataset.ts";
import { embedColour } from "./colours.ts";
import type { EmbeddingResult } from "./embedding.ts";
import { embedText, embedWeighted, type WordMemory } from "./lexicalEmbedder.ts";

/**
 * A name counts twice as much as the rest. Of the weights tried on 45 queries (1 to 4 for the name, 1 or 2 for the
 * category) these put most fitting products among the first five.
 */
const nameWeight = 2;

/** Why loaded vectors cannot be searched in words, and what can be done instead. */
export const NO_MODEL =
  "These vectors come from a model that is not here, so words cannot be turned into one of them. Search with an item.";

/**
 * The vector to search `dataset` with: for products, of words; for colours, of a colour name or a hex value. For loaded
 * vectors there is none: the model that made them is not here.
 */
export function embedQuery(dataset: DatasetName, text: string): EmbeddingResult {
  if (isLoaded(dataset)) return { ok: false, message: NO_MODEL };
  switch (dataset) {
    case "products":
      return embedText(text);
    case "colours":
      return embedColour(text);
  }
}

/** The vector of a product, or a message when none of its texts has a letter or a digit. */
export function embedProduct(
  name: string,
  description: string,
  category: string,
  memory?: WordMemory,
): EmbeddingResult {
  const parts = [
    { text: name, weight: nameWeight },
    { text: category, weight: 1 },
    { text: description, weight: 1 },
  ];
  return embedWeighted(parts, memory);
}
