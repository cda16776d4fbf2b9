// The kernel with SIMD: the same bits as the one in plain script, and so the same histories.
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { present } from "../../src/base/assert.ts";
import { installFastestKernel } from "../../src/host/kernel.ts";
import { KERNEL_CODE } from "../../src/host/kernelCode.ts";
import type { Embedding, Item } from "../../src/model/protocol/item.ts";
import { installKernels, newKernel, scalarKernel } from "../../src/model/vector/kernel.ts";
import { ItemMatrix } from "../../src/model/vector/matrix.ts";
import { assembledKernel } from "../support/assemble.ts";
import { embeddings, itemWith } from "../support/vectors.ts";
import { hashesInOneThread, histories } from "./histories.ts";
import { expectSameBits, expectSameBitsOfManyRows, expectSameDotsOfAnyShape, simdKernel } from "./kernelBits.ts";

const pool = embeddings(9, 33, 40);
const first = itemWith("first", present(pool[0], "a vector of the pool"));

afterEach(() => installKernels(scalarKernel));

/** The bits of every score, from both kernels in turn, over matrices that have the same past. */
class Pair {
  readonly #matrices = [scalarKernel(), simdKernel()].map((kernel) => new ItemMatrix(kernel, [first]));

  put(item: Item): void {
    for (const matrix of this.#matrices) expect(matrix.put(item)).toBe(true);
  }

  delete(id: string): void {
    for (const matrix of this.#matrices) matrix.delete(id);
  }

  /** Searches both, and finds them to agree. */
  expectAgreed(query: Embedding, k: number): void {
    const [scalar, simd] = this.#matrices.map((matrix) =>
      matrix.nearest(query, k).map(({ item, score }) => ({ id: item.id, score })),
    );
    expect(simd).toEqual(scalar);
  }
}

describe("the kernel with SIMD", () => {
  it("is what its text says", async () => {
    expect(KERNEL_CODE).toBe(await assembledKernel());
  });

  it("gives the bits of the kernel in plain script in every dimension to 70", () => {
    for (let dimension = 1; dimension <= 70; dimension += 1) expectSameBits(dimension, dimension, 40);
  });

  it("gives them at any size, of any dimension", { timeout: 60_000 }, () => {
    const size = fc.integer({ min: 1, max: 5_000 });
    const dimension = fc.integer({ min: 1, max: 1_024 });
    const seed = fc.nat(1_000);
    fc.assert(
      fc.property(seed, dimension, size, (from, numbers, rows) => {
        // Large in one way at a time: it is the shape that could go wrong, not the amount.
        expectSameBits(from, numbers, Math.min(rows, Math.floor(200_000 / numbers) + 1));
      }),
      { numRuns: 40 },
    );
    expectSameBits(1, 1_024, 1_000);
    expectSameBits(2, 7, 5_000);
  });

  it("gives them of more rows than a cache holds", () => {
    for (const seed of [1, 2, 3]) expectSameBitsOfManyRows(seed);
  });

  it("gives the same dot products of bytes, exactly", () => {
    expectSameDotsOfAnyShape();
  });

  it("agrees after any inserts, updates and deletes, while its memory grows", () => {
    const vector = fc.nat(pool.length - 1).map((at) => present(pool[at], "a vector of the pool"));
    const change = fc.record({ id: fc.integer({ min: 0, max: 600 }), vector, put: fc.boolean() });
    const changes = fc.array(change, { maxLength: 800, size: "max" });
    fc.assert(
      fc.property(changes, vector, (all, query) => {
        const pair = new Pair();
        for (const [at, { id, vector: embedding, put }] of all.entries()) {
          if (put) pair.put(itemWith(`i${id}`, embedding));
          else pair.delete(`i${id}`);
          if (at % 50 === 0) pair.expectAgreed(query, 10);
        }
        pair.expectAgreed(query, 1_000);
      }),
      { numRuns: 20 },
    );
  });

  it("has the smallest and the largest numbers in common", () => {
    const odd = [1e-45, -1e-45, 1.2e-38, 1, -1, 0, -0, 0.33333334, 3e-23, -7e-20];
    const values = Float32Array.from({ length: 64 }, (_, at) => odd[(at * 7) % odd.length] ?? 0);
    const [scalar, simd] = [scalarKernel(), simdKernel()].map((kernel) => {
      const numbers = kernel.memory(64 * 5 + 4);
      for (let row = 0; row < 5; row += 1) {
        for (let at = 0; at < 64; at += 1) numbers[row * 64 + at] = values[(at * (row + 1)) % 64] ?? 0;
      }
      kernel.score(0, 64, 64, 4, 64 * 5);
      return new Int32Array(numbers.buffer.slice(64 * 5 * 4, (64 * 5 + 4) * 4));
    });
    expect(simd).toEqual(scalar);
  });
});

describe("a run", () => {
  it.each(histories)("has the same history with either kernel: $name", { timeout: 60_000 }, (history) => {
    const plain = hashesInOneThread(history, "event");
    installFastestKernel();
    expect(newKernel().constructor).toBe(simdKernel().constructor);
    expect(hashesInOneThread(history, "event")).toEqual(plain);
  });
});
