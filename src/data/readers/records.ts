/** The records of a comma- or tab-separated text: where each begins and ends, and whether its quotes are in order. */
import { isBlank, LINE_FEED, type Line, textStart } from "./bytes.ts";
import { failed, MAX_ROWS, placeOf, type ReadResult, tooManyRows } from "./table.ts";

/** A record, and where its first cell ends. */
export interface DelimitedRecord extends Line {
  readonly firstEnd: number;
}

const QUOTE = 0x22;
const CARRIAGE_RETURN = 13;

/** Behind the quoted cell that opens at `at`; -1 when it is never closed. */
function quotedEnd(bytes: Uint8Array, at: number): number {
  for (;;) {
    at = bytes.indexOf(QUOTE, at + 1);
    if (at < 0) return -1;
    if (bytes[at + 1] !== QUOTE) return at + 1;
    at += 1;
  }
}

function isEndOfLine(byte: number | undefined): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN;
}

/** The end of the cell at `at`; or a sentence when its quotes are not in order. */
function cellEnd(bytes: Uint8Array, at: number, delimiter: number, place: () => string): number | string {
  if (bytes[at] === QUOTE) {
    const end = quotedEnd(bytes, at);
    if (end < 0) return `${place()}: the quote at byte ${at} is never closed; the file may be truncated.`;
    if (end < bytes.length && bytes[end] !== delimiter && !isEndOfLine(bytes[end])) {
      return `${place()}: behind the quote at byte ${end - 1} the cell should end.`;
    }
    return end;
  }
  while (at < bytes.length && bytes[at] !== delimiter && !isEndOfLine(bytes[at])) at += 1;
  return at;
}

/** The records, blank ones left out. */
export function recordsOf(
  bytes: Uint8Array,
  delimiter: number,
): readonly DelimitedRecord[] | (ReadResult & { ok: false }) {
  const records: DelimitedRecord[] = [];
  let at = textStart(bytes);
  for (let line = 1; at < bytes.length; ) {
    const start = at;
    const place = () => placeOf(records.length + 1, line);
    let firstEnd = -1;
    for (;;) {
      const end = cellEnd(bytes, at, delimiter, place);
      if (typeof end === "string") return failed(end);
      if (firstEnd < 0) firstEnd = end;
      at = end;
      if (bytes[at] !== delimiter || at >= bytes.length) break;
      at += 1;
    }
    if (!isBlank(bytes, start, at) || firstEnd < at) records.push({ start, end: at, line, firstEnd });
    // One for the header.
    if (records.length > MAX_ROWS + 1) return failed(tooManyRows());
    line += linesWithin(bytes, start, at) + 1;
    at += bytes[at] === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED ? 2 : 1;
  }
  return records;
}

/** Ends of lines within quotes. */
function linesWithin(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED, start); at >= 0 && at < end; at = bytes.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}
