import { describe, expect, it } from "vitest";
import { closingLine, outcomeOfCheck, outcomeOfTests, playwrightCounts, sumOf, vitestCounts } from "./stepOutcome.ts";

const wellEnded = { exitCode: 0 };
const allPassed = { passed: 3, failed: 0, skipped: 0 };

describe("the outcome of a step", () => {
  it("counts a check as one", () => {
    expect(outcomeOfCheck(wellEnded)).toMatchObject({ passed: 1, failed: 0 });
    expect(outcomeOfCheck({ exitCode: 2 })).toMatchObject({ passed: 0, failed: 1 });
    expect(outcomeOfCheck({ exitCode: null })).toMatchObject({ passed: 0, failed: 1 });
  });

  it("counts each test as one", () => {
    expect(outcomeOfTests(wellEnded, allPassed)).toMatchObject({ passed: 3, failed: 0 });
    expect(outcomeOfTests({ exitCode: 1 }, { passed: 3, failed: 2, skipped: 1 })).toMatchObject({
      passed: 3,
      failed: 2,
    });
  });

  it("counts a step without a report, or without a test, as failed even if it ended well", () => {
    expect(outcomeOfTests(wellEnded, undefined)).toMatchObject({ failed: 1, remarks: ["left no report"] });
    const none = { passed: 0, failed: 0, skipped: 4 };
    expect(outcomeOfTests(wellEnded, none)).toMatchObject({ failed: 1, remarks: ["ran no test"] });
  });

  it("counts a runner that ended badly as failed even if all its tests passed", () => {
    expect(outcomeOfTests({ exitCode: 1 }, allPassed)).toMatchObject({
      ...{ passed: 3, failed: 1 },
      remarks: ["ended with 1 though no test failed"],
    });
    expect(outcomeOfTests({ exitCode: null, mishap: "took too long" }, allPassed)).toMatchObject({ failed: 1 });
    expect(outcomeOfTests({ exitCode: 0, mishap: "took too long" }, allPassed)).toMatchObject({ failed: 1 });
  });
});

describe("a report", () => {
  it("of Vitest is read", () => {
    const report = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, success: false };
    expect(vitestCounts(report)).toEqual({ passed: 5, failed: 1, skipped: 3 });
  });

  it("of Playwright is read, a flaky test as failed", () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 2, skipped: 3 } };
    expect(playwrightCounts(report)).toEqual({ passed: 5, failed: 3, skipped: 3 });
  });

  it.each([undefined, null, {}, "text", { numPassedTests: "5" }, { stats: { expected: -1 } }])(
    "%j counts as none",
    (report) => {
      expect(vitestCounts(report)).toBeUndefined();
      expect(playwrightCounts(report)).toBeUndefined();
    },
  );
});

it("closes with the sum and nothing else", () => {
  expect(closingLine(sumOf([allPassed, { passed: 1, failed: 2, skipped: 9 }]))).toBe("4 passed, 2 failed");
});
