// The search table: who answered what, and what is wrong with it. The cases are those of the pictures in mock/.
import { describe, expect, it } from "vitest";
import { logIndex, type ReplicaId, term } from "../../../src/base/ids.ts";
import { seconds } from "../../../src/base/units.ts";
import type { JudgedNeighbour, SearchComparison } from "../../../src/model/protocol/frame.ts";
import { searchTable } from "../../../src/view/store/searchTable.ts";
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
    expect(table.rows[0]?.cells[0]).toEqual({ replicaId: r1, alive: false, rank: undefined, mark: undefined });
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
