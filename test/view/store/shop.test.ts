// The shop window, and who answers by the read policy.
import { describe, expect, it } from "vitest";
import { logIndex, type ReplicaId, term } from "../../../src/base/ids.ts";
import { millis, seconds } from "../../../src/base/units.ts";
import type { ReadPolicy } from "../../../src/model/protocol/config.ts";
import type { Frame, JudgedNeighbour, SearchComparison } from "../../../src/model/protocol/frame.ts";
import { plainFacts } from "../../../src/view/store/applyFrame.ts";
import { policyAnswer } from "../../../src/view/store/policyAnswer.ts";
import { noFacts } from "../../../src/view/store/runFacts.ts";
import { productStanding, shopSentence, shopWindow, waitingWindow } from "../../../src/view/store/shopWindow.ts";
import { aConfig, aFrame, aReplica, c1, cutsBetween, healthyTrio, r1, r2, r3 } from "../../support/frames.ts";

function neighbour(id: string, index = 1): JudgedNeighbour {
  const version = { term: term(1), logIndex: logIndex(index) };
  const embedding = { values: new Float32Array([1, 0]), digestLow: 0, digestHigh: 0 };
  const payload = { kind: "product" as const, name: id, description: "", category: "", priceCents: index * 100 };
  return { id, score: 1, version, item: { id, version, embedding, payload } };
}

type Standing = SearchComparison["standing"][number];

function asked(
  truth: readonly JudgedNeighbour[],
  answer: readonly JudgedNeighbour[],
  standing: readonly Partial<Standing>[] = [],
  alive = true,
): SearchComparison {
  const known = truth.map(({ id, version }) => ({ id, version, deleted: false, lost: false }));
  const more = standing.map(({ id = "", ...rest }) => ({
    id,
    version: { term: term(1), logIndex: logIndex(9) },
    deleted: false,
    lost: false,
    ...rest,
  }));
  return {
    at: seconds(5),
    k: 3,
    truth,
    answers: [{ replicaId: r3, alive, neighbours: answer, vectorCount: 240 }],
    standing: [...known.filter(({ id }) => more.every((other) => other.id !== id)), ...more],
  };
}

function summary(parts: Parameters<typeof aReplica>[1] = {}) {
  const frame = aFrame({ config: aConfig(3), replicas: [aReplica(r3, parts)] });
  return plainFacts(noFacts(), frame).replicas[0];
}

const mug = neighbour("Fern mug", 2);
const shelf = [neighbour("the product"), mug, neighbour("Oak bowl", 3)];
const windowOf = (comparison: SearchComparison) => shopWindow(comparison, r3, "the product", 2);

describe("the shop window", () => {
  it("is right when it shows what is true, without the product itself", () => {
    const window = windowOf(asked(shelf, shelf));
    expect(window.state).toBe("right");
    expect(window.cards.map(({ item }) => item.id)).toEqual(["Fern mug", "Oak bowl"]);
    expect(shopSentence(window, summary())).toBe("r3 recommends what it should.");
  });

  it("says what was deleted and is still recommended, and how far behind the replica is", () => {
    const gone = neighbour("Tin cup", 1);
    const window = windowOf(asked(shelf, [...shelf.slice(0, 2), gone], [{ id: "Tin cup", deleted: true }]));
    expect(window.state).toBe("wrong");
    expect(window.cards.map(({ fault }) => fault)).toEqual([undefined, "ghost"]);
    expect(shopSentence(window, summary({ lagEntries: 4, lag: millis(900) }))).toBe(
      "r3 has not applied 4 writes; it still recommends Tin cup, which was deleted.",
    );
  });

  it("shows an old version beside what it should be", () => {
    const window = windowOf(asked(shelf, [shelf[0] ?? mug, neighbour("Fern mug", 1), neighbour("Oak bowl", 3)]));
    expect(window.cards[0]).toMatchObject({ fault: "outdated", truth: { payload: { priceCents: 200 } } });
    expect(shopSentence(window, summary({ lagEntries: 1 }))).toBe(
      "r3 has not applied 1 write; it shows Fern mug as it was before.",
    );
  });

  it("names what a replica in step does not know, and what is lost", () => {
    const lacking = windowOf(asked(shelf, shelf.slice(0, 2)));
    expect(shopSentence(lacking, summary())).toMatch(/it does not know Oak bowl\.$/);
    const lost = windowOf(
      asked(shelf, shelf.slice(0, 2), [
        { id: "Oak bowl", lost: true, ...{ version: shelf[2]?.version ?? mug.version } },
      ]),
    );
    expect(lost.lost.map(({ id }) => id)).toEqual(["Oak bowl"]);
    expect(shopSentence(lost, summary())).toBe("r3: Oak bowl is lost for good.");
  });

  it("says of what the index passes over that it is held, however far behind the replica is", () => {
    const comparison = asked(shelf, shelf.slice(0, 2));
    const [answer] = comparison.answers;
    if (answer === undefined) throw new Error("r3 answers");
    const window = windowOf({ ...comparison, answers: [{ ...answer, unanswered: ["Oak bowl"] }] });
    expect(window).toMatchObject({ state: "wrong", missing: [], skipped: [{ id: "Oak bowl" }] });
    expect(shopSentence(window, summary({ lagEntries: 4 }))).toBe(
      "r3 holds Oak bowl, but its approximate search passes over it.",
    );
  });

  it("takes what nobody has acknowledged yet for no fault", () => {
    expect(windowOf(asked(shelf, [shelf[0] ?? mug, neighbour("New", 20), mug])).state).toBe("right");
  });

  it("holds back what is wrong where the customer may have to wait, and no more", () => {
    const gone = neighbour("Tin cup", 1);
    const wrong = windowOf(asked(shelf, [...shelf.slice(0, 2), gone], [{ id: "Tin cup", deleted: true }]));
    expect(waitingWindow(wrong)).toEqual({
      state: "waits",
      cards: [],
      missing: [],
      displaced: [],
      skipped: [],
      lost: [],
    });
    const right = windowOf(asked(shelf, shelf));
    expect(waitingWindow(right)).toEqual({ ...right, state: "waits" });
  });

  it("knows how the product itself stands", () => {
    const gone = neighbour("Tin cup", 1);
    const comparison = asked(shelf, [...shelf, gone], [{ id: "Tin cup", deleted: true }]);
    expect(productStanding(comparison, "the product")).toBe("known");
    expect(productStanding(comparison, "Tin cup")).toBe("deleted");
    expect(productStanding(asked(shelf, [neighbour("New", 20), ...shelf]), "New")).toBe("unconfirmed");
    expect(productStanding(comparison, "Nobody’s")).toBe("nowhere");
  });

  it("is empty at a replica that is down, or holds nothing", () => {
    const down = windowOf(asked(shelf, [], [], false));
    expect(down.state).toBe("empty");
    expect(shopSentence(down, summary({ alive: false }))).toBe("r3 is down: the shelf stays empty.");
    const wiped = windowOf(asked(shelf, []));
    expect(shopSentence(wiped, summary({ status: { vectorCount: 0 }, lagEntries: 30 }))).toBe(
      "r3 holds nothing to recommend: it has not applied 30 writes.",
    );
  });
});

function withPolicy(readPolicy: ReadPolicy, parts: Partial<Frame> = {}): Frame {
  return { ...healthyTrio, config: aConfig(3, { readPolicy }), ...parts };
}

const dead = (frame: Frame, id: ReplicaId) =>
  frame.replicas.map((replica) => (replica.replicaId === id ? { ...replica, alive: false } : replica));
const leader = healthyTrio.replicas.find(({ status }) => status.role === "leader")?.replicaId ?? r1;
const home = healthyTrio.clients.find(({ clientId }) => clientId === c1)?.home ?? r1;

describe("who answers by the read policy", () => {
  it("is the client's own replica, or the next that runs", () => {
    expect(policyAnswer(withPolicy("any"), c1)).toMatchObject({ replicaId: home });
    const next = policyAnswer(withPolicy("any", { replicas: dead(healthyTrio, home) }), c1);
    expect(next.replicaId).not.toBe(home);
    expect(next.reason).toMatch(/goes on to r\d/);
  });

  it("is the leader, or nobody where the client reaches none", () => {
    expect(policyAnswer(withPolicy("leader"), c1)).toMatchObject({ replicaId: leader, took: [leader] });
    const nobody = policyAnswer(withPolicy("leader", { replicas: dead(healthyTrio, leader) }), c1);
    expect(nobody).toMatchObject({ replicaId: undefined, reason: "c1 reaches no leader, so nobody answers." });
  });

  it("is no leader that cannot be confirmed by a majority", () => {
    const others = [r1, r2, r3].filter((id) => id !== leader);
    const cuts = cutsBetween([[leader, c1], others]);
    expect(policyAnswer(withPolicy("linearizable", { cuts }), c1).reason).toMatch(
      /reaches 1 of the 2 that must confirm/,
    );
    expect(policyAnswer(withPolicy("leader", { cuts }), c1).replicaId).toBe(leader);
  });

  const ahead = { term: term(3), logIndex: logIndex(999) };
  const with2Ahead = healthyTrio.replicas.map((replica) =>
    replica.replicaId === r2
      ? {
          ...replica,
          lastLogTerm: ahead.term,
          lastLogIndex: ahead.logIndex,
          status: { ...replica.status, appliedTo: ahead },
        }
      : replica,
  );

  it("is the furthest of a quorum, with everybody who took part; nobody without one", () => {
    // c1 stands beside r1: r1 and r2 are the first two, and r2 is ahead.
    const answer = policyAnswer(withPolicy("quorum", { replicas: with2Ahead }), c1);
    expect(home).toBe(r1);
    expect(answer).toMatchObject({ took: [r1, r2], replicaId: r2, mayWait: false });
    expect(answer.reason).toBe(
      "r1 asks all, and the first 2 answers count: if those are of r1 and r2, r2 has applied furthest of them.",
    );
    const cuts = cutsBetween([[home, c1], [r1, r2, r3].filter((id) => id !== home)]);
    expect(policyAnswer(withPolicy("quorum", { cuts }), c1)).toMatchObject({ replicaId: undefined, took: [] });
  });

  it("waits in a quorum for what stands in a log and is applied nowhere", () => {
    const replicas = with2Ahead.map((replica) => ({ ...replica, lastLogTerm: term(4) }));
    const answer = policyAnswer(withPolicy("quorum", { replicas }), c1);
    expect(answer.mayWait).toBe(true);
    expect(answer.reason).toMatch(/they wait until one has applied it\.$/);
  });

  function behind(lagEntries: number) {
    const lag = millis(lagEntries * 300);
    return healthyTrio.replicas.map((replica) => ({ ...replica, lag, lagEntries }));
  }

  it("may wait in a session for its own writes, at a replica that is behind", () => {
    const late = policyAnswer(withPolicy("session", { replicas: behind(3) }), c1);
    expect(late).toMatchObject({ replicaId: home, mayWait: true });
    expect(late.reason).toBe(
      "c1 stands beside r1. r1 is 900 ms behind: c1 waits if its own last write is not applied there yet.",
    );
    expect(policyAnswer(withPolicy("session", { replicas: behind(0) }), c1)).toMatchObject({ mayWait: false });
  });

  it("may wait for freshness, which a replica that has applied everything may lack too", () => {
    const late = policyAnswer(withPolicy("bounded", { replicas: behind(3) }), c1);
    expect(late).toMatchObject({ replicaId: home, mayWait: true });
    expect(late.reason).toMatch(/r1 is 900 ms behind, and answers only while it knows that it was in step/);
    expect(policyAnswer(withPolicy("bounded", { replicas: behind(0) }), c1)).toMatchObject({ mayWait: true });
    expect(policyAnswer(withPolicy("any", { replicas: behind(3) }), c1)).toMatchObject({ mayWait: false });
  });
});
