/** Rows of one file nearest to the rows of another, found by the very search of a replica. */
import { logIndex, term } from "../base/ids.ts";
import type { VectorTable } from "../data/readers/table.ts";
import type { Item } from "../model/protocol/item.ts";
import { embeddingOf } from "../model/vector/embedding.ts";
import { nearestOf } from "../model/vector/nearest.ts";

/** The answer to one query, best first. */
export interface Answer {
  readonly ids: readonly string[];
  /** Cosines. */
  readonly scores: readonly number[];
}

function rowOf({ vectors, dimension }: VectorTable, row: number): Float32Array {
  return vectors.subarray(row * dimension, (row + 1) * dimension);
}

/** The rows as a replica holds them. */
function itemsOf(table: VectorTable): Item[] {
  const version = { term: term(0), logIndex: logIndex(0) };
  return table.ids.map((id, row) => {
    const name = table.texts[row] ?? "";
    const payload = { kind: "product", name, description: "", category: "", priceCents: 0 } as const;
    return { id, embedding: embeddingOf(rowOf(table, row)), payload, version };
  });
}

/** A cosine, which rounding may have put a little beyond its bounds. */
function cosine(score: number): number {
  return Math.max(-1, Math.min(1, score));
}

/** Answers every row of `queries` from `data`, by the search of a replica. */
export function answer(data: VectorTable, queries: VectorTable, k: number): readonly Answer[] {
  const items = itemsOf(data);
  return queries.ids.map((_, row) => {
    const found = nearestOf(items, () => items, embeddingOf(rowOf(queries, row)), k);
    return { ids: found.map(({ item }) => item.id), scores: found.map(({ score }) => cosine(score)) };
  });
}
