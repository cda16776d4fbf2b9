// Every kind of bad input gets one sentence that says where, and nothing else.
import fc from "fast-check";
import { gzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readVectors } from "../../../src/data/readers/readVectors.ts";
import { MAX_DIMENSION, MAX_ROWS, type ReadChoices } from "../../../src/data/readers/table.ts";
import * as made from "./files.ts";
import { joined, type MadeFile, npyHeader, textFile } from "./files.ts";

// No whole numbers first: without a header those would be ids.
const rows = [
  [1.5, 2, 3],
  [4.5, 5, 6],
  [7.5, 8, 9],
];
const ids = ["a", "b", "c"];
const content = { rows, ids };

async function problemOf({ name, bytes }: MadeFile, choices: ReadChoices = {}): Promise<string> {
  const read = await readVectors(name, bytes, choices);
  if (read.ok) return "none";
  const { message } = read.problem;
  expect(message).toMatch(/^[^\n]+[.?]$/);
  return message;
}

function cut({ name, bytes }: MadeFile, end: number): MadeFile {
  return { name, bytes: bytes.subarray(0, end < 0 ? bytes.length + end : end) };
}

function rename({ bytes }: MadeFile, name: string): MadeFile {
  return { name, bytes };
}

/** The rows with one value changed. */
function changed(row: number, column: number, value: number): number[][] {
  return rows.map((values, at) => values.map((each, step) => (at === row && step === column ? value : each)));
}

/** Every format, with and without ids. */
const formats: readonly (readonly [name: string, make: (rows: readonly (readonly number[])[]) => MadeFile])[] = [
  ["jsonl", (given) => made.jsonLines({ rows: given, ids })],
  ["json list", (given) => made.jsonList({ rows: given, ids })],
  ["json columns", (given) => made.jsonColumns({ rows: given, ids: ids.slice(0, given.length) })],
  ["csv", (given) => made.delimited({ rows: given, ids }, ",")],
  ["csv without header or ids", (given) => made.delimited({ rows: given }, ",", false)],
  ["tsv", (given) => made.delimited({ rows: given, ids }, "\t")],
  ["word2vec", (given) => made.wordVectors({ rows: given, ids }, true)],
  ["glove", (given) => made.wordVectors({ rows: given, ids }, false)],
  ["npy f4", (given) => made.npy({ rows: given }, "<f4")],
  ["npy f8 by columns", (given) => made.npy({ rows: given }, "<f8", true)],
  ["fvecs", (given) => made.fvecs({ rows: given })],
  ["fbin", (given) => made.fbin({ rows: given })],
  ["parquet", (given) => made.parquet({ rows: given, ids: ids.slice(0, given.length) })],
];

describe("in every format", () => {
  it.each(formats)("%s: a row of zeros", async (_, make) => {
    expect(
      await problemOf(
        make([
          [1.5, 2, 3],
          [0, 0, 0],
          [1, 1, 0.5],
        ]),
      ),
    ).toMatch(/^Row 2\b.*only zeros/);
  });

  it.each(formats.filter(([name]) => !/json/.test(name)))("%s: NaN", async (_, make) => {
    expect(await problemOf(make(changed(2, 1, Number.NaN)))).toMatch(/^Row 3\b.*NaN/);
  });

  it.each(formats.filter(([name]) => !/json/.test(name)))("%s: infinity", async (_, make) => {
    expect(await problemOf(make(changed(1, 2, Number.NEGATIVE_INFINITY)))).toMatch(/^Row 2\b.*number 3 is infinite/);
  });

  it.each(formats)("%s: queries of another dimension", async (_, make) => {
    expect(await problemOf(make(rows), { queries: true, dimension: 5 })).toMatch(/^Row 1\b.*3 numbers; the data has 5/);
  });

  it.each(formats.filter(([name]) => !/npy|fbin/.test(name)))("%s: rows of other lengths", async (_, make) => {
    expect(
      await problemOf(
        make([
          [1, 2, 3],
          [4, 5, 6],
          [7, 8],
        ]),
      ),
    ).toMatch(/^Row 3\b.* has [23] (numbers|columns)/);
    expect(
      await problemOf(
        make([
          [1, 2, 3],
          [4, 5, 6, 7],
          [7, 8, 9],
        ]),
      ),
    ).toMatch(/^Row 2\b/);
  });

  it.each(formats)("%s: no bytes", async (_, make) => {
    expect(await problemOf(cut(make(rows), 0))).toBe("The file is empty: it ends at byte 0.");
  });

  it.each(formats.filter(([name]) => !/csv|tsv|glove/.test(name)))("%s: cut off anywhere", async (_, make) => {
    const file = make([
      [1.25, 2.25, 3.25],
      [4.25, 5.25, 6.25],
    ]);
    const whole = await readVectors(file.name, file.bytes);
    expect(whole.ok).toBe(true);
    // A last number that lost some of its digits is still a number: nobody can tell.
    const last = /vec$/.test(file.name) && !/fvecs/.test(file.name) ? "6.25\n".length : 1;
    for (let end = 0; end < file.bytes.length - last; end += 1) {
      const read = await readVectors(file.name, file.bytes.subarray(0, end));
      // What ends between two rows of a format without counts is a shorter file, not a damaged one.
      const atRow = /fvecs|jsonl/.test(file.name) && read.ok && read.table.ids.length === 1;
      expect(atRow || !read.ok, `cut at ${end}`).toBe(true);
    }
  });

  // Not Parquet: of a page whose levels are damaged hyparquet may not come to an end.
  it.each(formats.filter(([name]) => name !== "parquet"))("%s: never throws, whatever the bytes", async (_, make) => {
    const file = make(rows);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(file.bytes.length - 1),
        fc.uint8Array({ minLength: 1, maxLength: 6 }),
        fc.nat(3),
        async (at, bytes, skip) => {
          const damaged = joined(file.bytes.subarray(0, at), bytes, file.bytes.subarray(at + skip));
          const read = await readVectors(file.name, damaged);
          if (read.ok) expect(read.table.vectors.every(Number.isFinite)).toBe(true);
          else expect(read.problem.message).toMatch(/^\S.*[.?]$/);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("ids", () => {
  it.each([
    ["jsonl", made.jsonLines],
    ["json list", made.jsonList],
    ["json columns", made.jsonColumns],
    ["csv", (given: made.Content) => made.delimited(given, ",")],
    ["csv without header", (given: made.Content) => made.delimited(given, ",", false)],
    ["word2vec", (given: made.Content) => made.wordVectors(given, true)],
    ["parquet", (given: made.Content) => made.parquet(given)],
  ])("%s: twice the same", async (_, make) => {
    const twice = make({ rows, ids: ["a", "b", "a"] });
    expect(await problemOf(twice)).toMatch(/^Row 3\b.* has the id "a", as row 1\b/);
    // Nobody asks for the ids of queries.
    expect(await problemOf(twice, { queries: true, dimension: 3 })).toBe("none");
  });

  it.each([
    ["a.jsonl", '{"id": 1, "vector": [1]}\n{"vector": [2]}', 'Row 2 has no field "id" to be its id.'],
    ["a.jsonl", '{"vector": [1]}\n{"id": 1, "vector": [2]}', "Row 2 has an id; the rows before it have none."],
    ["a.jsonl", '{"id": 1, "vector": [1]}\n[2]', "Row 2 has no id."],
    ["a.jsonl", '{"id": null, "vector": [1]}', "Row 1: the id is null, not a text or number."],
    ["a.jsonl", '{"id": 1, "vector": [1]}\n{"id": "1", "vector": [2]}', 'Row 2 has the id "1", as row 1 has.'],
    ["a.json", '{"ids": ["a"], "embeddings": [[1], [2]]}', "The file has 2 vectors and 1 id."],
    ["a.json", '{"ids": ["a", []], "embeddings": [[1], [2]]}', "Row 2: the id is a list."],
    ["a.csv", 'id,x\na,1\n"",2\n', "Row 2 (line 3) has an empty id."],
  ])("%s: %s", async (name, text, message) => {
    expect(await problemOf(textFile(name, text))).toBe(message);
  });
});

describe("what is no number", () => {
  it.each([
    ["a.jsonl", '[1, 2]\n[1, "2"]', "Row 2: number 2 of the vector is a text."],
    ["a.jsonl", "[1, 2]\n\n[1, null]", "Row 2 (line 3): number 2 of the vector is null."],
    ["a.jsonl", "[1, 2]\n[NaN, 2]", "Row 2 has NaN, which no vector can hold."],
    ["a.json", '[{"id": "NaN", "vector": [-Infinity]}]', "Row 1 has -Infinity, which no vector can hold."],
    ["a.jsonl", "[1, 1e999]", "Row 1: number 2 is infinite."],
    ["a.jsonl", '{"embedding": "1,2"}', "Row 1: the vector is a text, not a list of numbers."],
    ["a.jsonl", '{"embedding": []}', "Row 1 has no numbers."],
    ["a.jsonl", '"a"', "Row 1 is a text, neither an object nor a list of numbers."],
    ["a.csv", "id,x,y\na,1,2\nb,3,x\n", 'Row 2 (line 3): "x" in column 3 ("y") is not a number.'],
    ["a.csv", "id,x,y\na,1,2\nb,,4\n", 'Row 2 (line 3): "" in column 2 ("x") is not a number.'],
    ["a.csv", "id,x,y\na,1,2\nb,0x10,4\n", 'Row 2 (line 3): "0x10" in column 2 ("x") is not a number.'],
    ["a.csv", 'id,vector\na,"[1, 2]"\nb,"[1, z]"\n', 'Row 2 (line 3): "z" is not a number.'],
    ["a.txt", "a 1 2\nb 1 z\n", 'Row 2: "z" is not a number.'],
    ["a.txt", "a 1 2\nb 1 2 3\n", "Row 2 has 3 numbers, not 2."],
    ["a.txt", "a 1 2\nb 1\n", "Row 2 has 1 number, not 2."],
    ["a.txt", "2 3\na 1 2\nb 1 2\n", "Row 1 (line 2) has 2 numbers, not 3."],
  ])("%s: %j", async (name, text, message) => {
    expect(await problemOf(textFile(name, text))).toBe(message);
  });
});

describe("files that end too early or too late", () => {
  it.each([
    [
      "a.jsonl",
      '{"vector": [1, 2]}\n{"vector": [1,',
      "Row 2, which begins at byte 19, ends in the middle: the file is truncated.",
    ],
    [
      "a.jsonl",
      '{"vector": [1, 2]}\n{"vector": [1,\n{"vector": [3, 4]}\n',
      "Row 2, which begins at byte 19, is not complete JSON: it ends at byte 33.",
    ],
    // A line that has an end was not cut off by the end of the file.
    ["a.jsonl", "[1, 2]\n[1,\n", "Row 2, which begins at byte 7, is not complete JSON: it ends at byte 10."],
    ["a.jsonl", "[1, 2]\n[1, 2]]\n", "Row 2, which begins at byte 7, is not JSON at byte 13."],
    [
      "a.jsonl",
      '{"vector": [1], "text": "NaN',
      "Row 1, which begins at byte 0, ends in the middle: the file is truncated.",
    ],
    ["a.json", '{"vector": [1,\n{"vector": [3]}\n{"vector": [4]}', "The file is not JSON at byte 31."],
    ["a.json", '[{"vector": [1, 2}, {"vector": [3, 4]}]', "The file is not JSON at byte 17."],
    ["a.json", '[{"vector": [1, 2]}, {"vector": [1,', "The file ends at byte 35, after row 1: it is truncated."],
    ["a.json", "[[1, 2], [3, 4]", "The file ends at byte 15, after row 2: it is truncated."],
    ["a.json", '{"embeddings": [[1, 2], [3', "The file ends at byte 26: it is truncated."],
    ["a.json", "[[1, 2], [3, 4]]]", "The file is not JSON at byte 16."],
    ["a.json", "[[1, 2] [3, 4]]", "The file is not JSON at byte 8, after row 1."],
    ["a.csv", 'id,x\na,1\n"b,2\n', "Row 3: the quote at byte 9 is never closed; the file may be truncated."],
    ["a.csv", 'id,x\na,1\n"b"c,2\n', "Row 3: behind the quote at byte 11 the cell should end."],
    ["a.csv", "id,x,y\na,1,2\nb,2", "Row 2 (line 3) has 2 columns; the records before it have 3."],
    ["a.vec", "3 2\na 1 2\nb 3 4\n", "The first line counts 3 rows, and the file ends after 2: the file is truncated."],
    [
      "a.vec",
      "1 2\na 1 2\nb 3 4\n",
      "The first line counts 1 row, and the file ends after 2: it is not what its first line says.",
    ],
  ])("%s: %j", async (name, text, message) => {
    expect(await problemOf(textFile(name, text))).toBe(message);
  });

  it("npy, fvecs, bvecs, fbin, Parquet", async () => {
    expect(await problemOf(cut(made.npy(content, "<f4"), -1))).toBe(
      "The file ends at byte 163, in row 3, and should at 164: it is truncated.",
    );
    expect(await problemOf(cut(made.npy(content, "<f4"), 40))).toMatch(/ends at byte 40, within its header/);
    expect(await problemOf(cut(made.fvecs(content), -1))).toBe("Row 3 is cut off at byte 47: the file is truncated.");
    expect(await problemOf(cut(made.fvecs(content), 34))).toBe("Row 3 is cut off at byte 34: the file is truncated.");
    expect(await problemOf(cut(made.bvecs(content), -1))).toBe("Row 3 is cut off at byte 20: the file is truncated.");
    expect(await problemOf(cut(made.fbin(content), -1))).toBe("Row 3 is cut off at byte 43: the file is truncated.");
    expect(await problemOf(cut(made.fbin(content), 5))).toMatch(/ends at byte 5, within its header/);
    expect(await problemOf(cut(made.parquet(content), -1))).toMatch(
      /without the signature of its end: it is truncated/,
    );
    for (const file of [made.npy(content, "<f8"), made.fbin(content)]) {
      const longer = { name: file.name, bytes: joined(file.bytes, new Uint8Array(4)) };
      expect(await problemOf(longer)).toMatch(`its last row, which ends at byte ${file.bytes.length}.`);
    }
  });
});

describe("types and compressions that are not supported", () => {
  const header = (descr: string, shape = "(1, 2)") =>
    npyHeader(`{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }`);

  it.each(["'<i4'", "'|u1'", "'<f16'", "'<c8'", "'|O'", "'<U5'", "[('x', '<f4')]"])("npy of %s", async (descr) => {
    const bytes = joined(header(descr), new Uint8Array(64));
    expect(await problemOf({ name: "a.npy", bytes })).toMatch(
      /^The number type .* is not supported: f2, f4 and f8 are\.$/,
    );
  });

  it("npy of a type that is no word, or of none", async () => {
    const problem = (descr: string) => problemOf({ name: "a.npy", bytes: header(descr) });
    expect(await problem("\u0000\n'<f4'")).toBe(
      "The number type \"\\u0000\\n'<f4'\", in the header at byte 10, is not supported: f2, f4 and f8 are.",
    );
    expect(await problemOf({ name: "a.npy", bytes: npyHeader("{'fortran_order': False, 'shape': (1, 2), }") })).toBe(
      "The header at byte 10 names no number type.",
    );
  });

  it("npy with other axes, another version, no header", async () => {
    expect(await problemOf({ name: "a.npy", bytes: header("'<f4'", "()") })).toMatch(/has 0 axes/);
    expect(await problemOf({ name: "a.npy", bytes: header("'<f4'", "(1, 2, 3)") })).toMatch(/has 3 axes/);
    expect(await problemOf({ name: "a.npy", bytes: header("'<f4'", "(0, 3)") })).toBe("The file has no rows.");
    expect(await problemOf({ name: "a.npy", bytes: npyHeader("{'descr': '<f4'}") })).toBe(
      "The header gives no shape and order.",
    );
    const version = made.npy(content, "<f4");
    version.bytes[6] = 9;
    expect(await problemOf(version)).toBe("Version 9 of the NumPy format, at byte 6, is not supported.");
  });

  it("Parquet", async () => {
    const compress = (input: Uint8Array) => input;
    expect(await problemOf(made.parquet(content, { codec: "ZSTD", compress }))).toMatch(
      /^The compression ZSTD of column "\w+" is not supported: none, Snappy and gzip are\.$/,
    );
    expect(await problemOf(made.parquet({ rows: [[1, 2]] }, { type: "INT32" }))).toBe(
      'Column "embedding" holds lists of INT32; of FLOAT or DOUBLE are supported.',
    );
    const damaged = made.parquet(content);
    // The first page's header ends before it begins.
    damaged.bytes[4] = 0;
    expect(await problemOf(damaged)).toBe("The file is damaged at byte 4, where a page of values should stand.");
    expect(await problemOf(made.parquet(content), { vectorColumns: "id" })).toBe(
      '--vector-columns "id" names no column of lists.',
    );
    expect(await problemOf(made.parquet(content), { idColumn: "nr" })).toMatch(/^--id-column "nr" names no column/);
  });
});

describe("files that are not what their names say", () => {
  const csv = made.delimited(content, ",");
  it.each<readonly [MadeFile, string, RegExp]>([
    [made.npy(content, "<f4"), "a.csv", /not what its name says: csv begins, at byte 0, as a NumPy file/],
    [made.parquet(content), "a.jsonl", /as a Parquet file/],
    [{ name: "", bytes: gzipSync(csv.bytes) }, "a.csv", /as compressed with gzip/],
    [{ name: "", bytes: new Uint8Array([0xff, 0xfe, 0x31, 0x00]) }, "a.csv", /as UTF-16 text; it must be UTF-8/],
    [csv, "a.npy", /no NumPy file: byte 0/],
    [csv, "a.parquet", /no Parquet file: byte 0/],
    [csv, "a.fvecs", /^Row 1 would have \d+ numbers, says byte 0: the file is not what its name says/],
    [csv, "a.bvecs", /^Row 1 would have \d+ numbers/],
    [csv, "a.fbin", /^Row 1 would have \d+ numbers, says byte 4/],
    [csv, "a.json", /^The file is not JSON at byte 0/],
    [csv, "a.jsonl", /^Row 1, which begins at byte 0, is not JSON/],
    [csv, "a.tsv", /not parted by tabs, as the file's name says, but by commas/],
    [csv, "a.txt", /^Row 1 has no numbers behind its token/],
    [made.delimited(content, "\t"), "a.csv", /not parted by commas, as the file's name says, but by tabs/],
    [textFile("", "1;2\n3;4\n"), "a.csv", /but by semicolons/],
    [made.jsonLines(content), "a.txt", /it looks like JSON/],
    [made.jsonList(content), "a.csv", /it looks like JSON/],
    [made.jsonList(content), "a.jsonl", /^Row 1, which begins at byte 0,/],
    [csv, "a.docx", /^Files that end in \.docx cannot be read; \.jsonl/],
    [csv, "csv", /^Files that end in nothing/],
    [textFile("", "a,b\nc,d\n"), "a.csv", /no columns of numbers/],
  ])("%#", async (file, name, sentence) => {
    expect(await problemOf(rename(file, name))).toMatch(sentence);
  });

  it("text that is no UTF-8 is refused, not mended", async () => {
    const bytes = joined(textFile("", "id,x,y\na,1,2\n").bytes, new Uint8Array([0xe9, 0x2c, 0x31, 0x2c, 0x32, 0x0a]));
    expect(await problemOf({ name: "a.csv", bytes })).toBe("Row 3, which begins at byte 13, is not UTF-8 text.");
    expect(await problemOf({ name: "a.jsonl", bytes: new Uint8Array([0x22, 0xc3, 0x28, 0x22]) })).toMatch(/not UTF-8/);
    expect(await problemOf({ name: "a.txt", bytes: new Uint8Array([0xc3, 0x28, 0x20, 0x31]) })).toMatch(/not UTF-8/);
  });
});

describe("more than the limit", () => {
  const many = MAX_ROWS + 1;
  const wide = [Array.from({ length: MAX_DIMENSION + 1 }, (_, column) => column + 0.5)];
  const lines = (line: (row: number) => string) => Array.from({ length: many }, (_, row) => line(row)).join("\n");

  it.each([
    ["a.jsonl", () => lines(() => "[1]")],
    ["a.json", () => `[${lines(() => "[1],").slice(0, -1)}]`],
    ["a.csv", () => `id,x\n${lines((row) => `${row},1`)}`],
    ["a.csv", () => lines(() => "0.5,1")],
    ["a.tsv", () => lines((row) => `${row}\t1`)],
    ["a.txt", () => lines((row) => `w${row} 1`)],
    ["a.vec", () => `${many} 1\n`.concat("w 1\n")],
  ])("rows of %s", async (name, text) => {
    expect(await problemOf(textFile(name, text()))).toMatch(/at most 50000 x 384 can be loaded\.$/);
  });

  it("rows of the formats of bytes", async () => {
    const rowsOf = (length: number) => Array.from({ length }, () => [1]);
    for (const make of [
      made.fvecs,
      made.bvecs,
      made.fbin,
      made.parquet,
      (given: made.Content) => made.npy(given, "<f4"),
    ]) {
      expect(await problemOf(make({ rows: rowsOf(many) }))).toMatch(/at most 50000 x 384 can be loaded\.$/);
      expect(await problemOf(make({ rows: rowsOf(MAX_ROWS) }))).toBe("none");
    }
  }, 60_000);

  it.each(formats)("numbers in a row of %s", async (_, make) => {
    expect(await problemOf(make(wide))).toBe(
      `Row 1${/made\.(csv|tsv|vec)/.test(make(wide).name) && !/without|glove/.test(_) ? " (line 2)" : ""} has 385 numbers: at most 50000 x 384 can be loaded.`,
    );
  });
});
