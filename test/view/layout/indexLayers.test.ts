import { describe, expect, it } from "vitest";
import { replicaId } from "../../../src/base/ids.ts";
import type { SearchPath } from "../../../src/model/protocol/searchIndex.ts";
import { layersPicture } from "../../../src/view/layout/indexLayers.ts";

const step = (layer: number, id: string, score: number, isDead = false) => ({ layer, id, score, isDead });

const path: SearchPath = {
  replicaId: replicaId(1),
  ef: 8,
  layers: [100, 9, 1],
  steps: [
    step(2, "a", 0),
    step(1, "a", 0),
    step(1, "b", 0.5),
    step(0, "b", 0.5),
    step(0, "c", 0.7, true),
    step(0, "d", 1),
  ],
  looked: 30,
  found: ["d"],
};

describe("the picture of a search's way", () => {
  const picture = layersPicture(path, 300);

  it("has a band for each layer, the highest on top, none over another", () => {
    expect(picture.bands.map(({ layer, nodes }) => [layer, nodes])).toEqual([
      [2, 1],
      [1, 9],
      [0, 100],
    ]);
    for (const [at, { top, height }] of picture.bands.entries()) {
      const next = picture.bands[at + 1];
      expect(top + height).toBe(next === undefined ? picture.height : next.top);
    }
  });

  it("puts every node into its band, further to the right the nearer it is, and never outside", () => {
    for (const mark of picture.marks) {
      const band = picture.bands.find(({ layer }) => layer === mark.layer);
      if (band === undefined) throw new Error("each mark is in a band");
      expect(mark.y).toBeGreaterThan(band.top);
      expect(mark.y).toBeLessThan(band.top + band.height);
      expect(mark.x).toBeGreaterThanOrEqual(10);
      expect(mark.x).toBeLessThanOrEqual(290);
    }
    const byScore = picture.marks.toSorted((a, b) => a.score - b.score).map(({ x }) => x);
    expect(byScore).toEqual(byScore.toSorted((a, b) => a - b));
  });

  it("tells entry, answers and stepping stones apart by kind", () => {
    expect(picture.marks.map(({ kind }) => kind)).toEqual(["entry", "visited", "visited", "visited", "dead", "answer"]);
  });

  it("draws the way down to where the lowest layer begins", () => {
    expect(picture.descent.match(/[ML]/g)).toEqual(["M", "L", "L", "L"]);
    expect(layersPicture({ ...path, steps: path.steps.slice(3) }, 300).descent).toBe("");
  });

  it("has room for a way of one step", () => {
    const one = layersPicture({ ...path, layers: [1], steps: [step(0, "a", 0.3)] }, 300);
    expect(one.marks).toHaveLength(1);
    expect(one.height).toBeGreaterThan(0);
    expect(Number.isFinite(one.marks[0]?.x)).toBe(true);
  });
});
