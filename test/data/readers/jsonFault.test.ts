// Where a text stops being JSON, against JSON.parse; and a line of a file cut at any place.
import fc from "fast-check";
import { expect, it } from "vitest";
import { jsonFault } from "../../../src/data/readers/jsonFault.ts";
import { readVectors } from "../../../src/data/readers/readVectors.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const anyJson = fc
  .tuple(fc.json({ stringUnit: "binary" }), fc.constantFrom("", " ", "\n\t", "\r\n"))
  .chain(([text, space]) =>
    // White space where JSON allows it, outside of texts.
    fc.constantFrom(text, `${space}${text}${space}`, JSON.stringify(JSON.parse(text), undefined, space)),
  );

it.each<readonly [text: string, fault: number | undefined]>([
  ["", 0],
  [" ", 1],
  ["[1, 2]", undefined],
  ["[1, 2", 5],
  ["[1, 2}", 5],
  ["[1,]", 3],
  ["[1 2]", 3],
  ["01", 1],
  ["-", 1],
  ["-x", 1],
  ["1.", 2],
  ["1.e5", 2],
  ["1e+", 3],
  ["1e5", undefined],
  ["-0.5E-7", undefined],
  ["tru", 3],
  ["trux", 3],
  ["truex", 4],
  ["nan", 1],
  ["NaN", 0],
  ["-Infinity", 1],
  ['{"a"', 4],
  ['{"a" 1', 5],
  ["{a: 1}", 1],
  ['{"a": 1,}', 8],
  ['{"a": [], "b": {}}', undefined],
  ['"\\u12g4"', 5],
  ['"\\x"', 2],
  ['"a\tb"', 2],
  ["\v1", 0],
  ["1 2", 2],
  ["[".repeat(100_000), 100_000],
])("%j stops being JSON at %s", (text, fault) => {
  expect(jsonFault(encoder.encode(text))).toBe(fault);
});

it("finds nothing wrong with JSON, and with the beginning of JSON only that it ends", () => {
  fc.assert(
    fc.property(anyJson, fc.nat(), (text, at) => {
      const bytes = encoder.encode(text);
      expect(jsonFault(bytes)).toBeUndefined();
      const end = at % (bytes.length + 1);
      expect([undefined, end]).toContain(jsonFault(bytes.subarray(0, end)));
    }),
    { numRuns: 1_000 },
  );
});

it("says of any text what JSON.parse says; up to the fault the text could have gone on", () => {
  const damaged = fc.tuple(anyJson, fc.nat(), fc.nat(2), fc.string({ maxLength: 2, unit: "binary" }));
  fc.assert(
    fc.property(damaged, ([text, at, skip, inserted]) => {
      const place = at % (text.length + 1);
      const bytes = encoder.encode(text.slice(0, place) + inserted + text.slice(place + skip));
      const fault = jsonFault(bytes);
      expect(fault === undefined).toBe(isJson(decoder.decode(bytes)));
      if (fault === undefined || fault === bytes.length) return;
      // What stands before the fault is no fault by itself; the byte at it is one whatever follows.
      expect([undefined, fault]).toContain(jsonFault(bytes.subarray(0, fault)));
      expect(jsonFault(bytes.subarray(0, fault + 1))).toBe(fault);
    }),
    { numRuns: 2_000 },
  );
});

it("a line cut anywhere is named with the byte at which it ends; only the last is the file's end", async () => {
  const anyRow = fc.record({
    id: fc.string({ unit: "grapheme", minLength: 1 }),
    text: fc.string({ unit: "grapheme" }),
    embedding: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.float({ noNaN: true, noDefaultInfinity: true })),
  });
  const anyFile = fc.uniqueArray(anyRow, { minLength: 2, maxLength: 6, selector: ({ id }) => id });
  await fc.assert(
    fc.asyncProperty(anyFile, fc.nat(), fc.nat(), fc.constantFrom("\n", "\r\n"), async (rows, row, at, lineEnd) => {
      const lines = rows.map((each) => encoder.encode(JSON.stringify(each)));
      const cut = row % lines.length;
      const line = lines[cut] ?? new Uint8Array();
      const end = 1 + (at % (line.length - 1));
      const isLast = cut === lines.length - 1;
      const parts = lines.map((each, index) => [
        ...(index === cut ? each.subarray(0, end) : each),
        ...(index === lines.length - 1 ? [] : encoder.encode(lineEnd)),
      ]);
      const start = parts.slice(0, cut).flat().length;
      const read = await readVectors("a.jsonl", Uint8Array.from(parts.flat()));
      expect(read.ok ? "read" : read.problem.message).toBe(
        `Row ${cut + 1}, which begins at byte ${start}, ${
          isLast ? "ends in the middle: the file is truncated" : `is not complete JSON: it ends at byte ${start + end}`
        }.`,
      );
    }),
    { numRuns: 500 },
  );
});
