// The small parts of a replica against slow, obvious versions of the same.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logIndex, term } from "../../../src/base/ids.ts";
import { ZERO } from "../../../src/base/units.ts";
import type { Operation } from "../../../src/model/protocol/item.ts";
import type { Entry } from "../../../src/model/protocol/log.ts";
import {
  entriesFrom,
  entryAt,
  firstIndexOfTerm,
  type Log,
  lastLogIndex,
  lastLogTerm,
  logEnd,
  termAt,
  truncateFrom,
} from "../../../src/model/replica/log.ts";
import { indexAtCopies } from "../../../src/model/replica/quorum.ts";
import { applyEntry, itemsBefore, storeOf, undoEntry } from "../../../src/model/replica/store.ts";
import { rebuild } from "../../../src/model/verdict/storeEqualsLog.ts";
import { anItem, aSnapshot, entriesOf, put } from "../../support/replica.ts";

describe("quorum", () => {
  it("finds the highest index that so many replicas have", () => {
    const indexes = fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(indexes, fc.nat(), (matchIndexes, draw) => {
        const copies = 1 + (draw % matchIndexes.length);
        let slow = 0;
        for (let index = 0; index <= 9; index += 1) {
          if (matchIndexes.filter((match) => match >= index).length >= copies) slow = index;
        }
        expect(indexAtCopies(matchIndexes, copies)).toBe(slow);
      }),
    );
  });

  it("leaves what it was given as it was", () => {
    const indexes = [1, 5, 3];
    indexAtCopies(indexes, 2);
    expect(indexes).toEqual([1, 5, 3]);
  });
});

describe("log", () => {
  const log = (): Log => ({ snapshot: aSnapshot(1, 3), entries: [...entriesOf([2, 2, 4], 4)] });

  it("counts its indexes from behind the snapshot", () => {
    expect([lastLogIndex(log()), lastLogTerm(log())]).toEqual([6, 4]);
    expect(logEnd(log())).toEqual({ term: 4, logIndex: 6 });
    expect([2, 3, 4, 6, 7].map((index) => termAt(log(), index))).toEqual([undefined, 1, 2, 4, undefined]);
    expect(entryAt(log(), 3)).toBeUndefined();
    expect(entriesFrom(log(), 5, 9).map(({ index }) => index)).toEqual([5, 6]);
    expect(entriesFrom(log(), 4, 1).map(({ index }) => index)).toEqual([4]);
    expect(entriesFrom(log(), 7, 9)).toEqual([]);
  });

  it("ends with its snapshot where it has no entries", () => {
    const empty: Log = { snapshot: aSnapshot(1, 3), entries: [] };
    expect(logEnd(empty)).toEqual({ term: 1, logIndex: 3 });
  });

  it("finds the first entry of a term, as far back as it goes", () => {
    expect([4, 5, 6].map((index) => firstIndexOfTerm(log(), index))).toEqual([4, 4, 6]);
  });

  it("cuts off an end and hands it over", () => {
    const cut = log();
    expect(truncateFrom(cut, 5).map(({ index }) => index)).toEqual([5, 6]);
    expect(lastLogIndex(cut)).toBe(4);
  });
});

describe("store", () => {
  const operation: fc.Arbitrary<Operation> = fc.oneof(
    fc.constant<Operation>({ kind: "noop" }),
    fc.record({ kind: fc.constant("delete" as const), id: fc.constantFrom("a", "b", "c") }),
    fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.integer({ min: 1, max: 9 })).map(([id, x]) => put(id, x, 1)),
  );
  const history = fc.array(operation, { maxLength: 30 }).map((operations) =>
    operations.map((done, at): Entry => {
      return { term: term(1), index: logIndex(at + 1), operation: done, requestId: at, appendedAt: ZERO };
    }),
  );
  const snapshot = aSnapshot(0, 0, [anItem("a", 0, 0, 1, 2), anItem("z", 0, 0, 3, 1)]);

  it("equals a rebuild after any applying and undoing, its digest too", () => {
    fc.assert(
      fc.property(history, fc.nat(), fc.nat(), (entries, first, second) => {
        const store = storeOf(snapshot);
        const check = (applied: number) => {
          const expected = rebuild({ snapshot, entries }, applied);
          expect(new Map([...store.items].sort())).toEqual(new Map([...expected].sort()));
          expect(store.digest).toEqual(storeOf({ ...snapshot, items: [...expected.values()] }).digest);
        };
        for (const entry of entries) applyEntry(store, entry);
        check(entries.length);
        const undone = entries.length === 0 ? 0 : first % (entries.length + 1);
        for (let count = 0; count < undone; count += 1) undoEntry(store);
        check(entries.length - undone);
        const again = undone === 0 ? 0 : second % (undone + 1);
        for (const entry of entries.slice(entries.length - undone, entries.length - undone + again)) {
          applyEntry(store, entry);
        }
        check(entries.length - undone + again);
      }),
      { numRuns: 60 },
    );
  });

  it("knows what it held some entries ago, in order of id, and stays as it is", () => {
    fc.assert(
      fc.property(history, fc.nat(), (entries, draw) => {
        const store = storeOf(snapshot);
        for (const entry of entries) applyEntry(store, entry);
        const newest = entries.length === 0 ? 0 : draw % (entries.length + 1);
        const before = [...store.items];
        const expected = [...rebuild({ snapshot, entries }, entries.length - newest).values()];
        expect(itemsBefore(store, newest)).toEqual(expected.sort((a, b) => (a.id < b.id ? -1 : 1)));
        expect([...store.items]).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  it("has another digest for another version, payload or embedding", () => {
    const digestOf = (...items: readonly ReturnType<typeof anItem>[]) => storeOf({ ...snapshot, items }).digest;
    const item = anItem("a", 1, 1, 1, 0);
    const others = [
      anItem("a", 1, 2, 1, 0),
      anItem("a", 2, 1, 1, 0),
      anItem("a", 1, 1, 1, 1e-6),
      anItem("b", 1, 1, 1, 0),
      { ...item, payload: { kind: "colour", name: "grey", hex: "#808081" } as const },
    ];
    for (const other of others) expect(digestOf(other)).not.toEqual(digestOf(item));
  });
});
