/** JSON lines; and JSON files: a list of rows, an object of columns, or JSON lines under that name. */
import { isBlank, linesOf, type Span, textStart } from "./bytes.ts";
import { jsonFault } from "./jsonFault.ts";
import { type Beside, idText, JsonRows, keyText, kindOf, parseSpan } from "./jsonRows.ts";
import {
  elementsOf,
  type Fault,
  type Member,
  membersOf,
  OPEN_LIST,
  OPEN_OBJECT,
  skipSpace,
  valueEnd,
} from "./jsonSpans.ts";
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
  withColumns,
} from "./table.ts";

/** The members that hold the columns of a file, by the names that are known. */
const COLUMN_NAMES = {
  vectors: ["embeddings", "vectors"],
  ids: ["ids", "id"],
  texts: ["texts", "documents", "text"],
  rows: ["data", "items"],
} as const;

/** One row a line, each an object with an embedding or a list of numbers. */
export function readJsonLines(bytes: Uint8Array, choices: ReadChoices): ReadResult {
  const table = new TableBuilder(choices);
  const rows = new JsonRows(bytes, table, choices);
  for (const { start, end, line } of linesOf(bytes)) {
    const problem = rows.add({ start: skipSpace(bytes, start), end }, placeOf(table.rows + 1, line));
    if (problem !== undefined) return { ok: false, problem };
    if (table.rows % REPORT_EVERY === 0) choices.onProgress?.(end / bytes.length);
  }
  return withColumns(table.finish(), rows.fields);
}

/**
 * What stands where the text stops being JSON, in a list of rows or elsewhere. The parts of a file are found by their
 * brackets alone: where those are never closed, something before its end may be wrong.
 */
function faulty(bytes: Uint8Array, { at, done }: Fault): ReadResult {
  const where = done === undefined ? "" : done === 0 ? ", in row 1" : `, after row ${done}`;
  if (at < bytes.length) return failed(`The file is not JSON at byte ${at}${where}.`);
  const start = textStart(bytes);
  const earlier = start + (jsonFault(bytes.subarray(start)) ?? bytes.length);
  if (earlier < bytes.length) return failed(`The file is not JSON at byte ${earlier}.`);
  return failed(`The file ends at byte ${bytes.length}${where}: it is truncated.`);
}

/** Any of the forms that a .json file has. */
export function readJson(bytes: Uint8Array, choices: ReadChoices): ReadResult {
  const start = skipSpace(bytes, textStart(bytes));
  const first = bytes[start];
  if (start >= bytes.length) return failed("The file has no rows.");
  if (first !== OPEN_LIST && first !== OPEN_OBJECT) return faulty(bytes, { at: start });
  const end = valueEnd(bytes, start);
  if (end <= bytes.length && !isBlank(bytes, end, bytes.length)) {
    const next = bytes[skipSpace(bytes, end)];
    if (next !== OPEN_LIST && next !== OPEN_OBJECT) return faulty(bytes, { at: skipSpace(bytes, end) });
    return readJsonLines(bytes, choices);
  }
  const whole = { start, end };
  return first === OPEN_LIST ? readList(bytes, whole, choices) : readObject(bytes, whole, choices);
}

function readList(bytes: Uint8Array, whole: Span, choices: ReadChoices): ReadResult {
  const rows = elementsOf(bytes, whole.start);
  if (!rows.ok) return faulty(bytes, rows);
  // A list of numbers alone is one vector: how a single query is often written.
  const first = rows.parts[0] === undefined ? undefined : bytes[rows.parts[0].start];
  return readRows(bytes, isNumeral(first) ? [whole] : rows.parts, choices);
}

/** Whether a number begins with this byte. */
function isNumeral(byte: number | undefined): boolean {
  return byte !== undefined && /[-\d]/.test(String.fromCharCode(byte));
}

/** Rows, with what the file says beside them. */
function readRows(
  bytes: Uint8Array,
  spans: readonly Span[],
  choices: ReadChoices,
  beside: (row: number) => Beside = () => ({}),
): ReadResult {
  if (spans.length > MAX_ROWS) return failed(tooManyRows(spans.length));
  const table = new TableBuilder(choices, spans.length);
  const rows = new JsonRows(bytes, table, choices);
  for (const [row, span] of spans.entries()) {
    const problem = rows.add(span, placeOf(row + 1), beside(row));
    if (problem !== undefined) return { ok: false, problem };
    if (row % REPORT_EVERY === 0) choices.onProgress?.(span.end / bytes.length);
  }
  return withColumns(table.finish(), rows.fields);
}

function readObject(bytes: Uint8Array, span: Span, choices: ReadChoices): ReadResult {
  const found = membersOf(bytes, span.start);
  if (!found.ok) return faulty(bytes, { at: found.at });
  const members = new Map<string, Member>();
  for (const member of found.parts) {
    const key = keyText(bytes, member.key);
    if (key === undefined) return faulty(bytes, { at: member.key.start });
    members.set(key, member);
  }
  const named = (names: readonly string[]) => names.map((name) => members.get(name)).find((each) => each !== undefined);
  const vectors = named(COLUMN_NAMES.vectors);
  if (vectors !== undefined) {
    return readColumns(bytes, vectors, { ids: named(COLUMN_NAMES.ids), texts: named(COLUMN_NAMES.texts) }, choices);
  }
  const rows = named(COLUMN_NAMES.rows);
  if (rows !== undefined && bytes[rows.value.start] === OPEN_LIST) return readList(bytes, rows.value, choices);
  return readRows(bytes, [span], choices);
}

/** `{ embeddings: [[...], ...], ids: [...], texts: [...] }`, or with the ids as keys: `{ embeddings: { id: [...] } }`. */
function readColumns(
  bytes: Uint8Array,
  vectors: Member,
  others: { readonly ids: Member | undefined; readonly texts: Member | undefined },
  choices: ReadChoices,
): ReadResult {
  if (bytes[vectors.value.start] === OPEN_OBJECT) return readKeyed(bytes, vectors.value.start, choices);
  if (bytes[vectors.value.start] !== OPEN_LIST) return failed("The embeddings are neither a list nor an object.");
  const found = elementsOf(bytes, vectors.value.start);
  if (!found.ok) return faulty(bytes, found);
  const { parts } = found;
  const columns: { ids?: readonly string[]; texts?: readonly string[] } = {};
  if (others.ids !== undefined && !choices.queries) {
    const ids = columnOf(bytes, others.ids, parts.length, "id");
    if (!Array.isArray(ids)) return ids;
    columns.ids = ids;
  }
  if (others.texts !== undefined) {
    const texts = columnOf(bytes, others.texts, parts.length, "text");
    if (!Array.isArray(texts)) return texts;
    columns.texts = texts;
  }
  return readRows(bytes, parts, choices, (row) => ({ id: columns.ids?.[row], text: columns.texts?.[row] }));
}

function readKeyed(bytes: Uint8Array, open: number, choices: ReadChoices): ReadResult {
  const found = membersOf(bytes, open);
  if (!found.ok) return faulty(bytes, found);
  const ids = found.parts.map(({ key }) => keyText(bytes, key));
  const bad = ids.indexOf(undefined);
  if (bad >= 0) return failed(`${placeOf(bad + 1)} has a key that is not JSON.`);
  const spans = found.parts.map(({ value }) => value);
  return readRows(bytes, spans, choices, (row) => ({ id: ids[row] }));
}

/** A list of ids or texts, one a row. */
function columnOf(
  bytes: Uint8Array,
  { value: span }: Member,
  rows: number,
  what: "id" | "text",
): string[] | (ReadResult & { ok: false }) {
  const found = bytes[span.start] === OPEN_LIST ? elementsOf(bytes, span.start) : undefined;
  if (found === undefined) return failed(`The ${what}s are not a list.`);
  if (!found.ok) return failed(`The list of ${what}s is not JSON at byte ${found.at}.`);
  if (found.parts.length !== rows) {
    return failed(`The file has ${counted(rows, "vector")} and ${counted(found.parts.length, what)}.`);
  }
  const column: string[] = [];
  for (const [row, part] of found.parts.entries()) {
    const parsed = parseSpan(bytes, part, placeOf(row + 1));
    if (!parsed.ok) return failed(parsed.message);
    const text = parsed.value === null && what === "text" ? "" : idText(bytes, part, parsed.value);
    if (text === undefined) return failed(`${placeOf(row + 1)}: the ${what} is ${kindOf(parsed.value)}.`);
    column.push(text);
  }
  return column;
}
