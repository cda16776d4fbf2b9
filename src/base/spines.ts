/**
 * Long sequences kept once. The logs of a cluster are the same entries over and over, in every replica and in every
 * copy of a run, longer and longer: each of them is then the beginning of one sequence, its spine.
 */

/** Shorter sequences are not worth it. */
export const SPINE_LENGTH = 32;

/** The first `length` elements of a spine, which only ever grows. */
export class Prefix {
  private readonly spine: readonly unknown[];
  private readonly length: number;
  /** Whether the elements are the keys and values of a map in turn. */
  private readonly isMap: boolean;

  constructor(spine: readonly unknown[], length: number, isMap: boolean) {
    this.spine = spine;
    this.length = length;
    this.isMap = isMap;
  }

  /** The sequence, or the map, anew. */
  expand(): object {
    if (!this.isMap) return this.spine.slice(0, this.length);
    const map = new Map<unknown, unknown>();
    for (let at = 0; at < this.length; at += 2) map.set(this.spine[at], this.spine[at + 1]);
    return map;
  }
}

/** How many elements from the beginning are the same. */
function commonLength(a: readonly unknown[], b: readonly unknown[]): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a[at] === b[at]) at += 1;
  return at;
}

interface Spine {
  readonly values: unknown[];
  /** The last round in which it was used. */
  usedIn: number;
}

/** Rounds after which a spine that nobody used is found no more: what it began with has been folded away. */
const ROUNDS_KEPT = 4;

/** The spines of some copies. */
export class Spines {
  private readonly byFirst = new Map<unknown, Spine[]>();
  private round = 0;
  private grown = 0;

  /** Elements that spines have grown by, ever. */
  get growth(): number {
    return this.grown;
  }

  /** Another copy begins. A spine that was not used for a while lives on only in the copies that have it. */
  nextRound(): void {
    this.round += 1;
    for (const [first, spines] of this.byFirst) {
      const used = spines.filter(({ usedIn }) => this.round - usedIn <= ROUNDS_KEPT);
      if (used.length === 0) this.byFirst.delete(first);
      else if (used.length < spines.length) this.byFirst.set(first, used);
    }
  }

  /** Keeps an array whose elements never change. */
  keepArray(values: readonly unknown[]): Prefix {
    return this.keep(values, false);
  }

  /** Keeps a map whose keys and values never change. */
  keepMap(map: ReadonlyMap<unknown, unknown>): Prefix {
    const flat: unknown[] = [];
    for (const [key, value] of map) flat.push(key, value);
    return this.keep(flat, true);
  }

  private keep(values: readonly unknown[], isMap: boolean): Prefix {
    const first = values[0];
    const candidates = this.byFirst.get(first) ?? [];
    for (const spine of candidates) {
      const common = commonLength(spine.values, values);
      if (common < values.length && common < spine.values.length) continue;
      for (let at = common; at < values.length; at += 1) spine.values.push(values[at]);
      this.grown += values.length - common;
      spine.usedIn = this.round;
      return new Prefix(spine.values, values.length, isMap);
    }
    const spine = { values: values.slice(), usedIn: this.round };
    this.grown += values.length;
    this.byFirst.set(first, [...candidates, spine]);
    return new Prefix(spine.values, values.length, isMap);
  }
}
