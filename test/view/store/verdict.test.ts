// The verdict: red only where a promise broke; what was not promised is counted and named.
import { describe, expect, it } from "vitest";
import type { Verdict } from "../../../src/model/protocol/verdict.ts";
import { quorumWarnings } from "../../../src/view/store/clusterShape.ts";
import { verdictOf } from "../../../src/view/store/verdict.ts";
import { aConfig, aReplica, calmCounters, r1 } from "../../support/frameBuilders.ts";

function kept(parts: Partial<Verdict>): Verdict {
  return {
    name: "AcknowledgedWritesKept",
    promised: true,
    withdrawnBy: "",
    sequence: undefined,
    holds: true,
    count: 0,
    at: undefined,
    message: "",
    ...parts,
  };
}

function verdictAfter(lostWrites: number, ...verdicts: readonly Verdict[]) {
  const counters = { ...calmCounters, acknowledgedWritesLost: lostWrites };
  return verdictOf({ counters, verdicts, replicas: [] });
}

describe("the verdict", () => {
  it("is calm while nothing is lost", () => {
    expect(verdictAfter(0, kept({}))).toMatchObject({ state: "intact", sentence: "No acknowledged write lost" });
  });

  it("is broken when a promise broke", () => {
    expect(verdictAfter(1, kept({ holds: false, count: 1 }))).toMatchObject({
      state: "broken",
      sentence: "1 acknowledged write lost",
    });
  });

  it("names the promise that broke when it is another one", () => {
    const twoLeaders = kept({ name: "ElectionSafety", holds: false, count: 1 });
    expect(verdictAfter(0, kept({}), twoLeaders)).toMatchObject({
      state: "broken",
      sentence: "Two leaders in one term",
    });
  });

  it("names what did not promise, and stays neutral", () => {
    const verdict = kept({ promised: false, withdrawnBy: "asynchronous replication", count: 2 });
    expect(verdictAfter(2, verdict)).toMatchObject({
      state: "named",
      note: "not promised by asynchronous replication",
      sentence: "2 acknowledged writes lost",
    });
  });

  it("counts what else was not promised, without the colour of loss", () => {
    const stale = kept({ name: "FreshReads", promised: false, withdrawnBy: "the read policy any", count: 12 });
    expect(verdictAfter(0, kept({}), stale)).toMatchObject({
      state: "counted",
      note: "not promised by the read policy any",
      sentence: "A read missed an acknowledged write, 12 times",
    });
  });

  it("announces doomed writes before they are lost", () => {
    const replicas = [{ ...aReplica(r1), doomedCount: 7 }].map((replica) => ({
      ...replica,
      ...replica.status,
      term: replica.status.currentTerm,
    }));
    const { sentence } = verdictOf({ counters: calmCounters, verdicts: [], replicas });
    expect(sentence).toBe("7 acknowledged writes will be lost");
  });
});

describe("the warnings about W and R", () => {
  it("says both in words, and nothing where they are safe", () => {
    expect(quorumWarnings(aConfig(3).cluster)).toEqual({ overlap: undefined, majority: undefined });
    expect(quorumWarnings(aConfig(3, { writeQuorum: 1 }).cluster)).toEqual({
      overlap: "W + R is at most 3: a read may miss an acknowledged write",
      majority: "W is below a majority: acknowledged writes can be lost",
    });
    expect(quorumWarnings(aConfig(5, { readQuorum: 2 }).cluster)).toMatchObject({ majority: undefined });
  });
});
