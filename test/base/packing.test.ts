// What is packed comes back as it was, to the last bit and with the same objects in the same places; and a copy whose
// sequences went on from those of the one before takes hardly any bytes of its own.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteReader, ByteWriter } from "../../src/base/byteStream.ts";
import { Column, LARGEST_INTEGER } from "../../src/base/columns.ts";
import { PackedGraph } from "../../src/base/packedGraph.ts";
import { PackPool } from "../../src/base/packPool.ts";

interface Step {
  readonly index: number;
  readonly what: { readonly name: string } | undefined;
}

const isStep = (value: object): value is Step => "index" in value;

function newPool(): PackPool {
  return new PackPool({
    isKept: (value) => "kept" in value,
    keyOf: (value) => ("kept" in value ? `${value.kept}` : undefined),
    isUnique: isStep,
  });
}

function packed<Root extends object>(root: Root, pool = newPool()): PackedGraph<Root> {
  return new PackedGraph(root, isStep, pool);
}

function steps(from: number, to: number): Step[] {
  return Array.from({ length: to - from }, (_, at) => {
    const index = from + at;
    return { index, what: index % 3 === 0 ? undefined : { name: `n${(index * 7) % 11}` } };
  });
}

describe("integers in a column", () => {
  it("come back, whatever they are", () => {
    // Minus nothing is no integer here: it is written as a float.
    const integer = fc
      .oneof(
        fc.integer({ min: -LARGEST_INTEGER, max: LARGEST_INTEGER }),
        fc.integer({ min: -3, max: 3 }),
        fc.constantFrom(LARGEST_INTEGER, -LARGEST_INTEGER),
      )
      .map((value) => value + 0);
    const list = fc.oneof(
      fc.array(integer, { maxLength: 300 }),
      fc
        .tuple(integer, fc.nat(400))
        .map(([first, length]) => Array.from({ length }, (_, at) => ((first + at) % 2 ** 49) + 0)),
    );
    fc.assert(
      fc.property(list, (values) => {
        const out = new ByteWriter();
        new Column([], values).write(out);
        expect(Column.read(new ByteReader(out.finish())).integers).toEqual(values);
      }),
    );
  });

  it("that go up evenly take a few bytes, however many they are", () => {
    const bytes = (values: number[]) => {
      const out = new ByteWriter();
      new Column([], values).write(out);
      return out.finish().length;
    };
    const evenly = Array.from({ length: 5_000 }, (_, at) => 12_345 + at);
    expect(bytes(evenly) - bytes([])).toBeLessThan(11);
  });
});

describe("a packed copy", () => {
  it("holds any plain data", () => {
    const data = fc.object({
      maxDepth: 4,
      withMap: true,
      withSet: true,
      values: [fc.integer(), fc.double(), fc.string(), fc.boolean(), fc.constant(undefined), fc.constant(null)],
    });
    fc.assert(
      fc.property(data, (root) => {
        expect(packed({ root }).unpack()).toEqual({ root });
      }),
    );
  });

  it("tells objects apart whose names read alike when they are joined", () => {
    const root = [{}, { "": {} }, { a: 1, b: 2 }, { "a,b": 3 }];
    expect(packed({ root }).unpack()).toEqual({ root });
  });

  it("holds bytes, functions, numbers that are no integers, and what is reached twice or from within itself", () => {
    class Thing {
      readonly values = [0.1, -0, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -(2 ** 51)];
      readonly bytes = Uint8Array.of(1, 255, 0);
      readonly ask = (): number => 1;
      self: Thing | undefined;
      values2 = this.values;
    }
    const thing = new Thing();
    thing.self = thing;
    const copy = packed({ thing }).unpack().thing;
    expect(copy).toBeInstanceOf(Thing);
    expect(copy.self).toBe(copy);
    expect(copy.values2).toBe(copy.values);
    expect(copy.ask).toBe(thing.ask);
    expect(copy).not.toBe(thing);
    expect(copy.bytes).toEqual(thing.bytes);
    expect(copy.values.every((value, at) => Object.is(value, thing.values[at]))).toBe(true);
  });

  it("is another one each time, and no longer hangs on what it was taken of", () => {
    const root = { log: steps(0, 500), counts: new Map([["a", { n: 1 }]]) };
    const graph = packed(root);
    const before = structuredClone(root);
    root.log.length = 3;
    root.counts.set("a", { n: 2 });
    const first = graph.unpack();
    first.log.pop();
    first.counts.clear();
    expect(graph.unpack()).toEqual(before);
  });

  it("keeps what is one object one object, in sequences that begin and end elsewhere too", () => {
    const log = steps(0, 3_000);
    const root = {
      log,
      behind: log.slice(0, 2_100),
      folded: log.slice(777),
      byIndex: new Map(log.map((s) => [s.index, s])),
    };
    const { log: all, behind, folded, byIndex } = packed(root).unpack();
    expect(behind.every((step, at) => step === all[at])).toBe(true);
    expect(folded.every((step, at) => step === all[at + 777])).toBe(true);
    expect(all.every((step) => byIndex.get(step.index) === step)).toBe(true);
  });

  it("keeps the holes of a list, long or short", () => {
    const short: unknown[] = [];
    short[2] = 1;
    const long: unknown[] = steps(0, 300);
    long[400] = undefined;
    long[500] = steps(0, 1)[0];
    const filled = long.map((step) => step);
    for (let at = 300; at < 500; at += 1) filled[at] = undefined;
    const unpacked = packed({ short, long, filled, again: long.slice(1) }).unpack();
    expect(unpacked).toStrictEqual({ short, long, filled, again: long.slice(1) });
    expect(Object.keys(unpacked.long)).toEqual(Object.keys(long));
    expect(Object.keys(unpacked.filled)).toHaveLength(501);
  });

  it("keeps of values that are kept as they are each content once, however often they are made", () => {
    const pool = newPool();
    const made = () => ({ kept: "once", by: { whom: [1, 2] } });
    const [first, second] = [made(), made()];
    const ask = (): number => 1;
    const before = packed({ first, ask }, pool).unpack();
    const other = { kept: "once", by: { whom: [1, 3] } };
    const later = packed({ second, other, ask }, pool).unpack();
    expect(later).toEqual({ second, other, ask });
    expect(later.second).toBe(before.first);
    expect(later.ask).toBe(ask);
  });

  it("comes to the same in portions as at once", () => {
    const root = { log: steps(0, 4_000), others: steps(100, 4_100) };
    const graph = packed(root);
    let portions = 0;
    while (!graph.pack(300)) portions += 1;
    expect(portions).toBeGreaterThan(5);
    expect(graph.unpack()).toEqual(root);
  });

  it("has most of its stretches in common with a copy of before and with a log of the same content", () => {
    const pool = newPool();
    const log = steps(0, 6_000);
    const first = packed({ log }, pool);
    const second = packed({ log: [...log.slice(2_500), ...steps(6_000, 6_300)] }, pool);
    const elsewhere = packed({ log: steps(1_234, 6_000) }, pool);
    for (const graph of [first, second, elsewhere]) graph.pack(Number.POSITIVE_INFINITY);
    const known = new Set(first.stretches());
    const own = (graph: PackedGraph<object>) => [...graph.stretches()].filter((stretch) => !known.has(stretch));
    expect(known.size).toBeGreaterThan(8);
    expect(own(second).length).toBeLessThanOrEqual(4);
    expect(own(elsewhere).length).toBeLessThanOrEqual(3);
  });
});
