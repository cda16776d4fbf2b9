// What the map knows: told in parts, changed in place; what is lost is red whatever else it is.
import { describe, expect, it } from "vitest";
import { ZERO } from "../../../../src/base/units.ts";
import { embedColour } from "../../../../src/data/colours.ts";
import {
  HOLDINGS,
  type Holding,
  type Holdings,
  TRUTHS,
  type TruthOfItem,
} from "../../../../src/model/protocol/holdings.ts";
import { thinned } from "../../../../src/view/ui/map/findPlane.ts";
import { inSightOf, standingWords } from "../../../../src/view/ui/map/largeMap.ts";
import { MapModel } from "../../../../src/view/ui/map/mapModel.ts";
import { r1, r2 } from "../../../support/frameBuilders.ts";
import { planeAtOnce } from "../../../support/planeAtOnce.ts";

interface Told {
  readonly epoch?: number;
  readonly size: number;
  /** By position: the vectors that are new. */
  readonly news?: Readonly<Record<number, readonly number[]>>;
  readonly truth: readonly TruthOfItem[];
  readonly first: readonly Holding[];
  readonly second: readonly Holding[];
}

const NOTHING: Readonly<Record<Holding, number>> = {
  absent: 0,
  held: 0,
  outdated: 0,
  missing: 0,
  ghost: 0,
  unconfirmed: 0,
  unconfirmedDelete: 0,
  onItsWay: 0,
  lost: 0,
};

function told({ epoch = 1, size, news = {}, truth, first, second }: Told): Holdings {
  const positions = Object.keys(news).map(Number);
  const bytes = (standings: readonly Holding[]) => Uint8Array.from(standings, (one) => HOLDINGS.indexOf(one));
  return {
    at: ZERO,
    known: { epoch, revision: 1 },
    size,
    news: {
      positions: Uint32Array.from(positions),
      ids: positions.map((position) => `item-${position}`),
      payloads: positions.map((position) => ({ kind: "row" as const, name: `Item ${position}`, text: "" })),
      embeddings: Float32Array.from(positions.flatMap((position) => news[position] ?? [])),
      dimension: 2,
    },
    truth: Uint8Array.from(truth, (one) => TRUTHS.indexOf(one)),
    replicas: [
      { replicaId: r1, alive: true, standings: bytes(first), counts: NOTHING },
      { replicaId: r2, alive: true, standings: bytes(second), counts: NOTHING },
    ],
  };
}

const three = {
  size: 3,
  news: { 0: [1, 0], 1: [0, 1], 2: [-1, 0] },
  truth: ["true", "lost", "deleteLost"],
  first: ["held", "held", "absent"],
  second: ["missing", "outdated", "ghost"],
} as const;

describe("what the map knows", () => {
  it("is red where the newest write is lost, and amber where it heals", () => {
    const model = new MapModel(false);
    model.take(told(three));
    expect([0, 1, 2].map((position) => model.standingAt(r2, position))).toEqual(["missing", "lost", "lost"]);
    expect(model.countOf(r2, "lost")).toBe(2);
    expect([0, 1, 2].map((position) => model.standingAt("all", position))).toEqual(["missing", "lost", "lost"]);
    const healing = new MapModel(false);
    healing.take(told({ ...three, truth: ["true", "true", "deleted"] }));
    expect([0, 1, 2].map((position) => healing.standingAt(r2, position))).toEqual(["missing", "outdated", "ghost"]);
  });

  it("gives places once there is a plane, and to what comes later at once", () => {
    const model = new MapModel(false);
    model.take(told(three));
    expect(model.isLaidOut).toBe(false);
    expect(model.placeOf(Float32Array.of(1, 0))).toBeUndefined();
    model.layOut(planeAtOnce(model.rows, 2));
    const placed = (position: number) => [model.places[2 * position], model.places[2 * position + 1]];
    expect(placed(0)).toEqual(model.placeOf(Float32Array.of(1, 0)));
    model.take(
      told({
        ...three,
        size: 4,
        news: { 3: [0, -1] },
        truth: [...three.truth, "true"],
        first: [...three.first, "held"],
        second: [...three.second, "onItsWay"],
      }),
    );
    expect(placed(3)).toEqual(model.placeOf(Float32Array.of(0, -1)));
    expect(model.positions.get("item-3")).toBe(3);
    expect(model.rowOf(0)).toEqual(Float32Array.of(1, 0));
  });

  it("says which of its pictures have changed", () => {
    const model = new MapModel(false);
    model.take(told(three));
    model.layOut(planeAtOnce(model.rows, 2));
    const keys = () => [model.keyOf(r1), model.keyOf(r2), model.keyOf("all")] as const;
    const [version, before] = [model.version, keys()];
    model.take(told({ ...three, news: {} }));
    expect(model.version).toBe(version);
    expect(keys()).toEqual(before);
    model.take(told({ ...three, news: {}, second: ["held", "outdated", "ghost"] }));
    expect(model.version).toBe(version + 1);
    const after = keys();
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    expect(after[2]).not.toBe(before[2]);
  });

  it("forgets everything with another run", () => {
    const model = new MapModel(false);
    model.take(told(three));
    model.layOut(planeAtOnce(model.rows, 2));
    model.take(told({ epoch: 2, size: 1, news: { 0: [0, 1] }, truth: ["true"], first: ["held"], second: ["held"] }));
    expect(model.isLaidOut).toBe(false);
    expect([...model.positions]).toEqual([["item-0", 0]]);
  });

  it("has other pictures for another run, even where they count alike", () => {
    const [one, other] = [new MapModel(false), new MapModel(false)];
    for (const [model, epoch] of [
      [one, 1],
      [other, 2],
    ] as const) {
      model.take(told({ ...three, epoch }));
      model.layOut(planeAtOnce(model.rows, 2));
    }
    expect(one.keyOf(r1)).not.toBe(other.keyOf(r1));
    expect(one.keyOf("all")).not.toBe(other.keyOf("all"));
  });

  it("puts colours by hue and lightness, greys apart", () => {
    const model = new MapModel(true);
    const place = (name: string) => {
      const embedded = embedColour(name);
      if (!embedded.ok) throw new Error(embedded.message);
      model.dimension = embedded.vector.length;
      return model.placeOf(embedded.vector) ?? [Number.NaN, Number.NaN];
    };
    expect(place("white")[1]).toBeLessThan(place("black")[1]);
    expect(place("gray")[0]).toBe(place("silver")[0]);
    expect(place("gray")[0]).toBeLessThan(0);
    const [red, green, blue] = [place("red")[0], place("lime")[0], place("blue")[0]];
    expect(red).toBeLessThan(green);
    expect(green).toBeLessThan(blue);
  });
});

describe("an item that is pointed at", () => {
  it("says how every replica stands to it", () => {
    const model = new MapModel(false);
    model.take(told({ ...three, first: ["held", "held", "held"], second: ["held", "missing", "onItsWay"] }));
    expect([0, 1, 2].map((position) => standingWords(model, position))).toEqual([
      "held by all",
      "missing at r2",
      "on its way at r2",
    ]);
  });
});

describe("items in sight", () => {
  it("are all that somebody holds or should hold, however many", () => {
    const model = new MapModel(false);
    const size = 300;
    const held = Array.from({ length: size }, (): Holding => "held");
    model.take(
      told({
        size,
        news: Object.fromEntries(held.map((_, at) => [at, [at % 2, 1]])),
        truth: held.map(() => "true" as const),
        first: held,
        second: held,
      }),
    );
    for (let at = 0; at < size; at += 1) model.places.set([at, 5], 2 * at);
    const fit = { scaleX: 1, scaleY: 1, shiftX: 0, shiftY: 0 };
    expect(inSightOf(model, fit, model.standingsOf("all"), 1_000, 10)).toHaveLength(300);
    expect(inSightOf(model, { ...fit, shiftX: -100 }, model.standingsOf("all"), 50, 10)).toEqual(
      Array.from({ length: 51 }, (_, at) => 100 + at),
    );
    expect(inSightOf(model, fit, model.standingsOf("all"), 1_000, 4)).toEqual([]);
  });
});

describe("the vectors that decide where the axes lie", () => {
  it("are all, or every n-th of very many, in a copy", () => {
    const few = Float32Array.of(1, 2, 3, 4);
    expect(thinned(few, 2)).toEqual(few);
    expect(thinned(few, 2)).not.toBe(few);
    const many = Float32Array.from({ length: 40_000 }, (_, at) => at);
    const kept = thinned(many, 2);
    expect(kept.length / 2).toBeLessThanOrEqual(8_000);
    expect([...kept.subarray(0, 4)]).toEqual([0, 1, 6, 7]);
  });
});
