/** What loaded vectors take: measured, and told before a person loads many. */
import type { SearchIndexConfig } from "../model/protocol/config.ts";
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

/** A matrix has each number a second time, in a byte, where it has so many, in rows so long, that the bytes are read first. */
const BYTES_PER_CODE = 1;
const CODED_FROM = 1_000_000;
const CODED_DIMENSION = 96;

/** What the event loop keeps of each row to judge answers: its scores against the questions of the probe. */
const BYTES_PER_PROBED_ROW = 270;
/** What it keeps of each row and replica: what that has applied, as its disk tells. */
const BYTES_PER_MIRRORED_ROW = 60;

/** About what memory that grows holds in reserve. */
const RESERVE = 1.3;
/** Insertions of an index that can be taken back, at most, and what an engine takes for one beside its numbers. */
const STEPS = 8_000;
const BYTES_PER_INSERTION = 160;
/** Of the lists that an insertion could change, the part that it does, with what stood there. */
const CHANGED = 0.3;
/** Threads in which a replica's index is: its own, and the event loop's, for going to any moment. */
const INDEX_THREADS = 2;
/** Indexes that take less than this are no matter. */
const FREE_INDEXES = 64 * 1_024 * 1_024;

/** An index as far as its memory goes. */
export type IndexSize = Pick<SearchIndexConfig, "m" | "replicas">;

function padded(dimension: number): number {
  return Math.ceil(dimension / PADDING) * PADDING;
}

/** About how many bytes one index of one replica takes in one thread: rows, links, and steps to take back. */
function graphNeed(rows: number, dimension: number, m: number): number {
  const list = 2 * m + 1;
  const links = rows * (list + (m + 1) / (m - 1) + 1);
  const steps = Math.min(rows, STEPS) * m * (list + 2) * CHANGED;
  const numbers = RESERVE * (rows * padded(dimension) + links) + steps;
  return numbers * BYTES_PER_NUMBER + rows * BYTES_PER_INSERTION;
}

/** About how many bytes the indexes of all replicas take in all threads together. */
export function indexNeed(rows: number, dimension: number, replicas: number, index: IndexSize | undefined): number {
  if (index === undefined) return 0;
  const indexed = index.replicas === "all" ? replicas : index.replicas.length;
  return INDEX_THREADS * indexed * graphNeed(rows, dimension, index.m);
}

/** How many bytes the matrix takes that one replica searches. */
function matrixNeed(rows: number, dimension: number): number {
  const numbers = rows * padded(dimension);
  const isCoded = numbers >= CODED_FROM && padded(dimension) >= CODED_DIMENSION;
  return numbers * (isCoded ? BYTES_PER_NUMBER + BYTES_PER_CODE : BYTES_PER_NUMBER);
}

/** About how many bytes a run of so many vectors takes in all threads together: the page, the event loop, each replica. */
export function memoryNeed(rows: number, dimension: number, replicas: number, index?: IndexSize): number {
  const numbers = rows * dimension * BYTES_PER_NUMBER;
  const each = rows * BYTES_PER_ROW;
  const looking = rows * (BYTES_PER_PROBED_ROW + replicas * BYTES_PER_MIRRORED_ROW);
  return (
    (2 + replicas) * (numbers + each) +
    replicas * matrixNeed(rows, dimension) +
    looking +
    indexNeed(rows, dimension, replicas, index)
  );
}

/** What switching on `index` adds, in a sentence; empty where that is no matter. */
export function indexSentence({ rows, dimension }: LoadedData, replicas: number, index: IndexSize): string {
  const need = indexNeed(rows, dimension, replicas, index);
  if (need <= FREE_INDEXES) return "";
  return `Over so many vectors the indexes take about ${fileSize(need)}: each stands in two threads.`;
}

/** Whether a person should say that so many replicas are wanted, knowing what they take. */
export function isMuch(rows: number, dimension: number, replicas: number): boolean {
  return rows * dimension > FREE_ROWS * MAX_DIMENSION && replicas > FEW_REPLICAS;
}

/** What many loaded vectors take with so many replicas, in a sentence after another; empty where that is no matter. */
export function memorySentence({ rows, dimension }: LoadedData, replicas: number, index?: IndexSize): string {
  const isNothing = !isMuch(rows, dimension, replicas) && indexNeed(rows, dimension, replicas, index) <= FREE_INDEXES;
  if (isNothing) return "";
  return ` So many vectors take about ${fileSize(memoryNeed(rows, dimension, replicas, index))} with it.`;
}
