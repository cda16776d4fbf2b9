/** What loaded vectors take: measured, and told before a person loads many. */
import type { LoadedData } from "../model/protocol/dataset.ts";
import { fileSize } from "./fileSize.ts";
import { MAX_DIMENSION } from "./readers/table.ts";

/** Vectors of the largest dimension of which any number of replicas is no matter. */
const FREE_ROWS = 10_000;
/** Replicas that many vectors are given without asking. */
export const FEW_REPLICAS = 3;

/** Beside its numbers: id, text, item and what belongs to it, in each thread that holds the row. */
const BYTES_PER_ROW = 900;
const BYTES_PER_NUMBER = 4;
/** Rows of the matrix that a replica searches are as long as a multiple of this. */
const PADDING = 16;

/** About how many bytes a run of so many vectors takes in all threads together: the page, the event loop, each replica. */
export function memoryNeed(rows: number, dimension: number, replicas: number): number {
  const numbers = rows * dimension * BYTES_PER_NUMBER;
  const padded = rows * (dimension + ((PADDING - (dimension % PADDING)) % PADDING)) * BYTES_PER_NUMBER;
  const each = rows * BYTES_PER_ROW;
  return (2 + replicas) * (numbers + each) + replicas * padded;
}

/** Whether a person should say that so many replicas are wanted, knowing what they take. */
export function isMuch(rows: number, dimension: number, replicas: number): boolean {
  return rows * dimension > FREE_ROWS * MAX_DIMENSION && replicas > FEW_REPLICAS;
}

/** What many loaded vectors take with so many replicas, in a sentence after another; empty where that is no matter. */
export function memorySentence({ rows, dimension }: LoadedData, replicas: number): string {
  if (!isMuch(rows, dimension, replicas)) return "";
  return ` So many vectors take about ${fileSize(memoryNeed(rows, dimension, replicas))} with it.`;
}
