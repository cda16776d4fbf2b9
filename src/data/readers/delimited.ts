/** Comma- and tab-separated tables: a column of ids, columns with a number each or one with lists, with a header or not. */
import { dsvFormat } from "d3-dsv";
import { linesOf, notUtf8, textOf } from "./bytes.ts";
import { cellKind, listOf, numberOf, quoted } from "./cells.ts";
import { ColumnGuess, type Columns, countFirstCells } from "./columns.ts";
import { type DelimitedRecord, recordsOf } from "./records.ts";
import {
  counted,
  failed,
  placeOf,
  REPORT_EVERY,
  type ReadChoices,
  type ReadResult,
  type Row,
  TableBuilder,
  withColumns,
} from "./table.ts";

/** Records that the meaning of the columns is guessed from. */
const SAMPLE = 101;
/** Cells of records, each parsed apart: a large file never becomes one text. */
class Cells {
  readonly #bytes: Uint8Array;
  readonly #format: ReturnType<typeof dsvFormat>;

  constructor(bytes: Uint8Array, delimiter: string) {
    this.#bytes = bytes;
    this.#format = dsvFormat(delimiter);
  }

  /** The cells of a record; undefined when it is no UTF-8. */
  of(record: DelimitedRecord): readonly string[] | undefined {
    const text = textOf(this.#bytes, record);
    return text === undefined ? undefined : (this.#format.parseRows(text)[0] ?? [""]);
  }

  /** Its first cell. */
  first({ start, firstEnd }: DelimitedRecord): string {
    const text = textOf(this.#bytes, { start, end: firstEnd }) ?? "";
    return this.#format.parseRows(text)[0]?.[0] ?? "";
  }
}

/** The numbers of a row, or a sentence. */
function valuesOf(cells: readonly string[], { vector, lists, header }: Columns, place: string) {
  if (lists) {
    const list = listOf(cells[vector[0] ?? 0] ?? "");
    return typeof list === "string" ? `${place}: ${list}.` : list;
  }
  const values = new Float64Array(vector.length);
  for (const [at, column] of vector.entries()) {
    const cell = cells[column] ?? "";
    const value = numberOf(cell);
    if (value === undefined) {
      const name = header?.[column] === undefined ? "" : ` ("${header[column]}")`;
      return `${place}: ${quoted(cell)} in column ${column + 1}${name} is not a number.`;
    }
    values[at] = value;
  }
  return values;
}

/** A row of the table, or a sentence. */
function rowOf(cells: readonly string[], columns: Columns, place: string): Row | string {
  const values = valuesOf(cells, columns, place);
  if (typeof values === "string") return values;
  const { id, text } = columns;
  return {
    place,
    values,
    id: id === undefined ? undefined : cells[id],
    text: text === undefined ? undefined : cells[text],
  };
}

/** Reads a table whose cells are parted by `delimiter`, one ASCII character. */
export function readDelimited(bytes: Uint8Array, delimiter: "," | "\t", choices: ReadChoices): ReadResult {
  const records = recordsOf(bytes, delimiter.charCodeAt(0));
  if ("ok" in records) {
    // What is parted by something else has its quotes in odd places.
    const wrong = otherDelimiter(firstLine(bytes), delimiter);
    return wrong === undefined ? records : failed(wrong);
  }
  if (records.length === 0) return failed("The file has no rows.");
  const cells = new Cells(bytes, delimiter);
  const sample: (readonly string[])[] = [];
  for (const [row, record] of records.slice(0, SAMPLE).entries()) {
    const found = cells.of(record);
    if (found === undefined) return failed(notUtf8(placeOf(row + 1, record.line), record));
    sample.push(found);
  }
  const [only = "", second] = sample[0] ?? [];
  const wrong = second === undefined && cellKind(only) !== "list" ? otherDelimiter(only, delimiter) : undefined;
  if (wrong !== undefined) return failed(wrong);
  const guess = new ColumnGuess(sample, choices);
  const rows = guess.header === undefined ? records : records.slice(1);
  const firstCells = rows.map((record) => cells.first(record));
  const columns = guess.columns(countFirstCells(firstCells));
  return columns.ok ? readRows({ bytes, rows, cells, columns: columns.columns }, choices) : columns;
}

interface Rows {
  readonly bytes: Uint8Array;
  readonly rows: readonly DelimitedRecord[];
  readonly cells: Cells;
  readonly columns: Columns;
}

function readRows({ bytes, rows, cells, columns }: Rows, choices: ReadChoices): ReadResult {
  const table = new TableBuilder(choices, rows.length);
  let width = columns.header?.length;
  for (const [at, record] of rows.entries()) {
    const place = placeOf(at + 1, record.line);
    const found = cells.of(record);
    if (found === undefined) return failed(notUtf8(place, record));
    width ??= found.length;
    if (found.length !== width) {
      return failed(`${place} has ${counted(found.length, "column")}; the records before it have ${width}.`);
    }
    const row = rowOf(found, columns, place);
    const problem = typeof row === "string" ? row : table.add(row);
    if (problem !== undefined) return failed(problem);
    if (at % REPORT_EVERY === 0) choices.onProgress?.(record.end / bytes.length);
  }
  return withColumns(table.finish(), columns.header);
}

function firstLine(bytes: Uint8Array): string {
  for (const line of linesOf(bytes)) return textOf(bytes, line) ?? "";
  return "";
}

/** What to say of a file whose first record has no delimiter, and seems to be parted by something else. */
function otherDelimiter(first: string, delimiter: "," | "\t"): string | undefined {
  if (first.includes(delimiter)) return undefined;
  const named = delimiter === "," ? "commas" : "tabs";
  if (/^\s*[[{]/.test(first)) return `Row 1 is not parted by ${named}, as the file's name says: it looks like JSON.`;
  const others = [
    ["\t", "tabs"],
    [",", "commas"],
    [";", "semicolons"],
  ] as const;
  const found = others.find(([character]) => first.includes(character));
  return found === undefined
    ? undefined
    : `Row 1 is not parted by ${named}, as the file's name says, but by ${found[1]}.`;
}
