// Vectors that a person loaded: held by digest, once per thread, whole, exact, and let go of when nobody needs them.
import { afterEach, describe, expect, it } from "vitest";
import { datasetByName } from "../../src/data/dataset.ts";
import { fileSize } from "../../src/data/fileSize.ts";
import { findRows } from "../../src/data/findRows.ts";
import {
  digestOfTable,
  initialRows,
  isHeld,
  keepOnly,
  loadedContent,
  MissingDataError,
  provideData,
  rowPayload,
  tableOf,
} from "../../src/data/loaded.ts";
import { embedQuery } from "../../src/data/query.ts";
import { ownJsonLines, ownNumpy, tableIn } from "../support/ownVectors.ts";

afterEach(() => {
  keepOnly([]);
});

describe("loaded vectors", () => {
  it("are a data set once they are provided: nine rows of ten from the start, one draft each, texts to the last character", async () => {
    const table = await tableIn("items.jsonl", ownJsonLines());
    provideData(table);
    const content = datasetByName(table.data);
    expect(content).toMatchObject({ name: table.data, label: "items.jsonl", dimension: 6, initialCount: 90 });
    expect(content.items).toHaveLength(100);
    for (const [row, line] of ownJsonLines().split("\n").entries()) {
      const { id, text } = JSON.parse(line);
      const item = content.items[row];
      expect(item?.id).toBe(id);
      expect(item?.drafts).toHaveLength(1);
      expect(item?.drafts[0]?.payload).toMatchObject({ kind: "row", text });
    }
  });

  it("are asked for in a typed sentence when nobody has provided them", async () => {
    const { data } = await tableIn("vectors.npy", ownNumpy(2_000, 32));
    expect(isHeld(data)).toBe(false);
    expect(() => datasetByName(data)).toThrow(MissingDataError);
    expect(() => datasetByName(data)).toThrow("This run uses vectors.npy (256 kB). Open the file to go on.");
    expect(isHeld("products")).toBe(true);
  });

  it("are let go of when nobody needs them, and only then", async () => {
    const [one, other] = [await tableIn("a.jsonl", ownJsonLines(50)), await tableIn("b.npy", ownNumpy())];
    provideData(one);
    provideData(other);
    keepOnly([one.data, "products", other.data]);
    expect([one, other].map(({ data }) => isHeld(data))).toEqual([true, true]);
    keepOnly([other.data, "colours"]);
    expect(isHeld(one.data)).toBe(false);
    expect(isHeld(other.data)).toBe(true);
  });

  it("are the same content however often they are provided, and whatever the file was called", async () => {
    const table = await tableIn("items.jsonl", ownJsonLines());
    provideData(table);
    const content = loadedContent(table.data);
    const again = await tableIn("folder/renamed.ndjson", `${ownJsonLines()}\n\n`);
    provideData(again);
    expect(again.data.digest).toBe(table.data.digest);
    expect(again.data.file).toBe("renamed.ndjson");
    expect(loadedContent(again.data)).toBe(content);
  });

  it("have another digest when one bit of a vector, one character of an id or a text, or the order differs", async () => {
    const text = ownJsonLines(20);
    const lines = text.split("\n");
    const others = [
      text.replace('"id":"row-3"', '"id":"row-3 "'),
      text.replace("plain 7", "plain  7"),
      lines.toReversed().join("\n"),
      lines.slice(0, -1).join("\n"),
    ];
    const { data, ...table } = await tableIn("items.jsonl", text);
    const digests = new Set([data.digest]);
    for (const other of others) digests.add((await tableIn("items.jsonl", other)).data.digest);
    expect(digests.size).toBe(1 + others.length);
    const bits = new Uint8Array(table.vectors.buffer.slice(0));
    bits[41] = (bits[41] ?? 0) ^ 1;
    const changed = { ...table, vectors: new Float32Array(bits.buffer) };
    expect(digests).not.toContain(digestOfTable(changed, data.dimension));
  });

  it("go to another thread as one block that is nobody else's, and are the same there", async () => {
    const table = await tableIn("items.jsonl", ownJsonLines());
    provideData(table);
    const given = tableOf(table.data);
    expect(given.vectors.buffer).not.toBe(table.vectors.buffer);
    expect(given).toEqual(table);
    given.vectors.fill(0);
    expect(tableOf(table.data)).toEqual(table);
  });

  it("have numbers of their own in each row: a message would carry the whole block", async () => {
    const table = await tableIn("items.jsonl", ownJsonLines());
    provideData(table);
    for (const { drafts } of loadedContent(table.data).items) {
      for (const { embedding } of drafts) expect(embedding.buffer.byteLength).toBe(embedding.byteLength);
    }
  });

  it("cannot be searched in words, and say why", async () => {
    const { data } = await tableIn("items.jsonl", ownJsonLines());
    expect(embedQuery(data, "snow")).toEqual({
      ok: false,
      message: expect.stringContaining("a model that is not here"),
    });
  });
});

describe("a row", () => {
  it("is called by the beginning of its text, or by its id, and never cut within a character", () => {
    expect(rowPayload("7", "")).toEqual({ kind: "row", name: "7", text: "" });
    expect(rowPayload("7", "  \n\t")).toEqual({ kind: "row", name: "7", text: "  \n\t" });
    expect(rowPayload("7", "first line\nsecond")).toMatchObject({ name: "first line", text: "first line\nsecond" });
    const long = "👩".repeat(200);
    expect(rowPayload("7", long)).toEqual({ kind: "row", name: `${"👩".repeat(79)}…`, text: long });
    expect(rowPayload("7", "x".repeat(80))).toMatchObject({ name: "x".repeat(80) });
  });

  it("is there from the start unless it is one of the last tenth", () => {
    expect([1, 2, 9, 10, 11, 99, 100, 50_000].map(initialRows)).toEqual([1, 1, 8, 9, 9, 89, 90, 45_000]);
  });

  it("is found by a part of its id or text, whatever the case, the likeliest first", async () => {
    const table = await tableIn("items.jsonl", ownJsonLines());
    provideData(table);
    const content = loadedContent(table.data);
    const ids = (typed: string, most = 4) => findRows(content, typed, most).rows.map(({ id }) => id);
    expect(ids("ROW-7")).toEqual(["row-7", "row-70", "row-71", "row-72"]);
    expect(ids("SNOW 21")).toEqual(["row-21"]);
    expect(ids(" plain 4")).toEqual(["row-47"]);
    expect(ids("")).toEqual(["row-0", "row-1", "row-2", "row-3"]);
    expect(findRows(content, "nowhere", 4)).toEqual({ rows: [], hasMore: false });
    expect(findRows(content, "snow", 10).hasMore).toBe(false);
    expect(findRows(content, "snow", 9).hasMore).toBe(true);
  });
});

it("a size is told as people read it", () => {
  const sizes = [0, 1, 999, 1_000, 1_234_567, 9_960_000, 76_800_128, 999_600_000, 2_000_000_000];
  const words = ["0 bytes", "1 byte", "999 bytes", "1.0 kB", "1.2 MB", "10 MB", "77 MB", "1.0 GB", "2.0 GB"];
  expect(sizes.map(fileSize)).toEqual(words);
});
