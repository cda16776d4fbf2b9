// Every format, read back: the same rows come out of each, with their ids and texts to the last character.
import fc from "fast-check";
import { gzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readVectors } from "../../../src/data/readers/readVectors.ts";
import type { ReadChoices, VectorTable } from "../../../src/data/readers/table.ts";
import {
  bvecs,
  type Content,
  delimited,
  fbin,
  fvecs,
  jsonColumns,
  jsonLines,
  jsonList,
  type MadeFile,
  npy,
  parquet,
  textFile,
  wordVectors,
} from "./files.ts";

async function tableOf({ name, bytes }: MadeFile, choices: ReadChoices = {}): Promise<VectorTable> {
  const read = await readVectors(name, bytes, choices);
  if (!read.ok) throw new Error(read.problem.message);
  return read.table;
}

/** The same file somewhere in a larger memory, at a place that is no multiple of eight. */
function elsewhere({ name, bytes }: MadeFile): MadeFile {
  const memory = new Uint8Array(bytes.length + 20).fill(0x22);
  memory.set(bytes, 3);
  return { name, bytes: memory.subarray(3, 3 + bytes.length) };
}

/** What the file must give, computed the obvious way. */
function expectRows(table: VectorTable, { rows, ids, texts }: Content): void {
  const dimension = rows[0]?.length ?? 0;
  expect(table.dimension).toBe(dimension);
  expect(table.ids).toEqual(ids ?? rows.map((_, row) => String(row)));
  expect(table.texts).toEqual(texts ?? rows.map(() => ""));
  expect(table.vectors.length).toBe(rows.length * dimension);
  expect(table.vectors.byteLength).toBe(table.vectors.buffer.byteLength);
  for (const [row, values] of rows.entries()) {
    const largest = Math.max(...values.map(Math.abs));
    const norm = Math.hypot(...values.map((value) => value / largest));
    expect((table.norms[row] ?? 0) / largest).toBeCloseTo(norm, 9);
    for (const [column, value] of values.entries()) {
      expect(Math.abs((table.vectors[row * dimension + column] ?? 9) - value / largest / norm)).toBeLessThan(1e-7);
    }
  }
}

/** Values that float16 and float32 hold exactly, small ones and large ones. */
const halves = fc.oneof(
  fc.integer({ min: -2_047, max: 2_047 }),
  fc.integer({ min: -1_023, max: 1_023 }).map((value) => value / 2 ** 24),
  fc.integer({ min: -2_047, max: 2_047 }).map((value) => value / 64),
);
/** Within what also the length of a row can be. */
const doubles = fc
  .double({ noNaN: true, min: -1e300, max: 1e300 })
  .map((value) => (Math.abs(value) < 1e-290 ? 0 : value));
const byteValues = fc.integer({ min: 0, max: 255 });

function rowsOf(value: fc.Arbitrary<number>, most = 12) {
  const row = (length: number) =>
    fc.array(value, { minLength: length, maxLength: length }).filter((values) => values.some((each) => each !== 0));
  return fc.integer({ min: 2, max: most }).chain((length) => fc.array(row(length), { minLength: 1, maxLength: 20 }));
}

/** Any characters but halves of surrogate pairs: those are no UTF-8. */
const anyText = fc.string({ unit: "binary" });

function withIds(rows: fc.Arbitrary<number[][]>, id: fc.Arbitrary<string>, texts: fc.Arbitrary<string> = anyText) {
  return rows.chain((made) =>
    fc.record({
      rows: fc.constant(made),
      ids: fc.uniqueArray(id, { minLength: made.length, maxLength: made.length }),
      texts: fc.array(texts, { minLength: made.length, maxLength: made.length }),
    }),
  );
}

const anyId = anyText.filter((id) => id !== "");

const textFormats: readonly (readonly [name: string, make: (content: Content) => MadeFile])[] = [
  ["JSON lines", jsonLines],
  ["JSON lines named .json", (content) => jsonLines(content, "made.json")],
  ["JSON, a list of objects", jsonList],
  ["JSON, an object of columns", jsonColumns],
  ["CSV", (content) => delimited(content, ",")],
  ["TSV", (content) => delimited(content, "\t")],
];

describe("a file read back", () => {
  it.each(textFormats)("is what was written: %s", async (_, make) => {
    await fc.assert(
      fc.asyncProperty(withIds(rowsOf(doubles), anyId), async (content) => {
        expectRows(await tableOf(elsewhere(make(content))), content);
      }),
      { numRuns: 60 },
    );
  });

  it.each(textFormats)("has row numbers for ids where it has none: %s", async (_, make) => {
    await fc.assert(
      fc.asyncProperty(rowsOf(doubles), async (rows) => expectRows(await tableOf(make({ rows })), { rows })),
      { numRuns: 20 },
    );
  });

  it.each([true, false])("is what was written: word vectors, with counts: %s", async (counts) => {
    const token = anyId.filter((id) => !/[ \t\n\r\ufeff]/.test(id));
    await fc.assert(
      fc.asyncProperty(withIds(rowsOf(doubles), token), async ({ rows, ids }) => {
        expectRows(await tableOf(elsewhere(wordVectors({ rows, ids }, counts))), { rows, ids });
      }),
      { numRuns: 60 },
    );
  });

  it.each(["<f2", ">f2"] as const)("is what was written: npy of %s", async (type) => {
    await fc.assert(
      fc.asyncProperty(rowsOf(halves), fc.boolean(), fc.constantFrom(1, 2, 3), async (rows, byColumns, version) => {
        expectRows(await tableOf(elsewhere(npy({ rows }, type, byColumns, version))), { rows });
      }),
      { numRuns: 60 },
    );
  });

  it.each(["<f8", ">f8"] as const)("is what was written: npy of %s", async (type) => {
    await fc.assert(
      fc.asyncProperty(rowsOf(doubles), fc.boolean(), async (rows, byColumns) => {
        expectRows(await tableOf(elsewhere(npy({ rows }, type, byColumns))), { rows });
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ["npy of <f4", halves, (content: Content) => npy(content, "<f4")],
    ["npy of >f4 by columns", halves, (content: Content) => npy(content, ">f4", true)],
    ["fvecs", halves, fvecs],
    ["fbin", halves, fbin],
    ["bvecs", byteValues, bvecs],
  ] as const)("is what was written: %s", async (_, value, make) => {
    await fc.assert(
      fc.asyncProperty(rowsOf(value), async (rows) => {
        expectRows(await tableOf(elsewhere(make({ rows }))), { rows });
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ["floats, Snappy", halves, { type: "FLOAT" }],
    ["doubles, not compressed", doubles, { type: "DOUBLE", codec: "UNCOMPRESSED" }],
    ["floats, gzip, many row groups", halves, { codec: "GZIP", compress: gzipSync, rowGroupSize: 3 }],
  ] as const)("is what was written: Parquet of %s", async (_, value, style) => {
    await fc.assert(
      fc.asyncProperty(withIds(rowsOf(value), anyId), async (content) => {
        expectRows(await tableOf(elsewhere(parquet(content, style))), content);
      }),
      { numRuns: 40 },
    );
  });
});

it("loses no direction where the length is beyond float64", async () => {
  const { MAX_VALUE: most, MIN_VALUE: least } = Number;
  const { vectors } = await tableOf(
    jsonLines({
      rows: [
        [most, most],
        [least, -least],
      ],
    }),
  );
  expect([...vectors]).toEqual([1, 1, 1, -1].map((sign) => Math.fround(sign * Math.SQRT1_2)));
});

describe("ids", () => {
  const rows = [
    [1, 0],
    [0, 1],
    [1, 1],
  ];
  const large = ["9007199254740993", "9007199254740995", "-18446744073709551617"];

  it("of JSON stay as they were written, beyond 2^53 too", async () => {
    const lines = ["9007199254740993", "1.50", "1e2", '"1.5"'].map((id, at) => `{"embedding":[1,${at}],"id": ${id} }`);
    const ids = ["9007199254740993", "1.50", "1e2", "1.5"];
    expect((await tableOf(textFile("a.jsonl", lines.join("\n")))).ids).toEqual(ids);
    expect((await tableOf(textFile("a.json", `[${lines.join(" ,\n")}]`))).ids).toEqual(ids);
    const columns = `{"ids": [${large.join(" , ")}], "embeddings": ${JSON.stringify(rows)}}`;
    expect((await tableOf(textFile("a.json", columns))).ids).toEqual(large);
  });

  it("of JSON are found by their key, not by what looks like it", async () => {
    const text = String.raw`{"a": {"id": 1}, "x": "\"id\": 2", "i\u0064": 3, "id": 9007199254740995, "vector": [1, 2]}`;
    expect((await tableOf(textFile("a.jsonl", text))).ids).toEqual(["9007199254740995"]);
  });

  it("of JSON may hold half a surrogate pair, escaped", async () => {
    const text = String.raw`{"id": "\ud83d", "text": "\u0000\ufeff", "vector": [1, 2]}`;
    const { ids, texts } = await tableOf(textFile("a.jsonl", text));
    expect([ids, texts]).toEqual([["\ud83d"], ["\u0000\ufeff"]]);
  });

  it("of Parquet are exact as 64-bit integers", async () => {
    const ids = ["9007199254740993", "9007199254740995", "-9223372036854775808"];
    expect((await tableOf(parquet({ rows, ids }, { integerIds: true }))).ids).toEqual(ids);
  });

  it("of Parquet are a first column of distinct values, or what was said", async () => {
    const ids = ["a", "b", "a"];
    expect((await tableOf(parquet({ rows, ids: large.slice(0, 2).concat("7") }, { idName: "n" }))).ids[1]).toBe(
      large[1],
    );
    expect((await tableOf(parquet({ rows, ids }, { idName: "n" }))).ids).toEqual(["0", "1", "2"]);
    const said = await readVectors("a.parquet", parquet({ rows, ids }, { idName: "n" }).bytes, { idColumn: "n" });
    expect(said).toMatchObject({ ok: false, problem: { message: 'Row 3 has the id "a", as row 1 has.' } });
  });

  it("of JSON with the ids as keys", async () => {
    const { ids } = await tableOf(textFile("a.json", '{"embeddings": {"é,": [1, 2], "b": [3, 4]}}'));
    expect(ids).toEqual(["é,", "b"]);
  });
});

describe("other shapes of JSON", () => {
  it.each([
    ["a list of lists", "a.json", "[[3, 4], [0, 2]]"],
    ["a list of lists over lines", "a.jsonl", "[3, 4]\n\n[0, 2]"],
    ["an answer of an embedding service", "a.json", '{"data": [{"embedding": [3, 4]}, {"embedding": [0, 2]}]}'],
    ["a byte order mark, CRLF", "a.jsonl", '\ufeff{"vector": [3, 4]}\r\n{"vector": [0, 2]}\r\n'],
  ])("%s", async (_, name, text) => {
    expectRows(await tableOf(textFile(name, text)), {
      rows: [
        [3, 4],
        [0, 2],
      ],
    });
  });

  it("one list is one row", async () => {
    expectRows(await tableOf(textFile("a.json", " [3, 4]\n")), { rows: [[3, 4]] });
  });

  it("asks which field holds the vector, and takes the answer", async () => {
    const file = textFile("a.jsonl", '{"id": "a", "dense": [1, 2], "sparse": [1], "tags": ["x"]}');
    const read = await readVectors(file.name, file.bytes);
    expect(read).toMatchObject({ ok: false, problem: { columns: ["dense", "sparse"] } });
    expectRows(await tableOf(file, { vectorColumns: "dense" }), { rows: [[1, 2]], ids: ["a"] });
  });
});

describe("word vectors", () => {
  it("may have tokens with spaces, of punctuation, of digits", async () => {
    const { ids } = await tableOf(textFile("glove.txt", ", 1 2\n. 3 4\n. . . 5 6\nat name@x.y 7 8\n2013 9 1 \n"));
    expect(ids).toEqual([",", ".", ". . .", "at name@x.y", "2013"]);
  });

  it("may begin with a token of digits", async () => {
    expect((await tableOf(textFile("glove.txt", "1 1 2\n2 3 4\n"))).ids).toEqual(["1", "2"]);
  });
});

describe("progress", () => {
  it("is told as a share that grows", async () => {
    const rows = Array.from({ length: 1_200 }, (_, row) => [row + 1, 1]);
    for (const file of [
      jsonLines({ rows }),
      jsonList({ rows }),
      delimited({ rows }, ","),
      fvecs({ rows }),
      fbin({ rows }),
    ]) {
      const shares: number[] = [];
      await tableOf(file, { onProgress: (share) => shares.push(share) });
      expect(shares.length).toBeGreaterThan(1);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(shares.at(-1)).toBeLessThanOrEqual(1);
    }
  });
});
