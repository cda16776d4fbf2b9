/** The bounded history of the time axis: nothing that a person would look for may fall to a bound. */
import { describe, expect, it } from "vitest";
import { term } from "../../../src/base/ids.ts";
import { millis, seconds } from "../../../src/base/units.ts";
import type { ClusterEvent } from "../../../src/model/protocol/events.ts";
import type { LaneSample, WriteSample } from "../../../src/model/protocol/frame.ts";
import type { LaneSeries } from "../../../src/view/store/runFacts.ts";
import { appendLanes, type LaneNews, lanesUpTo, markOf, NO_LANES } from "../../../src/view/store/timeSeries.ts";
import { aLeadership, c1, r1, r2, r3 } from "../../support/frameBuilders.ts";

const bounds = { samples: 64, recalls: 64, writes: 64, leaderships: 4, marks: 32 };

const nothing: LaneNews = { lanes: [], recalls: [], writes: [], leaderships: [], events: [] };

function aSample(at: number, lag: readonly number[], queueDepth: readonly number[] = lag.map(() => 0)): LaneSample {
  return { at: millis(at), lag, queueDepth };
}

function aWrite(at: number, latency: number, outcome: WriteSample["outcome"] = "acknowledged"): WriteSample {
  return { at: millis(at), latency: millis(latency), outcome };
}

function anElection(at: number, sequence: number): ClusterEvent {
  const fact = { kind: "electionStarted", term: term(2), preVote: false } as const;
  return { at: millis(at), sequence, source: "replica", replicaId: r2, fact };
}

function aCrash(at: number, sequence: number): ClusterEvent {
  const fact = { kind: "commandDone", command: { kind: "crash", replicaId: r1 } } as const;
  return { at: millis(at), sequence, source: "world", fact };
}

/** Appends one by one, as frames do. */
function grown<T>(things: readonly T[], toNews: (thing: T) => Partial<LaneNews>): LaneSeries {
  return things.reduce<LaneSeries>(
    (series, thing) => appendLanes(series, { ...nothing, ...toNews(thing) }, bounds),
    NO_LANES,
  );
}

const times = (count: number) => Array.from({ length: count }, (_, at) => at);

describe("samples", () => {
  it("keeps everything below the bound, in order", () => {
    const series = grown(times(64), (at) => ({ lanes: [aSample(at, [at, 0])] }));
    expect(series.samples.map((sample) => sample.lag[0])).toEqual(times(64));
  });

  it("stays within the bound for an hour of samples, and keeps the newest as they came", () => {
    const series = grown(times(72_00), (at) => ({ lanes: [aSample(at * 500, [at])] }));
    expect(series.samples.length).toBeLessThanOrEqual(bounds.samples);
    const newest = series.samples.slice(-bounds.samples / 2).map((sample) => sample.lag[0]);
    expect(newest).toEqual(times(72_00).slice(-bounds.samples / 2));
  });

  it("never loses a replica's peak nor its lowest value, however often the older half was thinned", () => {
    const series = grown(times(5_000), (at) => ({
      lanes: [aSample(at * 50, [at === 137 ? 900 : 10, at === 201 ? 1 : 20], [0, at === 44 ? 31 : 2])],
    }));
    const lagOf = (slot: number) => series.samples.map((sample) => sample.lag[slot] ?? 0);
    expect(Math.max(...lagOf(0))).toBe(900);
    expect(Math.min(...lagOf(1))).toBe(1);
    expect(Math.max(...series.samples.map((sample) => sample.queueDepth[1] ?? 0))).toBe(31);
  });

  it("never loses the lowest recall of a replica, nor that it was dead, and goes back with a branch", () => {
    const series = grown(times(2_000), (at) => ({
      recalls: [{ at: seconds(at), recall: [1, at === 77 ? 0.25 : 0.95, Number.NaN] }],
    }));
    expect(series.recalls.length).toBeLessThanOrEqual(bounds.recalls);
    expect(Math.min(...series.recalls.map(({ recall }) => recall[1] ?? 1))).toBe(0.25);
    expect(series.recalls.every(({ recall }) => Number.isNaN(recall[2]))).toBe(true);
    const cut = lanesUpTo(series, { sequence: 1, at: seconds(1_990) });
    expect(cut.recalls.at(-1)?.at).toBe(seconds(1_990));
  });

  it("keeps a peak near its time and the samples in order of time", () => {
    const series = grown(times(5_000), (at) => ({ lanes: [aSample(at * 50, [at === 2_500 ? 900 : 10])] }));
    const peak = series.samples.find((sample) => sample.lag[0] === 900);
    expect(Math.abs((peak?.at ?? 0) - millis(125_000))).toBeLessThan(seconds(40));
    expect(series.samples.every((sample, at) => at === 0 || sample.at >= (series.samples[at - 1]?.at ?? 0))).toBe(true);
  });

  it("spreads what is left of the past evenly over it", () => {
    const series = grown(times(20_000), (at) => ({ lanes: [aSample(at * 50, [at])] }));
    const older = series.samples.filter((sample) => sample.at < seconds(900));
    const gaps = older.slice(1).map((sample, at) => sample.at - (older[at]?.at ?? 0));
    expect(older.length).toBeGreaterThan(6);
    expect(Math.max(...gaps)).toBeLessThan(seconds(300));
  });

  it("keeps a dead replica's gap as long as nothing else stands in the same span", () => {
    const series = grown(times(640), (at) => ({ lanes: [aSample(at * 50, [Number.NaN, 5])] }));
    expect(series.samples.every((sample) => Number.isNaN(sample.lag[0]) && sample.lag[1] === 5)).toBe(true);
  });
});

describe("writes", () => {
  it("keeps the slowest and the fastest write, and every outcome", () => {
    const series = grown(times(3_000), (at) => ({
      writes: [at === 70 ? aWrite(70_000, 2_000, "unknown") : aWrite(at * 1_000, at === 33 ? 850 : at === 90 ? 2 : 25)],
    }));
    expect(series.writes.length).toBeLessThanOrEqual(bounds.writes);
    expect(series.writes.some((write) => write.latency === millis(850))).toBe(true);
    expect(series.writes.some((write) => write.latency === millis(2))).toBe(true);
    expect(series.writes.some((write) => write.outcome === "unknown")).toBe(true);
  });
});

describe("marks", () => {
  it("keeps one mark of every kind where a storm of elections would push a crash out", () => {
    const events = times(900).map((at) => (at === 5 ? aCrash(at * 300, at) : anElection(at * 300, at)));
    const series = grown(events, (event) => ({ events: [event] }));
    expect(series.marks.length).toBeLessThanOrEqual(bounds.marks);
    expect(series.marks.filter((mark) => mark.kind === "crash")).toHaveLength(1);
  });

  it("makes a mark of what changes the cluster, and none of what a person merely asks or hears", () => {
    expect(markOf(aCrash(12_480, 1))).toMatchObject({ at: millis(12_480), kind: "crash" });
    expect(markOf(anElection(12_702, 2))?.kind).toBe("election");
    const preVote: ClusterEvent = {
      at: millis(1),
      sequence: 3,
      source: "replica",
      replicaId: r3,
      fact: { kind: "electionStarted", term: term(2), preVote: true },
    };
    const redirected: ClusterEvent = {
      at: millis(1),
      sequence: 4,
      source: "client",
      clientId: c1,
      fact: { kind: "redirected", requestId: 7, by: r2, to: r1 },
    };
    expect(markOf(preVote)).toBeUndefined();
    expect(markOf(redirected)).toBeUndefined();
  });
});

describe("appending", () => {
  it("gives the same object when a frame adds nothing", () => {
    const leaderships = [aLeadership(r1, 1, millis(180))];
    const series = appendLanes(NO_LANES, { ...nothing, leaderships, lanes: [aSample(1, [0])] }, bounds);
    const again = appendLanes(series, { ...nothing, leaderships: [aLeadership(r1, 1, millis(180))] }, bounds);
    expect(again).toBe(series);
  });

  it("leaves the lists that did not change as they are", () => {
    const series = appendLanes(NO_LANES, { ...nothing, writes: [aWrite(1, 2)] }, bounds);
    const more = appendLanes(series, { ...nothing, lanes: [aSample(2, [0])] }, bounds);
    expect(more.writes).toBe(series.writes);
    expect(more.marks).toBe(series.marks);
  });

  it("follows a leadership that ends, and keeps the newest where there are too many", () => {
    const open = appendLanes(NO_LANES, { ...nothing, leaderships: [aLeadership(r1, 1, millis(1))] }, bounds);
    const ended = appendLanes(open, { ...nothing, leaderships: [aLeadership(r1, 1, millis(1), millis(9))] }, bounds);
    expect(ended.leaderships[0]?.to).toBe(millis(9));
    const many = times(9).map((at) => aLeadership(r2, at + 1, millis(at), millis(at + 1)));
    expect(appendLanes(ended, { ...nothing, leaderships: many }, bounds).leaderships).toEqual(many.slice(-4));
  });
});
