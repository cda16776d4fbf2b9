/** Bytes as text, lines and numbers; and what a file is by its first bytes. */

/** From one byte to another, the second not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A record or line of a text file. */
export interface Line extends Span {
  /** From 1. */
  readonly line: number;
}

export const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Exact: no character is replaced, and a byte order mark within a text stays in it. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of a span; undefined when it is no UTF-8. */
export function textOf(bytes: Uint8Array, { start, end }: Span): string | undefined {
  try {
    return decoder.decode(bytes.subarray(start, end));
  } catch {
    return undefined;
  }
}

/** The sentence for a span that is no UTF-8. */
export function notUtf8(place: string, { start }: Span): string {
  return `${place}, which begins at byte ${start}, is not UTF-8 text.`;
}

/** Where the text begins: after the byte order mark, if there is one. */
export function textStart(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/** The lines of a text, without their ends: LF or CRLF. Lines of white space alone are left out. */
export function* linesOf(bytes: Uint8Array, from = textStart(bytes)): Generator<Line> {
  let line = 1;
  for (let start = from; start < bytes.length; line += 1) {
    const found = bytes.indexOf(LINE_FEED, start);
    const next = found < 0 ? bytes.length : found;
    const end = bytes[next - 1] === CARRIAGE_RETURN && next > start ? next - 1 : next;
    if (!isBlank(bytes, start, end)) yield { start, end, line };
    start = next + 1;
  }
}

/** Whether there is only white space. */
export function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (!isSpace(bytes[at])) return false;
  return true;
}

/** Space, tab or the end of a line. */
export function isSpace(byte: number | undefined): boolean {
  return byte === 32 || (byte !== undefined && byte >= 9 && byte <= 13);
}

/** Numbers of a file, wherever its bytes lie in memory. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const signatures: readonly (readonly [signature: readonly number[], name: string])[] = [
  [[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], "a NumPy file (.npy)"],
  [[0x50, 0x41, 0x52, 0x31], "a Parquet file"],
  [[0x50, 0x4b, 0x03, 0x04], "a ZIP archive"],
  [[0x1f, 0x8b], "compressed with gzip"],
  [[0x28, 0xb5, 0x2f, 0xfd], "compressed with Zstandard"],
  [[0x89, 0x50, 0x4e, 0x47], "a PNG picture"],
  [[0xff, 0xd8, 0xff], "a JPEG picture"],
  [[0x25, 0x50, 0x44, 0x46], "a PDF document"],
  [[0xff, 0xfe], "UTF-16 text; it must be UTF-8"],
  [[0xfe, 0xff], "UTF-16 text; it must be UTF-8"],
];

/** What the first bytes say that a file is; undefined when they say nothing. */
export function contentByBytes(bytes: Uint8Array): string | undefined {
  return signatures.find(([signature]) => signature.every((byte, at) => bytes[at] === byte))?.[1];
}
