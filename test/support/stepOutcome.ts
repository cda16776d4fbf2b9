// How `npm test` turns the end of one step into numbers. The rule it keeps: a step that did not run, did not finish, left no report or
// found no test counts as failed, never as nothing.

/** How the process of a step ended. `exitCode` is null when a signal ended it. */
export interface Ending {
  readonly exitCode: number | null;
  /** Why it was ended before its time or never began, if so. */
  readonly mishap?: string;
}

/** What a test runner's report says. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface Outcome extends Counts {
  /** What the numbers alone don't say. */
  readonly remarks: readonly string[];
}

/** A step without tests of its own, such as the type check: it counts as one. */
export function outcomeOfCheck(ending: Ending): Outcome {
  const failed = ending.exitCode === 0 && ending.mishap === undefined ? 0 : 1;
  return { passed: 1 - failed, failed, skipped: 0, remarks: ending.mishap === undefined ? [] : [ending.mishap] };
}

/** A step with tests: each counts as one. `counts` is undefined when there is no report or it cannot be read. */
export function outcomeOfTests(ending: Ending, counts: Counts | undefined): Outcome {
  const remarks = ending.mishap === undefined ? [] : [ending.mishap];
  if (counts === undefined) return { passed: 0, failed: 1, skipped: 0, remarks: [...remarks, "left no report"] };
  if (counts.passed + counts.failed === 0) return { ...counts, failed: 1, remarks: [...remarks, "ran no test"] };
  const endedBadly = ending.exitCode !== 0 || ending.mishap !== undefined;
  if (!endedBadly || counts.failed > 0) return { ...counts, remarks };
  const end = ending.exitCode === null ? "was ended by a signal" : `ended with ${ending.exitCode}`;
  return { ...counts, failed: 1, remarks: [...remarks, `${end} though no test failed`] };
}

/** From the report of Vitest's json reporter. */
export function vitestCounts(report: unknown): Counts | undefined {
  const [passed, failed] = [numberIn(report, "numPassedTests"), numberIn(report, "numFailedTests")];
  const [pending, todo] = [numberIn(report, "numPendingTests"), numberIn(report, "numTodoTests")];
  if (passed === undefined || failed === undefined || pending === undefined || todo === undefined) return undefined;
  return { passed, failed, skipped: pending + todo };
}

/** From the report of Playwright's json reporter. A test that passed only when tried again counts as failed. */
export function playwrightCounts(report: unknown): Counts | undefined {
  const stats = memberOf(report, "stats");
  const [expected, unexpected] = [numberIn(stats, "expected"), numberIn(stats, "unexpected")];
  const [flaky, skipped] = [numberIn(stats, "flaky"), numberIn(stats, "skipped")];
  if (expected === undefined || unexpected === undefined || flaky === undefined || skipped === undefined) {
    return undefined;
  }
  return { passed: expected, failed: unexpected + flaky, skipped };
}

/** The closing line of `npm test`, on which CI relies: nothing may stand before or after it. */
export function closingLine({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`;
}

export function sumOf(outcomes: readonly Counts[]): Counts {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of outcomes) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}

function numberIn(value: unknown, name: string): number | undefined {
  const member = memberOf(value, name);
  return typeof member === "number" && Number.isSafeInteger(member) && member >= 0 ? member : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}
