// Rows in bytes let a search pass over most of them; no answer is another for it.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { nextFraction, type RngState, rngStream, Stream } from "../../../src/base/rng.ts";
import { simdKernels } from "../../../src/host/kernel.ts";
import type { Embedding, Item } from "../../../src/model/protocol/item.ts";
import { codeQuery, RowCoding, SMALLEST_REACH } from "../../../src/model/vector/coding.ts";
import { embeddingOf, unitVector } from "../../../src/model/vector/embedding.ts";
import { type Kernel, scalarKernel } from "../../../src/model/vector/kernel.ts";
import { ItemMatrix } from "../../../src/model/vector/matrix.ts";
import { embeddings, itemWith } from "../../support/vectors.ts";

const kernels = [scalarKernel, present(simdKernels(), "SIMD in this engine")] as const;

const shapes = ["random", "clusters", "duplicates", "equal", "spikes", "ascending"] as const;
type Shape = (typeof shapes)[number];

function noise(rng: RngState, dimension: number, size: number): Float32Array {
  return Float32Array.from({ length: dimension }, () => (nextFraction(rng) - 0.5) * size);
}

function near(rng: RngState, centre: Float32Array, size: number): Float32Array {
  const moved = noise(rng, centre.length, size);
  return centre.map((value, at) => value + (moved[at] ?? 0));
}

function vectorOf(shape: Shape, rng: RngState, centres: readonly Float32Array[], at: number): Float32Array {
  const first = present(centres[0], "a centre");
  const some = present(centres[Math.floor(nextFraction(rng) * centres.length)], "a centre");
  switch (shape) {
    case "random":
      return noise(rng, first.length, 1);
    case "clusters":
      return near(rng, some, 0.01);
    case "duplicates":
      return some;
    case "equal":
      return first;
    case "spikes": {
      const spiked = noise(rng, first.length, 1e-4);
      spiked[Math.floor(nextFraction(rng) * first.length)] = nextFraction(rng) < 0.5 ? 1 : -1;
      return spiked;
    }
    case "ascending":
      return near(rng, first, 1 / (at + 1));
  }
}

/** Unit vectors, `count` of them. */
function vectors(shape: Shape, seed: number, dimension: number, count: number): readonly Embedding[] {
  const rng = rngStream(seed, Stream.workload);
  const centres = Array.from({ length: 40 }, () => noise(rng, dimension, 1));
  return Array.from({ length: count }, (_, at) => {
    const made = vectorOf(shape, rng, centres, at);
    return embeddingOf(unitVector(made.some((value) => value !== 0) ? made : made.fill(1)));
  });
}

/** What a search leaves: the bits of every score, in order. */
function answer(matrix: ItemMatrix, query: Embedding, k: number): readonly (readonly [string, number])[] {
  return matrix.nearest(query, k).map(({ item, score }) => [item.id, score] as const);
}

/** A matrix that computes every score, and two that do not. */
class Alike {
  readonly #plain: ItemMatrix;
  readonly #coarse: readonly ItemMatrix[];
  readonly #held = new Map<string, Item>();
  /** Searches that passed over rows. */
  short = 0;

  constructor(items: readonly Item[]) {
    this.#plain = new ItemMatrix(scalarKernel(), items, Number.POSITIVE_INFINITY);
    this.#coarse = kernels.map((make) => new ItemMatrix(make(), items, 0));
    for (const item of items) this.#held.set(item.id, item);
  }

  get(id: string): Item | undefined {
    return this.#held.get(id);
  }

  /** `item` is what stands under `id`, or nothing. */
  set(id: string, item: Item | undefined): void {
    if (item === undefined) this.#held.delete(id);
    else this.#held.set(id, item);
    for (const matrix of [this.#plain, ...this.#coarse]) {
      if (item === undefined) matrix.delete(id);
      else expect(matrix.put(item)).toBe(true);
    }
  }

  expectAlike(query: Embedding, k: number, why: string): void {
    const plain = answer(this.#plain, query, k);
    expect(plain).toHaveLength(Math.min(k, this.#held.size));
    for (const matrix of this.#coarse) {
      expect(answer(matrix, query, k), why).toEqual(plain);
      if (matrix.scored < this.#held.size) this.short += 1;
    }
  }
}

describe("a search that passes over rows", () => {
  it("answers what one does that computes every score, to the bit, of any data", { timeout: 120_000 }, () => {
    const short = new Map<Shape, number>();
    const dimension = fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constant(384));
    const k = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(
        fc.constantFrom(...shapes),
        fc.nat(1_000),
        dimension,
        fc.integer({ min: 0, max: 700 }),
        k,
        (...of) => {
          const [shape, seed, numbers, count, asked] = of;
          const [query, other, ...rest] = vectors(shape, seed, numbers, count + 2);
          const alike = new Alike(rest.map((embedding, at) => itemWith(`i${(at * 7) % 1_009}`, embedding)));
          const [stranger] = embeddings(seed, numbers, 1);
          for (const one of [query, other, stranger]) alike.expectAlike(present(one, "a query"), asked, shape);
          short.set(shape, (short.get(shape) ?? 0) + alike.short);
        },
      ),
      { numRuns: 150 },
    );
    // Of rows that are all equal none can be passed over; of all others some were.
    for (const shape of shapes) {
      if (shape === "equal") expect(short.get(shape)).toBe(0);
      else expect(short.get(shape), shape).toBeGreaterThan(0);
    }
  });

  it("follows inserts, updates, deletes and undo, while its memory grows", { timeout: 120_000 }, () => {
    const place = fc.integer({ min: 0, max: 400 });
    const change = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant("put" as const), place, vector: fc.nat(499) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("delete" as const), place }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("undo" as const, "search" as const), place }) },
    );
    let short = 0;
    fc.assert(
      fc.property(
        fc.constantFrom<Shape>("random", "clusters", "spikes"),
        fc.array(change, { minLength: 200, maxLength: 900, size: "max" }),
        fc.integer({ min: 1, max: 12 }),
        (shape, changes, k) => {
          const [query, ...pool] = vectors(shape, changes.length, 33, 501);
          const asked = present(query, "a query");
          const alike = new Alike(pool.slice(0, 30).map((embedding, at) => itemWith(`i${at}`, embedding)));
          const before: (readonly [string, Item | undefined])[] = [];
          const set = (id: string, item: Item | undefined): void => {
            before.push([id, alike.get(id)]);
            alike.set(id, item);
          };
          for (const [at, one] of changes.entries()) {
            if (one.kind === "put") set(`i${one.place}`, itemWith(`i${one.place}`, present(pool[one.vector], "one")));
            if (one.kind === "delete") set(`i${one.place}`, undefined);
            const last = one.kind === "undo" ? before.pop() : undefined;
            if (last !== undefined) alike.set(...last);
            if (one.kind === "search" || at % 100 === 0) alike.expectAlike(asked, k, shape);
          }
          alike.expectAlike(asked, k, shape);
          short += alike.short;
        },
      ),
      { numRuns: 25 },
    );
    expect(short).toBeGreaterThan(0);
  });

  it("orders equal scores by id, and computes every score where nothing can be passed over", () => {
    const [same] = embeddings(1, 64, 1);
    const embedding = present(same, "a vector");
    const items = Array.from({ length: 500 }, (_, at) => itemWith(`i${(at * 7) % 500}`, embedding));
    const matrix = new ItemMatrix(scalarKernel(), items, 0);
    for (let turn = 0; turn < 2; turn += 1) {
      const found = matrix.nearest(embedding, 3).map(({ item }) => item.id);
      expect(found).toEqual(["i0", "i1", "i10"]);
      expect(matrix.scored).toBe(500);
    }
  });

  it("survives queries of which nothing can be said, and rows beyond all measure", () => {
    const items = embeddings(3, 20, 100).map((embedding, at) => itemWith(`i${at}`, embedding));
    const alike = new Alike([...items, itemWith("huge", embeddingOf(new Float32Array(20).fill(2 ** 62)))]);
    alike.set("none", itemWith("none", embeddingOf(new Float32Array(20))));
    alike.set("tiny", itemWith("tiny", embeddingOf(new Float32Array(20).fill(1e-45))));
    for (const value of [0, 1e-45, 1, 2 ** 62]) {
      alike.expectAlike(embeddingOf(new Float32Array(20).fill(value)), 3, `${value}`);
    }
  });

  it("happens from a million numbers on, in long rows, and codes a million in each search", { timeout: 60_000 }, () => {
    const scored = (rows: number, dimension: number): readonly number[] => {
      const [query, ...rest] = embeddings(dimension, dimension, rows + 1);
      const items = rest.map((embedding, at) => itemWith(`i${at}`, embedding));
      const matrix = new ItemMatrix(present(kernels[1], "a kernel")(), items);
      return [1, 2, 3].map(() => {
        expect(matrix.nearest(present(query, "a query"), 10)).toHaveLength(10);
        return matrix.scored;
      });
    };
    const [first, second, third = Number.NaN] = scored(16_000, 128);
    expect([first, second]).toEqual([16_000, 16_000]);
    expect(third).toBeLessThan(80);
    expect(scored(7_000, 128)).toEqual([7_000, 7_000, 7_000]);
    expect(scored(30_000, 40)).toEqual([30_000, 30_000, 30_000]);
  });
});

/** The score of two rows as a kernel computes it. */
function scoreBy(kernel: Kernel, query: Float32Array, row: Float32Array): number {
  const numbers = kernel.memory(2 * query.length + 1);
  numbers.set(query);
  numbers.set(row, query.length);
  kernel.score(0, query.length, query.length, 1, 2 * query.length);
  return numbers[2 * query.length] ?? Number.NaN;
}

/** A row's codes, and for any query how far the score is from what they say, as a part of how far it may be. */
class Coded {
  readonly #row: Float32Array;
  readonly #codes: Int8Array;
  readonly #coding: RowCoding;

  constructor(row: Float32Array) {
    this.#row = row;
    this.#codes = new Int8Array(row.length);
    this.#coding = new RowCoding(row.length);
    this.#coding.reserve(1);
    this.#coding.code(0, row, 0, this.#codes, 0);
  }

  /** What coding took away. */
  get rest(): Float32Array {
    const scale = this.#coding.scales[0] ?? Number.NaN;
    return this.#row.map((value, at) => value - scale * (this.#codes[at] ?? Number.NaN));
  }

  part(query: Float32Array): number {
    const codes = new Int16Array(query.length);
    const coded = present(codeQuery(query, codes), "a query's codes");
    let dot = 0;
    for (const [at, code] of codes.entries()) dot += code * (this.#codes[at] ?? 0);
    expect(Math.abs(dot)).toBeLessThan(2 ** 31);
    const estimate = dot * (this.#coding.scales[0] ?? Number.NaN) * coded.scale;
    const reach = (this.#coding.errors[0] ?? Number.NaN) * coded.norm + SMALLEST_REACH;
    return Math.abs(scoreBy(scalarKernel(), query, this.#row) - estimate) / reach;
  }
}

describe("how far a score can be from what bytes say", () => {
  const lengths = [16, 64, 384, 1_024, 4_096];

  it("is never less than it is, whatever the numbers", () => {
    for (const length of lengths) {
      for (const shape of shapes) {
        const [row, ...queries] = vectors(shape, length, length, 20).map(({ values }) => values);
        const coded = new Coded(present(row, "a row"));
        for (const query of [...queries, new Float32Array(length).fill(1), coded.rest]) {
          expect(coded.part(query), `${shape} of ${length}`).toBeLessThanOrEqual(1);
        }
      }
      for (const value of [1, -1, 1e-45, 1e-38, 3e-20, 2 ** 40]) {
        const coded = new Coded(new Float32Array(length).fill(value));
        for (const asked of [1, -1e-45, 2 ** -60, 2 ** 40]) {
          expect(coded.part(new Float32Array(length).fill(asked))).toBeLessThanOrEqual(1);
        }
      }
      // Their length is 1.41 of the smallest number there is: a bound rounded to the nearest would be too low.
      const two = (value: number) => new Float32Array(length).fill(value, 0, 2);
      expect(new Coded(two(1e-45)).part(two(2 ** 59))).toBeLessThanOrEqual(1);
    }
  });

  it("could not be half as much: the query that points where the rounding went comes near it", () => {
    for (const length of lengths) {
      for (const { values } of vectors("random", 7, length, 20)) {
        const coded = new Coded(values);
        const part = coded.part(unitVector(coded.rest));
        expect(part).toBeLessThanOrEqual(1);
        // At the largest length a query has fewer steps, which the bound counts at their worst.
        expect(part).toBeGreaterThan(length > 1_024 ? 0.3 : 0.5);
      }
    }
  });
});
