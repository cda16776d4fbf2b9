// The search of `test/model/verdict/ruleBreaks.test.ts` further: with every rule on, ten times the seeds break nothing.
import { describe, expect, it } from "vitest";
import { RULE_BREAKS } from "../../src/model/verdict/ruleBreaks.ts";
import { HUNTS, search } from "../support/ruleHunts.ts";

const table = RULE_BREAKS.map(({ rule, breaks }) => ({ rule, known: breaks[0] }));

describe("every rule, over many more seeds", () => {
  it.each(table)("without $rule only $known and what else is not promised breaks", ({ rule, known }) => {
    const hunt = HUNTS[rule];
    const { broken, outOfTurn } = search(hunt, { [rule]: false }, known, false, hunt.seeds * 4);
    expect(broken.length).toBeGreaterThan(1);
    expect(outOfTurn).toEqual([]);
  });

  it.each(table)("with $rule $known holds", ({ rule, known }) => {
    const hunt = HUNTS[rule];
    expect(search(hunt, { [rule]: true }, known, false, hunt.seeds * 10)).toEqual({ broken: [], outOfTurn: [] });
  });
});
