import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkHistory } from "../../../src/model/verdict/wingGongLowe.ts";
import { type HistoryShape, hasOrder, historyArbitrary, initially, liveBreaks } from "../../support/histories.ts";

const puts: HistoryShape = { deletes: false, unknown: true, maxOperations: 14, ids: ["apple", "pear"] };
const all: HistoryShape = { ...puts, deletes: true };
const runs = { numRuns: 3_000, seed: 1 };

describe("two checkers of linearizability on random histories", { timeout: 120_000 }, () => {
  it("the search finds an order exactly if trying all orders does", () => {
    const small: HistoryShape = { ...all, maxOperations: 7, ids: ["apple"] };
    let broken = 0;
    fc.assert(
      fc.property(historyArbitrary(small), (operations) => {
        const found = checkHistory(operations, { initially }).linearizable;
        if (found === false) broken += 1;
        expect(found).toBe(hasOrder(operations, initially("apple")));
      }),
      runs,
    );
    expect(broken).toBeGreaterThan(300);
    expect(broken).toBeLessThan(2_700);
  });

  it("the live checker agrees with the search on puts and reads, outcomes known or not", () => {
    let broken = 0;
    fc.assert(
      fc.property(historyArbitrary(puts), fc.integer({ min: 0, max: 9 }), (operations, giveUpAfter) => {
        const found = checkHistory(operations, { initially }).linearizable;
        if (found === false) broken += 1;
        expect(liveBreaks(operations, { placed: true, giveUpAfter }).length === 0).toBe(found);
      }),
      runs,
    );
    expect(broken).toBeGreaterThan(300);
    expect(broken).toBeLessThan(2_700);
  });

  it("with deletes the live checker raises no false alarm, and misses few breaks", () => {
    let broken = 0;
    let missed = 0;
    fc.assert(
      fc.property(historyArbitrary(all), (operations) => {
        const found = checkHistory(operations, { initially }).linearizable;
        const live = liveBreaks(operations).length === 0;
        if (found === true) expect(live).toBe(true);
        if (found !== false) return;
        broken += 1;
        if (live) missed += 1;
      }),
      runs,
    );
    expect(broken).toBeGreaterThan(400);
    expect(missed / broken).toBeLessThan(0.05);
  });

  it("it raises none either when versions are heard of only with the acknowledgement", () => {
    fc.assert(
      fc.property(historyArbitrary(all), (operations) => {
        if (checkHistory(operations, { initially }).linearizable === true) {
          expect(liveBreaks(operations, { placed: false, giveUpAfter: 3 })).toEqual([]);
        }
      }),
      runs,
    );
  });
});
