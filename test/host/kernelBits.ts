/** The kernel with SIMD against the one in plain script, in whatever engine this runs. */
import { expect } from "vitest";
import { present } from "../../src/base/assert.ts";
import { nextFraction, rngStream, Stream } from "../../src/base/rng.ts";
import { simdKernels } from "../../src/host/kernel.ts";
import { scalarKernel } from "../../src/model/vector/kernel.ts";
import { ItemMatrix } from "../../src/model/vector/matrix.ts";
import { embeddings, itemWith } from "../support/vectors.ts";

/** Makes kernels with SIMD. */
export const simdKernel = present(simdKernels(), "SIMD in this engine");

/** Expects the bits of all scores of `size` rows of `dimension` to be the same. */
export function expectSameBits(seed: number, dimension: number, size: number): void {
  const [query, ...rest] = embeddings(seed, dimension, size + 1);
  const items = rest.map((embedding, at) => itemWith(`i${at}`, embedding));
  const [scalar, simd] = [scalarKernel(), simdKernel()].map((kernel) =>
    Float32Array.from(
      new ItemMatrix(kernel, items)
        .nearest(present(query, "a query"), size)
        .sort((a, b) => (a.item.id < b.item.id ? -1 : 1))
        .map(({ score }) => score),
    ),
  );
  expect(simd?.length, `${size} rows of dimension ${dimension}`).toBe(size);
  expect(simd && new Int32Array(simd.buffer)).toEqual(scalar && new Int32Array(scalar.buffer));
}

/** The same of more rows than the caches near a processor hold, which the kernel reads in four places at once. */
export function expectSameBitsOfManyRows(seed: number): void {
  const [stride, count] = [1_024, 4_099];
  const rng = rngStream(seed, Stream.workload);
  const numbers = Float32Array.from({ length: stride * (count + 1) }, () => nextFraction(rng) - 0.5);
  const [scalar, simd] = [scalarKernel(), simdKernel()].map((kernel) => {
    const memory = kernel.memory(numbers.length + count);
    memory.set(numbers);
    kernel.score(0, stride, stride, count, numbers.length);
    return new Int32Array(memory.slice(numbers.length, numbers.length + count).buffer);
  });
  expect(new Set(scalar).size).toBeGreaterThan(count / 2);
  expect(simd).toEqual(scalar);
}
