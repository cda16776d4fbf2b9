// Regions on the stage: areas around their own replicas and nobody else's, apart from each other, each with a name that
// covers no text and no glyph; members stand together whatever their ids.
import { describe, expect, it } from "vitest";
import { clientIds, type ReplicaId, replicaId, replicaIds } from "../../../src/base/ids.ts";
import type { Region } from "../../../src/model/protocol/config.ts";
import {
  contains,
  distanceToBox,
  encloses,
  inflated,
  segmentsCross,
  segmentsOf,
  sharedArea,
} from "../../../src/view/layout/geometry.ts";
import { hullOf, isWithin, ringOrder } from "../../../src/view/layout/regions.ts";
import { type StageCast, type StageLayout, stageLayout } from "../../../src/view/layout/stageLayout.ts";

const stages = [
  { name: "1440x900", width: 1124, height: 696 },
  { name: "1024x768", width: 1024, height: 564 },
  { name: "a phone", width: 390, height: 340 },
];

function region(name: string, ...ids: readonly number[]): Region {
  return { name, replicas: ids.map(replicaId) };
}

const casts: readonly (readonly [string, number, readonly Region[]])[] = [
  ["three and two", 5, [region("east", 1, 2, 3), region("west", 4, 5)]],
  ["two, two and one", 5, [region("a", 1, 4), region("b", 2, 5), region("c", 3)]],
  ["interleaved", 7, [region("odd", 1, 3, 5, 7), region("even", 2, 4, 6)]],
  ["three threes", 9, [region("north", 1, 2, 3), region("south", 4, 5, 6), region("island", 7, 8, 9)]],
  ["one of three", 3, [region("far away", 3)]],
];

function castOf(count: number, regions: readonly Region[], groups: StageCast["groups"] = []): StageCast {
  const homes = replicaIds(count);
  const clients = clientIds(Math.min(count, 5)).map((clientId, at) => ({
    clientId,
    home: homes[at % count] ?? replicaId(1),
  }));
  return { replicaCount: count, clients, groups, regions };
}

function placeOf(layout: StageLayout, id: ReplicaId) {
  const place = layout.replicas.find((replica) => replica.replicaId === id);
  if (place === undefined) throw new Error(`r${id} is not on the stage`);
  return place;
}

describe.each(stages)("regions on $name", (stage) => {
  it.each(casts)("%s: each area holds its own replicas and no other", (_name, count, regions) => {
    const layout = stageLayout(stage, castOf(count, regions));
    expect(layout.regions.map(({ name }) => name)).toEqual(regions.map(({ name }) => name));
    for (const { outline, replicas } of layout.regions) {
      for (const id of replicaIds(count)) {
        expect(isWithin(outline, placeOf(layout, id)), `r${id}`).toBe(replicas.includes(id));
      }
    }
  });

  it.each(casts)("%s: no two areas touch", (_name, count, regions) => {
    const { regions: areas } = stageLayout(stage, castOf(count, regions));
    for (const [at, one] of areas.entries()) {
      for (const other of areas.slice(at + 1)) {
        const edges = (outline: typeof one.outline) => segmentsOf([...outline, ...outline.slice(0, 1)]);
        const meets = edges(one.outline).some((a) => edges(other.outline).some((b) => segmentsCross(a, b)));
        expect(meets, `${one.name} and ${other.name}`).toBe(false);
      }
    }
  });

  it.each(casts)("%s: names are on the stage, and hide no glyph's middle", (_name, count, regions) => {
    const layout = stageLayout(stage, castOf(count, regions));
    for (const { label, name } of layout.regions) {
      expect(encloses({ x: 0, y: 0, width: stage.width, height: stage.height }, label), name).toBe(true);
      for (const { x, y } of layout.replicas) expect(contains(inflated(label, 4), { x, y }), name).toBe(false);
    }
  });

  it("changes nothing for a cluster without regions", () => {
    const bare = { ...castOf(5, []), regions: [] };
    const { regions: _, ...without } = castOf(5, []);
    expect(stageLayout(stage, bare).replicas).toEqual(stageLayout(stage, without).replicas);
    expect(stageLayout(stage, without).regions).toEqual([]);
  });
});

describe("on a wide stage", () => {
  const stage = { width: 1124, height: 696 };

  it.each(casts)("%s: names cover no card, no glyph and no client", (_name, count, regions) => {
    const layout = stageLayout(stage, castOf(count, regions));
    for (const { label, name } of layout.regions) {
      for (const { card, replicaId: id } of layout.replicas) expect(sharedArea(label, card), `${name}, r${id}`).toBe(0);
      for (const { pill } of layout.clients) expect(sharedArea(label, pill), name).toBe(0);
      for (const place of layout.replicas) {
        expect(distanceToBox(place, label), name).toBeGreaterThan(layout.sizes.disc);
      }
    }
  });

  it("stands members together, and a partition by region is one wall, not marks", () => {
    const regions = [region("odd", 1, 3, 5), region("even", 2, 4)];
    const groups = regions.map(({ replicas }) => [...replicas]);
    const layout = stageLayout(stage, { ...castOf(5, regions, groups), clients: [] });
    expect(layout.wall?.kind).toBe("band");
    const walls = (layout.wall?.lines ?? []).flatMap(segmentsOf);
    for (const a of layout.replicas) {
      for (const b of layout.replicas.filter(({ replicaId: id }) => id > a.replicaId)) {
        const together = regions.some(
          ({ replicas }) => replicas.includes(a.replicaId) && replicas.includes(b.replicaId),
        );
        if (together) expect(walls.some((wall) => segmentsCross(wall, { a, b }))).toBe(false);
      }
    }
  });
});

describe("the order around the ring", () => {
  it("is that of the ids where regions follow one another", () => {
    expect(ringOrder(replicaIds(5), [region("east", 1, 2, 3), region("west", 4, 5)])).toEqual(replicaIds(5));
  });

  it("puts members of a region behind one another, and leaves out nobody", () => {
    expect(ringOrder(replicaIds(6), [region("a", 1, 4), region("b", 2, 6)])).toEqual([1, 4, 2, 6, 3, 5].map(replicaId));
  });
});

describe("the hull", () => {
  it("is the corners of a square, whatever lies inside", () => {
    const corners = [
      { x: 0, y: 0 },
      { x: 4, y: 0 },
      { x: 4, y: 4 },
      { x: 0, y: 4 },
    ];
    expect(new Set(hullOf([...corners, { x: 2, y: 2 }, { x: 1, y: 3 }]))).toEqual(new Set(corners));
  });
});
