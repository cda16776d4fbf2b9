// The diagram's geometry: scales that only grow, stretches without gaps, arrows that are found, pointed at and broken off,
// passages that join; and a log whose vector clocks say what came before what.
import { describe, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { clientId, replicaId } from "../../../src/base/ids.ts";
import { micros, millis, seconds } from "../../../src/base/units.ts";
import { datasetByName } from "../../../src/data/dataset.ts";
import { record } from "../../../src/model/history/recording.ts";
import { Timeline } from "../../../src/model/history/timeline.ts";
import type { Chronicle } from "../../../src/model/protocol/chronicle.ts";
import { defaultRun, MODEL_VERSION } from "../../../src/model/protocol/config.ts";
import {
  arrowsOf,
  arrowsWithin,
  linesAcross,
  longestWay,
  NO_PASSAGE,
  stretchesOf,
  timeScale,
} from "../../../src/view/layout/spacetime.ts";
import { SHIVIZ_PATTERN, ShivizWriter, shivizLog } from "../../../src/view/layout/spacetimeLog.ts";
import { joined, MOST_EVENTS } from "../../../src/view/layout/spacetimePassage.ts";
import { planOf, pointedAt } from "../../../src/view/layout/spacetimePlan.ts";

const [r1, r2] = [replicaId(1), replicaId(2)];
const inputs = {
  modelVersion: MODEL_VERSION,
  config: defaultRun(1),
  commands: [
    { at: seconds(2), command: { kind: "pause", replicaId: r2 } },
    { at: millis(2_400), command: { kind: "resume", replicaId: r2 } },
    { at: seconds(3), command: { kind: "crash", replicaId: r1 } },
    { at: seconds(5), command: { kind: "restart", replicaId: r1 } },
  ],
} as const;

function chronicle(from: number, to: number): Chronicle {
  const span = { from: micros(from), to: micros(to), limit: 1_000_000 };
  return { runId: 1, branch: 0, ...record(new Timeline(inputs, datasetByName("products")), span) };
}

const passage = chronicle(0, seconds(6));

describe("the scale of the diagram", () => {
  it.each(["true", "even"] as const)("grows with time and can be read backwards: %s", (spacing) => {
    const { placeOf, instantOf } = timeScale(passage, spacing);
    let last = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < seconds(8); at += 7_777) {
      const place = placeOf(at);
      expect(place).toBeGreaterThan(last);
      expect(instantOf(place)).toBeCloseTo(at, 3);
      last = place;
    }
  });

  it("gives events the same room each when it is even, wherever one began to look", () => {
    const later = chronicle(seconds(4), seconds(6));
    const [whole, part] = [timeScale(passage, "even"), timeScale(later, "even")];
    const [first, second] = later.events.filter(({ id }) => id > 0).slice(40);
    const [a, b] = [present(first, "an event"), present(second, "the next")];
    expect(part.placeOf(a.at)).toBeCloseTo(whole.placeOf(a.at), 6);
    expect(part.placeOf(b.at) - part.placeOf(a.at)).toBeCloseTo((b.id - a.id) * 4, 6);
  });
});

describe("the lines", () => {
  it("stand apart, replicas before clients, all inside", () => {
    const lines = [...linesAcross(3, 2, 400)];
    expect(lines.map(([who]) => who)).toEqual([r1, r2, replicaId(3), clientId(1), clientId(2)]);
    expect(lines.every(([, y], at) => y > (lines[at - 1]?.[1] ?? 0) && y < 400)).toBe(true);
  });

  it("have no gaps: down and paused are stretches of their own, terms begin where they begin", () => {
    const stretches = stretchesOf(passage);
    for (const who of [r1, r2, replicaId(3)]) {
      const line = stretches.filter((stretch) => stretch.who === who).sort((a, b) => a.from - b.from);
      expect(line[0]?.from).toBe(0);
      expect(line.at(-1)?.to).toBe(seconds(6));
      expect(line.every(({ from }, at) => at === 0 || from === line[at - 1]?.to)).toBe(true);
    }
    const down = stretches.filter(({ state }) => state === "down");
    expect(down).toMatchObject([{ who: r1, from: seconds(3), to: seconds(5) }]);
    const paused = stretches.filter(({ state }) => state === "paused");
    expect(paused[0]).toMatchObject({ who: r2, from: seconds(2) });
    expect(paused.at(-1)?.to).toBe(millis(2_400));
    expect(stretches.filter(({ role }) => role === "leader").length).toBeGreaterThan(0);
  });
});

describe("arrows", () => {
  const arrows = arrowsOf(passage);
  const longest = longestWay(arrows);

  it("are found by the window that they touch, and by no other", () => {
    const [from, to] = [millis(2_950), millis(3_050)];
    const found = arrowsWithin(arrows, longest, from, to);
    expect(found).toEqual(arrows.filter(({ sentAt, arrivesAt }) => sentAt <= to && arrivesAt >= from));
    expect(found.length).toBeGreaterThan(5);
  });

  it("break off where the message was lost", () => {
    const broken = arrows.filter(({ message }) => message.lost !== undefined);
    expect(broken.length).toBeGreaterThan(0);
    expect(broken.every(({ reach }) => reach < 1 && reach > 0)).toBe(true);
    expect(arrows.filter(({ reach }) => reach < 1)).toEqual(broken);
  });

  it.each(["right", "down"] as const)("can be pointed at, as events can, with time running %s", (direction) => {
    const scale = timeScale(passage, "true");
    const lines = linesAcross(3, 3, 600);
    const zoomed = { pixels: 2, offset: -scale.placeOf(millis(2_800)) * 2 };
    const parts = { scale, zoomed, direction, length: 1_000, lines, arrows, longest, stretches: stretchesOf(passage) };
    const plan = planOf({ ...parts, events: passage.events });
    expect(plan.from).toBeCloseTo(millis(2_800), 3);
    expect(plan.to).toBeCloseTo(millis(3_300), 3);
    const crash = present(
      plan.events.find(({ event }) => event.id < 0),
      "the crash",
    );
    expect(pointedAt(plan, crash.at)).toMatchObject({ kind: "event", event: { id: crash.event.id } });
    const across = direction === "right" ? crash.at.y : crash.at.x;
    expect(across).toBe(lines.get(r1));
    const alone = { ...plan, events: [] };
    const one = present(plan.arrows[3], "an arrow");
    const middle = { x: (one.from.x + one.to.x) / 2, y: (one.from.y + one.to.y) / 2 };
    const pointed = pointedAt({ ...alone, arrows: [one] }, middle);
    expect(pointed).toMatchObject({ kind: "message", arrow: { message: { id: one.arrow.message.id } } });
    expect(pointedAt(alone, { x: -5_000, y: -5_000 })).toBeUndefined();
  });
});

describe("passages", () => {
  it("join at either end without a gap and without saying anything twice", () => {
    const [early, middle, late] = [
      chronicle(seconds(1), seconds(3)),
      chronicle(seconds(3), seconds(4)),
      chronicle(seconds(4), seconds(6)),
    ];
    const all = joined(joined(joined(NO_PASSAGE, middle), late), early);
    const straight = chronicle(seconds(1), seconds(6));
    expect([all.from, all.to]).toEqual([seconds(1), seconds(6)]);
    expect(all.events.map(({ id }) => id)).toEqual(straight.events.map(({ id }) => id));
    const ids = all.messages.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids)).toEqual(new Set(straight.messages.map(({ id }) => id)));
    expect(stretchesOf(all)).toEqual(stretchesOf(straight));
  });

  it("that do not touch begin anew; what is too much gives way at the far end, and the lines go on", () => {
    const early = chronicle(0, seconds(2));
    const late = chronicle(seconds(4), seconds(6));
    expect(joined(joined(NO_PASSAGE, early), late).events).toEqual(late.events);
    const copies = Math.ceil(MOST_EVENTS / early.events.length) + 1;
    const long = { ...early, events: Array.from({ length: copies }, () => early.events).flat() };
    const kept = joined(joined(NO_PASSAGE, long), chronicle(seconds(2), seconds(6)));
    expect(kept.events).toHaveLength(MOST_EVENTS);
    expect(kept.to).toBe(seconds(6));
    expect(kept.beginning).toHaveLength(3);
  });
});

describe("the log for ShiViz, in parts", () => {
  it("is the log in one, wherever the parts are cut", () => {
    const words = ({ id }: { readonly id: number }) => `event ${id}`;
    const timeline = new Timeline(inputs, datasetByName("products"));
    const whole = shivizLog(passage, words);
    for (const limit of [37, 250, 999]) {
      const writer = new ShivizWriter(words);
      let log = "";
      for (let from = 0; ; ) {
        const part = record(timeline, { from: micros(from), to: passage.to, limit });
        log += writer.next(part.events, part.messages);
        if (!part.isCut) break;
        from = part.to;
      }
      expect(log).toBe(whole);
      expect(writer.count).toBe(passage.events.length);
    }
  });
});

describe("the log for ShiViz", () => {
  const log = shivizLog(passage, ({ id }) => `event ${id}\nin one line`);
  const found = [...log.matchAll(new RegExp(SHIVIZ_PATTERN, "g"))];

  it("is read by its pattern: every event with host, clock and words", () => {
    expect(found).toHaveLength(passage.events.length);
    expect(new Set(found.map(({ groups }) => groups?.host))).toEqual(
      new Set(["r1", "r2", "r3", "c1", "c2", "c3", "operator"]),
    );
    expect(found[0]?.groups?.event).toMatch(/^event -?\d+ in one line$/);
  });

  it("counts each host's own events one by one, and puts every send before its arrival", () => {
    const clocks = new Map<number, Record<string, number>>();
    const own = new Map<string, number>();
    for (const [at, { groups }] of found.entries()) {
      const host = present(groups?.host, "a host");
      const clock: Record<string, number> = JSON.parse(present(groups?.clock, "a clock"));
      expect(clock[host]).toBe((own.get(host) ?? 0) + 1);
      own.set(host, clock[host] ?? 0);
      clocks.set(present(passage.events[at], "its event").id, clock);
    }
    for (const { sentIn, arrivedIn } of passage.messages) {
      if (sentIn === undefined || arrivedIn === undefined) continue;
      const [sent, arrived] = [present(clocks.get(sentIn), "a send"), present(clocks.get(arrivedIn), "an arrival")];
      expect(Object.entries(sent).every(([host, count]) => (arrived[host] ?? 0) >= count)).toBe(true);
    }
  });
});
