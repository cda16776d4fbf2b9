// A checker that never fires proves nothing: each of them fires here, in real runs with one rule of Raft switched off
// (found by trying seeds), or on observations made by hand.
import { describe, expect, it } from "vitest";
import { logIndex, replicaId, term } from "../../../src/base/ids.ts";
import { millis, seconds, ZERO } from "../../../src/base/units.ts";
import type { Rules } from "../../../src/model/protocol/config.ts";
import type { LogView, Observation } from "../../../src/model/verdict/observation.ts";
import { QuorumReads } from "../../../src/model/verdict/quorumReads.ts";
import { fiveCheckers, Watch } from "../../../src/model/verdict/safety.ts";
import { rebuild, StoreEqualsLog } from "../../../src/model/verdict/storeEqualsLog.ts";
import type { VerdictName, Violation } from "../../../src/model/verdict/verdict.ts";
import { aCluster, constant, type StoryCluster } from "../../support/cluster.ts";
import { anEntry, anItem, aSnapshot, entriesOf } from "../../support/replica.ts";
import { runSeed } from "../../support/sweep.ts";

const [r1, r2, r3, r4, r5] = [replicaId(1), replicaId(2), replicaId(3), replicaId(4), replicaId(5)];

/** The first violation of `verdict` among 60 seeds of trouble with `rule` off; seeds 1 to 27 find no stale leader. */
function firstViolation(verdict: VerdictName, rule: keyof Rules): Violation | undefined {
  for (let seed = 28; seed < 88; seed += 1) {
    const rules = { [rule]: false };
    const outcome = runSeed(seed, { cluster: {}, rules, promised: [], keepsWrites: false, within: seconds(1) });
    const violation = outcome.watched.watch.violations.get(verdict);
    if (violation !== undefined) return violation;
  }
  return undefined;
}

describe("in real runs with a rule switched off", { timeout: 60_000 }, () => {
  it.each([
    { verdict: "ElectionSafety", rule: "keepVoteForTerm", what: /^r\d leads term \d+, and so did r\d\.$/ },
    { verdict: "LeaderCompleteness", rule: "logUpToDateCheck", what: /^r\d leads term \d+ without entry \d+/ },
    { verdict: "LogMatching", rule: "logConsistencyCheck", what: /^r\d and r\d share entry \d+ of term \d+, but not/ },
    { verdict: "StateMachineSafety", rule: "rejectStaleTerms", what: /^r\d applied another entry at \d+ than r\d had/ },
  ] as const)("$verdict fires without $rule", ({ verdict, rule, what }) => {
    const violation = firstViolation(verdict, rule);
    expect(violation?.verdict).toBe(verdict);
    expect(violation?.what).toMatch(what);
    expect(violation?.at).toBeGreaterThan(0);
  });
});

/**
 * Figure 8, played. r1 leads and alone with r2 gets 70 entries (a); it crashes, r5 is elected by r3 and r4 and writes
 * one entry that nobody else gets (b); r5 crashes, r1 returns, is elected, and brings the old entries to r3: a majority
 * has them, the no-op of the new term has not arrived (c); r1 crashes, r5 returns and is elected, since its last entry
 * has a later term, and overwrites them everywhere (d).
 */
function figure8(rules: Partial<Rules>): { readonly cluster: StoryCluster; readonly committedInC: number } {
  const cluster = aCluster({
    replicas: 5,
    seed: 1,
    latency: constant(5),
    rules,
    workload: { maxOpen: 100 },
  }).withLeader(r1);
  // (a)
  cluster.isolate([r1, r2]);
  for (let write = 0; write < 70; write += 1) cluster.upsert(r1, `old-${write}`);
  cluster.runFor(millis(40));
  cluster.crash(r1);
  cluster.crash(r2);
  // (b)
  lead(cluster, r5, [r3, r4]);
  cluster.isolate([r5]);
  cluster.upsert(r5, "other");
  cluster.runFor(millis(40));
  cluster.crash(r5);
  // (c)
  cluster.restart(r1);
  cluster.restart(r2);
  lead(cluster, r1, [r2, r3]);
  cluster.runUntil(() => cluster.replica(r3).log.entries.length >= 60, { within: seconds(1) });
  cluster.runFor(millis(6));
  const committedInC = cluster.replica(r1).commitIndex;
  cluster.crash(r1);
  // (d)
  cluster.restart(r5);
  lead(cluster, r5, [r2, r3, r4]);
  cluster.runFor(seconds(1));
  return { cluster, committedInC };
}

/** Lets `id` be elected by `voters`, cut off from the others: whoever else wins is started again until `id` does. */
function lead(cluster: StoryCluster, id: typeof r1, voters: readonly (typeof r1)[]): void {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    cluster.isolate([id, ...voters]);
    try {
      cluster.runUntil(() => cluster.leader() !== undefined, { within: seconds(3) });
    } catch {
      continue;
    }
    if (cluster.leader() === id) return;
    const other = cluster.leader();
    if (other === undefined) continue;
    cluster.crash(other);
    cluster.restart(other);
  }
  throw new Error("it is never elected");
}

describe("figure 8: why a leader does not commit entries of older terms by counting", { timeout: 60_000 }, () => {
  it("with `commitCurrentTermOnly` off an entry is overwritten after it was committed", () => {
    const { cluster, committedInC } = figure8({ commitCurrentTermOnly: false });
    expect(committedInC).toBeGreaterThan(1);
    expect(cluster.watched.watch.violations.get("LeaderCompleteness")?.replicas[0]).toBe(r5);
    expect(cluster.watched.watch.violations.has("StateMachineSafety")).toBe(true);
  });

  it("with the rule nothing is committed that can be overwritten", () => {
    const { cluster, committedInC } = figure8({});
    expect(committedInC).toBe(0);
    expect(cluster.invariantsBroken()).toEqual([]);
  });
});

/** What a replica shows, as far as a test cares. */
function shows(parts: Partial<Observation> & { readonly log?: LogView }): Observation {
  return {
    at: ZERO,
    replicaId: r1,
    incarnation: 1,
    role: "follower",
    currentTerm: term(1),
    commitIndex: logIndex(0),
    lastApplied: logIndex(0),
    log: logOf([]),
    items: new Map(),
    ...parts,
  };
}

function logOf(terms: readonly number[]): LogView {
  return { snapshot: aSnapshot(0, 0), entries: entriesOf(terms) };
}

function violationsOf(observations: readonly Observation[]): readonly VerdictName[] {
  const watch = new Watch(fiveCheckers());
  for (const observation of observations) watch.observe(observation);
  return [...watch.violations.keys()];
}

describe("on observations made by hand", () => {
  it("ElectionSafety: two leaders in one term, also when the first is gone", () => {
    expect(violationsOf([shows({ role: "leader" }), shows({ role: "leader", replicaId: r2 })])).toEqual([
      "ElectionSafety",
    ]);
    const later = shows({ role: "leader", replicaId: r2, currentTerm: term(2) });
    expect(violationsOf([shows({ role: "leader" }), later])).toEqual([]);
  });

  it("LeaderAppendOnly: a leader that removes or replaces an entry of its own", () => {
    const before = shows({ role: "leader", currentTerm: term(2), log: logOf([1, 2]) });
    expect(violationsOf([before, { ...before, log: logOf([1]) }])).toContain("LeaderAppendOnly");
    const { entries, snapshot } = before.log;
    expect(violationsOf([before, { ...before, log: { snapshot, entries: [...entries, anEntry(2, 3)] } }])).toEqual([]);
  });

  it("LeaderAppendOnly: not for a follower, nor for one that was deposed in between", () => {
    const leader = shows({ role: "leader", currentTerm: term(2), log: logOf([1, 2]) });
    const follower = { ...leader, role: "follower", log: logOf([1]) } as const;
    expect(violationsOf([leader, follower])).toEqual([]);
  });

  it("LogMatching: one entry with two pasts, and one place and term with two contents", () => {
    const a = shows({ log: logOf([1, 1, 3]) });
    const b = shows({ replicaId: r2, log: logOf([1, 2, 3]) });
    expect(violationsOf([a, b])).toEqual(["LogMatching"]);
    const written = (requestId: number): LogView => ({
      snapshot: aSnapshot(0, 0),
      entries: [anEntry(1, 1, { requestId })],
    });
    expect(violationsOf([shows({ log: written(7) }), shows({ replicaId: r2, log: written(8) })])).toEqual([
      "LogMatching",
    ]);
  });

  it("LeaderCompleteness: an entry committed under an earlier leader is missing, or comes to be committed later", () => {
    const committed = shows({ role: "leader", currentTerm: term(1), log: logOf([1, 1]), commitIndex: logIndex(2) });
    const elected = shows({ replicaId: r2, role: "leader", currentTerm: term(2), log: logOf([1, 2]) });
    expect(violationsOf([committed, elected])).toEqual(["LeaderCompleteness"]);
    expect(violationsOf([elected, committed])).toEqual(["LeaderCompleteness"]);
    expect(violationsOf([committed, { ...elected, log: logOf([1, 1, 2]) }])).toEqual([]);
  });

  it("StateMachineSafety: two replicas apply different entries at one index, also after an undo", () => {
    const a = shows({ log: logOf([1, 1]), lastApplied: logIndex(2) });
    const b = shows({ replicaId: r2, log: logOf([1, 2]), lastApplied: logIndex(2) });
    expect(violationsOf([a, b])).toContain("StateMachineSafety");
    expect(violationsOf([a, { ...a, log: logOf([1, 3]) }])).toContain("StateMachineSafety");
    expect(violationsOf([a, { ...b, lastApplied: logIndex(1) }])).toEqual([]);
  });

  it("StateMachineSafety: a snapshot that ends in another term than what was applied there", () => {
    const a = shows({ log: logOf([1, 1]), lastApplied: logIndex(2) });
    const folded = shows({ replicaId: r2, log: { snapshot: aSnapshot(2, 2), entries: [] }, lastApplied: logIndex(2) });
    expect(violationsOf([a, folded])).toEqual(["StateMachineSafety"]);
  });

  it("StoreEqualsLog: an item missing, stale, or left over", () => {
    const checker = new StoreEqualsLog();
    const shown = shows({ log: logOf([1, 1]), lastApplied: logIndex(2) });
    const items = rebuild(shown.log, 2);
    expect(checker.observe({ ...shown, items })).toBeUndefined();
    expect(checker.observe({ ...shown, items: new Map() })?.what).toMatch(/^r1 holds “x1” otherwise/);
    expect(checker.observe({ ...shown, items: new Map([...items, ["x1", anItem("x1", 1, 9)]]) })).toBeDefined();
    expect(checker.observe({ ...shown, items: new Map([...items, ["y", anItem("y", 1, 2)]]) })?.what).toMatch(/“y”/);
  });

  it("QuorumReads: an answer from before a write that was acknowledged when it was asked", () => {
    const version = (ofTerm: number, index: number) => ({ term: term(ofTerm), logIndex: logIndex(index) });
    const reads = new QuorumReads();
    reads.asked(1);
    reads.acknowledged(version(1, 5));
    reads.asked(2);
    reads.asked(3);
    expect(reads.answered(ZERO, 1, r3, version(1, 4))).toBeUndefined();
    expect(reads.answered(ZERO, 2, r3, version(2, 3))).toBeUndefined();
    expect(reads.answered(ZERO, 3, r4, version(1, 4))).toMatchObject({
      verdict: "QuorumReads",
      replicas: [r4],
      index: 5,
    });
  });
});
