import { describe, expect, it } from "vitest";
import { assert, InvariantError, present } from "../../src/base/assert.ts";
import {
  clientId,
  isClient,
  isReplica,
  majorityOf,
  nameOf,
  replicaId,
  replicaIds,
  slotOf,
} from "../../src/base/ids.ts";
import { interleave, type Timed } from "../../src/base/interleave.ts";
import {
  after,
  between,
  earlier,
  later,
  type Micros,
  micros,
  millis,
  NEVER,
  seconds,
  toMillis,
  toSeconds,
} from "../../src/base/units.ts";

describe("units", () => {
  it("are whole microseconds, rounded", () => {
    expect([micros(1.4), millis(0.0015), seconds(2.5)]).toEqual([1, 2, 2_500_000]);
    expect([toMillis(millis(12)), toSeconds(seconds(3))]).toEqual([12, 3]);
  });

  it("refuse what is no time", () => {
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY]) expect(() => micros(wrong)).toThrow(InvariantError);
  });

  it("never go beyond never", () => {
    expect(after(NEVER, seconds(1))).toBe(NEVER);
    expect(after(seconds(1), millis(1))).toBe(1_001_000);
    expect(between(seconds(2), seconds(1))).toBe(-1_000_000);
    expect([earlier(NEVER, millis(1)), later(millis(2), millis(1))]).toEqual([1_000, 2_000]);
  });
});

describe("ids and assertions", () => {
  it("replicas and clients have names, slots and majorities", () => {
    expect([nameOf(replicaId(3)), nameOf(clientId(2))]).toEqual(["r3", "c2"]);
    expect([isReplica(replicaId(50)), isClient(clientId(1)), isClient(replicaId(50))]).toEqual([true, true, false]);
    expect(replicaIds(3).map(slotOf)).toEqual([0, 1, 2]);
    expect([1, 2, 3, 4, 5, 9].map(majorityOf)).toEqual([1, 2, 2, 3, 3, 5]);
    for (const wrong of [0, 51, 1.5]) expect(() => replicaId(wrong)).toThrow(InvariantError);
  });

  it("broken invariants throw", () => {
    expect(() => assert(false, "so it is")).toThrow("so it is");
    expect(() => present(undefined, "the leader")).toThrow("the leader is missing");
    expect(present(0, "zero")).toBe(0);
  });
});

describe("interleave", () => {
  /** A machine with address 5 whose timer fires every 10 us; it notes what it processed. */
  function aTicker() {
    let timerAt = 10;
    return {
      address: 5,
      nextTimerAt: () => micros(timerAt),
      dueTimer: () => "tick",
      process: (input: string, at: Micros, source: number) => {
        if (input === "tick") timerAt += 10;
        return `${at} ${input} from ${source}`;
      },
    };
  }
  const input = (at: number, source: number, what: string): Timed<string> => ({
    at: micros(at),
    source,
    counter: 1,
    input: what,
  });

  it("mixes inputs and timers by time, then source: the machine's own address decides at one instant", () => {
    const inputs = [input(5, 9, "a"), input(10, 3, "b"), input(10, 7, "c")];
    expect(interleave(aTicker(), inputs, micros(21), 99)).toEqual({
      processed: ["5 a from 9", "10 b from 3", "10 tick from 5", "10 c from 7", "20 tick from 5"],
      taken: 3,
    });
  });

  it("stops at its limit and at the end of the window, which is not included", () => {
    expect(interleave(aTicker(), [input(5, 9, "a"), input(6, 9, "b")], micros(99), 1).taken).toBe(1);
    expect(interleave(aTicker(), [], micros(10), 99).processed).toEqual([]);
  });
});
