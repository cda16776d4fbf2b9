import { describe, expect, it } from "vitest";
import { type HistoryEvent, type HistoryOperation, operationsOf } from "../../../src/model/verdict/history.ts";
import { checkHistory } from "../../../src/model/verdict/wingGongLowe.ts";

/** An operation as `c1 put a 0-5`; an open end is an unknown outcome. */
function operation(text: string): HistoryOperation {
  const [process = "", kind, value = "", times = ""] = text.split(" ");
  const [start, end] = times.split("-");
  return {
    process,
    kind: kind === "put" || kind === "delete" ? kind : "get",
    id: "lamp",
    value: value === "nothing" ? null : value,
    startedAt: Number(start),
    endedAt: end === "" ? Number.POSITIVE_INFINITY : Number(end),
  };
}

function check(...texts: readonly string[]) {
  return checkHistory(texts.map(operation), { initially: () => null });
}

describe("the search for an order of a whole history", () => {
  it("finds one where reads show the newest write", () => {
    expect(check("c1 put a 0-1", "c2 get a 2-3", "c1 put b 4-5", "c2 get b 6-7").linearizable).toBe(true);
  });

  it("explains why there is none", () => {
    expect(check("c1 put a 0-1", "c1 put b 2-3", "c2 get a 4-5")).toEqual({
      linearizable: false,
      key: "lamp",
      explanation:
        "lamp: process c2 read a between 4 and 5 us; no order of the operations explains that. It could then hold b.",
    });
  });

  it("lets concurrent operations take effect in either order, but in one for all", () => {
    expect(check("c1 put a 0-9", "c2 put b 0-9", "c3 get a 10-11").linearizable).toBe(true);
    expect(check("c1 put a 0-9", "c2 put b 0-9", "c3 get a 10-11", "c3 get b 12-13").linearizable).toBe(false);
  });

  it("lets a write of unknown outcome take effect at any later time, or never", () => {
    expect(check("c1 put a 0-", "c2 get nothing 5-6", "c2 get a 7-8").linearizable).toBe(true);
    expect(check("c1 put a 0-", "c2 get a 5-6", "c2 get nothing 7-8").linearizable).toBe(false);
    expect(check("c1 put a 5-", "c2 get a 1-2").linearizable).toBe(false);
  });

  it("takes the first read for what was there, where that is not known", () => {
    const reads = ["c1 get x 0-1", "c1 get x 2-3"].map(operation);
    expect(checkHistory(reads).linearizable).toBe(true);
    expect(checkHistory([...reads, operation("c1 get y 4-5")]).linearizable).toBe(false);
  });

  it("treats ids apart: each has its own order", () => {
    const other = { ...operation("c1 get nothing 2-3"), id: "chair" };
    expect(checkHistory([operation("c1 put a 0-1"), other], { initially: () => null }).linearizable).toBe(true);
  });

  it("finds its way through thousands of operations of one id", () => {
    const operations = Array.from({ length: 6_000 }, (_, index) => {
      const at = index * 10;
      return index % 2 === 0
        ? operation(`c1 put v${index} ${at}-${at + 15}`)
        : operation(`c2 get v${index - 1} ${at}-${at + 15}`);
    });
    expect(checkHistory(operations, { initially: () => null }).linearizable).toBe(true);
    const stale = operation("c3 get v0 70000-70001");
    expect(checkHistory([...operations, stale], { initially: () => null }).linearizable).toBe(false);
  });

  it("says so when it gives up", () => {
    const concurrent = Array.from({ length: 16 }, (_, index) => operation(`c${index + 1} put v${index} 0-100`));
    const impossible = [operation("c1 get v1 101-102"), operation("c1 get v2 103-104")];
    const found = checkHistory([...concurrent, ...impossible], { limit: 100 });
    expect(found).toMatchObject({ linearizable: undefined, key: "lamp" });
  });
});

describe("operations of a history file", () => {
  const line = (
    process: string,
    type: HistoryEvent["type"],
    f: HistoryEvent["f"],
    value: string | null,
    time: number,
  ) => ({
    ...{ process, type, f, value, time },
    id: "lamp",
  });

  it("are pairs of lines; what has failed is left out, what is open has no end", () => {
    expect(
      operationsOf([
        line("c1.0", "invoke", "put", "w1", 0),
        line("c2.0", "invoke", "get", null, 1),
        line("c1.0", "ok", "put", "w1", 2),
        line("c2.0", "ok", "get", "w1", 3),
        line("c1.0", "invoke", "put", "w2", 4),
        line("c1.0", "fail", "put", "w2", 5),
        line("c1.0", "invoke", "delete", null, 6),
        line("c2.0", "invoke", "get", null, 6),
        line("c1.0", "info", "delete", null, 7),
        line("c3.0", "invoke", "put", "w3", 8),
      ]),
    ).toEqual([
      { process: "c1.0", kind: "put", id: "lamp", value: "w1", startedAt: 0, endedAt: 2 },
      { process: "c2.0", kind: "get", id: "lamp", value: "w1", startedAt: 1, endedAt: 3 },
      { process: "c1.0", kind: "delete", id: "lamp", value: null, startedAt: 6, endedAt: Number.POSITIVE_INFINITY },
      { process: "c3.0", kind: "put", id: "lamp", value: "w3", startedAt: 8, endedAt: Number.POSITIVE_INFINITY },
    ]);
  });

  it.each([
    ["an end without a beginning", [line("c1.0", "ok", "put", "w1", 0)], "that it has not asked for"],
    [
      "two beginnings",
      [line("c1.0", "invoke", "get", null, 0), line("c1.0", "invoke", "get", null, 1)],
      "before its last operation has ended",
    ],
    [
      "the end of something else",
      [line("c1.0", "invoke", "get", null, 0), line("c1.0", "ok", "put", "w1", 1)],
      "asked for get lamp and hears of put lamp",
    ],
    [
      "an end before the beginning",
      [line("c1.0", "invoke", "get", null, 5), line("c1.0", "ok", "get", "w1", 1)],
      "before it asked",
    ],
    ["a put of nothing", [line("c1.0", "invoke", "put", null, 0)], "puts nothing"],
  ])("cannot be made of %s", (_, events, message) => {
    expect(operationsOf(events)).toMatchObject({ event: events.length - 1, message: expect.stringContaining(message) });
  });
});
