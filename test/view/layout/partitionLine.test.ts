import { describe, expect, it } from "vitest";
import { cutAlong } from "../../../src/view/layout/partitionLine.ts";
import { stageLayout } from "../../../src/view/layout/stageLayout.ts";
import { c1, c2, r1, r2, r3, r4, r5 } from "../../support/frames.ts";

const clients = [
  { clientId: c1, home: r1 },
  { clientId: c2, home: r2 },
];
const layout = stageLayout({ width: 1124, height: 696 }, { replicaCount: 5, clients, groups: [] });

describe("a line across the stage", () => {
  it("parts everybody by the side they stand on, the side of r1 first", () => {
    const cut = cutAlong(layout, { x: 0, y: 215 }, { x: 1124, y: 215 });
    expect(cut?.groups).toEqual([
      [r1, c1],
      [r2, r3, r4, r5, c2],
    ]);
    expect(cut?.words).toBe("r1 c1  |  r2 r3 r4 r5 c2");
    expect(cutAlong(layout, { x: 1124, y: 215 }, { x: 0, y: 215 })?.groups).toEqual(cut?.groups);
  });

  it("counts as long as it is drawn on to both edges", () => {
    expect(cutAlong(layout, { x: 500, y: 215 }, { x: 540, y: 215 })?.groups[0]).toEqual([r1, c1]);
  });

  it("names the links that it would cut", () => {
    const cut = cutAlong(layout, { x: 562, y: 0 }, { x: 563, y: 696 });
    expect([...(cut?.crossed ?? [])]).toContain("2-5");
    expect([...(cut?.crossed ?? [])]).toContain("3-4");
    expect([...(cut?.crossed ?? [])]).not.toContain("2-3");
  });

  it("does nothing while all replicas are on one side", () => {
    expect(cutAlong(layout, { x: 0, y: 690 }, { x: 1124, y: 690 })).toBeUndefined();
  });
});
