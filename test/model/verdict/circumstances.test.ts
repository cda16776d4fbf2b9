import { describe, expect, it } from "vitest";
import { replicaId, replicaIds } from "../../../src/base/ids.ts";
import { micros, millis, NEVER } from "../../../src/base/units.ts";
import { Circumstances } from "../../../src/model/verdict/circumstances.ts";

const r = replicaId;

function cutBoth(circumstances: Circumstances, at: number, pairs: readonly (readonly [number, number])[]): void {
  for (const [a, b] of pairs) {
    circumstances.setOpen(micros(at), r(a), r(b), false);
    circumstances.setOpen(micros(at), r(b), r(a), false);
  }
}

describe("circumstances", () => {
  it("say since when two are fit and connected both ways", () => {
    const circumstances = new Circumstances(3, millis(300));
    expect(circumstances.togetherSince(r(1), r(2))).toBe(0);
    circumstances.setOpen(micros(5), r(1), r(2), false);
    expect(circumstances.togetherSince(r(2), r(1))).toBe(NEVER);
    circumstances.setOpen(micros(8), r(1), r(2), true);
    expect(circumstances.togetherSince(r(2), r(1))).toBe(8);
    circumstances.setFit(micros(9), r(2), false);
    expect(circumstances.togetherSince(r(1), r(2))).toBe(NEVER);
    circumstances.setFit(micros(12), r(2), true);
    expect(circumstances.togetherSince(r(1), r(2))).toBe(12);
    expect(circumstances.togetherSince(r(1), r(3))).toBe(0);
  });

  it("begin anew with a disturbance, for one or for all", () => {
    const circumstances = new Circumstances(3, millis(300));
    circumstances.disturb(micros(4), r(1));
    expect(circumstances.companyOf(r(2), micros(0))).toEqual([r(2), r(3)]);
    circumstances.configure(micros(6), millis(500));
    expect(circumstances.companyOf(r(2), micros(5))).toEqual([]);
    expect(circumstances.companyOf(r(2), micros(6))).toEqual([r(2), r(1), r(3)]);
    expect(circumstances.longestTimeout).toBe(500_000);
  });

  it("do not change by being told what is known", () => {
    const circumstances = new Circumstances(3, millis(300));
    circumstances.setFit(micros(5), r(1), true);
    circumstances.setOpen(micros(5), r(1), r(2), true);
    circumstances.setFit(micros(6), r(1), false);
    circumstances.setFit(micros(7), r(1), false);
    circumstances.disturb(micros(8), r(1));
    expect(circumstances.changes).toBe(1);
  });

  it("find a majority that is connected among itself, if there is one", () => {
    const circumstances = new Circumstances(5, millis(300));
    cutBoth(circumstances, 10, [
      [1, 4],
      [3, 4],
      [5, 4],
      [5, 1],
      [5, 2],
    ]);
    expect(circumstances.majoritySince(micros(20))).toEqual([r(1), r(2), r(3)]);
    expect(circumstances.majoritySince(micros(20), r(4))).toBeUndefined();
    cutBoth(circumstances, 30, [[1, 2]]);
    expect(circumstances.majoritySince(micros(40))).toBeUndefined();
  });

  it("find none in a ring, and give up in time among fifty", () => {
    const ring = new Circumstances(5, millis(300));
    cutBoth(ring, 10, [
      [1, 3],
      [2, 4],
      [3, 5],
      [4, 1],
      [5, 2],
    ]);
    expect(ring.majoritySince(micros(20))).toBeUndefined();
    const many = new Circumstances(50, millis(300));
    const ids = replicaIds(50);
    cutBoth(
      many,
      10,
      ids.flatMap((a) => ids.filter((b) => b > a && (a * 7 + b) % 3 === 0).map((b) => [a, b] as const)),
    );
    expect(many.majoritySince(micros(20))).toBeUndefined();
  });
});
