import { describe, expect, it } from "vitest";
import { logIndex, type ReplicaId, replicaId, term } from "../../../src/base/ids.ts";
import { millis, seconds } from "../../../src/base/units.ts";
import { Circumstances } from "../../../src/model/verdict/circumstances.ts";
import { Liveness, type LivenessBreak } from "../../../src/model/verdict/liveness.ts";
import { calmTrouble } from "../../support/calmTrouble.ts";
import { judgedRun, type Timed } from "../../support/judgedRuns.ts";

const [r1, r2, r3] = [replicaId(1), replicaId(2), replicaId(3)];

/** Three replicas of which facts are told every 50 ms, until something is said. */
function trio(tell: (live: Liveness, milliseconds: number, circumstances: Circumstances) => void, until: number) {
  const circumstances = new Circumstances(3, millis(300));
  const live = new Liveness(circumstances);
  const breaks: (LivenessBreak & { readonly at: number })[] = [];
  for (let at = 50; at <= until; at += 50) {
    tell(live, at, circumstances);
    const found = live.check(millis(at));
    if (found !== undefined) breaks.push({ ...found, at });
  }
  return breaks;
}

function leads(live: Liveness, at: number, id: ReplicaId, commitIndex: number, lastIndex: number, inTerm = 1): void {
  live.observe(millis(at), id, {
    leads: true,
    term: term(inTerm),
    commitIndex: logIndex(commitIndex),
    lastIndex: logIndex(lastIndex),
  });
}

describe("liveness, told in facts", () => {
  it("has nothing to say while somebody leads and what is pending commits", () => {
    expect(trio((live, at) => leads(live, at, r1, at / 50, at / 50 + 3), 20_000)).toEqual([]);
  });

  it("breaks when nobody has led for ten election timeouts, again after as many more", () => {
    const breaks = trio(() => {}, 6_900);
    expect(breaks.map(({ at }) => at)).toEqual([3_000, 6_000]);
    expect(breaks[0]?.message).toBe("r1, r2, r3 have been well and connected for 3 s, and nobody led them.");
    expect(breaks[0]?.since).toBe(0);
  });

  it("does not count a leader that has not committed the no-op of its term", () => {
    expect(trio((live, at) => leads(live, at, r1, 4, 5), 3_200)).toHaveLength(1);
  });

  it("does not count a leader that a majority cannot answer", () => {
    const breaks = trio((live, at, circumstances) => {
      if (at === 1_000) {
        circumstances.setOpen(millis(at), r2, r1, false);
        circumstances.setOpen(millis(at), r3, r1, false);
      }
      leads(live, at, r1, 5, 5);
    }, 4_500);
    expect(breaks).toEqual([
      {
        name: "Liveness",
        at: 4_200,
        since: 1_200_000,
        message: "r2, r3 have been well and connected for 3 s, and nobody led them.",
      },
    ]);
  });

  it("breaks when an entry stays pending under a leader with a majority", () => {
    const breaks = trio((live, at) => leads(live, at, r1, at < 1_000 ? 5 : 6, at < 1_000 ? 5 : 6 + at / 50), 4_500);
    expect(breaks).toHaveLength(1);
    expect(breaks[0]?.message).toMatch(/^r1 has led a majority .* entry 26 has not committed for 3\.\d+ s\.$/);
  });

  it("counts from the last disturbance, and not while a majority is not well", () => {
    const paused = trio((_, at, circumstances) => {
      for (const id of [r1, r2]) circumstances.setFit(millis(at), id, at >= 10_000);
    }, 13_200);
    expect(paused.map(({ at }) => at)).toEqual([13_200]);
    expect(trio((_, at, circumstances) => circumstances.disturb(millis(at), at % 100 === 0 ? r1 : r2), 20_000)).toEqual(
      [],
    );
  });

  it("takes a short reign for one, as long as it commits", () => {
    const breaks = trio((live, at) => {
      const reign = Math.floor(at / 2_500);
      if (at % 2_500 === 100) leads(live, at, r2, reign + 1, reign + 1, reign + 1);
      if (at % 2_500 === 150) live.stopped(millis(at), r2);
    }, 20_000);
    expect(breaks).toEqual([]);
  });
});

const safe = { preVote: true, checkQuorum: true };

/** A leader that can still speak, but hears nobody any more. */
function deaf(id: ReplicaId): readonly Timed[] {
  const others = [r1, r2, r3].filter((other) => other !== id);
  return others.map((from) => ({ at: seconds(3), command: { kind: "cut", from, to: id } }));
}

describe("liveness of runs", { timeout: 120_000 }, () => {
  it("breaks when the leader goes deaf: its heartbeats keep the others from electing one who hears", () => {
    const leader = judgedRun({ seed: 1, replicas: 3 }, [], seconds(3)).run.state.lastLeader;
    if (leader === undefined) throw new Error("nobody leads");
    const { notLive } = judgedRun({ seed: 1, replicas: 3, rules: { preVote: true } }, deaf(leader), seconds(10));
    expect(notLive.length).toBeGreaterThan(0);
    expect(judgedRun({ seed: 1, replicas: 3, rules: safe }, deaf(leader), seconds(10)).notLive).toEqual([]);
  });

  it("is found broken without check-quorum by a search over seeds, and in none of them with it", () => {
    const seeds = Array.from({ length: 12 }, (_, ordinal) => ordinal + 48);
    const run = (seed: number, rules: { readonly preVote: boolean; readonly checkQuorum: boolean }) =>
      judgedRun({ seed, replicas: 5, rules }, calmTrouble(seed, 5, seconds(20)), seconds(24));
    const found = seeds.find((seed) => run(seed, { preVote: true, checkQuorum: false }).notLive.length > 0);
    expect(found).toBeDefined();
    expect(seeds.flatMap((seed) => run(seed, safe).notLive)).toEqual([]);
  });

  it("holds when a majority is lost and comes back", () => {
    const commands: readonly Timed[] = [
      { at: seconds(2), command: { kind: "crash", replicaId: r1 } },
      { at: seconds(2), command: { kind: "crash", replicaId: r2 } },
      { at: seconds(12), command: { kind: "restart", replicaId: r2 } },
    ];
    expect(judgedRun({ seed: 4, replicas: 3, rules: safe }, commands, seconds(20)).notLive).toEqual([]);
  });
});
