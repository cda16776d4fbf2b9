// What is happening now, in one sentence, for every situation that a person can bring about.
import { describe, expect, it } from "vitest";
import { logIndex, term } from "../../../src/base/ids.ts";
import { DEFAULT_RULES } from "../../../src/model/protocol/config.ts";
import type { Frame } from "../../../src/model/protocol/frame.ts";
import { frameApplier } from "../../../src/view/store/applyFrame.ts";
import { headlineOf } from "../../../src/view/store/headline.ts";
import { createViewStore } from "../../../src/view/store/viewStore.ts";
import {
  aConfig,
  aFrame,
  aReplica,
  c1,
  cutsBetween,
  electionOfFive,
  healthyTrio,
  leading,
  partitionOfFive,
  r1,
  r2,
  r3,
} from "../../support/frames.ts";
import { done, lost, replicaEvent } from "./someEvents.ts";

function headline(frame: Frame) {
  const store = createViewStore();
  frameApplier(store)({ ...frame, frame, cut: undefined });
  return headlineOf(store.getState());
}

/** A trio of which some are down. */
function without(...dead: readonly number[]): Frame {
  const alive = (id: number) => !dead.includes(id);
  return aFrame({
    replicas: [
      aReplica(r1, { alive: alive(1), status: leading([r2, r3]) }),
      aReplica(r2, { alive: alive(2) }),
      aReplica(r3, { alive: alive(3) }),
    ],
  });
}

/** r1 leads term 1 and has not heard that r3 leads term 2, which r2 has joined. */
function twoTerms(parts: Partial<Frame> = {}): Frame {
  const inTermTwo = { currentTerm: term(2), votedFor: r3, leaderId: r3 };
  const replicas = [
    aReplica(r1, { status: leading([r2, r3]) }),
    aReplica(r2, { status: inTermTwo }),
    aReplica(r3, { status: { ...inTermTwo, ...leading([r1, r2]) } }),
  ];
  return aFrame({ replicas, ...parts });
}

/** r1 leads term 1, cut off with its client; on the other side r2 asks for votes in term 2. */
function electionBehindTheWall(mode: "asynchronous" | "quorum" | "synchronous"): Frame {
  const groups = [
    [r1, c1],
    [r2, r3],
  ];
  const replicas = [
    aReplica(r1, { status: leading([r2, r3]) }),
    aReplica(r2, { status: { role: "candidate", currentTerm: term(2), votes: [r2] } }),
    aReplica(r3),
  ];
  return aFrame({ replicas, groups, cuts: cutsBetween(groups), config: aConfig(3, { mode }) });
}

describe("the headline", () => {
  it("says before the first frame that the cluster starts", () => {
    expect(headlineOf(createViewStore().getState()).sentence).toBe("The cluster is starting.");
  });

  it("names the leader and what a write waits for", () => {
    expect(headline(healthyTrio)).toMatchObject({
      sentence: "r1 leads term 1; every write waits for 2 of 3 copies.",
      short: "r1 leads; writes need 2 of 3 copies.",
    });
  });

  it("tells what each mode costs", () => {
    const inMode = (mode: "asynchronous" | "synchronous") => headline(aFrame({ config: aConfig(3, { mode }) }));
    expect(inMode("asynchronous")).toMatchObject({
      sentence: "r1 leads term 1 and says yes at its own copy.",
      reason: "Copies follow later: if the leader dies first, acknowledged writes die with it.",
    });
    expect(inMode("synchronous").sentence).toBe("r1 leads term 1; every write waits for all 3 copies.");
  });

  it("says that the slowest replica decides where W is N", () => {
    expect(headline(aFrame({ config: aConfig(3, { writeQuorum: 3 }) }))).toMatchObject({
      sentence: "r1 leads term 1; every write waits for all 3 copies.",
      reason: "The slowest replica decides how long a write takes.",
    });
    expect(headline(healthyTrio).reason).toBe("The slowest replica never delays a write, and a majority remembers it.");
  });

  it("counts the clocks that run once the leader is down", () => {
    expect(headline(without(1)).sentence).toBe("r1 is down. Two clocks run.");
  });

  it("counts a candidate's votes", () => {
    expect(headline(electionOfFive)).toMatchObject({
      sentence: "r3 asks for votes in term 5 and holds 2 of the 3 it needs.",
      reason: "r1 is down. Until r3 wins, every write waits.",
    });
  });

  it("names rivals", () => {
    const candidate = (votes: readonly (typeof r2)[]) => ({ role: "candidate" as const, currentTerm: term(2), votes });
    const frame = aFrame({
      replicas: [
        aReplica(r1, { alive: false }),
        aReplica(r2, { status: candidate([r2]) }),
        aReplica(r3, { status: candidate([r3]) }),
      ],
    });
    expect(headline(frame).sentence).toBe("r2 and r3 ask for votes in term 2 at the same time.");
  });

  it("warns of two leaders when the stale one still acknowledges", () => {
    expect(headline(partitionOfFive)).toMatchObject({
      sentence: "Two leaders. r1 still says yes to writes that cannot survive.",
      reason: "r1 has not heard of term 5; when the network heals it rolls back.",
    });
  });

  it("says that the stale leader cannot acknowledge where W is a majority", () => {
    const frame = { ...partitionOfFive, config: aConfig(5) };
    expect(headline(frame)).toMatchObject({ sentence: "Two leaders. Only r4 can acknowledge a write." });
  });

  it("says that no leader can acknowledge where every copy is needed and the network is cut", () => {
    const groups = [[r1], [r2, r3]];
    const frame = twoTerms({ groups, cuts: cutsBetween(groups), config: aConfig(3, { mode: "synchronous" }) });
    expect(headline(frame)).toMatchObject({
      sentence: "Two leaders. None can acknowledge a write.",
      short: "Two leaders. None can say yes.",
      reason: "A write needs 3 copies: r3 can get 2 and r1 can get 1.",
    });
  });

  it("lets both leaders acknowledge where synchronous may degrade", () => {
    const groups = [[r1], [r2, r3]];
    const config = aConfig(3, { mode: "synchronous", synchronousDegrades: true });
    const frame = twoTerms({ groups, cuts: cutsBetween(groups), config });
    expect(headline(frame).sentence).toBe("Two leaders. r1 still says yes to writes that cannot survive.");
  });

  it.each(["quorum", "synchronous"] as const)("knows after a heal that a newer term refuses r1 (%s)", (mode) => {
    const config = aConfig(3, { mode });
    expect(headline(twoTerms({ config }))).toMatchObject({
      sentence: "Two leaders. Only r3 can acknowledge a write.",
      reason: `r1 has not heard of term 2 yet. When it does, it steps down. It can get 1 of the ${mode === "quorum" ? 2 : 3} copies that a write needs.`,
    });
  });

  it("warns after a heal of a stale leader that needs nobody else", () => {
    expect(headline(twoTerms({ config: aConfig(3, { mode: "asynchronous" }) }))).toMatchObject({
      sentence: "Two leaders. r1 still says yes to writes that cannot survive.",
      reason: "r1 has not heard of term 2 yet. When it does, it steps down.",
    });
  });

  it("counts those of a newer term where the rule that refuses old terms is off", () => {
    const rules = { ...DEFAULT_RULES, rejectStaleTerms: false };
    expect(headline(twoTerms({ config: aConfig(3, { rules }) })).sentence).toMatch(/r1 still says yes/);
  });

  it("says that the old leader still says yes on its side while another asks for votes", () => {
    expect(headline(electionBehindTheWall("asynchronous"))).toMatchObject({
      sentence: "r2 asks for votes in term 2 and holds 1 of the 2 it needs.",
      reason: "r1 still leads term 1 and says yes to clients that reach it.",
    });
  });

  it("says that the old leader still leads, and what it lacks, while another asks for votes", () => {
    expect(headline(electionBehindTheWall("quorum")).reason).toBe(
      "r1 still leads term 1. It can get 1 of the 2 copies that a write needs.",
    );
    expect(headline(electionBehindTheWall("synchronous")).reason).toBe(
      "r1 still leads term 1. It can get 1 of the 3 copies that a write needs.",
    );
  });

  it("says that nobody can be elected without a majority", () => {
    expect(headline(without(1, 2)).sentence).toBe("r1 and r2 are down: nobody can be elected.");
    expect(headline(without(1, 2, 3)).sentence).toBe("Every replica is down.");
  });

  it("says what writes do without a follower", () => {
    expect(headline(without(3))).toMatchObject({
      sentence: "r1 leads term 1 without r3.",
      reason: "Writes go on: they need 2 copies, and 2 can be had.",
    });
    const synchronous = { ...without(3), config: aConfig(3, { mode: "synchronous" }) };
    expect(headline(synchronous).reason).toBe("Writes wait and time out: they need 3 copies, and only 2 can be had.");
  });

  it("says that a leader in the minority is heard by few", () => {
    const groups = [[r1], [r2, r3]];
    const frame = aFrame({ groups, cuts: cutsBetween(groups) });
    expect(headline(frame).sentence).toBe("r1 leads, but only 1 of 3 hear it.");
  });

  it("says that a cut off follower asks in vain, without its ever-growing term", () => {
    const groups = [[r1, r2], [r3]];
    const replicas = [
      aReplica(r1, { status: leading([r2, r3]) }),
      aReplica(r2),
      aReplica(r3, { status: { role: "candidate", currentTerm: term(9) } }),
    ];
    const frame = aFrame({ replicas, groups, cuts: cutsBetween(groups) });
    expect(headline(frame).sentence).toBe("r1 leads term 1; r3 is cut off and asks for votes in vain.");
  });

  it("tells of a rollback, and of lost writes, until the next turn", () => {
    const undo = { kind: "rolledBack", term: term(5), from: logIndex(52), to: logIndex(58), undone: 7 } as const;
    const rolledBack = replicaEvent(r1, undo);
    expect(headline(aFrame({ events: [rolledBack, lost(1, 44), lost(1, 45)] }))).toMatchObject({
      sentence: "r1 rolled back 7 entries.",
      reason: "Its log follows the leader now, and 7 applied entries were undone. 2 acknowledged writes are lost.",
    });
    expect(headline(aFrame({ events: [lost(1, 44)] })).sentence).toBe("An acknowledged write is lost: p-318.");
    const healed = done({ kind: "heal" });
    expect(headline(aFrame({ events: [rolledBack, healed] })).sentence).toMatch(/^r1 leads term 1/);
  });

  it("says which replica failed", () => {
    const failure = { replicaId: r2, at: aFrame().virtualNow, seed: 7, message: "boom", trace: [] };
    expect(headline(aFrame({ failure })).sentence).toBe("The run stopped: r2 failed.");
  });

  it("is not rewritten while only numbers move", () => {
    const later = aFrame({
      ...healthyTrio,
      replicas: healthyTrio.replicas.map((replica) => ({ ...replica, lastLogIndex: logIndex(99), queueDepth: 3 })),
    });
    expect(headline(later)).toEqual(headline(healthyTrio));
  });
});
