// The hint to search while a replica lags is done once an answer was wrong, by the same measure as the search table.
import { describe, expect, it } from "vitest";
import { logIndex, term } from "../../../src/base/ids.ts";
import { seconds } from "../../../src/base/units.ts";
import type { JudgedNeighbour, SearchComparison } from "../../../src/model/protocol/frame.ts";
import { doneHints, hintText } from "../../../src/view/store/hints.ts";
import { OPENING } from "../../../src/view/store/interfaceState.ts";
import { noFacts } from "../../../src/view/store/runFacts.ts";
import { searchTable } from "../../../src/view/store/searchTable.ts";
import { r1, r2 } from "../../support/frameBuilders.ts";

function neighbour(id: string, index = 5): JudgedNeighbour {
  const version = { term: term(1), logIndex: logIndex(index) };
  const embedding = { values: new Float32Array([1, 0]), digestLow: 0, digestHigh: 0 };
  const payload = { kind: "product" as const, name: id, description: "", category: "", priceCents: 100 };
  return { id, score: 1, version, item: { id, version, embedding, payload } };
}

const truth = [neighbour("a"), neighbour("b")];

function compared(answer: readonly JudgedNeighbour[], alive = true): SearchComparison {
  const known = truth.map(({ id, version }) => ({ id, version, deleted: false, lost: false }));
  const gone = { id: "gone", version: { term: term(1), logIndex: logIndex(7) }, deleted: true, lost: false };
  return {
    at: seconds(5),
    k: 2,
    truth,
    answers: [
      { replicaId: r1, alive: true, neighbours: truth, vectorCount: 2 },
      { replicaId: r2, alive, neighbours: answer, vectorCount: 2 },
    ],
    standing: [...known, gone],
  };
}

describe("a wrong answer", () => {
  const cases: readonly (readonly [string, SearchComparison, boolean])[] = [
    ["none", compared(truth), false],
    ["something missing", compared([neighbour("a")]), true],
    ["an old version", compared([neighbour("a", 2), neighbour("b")]), true],
    ["a ghost", compared([...truth, neighbour("gone", 6)]), true],
    ["a newer version, not acknowledged", compared([neighbour("a", 9), neighbour("b")]), false],
    ["something that nobody has acknowledged", compared([...truth, neighbour("new", 9)]), false],
    ["a replica that is down", compared([], false), false],
  ];

  it.each(cases)("is seen as the table sees it: %s", (_, comparison, isWrong) => {
    const done = doneHints({ ...noFacts(), ...OPENING, comparison, playing: true });
    expect(done.includes("searchWhileLagging")).toBe(isWrong);
    expect(searchTable(comparison).marks.some((mark) => mark !== "unconfirmed")).toBe(isWrong);
  });

  it("is read while time stands still: then the hint is to watch what becomes of it", () => {
    const facts = { ...noFacts(), ...OPENING, comparison: compared([neighbour("a")]), playing: false };
    expect(doneHints(facts)).toEqual([]);
    expect(hintText("searchWhileLagging", facts)).toBe("Play, and watch r2");
    expect(hintText("searchWhileLagging", { ...facts, playing: true })).toBe("Search while a replica lags");
  });
});
