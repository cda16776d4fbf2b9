/**
 * Seeded random streams whose state is plain data kept inside the state it drives, so that a copy of a machine goes on
 * with the same numbers. The generator is sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, 32-bit integer
 * arithmetic only, hence the same bits in every engine.
 */

/** The state of one stream. Drawing changes it in place; it may be cloned. */
export interface RngState {
  a: number;
  b: number;
  c: number;
  counter: number;
}

/** Which machine a stream belongs to; keeps streams of one seed independent. */
export const Stream = { replica: 1, link: 2, client: 3, workload: 4, faults: 5, searchIndex: 6 } as const;

/** One round of a 32-bit finaliser (splitmix32, after MurmurHash3), to spread seeds that differ in one bit. */
function spread(value: number): number {
  let mixed = (value + 0x9e3779b9) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** The stream of `seed` for one kind of machine and up to two ordinals (a link has two ends). */
export function rngStream(seed: number, stream: number, first = 0, second = 0): RngState {
  const a = spread(seed >>> 0);
  const b = spread(a ^ Math.imul(stream, 0x85ebca6b));
  const c = spread(b ^ Math.imul(first, 0xc2b2ae35) ^ spread(second));
  // Signed, as drawing leaves them: engines keep small integers in place, and larger ones in boxes.
  const state: RngState = { a: a | 0, b: b | 0, c: c | 0, counter: 1 };
  for (let round = 0; round < 12; round += 1) nextUint32(state);
  return state;
}

/** The next 32 random bits as an unsigned integer. */
export function nextUint32(state: RngState): number {
  const sum = (((state.a + state.b) | 0) + state.counter) | 0;
  state.counter = (state.counter + 1) | 0;
  state.a = state.b ^ (state.b >>> 9);
  state.b = (state.c + (state.c << 3)) | 0;
  state.c = (((state.c << 21) | (state.c >>> 11)) + sum) | 0;
  return sum >>> 0;
}

/** A number in [0, 1) with 32 random bits. */
export function nextFraction(state: RngState): number {
  return nextUint32(state) / 0x1_0000_0000;
}

/** An integer in [0, bound). The bias, at most bound / 2^32, is below what any run could show. */
export function nextBelow(state: RngState, bound: number): number {
  return Math.floor(nextFraction(state) * bound);
}

/** An integer in [low, high], both included. */
export function nextBetween(state: RngState, low: number, high: number): number {
  return low + nextBelow(state, high - low + 1);
}

/** True with the given probability; draws nothing when it is 0, so that switching loss off leaves a stream alone. */
export function nextChance(state: RngState, probability: number): boolean {
  return probability > 0 && nextFraction(state) < probability;
}

/** An independent copy. */
export function copyRng(state: RngState): RngState {
  return { ...state };
}
