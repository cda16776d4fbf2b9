// Which indices log strips show: the newest, and where logs part or end when that would be out of sight.
import { describe, expect, it } from "vitest";
import { logIndex, term } from "../../../src/base/ids.ts";
import { ZERO } from "../../../src/base/units.ts";
import { partingOf, STRIP_LENGTH, stripIndices } from "../../../src/model/cluster/strip.ts";
import type { Entry } from "../../../src/model/protocol/log.ts";
import type { Log } from "../../../src/model/replica/log.ts";

/** A log whose entries have these terms: runs of how many entries of which term; `folded` of them are in its snapshot. */
function aLog(runs: readonly (readonly [count: number, term: number])[], folded = 0): Log {
  const terms = runs.flatMap(([count, of]) => Array.from({ length: count }, () => of));
  const entries = terms.map(
    (of, at): Entry => ({
      term: term(of),
      index: logIndex(at + 1),
      operation: { kind: "noop" },
      requestId: 0,
      appendedAt: ZERO,
    }),
  );
  const snapshot = {
    lastIncludedIndex: logIndex(folded),
    lastIncludedTerm: term(terms[folded - 1] ?? 0),
    items: [],
    requests: [],
  };
  return { snapshot, entries: entries.slice(folded) };
}

const span = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe("where two logs part", () => {
  it("is found whatever their lengths, and nowhere when one begins the other", () => {
    expect(partingOf(aLog([[40, 1]]), aLog([[90, 1]]))).toBeUndefined();
    for (const agreed of [0, 1, 7, 63, 64, 99]) {
      const [one, other] = [
        aLog([
          [agreed, 1],
          [60, 1],
        ]),
        aLog([
          [agreed, 1],
          [3, 2],
        ]),
      ];
      expect(partingOf(one, other)).toBe(agreed + 1);
      expect(partingOf(other, one)).toBe(agreed + 1);
    }
  });

  it("lies behind what either has folded", () => {
    expect(
      partingOf(
        aLog([[150, 1]], 90),
        aLog(
          [
            [99, 1],
            [20, 2],
          ],
          95,
        ),
      ),
    ).toBe(100);
  });
});

describe("the indices of the strips", () => {
  const indices = (...logs: readonly [Log, ...Log[]]) => [...stripIndices(logs, logs[0])];

  it("are the last ones, with one free cell, while all logs end there", () => {
    expect(indices(aLog([[3, 1]]), aLog([]))).toEqual(span(1, 10));
    expect(indices(aLog([[90, 1]]), aLog([[82, 1]]), aLog([[88, 1]]))).toEqual(span(82, 91));
  });

  it("show where a leader behind a wall parted, where the shorter log ends, and its own end", () => {
    const rest = aLog([
      [99, 1],
      [51, 2],
    ]);
    const wall = aLog([[250, 1]]);
    expect(indices(rest, wall, rest)).toEqual([...span(99, 101), ...span(149, 151), ...span(248, 251)]);
  });

  it("show where logs part before the newest, and that alone", () => {
    const [ours, theirs] = [
      aLog([
        [99, 1],
        [51, 2],
      ]),
      aLog([[150, 1]]),
    ];
    expect(indices(ours, theirs)).toEqual([...span(99, 101), ...span(145, 151)]);
  });

  it("show the end of a log that is far behind, and the beginning of one that is empty", () => {
    expect(indices(aLog([[1_000, 1]]), aLog([[50, 1]]))).toEqual([...span(49, 51), ...span(995, 1_001)]);
    expect(indices(aLog([[1_000, 1]]), aLog([[1, 1]]))).toEqual([1, 2, ...span(994, 1_001)]);
  });

  it("are always as many, rising, and end behind the newest entry", () => {
    for (const behind of span(0, 40)) {
      for (const parted of span(0, 30)) {
        const shown = indices(
          aLog([
            [60, 1],
            [parted, 2],
          ]),
          aLog([
            [60, 1],
            [40, 1],
          ]),
          aLog([[60 - behind, 1]]),
        );
        expect(shown).toHaveLength(STRIP_LENGTH);
        expect(shown.toSorted((a, b) => a - b)).toEqual([...new Set(shown)]);
        expect(shown.at(-1)).toBe(101);
      }
    }
  });
});
