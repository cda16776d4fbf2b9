import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EmbeddingTable, embeddingOf, unitVector, vectorProblem } from "../../../src/model/vector/embedding.ts";
import { cosine, nearest } from "../../../src/model/vector/nearest.ts";
import { anItem } from "../../support/replica.ts";

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

describe("the nearest neighbours", () => {
  it("equal brute force, ties by id and never by place", () => {
    const angle = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(fc.array(angle, { maxLength: 20 }), angle, fc.integer({ min: 1, max: 25 }), (angles, asked, k) => {
        const at = (steps: number) => [Math.cos(steps), Math.sin(steps)] as const;
        const items = angles.map((steps, number) => anItem(`i${(number * 7) % 20}-${number}`, 1, 1, ...at(steps)));
        const query = anItem("query", 1, 1, ...at(asked)).embedding;
        const brute = items
          .map(({ id, embedding, version }) => ({ id, score: cosine(query.values, embedding.values), version }))
          .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
          .slice(0, k);
        expect(nearest(items, query, k)).toEqual(brute);
        expect(nearest(items.slice().reverse(), query, k)).toEqual(brute);
      }),
    );
  });
});
