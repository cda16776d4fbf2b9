/**
 * A graph of plain data as columns, by the kind of its objects and their fields, and back. What is reached on two ways is
 * written once, so a graph may have cycles.
 */
import { assert, present } from "./assert.ts";
import { ByteReader, ByteWriter } from "./byteStream.ts";
import { Column, LARGEST_INTEGER } from "./columns.ts";
import { isSame } from "./equality.ts";
import type { PackPool, Shape } from "./packPool.ts";

/** What a value is. Numbers from `object` on are shapes. */
const Tag = {
  integer: 0,
  float: 1,
  text: 2,
  nothing: 3,
  nil: 4,
  no: 5,
  yes: 6,
  kept: 7,
  again: 8,
  list: 9,
  map: 10,
  set: 11,
  bytes: 12,
  sequence: 13,
  hole: 14,
  object: 15,
} as const;

/** A long sequence whose elements never change, in the place of an array, or of a map as its keys and values in turn. */
export class Sequence {
  readonly elements: readonly unknown[];
  readonly isMap: boolean;

  constructor(elements: readonly unknown[], isMap: boolean) {
    this.elements = elements;
    this.isMap = isMap;
  }

  /** The array or the map. */
  expand(): object {
    if (!this.isMap) return this.elements.slice();
    const map = new Map<unknown, unknown>();
    for (let at = 0; at < this.elements.length; at += 2) map.set(this.elements[at], this.elements[at + 1]);
    return map;
  }
}

/** Writes values that belong together. */
export class SheetWriter {
  private readonly pool: PackPool;
  /** In the order in which they were needed, which is that in which a reader needs them. */
  private readonly columns: Column[] = [];
  private readonly fields: (readonly Column[] | undefined)[] = [];
  private readonly root: Column;
  private readonly numbers = new Map<object, number>();
  private guess: Shape | undefined;
  /** A digest of what was written since somebody last set it to 0. */
  mark = 0;
  /** The sequences that were met: somebody else writes them. */
  readonly sequences: Sequence[] = [];

  constructor(pool: PackPool) {
    this.pool = pool;
    this.root = this.newColumn();
  }

  write(value: unknown): void {
    this.put(value, this.root);
  }

  /** Writes the element at `at`, or that there is none. */
  writeElement(list: readonly unknown[], at: number): void {
    this.putElement(list, at, this.root);
  }

  finish(): string {
    const out = new ByteWriter();
    for (const column of this.columns) column.write(out);
    return out.finish();
  }

  private newColumn(): Column {
    const column = new Column();
    this.columns.push(column);
    return column;
  }

  private innerOf(column: Column, at: number): Column {
    const known = column.inner[at];
    if (known !== undefined) return known;
    const inner = this.newColumn();
    column.inner[at] = inner;
    return inner;
  }

  private note(column: Column, tag: number): void {
    column.tags.push(tag);
  }

  private noteInteger(column: Column, tag: number, value: number): void {
    column.tags.push(tag);
    column.integers.push(value);
    this.mark = Math.imul(this.mark ^ value, 0x9e3779b1);
    this.mark ^= this.mark >>> 15;
  }

  private put(value: unknown, column: Column): void {
    switch (typeof value) {
      case "number":
        this.putNumber(value, column);
        return;
      case "string":
        this.noteInteger(column, Tag.text, this.pool.texts.numberOf(value));
        return;
      case "boolean":
        this.note(column, value ? Tag.yes : Tag.no);
        return;
      case "undefined":
        this.note(column, Tag.nothing);
        return;
      case "function":
        this.noteInteger(column, Tag.kept, this.pool.kept.numberOf(value));
        return;
      case "object":
        if (value === null) this.note(column, Tag.nil);
        else this.putObject(value, column);
        return;
      default:
        assert(false, `a ${typeof value} cannot be packed`);
    }
  }

  private putNumber(value: number, column: Column): void {
    const isInteger = Number.isInteger(value) && Math.abs(value) <= LARGEST_INTEGER && !Object.is(value, -0);
    if (isInteger) {
      this.noteInteger(column, Tag.integer, value);
    } else {
      this.note(column, Tag.float);
      column.floats.push(value);
    }
  }

  private putObject(value: object, column: Column): void {
    if (this.pool.isKept(value)) {
      this.noteInteger(column, Tag.kept, this.pool.kept.numberOf(value));
      return;
    }
    const known = this.numbers.get(value);
    if (known !== undefined) {
      this.noteInteger(column, Tag.again, this.numbers.size - known);
      return;
    }
    this.numbers.set(value, this.numbers.size);
    if (value instanceof Sequence) {
      this.noteInteger(column, Tag.sequence, this.sequences.length);
      this.sequences.push(value);
    } else if (Array.isArray(value)) {
      this.putList(value, column);
    } else if (value instanceof Map) {
      this.noteInteger(column, Tag.map, value.size);
      for (const [key, element] of value) {
        this.put(key, this.innerOf(column, 0));
        this.put(element, this.innerOf(column, 1));
      }
    } else if (value instanceof Set) {
      this.noteInteger(column, Tag.set, value.size);
      for (const element of value) this.put(element, this.innerOf(column, 0));
    } else if (value instanceof Uint8Array) {
      this.noteInteger(column, Tag.bytes, value.length);
      for (const byte of value) column.integers.push(byte);
    } else {
      this.putFields(value, column);
    }
  }

  private putList(list: readonly unknown[], column: Column): void {
    this.noteInteger(column, Tag.list, list.length);
    if (list.length === 0) return;
    const elements = this.innerOf(column, 0);
    for (let at = 0; at < list.length; at += 1) this.putElement(list, at, elements);
  }

  private putElement(list: readonly unknown[], at: number, column: Column): void {
    const element = list[at];
    if (element === undefined && !(at in list)) this.note(column, Tag.hole);
    else this.put(element, column);
  }

  private putFields(value: object, column: Column): void {
    assert(!ArrayBuffer.isView(value), "of typed arrays only bytes can be packed");
    const shape = this.pool.shapeOf(value, this.guess);
    this.guess = shape;
    this.note(column, Tag.object + shape.id);
    const columns = this.fieldsOf(shape);
    let at = 0;
    for (const field of Object.values(value)) {
      this.put(field, present(columns[at], "a field's column"));
      at += 1;
    }
  }

  private fieldsOf({ id, names }: Shape): readonly Column[] {
    const known = this.fields[id];
    if (known !== undefined) return known;
    const columns = names.map(() => this.newColumn());
    this.fields[id] = columns;
    return columns;
  }
}

/** Objects of which no two have the same content. */
export class Uniques {
  private readonly byNumbers = new Map<number, object[]>();

  /** `made`, or the one of its content that there was before. */
  one(made: object): object {
    let mark = 0;
    for (const field of Object.values(made)) if (typeof field === "number") mark = Math.imul(mark ^ field, 0x9e3779b1);
    const alike = this.byNumbers.get(mark);
    const known = alike?.find((other) => isSame(other, made));
    if (known !== undefined) return known;
    if (alike === undefined) this.byNumbers.set(mark, [made]);
    else alike.push(made);
    return made;
  }
}

/** Reads what a writer with the same pool wrote, in the same order. */
export class SheetReader {
  private readonly pool: PackPool;
  private readonly from: ByteReader;
  private readonly fields: (readonly Column[] | undefined)[] = [];
  private readonly root: Column;
  private readonly made: object[] = [];
  private readonly uniques: Uniques;
  private readonly sequence: (at: number) => object;

  /** `sequence` gives what stands for a {@link Sequence}, by the order in which they were met. */
  constructor(pool: PackPool, bytes: string, uniques: Uniques, sequence: (at: number) => object) {
    this.pool = pool;
    this.uniques = uniques;
    this.from = new ByteReader(bytes);
    this.sequence = sequence;
    this.root = Column.read(this.from);
  }

  read(): unknown {
    return this.take(this.root);
  }

  /** Reads the next element into `list`, or leaves a hole there. */
  readElement(list: unknown[]): void {
    this.takeElement(list, this.root);
  }

  private innerOf(column: Column, at: number): Column {
    const known = column.inner[at];
    if (known !== undefined) return known;
    const inner = Column.read(this.from);
    column.inner[at] = inner;
    return inner;
  }

  private take(column: Column): unknown {
    const tag = column.nextTag();
    switch (tag) {
      case Tag.integer:
        return column.nextInteger();
      case Tag.float:
        return column.nextFloat();
      case Tag.text:
        return this.pool.texts.valueOf(column.nextInteger());
      case Tag.nothing:
        return undefined;
      case Tag.nil:
        return null;
      case Tag.no:
        return false;
      case Tag.yes:
        return true;
      case Tag.kept:
        return this.pool.kept.valueOf(column.nextInteger());
      case Tag.again:
        return present(this.made[this.made.length - column.nextInteger()], "what was met before");
      default:
        return tag >= Tag.object ? this.takeFields(tag - Tag.object) : this.takeCollection(tag, column);
    }
  }

  private keep<Made extends object>(made: Made): Made {
    this.made.push(made);
    return made;
  }

  private takeCollection(tag: number, column: Column): object {
    const size = column.nextInteger();
    switch (tag) {
      case Tag.list:
        return this.takeList(size, column);
      case Tag.map: {
        const map = this.keep(new Map<unknown, unknown>());
        for (let at = 0; at < size; at += 1) {
          const key = this.take(this.innerOf(column, 0));
          map.set(key, this.take(this.innerOf(column, 1)));
        }
        return map;
      }
      case Tag.set: {
        const set = this.keep(new Set<unknown>());
        for (let at = 0; at < size; at += 1) set.add(this.take(this.innerOf(column, 0)));
        return set;
      }
      case Tag.bytes: {
        const bytes = this.keep(new Uint8Array(size));
        for (let at = 0; at < size; at += 1) bytes[at] = column.nextInteger();
        return bytes;
      }
      default:
        assert(tag === Tag.sequence, `tag ${tag} is unknown`);
        return this.keep(this.sequence(size));
    }
  }

  private takeList(length: number, column: Column): unknown[] {
    const list: unknown[] = this.keep([]);
    if (length === 0) return list;
    const elements = this.innerOf(column, 0);
    for (let at = 0; at < length; at += 1) this.takeElement(list, elements);
    return list;
  }

  private takeElement(list: unknown[], column: Column): void {
    if (column.peekTag() === Tag.hole) {
      column.nextTag();
      list.length += 1;
    } else {
      list.push(this.take(column));
    }
  }

  private takeFields(id: number): object {
    const { names, prototype, template, isUnique } = this.pool.shape(id);
    const isPlain = prototype === Object.prototype;
    const made: Record<string, unknown> = isPlain ? { ...template } : Object.assign(Object.create(prototype), template);
    const number = this.made.push(made) - 1;
    let columns = this.fields[id];
    if (columns === undefined) {
      columns = names.map(() => Column.read(this.from));
      this.fields[id] = columns;
    }
    for (let at = 0; at < names.length; at += 1) {
      made[present(names[at], "a name")] = this.take(present(columns[at], "a field's column"));
    }
    if (!isUnique) return made;
    const one = this.uniques.one(made);
    this.made[number] = one;
    return one;
  }
}
