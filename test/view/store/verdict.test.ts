// The verdict: red only where a promise broke; what was not promised is counted and named.
import { describe, expect, it } from "vitest";
import type { ClusterEvent } from "../../../src/model/protocol/events.ts";
import { quorumWarnings } from "../../../src/view/store/clusterShape.ts";
import { LossLedger } from "../../../src/view/store/losses.ts";
import { verdictOf } from "../../../src/view/store/verdict.ts";
import { aConfig, aReplica, calmCounters, r1 } from "../../support/frameBuilders.ts";
import { acknowledged, done, lost } from "./someEvents.ts";

function verdictAfter(cluster: Parameters<typeof aConfig>[1], events: readonly ClusterEvent[]) {
  const config = aConfig(3, cluster);
  const losses = new LossLedger().append(events, config.cluster);
  return verdictOf({ counters: calmCounters, losses, replicas: [], config });
}

describe("the verdict", () => {
  it("is calm while nothing is lost", () => {
    expect(verdictAfter({}, [acknowledged(1, 3)])).toMatchObject({
      state: "intact",
      sentence: "No acknowledged write lost",
    });
  });

  it("is broken when a quorum of a majority loses a write", () => {
    expect(verdictAfter({}, [acknowledged(1, 3), lost(1, 3)])).toMatchObject({
      state: "broken",
      sentence: "1 acknowledged write lost",
    });
  });

  it("names what did not promise, and stays neutral", () => {
    const events = [acknowledged(1, 3), acknowledged(1, 4), lost(1, 3), lost(1, 4)];
    expect(verdictAfter({ mode: "asynchronous" }, events)).toMatchObject({
      state: "named",
      note: "not promised by asynchronous",
      sentence: "2 acknowledged writes lost",
    });
    expect(verdictAfter({ writeQuorum: 1 }, events).note).toBe("not promised by W below a majority");
  });

  it("judges a write by the mode in which it was acknowledged, not by the one now", () => {
    const toQuorum = done({ kind: "setMode", mode: "quorum" });
    const toAsynchronous = done({ kind: "setMode", mode: "asynchronous" });
    const lateLoss = [toAsynchronous, acknowledged(1, 3), toQuorum, acknowledged(1, 4), lost(1, 3)];
    expect(verdictAfter({}, lateLoss).state).toBe("named");
    const earlyPromise = [acknowledged(1, 2), toAsynchronous, acknowledged(1, 3), lost(1, 2)];
    expect(verdictAfter({}, earlyPromise).state).toBe("broken");
  });

  it("announces doomed writes before they are lost", () => {
    const config = aConfig(3, { mode: "asynchronous" });
    const replicas = [{ ...aReplica(r1), doomedCount: 7 }].map((replica) => ({
      ...replica,
      ...replica.status,
      term: replica.status.currentTerm,
    }));
    const losses = new LossLedger().losses;
    expect(verdictOf({ counters: calmCounters, losses, replicas, config }).sentence).toBe(
      "7 acknowledged writes will be lost",
    );
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
