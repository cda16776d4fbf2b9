/** One row of a JSON file: an object with a vector, or a bare list of numbers. */
import { notUtf8, type Span, textOf } from "./bytes.ts";
import { listed, quoted } from "./cells.ts";
import { jsonFault } from "./jsonFault.ts";
import { membersOf } from "./jsonSpans.ts";
import type { ReadChoices, ReadProblem, TableBuilder } from "./table.ts";

const VECTOR_FIELDS = ["embedding", "vector"] as const;
const TEXT_FIELDS = ["text", "title", "name", "document", "content", "description"] as const;

/** What a file says about a row elsewhere than in the row. */
export interface Beside {
  readonly id?: string | undefined;
  readonly text?: string | undefined;
}

/** A value that was JSON, and whether it could be read. */
export type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

const MINUS = 0x2d;

/** A number that some writers put out and JSON does not know, where a text stops being JSON. */
function strangeNumber(bytes: Uint8Array, fault: number): string | undefined {
  const text = String.fromCharCode(...bytes.subarray(fault, fault + "Infinity".length));
  const found = /^(?:NaN|Infinity)/.exec(text)?.[0];
  return found === "Infinity" && bytes[fault - 1] === MINUS ? "-Infinity" : found;
}

/** Whether bytes are the beginning of a text: they may end within a character. */
function isTextSoFar(part: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(part, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** What is wrong with a span that is no JSON. Only what reaches the end of the file can have lost its rest there. */
function faultIn(bytes: Uint8Array, span: Span, place: string): string {
  const part = bytes.subarray(span.start, span.end);
  const fault = jsonFault(part) ?? part.length;
  const strange = strangeNumber(part, fault);
  if (strange !== undefined) return `${place} has ${strange}, which no vector can hold.`;
  const row = `${place}, which begins at byte ${span.start},`;
  if (fault < part.length) return `${row} is not JSON at byte ${span.start + fault}.`;
  if (span.end === bytes.length) return `${row} ends in the middle: the file is truncated.`;
  return `${row} is not complete JSON: it ends at byte ${span.end}.`;
}

/** The value of a span, or a sentence that begins with `place`. */
export function parseSpan(bytes: Uint8Array, span: Span, place: string): Parsed {
  const text = textOf(bytes, span);
  if (text === undefined) {
    const part = bytes.subarray(span.start, span.end);
    const isCut = jsonFault(part) === part.length && isTextSoFar(part);
    return { ok: false, message: isCut ? faultIn(bytes, span, place) : notUtf8(place, span) };
  }
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, message: faultIn(bytes, span, place) };
  }
}

/** An id as it stands in the file, exact also where a number has more digits than float64; undefined when it is none. */
export function idText(bytes: Uint8Array, span: Span, value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" ? textOf(bytes, span)?.trim() : undefined;
}

/** A key as its object knows it; undefined when it is none. */
export function keyText(bytes: Uint8Array, key: Span): string | undefined {
  const parsed = parseSpan(bytes, key, "A key");
  return parsed.ok && typeof parsed.value === "string" ? parsed.value : undefined;
}

/** The span of a member of the object at `span`: as for `JSON.parse`, the last of that name. */
function memberSpan(bytes: Uint8Array, span: Span, name: string): Span {
  const members = membersOf(bytes, span.start);
  const parts = members.ok ? members.parts : [];
  return parts.findLast(({ key }) => keyText(bytes, key) === name)?.value ?? span;
}

/** What a value is, in a sentence. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "string" ? "a text" : typeof value === "object" ? "an object" : `${value}`;
}

function isListOfNumbers(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === "number");
}

/** The numbers of a vector, or a sentence. */
function numbersOf(value: unknown, place: string): readonly number[] | string {
  if (!Array.isArray(value)) return `${place}: the vector is ${kindOf(value)}, not a list of numbers.`;
  const wrong = value.findIndex((each) => typeof each !== "number");
  if (wrong >= 0) return `${place}: number ${wrong + 1} of the vector is ${kindOf(value[wrong])}.`;
  return value;
}

/** Reads rows into a table. The first decides which fields there are. */
export class JsonRows {
  readonly #bytes: Uint8Array;
  readonly #table: TableBuilder;
  readonly #choices: ReadChoices;
  #vectorField: string | undefined;
  #idField: string | undefined;
  #fields: readonly string[] | undefined;

  constructor(bytes: Uint8Array, table: TableBuilder, choices: ReadChoices) {
    this.#bytes = bytes;
    this.#table = table;
    this.#choices = choices;
  }

  /** The fields of the first row that has any. */
  get fields(): readonly string[] | undefined {
    return this.#fields;
  }

  /** Takes the row at `span`; the answer is what is wrong with it. */
  add(span: Span, place: string, beside: Beside = {}): ReadProblem | undefined {
    const parsed = parseSpan(this.#bytes, span, place);
    if (!parsed.ok) return parsed;
    const { value } = parsed;
    if (Array.isArray(value)) return this.#takeVector(value, place, beside);
    if (typeof value !== "object" || value === null) {
      return { message: `${place} is ${kindOf(value)}, neither an object nor a list of numbers.` };
    }
    return this.#takeObject(new Map(Object.entries(value)), span, place, beside);
  }

  #takeObject(
    fields: ReadonlyMap<string, unknown>,
    span: Span,
    place: string,
    beside: Beside,
  ): ReadProblem | undefined {
    this.#vectorField ??= this.#chooseVector(fields);
    this.#fields ??= [...fields.keys()];
    if (this.#vectorField === undefined) return this.#askForVector(fields, place);
    if (!fields.has(this.#vectorField)) return { message: `${place} has no field "${this.#vectorField}".` };
    const found = beside.id ?? this.#idOf(fields, span, place);
    if (typeof found === "object") return found;
    const text = beside.text ?? TEXT_FIELDS.map((name) => fields.get(name)).find((each) => typeof each === "string");
    return this.#takeVector(fields.get(this.#vectorField), place, { id: found, text: text === "" ? undefined : text });
  }

  #takeVector(value: unknown, place: string, { id, text }: Beside): ReadProblem | undefined {
    const values = numbersOf(value, place);
    if (typeof values === "string") return { message: values };
    if (id === undefined && this.#idField !== undefined && !this.#choices.queries) {
      return { message: `${place} has no id.` };
    }
    const message = this.#table.add({ place, values, id, text });
    return message === undefined ? undefined : { message };
  }

  #chooseVector(fields: ReadonlyMap<string, unknown>): string | undefined {
    const { vectorColumns, queries = false } = this.#choices;
    if (vectorColumns !== undefined && fields.has(vectorColumns)) return vectorColumns;
    // What is said of the data need not hold of the queries.
    if (vectorColumns !== undefined && !queries) return undefined;
    return VECTOR_FIELDS.find((name) => fields.has(name));
  }

  #askForVector(fields: ReadonlyMap<string, unknown>, place: string): ReadProblem {
    const columns = [...fields].filter(([, value]) => isListOfNumbers(value)).map(([name]) => name);
    const which = columns.length === 0 ? "" : ` Which of these holds the vector: ${listed(columns)}?`;
    const { vectorColumns, queries = false } = this.#choices;
    const missed = vectorColumns === undefined || queries ? '"embedding" or "vector"' : quoted(vectorColumns);
    return { message: `${place} has no field ${missed}.${which}`, columns };
  }

  #idOf(fields: ReadonlyMap<string, unknown>, span: Span, place: string): string | undefined | ReadProblem {
    const { idColumn, queries = false } = this.#choices;
    if (queries) return undefined;
    const wanted = this.#idField ?? idColumn ?? "id";
    if (!fields.has(wanted)) {
      const needed = idColumn !== undefined || this.#idField !== undefined;
      return needed ? { message: `${place} has no field "${wanted}" to be its id.` } : undefined;
    }
    if (this.#idField === undefined && this.#table.rows > 0) {
      return { message: `${place} has an id; the rows before it have none.` };
    }
    this.#idField = wanted;
    const value = fields.get(wanted);
    const raw = typeof value === "number" ? memberSpan(this.#bytes, span, wanted) : span;
    return (
      idText(this.#bytes, raw, value) ?? { message: `${place}: the id is ${kindOf(value)}, not a text or number.` }
    );
  }
}
