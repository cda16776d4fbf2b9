/**
 * What packed graphs have in common: texts, shapes of objects, values that are kept as they are, and stretches of long
 * sequences, each once. The logs of a cluster are the same entries over and over, in every replica and in every copy.
 */
import { present } from "./assert.ts";
import { isSame } from "./equality.ts";

/** Objects of one kind: a class or none, and its fields in order. */
export interface Shape {
  readonly id: number;
  readonly prototype: object | null;
  readonly names: readonly string[];
  /** One of them without what it reached: engines give a copy of it the form that the others have. */
  readonly template: Readonly<Record<string, unknown>>;
  /** Whether two of the same content are one object, whatever they are reached by. */
  readonly isUnique: boolean;
}

/** A stretch of a sequence whose elements never change. */
export interface Stretch {
  /** As a `ByteWriter` writes them. */
  readonly bytes: string;
  /** How many elements it has. */
  readonly length: number;
}

/** Where a stretch was last met. */
export interface Place {
  readonly elements: readonly unknown[];
  readonly from: number;
  readonly stretch: Stretch;
}

/** About what an engine takes for a stretch beside its bytes. */
const BYTES_PER_STRETCH = 120;

/** Everything that is kept but once, under numbers. */
class Numbered<Value> {
  private readonly numbers = new Map<Value, number>();
  private readonly values: Value[] = [];

  numberOf(value: Value): number {
    const known = this.numbers.get(value);
    if (known !== undefined) return known;
    this.numbers.set(value, this.values.length);
    return this.values.push(value) - 1;
  }

  valueOf(number: number): Value {
    return present(this.values[number], "a numbered value");
  }
}

/** Kept values of one key among which an equal one is looked for. */
const ALIKE_LIMIT = 4;

/** Values that are kept as they are, each content once: every replay makes others that are equal to those of the last. */
class Kept {
  /** Of objects that are still about. */
  private readonly numbers = new WeakMap<object, number>();
  private readonly values: object[] = [];
  private readonly byKey = new Map<string, number[]>();
  private readonly rules: PackRules;

  constructor(rules: PackRules) {
    this.rules = rules;
  }

  numberOf(value: object): number {
    const known = this.numbers.get(value);
    if (known !== undefined) return known;
    const number = this.equalTo(value) ?? this.values.push(value) - 1;
    this.numbers.set(value, number);
    return number;
  }

  valueOf(number: number): object {
    return present(this.values[number], "a kept value");
  }

  /** The number of what has the content of `value`; else the next one is noted for it. */
  private equalTo(value: object): number | undefined {
    const key = typeof value === "function" ? undefined : this.rules.keyOf(value);
    if (key === undefined) return undefined;
    const alike = this.byKey.get(key) ?? [];
    const equal = alike.find((number) => isSame(this.values[number], value));
    if (equal === undefined && alike.length < ALIKE_LIMIT) this.byKey.set(key, [...alike, this.values.length]);
    return equal;
  }
}

/** What a pool knows of what is packed. */
export interface PackRules {
  /** Whether a value is worth no bytes, for it lives as long as the pool anyway. */
  readonly isKept: (value: object) => boolean;
  /**
   * What a kept value, never changed, has in common with others of its content and with hardly any other; undefined of one
   * that is made but once.
   */
  readonly keyOf: (value: object) => string | undefined;
  /**
   * Whether a value is one of those, never changed, of which no two have the same content: who has them may ask whether
   * they are the same object.
   */
  readonly isUnique: (value: object) => boolean;
}

export class PackPool {
  readonly texts = new Numbered<string>();
  /** What `isKept` accepts, and functions. */
  readonly kept: Kept;
  private readonly rules: PackRules;
  private readonly shapes: Shape[] = [];
  private readonly shapesByNames = new Map<string, Shape[]>();
  private readonly stretches = new Map<string, Stretch>();
  /** The stretches of the newest copy, by an object in their first element: the next copy has most of them again. */
  places: ReadonlyMap<unknown, Place> = new Map();

  constructor(rules: PackRules) {
    this.rules = rules;
    this.kept = new Kept(rules);
  }

  /** Whether `value` is kept as it is. */
  isKept(value: object): boolean {
    return this.rules.isKept(value);
  }

  /** The shape with this number. */
  shape(id: number): Shape {
    return present(this.shapes[id], "a shape");
  }

  /** The shape of `value`; `guess` is one that it is likely to have. */
  shapeOf(value: object, guess: Shape | undefined): Shape {
    const prototype: object | null = Object.getPrototypeOf(value);
    if (guess !== undefined && guess.prototype === prototype && hasNames(value, guess.names)) return guess;
    const names = Object.keys(value);
    const key = names.join();
    const alike = this.shapesByNames.get(key) ?? [];
    // Names may have commas in them.
    const known = alike.find((shape) => shape.prototype === prototype && hasNames(value, shape.names));
    if (known !== undefined) return known;
    const isUnique = this.rules.isUnique(value);
    const shape = { id: this.shapes.length, prototype, names, template: templateOf(value), isUnique };
    this.shapes.push(shape);
    this.shapesByNames.set(key, [...alike, shape]);
    return shape;
  }

  /** A stretch of `length` elements in these bytes, which tell how many there are: the one that there is, if there is one. */
  stretch(bytes: string, length: number): Stretch {
    const known = this.stretches.get(bytes);
    if (known !== undefined) return known;
    const stretch = { bytes, length };
    this.stretches.set(bytes, stretch);
    return stretch;
  }

  /** Forgets every stretch but these. Returns about what they take. */
  retain(used: ReadonlySet<Stretch>): number {
    for (const [text, stretch] of this.stretches) if (!used.has(stretch)) this.stretches.delete(text);
    let bytes = 0;
    for (const stretch of used) bytes += stretch.bytes.length + BYTES_PER_STRETCH;
    return bytes;
  }
}

function hasNames(value: object, names: readonly string[]): boolean {
  let at = 0;
  for (const name in value) {
    if (names[at] !== name) return false;
    at += 1;
  }
  return at === names.length;
}

function templateOf(value: object): Record<string, unknown> {
  const template: Record<string, unknown> = { ...value };
  for (const [name, field] of Object.entries(template)) if (typeof field === "object") template[name] = null;
  return template;
}
