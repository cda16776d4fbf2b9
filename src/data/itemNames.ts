/** What people call the items of a data set: names for sentences that know only an id. */
import type { DatasetName } from "../model/protocol/dataset.ts";
import { isLoaded } from "../model/protocol/dataset.ts";
import { isHeld, loadedContent } from "./loaded.ts";
import { productNames } from "./products.ts";

const made = new Map<string, ReadonlyMap<string, string>>();

function namesOf(dataset: DatasetName): ReadonlyMap<string, string> {
  if (dataset === "products") return productNames();
  // A colour's id is its name.
  if (!isLoaded(dataset)) return new Map();
  return new Map(loadedContent(dataset).items.map(({ id, drafts }) => [id, drafts[0]?.payload.name ?? id]));
}

/** Names by id; those of the last data set that was asked for are kept. Empty where loaded vectors are not here. */
export function itemNames(dataset: DatasetName): ReadonlyMap<string, string> {
  if (!isHeld(dataset)) return new Map();
  const key = isLoaded(dataset) ? dataset.digest : dataset;
  const known = made.get(key);
  if (known !== undefined) return known;
  const names = namesOf(dataset);
  made.clear();
  made.set(key, names);
  return names;
}
