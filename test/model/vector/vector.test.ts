import { describe, expect, it } from "vitest";
import { EmbeddingTable, embeddingOf, unitVector, vectorProblem } from "../../../src/model/vector/embedding.ts";
import { cosine } from "../../support/cosine.ts";

describe("checking a vector", () => {
  it.each([
    { values: [1, Number.NaN], message: "Number 2 of the vector is not a number (NaN)." },
    { values: [Number.POSITIVE_INFINITY, 1], message: "Number 1 of the vector is infinite." },
    { values: [1, Number.NEGATIVE_INFINITY], message: "Number 2 of the vector is infinite." },
    { values: [0, 0], message: "The vector has length zero, so it has no direction to compare." },
    { values: [1, 2, 3], message: "The vector has 3 numbers; this data set needs 2." },
    { values: [], message: "The vector has 0 numbers; this data set needs 2." },
  ])("$values: $message", ({ values, message }) => {
    expect(vectorProblem(Float32Array.from(values), 2)).toBe(message);
  });

  it("accepts everything else, the smallest and the largest numbers included", () => {
    for (const values of [
      [1, 0],
      [-3, 4],
      [1e-45, 0],
      [3.4e38, 3.4e38],
    ]) {
      const vector = Float32Array.from(values);
      expect(vectorProblem(vector, 2)).toBeUndefined();
      const unit = unitVector(vector);
      expect(cosine(unit, unit)).toBeCloseTo(1, 6);
    }
  });
});

describe("embeddings", () => {
  it("have a digest of their bits, and are kept once", () => {
    const table = new EmbeddingTable();
    const one = table.intern(Float32Array.of(1, 2));
    expect(table.intern(Float32Array.of(1, 2))).toBe(one);
    expect(table.intern(Float32Array.of(1, 2.0000002))).not.toBe(one);
    expect(embeddingOf(Float32Array.of(0, 1)).digestLow).not.toBe(embeddingOf(Float32Array.of(-0, 1)).digestLow);
  });

  it("of a view into a larger buffer are of the view alone", () => {
    const buffer = Float32Array.of(9, 1, 2, 9);
    const { digestLow, digestHigh } = embeddingOf(buffer.subarray(1, 3));
    expect(embeddingOf(Float32Array.of(1, 2))).toMatchObject({ digestLow, digestHigh });
  });
});
