/**
 * Data sets by what a run calls them. A built-in one is the same in every thread, engine and run; it is built on first
 * use and kept. Loaded vectors are there while somebody holds them: `loaded.ts`.
 */
import { type BuiltInDataset, type DatasetContent, type DatasetName, isLoaded } from "../model/protocol/dataset.ts";
import { coloursDataset } from "./colours.ts";
import { loadedContent } from "./loaded.ts";
import { productsDataset } from "./products.ts";

const builders: Record<BuiltInDataset, () => DatasetContent> = { products: productsDataset, colours: coloursDataset };
const built = new Map<BuiltInDataset, DatasetContent>();

/** A data set. The answer is shared: nobody may change it. Throws MissingDataError for vectors that nobody provided. */
export function datasetByName(name: DatasetName): DatasetContent {
  if (isLoaded(name)) return loadedContent(name);
  const known = built.get(name);
  if (known !== undefined) return known;
  const content = builders[name]();
  built.set(name, content);
  return content;
}
