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

/** Expects the dot products of any number of rows of bytes to be the same, the largest there can be included. */
export function expectSameDots(seed: number, stride: number, count: number): void {
  const rng = rngStream(seed, Stream.workload);
  const room = Math.ceil(count / 4) * 4;
  const [query, codes, dots] = [0, stride / 2, stride / 2 + (room * stride) / 4] as const;
  // The peak of a query is such that no sum leaves 32 bits.
  const peak = Math.min(32_767, Math.floor((2 ** 31 - 1) / (127 * stride)));
  const asked = Int16Array.from({ length: stride }, () => Math.round((nextFraction(rng) * 2 - 1) * peak));
  const rows = Int8Array.from({ length: stride * count }, () => Math.round((nextFraction(rng) * 2 - 1) * 127));
  if (count > 1) rows.subarray(stride).set(asked.subarray(0, stride).map((value) => (value < 0 ? -127 : 127)));
  const [scalar, simd] = [scalarKernel(), simdKernel()].map((kernel) => {
    const buffer = kernel.memory(dots + room).buffer;
    new Int16Array(buffer, query, stride).set(asked);
    new Int8Array(buffer, codes * 4).set(rows);
    kernel.dots(query, codes, stride, count, dots);
    return new Int32Array(buffer.slice(dots * 4, (dots + count) * 4));
  });
  const exact = Array.from({ length: count }, (_, row) =>
    asked.reduce((sum, value, at) => sum + value * (rows[row * stride + at] ?? 0), 0),
  );
  expect([...(scalar ?? [])], `${count} rows of ${stride}`).toEqual(exact);
  expect(simd).toEqual(scalar);
}

/** The same of many shapes. */
export function expectSameDotsOfAnyShape(): void {
  for (const stride of [16, 32, 80, 384, 1_024, 4_096]) {
    for (const count of [1, 2, 3, 4, 5, 8, 39, 100]) expectSameDots(stride + count, stride, count);
  }
}
