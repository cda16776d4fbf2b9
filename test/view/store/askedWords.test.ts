// What became of a person's search, in sentences.
import { describe, expect, it } from "vitest";
import { logIndex, term } from "../../../src/base/ids.ts";
import { millis, seconds } from "../../../src/base/units.ts";
import type { AskedSearch } from "../../../src/model/protocol/frame.ts";
import { askedOutcome, askedReason, askedWorth } from "../../../src/view/store/askedWords.ts";
import { c1, r1, r2, r3 } from "../../support/frameBuilders.ts";

const at = (index: number) => ({ term: term(2), logIndex: logIndex(index) });

function anAskedSearch(parts: Partial<AskedSearch> = {}): AskedSearch {
  return {
    requestId: 7,
    clientId: c1,
    k: 2,
    policy: "any",
    askedAt: seconds(5),
    outcome: "answered",
    sentTo: [r1],
    coordinator: undefined,
    parts: [],
    wanted: 1,
    waitedFor: undefined,
    answeredBy: r1,
    appliedTo: at(52),
    latency: millis(22),
    recall: 1,
    neighbours: [
      { id: "a", name: "Fern mug", fault: undefined },
      { id: "b", name: "Oak bowl", fault: undefined },
    ],
    missing: [],
    ...parts,
  };
}

const quorum = { policy: "quorum", wanted: 2, coordinator: r1, answeredBy: r3 } as const;
const parts = [
  { replicaId: r1, logEnd: at(52), applied: undefined },
  { replicaId: r3, logEnd: at(52), applied: at(52) },
];

describe("a person's search in words", () => {
  it("tells who answered, when, and what it was worth", () => {
    const search = anAskedSearch();
    expect(askedOutcome(search)).toBe("r1 answered with 2 neighbours after 22 ms.");
    expect(askedReason(search)).toBe("c1 asked r1. Any replica may answer, and had applied entry 52 of term 2.");
    expect(askedWorth(search)).toBe("Right: recall 100 % of what was true when it asked.");
  });

  it("tells who took part in a quorum, and why that one answered", () => {
    expect(askedReason(anAskedSearch({ ...quorum, parts }))).toBe(
      "r1 asked everybody; the first 2 were r1 and r3. r3 had applied furthest of them, so it answered.",
    );
    expect(askedReason(anAskedSearch({ ...quorum, parts, waitedFor: at(53) }))).toBe(
      "r1 asked everybody; the first 2 were r1 and r3. None of them had applied entry 53 of term 2, which stood in a log, so they waited; r3 was first.",
    );
  });

  it("tells of a quorum that did not come together", () => {
    const search = anAskedSearch({ ...quorum, outcome: "unanswered", answeredBy: undefined, parts: parts.slice(0, 1) });
    expect(askedOutcome(search)).toBe("c1 gave up: no answer came.");
    expect(askedReason(search)).toBe("r1 asked everybody; of the 2 that have to take part only r1 did.");
    expect(askedWorth(search)).toBe("");
  });

  it("counts what was wrong", () => {
    const search = anAskedSearch({
      recall: 0.5,
      sentTo: [r2, r1],
      neighbours: [
        { id: "a", name: "Fern mug", fault: "ghost" },
        { id: "b", name: "Oak bowl", fault: "outdated" },
      ],
      missing: [{ id: "c", name: "Tin cup", fault: "missing" }],
    });
    expect(askedWorth(search)).toBe(
      "Wrong: 1 missing, 1 outdated, 1 ghost; recall 50 % of what was true when it asked.",
    );
    expect(askedReason(search)).toMatch(/^c1 asked r2 and r1, one after the other\./);
  });

  it("says so of a client that waits, or never asked", () => {
    expect(askedOutcome(anAskedSearch({ outcome: "pending", answeredBy: undefined }))).toBe("c1 waits for an answer.");
    expect(askedOutcome(anAskedSearch({ outcome: "skipped", answeredBy: undefined }))).toMatch(/did not ask/);
    expect(askedOutcome(anAskedSearch({ outcome: "empty", neighbours: [] }))).toBe(
      "r1 answered with nothing after 22 ms.",
    );
  });
});
