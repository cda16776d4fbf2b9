import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replicaId } from "../../../src/base/ids.ts";
import { after, type Micros, micros, millis } from "../../../src/base/units.ts";
import { lookaheadOf, newLink, type Sending, transmit } from "../../../src/model/network/link.ts";
import type { LinkQuality } from "../../../src/model/protocol/config.ts";

const [r1, r2] = [replicaId(1), replicaId(2)];
const minimum = micros(100);

function sending(at: Micros): Sending {
  return { at, messageClass: "request", bytes: 64 };
}

function quality(parts: Partial<LinkQuality> = {}): LinkQuality {
  const latency = { kind: "uniform", low: millis(10), high: millis(15) } as const;
  return { latency, loss: 0, duplication: 0, reordering: 0, ...parts };
}

/** What becomes of `count` messages, one each millisecond. */
function send(count: number, how: LinkQuality, seed = 1) {
  const link = newLink(seed, r1, r2);
  return Array.from({ length: count }, (_, at) => ({
    sentAt: millis(at),
    ...transmit(link, how, minimum, sending(millis(at))),
  }));
}

describe("latency", () => {
  it("stays within its bounds on an idle link", () => {
    const link = newLink(1, r1, r2);
    const flights = Array.from({ length: 500 }, (_, at) => {
      const sentAt = millis(at * 100);
      return transmit(link, quality(), minimum, sending(sentAt)).arriveAt - sentAt;
    });
    expect(Math.min(...flights)).toBeGreaterThanOrEqual(millis(10));
    expect(Math.max(...flights)).toBeLessThanOrEqual(millis(15));
    expect(new Set(flights).size).toBeGreaterThan(400);
  });

  it("is never below the minimum, which is what the event loop may look ahead", () => {
    const instant = quality({ latency: { kind: "constant", value: micros(0) } });
    for (const { sentAt, arriveAt } of send(50, instant)) expect(arriveAt).toBe(after(sentAt, minimum));
    expect(lookaheadOf(instant, minimum)).toBe(minimum);
    expect(lookaheadOf(quality(), minimum)).toBe(millis(10));
  });

  it("never lets anything arrive before the lookahead, whatever the trouble", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.nat(), share, share, share, (seed, loss, duplication, reordering) => {
        for (const { sentAt, arriveAt, copyArrivesAt } of send(20, quality({ loss, duplication, reordering }), seed)) {
          const soonest: Micros = after(sentAt, millis(10));
          expect(arriveAt).toBeGreaterThanOrEqual(soonest);
          expect(copyArrivesAt ?? soonest).toBeGreaterThanOrEqual(soonest);
        }
      }),
    );
  });
});

describe("order", () => {
  it("is the order of sending unless messages may be overtaken", () => {
    const arrivals = send(500, quality()).map(({ arriveAt }) => arriveAt);
    expect(arrivals).toEqual(arrivals.slice().sort((a, b) => a - b));
  });

  it("is that of requests alone: an answer holds up nothing, and nothing holds it up", () => {
    const link = newLink(1, r1, r2);
    const arrivals = Array.from({ length: 200 }, (_, at) => {
      const messageClass = at % 2 === 0 ? "request" : "reply";
      return transmit(link, quality(), minimum, { at: millis(at), messageClass, bytes: 64 }).arriveAt;
    });
    const ofClass = (parity: number) => arrivals.filter((_, at) => at % 2 === parity);
    const inOrder = (instants: readonly number[]) => instants.slice().sort((a, b) => a - b);
    expect(ofClass(0)).toEqual(inOrder(ofClass(0)));
    expect(ofClass(1)).not.toEqual(inOrder(ofClass(1)));
    const late = arrivals.map((arriveAt, at) => arriveAt - millis(at)).filter((_, at) => at % 2 === 1);
    expect(Math.max(...late)).toBeLessThanOrEqual(millis(15));
  });

  it("is broken for about the share that may be overtaken", () => {
    const arrivals = send(500, quality({ reordering: 0.5 })).map(({ arriveAt }) => arriveAt);
    const overtaken = arrivals.filter((at, number) => arrivals.slice(number + 1).some((later) => later < at));
    expect(overtaken.length).toBeGreaterThan(100);
  });
});

describe("loss and duplication", () => {
  it("come in about their shares", () => {
    const sent = send(4_000, quality({ loss: 0.2, duplication: 0.3 }));
    const arrived = sent.filter(({ lost }) => !lost);
    expect(arrived.length / 4_000).toBeCloseTo(0.8, 1);
    const copies = arrived.filter(({ copyArrivesAt }) => copyArrivesAt !== undefined);
    expect(copies.length / arrived.length).toBeCloseTo(0.3, 1);
  });

  it("a cut link loses everything, and says where it would have arrived", () => {
    const link = newLink(1, r1, r2);
    link.cut = true;
    const { lost, arriveAt } = transmit(link, quality(), minimum, sending(millis(5)));
    expect(lost).toBe(true);
    expect(arriveAt).toBeGreaterThanOrEqual(millis(15));
  });
});

describe("streams", () => {
  it("of two directions differ, and of one seed repeat", () => {
    const there = newLink(1, r1, r2);
    const back = newLink(1, r2, r1);
    const again = newLink(1, r1, r2);
    const arrivals = [there, back, again].map((link) =>
      Array.from({ length: 20 }, (_, at) => transmit(link, quality(), minimum, sending(millis(at * 50))).arriveAt),
    );
    expect(arrivals[0]).toEqual(arrivals[2]);
    expect(arrivals[0]).not.toEqual(arrivals[1]);
  });
});
