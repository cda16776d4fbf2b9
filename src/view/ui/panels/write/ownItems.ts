/**
 * Items that can be written again when the vectors are a person's own: rows of the file, found by the person, and what was
 * written by hand. They are not listed: fifty thousand of them would be a list that nobody reads.
 */
import { logIndex, term } from "../../../../base/ids.ts";
import { isHeld, loadedContent } from "../../../../data/loaded.ts";
import type { DatasetItem, LoadedData } from "../../../../model/protocol/dataset.ts";
import type { Receipt } from "../../../../model/protocol/frame.ts";
import type { Item } from "../../../../model/protocol/item.ts";

const BEGINNING = { term: term(0), logIndex: logIndex(0) };

function itemOf({ id, drafts }: DatasetItem): Item | undefined {
  const draft = drafts[0];
  if (draft === undefined) return undefined;
  const { payload, embedding: values } = draft;
  return { id, payload, embedding: { values, digestLow: 0, digestHigh: 0 }, version: BEGINNING };
}

/** The item called `id`: as it was last written by hand, else as it stands in the file. */
export function ownItem(data: LoadedData, id: string, receipts: readonly Receipt[]): Item | undefined {
  for (const { operation, version } of receipts.toReversed()) {
    if (operation.id === id && operation.kind === "put") return { ...operation, version: version ?? BEGINNING };
  }
  const row = isHeld(data) ? loadedContent(data).items.find((item) => item.id === id) : undefined;
  return row === undefined ? undefined : itemOf(row);
}

/** The one item that is shown: that called `id`, else the first of the file; empty where the file is not here. */
export function ownItems(data: LoadedData, id: string | undefined, receipts: readonly Receipt[]): readonly Item[] {
  const first = isHeld(data) ? loadedContent(data).items[0] : undefined;
  const item = (id === undefined ? undefined : ownItem(data, id, receipts)) ?? (first && itemOf(first));
  return item === undefined ? [] : [item];
}

/** Ids of rows that look like those that new items get. */
export function handmadeIds(data: LoadedData): readonly string[] {
  if (!isHeld(data)) return [];
  return loadedContent(data).items.flatMap(({ id }) => (id.startsWith("my-") ? [id] : []));
}
