// One seek at a time, the last destination next; and the turns of the story that one goes to.
import { describe, expect, it, vi } from "vitest";
import { replicaId, term } from "../../../src/base/ids.ts";
import { millis, seconds } from "../../../src/base/units.ts";
import type { Destination } from "../../../src/model/protocol/session.ts";
import { turnAfter, turnBefore } from "../../../src/view/store/turns.ts";
import { Seeker } from "../../../src/view/ui/travel.ts";
import { acknowledged, clientEvent, done, replicaEvent } from "../store/someEvents.ts";

function aSlowSession() {
  const sought: Destination[] = [];
  const arrive: (() => void)[] = [];
  const seek = (to: Destination) => {
    sought.push(to);
    return new Promise<boolean>((resolve) => arrive.push(() => resolve(true)));
  };
  return { sought, arrive, seeker: new Seeker({ seek }) };
}

describe("seeking while a hand drags", () => {
  it("leaves out what came and went while one was under way", async () => {
    const { sought, arrive, seeker } = aSlowSession();
    const all = [10, 20, 30, 40].map((at) => seeker.to(seconds(at)));
    expect(sought).toEqual([seconds(10)]);
    arrive[0]?.();
    await vi.waitFor(() => expect(sought).toEqual([seconds(10), seconds(40)]));
    arrive[1]?.();
    await Promise.all(all);
    void seeker.to(seconds(5));
    expect(sought).toHaveLength(3);
  });

  it("does not wait for a way that takes long", async () => {
    const { sought, seeker } = aSlowSession();
    const clock = vi.spyOn(performance, "now").mockReturnValue(0);
    void seeker.to(seconds(3_600));
    clock.mockReturnValue(500);
    void seeker.to(seconds(7));
    expect(sought).toEqual([seconds(3_600), seconds(7)]);
    clock.mockRestore();
  });
});

describe("the turns of the story", () => {
  const election = replicaEvent(replicaId(2), { kind: "electionStarted", term: term(2), preVote: false }, seconds(7));
  const crash = done({ kind: "crash", replicaId: replicaId(1) }, seconds(6));
  const timeouts = [8_000, 8_200, 8_400].map((at) =>
    clientEvent({ kind: "writeUnknown", requestId: 1, operation: { kind: "delete", id: "p-1" } }, millis(at)),
  );
  const known = {
    feed: [crash, acknowledged(1, 1, millis(6_500)), election, ...timeouts],
    lanes: { samples: [], recalls: [], writes: [], leaderships: [], marks: [] },
  };

  it("are what is before and after an instant, without what happens all day long", () => {
    expect(turnBefore(known, millis(6_800))).toBe(crash);
    expect(turnAfter(known, seconds(6))).toBe(election);
    expect(turnBefore(known, seconds(6))).toBeUndefined();
  });

  it("count a row of timeouts once", () => {
    expect(turnAfter(known, seconds(7))).toBe(timeouts[0]);
    expect(turnAfter(known, seconds(8))).toBeUndefined();
    expect(turnBefore(known, seconds(20))).toBe(timeouts[0]);
  });
});
