/**
 * Where a text stops being JSON. Engines tell it in words of their own or not at all; this is asked only after one of them
 * has refused a text.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const FIRST_PRINTABLE = 0x20;
const HEX_DIGITS = 4;

const LITERALS = ["true", "false", "null"] as const;

/** A piece of JSON: behind it, or where it goes wrong. At the end of the bytes it is cut off. */
type Piece = { readonly end: number } | { readonly fault: number };

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isOneOf(byte: number | undefined, characters: string): boolean {
  return byte !== undefined && byte < 0x80 && characters.includes(String.fromCharCode(byte));
}

function skipDigits(bytes: Uint8Array, at: number): number {
  while (isDigit(bytes[at])) at += 1;
  return at;
}

/** The escape whose backslash stands at `at`. */
function escapeAt(bytes: Uint8Array, at: number): Piece {
  if (isOneOf(bytes[at + 1], '"\\/bfnrt')) return { end: at + 2 };
  if (!isOneOf(bytes[at + 1], "u")) return { fault: at + 1 };
  const end = at + 2 + HEX_DIGITS;
  for (let digit = at + 2; digit < end; digit += 1) {
    if (!isOneOf(bytes[digit], "0123456789abcdefABCDEF")) return { fault: digit };
  }
  return { end };
}

/** The text that opens at `at`. */
function stringAt(bytes: Uint8Array, at: number): Piece {
  if (bytes[at] !== QUOTE) return { fault: at };
  at += 1;
  for (;;) {
    const byte = bytes[at];
    if (byte === QUOTE) return { end: at + 1 };
    if (byte === undefined || byte < FIRST_PRINTABLE) return { fault: at };
    if (byte !== BACKSLASH) at += 1;
    else {
      const found = escapeAt(bytes, at);
      if ("fault" in found) return found;
      at = found.end;
    }
  }
}

function numberAt(bytes: Uint8Array, at: number): Piece {
  if (isOneOf(bytes[at], "-")) at += 1;
  if (!isDigit(bytes[at])) return { fault: at };
  at = isOneOf(bytes[at], "0") ? at + 1 : skipDigits(bytes, at);
  if (isOneOf(bytes[at], ".")) {
    at += 1;
    if (!isDigit(bytes[at])) return { fault: at };
    at = skipDigits(bytes, at);
  }
  if (!isOneOf(bytes[at], "eE")) return { end: at };
  at += isOneOf(bytes[at + 1], "+-") ? 2 : 1;
  return isDigit(bytes[at]) ? { end: skipDigits(bytes, at) } : { fault: at };
}

/** A value without parts. */
function plainAt(bytes: Uint8Array, at: number): Piece {
  if (bytes[at] === QUOTE) return stringAt(bytes, at);
  const literal = LITERALS.find((each) => bytes[at] === each.charCodeAt(0));
  if (literal === undefined) return numberAt(bytes, at);
  for (let letter = 1; letter < literal.length; letter += 1) {
    if (bytes[at + letter] !== literal.charCodeAt(letter)) return { fault: at + letter };
  }
  return { end: at + literal.length };
}

/** One pass over a text, in which `#at` is the first byte that nothing is known of. */
class Pass {
  readonly #bytes: Uint8Array;
  #at = 0;
  /** The bytes that close what is open, innermost last. */
  readonly #open: number[] = [];

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Where the text stops being JSON; undefined when it is. */
  fault(): number | undefined {
    for (let expectsValue = true; ; ) {
      this.#skipSpace();
      const next: "value" | "more" | "fault" | "end" = expectsValue ? this.#value() : this.#behindValue();
      if (next === "end") return undefined;
      if (next === "fault") return this.#at;
      expectsValue = next === "value";
    }
  }

  #skipSpace(): void {
    while (isSpace(this.#bytes[this.#at])) this.#at += 1;
  }

  /** Takes a value, or the beginning of one; what is to follow. */
  #value(): "value" | "more" | "fault" {
    const byte = this.#bytes[this.#at];
    if (byte === OPEN_LIST || byte === OPEN_OBJECT) return this.#opened(byte);
    return this.#take(plainAt(this.#bytes, this.#at)) ? "more" : "fault";
  }

  #opened(byte: number): "value" | "more" | "fault" {
    const close = byte === OPEN_LIST ? CLOSE_LIST : CLOSE_OBJECT;
    this.#at += 1;
    this.#skipSpace();
    if (this.#bytes[this.#at] === close) {
      this.#at += 1;
      return "more";
    }
    this.#open.push(close);
    return this.#member();
  }

  /** In an object the key and its colon; nothing in a list. */
  #member(): "value" | "fault" {
    if (this.#open.at(-1) !== CLOSE_OBJECT) return "value";
    this.#skipSpace();
    if (!this.#take(stringAt(this.#bytes, this.#at))) return "fault";
    this.#skipSpace();
    return this.#take(this.#bytes[this.#at] === COLON ? { end: this.#at + 1 } : { fault: this.#at })
      ? "value"
      : "fault";
  }

  #behindValue(): "value" | "more" | "fault" | "end" {
    const byte = this.#bytes[this.#at];
    const close = this.#open.at(-1);
    if (close === undefined) return byte === undefined ? "end" : "fault";
    if (byte !== close && byte !== COMMA) return "fault";
    this.#at += 1;
    if (byte === COMMA) return this.#member();
    this.#open.pop();
    return "more";
  }

  #take(piece: Piece): boolean {
    const isWhole = "end" in piece;
    this.#at = isWhole ? piece.end : piece.fault;
    return isWhole;
  }
}

/**
 * The byte of `bytes` at which they stop being one JSON value: their length when they are only the beginning of one,
 * undefined when nothing is wrong. Whether a text is UTF-8 is not looked at.
 */
export function jsonFault(bytes: Uint8Array): number | undefined {
  return new Pass(bytes).fault();
}
