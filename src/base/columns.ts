/**
 * Columns of values of one kind, as bytes. What stands below each other in a state is alike: the indexes of a log go up
 * by one, its terms hardly ever change, the same few texts come again. So a column is its differences, and the shortest
 * of a few ways to write them.
 */
import { present } from "./assert.ts";
import { type ByteReader, type ByteWriter, varintLength } from "./byteStream.ts";

/** Integers in a column lie within plus and minus this: the difference of two of them is still exact. */
export const LARGEST_INTEGER = 0x4_0000_0000_0000;

/** How a list of integers is written. */
const Way = { values: 0, differences: 1, runs: 2, dictionary: 3 } as const;

/** Differences that a dictionary can hold: the number of one fits into a byte. */
const DICTIONARY = 128;

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

/** The largest number with which an engine counts in its own integers. */
const SMALL = 0x3fff_ffff;

function unzigzag(value: number): number {
  if (value <= SMALL) return (value >>> 1) ^ -(value & 1);
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** What the list takes in each of the ways, and what is needed to write it so. */
function survey(values: readonly number[]) {
  const lengths = [0, 0, 0, 0];
  const numbers = new Map<number, number>();
  let before = 0;
  let last = Number.NaN;
  let run = 0;
  const endRun = () => {
    if (run > 0) lengths[Way.runs] = (lengths[Way.runs] ?? 0) + varintLength(zigzag(last)) + varintLength(run);
  };
  for (const value of values) {
    const difference = value - before;
    before = value;
    lengths[Way.values] = (lengths[Way.values] ?? 0) + varintLength(zigzag(value));
    lengths[Way.differences] = (lengths[Way.differences] ?? 0) + varintLength(zigzag(difference));
    if (numbers.size <= DICTIONARY && !numbers.has(difference)) numbers.set(difference, numbers.size);
    if (difference !== last) {
      endRun();
      last = difference;
      run = 0;
    }
    run += 1;
  }
  endRun();
  let dictionary = values.length;
  for (const difference of numbers.keys()) dictionary += varintLength(zigzag(difference));
  lengths[Way.dictionary] = numbers.size > DICTIONARY ? Number.POSITIVE_INFINITY : dictionary;
  return { way: lengths.indexOf(Math.min(...lengths)), numbers };
}

/** Writes integers of at most {@link LARGEST_INTEGER} either way. */
function writeIntegers(out: ByteWriter, values: readonly number[]): void {
  out.varint(values.length);
  if (values.length === 0) return;
  const { way, numbers } = survey(values);
  out.byte(way);
  if (way === Way.values) {
    for (const value of values) out.varint(zigzag(value));
    return;
  }
  const differences = values.map((value, at) => value - (values[at - 1] ?? 0));
  if (way === Way.differences) {
    for (const difference of differences) out.varint(zigzag(difference));
  } else if (way === Way.runs) {
    writeRuns(out, differences);
  } else {
    out.varint(numbers.size);
    for (const difference of numbers.keys()) out.varint(zigzag(difference));
    for (const difference of differences) out.byte(present(numbers.get(difference), "a difference's number"));
  }
}

function writeRuns(out: ByteWriter, differences: readonly number[]): void {
  for (let at = 0; at < differences.length; ) {
    const difference = present(differences[at], "a difference");
    let end = at + 1;
    while (differences[end] === difference) end += 1;
    out.varint(zigzag(difference));
    out.varint(end - at);
    at = end;
  }
}

/** Reads what {@link writeIntegers} wrote. */
function readIntegers(from: ByteReader): number[] {
  const length = from.varint();
  const values: number[] = [];
  if (length === 0) return values;
  const way = from.byte();
  if (way === Way.runs) readRuns(from, length, values);
  else if (way === Way.dictionary) readDictionary(from, length, values);
  else while (values.length < length) values.push(unzigzag(from.varint()));
  if (way === Way.values) return values;
  let value = 0;
  // By index, since this is most of what reading a copy takes.
  for (let at = 0; at < length; at += 1) {
    value += values[at] ?? 0;
    values[at] = value;
  }
  return values;
}

function readRuns(from: ByteReader, length: number, differences: number[]): void {
  while (differences.length < length) {
    const difference = unzigzag(from.varint());
    for (let left = from.varint(); left > 0; left -= 1) differences.push(difference);
  }
}

function readDictionary(from: ByteReader, length: number, differences: number[]): void {
  const dictionary = Array.from({ length: from.varint() }, () => unzigzag(from.varint()));
  while (differences.length < length) differences.push(present(dictionary[from.byte()], "a difference"));
}

/** A column while it is written or read: what each value is, and its numbers. */
export class Column {
  readonly tags: number[];
  readonly integers: number[];
  readonly floats: number[];
  private tagsRead = 0;
  private integersRead = 0;
  private floatsRead = 0;
  /** The columns of what lies inside collections in this one: elements, or keys and values. */
  readonly inner: Column[] = [];

  constructor(tags: number[] = [], integers: number[] = [], floats: number[] = []) {
    this.tags = tags;
    this.integers = integers;
    this.floats = floats;
  }

  nextTag(): number {
    this.tagsRead += 1;
    return present(this.tags[this.tagsRead - 1], "a tag");
  }

  peekTag(): number | undefined {
    return this.tags[this.tagsRead];
  }

  nextInteger(): number {
    this.integersRead += 1;
    return present(this.integers[this.integersRead - 1], "an integer");
  }

  nextFloat(): number {
    this.floatsRead += 1;
    return present(this.floats[this.floatsRead - 1], "a float");
  }

  write(out: ByteWriter): void {
    writeIntegers(out, this.tags);
    writeIntegers(out, this.integers);
    out.varint(this.floats.length);
    for (const value of this.floats) out.float(value);
  }

  static read(from: ByteReader): Column {
    const tags = readIntegers(from);
    const integers = readIntegers(from);
    return new Column(
      tags,
      integers,
      Array.from({ length: from.varint() }, () => from.float()),
    );
  }
}
