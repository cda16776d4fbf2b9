// The built-in scenarios that last hours and weeks.
import { describe, expect, it } from "vitest";
import { tell } from "../lab/scenarioRun.ts";

describe("write-spike", () => {
  it("lets the lag of the slow replica pass one hour, and then drain, with no snapshot", () => {
    const worst = tell("write-spike", {}, 115 * 60).report.replicas.r3;
    expect(worst?.lagSeconds).toBeGreaterThan(3_600);
    expect(worst?.queueDepth).toBeLessThan(10_000);
    const { report } = tell("write-spike");
    expect(report.replicas.r3).toMatchObject({ lagSeconds: 0, digest: report.replicas.r1?.digest });
    expect(report.writes).toMatchObject({ unknown: 0, lost: 0 });
  });
});

describe("week-old-leader", () => {
  it("makes everybody a week old", () => {
    const { report, exitCode } = tell("week-old-leader");
    expect(report.replicas.r3).toMatchObject({ role: "leader" });
    expect(report.writes.lost).toBeGreaterThan(150);
    expect(report.reads.recall).toBeLessThan(0.7);
    expect(report.reads.oldestSeconds).toBeGreaterThan(6.9 * 24 * 3_600);
    expect(exitCode).toBe(0);
  });

  it("cannot happen with the log check", () => {
    const { report, exitCode } = tell("week-old-leader", {
      cluster: { rules: { logUpToDateCheck: true } },
      expect: [],
    });
    expect(report.replicas.r3?.role).not.toBe("leader");
    expect(report.writes.lost).toBe(0);
    expect(report.reads.recall).toBe(1);
    expect(exitCode).toBe(0);
  });
});
