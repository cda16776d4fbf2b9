/** What a cell of a table of texts can be. */

/** "list" is a list of numbers in one cell, as some writers put vectors. */
export type CellKind = "empty" | "integer" | "number" | "list" | "text";

const INTEGER = /^\s*[+-]?\d+\s*$/;
const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;
const NOT_A_NUMBER = /^\s*[+-]?nan\s*$/i;
const INFINITE = /^\s*([+-]?)inf(?:inity)?\s*$/i;

/** The number that a cell holds, NaN and infinities included; undefined when it holds none. */
export function numberOf(cell: string): number | undefined {
  if (NUMBER.test(cell)) return Number(cell);
  if (NOT_A_NUMBER.test(cell)) return Number.NaN;
  const infinite = INFINITE.exec(cell);
  if (infinite === null) return undefined;
  return infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** What a cell is. */
export function cellKind(cell: string): CellKind {
  if (cell.trim() === "") return "empty";
  if (INTEGER.test(cell)) return "integer";
  if (numberOf(cell) !== undefined) return "number";
  return /^\s*\[[\s\d.,eE+-]*\]\s*$/.test(cell) ? "list" : "text";
}

/** Whether a cell is a number of any kind. */
export function isNumeric(kind: CellKind): boolean {
  return kind === "integer" || kind === "number";
}

/** A cell in a sentence, which stays on one line: what it says, cut where it is long. */
export function quoted(cell: string): string {
  // JSON escapes every other end of a line.
  return JSON.stringify(shortened(cell)).replace(/[\u2028\u2029]/g, " ");
}

/** Names in a sentence, which stays on one line whatever a file calls its columns. */
export function listed(names: readonly string[]): string {
  return names.map((name) => shortened(name).replace(/\s+/g, " ")).join(", ");
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}

/** The numbers of a cell that holds a list, parted by commas or white space; or what stands there instead. */
export function listOf(cell: string): readonly number[] | string {
  const inside = /^\s*\[(.*)\]\s*$/s.exec(cell)?.[1];
  if (inside === undefined) return `${quoted(cell)} is no list of numbers`;
  const parts = inside.split(/[\s,]+/).filter((part) => part !== "");
  const numbers = parts.map((part) => numberOf(part));
  const wrong = numbers.indexOf(undefined);
  if (wrong >= 0) return `${quoted(parts[wrong] ?? "")} is not a number`;
  return numbers.map((value) => value ?? Number.NaN);
}
