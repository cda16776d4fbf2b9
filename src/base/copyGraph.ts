/**
 * A copy of a whole state, so that a run can go on from a moment twice. What belongs together stays together: an object
 * that is reached on two ways is copied once.
 */

import { Sequence } from "./packSheet.ts";

/** Shorter sequences are copied like everything else. */
const SEQUENCE_LENGTH = 32;

/**
 * Instances keep their class, whose fields must not be `#private`: a copy could not have them. Plain objects are spread,
 * since engines keep what was filled field by field as a dictionary, and a run that goes on from it is slow.
 */
function shallowCopy(value: object): object {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype ? { ...value } : Object.assign(Object.create(prototype), value);
}

function keysAndValues(map: ReadonlyMap<unknown, unknown>): readonly unknown[] {
  const flat: unknown[] = [];
  for (const [key, value] of map) flat.push(key, value);
  return flat;
}

class Copier {
  readonly #copies = new Map<object, object>();
  readonly #isShared: (value: object) => boolean;
  /** Whether long sequences of what never changes become {@link Sequence}s. */
  readonly #putsAside: boolean;

  constructor(isShared: (value: object) => boolean, putsAside: boolean) {
    this.#isShared = isShared;
    this.#putsAside = putsAside;
  }

  copy(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    const known = this.#copies.get(value);
    if (known !== undefined) return known;
    return this.#isShared(value) ? value : this.#copyObject(value);
  }

  #copyObject(value: object): object {
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
      const isLong = this.#putsAside && value.length >= SEQUENCE_LENGTH;
      return this.#keep(value, isLong ? new Sequence(value.slice(), false) : value.slice());
    }
    const copied: unknown[] = [];
    this.#keep(value, copied);
    for (let at = 0; at < value.length; at += 1) {
      const element = value[at];
      if (element !== undefined || at in value) copied.push(this.copy(element));
      else copied.length += 1;
    }
    return copied;
  }

  #copyMap(value: ReadonlyMap<unknown, unknown>): object {
    const first: readonly unknown[] | undefined = value.entries().next().value;
    if (first?.every((part) => this.#isSame(part))) {
      const isLong = this.#putsAside && value.size >= SEQUENCE_LENGTH;
      return this.#keep(value, isLong ? new Sequence(keysAndValues(value), true) : new Map(value));
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
  return copied(root, isShared, false);
}

/** The same, with {@link Sequence}s in the place of long arrays and maps of what never changes: it is to be packed. */
export function copySequences<Root extends object>(root: Root, isShared: (value: object) => boolean): Root {
  return copied(root, isShared, true);
}

function copied<Root>(root: Root, isShared: (value: object) => boolean, putsAside: boolean): Root {
  const holder = Object.create(null);
  holder.root = new Copier(isShared, putsAside).copy(root);
  return holder.root;
}
