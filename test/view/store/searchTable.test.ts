// The search table: who answered what, and what is wrong with it. The cases are those of the pictures in mock/.
import { describe, expect, it } from "vitest";
import { logIndex, type ReplicaId, term } from "../../../src/base/ids.ts";
import { seconds } from "../../../src/base/units.ts";
import type { JudgedNeighbour, SearchComparison } from "../../../src/model/protocol/frame.ts";
import { faultWords, hiddenWords, isDifference, movedAmong, searchTable } from "../../../src/view/store/searchTable.ts";
import { r1, r2, r3 } from "../../support/frameBuilders.ts";

/** An item at the `index`-th entry of term 1. */
function neighbour(id: string, index = 1): JudgedNeighbour {
  const version = { term: term(1), logIndex: logIndex(index) };
  const embedding = { values: new Float32Array([1, 0]), digestLow: 0, digestHigh: 0 };
  const payload = { kind: "product" as const, name: id, description: "", category: "", priceCents: 100 };
  return { id, score: 1, version, item: { id, version, embedding, payload } };
}

interface Parts {
  readonly truth: readonly JudgedNeighbour[];
  readonly answers: readonly (readonly [ReplicaId, readonly JudgedNeighbour[], boolean?])[];
  readonly standing?: readonly {
    readonly id: string;
    readonly index?: number;
    readonly deleted?: boolean;
    readonly lost?: boolean;
  }[];
}

function compare({ truth, answers, standing = [] }: Parts): SearchComparison {
  const known = truth.map(({ id, version }) => ({ id, version, deleted: false, lost: false }));
  const named = standing.map(({ id, index = 1, deleted = false, lost = false }) => ({
    id,
    version: { term: term(1), logIndex: logIndex(index) },
    deleted,
    lost,
  }));
  return {
    at: seconds(5),
    k: truth.length,
    truth,
    answers: answers.map(([replicaId, neighbours, alive = true]) => ({
      replicaId,
      alive,
      neighbours,
      vectorCount: 240,
    })),
    standing: [...known.filter(({ id }) => !named.some((other) => other.id === id)), ...named],
  };
}

function marks(comparison: SearchComparison, row: number) {
  return searchTable(comparison).rows[row]?.cells.map(({ rank, mark }) => mark ?? rank);
}

describe("the search table", () => {
  it("shows ranks along a row, and full recall where all agree", () => {
    const truth = [neighbour("a"), neighbour("b")];
    const table = searchTable(
      compare({
        truth,
        answers: [
          [r1, truth],
          [r2, truth],
        ],
      }),
    );
    expect(table.rows.map(({ cells }) => cells.map(({ rank }) => rank))).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(table.columns.map(({ recall }) => recall)).toEqual([2, 2]);
    expect(table.marks).toEqual([]);
    expect(table.strangers).toEqual([]);
  });

  it("marks what a replica misses and what it answers in an old version; neither counts for recall", () => {
    const truth = [neighbour("a", 5), neighbour("b", 7)];
    const comparison = compare({
      truth,
      answers: [
        [r1, truth],
        [r2, [neighbour("b", 2)]],
      ],
    });
    expect(marks(comparison, 0)).toEqual([1, "missing"]);
    expect(marks(comparison, 1)).toEqual([2, "outdated"]);
    expect(searchTable(comparison).columns[1]).toMatchObject({ recall: 0 });
  });

  it("marks what is held and passed over as such, unless ghosts pushed it out of a full answer", () => {
    const truth = [neighbour("a", 5), { ...neighbour("b", 7), score: 0.5 }];
    const skipping = (answer: readonly JudgedNeighbour[]) => {
      const comparison = compare({
        truth,
        answers: [[r1, answer]],
        standing: [{ id: "gone", index: 9, deleted: true }],
      });
      return { ...comparison, answers: comparison.answers.map((one) => ({ ...one, unanswered: ["b"] })) };
    };
    const skipped = skipping([neighbour("a", 5)]);
    expect(marks(skipped, 1)).toEqual(["skipped"]);
    expect(searchTable(skipped).columns.map(faultWords)).toEqual(["1 missed by the index"]);
    expect(searchTable(skipped).columns[0]).toMatchObject({ recall: 1 });
    const pushed = skipping([neighbour("gone"), neighbour("a", 5)]);
    expect(marks(pushed, 1)).toEqual(["displaced"]);
    expect(searchTable(pushed).columns.map(faultWords)).toEqual(["1 pushed out, 1 ghost"]);
    const isLost = (id: string) => id === "b";
    const lost = { ...pushed, standing: pushed.standing.map((one) => ({ ...one, lost: isLost(one.id) })) };
    expect(marks(lost, 1), "whoever still holds it has not lost it").toEqual(["displaced"]);
    expect(marks(skipping([neighbour("a", 5), { ...neighbour("gone"), score: 0.1 }]), 1)).toEqual(["skipped"]);
  });

  it("puts a deleted item that is still answered below the rule, as a ghost", () => {
    const truth = [neighbour("a")];
    const comparison = compare({
      truth,
      answers: [[r1, [neighbour("gone"), neighbour("a")]]],
      standing: [{ id: "gone", index: 3, deleted: true }],
    });
    expect(searchTable(comparison).strangers.map(({ item, cells }) => [item.id, cells[0]?.mark])).toEqual([
      ["gone", "ghost"],
    ]);
  });

  it("never takes a newer version that is not acknowledged yet for a fault", () => {
    const comparison = compare({
      truth: [neighbour("a", 5)],
      answers: [[r1, [neighbour("a", 9), neighbour("new", 9)]]],
    });
    const table = searchTable(comparison);
    expect(marks(comparison, 0)).toEqual(["unconfirmed"]);
    expect(table.columns[0]).toMatchObject({ recall: 1 });
    expect(table.strangers[0]?.cells[0]).toMatchObject({ rank: 2, mark: "unconfirmed" });
  });

  it("marks a lost write where it is missing, and not where it still stands", () => {
    const truth = [neighbour("a", 5)];
    const comparison = compare({
      truth,
      answers: [
        [r1, truth],
        [r2, []],
      ],
      standing: [{ id: "a", index: 5, lost: true }],
    });
    expect(marks(comparison, 0)).toEqual([1, "lost"]);
    expect(searchTable(comparison).marks).toEqual(["lost"]);
  });

  it("leaves a dead replica's column empty and without marks", () => {
    const truth = [neighbour("a")];
    const table = searchTable(
      compare({
        truth,
        answers: [
          [r1, [], false],
          [r3, truth],
        ],
      }),
    );
    expect(table.rows[0]?.cells[0]).toEqual({
      replicaId: r1,
      alive: false,
      rank: undefined,
      mark: undefined,
      shift: 0,
      moved: false,
    });
    expect(table.columns[0]).toMatchObject({ alive: false });
    expect(table.marks).toEqual([]);
  });

  it("orders strangers by their best rank", () => {
    const [a, b, x, y] = [neighbour("a"), neighbour("b"), neighbour("x"), neighbour("y")];
    const comparison = compare({
      truth: [a, b],
      answers: [
        [r1, [a, y]],
        [r2, [x, a]],
      ],
      standing: [{ id: "x" }, { id: "y" }],
    });
    expect(searchTable(comparison).strangers.map(({ item }) => item.id)).toEqual(["x", "y"]);
  });
});

describe("ranks that differ from the true one", () => {
  const truth = [neighbour("a", 5), neighbour("b", 5), neighbour("c", 5), neighbour("d", 5)];
  const cellsOf = (answer: readonly JudgedNeighbour[]) => {
    const table = searchTable(compare({ truth, answers: [[r1, answer]] }));
    return table.rows.map(({ cells }) => [cells[0]?.shift, cells[0]?.moved]);
  };

  it("are no fault of what stands below a missing item: it is shifted, and has not moved", () => {
    expect(cellsOf(truth.slice(1))).toEqual([
      [0, false],
      [-1, false],
      [-1, false],
      [-1, false],
    ]);
  });

  it("are no fault of what stands below a stranger", () => {
    const answer = [neighbour("x", 9), ...truth.slice(0, 3)];
    expect(cellsOf(answer).slice(0, 3)).toEqual([
      [1, false],
      [1, false],
      [1, false],
    ]);
  });

  it("are the doing of an older version that is as near as another rank", () => {
    const older = { ...neighbour("a", 2) };
    const moved = cellsOf([...truth.slice(1), older]);
    expect(moved).toEqual([
      [3, true],
      [-1, false],
      [-1, false],
      [-1, false],
    ]);
  });

  it("blame the older version rather than the true one where two have changed places", () => {
    expect([
      ...movedAmong([
        { id: "b", trueRank: 2, isTrue: true, isInPlace: false },
        { id: "a", trueRank: 1, isTrue: false, isInPlace: false },
      ]),
    ]).toEqual(["a"]);
    expect([
      ...movedAmong([
        { id: "b", trueRank: 2, isTrue: false, isInPlace: false },
        { id: "a", trueRank: 1, isTrue: true, isInPlace: false },
      ]),
    ]).toEqual(["b"]);
  });

  it("leave in peace what stands at its true rank", () => {
    // a is missing, so b is second as it should be: c has passed it.
    const order = compare({
      truth,
      answers: [
        [r1, truth],
        [r2, [neighbour("c", 5), neighbour("b", 5)]],
      ],
    });
    const moved = searchTable(order).rows.map(({ cells }) => cells[1]?.moved);
    expect(moved).toEqual([false, false, true, false]);
  });

  it("never blame anybody where the order is the true one, whatever is left out", () => {
    for (let left = 0; left < 16; left += 1) {
      const placed = truth.flatMap(({ id }, at) =>
        (left >> at) & 1 ? [] : [{ id, trueRank: at + 1, isTrue: true, isInPlace: false }],
      );
      expect([...movedAmong(placed)]).toEqual([]);
    }
  });

  it("are told in a few words, and a row that is only shifted is no difference", () => {
    const table = searchTable(
      compare({
        truth,
        answers: [
          [r1, truth],
          [r2, [neighbour("gone"), neighbour("c", 5), neighbour("d", 1)]],
          [r3, [], false],
        ],
        standing: [{ id: "gone", index: 3, deleted: true }],
      }),
    );
    expect(table.columns.map(faultWords)).toEqual(["as the truth", "2 missing, 1 outdated, 1 ghost", "down"]);
    expect(table.rows.map(isDifference)).toEqual([true, true, false, true]);
    expect(table.hasShifted).toBe(true);
  });

  it("are left out in a whole sentence", () => {
    expect(hiddenWords(5, 3)).toBe("5 rows are not shown: the replicas that run agree on them.");
    expect(hiddenWords(1, 3)).toBe("1 row is not shown: the replicas that run agree on it.");
    expect(hiddenWords(2, 1)).toBe("2 rows are not shown: the replica that runs has them as the truth has.");
    expect(hiddenWords(4, 0)).toBe("4 rows are not shown: no replica runs.");
  });
});
