// The shop window, and who answers by the read policy.
import { describe, expect, it } from "vitest";
import { logIndex, type ReplicaId, term } from "../../../src/base/ids.ts";
import { micros, millis, seconds } from "../../../src/base/units.ts";
import type { ReadPolicy } from "../../../src/model/protocol/config.ts";
import type { Frame, JudgedNeighbour, SearchComparison } from "../../../src/model/protocol/frame.ts";
import type { ReplicaStatus } from "../../../src/model/protocol/step.ts";
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
  it("is the client's own replica; nobody while that is silent, then the next", () => {
    expect(policyAnswer(withPolicy("any"), c1)).toMatchObject({ replicaId: home });
    const replicas = dead(healthyTrio, home);
    expect(policyAnswer(withPolicy("any", { replicas }), c1)).toMatchObject({
      replicaId: undefined,
      reason: "c1 asks r1, which is down: after 2.0 s without an answer it will ask another.",
    });
    const clients = healthyTrio.clients.map((client) => (client.clientId === c1 ? { ...client, readsAt: r2 } : client));
    expect(policyAnswer(withPolicy("any", { replicas, clients }), c1)).toMatchObject({
      replicaId: r2,
      reason: "c1 has had no answer from r1 lately and asks r2, and any replica may answer.",
    });
    const cuts = cutsBetween([[c1], [r1]]);
    expect(policyAnswer(withPolicy("any", { cuts }), c1).reason).toMatch(/^c1 asks r1, which it does not reach: /);
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
    expect(answer).toMatchObject({ took: [r1, r2], replicaId: r2, waits: "no" });
    expect(answer.reason).toBe(
      "r1 asks all, and the first 2 answers count: if those are of r1 and r2, r2 has applied furthest of them.",
    );
    const cuts = cutsBetween([[home, c1], [r1, r2, r3].filter((id) => id !== home)]);
    expect(policyAnswer(withPolicy("quorum", { cuts }), c1)).toMatchObject({ replicaId: undefined, took: [] });
  });

  it("waits in a quorum for what stands in a log and is applied nowhere", () => {
    const replicas = with2Ahead.map((replica) => ({ ...replica, lastLogTerm: term(4) }));
    const answer = policyAnswer(withPolicy("quorum", { replicas }), c1);
    expect(answer.waits).toBe("perhaps");
    expect(answer.reason).toMatch(/they wait until one has applied it\.$/);
  });

  function withStatus(status: Partial<ReplicaStatus>) {
    return healthyTrio.replicas.map((replica) => ({ ...replica, status: { ...replica.status, ...status } }));
  }

  it("waits in a session for the client's own last write, and for nothing else", () => {
    const clients = healthyTrio.clients.map((client) => ({ ...client, lastWrite: ahead }));
    const late = policyAnswer(withPolicy("session", { clients }), c1);
    expect(late).toMatchObject({ replicaId: home, waits: "yes" });
    expect(late.reason).toBe("c1 stands beside r1. r1 has not applied c1’s own last write yet, so c1 waits.");
    const there = withPolicy("session", { clients, replicas: withStatus({ appliedTo: ahead }) });
    expect(policyAnswer(there, c1)).toMatchObject({ waits: "no" });
    // However far it is behind with what others wrote.
    const behind = healthyTrio.replicas.map((replica) => ({ ...replica, lag: millis(900), lagEntries: 3 }));
    expect(policyAnswer(withPolicy("session", { replicas: behind }), c1)).toMatchObject({ waits: "no" });
  });

  it("waits for freshness, which a replica that has applied everything may lack too", () => {
    const { virtualNow } = healthyTrio;
    const fresh = withStatus({ freshUntil: virtualNow });
    expect(policyAnswer(withPolicy("bounded", { replicas: fresh }), c1)).toMatchObject({ waits: "no" });
    const stale = withStatus({ freshUntil: micros(virtualNow - 1) });
    const late = policyAnswer(withPolicy("bounded", { replicas: stale }), c1);
    expect(late).toMatchObject({ replicaId: home, waits: "yes" });
    expect(late.reason).toBe(
      "c1 stands beside r1. r1 does not know that it was in step within the last 500 ms, so c1 waits.",
    );
    expect(policyAnswer(withPolicy("any", { replicas: stale }), c1)).toMatchObject({ waits: "no" });
  });

  it("waits under any policy at a replica that has not even the beginning yet", () => {
    const replicas = withStatus({ appliedTo: { term: term(0), logIndex: logIndex(-1) } });
    const answer = policyAnswer(withPolicy("any", { replicas }), c1);
    expect(answer).toMatchObject({ replicaId: home, waits: "yes" });
    expect(answer.reason).toMatch(/r1 begins with an empty disk and waits for a snapshot, so c1 waits\.$/);
  });
});
