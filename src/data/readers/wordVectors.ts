/**
 * The text of word2vec and GloVe: a token and its numbers on every line, parted by single spaces; with or without a first
 * line that counts rows and numbers. Tokens may be anything, `,` and `.` and what has spaces in it too.
 */
import { linesOf, notUtf8, textOf } from "./bytes.ts";
import { numberOf, quoted } from "./cells.ts";
import {
  counted,
  failed,
  MAX_ROWS,
  placeOf,
  REPORT_EVERY,
  type ReadChoices,
  type ReadResult,
  TableBuilder,
  tooManyRows,
} from "./table.ts";

/** What the first line may say. */
interface Counts {
  readonly rows: number;
  readonly dimension: number;
}

/** A line's parts: between spaces or tabs alone, because tokens may hold any other white space. */
function partsOf(text: string): readonly string[] {
  return text.replace(/[ \t]+$/, "").split(/[ \t]/);
}

/** A first line of two whole numbers counts: a row of one number would be no vector worth keeping. */
function countsOf(first: readonly string[]): Counts | undefined {
  if (first.length !== 2 || !first.every((part) => /^\d+$/.test(part))) return undefined;
  return { rows: Number(first[0]), dimension: Number(first[1]) };
}

/** How many parts at the end of the first row are its numbers: all but the first, or those behind a token with spaces. */
function dimensionOf(parts: readonly string[]): number {
  const numbers = parts.map((part) => numberOf(part) !== undefined);
  const lastWord = numbers.lastIndexOf(false);
  return parts.length - Math.max(1, lastWord + 1);
}

/** The token and numbers of a row with `dimension` numbers, or a sentence. */
function rowOf(parts: readonly string[], dimension: number, place: string) {
  const words = parts.length - dimension;
  const ragged = () => `${place} has ${counted(Math.max(0, parts.length - 1), "number")}, not ${dimension}.`;
  if (words < 1) return ragged();
  // A number before the others belongs to a token with spaces only if a word stands between it and them.
  const extra = parts.slice(1, words);
  if (extra.length > 0 && numberOf(extra.at(-1) ?? "") !== undefined) return ragged();
  const values = new Float64Array(dimension);
  for (const [at, part] of parts.slice(words).entries()) {
    const value = numberOf(part);
    if (value === undefined) return `${place}: ${quoted(part)} is not a number.`;
    values[at] = value;
  }
  return { place, values, id: parts.slice(0, words).join(" ") };
}

/** What the first line counts. */
function openingCounts(bytes: Uint8Array): Counts | undefined {
  for (const line of linesOf(bytes)) {
    const text = textOf(bytes, line);
    return text === undefined ? undefined : countsOf(partsOf(text));
  }
  return undefined;
}

function countsProblem(counts: Counts | undefined): string | undefined {
  if (counts === undefined) return undefined;
  if (counts.rows > MAX_ROWS) return tooManyRows(counts.rows);
  return counts.dimension === 0 ? "The first line says that rows have no numbers." : undefined;
}

/** Reads word vectors as text. */
export function readWordVectors(bytes: Uint8Array, choices: ReadChoices): ReadResult {
  const counts = openingCounts(bytes);
  const problem = countsProblem(counts);
  if (problem !== undefined) return failed(problem);
  const table = new TableBuilder(choices, counts?.rows);
  let dimension = counts?.dimension;
  let skip = counts === undefined ? 0 : 1;
  for (const line of linesOf(bytes)) {
    if (skip > 0) {
      skip -= 1;
      continue;
    }
    const place = placeOf(table.rows + 1, line.line);
    const text = textOf(bytes, line);
    if (text === undefined) return failed(notUtf8(place, line));
    const parts = partsOf(text);
    dimension ??= dimensionOf(parts);
    if (dimension === 0) return failed(noNumbers(place, text));
    const row = rowOf(parts, dimension, place);
    const wrong = typeof row === "string" ? row : table.add(row);
    if (wrong !== undefined) return failed(wrong);
    if (table.rows % REPORT_EVERY === 0) choices.onProgress?.(line.end / bytes.length);
  }
  return counts === undefined || counts.rows === table.rows ? table.finish() : failed(miscounted(counts, table.rows));
}

function noNumbers(place: string, text: string): string {
  const like = /^\s*[[{]/.test(text) ? "; it looks like JSON" : "";
  return `${place} has no numbers behind its token, parted by spaces${like}.`;
}

function miscounted(counts: Counts, rows: number): string {
  const what = rows < counts.rows ? "the file is truncated" : "it is not what its first line says";
  return `The first line counts ${counted(counts.rows, "row")}, and the file ends after ${rows}: ${what}.`;
}
