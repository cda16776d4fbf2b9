import { describe, expect, it } from "vitest";
import { term } from "../../../../src/base/ids.ts";
import { captionOf } from "../../../../src/view/ui/draw/caption.ts";
import { aFlight, aLostFlight, electionOfFive, healthyTrio, r1, r2, r3 } from "../../../support/frames.ts";

const now = electionOfFive.virtualNow;
const vote = { shape: "voteGranted", term: term(5) } as const;

describe("the one caption on the stage", () => {
  it("belongs to the vote that makes a leader", () => {
    const [deciding] = electionOfFive.flights.filter((flight) => flight.from === r2);
    expect(captionOf(electionOfFive)).toEqual({ flightId: deciding?.id, text: "r2’s vote: the third" });
  });

  it("goes to the first of several that would do", () => {
    const early = aFlight(r1, r3, 0.9, vote, now);
    expect(captionOf({ ...electionOfFive, flights: [...electionOfFive.flights, early] })?.flightId).toBe(early.id);
  });

  it("is missing for a vote that will be lost, that comes too late, or that is not the last one", () => {
    const lost = { ...aLostFlight(r2, r3, now, vote), lostAt: undefined, term: term(4) };
    expect(captionOf({ ...electionOfFive, flights: [lost] })).toBeUndefined();
    const replicas = electionOfFive.replicas.map((replica) => ({
      ...replica,
      status: { ...replica.status, votes: [r3] },
    }));
    expect(captionOf({ ...electionOfFive, replicas })).toBeUndefined();
    expect(captionOf(healthyTrio)).toBeUndefined();
  });
});
