/**
 * Bytes written one after the other, and read again: integers take as many as they need. What is finished is a text of
 * characters below 256, which engines keep with less beside it than an array of bytes.
 */
import { assert } from "./assert.ts";

const floatBytes = new DataView(new ArrayBuffer(8));

/** Bytes that become characters at once: engines take so many arguments. */
const PORTION = 8_192;

/** Bytes that {@link ByteWriter.varint} takes for `value`. */
export function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length += 1;
  return length;
}

export class ByteWriter {
  private bytes = new Uint8Array(1_024);
  private length = 0;

  /** One byte. */
  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length] = value;
    this.length += 1;
  }

  /** An integer from 0 to 2^53, seven bits to the byte, the lowest first. */
  varint(value: number): void {
    this.reserve(8);
    let rest = value;
    while (rest >= 128) {
      this.bytes[this.length] = (rest % 128) + 128;
      this.length += 1;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.length] = rest;
    this.length += 1;
  }

  /** The bits of a float64. */
  float(value: number): void {
    floatBytes.setFloat64(0, value, true);
    for (let at = 0; at < 8; at += 1) this.byte(floatBytes.getUint8(at));
  }

  /** What has been written. */
  finish(): string {
    let text = "";
    for (let at = 0; at < this.length; at += PORTION) {
      text += String.fromCharCode(...this.bytes.subarray(at, Math.min(at + PORTION, this.length)));
    }
    return text;
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = new Uint8Array(2 * this.bytes.length + count);
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

export class ByteReader {
  private readonly bytes: string;
  private at = 0;

  constructor(bytes: string) {
    this.bytes = bytes;
  }

  byte(): number {
    assert(this.at < this.bytes.length, "the bytes end too early");
    this.at += 1;
    return this.bytes.charCodeAt(this.at - 1);
  }

  varint(): number {
    const first = this.byte();
    if (first < 128) return first;
    let value = first - 128;
    let scale = 128;
    for (;;) {
      const next = this.byte();
      if (next < 128) return value + next * scale;
      value += (next - 128) * scale;
      scale *= 128;
    }
  }

  float(): number {
    for (let at = 0; at < 8; at += 1) floatBytes.setUint8(at, this.byte());
    return floatBytes.getFloat64(0, true);
  }
}
