// The same bits in a browser's engine as in plain script, and so as in Node.
import { it } from "vitest";
import { expectSameBits, expectSameBitsOfManyRows, expectSameDotsOfAnyShape } from "./kernelBits.ts";

it("the kernel with SIMD gives the bits of the kernel in plain script, in every dimension to 70 and beyond", () => {
  for (let dimension = 1; dimension <= 70; dimension += 1) expectSameBits(dimension, dimension, 40);
  expectSameBits(1, 384, 500);
  expectSameBits(2, 1_024, 200);
  expectSameBitsOfManyRows(1);
});

it("the kernel with SIMD gives the same dot products of bytes as plain script", () => {
  expectSameDotsOfAnyShape();
});
