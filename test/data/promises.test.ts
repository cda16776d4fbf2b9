// The table of promises: docs and code agree, and the cells that a person would look up first are what the design says.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { promisesText, promiseTables } from "../../src/data/promises.ts";
import { DEFAULT_RULES } from "../../src/model/protocol/config.ts";
import { VERDICT_NAMES } from "../../src/model/protocol/verdict.ts";

const tables = promiseTables();

describe("the table of promises", () => {
  it("stands in docs/promises.md as the code has it", () => {
    expect(readFileSync(new URL("../../docs/promises.md", import.meta.url), "utf8")).toBe(promisesText());
  });

  it("has every verdict once, with a sentence", () => {
    const rows = [...tables.modes.rows, ...tables.reads.rows];
    expect(rows.map(({ name }) => name).sort()).toEqual([...VERDICT_NAMES].sort());
    for (const { promise } of rows) expect(promise).toMatch(/^[A-Z].*\.$/);
  });

  it("keeps acknowledged writes where a majority has them, and nowhere else", () => {
    const kept = tables.modes.rows.find(({ name }) => name === "AcknowledgedWritesKept");
    const byMode = Object.fromEntries(tables.modes.columns.map((mode, at) => [mode, kept?.promised[at]]));
    expect(byMode).toEqual({
      asynchronous: false,
      "quorum, W below a majority": false,
      quorum: true,
      synchronous: true,
      "synchronous that degrades": false,
    });
  });

  it("promises one leader a term in every mode", () => {
    const safety = tables.modes.rows.find(({ name }) => name === "ElectionSafety");
    expect(safety?.promised).toEqual(tables.modes.columns.map(() => true));
  });

  it("says of every rule what it is for, and what is no longer promised without it", () => {
    expect(tables.rules.map(({ what }) => what).sort()).toEqual(Object.keys(DEFAULT_RULES).sort());
    for (const { what, how, verdicts } of tables.rules) {
      expect(how, what).toMatch(/^[A-Z].*\.$/);
      // A record that is sound needs no checksum: what is withdrawn is withdrawn by the damage.
      if (what !== "checksum") expect(verdicts, what).not.toEqual([]);
    }
  });
});
