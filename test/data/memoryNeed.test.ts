// What is told of memory holds of what is built: an index weighs about what is said of it, and is counted.
import { describe, expect, it } from "vitest";
import { rngStream } from "../../src/base/rng.ts";
import { indexNeed, indexSentence, memoryNeed, memorySentence } from "../../src/data/memoryNeed.ts";
import type { LoadedData } from "../../src/model/protocol/dataset.ts";
import { advanceGraph } from "../../src/model/vector/graphs.ts";
import { newJournal } from "../../src/model/vector/journal.ts";
import { clusteredItems } from "../support/clusters.ts";

function loaded(rows: number, dimension: number): LoadedData {
  return { file: "a.csv", bytes: 1, digest: "0000000000000000", rows, dimension } as const;
}

describe("what vectors take", () => {
  it("is, of an index, about what one weighs", { timeout: 60_000 }, () => {
    const weighed: [rows: number, dimension: number, m: number][] = [
      [600, 128, 16],
      [3_000, 16, 4],
      [1_500, 40, 16],
    ];
    for (const [rows, dimension, m] of weighed) {
      const journal = newJournal(clusteredItems(rows, dimension, rows), rngStream(1, 1));
      const graph = advanceGraph(journal, { m, efConstruction: 2 * m }, Number.POSITIVE_INFINITY);
      const share = (graph?.bytes ?? 0) / (indexNeed(rows, dimension, 1, { m, replicas: "all" }) / 2);
      expect(share, `${rows} of ${dimension}, M ${m}`).toBeGreaterThan(0.7);
      expect(share, `${rows} of ${dimension}, M ${m}`).toBeLessThan(1.4);
    }
  });

  it("is counted with the bytes beside the numbers of a matrix that is large", () => {
    // All else grows with the rows.
    const [small, large] = [memoryNeed(7_000, 128, 3), memoryNeed(14_000, 128, 3)];
    expect(large - 2 * small).toBe(3 * 14_000 * 128);
    expect(memoryNeed(50_000, 384, 3)).toBeGreaterThan(850e6);
    expect(memoryNeed(50_000, 384, 3)).toBeLessThan(950e6);
  });

  it("is counted with its indexes: one per replica that has it, in its thread and the event loop's", () => {
    const all = { m: 16, replicas: "all" } as const;
    const more = memoryNeed(20_000, 128, 3, all) - memoryNeed(20_000, 128, 3);
    expect(more).toBe(indexNeed(20_000, 128, 3, all));
    expect(indexNeed(20_000, 128, 3, { m: 16, replicas: [] })).toBe(0);
    expect(indexNeed(20_000, 128, 3, undefined)).toBe(0);
    expect(indexNeed(20_000, 128, 9, all)).toBe(3 * more);
  });

  it("is said before an index is switched on over many, and of a run that has one", () => {
    const all = { m: 16, replicas: "all" } as const;
    expect(indexSentence(loaded(200, 32), 3, all)).toBe("");
    expect(indexSentence(loaded(100_000, 128), 3, all)).toMatch(/^Over so many vectors the indexes take about \d/);
    expect(memorySentence(loaded(100_000, 128), 3)).toBe("");
    expect(memorySentence(loaded(100_000, 128), 3, all)).toMatch(/^ So many vectors take about \d/);
  });
});
