// Which column of a table is what, with and without a header, a hint or a dimension.
import { describe, expect, it } from "vitest";
import { readVectors } from "../../../src/data/readers/readVectors.ts";
import type { ReadChoices } from "../../../src/data/readers/table.ts";
import { textFile } from "./files.ts";

/** Ids and dimension of a CSV file, or what is wrong with it. */
async function read(text: string, choices: ReadChoices = {}) {
  const { name, bytes } = textFile("a.csv", text);
  const found = await readVectors(name, bytes, choices);
  return found.ok ? [found.table.ids, found.table.dimension, found.table.texts] : found.problem.message;
}

describe("the id", () => {
  it.each([
    ["a first column of distinct integers", "7,0.5,1\n-3,1,0.5\n", ["7", "-3"], 2],
    ["digits with zeros before them, as they are", "007,0.5,1\n7,1,0.5\n", ["007", "7"], 2],
    ["a first column of distinct texts", "a,0.5,1\n b ,1,0.5\n", ["a", " b "], 2],
    ["a first column of distinct texts under any name", "sku,x,y\na,0.5,1\nb,1,0.5\n", ["a", "b"], 2],
    ["no first column of numbers with fractions", "0.25,0.5\n1,1\n", ["0", "1"], 2],
    ["no first column of integers that repeat", "1,0,1\n0,1,1\n1,1,1\n", ["0", "1", "2"], 3],
    ["no labels that repeat, under a header", "kind,x,y\ncat,1,2\ncat,2,1\n", ["0", "1"], 2],
    ["no first of numbered columns", "v0,v1\n1,2\n3,4\n", ["0", "1"], 2],
    ["a column named id, wherever it stands", "x,y,ID\n1,2,b\n2,3,a\n", ["b", "a"], 2],
    ["the index of a table without a name", ",x,y\n0,1,2\n1,3,4\n", ["0", "1"], 2],
    ["an index above columns that are counted", ",0,1,2\na,5,6,7\nb,8,9,1\n", ["a", "b"], 3],
  ])("is %s", async (_, text, ids, dimension) => {
    expect((await read(text)).slice(0, 2)).toEqual([ids, dimension]);
  });

  it("is asked for where a first column of texts repeats, without a header", async () => {
    expect(await read("a,1,2\nb,1,2\na,3,4\n")).toBe('Row 3 has the id "a", as row 1 has.');
  });
});

describe("columns of the vector", () => {
  it("are those that are numbered, not a price beside them", async () => {
    const text = "id,title,price,v0,v1,v2\na,Tea,5,1,2,3\nb,Jam,6,3,2,1\n";
    expect(await read(text)).toEqual([["a", "b"], 3, ["Tea", "Jam"]]);
  });

  it("are a column with lists", async () => {
    expect(await read('id,text,price,embedding\na,"x, y",5,"[1, 2.5e-3,3]"\nb,,6,"[4 5 6]"\n')).toEqual([
      ["a", "b"],
      3,
      ["x, y", ""],
    ]);
    expect(await read('"[1, 2]"\n"[3, 4]"\n')).toEqual([["0", "1"], 2, ["", ""]]);
  });

  it("are asked for where several have lists", async () => {
    const text = 'id,dense,sparse\na,"[1,2]","[3]"\nb,"[1,2]","[3]"\n';
    const found = await readVectors("a.csv", textFile("", text).bytes);
    expect(found).toMatchObject({ ok: false, problem: { columns: ["dense", "sparse"] } });
    expect(await read(text, { vectorColumns: "dense" })).toEqual([["a", "b"], 2, ["", ""]]);
  });
});

describe("a header", () => {
  it.each([
    ["of words", "id,x,y\na,1,2\n", ["a"], 2],
    ["of words, quoted", '"id","x","y"\r\n"a","1","2"\r\n', ["a"], 2],
    ["that counts", "id,0,1\na,1,2\nb,2,1\n", ["a", "b"], 2],
    ["that counts, of many columns", `${count(16)}\n${count(16, 0.5)}\n`, ["0"], 16],
  ])("%s is no row", async (_, text, ids, dimension) => {
    expect((await read(text)).slice(0, 2)).toEqual([ids, dimension]);
  });

  it.each([
    ["cat,0,1\ndog,5,6\n", ["cat", "dog"]],
    ["0,1,2.5\n1,5,6\n", ["0", "1"]],
    ["a,1,2\n", ["a"]],
  ])("is not taken for one: %j", async (text, ids) => {
    expect((await read(text))[0]).toEqual(ids);
  });
});

function count(columns: number, from = 0): string {
  return Array.from({ length: columns }, (_, column) => column + from).join(",");
}

describe("what a caller says", () => {
  const text = "title,sku,x,y,z\nTea,a,1,2,3\nJam,b,3,2,1\n";

  it.each<readonly [ReadChoices, readonly string[], number]>([
    [{ idColumn: "sku" }, ["a", "b"], 3],
    [{ idColumn: "2" }, ["a", "b"], 3],
    [{ vectorColumns: "x-y" }, ["Tea", "Jam"], 2],
    [{ vectorColumns: "3-4" }, ["Tea", "Jam"], 2],
    [{ idColumn: "0", vectorColumns: "2-4" }, ["Tea", "Jam"], 3],
    [{ idColumn: "sku", vectorColumns: "y-5" }, ["a", "b"], 2],
    [{ vectorColumns: "z" }, ["Tea", "Jam"], 1],
  ])("%j", async (choices, ids, dimension) => {
    expect((await read(text, choices)).slice(0, 2)).toEqual([ids, dimension]);
  });

  it.each<readonly [ReadChoices, string]>([
    [{ idColumn: "nr" }, '--id-column "nr" names no columns of the file, which are title, sku, x, y, z.'],
    [{ idColumn: "6" }, '--id-column "6" names no columns of the file, which are title, sku, x, y, z.'],
    [{ vectorColumns: "4-3" }, '--vector-columns "4-3" names no columns of the file, which are title, sku, x, y, z.'],
    [{ vectorColumns: "2-4" }, 'Row 1 (line 2): "a" in column 2 ("sku") is not a number.'],
    [{ idColumn: "x", vectorColumns: "x-z" }, "Column x cannot be the id and part of the vector."],
  ])("%j is refused", async (choices, message) => {
    expect(await read(text, choices)).toBe(message);
  });

  it("may be names with hyphens", async () => {
    const named = "id,e-0,e-1,e-2\na,1,2,3\n";
    expect((await read(named, { vectorColumns: "e-1-e-2" })).slice(0, 2)).toEqual([["a"], 2]);
  });

  it("takes an id from numbers where it must", async () => {
    expect((await read("0.5,1,2\n0.25,3,4\n", { idColumn: "1" })).slice(0, 2)).toEqual([["0.5", "0.25"], 2]);
  });
});

describe("queries", () => {
  it("of whole numbers alone are no ids: the dimension tells", async () => {
    expect((await read("1,0,0\n2,1,0\n", { queries: true, dimension: 3 }))[1]).toBe(3);
    expect((await read("1,0.5,1\n2,1,0\n", { queries: true, dimension: 2 }))[1]).toBe(2);
  });

  it("may be of the vectors alone, whatever was said about the columns of the data", async () => {
    const choices = { queries: true, dimension: 3, idColumn: "sku", vectorColumns: "3-5" };
    expect((await read("1,0,0\n0.5,1,0\n", choices))[1]).toBe(3);
    expect((await read("title,sku,x,y,z\nTea,a,1,2,3\n", choices))[1]).toBe(3);
  });
});

describe("records", () => {
  it("may have ends of lines, delimiters and quotes in cells", async () => {
    expect(await read('id,text,x,y\r\n"a""b","one,\r\ntwo",1,2\r\n"c\nd","",3,4')).toEqual([
      ['a"b', "c\nd"],
      2,
      ["one,\r\ntwo", ""],
    ]);
  });

  it("are counted by lines where one has several", async () => {
    expect(await read('id,text,x,y\na,"1\n2\n3",1,2\nb,"",3\n')).toBe(
      "Row 2 (line 5) has 3 columns; the records before it have 4.",
    );
  });

  it("end with CR alone too, and blank ones are no rows", async () => {
    expect((await read("\ufeffid,x,y\ra,1,2\r\rb,3,4\r\r"))[0]).toEqual(["a", "b"]);
  });
});
