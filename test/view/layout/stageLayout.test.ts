import { describe, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { type Address, clientIds, replicaId, replicaIds } from "../../../src/base/ids.ts";
import {
  type Box,
  centreOf,
  distanceToBox,
  encloses,
  inflated,
  type Segment,
  segmentMeetsBox,
  segmentsCross,
  segmentsOf,
  sharedArea,
  turn,
} from "../../../src/view/layout/geometry.ts";
import { piecesOf } from "../../../src/view/layout/linkPaths.ts";
import { type StageCast, type StageLayout, stageLayout } from "../../../src/view/layout/stageLayout.ts";
import type { StageSize } from "../../../src/view/layout/stageSizes.ts";

const stages = [
  { width: 1124, height: 696, name: "1440x900" },
  { width: 1024, height: 564, name: "1024x768" },
  { width: 1050, height: 564, name: "1366x768" },
  { width: 1024, height: 508, name: "1024x768 with a bar of two lines" },
  { width: 390, height: 386, name: "390x844" },
] as const;
const counts = [1, 2, 3, 4, 5, 6, 7, 8, 9];

function cast(replicaCount: number, groups: readonly (readonly Address[])[] = []): StageCast {
  const clients = clientIds(3).map((clientId, at) => ({ clientId, home: replicaId((at % replicaCount) + 1) }));
  return { replicaCount, clients, groups };
}

/** All boxes of text and pills, by name. */
function boxesOf(layout: StageLayout): readonly (readonly [string, Box])[] {
  const cards = layout.replicas.map((replica): [string, Box] => [`card of r${replica.replicaId}`, replica.card]);
  const pills = layout.clients.map((client): [string, Box] => [`client ${client.clientId}`, client.pill]);
  const labels = layout.clients
    .filter((client) => client.label !== client.pill)
    .map((client): [string, Box] => [`label of ${client.clientId}`, client.label]);
  return [...cards, ...pills, ...labels];
}

for (const stage of stages) {
  describe(`the stage of a screen of ${stage.name}`, () => {
    for (const count of counts) {
      const layout = stageLayout(stage, cast(count));
      const boxes = boxesOf(layout);

      it(`keeps the cards, clients and glyphs of ${count} replicas off each other`, () => {
        for (const [at, [name, box]] of boxes.entries()) {
          for (const [other, otherBox] of boxes.slice(at + 1)) {
            expect(sharedArea(box, otherBox), `${name} over ${other}`).toBe(0);
          }
          for (const replica of layout.replicas) {
            const room = distanceToBox(replica, box) - layout.sizes.reach;
            expect(room, `${name} over the glyph of r${replica.replicaId}`).toBeGreaterThanOrEqual(0);
          }
        }
      });

      it(`keeps everything of ${count} replicas on the stage, under the headline and above the counters`, () => {
        const field = {
          x: 0,
          y: layout.sizes.headRoom,
          width: stage.width,
          height: stage.height - layout.sizes.headRoom,
        };
        for (const [name, box] of boxes) expect(encloses(field, box), `${name} ${JSON.stringify(box)}`).toBe(true);
        const { reach, headRoom, footRoom } = layout.sizes;
        for (const { x, y } of layout.replicas) {
          expect(x - reach).toBeGreaterThanOrEqual(0);
          expect(x + reach).toBeLessThanOrEqual(stage.width);
          expect(y - reach).toBeGreaterThanOrEqual(headRoom);
          expect(y + reach).toBeLessThanOrEqual(stage.height - footRoom + 1);
        }
      });

      it(`leaves room between the glyphs of ${count} replicas`, () => {
        for (const [at, a] of layout.replicas.entries()) {
          for (const b of layout.replicas.slice(at + 1)) {
            expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(2 * layout.sizes.reach + 8);
          }
        }
      });
    }
  });
}

describe("the ring", () => {
  it("has r1 on top and goes clockwise", () => {
    const { replicas } = stageLayout(stages[0], cast(5));
    const [first, second, third, fourth, fifth] = replicas;
    expect(first?.x).toBe(562);
    expect([second?.x, third?.x].every((x) => (x ?? 0) > 562)).toBe(true);
    expect([fourth?.x, fifth?.x].every((x) => (x ?? 0) < 562)).toBe(true);
    expect(first?.y).toBeLessThan(second?.y ?? 0);
    expect(second?.y).toBeLessThan(third?.y ?? 0);
  });

  it("does not move when the network is cut", () => {
    const whole = stageLayout(stages[0], cast(5));
    const parted = stageLayout(stages[0], cast(5, [[replicaId(1), replicaId(2)]]));
    expect(parted.replicas).toEqual(whole.replicas);
  });

  it("puts the card of the top replica on the left, so that its client's line stays free", () => {
    const { replicas, clients } = stageLayout(stages[0], cast(5));
    expect(replicas[0]?.card.side).toBe("left");
    expect(clients[0]?.pill.x).toBeGreaterThan(900);
  });
});

/** Every way of splitting `count` replicas into two groups that stand together on the ring. */
function contiguousSplits(count: number): readonly (readonly Address[])[][] {
  const ids = replicaIds(count);
  const splits: (readonly Address[])[][] = [];
  for (let start = 0; start < count; start += 1) {
    for (let length = 1; length <= count / 2; length += 1) {
      const inside = ids.filter((_, slot) => (slot - start + count) % count < length);
      splits.push([inside, ids.filter((id) => !inside.includes(id))]);
    }
  }
  return splits;
}

/** Whether two segments cross or touch: the wall bends exactly on the middles of links that it cuts. */
function segmentsMeet(first: Segment, second: Segment): boolean {
  const sides = (line: Segment, other: Segment) => turn(line.a, line.b, other.a) * turn(line.a, line.b, other.b);
  return sides(first, second) <= 1e-6 && sides(second, first) <= 1e-6;
}

/** Links that the wall cuts though both ends are in one group, or leaves whole though they are not. */
function linksWronglyCut(layout: StageLayout, groups: readonly (readonly Address[])[]): string[] {
  const walls = (layout.wall?.lines ?? []).flatMap(segmentsOf);
  const group = (id: number) => groups.findIndex((members) => members.some((member) => member === id));
  return layout.replicas.flatMap((a, at) =>
    layout.replicas.slice(at + 1).flatMap((b) => {
      const crossed = walls.some((wall) => segmentsMeet(wall, { a, b }));
      return crossed === (group(a.replicaId) !== group(b.replicaId))
        ? []
        : [`r${a.replicaId}-r${b.replicaId} ${crossed}`];
    }),
  );
}

/** Cards and clients that the wall parts from their replica, and cards that it runs over. */
function thingsParted(layout: StageLayout): string[] {
  const walls = (layout.wall?.lines ?? []).flatMap(segmentsOf);
  const isCrossed = (segment: Segment) => walls.some((wall) => segmentsCross(wall, segment));
  return [
    ...layout.replicas
      .filter((replica) => isCrossed({ a: replica, b: centreOf(replica.card) }))
      .map(({ replicaId }) => `r${replicaId} from its card`),
    ...layout.replicas
      .filter(({ card }) => walls.some((wall) => segmentMeetsBox(wall, inflated(card, 2))))
      .map(({ replicaId }) => `over the card of r${replicaId}`),
    ...layout.clients
      .filter(({ path, anchor }) =>
        [...piecesOf(path), { a: path.b, b: present(layout.replicas[anchor - 1], "the anchor") }].some(isCrossed),
      )
      .map(({ clientId, anchor }) => `${clientId} from r${anchor}`),
  ];
}

/** The layout of a partition in which every client is with its home. */
function parted(stage: StageSize, count: number, groups: readonly (readonly Address[])[]): StageLayout {
  const { clients } = cast(count);
  const withClients = groups.map((members) => [
    ...members,
    ...clients.filter(({ home }) => members.includes(home)).map(({ clientId }) => clientId),
  ]);
  return stageLayout(stage, cast(count, withClients));
}

describe("the wall of a partition", () => {
  for (const stage of stages) {
    it(`cuts the links between any two groups that stand together, and no others, on ${stage.name}`, () => {
      const wrong: string[] = [];
      for (const count of counts.slice(1)) {
        for (const groups of contiguousSplits(count)) {
          const layout = parted(stage, count, groups);
          expect(layout.wall?.kind).toBe("band");
          // Where replicas crowd a low stage or a phone, a wall may run behind a card: its text stays in front.
          const roomy = stage.width > 600 && (stage.height > 620 || count <= 4);
          const found = [...linksWronglyCut(layout, groups), ...(roomy ? thingsParted(layout) : [])];
          wrong.push(...found.map((what) => `${count}: ${JSON.stringify(groups)}: ${what}`));
        }
      }
      expect(wrong).toEqual([]);
    }, 30_000);
  }

  it("meets in a hub when there are more than two groups", () => {
    const groups = [[1, 2], [3], [4, 5]].map((ids) => ids.map(replicaId));
    const layout = stageLayout(stages[0], { ...cast(5, groups), clients: [] });
    expect(layout.wall?.lines).toHaveLength(3);
    expect(linksWronglyCut(layout, groups)).toEqual([]);
  });

  it("is a short mark on every cut link when the groups are interleaved", () => {
    const groups = [
      [1, 3],
      [2, 4, 5],
    ].map((ids) => ids.map(replicaId));
    const layout = stageLayout(stages[0], { ...cast(5, groups), clients: [] });
    expect(layout.wall?.kind).toBe("marks");
    expect(layout.wall?.marks).toHaveLength(6);
  });

  it("takes whoever is in no group as one more group", () => {
    const layout = stageLayout(stages[0], { ...cast(3, [[replicaId(2)]]), clients: [] });
    expect(linksWronglyCut(layout, [[replicaId(2)], [replicaId(1), replicaId(3)]])).toEqual([]);
  });

  it("keeps a client on the side of its group, away from its home", () => {
    const [c1] = clientIds(1);
    if (c1 === undefined) throw new Error("no client");
    const groups = [[replicaId(1)], [replicaId(2), replicaId(3), c1]];
    const layout = stageLayout(stages[0], { replicaCount: 3, clients: [{ clientId: c1, home: replicaId(1) }], groups });
    expect([2, 3]).toContain(layout.clients[0]?.anchor);
    expect(linksWronglyCut(layout, [[replicaId(1)], [replicaId(2), replicaId(3)]])).toEqual([]);
    expect(thingsParted(layout)).toEqual([]);
  });
});

describe("a client whose home is on the other side of a wall", () => {
  it("goes to its own side, and nobody else moves", () => {
    const whole = stageLayout(stages[0], cast(3));
    const layout = stageLayout(stages[0], cast(3, [[replicaId(1)], [replicaId(2), replicaId(3), ...clientIds(3)]]));
    expect(layout.clients[0]?.anchor).not.toBe(1);
    expect(layout.clients.slice(1)).toEqual(whole.clients.slice(1));
    expect(thingsParted(layout)).toEqual([]);
    for (const line of layout.wall?.lines ?? []) {
      for (const { y } of line) expect(y).toBeGreaterThan(layout.sizes.headRoom);
    }
  });
});

describe("a client that is cut off", () => {
  const [c1] = clientIds(1);
  const ids = replicaIds(3);

  it("has a short wall across its line, since no band parts replicas", () => {
    const clients = c1 === undefined ? [] : [{ clientId: c1, home: replicaId(1) }];
    const layout = stageLayout(stages[0], { replicaCount: 3, clients, groups: [ids] });
    expect(layout.wall).toMatchObject({ kind: "marks", lines: [] });
    expect(layout.wall?.marks).toHaveLength(1);
  });
});
