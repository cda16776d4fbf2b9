/** Finding rows of loaded vectors by a part of their id or text, as a person remembers it. */
import type { DatasetContent, DatasetItem } from "../model/protocol/dataset.ts";

/** Rows, the likeliest first, and whether there are more. */
export interface FoundRows {
  readonly rows: readonly DatasetItem[];
  readonly hasMore: boolean;
}

/** How well an item fits what is looked for, in lower case; the lower the better, undefined when it does not. */
function rankOf({ id, drafts }: DatasetItem, wanted: string): number | undefined {
  const name = id.toLowerCase();
  if (name === wanted) return 0;
  const text = drafts[0]?.text.toLowerCase() ?? "";
  if (name.startsWith(wanted)) return 1;
  if (text.startsWith(wanted)) return 2;
  return name.includes(wanted) || text.includes(wanted) ? 3 : undefined;
}

/** The first `most` rows that have `typed` in their id or text; the first ones of all when nothing is typed. */
export function findRows({ items }: DatasetContent, typed: string, most: number): FoundRows {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return { rows: items.slice(0, most), hasMore: items.length > most };
  const byRank: DatasetItem[][] = [[], [], [], []];
  let count = 0;
  for (const item of items) {
    const rank = rankOf(item, wanted);
    if (rank === undefined) continue;
    count += 1;
    const found = byRank[rank];
    if (found !== undefined && found.length < most) found.push(item);
  }
  return { rows: byRank.flat().slice(0, most), hasMore: count > most };
}
