// The feed as rows: what was lost at one instant by one cause is one row, and nothing else is put together.
import { describe, expect, it } from "vitest";
import { replicaId } from "../../../src/base/ids.ts";
import { seconds } from "../../../src/base/units.ts";
import type { ClusterEvent } from "../../../src/model/protocol/events.ts";
import { endsOf, feedRows, lossWords, rowsAround, rowWords } from "../../../src/view/store/feedRows.ts";
import { acknowledged, done, lost, rolledBack, worldEvent } from "./someEvents.ts";

const [r1, r2] = [replicaId(1), replicaId(2)];
const names = new Map([["p-318", "Linen shirt"]]);
const context = { leaderships: [], itemName: (id: string) => names.get(id) };

const lossesOf = (count: number, at = seconds(6)) => Array.from({ length: count }, (_, n) => lost(1, 31 + n, at));
const broken = () =>
  worldEvent({ kind: "verdictBroken", name: "AcknowledgedWritesKept", promised: false, message: "A write is lost." });
const words = (events: readonly ClusterEvent[]) => feedRows(events).map((row) => rowWords(row, context));

describe("the rows of the feed", () => {
  it("tell all losses of a rollback in one, whatever broke in between, and the rollback behind them", () => {
    const events = [lost(1, 31), broken(), ...lossesOf(171), rolledBack(r1, 31, 202)];
    const rows = feedRows(events);
    expect(rows.map((row) => rowWords(row, context))).toEqual([
      "172 acknowledged writes lost when r1 rolled back",
      "Not promised, and it happened: A write is lost",
      "r1 rolled back entries 31 to 202: 172 applied entries undone",
    ]);
    const [row] = rows;
    expect(row?.kind === "losses" ? row.losses : []).toHaveLength(172);
    expect(row === undefined ? undefined : endsOf(row)).toEqual({ first: events[0], last: events[172] });
  });

  it("name the product of each loss before its id", () => {
    const [row] = feedRows([...lossesOf(2), rolledBack(r1, 31, 32)]);
    expect(row?.kind === "losses" ? row.losses.map((loss) => lossWords(loss, context)) : []).toEqual([
      "Linen shirt (p-318), entry 31 of term 1",
      "Linen shirt (p-318), entry 32 of term 1",
    ]);
  });

  it("keep a loss that stands alone as it is", () => {
    expect(words([lost(1, 31), rolledBack(r1, 31, 31)])).toEqual([
      "The acknowledged write of Linen shirt (p-318) is lost: entry 31 of term 1",
      "r1 rolled back entry 31, which it had applied",
    ]);
  });

  it("keep instants, and replicas, apart", () => {
    const told = words([
      ...lossesOf(2, seconds(6)),
      rolledBack(r1, 31, 32, seconds(6)),
      ...lossesOf(3, seconds(6)),
      rolledBack(r2, 31, 33, seconds(6)),
      ...lossesOf(2, seconds(7)),
    ]);
    expect(told.filter((sentence) => sentence.includes("lost"))).toEqual([
      "2 acknowledged writes lost when r1 rolled back",
      "3 acknowledged writes lost when r2 rolled back",
      "2 acknowledged writes lost at one instant: a majority holds other entries in their place",
    ]);
  });

  it("say which command ended them, and blame none that came before something else", () => {
    const wipe = done({ kind: "wipe", replicaId: r1 });
    expect(words([wipe, ...lossesOf(2)])[1]).toBe("2 acknowledged writes lost when you started r1 with an empty disk");
    const [heal, other] = [done({ kind: "heal" }), acknowledged(1, 9)];
    expect(words([heal, other, ...lossesOf(2)]).at(-1)).toMatch(/at one instant/);
  });
});

describe("the rows that are read at once", () => {
  const events = [...Array.from({ length: 9 }, () => done({ kind: "heal" })), ...lossesOf(3)];
  const rows = feedRows(events);
  const sequences = (fact: number | undefined) => {
    const { shown, older, newer } = rowsAround(rows, fact, 4);
    return { first: shown.map((row) => events.indexOf(endsOf(row).first)), older, newer };
  };

  it("are the newest at the end, and those around the playhead before it", () => {
    expect(sequences(undefined)).toEqual({ first: [6, 7, 8, 9], older: 6, newer: 0 });
    expect(sequences(events[4]?.sequence)).toEqual({ first: [3, 4, 5, 6], older: 3, newer: 5 });
    expect(sequences(0)).toEqual({ first: [0, 1, 2, 3], older: 0, newer: 8 });
  });

  it("take what was lost together for still to come while any of it is", () => {
    expect(sequences(events[10]?.sequence)).toEqual({ first: [6, 7, 8, 9], older: 6, newer: 0 });
  });
});
