import { rgb } from "d3";
import { describe, expect, it } from "vitest";
import { assert, present } from "../../src/base/assert.ts";
import { type ColourPayload, colourDistanceOfCosine, embedColour, parseColour } from "../../src/data/colours.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { type Oklab, oklabDistance, oklabOfRgb } from "../../src/data/oklab.ts";
import type { Draft } from "../../src/model/protocol/dataset.ts";
import { cosine } from "../support/cosine.ts";
import { lengthOf, rankedIds } from "./ranking.ts";

const { items, dimension, initialCount } = datasetByName("colours");

function payloadOf(draft: Draft): ColourPayload {
  assert(draft.payload.kind === "colour", "colours hold colours");
  return draft.payload;
}

function oklabOf(hex: string): Oklab {
  const { r, g, b } = rgb(hex);
  return oklabOfRgb(r, g, b);
}

const named = items.map(({ id, drafts }) => {
  const draft = present(drafts[0], id);
  return { id, hex: payloadOf(draft).hex, vector: draft.embedding, oklab: oklabOf(payloadOf(draft).hex) };
});

/** Ids by rising distance in OKLab, ties by id: what the order by cosine is held against. */
function byDistance(colour: Oklab): string[] {
  return named
    .map(({ id, oklab }) => ({ id, distance: oklabDistance(colour, oklab) }))
    .sort((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}

describe("colours: the data set", () => {
  it("has the 148 names of CSS, 139 different colours, and 110 of them at the start", () => {
    expect(new Set(named.map(({ id }) => id)).size).toBe(148);
    expect(new Set(named.map(({ hex }) => hex)).size).toBe(139);
    expect(initialCount).toBe(110);
  });

  it("knows the same values as d3", () => {
    for (const { id, hex } of named) expect(rgb(id).formatHex(), id).toBe(hex);
  });

  it("offers three drafts of each colour, all different and not far apart", () => {
    for (const { id, drafts } of items) {
      const hexes = drafts.map((draft) => payloadOf(draft).hex);
      expect(new Set(hexes).size, id).toBe(3);
      const [original, ...shades] = hexes.map(oklabOf);
      for (const shade of shades) {
        const distance = oklabDistance(present(original, id), shade);
        expect(distance, id).toBeGreaterThanOrEqual(0.01);
        expect(distance, id).toBeLessThan(0.21);
      }
      for (const draft of drafts) expect(payloadOf(draft).name.length).toBeLessThanOrEqual(32);
    }
  });

  it("embeds every draft with unit length", () => {
    for (const { drafts } of items) {
      for (const { embedding } of drafts) {
        expect(embedding).toHaveLength(dimension);
        expect(Math.abs(lengthOf(embedding) - 1)).toBeLessThan(1e-6);
      }
    }
  });
});

describe("colours: nearness", () => {
  it("orders the five nearest by cosine as by distance in OKLab, for at least 98 % of the names", () => {
    const agreeing = named.filter(({ vector, oklab }) => {
      const byCosine = rankedIds(named, vector).slice(0, 5);
      return byCosine.join() === byDistance(oklab).slice(0, 5).join();
    });
    expect(agreeing.length / named.length).toBeGreaterThanOrEqual(0.98);
  });

  it("does so too for colours without a name", () => {
    let agreeing = 0;
    let asked = 0;
    for (let code = 0; code < 0x1000000; code += 33_331) {
      const hex = `#${code.toString(16).padStart(6, "0")}`;
      const embedded = embedColour(hex);
      assert(embedded.ok, hex);
      const byCosine = rankedIds(named, embedded.vector).slice(0, 5);
      agreeing += byCosine.join() === byDistance(oklabOf(hex)).slice(0, 5).join() ? 1 : 0;
      asked += 1;
    }
    expect(asked).toBeGreaterThan(500);
    expect(agreeing / asked).toBeGreaterThanOrEqual(0.98);
  });

  it("answers tomato with what looks like tomato", () => {
    const tomato = present(
      named.find(({ id }) => id === "tomato"),
      "tomato",
    );
    expect(rankedIds(named, tomato.vector).slice(0, 4)).toEqual(["tomato", "orangered", "coral", "salmon"]);
  });

  it("puts two names of one colour at the same place, in order of name", () => {
    const magenta = embedColour("magenta");
    assert(magenta.ok, "magenta");
    expect(rankedIds(named, magenta.vector).slice(0, 2)).toEqual(["fuchsia", "magenta"]);
  });

  it("reads the distance of two colours back from their cosine", () => {
    const [one, other] = [embedColour("tomato"), embedColour("coral")];
    assert(one.ok && other.ok, "both have names");
    const distance = oklabDistance(oklabOf("tomato"), oklabOf("coral"));
    expect(colourDistanceOfCosine(cosine(one.vector, other.vector))).toBeCloseTo(distance, 2);
  });
});

describe("colours: what a person types", () => {
  it.each([
    ["tomato", "#ff6347"],
    ["  Dark Slate-Blue ", "#483d8b"],
    ["LightGoldenrodYellow", "#fafad2"],
    ["#FF6347", "#ff6347"],
    ["ff6347", "#ff6347"],
    ["#f64", "#ff6644"],
  ])("understands %j", (text, hex) => {
    expect(parseColour(text)).toEqual({ ok: true, hex });
  });

  it.each([
    ["blurple", /No CSS colour is called "blurple"\. Did you mean purple or mediumpurple\? Type a CSS colour name/],
    ["tomatoe", /Did you mean tomato\?/],
    [
      "zzz",
      /^No CSS colour is called "zzz"\. Type a CSS colour name such as tomato, or a hex value such as #ff6347\.$/,
    ],
    ["#12345", /^"#12345" is not a hex colour: # and three or six digits, as in #ff6347\.$/],
    ["", /^Type a CSS colour name/],
    ["constructor", /No CSS colour is called "constructor"/],
    ["x".repeat(500), /No CSS colour is called "x{23}…"/],
  ])("says what to do about %j", (text, message) => {
    const parsed = parseColour(text);
    assert(!parsed.ok, "is no colour");
    expect(parsed.message).toMatch(message);
    expect(embedColour(text)).toEqual(parsed);
  });
});
