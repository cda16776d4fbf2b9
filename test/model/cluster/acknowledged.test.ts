// What was promised to clients, who still holds it, and the truth that follows (DESIGN section 5): a write is lost when
// a majority of disks holds an entry of a later term at its index, or no disk holds it any more.

import { describe, expect, it } from "vitest";
import { logIndex, term } from "../../../src/base/ids.ts";
import { ZERO } from "../../../src/base/units.ts";
import {
  type Acknowledged,
  acknowledge,
  afterDiskChange,
  newAcknowledged,
  unsettledAt,
} from "../../../src/model/cluster/acknowledged.ts";
import { applyDiskChange } from "../../../src/model/cluster/disk.ts";
import type { Disk, DiskChange, Snapshot } from "../../../src/model/protocol/log.ts";
import { newDisk } from "../../../src/model/replica/state.ts";
import { anEntry, anItem, aSnapshot, put } from "../../support/replica.ts";

const start = aSnapshot(0, 0, [anItem("old", 0, 0)]);

/** Three disks and what was acknowledged of them. */
class Disks {
  readonly disks: readonly Disk[] = [newDisk(start), newDisk(start), newDisk(start)];
  readonly acknowledged: Acknowledged = newAcknowledged(3, start);

  change(slot: number, change: DiskChange): readonly string[] {
    const disk = this.disks[slot];
    if (disk === undefined) throw new Error("three disks");
    const removed = applyDiskChange(disk, change);
    return afterDiskChange(this.acknowledged, change, removed, slot, disk).map(({ operation }) => operation.id);
  }

  append(slots: readonly number[], ofTerm: number, index: number, id = `x${index}`): readonly string[] {
    const entry = anEntry(ofTerm, index, { operation: put(id), requestId: index });
    return slots.flatMap((slot) => this.change(slot, { kind: "append", entries: [entry] }));
  }

  truncate(slot: number, from: number): readonly string[] {
    return this.change(slot, { kind: "truncate", from: logIndex(from) });
  }

  fold(slot: number, snapshot: Snapshot, keepTail: boolean): readonly string[] {
    return this.change(slot, { kind: "snapshot", snapshot, keepTail });
  }

  acknowledge(ofTerm: number, index: number, operation: ReturnType<typeof put> | { kind: "delete"; id: string }) {
    const version = { term: term(ofTerm), logIndex: logIndex(index) };
    const write = { requestId: index, version, operation, acknowledgedAt: ZERO };
    return acknowledge(this.acknowledged, write, this.disks);
  }
}

describe("when an acknowledged write is lost", () => {
  it("once a majority holds an entry of a later term in its place, and only once", () => {
    const three = new Disks();
    three.append([0], 1, 1);
    three.acknowledge(1, 1, put("x1"));
    expect(three.append([1], 2, 1, "other")).toEqual([]);
    expect(three.append([2], 2, 1, "other")).toEqual(["x1"]);
    expect(three.truncate(0, 1)).toEqual([]);
  });

  it("once no disk holds it any more", () => {
    const three = new Disks();
    three.append([0, 1], 1, 1);
    three.acknowledge(1, 1, put("x1"));
    expect(three.truncate(0, 1)).toEqual([]);
    expect(three.truncate(1, 1)).toEqual(["x1"]);
  });

  it("not when another write of its own item has taken its place, though nobody was told of that one", () => {
    const other = new Disks();
    other.append([0, 1], 1, 1, "x");
    other.acknowledge(1, 1, put("x"));
    const operation = { kind: "delete", id: "x" } as const;
    const entries = [anEntry(1, 2, { operation, requestId: 2 })];
    for (const slot of [0, 1]) expect(other.change(slot, { kind: "append", entries })).toEqual([]);
    const folded = aSnapshot(1, 2, [anItem("old", 0, 0)]);
    for (const slot of [2, 1, 0]) expect(other.fold(slot, folded, false)).toEqual([]);
    // Without that entry snapshots that lack it have lost it.
    const early = aSnapshot(1, 3, [anItem("old", 0, 0)]);
    const without = new Disks();
    without.append([0, 1], 1, 1, "x");
    without.acknowledge(1, 1, put("x"));
    expect([1, 0].flatMap((slot) => without.fold(slot, early, false))).toEqual(["x"]);
  });

  it("at once, where it was lost before the client heard", () => {
    const three = new Disks();
    three.append([0], 1, 1);
    three.append([1, 2], 2, 1, "other");
    expect(three.acknowledge(1, 1, put("x1"))).toHaveLength(1);
  });

  it("never while a majority could still bring it back", () => {
    const three = new Disks();
    three.append([0, 1], 1, 1);
    three.acknowledge(1, 1, put("x1"));
    expect(three.append([2], 2, 1, "other")).toEqual([]);
    expect(three.truncate(2, 1)).toEqual([]);
    expect(three.append([2], 1, 1)).toEqual([]);
    expect(unsettledAt(three.acknowledged, logIndex(1))).toEqual([]);
  });
});

describe("writes that are folded", () => {
  it("are held by a snapshot that has them, or something newer under the id", () => {
    const three = new Disks();
    three.append([0, 1], 1, 1);
    three.acknowledge(1, 1, put("x1"));
    expect(three.fold(2, aSnapshot(1, 5, [anItem("x1", 1, 4)]), false)).toEqual([]);
    expect(unsettledAt(three.acknowledged, logIndex(1))).toEqual([]);
  });

  // Two of three were down, the item was deleted since, and they return by a snapshot without it.
  it("are not called lost because they were deleted since", () => {
    const three = new Disks();
    three.append([0, 1], 1, 1);
    three.acknowledge(1, 1, put("x1"));
    three.acknowledge(1, 4, { kind: "delete", id: "x1" });
    const snapshot = aSnapshot(1, 5);
    expect([1, 2].flatMap((slot) => three.fold(slot, snapshot, false))).toEqual([]);
  });

  it("are overwritten by a snapshot of a history without them", () => {
    const three = new Disks();
    three.append([0], 1, 1);
    three.acknowledge(1, 1, put("x1"));
    expect([1, 2].flatMap((slot) => three.fold(slot, aSnapshot(2, 5), false))).toEqual(["x1"]);
  });
});

describe("the truth", () => {
  it("is every acknowledged write in order of version, in whatever order clients hear; lost ones stay", () => {
    const three = new Disks();
    three.append([0, 1, 2], 1, 1);
    three.append([0, 1, 2], 2, 2);
    three.acknowledge(2, 2, put("a", 0, 1));
    three.acknowledge(1, 1, put("a", 1, 0));
    expect(three.acknowledged.truth.get("a")?.version).toEqual({ term: 2, logIndex: 2 });
    three.acknowledge(3, 3, { kind: "delete", id: "old" });
    expect(three.acknowledged.truth.get("old")).toMatchObject({ item: undefined });
    expect(three.acknowledged.truth.get("old")?.write?.lost).toBe(true);
  });

  it("begins with the data set", () => {
    expect([...new Disks().acknowledged.truth.keys()]).toEqual(["old"]);
  });
});
