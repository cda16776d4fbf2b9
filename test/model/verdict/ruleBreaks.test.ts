// What each safety rule is for, tested both ways over the one table: with the rule off a search over seeds finds the
// break, and nothing breaks that was still promised; with it on no seed of the same search breaks anything promised.
import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { DEFAULT_NETWORK, DEFAULT_RULES, defaultRun } from "../../../src/model/protocol/config.ts";
import { VERDICT_NAMES } from "../../../src/model/protocol/verdict.ts";
import { noteRules, noWithdrawals, whyNotPromised } from "../../../src/model/verdict/promises.ts";
import { RULE_BREAKS } from "../../../src/model/verdict/ruleBreaks.ts";
import { HUNTS, search } from "../../support/ruleHunts.ts";

vi.setConfig({ testTimeout: 180_000 });

const table = RULE_BREAKS.map(({ rule, breaks }) => ({ rule, known: breaks[0] }));

describe("every rule, both ways", () => {
  it.each(table)("without $rule a search finds that $known breaks", ({ rule, known }) => {
    const { broken, outOfTurn } = search(HUNTS[rule], { [rule]: false }, known, true);
    expect(broken).toHaveLength(1);
    expect(outOfTurn).toEqual([]);
  });

  it.each(table)("with $rule no seed of that search breaks $known", ({ rule, known }) => {
    const { broken, outOfTurn } = search(HUNTS[rule], { [rule]: true }, known, false);
    expect(broken).toEqual([]);
    expect(outOfTurn).toEqual([]);
  });
});

describe("the table", () => {
  it("names every rule once, and no verdict twice in a row", () => {
    expect(RULE_BREAKS.map(({ rule }) => rule).sort()).toEqual(Object.keys(DEFAULT_RULES).sort());
    for (const { breaks } of RULE_BREAKS) expect(new Set(breaks).size).toBe(breaks.length);
  });

  it("is what a lasting rule withdraws, for good and nothing else", () => {
    const { cluster } = defaultRun(1);
    const calm = {
      ...cluster,
      readPolicy: "linearizable",
      rules: { ...DEFAULT_RULES, preVote: true, checkQuorum: true },
    } as const;
    const why = (withdrawals = noWithdrawals()) =>
      VERDICT_NAMES.filter((name) => whyNotPromised(name, calm, DEFAULT_NETWORK, withdrawals) !== "");
    const before = why();
    for (const { rule, breaks, lasting } of RULE_BREAKS) {
      const withdrawals = noWithdrawals();
      noteRules(withdrawals, { ...calm.rules, [rule]: false });
      noteRules(withdrawals, calm.rules);
      const expected = VERDICT_NAMES.filter((name) => before.includes(name) || (lasting && breaks.includes(name)));
      expect(why(withdrawals)).toEqual(expected);
    }
  });

  it("is the one in docs/rules.md", () => {
    const rows = readFileSync("docs/rules.md", "utf8")
      .split("\n")
      .filter((line) => line.startsWith("| `"))
      .map((line) => line.split("|").map((cell) => cell.trim()));
    const expected = RULE_BREAKS.map(({ rule, breaks: [known, ...others], how, lasting }) => [
      `\`${rule}\``,
      known,
      others.join(", "),
      lasting ? "for the rest of the run" : "while it is off",
      how,
    ]);
    expect(rows.map((cells) => cells.slice(1, -1))).toEqual(expected);
  });
});
