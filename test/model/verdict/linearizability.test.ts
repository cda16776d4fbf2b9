import { beforeEach, describe, expect, it } from "vitest";
import { clientId, logIndex, term } from "../../../src/base/ids.ts";
import { micros } from "../../../src/base/units.ts";
import type { Version } from "../../../src/model/protocol/item.ts";
import { GIVEN_UP_LIMIT, Linearizability } from "../../../src/model/verdict/linearizability.ts";
import { Register } from "../../../src/model/verdict/register.ts";

const [c1, c2] = [clientId(1), clientId(2)];
const version = (index: number, inTerm = 1): Version => ({ term: term(inTerm), logIndex: logIndex(index) });
const beginning = version(0, 0);

let live: Linearizability;
let requests: number;

beforeEach(() => {
  live = new Linearizability((id) => (id === "absent" ? undefined : beginning));
  requests = 0;
});

/** A write that is acknowledged between two instants. */
function put(startedAt: number, endedAt: number, index: number, id = "lamp") {
  requests += 1;
  live.wrote(micros(startedAt), c1, requests, "put", id);
  return live.placed(requests, version(index)) ?? live.acknowledged(micros(endedAt), requests, version(index));
}

function remove(startedAt: number, endedAt: number, index: number, id = "lamp") {
  requests += 1;
  live.wrote(micros(startedAt), c1, requests, "delete", id);
  return live.acknowledged(micros(endedAt), requests, version(index));
}

/** A read; 0 is what the id held in the beginning, undefined nothing. */
function read(startedAt: number, endedAt: number, index: number | undefined, id = "lamp") {
  requests += 1;
  live.asked(micros(startedAt), c2, requests, id);
  const shown = index === 0 ? beginning : index === undefined ? undefined : version(index);
  return live.answered(micros(endedAt), requests, shown);
}

describe("linearizability of one id while it is used", () => {
  it("accepts reads of the newest write", () => {
    expect(read(0, 1, 0)).toBeUndefined();
    expect(put(2, 3, 1)).toBeUndefined();
    expect(read(4, 5, 1)).toBeUndefined();
    expect(put(6, 7, 2)).toBeUndefined();
    expect(read(8, 9, 2)).toBeUndefined();
  });

  it("says which write a stale read has missed, in words", () => {
    put(0, 1, 1);
    put(2, 3, 2);
    expect(read(4, 5, 1)).toEqual({
      name: "Linearizability",
      askedAt: 4,
      message: "c2 read lamp as entry 1 of term 1 left it, although entry 2 of term 1 had taken effect before.",
    });
  });

  it("goes on judging after a break, which counts for nothing itself", () => {
    put(0, 1, 1);
    put(2, 3, 2);
    expect(read(4, 5, 1)).toBeDefined();
    expect(read(6, 7, 2)).toBeUndefined();
    expect(read(8, 9, 1)).toBeDefined();
  });

  it("lets reads that overlap a write show either value, but not the old one after the new one", () => {
    put(0, 1, 1);
    requests = 100;
    live.wrote(micros(10), c1, 50, "put", "lamp");
    live.placed(50, version(2));
    expect(read(11, 12, 1)).toBeUndefined();
    expect(read(13, 14, 2)).toBeUndefined();
    expect(read(15, 16, 1)?.message).toContain("entry 2 of term 1 had taken effect before");
    expect(live.acknowledged(micros(20), 50, version(2))).toBeUndefined();
  });

  it("counts operations that touch at one microsecond as concurrent", () => {
    put(0, 5, 1);
    expect(read(5, 6, 0)).toBeUndefined();
    expect(read(7, 8, 0)).toBeDefined();
  });

  it("lets a write whose outcome is unknown take effect late, or never, but not twice", () => {
    live.wrote(micros(0), c1, 50, "put", "lamp");
    live.placed(50, version(1));
    live.ended(50);
    expect(read(10, 11, 0)).toBeUndefined();
    expect(read(12, 13, 1)).toBeUndefined();
    put(14, 15, 2);
    expect(read(16, 17, 1)).toBeDefined();
  });

  it("takes a late acknowledgement of a write that was given up for its end", () => {
    live.wrote(micros(0), c1, 50, "put", "lamp");
    live.ended(50);
    live.ended(50);
    expect(live.acknowledged(micros(10), 50, version(1))).toBeUndefined();
    expect(read(11, 12, 0)).toBeDefined();
    expect(read(13, 14, 1)).toBeUndefined();
  });

  it("notices a value that nobody has written, unless a write is under way whose version is not known", () => {
    expect(read(0, 1, 7)?.message).toContain("entry 7");
    live.wrote(micros(2), c1, 50, "put", "lamp");
    expect(read(3, 4, 8)).toBeUndefined();
  });

  it("notices a value that was read before anybody asked for it to be written", () => {
    live.wrote(micros(0), c1, 50, "put", "lamp");
    expect(read(1, 2, 9)).toBeUndefined();
    live.wrote(micros(5), c1, 51, "put", "lamp");
    expect(live.acknowledged(micros(6), 51, version(9))?.message).toContain("too early");
  });

  it("says nothing any more of an id for which one version has two writers", () => {
    live.wrote(micros(0), c1, 50, "put", "lamp");
    live.wrote(micros(0), c2, 51, "put", "lamp");
    live.placed(50, version(1));
    live.placed(51, version(1));
    live.acknowledged(micros(1), 50, version(1));
    live.acknowledged(micros(1), 51, version(1));
    put(2, 3, 2);
    expect(read(4, 5, 1)).toBeUndefined();
  });

  it("does not mind a read that is given up or a request that it was not told of", () => {
    live.asked(micros(0), c2, 50, "lamp");
    live.ended(50);
    live.ended(51);
    expect(live.answered(micros(1), 50, version(9))).toBeUndefined();
    expect(live.placed(52, version(9))).toBeUndefined();
  });
});

describe("absence", () => {
  it("is what an id shows that was never there, until a write ends", () => {
    expect(read(0, 1, undefined, "absent")).toBeUndefined();
    put(2, 3, 1, "absent");
    expect(read(4, 5, undefined, "absent")?.message).toBe(
      "c2 was told that absent is not there, although entry 1 of term 1 had taken effect before.",
    );
  });

  it("is not what an id shows that nobody has deleted", () => {
    expect(read(0, 1, undefined)?.message).toContain("the beginning had taken effect before");
  });

  it("follows a delete, and a ghost is a break", () => {
    put(0, 1, 1);
    remove(2, 3, 2);
    expect(read(4, 5, undefined)).toBeUndefined();
    expect(read(6, 7, 1)?.message).toContain("although its deletion had taken effect before");
  });

  it("ends with the next write", () => {
    remove(0, 1, 1);
    put(2, 3, 2);
    expect(read(4, 5, undefined)).toBeDefined();
    expect(read(6, 7, 2)).toBeUndefined();
  });

  it("counts for neither of two deletes that may both explain it", () => {
    live.wrote(micros(0), c1, 50, "delete", "lamp");
    live.wrote(micros(0), c2, 51, "delete", "lamp");
    live.ended(50);
    live.ended(51);
    expect(read(1, 2, undefined)).toBeUndefined();
    put(3, 4, 3);
    expect(read(5, 6, undefined)).toBeUndefined();
    expect(read(7, 8, 3)).toBeUndefined();
  });
});

describe("what is kept of an id", () => {
  it("is two writes, however long it is used", () => {
    const register = new Register(beginning);
    for (let index = 1; index <= 1_000; index += 1) {
      const at = index * 10;
      register.startPut();
      register.place(version(index), index, micros(at), true);
      register.startRead(micros(at + 1));
      register.endPut(version(index), micros(at + 3));
      expect(register.endRead(version(index), micros(at + 1), micros(at + 4))).toBeUndefined();
      expect(register.size).toBeLessThanOrEqual(2);
    }
  });

  it("grows while a read is open, since that may still show what was there when it was asked, and shrinks again", () => {
    const register = new Register(beginning);
    register.startRead(micros(0));
    for (let index = 1; index <= 20; index += 1) {
      register.startPut();
      register.place(version(index), index, micros(index * 10), true);
      register.endPut(version(index), micros(index * 10 + 1));
    }
    expect(register.size).toBe(21);
    register.endRead(version(3), micros(0), micros(500));
    expect(register.size).toBeLessThanOrEqual(2);
  });

  it("is a limited number of writes of unknown outcome; beyond it what seems unwritten may be one of them", () => {
    for (let request = 1; request <= GIVEN_UP_LIMIT + 1; request += 1) {
      live.wrote(micros(request), c1, 1_000 + request, "put", "lamp");
      live.placed(1_000 + request, version(request));
      live.ended(1_000 + request);
    }
    expect(read(100, 101, 1)).toBeUndefined();
    expect(read(102, 103, 0)).toBeDefined();
    expect(live.acknowledged(micros(104), 1_001, version(1))).toBeUndefined();
  });
});
