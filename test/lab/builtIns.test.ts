// What each built-in scenario claims, asserted by running it. Those of hours and weeks are in test/long.
import { describe, expect, it, vi } from "vitest";
import { builtInNames, builtInScenario } from "../../src/data/scenarios/builtIns.ts";
import { scenarioOf, tell } from "./scenarioRun.ts";

// Seconds on a quiet machine; a machine that does ten other things must not fail them.
vi.setConfig({ testTimeout: 120_000 });

describe("every built-in scenario", () => {
  it.each(builtInNames)("%s is a scenario with a title and a paragraph", (name) => {
    const { title, about } = scenarioOf(builtInScenario(name));
    expect(title).not.toBe("");
    expect(about.length).toBeGreaterThan(100);
  });
});

describe("two-am", () => {
  it("loses forty acknowledged products under asynchronous replication, as expected", () => {
    const { report, exitCode } = tell("two-am");
    expect(report.writes.lost).toBe(40);
    expect(exitCode).toBe(0);
  });

  it("loses none under quorum, whose promises all hold", () => {
    const { report, exitCode } = tell("two-am", { cluster: { mode: "quorum" }, expect: [] });
    expect(report.writes).toMatchObject({ lost: 0, missing: 0 });
    expect(exitCode).toBe(0);
  });
});

describe("read-your-writes", () => {
  it("misses the client's own write while any replica may answer, and no more under session and leader", () => {
    const any = tell("read-your-writes", {}, 20).report.reads;
    const all = tell("read-your-writes").report.reads;
    expect(any.stale).toBeGreaterThanOrEqual(8);
    expect(all.stale).toBe(any.stale);
    expect(all.served).toBeGreaterThan(2 * any.served);
  });
});

describe("slow-replica", () => {
  const near = { network: { links: [] } };

  it("at least doubles the p99 of writes under synchronous", () => {
    const far = tell("slow-replica").report.latencyMs.write.p99 ?? 0;
    const next = tell("slow-replica", near).report.latencyMs.write.p99 ?? 0;
    expect(far).toBeGreaterThan(2 * next);
  });

  it("leaves quorum as it was", () => {
    const quorum = { cluster: { mode: "quorum" } };
    const far = tell("slow-replica", quorum).report.latencyMs.write.p99 ?? 0;
    const next = tell("slow-replica", { ...quorum, ...near }).report.latencyMs.write.p99 ?? 0;
    expect(far).toBeLessThan(1.15 * next);
  });
});

describe("write-ceiling", () => {
  it("serves more reads with more replicas, never more writes", () => {
    const [three, five, seven] = [3, 5, 7].map(
      (replicas) => tell("write-ceiling", { cluster: { replicas } }, 6).report,
    );
    expect(five?.reads.served).toBeGreaterThan(1.1 * (three?.reads.served ?? 0));
    expect(seven?.reads.served).toBeGreaterThan(1.05 * (five?.reads.served ?? 0));
    expect(five?.writes.acknowledged).toBeLessThanOrEqual(three?.writes.acknowledged ?? 0);
    expect(seven?.writes.acknowledged).toBeLessThanOrEqual(five?.writes.acknowledged ?? 0);
  });
});

describe("split-brain", () => {
  it("has both sides acknowledge, and the side of the lower term lose it on healing", () => {
    const { report, exitCode } = tell("split-brain");
    expect(report.writes.lost).toBeGreaterThan(50);
    expect(report.replicas.r3).toMatchObject({ role: "leader" });
    expect(exitCode).toBe(0);
  });

  it("with Raft's rules has the smaller side refuse, and loses nothing", () => {
    const actions = [{ at: "5s", do: "partition", groups: [["r1", "r2"], ["r3"]], for: "11s" }];
    const { report, exitCode } = tell("split-brain", { cluster: { mode: "quorum" }, actions, expect: [] });
    expect(report.writes.lost).toBe(0);
    expect(report.writes.unknown + report.writes.failed).toBeGreaterThan(5);
    expect(exitCode).toBe(0);
  });
});

describe("three-plus-two", () => {
  const told = tell("three-plus-two");

  it("commits nothing while the larger data centre is dark, though two replicas are up", () => {
    expect(told.acknowledgedBetween(10.2, 20)).toBe(0);
  });

  it("goes on while the smaller one is dark, and loses nothing either way", () => {
    expect(told.acknowledgedBetween(33, 40)).toBeGreaterThan(40);
    expect(told.report.writes.lost).toBe(0);
  });
});

describe("even-cluster", () => {
  const told = tell("even-cluster");

  it("bears one failure, as three replicas do, and not two", () => {
    expect(told.acknowledgedBetween(6, 10)).toBeGreaterThan(20);
    expect(told.acknowledgedBetween(10.1, 20)).toBe(0);
  });

  it("cut two and two is led by nobody", () => {
    expect(told.acknowledgedBetween(25.1, 35)).toBe(0);
    expect(told.leadersBetween(25, 35)).toBe(0);
    expect(told.report.writes.lost).toBe(0);
  });
});

describe("rejoin", () => {
  it("deposes a leader that worked all the time, with a term that has risen in exile", () => {
    const { report, leadersBetween } = tell("rejoin");
    expect(report.term).toBeGreaterThan(20);
    expect(leadersBetween(15, 20)).toBeGreaterThanOrEqual(1);
  });

  it("changes nothing with pre-vote", () => {
    const { report } = tell("rejoin", { cluster: { rules: { preVote: true } } });
    expect(report).toMatchObject({ term: 1, leaderChanges: 1 });
  });
});

describe("figure-8", () => {
  it("takes back what counting copies of an older term had committed", () => {
    const { report, exitCode } = tell("figure-8");
    expect(report.verdicts.LeaderCompleteness?.count).toBeGreaterThan(0);
    expect(report.verdicts.StateMachineSafety?.count).toBeGreaterThan(0);
    expect(exitCode).toBe(0);
  });

  it("takes back only what was never committed with the rule on", () => {
    const { report, exitCode } = tell("figure-8", { cluster: { rules: { commitCurrentTermOnly: true } }, expect: [] });
    expect(report.writes.rolledBack).toBeGreaterThan(100);
    expect(report.verdicts.LeaderCompleteness?.count).toBe(0);
    expect(report.verdicts.StateMachineSafety?.count).toBe(0);
    expect(exitCode).toBe(0);
  });
});

describe("forgotten-vote", () => {
  it("elects two leaders in one term", () => {
    const { report, exitCode } = tell("forgotten-vote");
    const leaders = Object.values(report.replicas).filter(({ role, term }) => role === "leader" && term === 1);
    expect(leaders).toHaveLength(2);
    expect(exitCode).toBe(0);
  });

  it("elects the second in a later term when votes are kept", () => {
    const { report, exitCode } = tell("forgotten-vote", {
      cluster: { rules: { persistTermAndVote: true } },
      expect: [],
    });
    expect(report.verdicts.ElectionSafety?.count).toBe(0);
    expect(report.term).toBeGreaterThanOrEqual(2);
    expect(exitCode).toBe(0);
  });
});

describe("stale-read", () => {
  it("answers what was superseded long since, as long as leadership is not confirmed", () => {
    const { report, exitCode } = tell("stale-read");
    expect(report.reads.stale).toBeGreaterThan(3);
    expect(report.reads.oldestSeconds).toBeGreaterThan(3);
    expect(exitCode).toBe(0);
  });

  it("answers nothing stale with confirmation", () => {
    const { report, exitCode } = tell("stale-read", { cluster: { rules: { readConfirmation: true } }, expect: [] });
    expect(report.reads.stale).toBe(0);
    expect(exitCode).toBe(0);
  });
});

describe("corrupt-disk", () => {
  it("ends with the same items everywhere when the checksum finds the damage", () => {
    const { r1, r2, r3 } = tell("corrupt-disk").report.replicas;
    expect([r2?.digest, r3?.digest]).toEqual([r1?.digest, r1?.digest]);
  });

  it("serves an embedding that nobody wrote when it does not", () => {
    const { r1, r2, r3 } = tell("corrupt-disk", { cluster: { rules: { checksum: false } } }).report.replicas;
    expect(r2?.digest).not.toBe(r1?.digest);
    expect(r3?.digest).toBe(r1?.digest);
  });
});

describe("livelock", () => {
  it("elects without end", () => {
    const told = tell("livelock");
    expect(told.leadersBetween(20, 30)).toBeGreaterThan(5);
  });

  it("comes to rest with pre-vote and check-quorum", () => {
    const told = tell("livelock", { cluster: { rules: { preVote: true, checkQuorum: true } } });
    expect(told.leadersBetween(10, 30)).toBe(0);
    expect(told.acknowledgedBetween(20, 30)).toBeGreaterThan(20);
  });
});
