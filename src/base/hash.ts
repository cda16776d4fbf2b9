/**
 * A 64-bit hash in two 32-bit lanes: fast enough to take every event of a run, wide enough that one changed bit is
 * seen. It guards against mistakes, not against attackers. Integer arithmetic only, the same in every engine.
 */

/** A running hash; feeding it changes it in place. */
export interface HashState {
  low: number;
  high: number;
}

/** A finished hash: sixteen hexadecimal digits. */
export type HashText = string;

/** A fresh hash. */
export function newHash(): HashState {
  return { low: 0x811c9dc5 | 0, high: 0x27d4eb2f | 0 };
}

/** Feeds 32 bits. Both lanes see the value and each other, so that order matters. */
export function feedUint32(hash: HashState, value: number): void {
  const low = Math.imul(hash.low ^ value, 0x85ebca6b);
  const high = Math.imul(hash.high ^ (value + 0x165667b1), 0xc2b2ae35);
  hash.low = ((low ^ (low >>> 15)) + high) | 0;
  hash.high = high ^ (high >>> 13) ^ Math.imul(low, 0x27d4eb2f);
}

/** Feeds an integer of up to 53 bits. */
export function feedInteger(hash: HashState, value: number): void {
  feedUint32(hash, value | 0);
  feedUint32(hash, Math.floor(value / 0x1_0000_0000) | 0);
}

const floatBits = new DataView(new ArrayBuffer(8));

/** Feeds the bits of a float64. */
export function feedFloat(hash: HashState, value: number): void {
  floatBits.setFloat64(0, value, true);
  feedUint32(hash, floatBits.getInt32(0, true));
  feedUint32(hash, floatBits.getInt32(4, true));
}

/** Feeds a text, its length included. */
export function feedText(hash: HashState, text: string): void {
  feedUint32(hash, text.length);
  for (let at = 0; at < text.length; at += 1) feedUint32(hash, text.charCodeAt(at));
}

/** Feeds another hash. */
export function feedHash(hash: HashState, other: HashState): void {
  feedUint32(hash, other.low);
  feedUint32(hash, other.high);
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, "0");
}

/** The hash as sixteen hexadecimal digits. */
export function hashText(hash: HashState): HashText {
  return hex(hash.high) + hex(hash.low);
}

/** Adds `part` to an order-free sum: what was added can be taken out again with {@link subtractHash}. */
export function addHash(sum: HashState, part: HashState): void {
  sum.low = (sum.low + part.low) | 0;
  sum.high = (sum.high + part.high) | 0;
}

/** Takes `part` out of an order-free sum. */
export function subtractHash(sum: HashState, part: HashState): void {
  sum.low = (sum.low - part.low) | 0;
  sum.high = (sum.high - part.high) | 0;
}
