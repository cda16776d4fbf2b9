/**
 * A copy of a whole state, so that a run can go on from a moment twice. What belongs together stays together: an object
 * that is reached on two ways is copied once.
 */

import { Prefix, SPINE_LENGTH, type Spines } from "./spines.ts";

/**
 * Instances keep their class, whose fields must not be `#private`: a copy could not have them. Plain objects are spread,
 * since engines keep what was filled field by field as a dictionary, and a run that goes on from it is slow.
 */
function shallowCopy(value: object): object {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype ? { ...value } : Object.assign(Object.create(prototype), value);
}

class Copier {
  readonly #copies = new Map<object, object>();
  readonly #isShared: (value: object) => boolean;
  /** Where long sequences go; without them they are copied. */
  readonly #spines: Spines | undefined;

  constructor(isShared: (value: object) => boolean, spines: Spines | undefined) {
    this.#isShared = isShared;
    this.#spines = spines;
  }

  copy(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    const known = this.#copies.get(value);
    if (known !== undefined) return known;
    return this.#isShared(value) ? value : this.#copyObject(value);
  }

  #copyObject(value: object): object {
    if (value instanceof Prefix) return this.#keep(value, value.expand());
    if (Array.isArray(value)) return this.#copyArray(value);
    if (value instanceof Map) return this.#copyMap(value);
    if (value instanceof Set) return this.#keep(value, new Set([...value].map((element) => this.copy(element))));
    if (value instanceof Uint8Array) return this.#keep(value, value.slice());
    const copied = this.#keep(value, shallowCopy(value));
    for (const [name, field] of Object.entries(value)) {
      if (typeof field === "object" && field !== null) Reflect.set(copied, name, this.copy(field));
    }
    return copied;
  }

  #copyArray(value: readonly unknown[]): object {
    if (this.#isSame(value[0])) {
      const isLong = value.length >= SPINE_LENGTH;
      return this.#keep(value, (isLong && this.#spines?.keepArray(value)) || value.slice());
    }
    const copied: unknown[] = [];
    this.#keep(value, copied);
    for (const element of value) copied.push(this.copy(element));
    return copied;
  }

  #copyMap(value: ReadonlyMap<unknown, unknown>): object {
    const first: readonly unknown[] | undefined = value.entries().next().value;
    if (first?.every((part) => this.#isSame(part))) {
      const isLong = value.size >= SPINE_LENGTH;
      return this.#keep(value, (isLong && this.#spines?.keepMap(value)) || new Map(value));
    }
    const copied = new Map<unknown, unknown>();
    this.#keep(value, copied);
    for (const [key, element] of value) copied.set(this.copy(key), this.copy(element));
    return copied;
  }

  /** Whether a copy of `element` is itself; collections hold things of one kind, so the first speaks for all. */
  #isSame(element: unknown): boolean {
    if (element === undefined || element === null) return false;
    return typeof element !== "object" || this.#isShared(element);
  }

  #keep(value: object, copied: object): object {
    this.#copies.set(value, copied);
    return copied;
  }
}

/**
 * A copy of `root` and of everything that it reaches, but for what `isShared` says never changes. Takes plain objects,
 * arrays, maps, sets, bytes, and instances of classes without `#private` fields; functions are shared. A collection
 * whose first element never changes has only such elements.
 */
export function copyGraph<Root extends object>(root: Root, isShared: (value: object) => boolean): Root {
  return copied(root, isShared, undefined);
}

function copied<Root>(root: Root, isShared: (value: object) => boolean, spines: Spines | undefined): Root {
  const holder = Object.create(null);
  holder.root = new Copier(isShared, spines).copy(root);
  return holder.root;
}

/** A copy put away: its long sequences are kept once with those of other copies. */
export class Packed<Root extends object> {
  readonly #root: Root;
  readonly #isShared: (value: object) => boolean;

  constructor(root: Root, isShared: (value: object) => boolean, spines: Spines) {
    this.#isShared = isShared;
    this.#root = copied(root, isShared, spines);
  }

  /** The copy, as often as one likes: each is another. */
  unpack(): Root {
    return copyGraph(this.#root, this.#isShared);
  }
}
