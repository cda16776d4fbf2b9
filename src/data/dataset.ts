/**
 * The built-in data sets by name. A data set is the same in every
 * thread, engine and run; it is built on first use and kept.
 */
import type { DatasetContent, DatasetName } from "../model/protocol/dataset.ts";
import { coloursDataset } from "./colours.ts";
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
