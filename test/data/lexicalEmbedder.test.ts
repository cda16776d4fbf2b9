import { describe, expect, it } from "vitest";
import { present } from "../../src/base/assert.ts";
import { embedText, embedWeighted, lexicalDimension, wordsOf } from "../../src/data/lexicalEmbedder.ts";
import { cosine } from "../support/cosine.ts";
import { lengthOf } from "./ranking.ts";

function vectorOf(text: string): Float32Array {
  const embedded = embedText(text);
  return present(embedded.ok ? embedded.vector : undefined, `the vector of "${text}"`);
}

function similarity(one: string, other: string): number {
  return cosine(vectorOf(one), vectorOf(other));
}

describe("lexical embedder: words", () => {
  it("splits at everything that is neither letter nor digit, in any script", () => {
    expect(wordsOf("Two-person tent, 3 kg (NEW!)")).toEqual(["two", "person", "tent", "3", "kg", "new"]);
    expect(wordsOf("Größe 42½ – 東京 čaj")).toEqual(["größe", "421", "2", "東京", "čaj"]);
  });

  it("folds case, width and compatibility forms", () => {
    expect(wordsOf("ＴＥＮＴ ﬁre Café")).toEqual(wordsOf("tent fire cafe\u0301"));
  });

  it("makes the commonest plurals singular and leaves other words alone", () => {
    expect(wordsOf("jackets torches brushes boxes batteries glasses")).toEqual([
      "jacket",
      "torch",
      "brush",
      "box",
      "battery",
      "glass",
    ]);
    expect(wordsOf("gas glass bus this tennis pies")).toEqual(["gas", "glass", "bus", "this", "tennis", "pie"]);
    expect(wordsOf("the children's and chef’s knives")).toEqual(["the", "children", "and", "chef", "knive"]);
  });
});

describe("lexical embedder: vectors", () => {
  it("has 256 values and unit length, also for one letter or very long text", () => {
    for (const text of ["a", "7", "tent", "東京", "waterproof jacket ".repeat(2_000), "\u{1F6B2} bike"]) {
      const vector = vectorOf(text);
      expect(vector).toHaveLength(lexicalDimension);
      expect(Math.abs(lengthOf(vector) - 1)).toBeLessThan(1e-6);
    }
  });

  it("gives the same bits for the same text, whatever was embedded before", () => {
    const before = vectorOf("warm jacket for rain");
    vectorOf("something else");
    expect(vectorOf("warm jacket for rain")).toEqual(before);
    expect(vectorOf("  WARM jacket -- for, rain!")).toEqual(before);
  });

  it("does not care about the order of words", () => {
    expect(similarity("trail running shoe", "shoe trail running")).toBeCloseTo(1, 6);
  });

  it("ignores small words, unless there is nothing else", () => {
    expect(vectorOf("a jacket for the rain")).toEqual(vectorOf("jacket rain"));
    expect(embedText("the").ok).toBe(true);
  });

  it("finds related spellings nearer than unrelated words", () => {
    expect(similarity("raincoat", "rain coat")).toBeGreaterThan(0.25);
    expect(similarity("headlamp", "lamp")).toBeGreaterThan(0.2);
    expect(similarity("waterproof", "waterprof")).toBeGreaterThan(0.5);
    expect(Math.abs(similarity("kettle", "bicycle"))).toBeLessThan(0.2);
  });

  it("counts a repeated word more, but less than in proportion", () => {
    const once = similarity("rain jacket", "rain");
    const thrice = similarity("rain rain rain jacket", "rain");
    expect(thrice).toBeGreaterThan(once);
    expect(
      embedWeighted([
        { text: "rain", weight: 3 },
        { text: "jacket", weight: 1 },
      ]),
    ).toEqual({
      ok: true,
      vector: vectorOf("rain rain rain jacket"),
    });
  });

  it("answers a message, never NaN, when there is nothing to embed", () => {
    for (const text of ["", "   ", "!?", "\u{1F600}", "—"]) {
      expect(embedText(text)).toEqual({ ok: false, message: "Type at least one word with a letter or a digit in it." });
    }
  });

  it("gives the same vectors with and without a memory of words", () => {
    const parts = [{ text: "Larch waterproof trail shoe", weight: 2 }];
    const memory = new Map<string, Int16Array>();
    const first = embedWeighted(parts, memory);
    expect(memory.size).toBe(4);
    expect(embedWeighted(parts, memory)).toEqual(first);
    expect(embedWeighted(parts)).toEqual(first);
  });
});
