import { describe, expect, it } from "vitest";
import { millis, seconds } from "../../../src/base/units.ts";
import {
  arrivalsPerSecond,
  burstShare,
  flightPlace,
  isTooQuick,
  isUnderWay,
  LANE_OFFSET,
  shareOfWay,
} from "../../../src/view/layout/flights.ts";
import { type LinkPath, pointOn } from "../../../src/view/layout/linkPaths.ts";
import { Traffic, trafficWidth } from "../../../src/view/layout/traffic.ts";
import { aFlight, aLostFlight, r1, r2, r3 } from "../../support/frames.ts";

const now = seconds(5);
const level: LinkPath = { a: { x: 0, y: 0 }, b: { x: 200, y: 0 }, control: undefined, bend: 0, wallAt: undefined };

describe("a message in flight", () => {
  it("stands where virtual time puts it, on the right-hand side of its way", () => {
    expect(flightPlace(level, aFlight(r1, r2, 0.25), now)).toMatchObject({
      x: 50,
      y: LANE_OFFSET,
      heading: { x: 1, y: 0 },
    });
    expect(shareOfWay(aFlight(r1, r2, 0.25), now + 3_000)).toBeCloseTo(0.5);
  });

  it("stops where it was lost, and is no longer under way", () => {
    const lost = aLostFlight(r1, r2, now);
    expect(shareOfWay(lost, now)).toBe(shareOfWay(lost, now + 5_000));
    expect(isUnderWay(lost, now)).toBe(false);
    expect(isUnderWay(lost, now - 1_000)).toBe(true);
  });

  it("reaches a wall when half of its time is over, wherever the wall crosses the link", () => {
    const walled = { ...level, wallAt: 0.8 };
    expect(flightPlace(walled, aFlight(r1, r2, 0.5), now).x).toBeCloseTo(160);
    expect(flightPlace(walled, aFlight(r1, r2, 0.25), now).x).toBeCloseTo(80);
    expect(flightPlace(walled, aFlight(r1, r2, 1), now).x).toBeCloseTo(200);
  });

  it("follows a bent way from end to end", () => {
    const bent: LinkPath = { ...level, control: { x: 100, y: 80 }, bend: 80 };
    expect(pointOn(bent, 0)).toEqual(bent.a);
    expect(pointOn(bent, 1)).toEqual(bent.b);
    expect(pointOn(bent, 0.5)).toEqual({ x: 100, y: 40 });
  });
});

describe("a burst", () => {
  it("takes 260 ms of wall time at any speed", () => {
    expect(burstShare(now, now + 260_000, 1)).toBeCloseTo(1);
    expect(burstShare(now, now + 13_000, 0.05)).toBeCloseTo(1);
    expect(burstShare(now, now, 0.05)).toBe(0);
  });
});

describe("messages too quick to follow", () => {
  it("are counted by Little's law: those in flight over the time each takes", () => {
    expect(arrivalsPerSecond([aFlight(r1, r2, 0.1), aFlight(r2, r1, 0.6)])).toBeCloseTo(2 / 0.012);
  });

  it("are so above forty a second of wall time, without flipping at the border", () => {
    expect(isTooQuick(60, false)).toBe(true);
    expect(isTooQuick(42, false)).toBe(false);
    expect(isTooQuick(42, true)).toBe(true);
    expect(isTooQuick(20, true)).toBe(false);
  });

  it("show as a rate per link that settles within seconds and forgets an idle link", () => {
    const traffic = new Traffic();
    const busy = [aFlight(r1, r2, 0.5)];
    for (let frame = 0; frame < 200; frame += 1) traffic.observe(frame % 2 === 0 ? busy : [], 1 / 60, 1, true);
    expect(traffic.rateOf("1-2")).toBeGreaterThan(35);
    expect(traffic.rateOf("1-2")).toBeLessThan(48);
    expect(traffic.rateOf("1-3")).toBe(0);
    for (let frame = 0; frame < 400; frame += 1) traffic.observe([], 1 / 60, 1, true);
    expect(traffic.rateOf("1-2")).toBe(0);
  });

  it("change nothing while the run is paused", () => {
    const traffic = new Traffic();
    traffic.observe([aFlight(r1, r3, 0.5)], 1, 100, false);
    expect(traffic.tooQuick).toBe(false);
  });

  it("widen the link, within bounds", () => {
    expect(trafficWidth(4)).toBeLessThan(trafficWidth(90));
    expect(trafficWidth(millis(100))).toBe(9);
  });
});
