/**
 * Where the parts of a JSON text stand, without making values of them: a large file is taken apart row by row, and a
 * number can be had as it was written. Whether each part is JSON is for `JSON.parse` to say.
 */
import { isSpace, type Span } from "./bytes.ts";

/** Where a text stops being a list or an object. At the end of the bytes it was cut off. */
export interface Fault {
  readonly at: number;
  /** Parts that stand before it. */
  readonly done?: number;
}

/** Parts, or where it went wrong. */
export type Parts<Part> = { readonly ok: true; readonly parts: readonly Part[] } | ({ readonly ok: false } & Fault);

/** A member of an object; the key with its quotes and escapes. */
export interface Member {
  readonly key: Span;
  readonly value: Span;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
export const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
export const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** The first byte from `at` on that is no white space. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  while (isSpace(bytes[at])) at += 1;
  return at;
}

/** Behind the text that opens at `at`; beyond the end when it is never closed. */
function stringEnd(bytes: Uint8Array, at: number): number {
  at += 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at + 1;
}

/** Behind the list or object that opens at `at`; beyond the end when it is never closed. */
function containerEnd(bytes: Uint8Array, at: number): number {
  let depth = 0;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = stringEnd(bytes, at);
      continue;
    }
    if (byte === OPEN_LIST || byte === OPEN_OBJECT) depth += 1;
    if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth -= 1;
    at += 1;
    if (depth === 0) return at;
  }
  return bytes.length + 1;
}

/** Behind the value that begins at `at`; more than the length of `bytes` when it is cut off. */
export function valueEnd(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first === QUOTE) return stringEnd(bytes, at);
  if (first === OPEN_LIST || first === OPEN_OBJECT) return containerEnd(bytes, at);
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === COMMA || byte === COLON || byte === CLOSE_LIST || byte === CLOSE_OBJECT || isSpace(byte)) break;
    at += 1;
  }
  return at;
}

/** Walks over the parts of a container, from the byte that opens it to the one that closes it. */
function walk<Part>(
  bytes: Uint8Array,
  open: number,
  close: number,
  part: (at: number) => { readonly found: Part; readonly end: number } | undefined,
): Parts<Part> {
  const parts: Part[] = [];
  let at = skipSpace(bytes, open + 1);
  if (bytes[at] === close) return { ok: true, parts };
  for (;;) {
    const next = part(at);
    if (next === undefined) return { ok: false, at, done: parts.length };
    if (next.end > bytes.length) return { ok: false, at: bytes.length, done: parts.length };
    parts.push(next.found);
    at = skipSpace(bytes, next.end);
    if (bytes[at] === close) return { ok: true, parts };
    if (bytes[at] !== COMMA) return { ok: false, at, done: parts.length };
    at = skipSpace(bytes, at + 1);
  }
}

/** The elements of the list that opens at `open`. */
export function elementsOf(bytes: Uint8Array, open: number): Parts<Span> {
  return walk(bytes, open, CLOSE_LIST, (start) => {
    const end = valueEnd(bytes, start);
    return end === start ? undefined : { found: { start, end }, end };
  });
}

/** The members of the object that opens at `open`. */
export function membersOf(bytes: Uint8Array, open: number): Parts<Member> {
  return walk(bytes, open, CLOSE_OBJECT, (start) => {
    if (bytes[start] !== QUOTE) return undefined;
    const key = { start, end: stringEnd(bytes, start) };
    const colon = skipSpace(bytes, key.end);
    if (colon >= bytes.length) return { found: { key, value: key }, end: bytes.length + 1 };
    if (bytes[colon] !== COLON) return undefined;
    const from = skipSpace(bytes, colon + 1);
    const end = valueEnd(bytes, from);
    return end === from && from < bytes.length ? undefined : { found: { key, value: { start: from, end } }, end };
  });
}
