/**
 * The built-in data sets by name, and a person's query as a vector of one of them. A data set is the same in every
 * thread, engine and run; it is built on first use and kept.
 */
import type { DatasetContent, DatasetName } from "../model/protocol/dataset.ts";
import { coloursDataset, embedColour } from "./colours.ts";
import type { EmbeddingResult } from "./embedding.ts";
import { embedText } from "./lexicalEmbedder.ts";
import { productsDataset } from "./products.ts";

const builders: Record<DatasetName, () => DatasetContent> = { products: productsDataset, colours: coloursDataset };
const built = new Map<DatasetName, DatasetContent>();

/** A data set. The answer is shared: nobody may change it. */
export function datasetByName(name: DatasetName): DatasetContent {
  const known = built.get(name);
  if (known !== undefined) return known;
  const content = builders[name]();
  built.set(name, content);
  return content;
}

/** The vector to search `dataset` with: for products, of words; for colours, of a colour name or a hex value. */
export function embedQuery(dataset: DatasetName, text: string): EmbeddingResult {
  switch (dataset) {
    case "products":
      return embedText(text);
    case "colours":
      return embedColour(text);
  }
}
