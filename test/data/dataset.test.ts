import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { datasetByName } from "../../src/data/dataset.ts";
import { productsDataset } from "../../src/data/products.ts";
import { embedQuery } from "../../src/data/query.ts";

/** SHA-256 over ids, texts, payloads and the bits of all embeddings, in order, little-endian. */
function digestOf(name: "products" | "colours"): string {
  const hash = createHash("sha256");
  for (const { id, drafts } of datasetByName(name).items) {
    for (const { text, payload, embedding } of drafts) {
      hash.update(`${id}\n${text}\n${JSON.stringify(payload)}\n`);
      const bytes = new DataView(new ArrayBuffer(embedding.length * 4));
      for (const [at, value] of embedding.entries()) bytes.setFloat32(at * 4, value, true);
      hash.update(bytes);
    }
  }
  return hash.digest("hex").slice(0, 32);
}

describe("data sets", () => {
  // Recorded. If one changes, every run over that data set has another history: raise the model's version with it.
  it("have not changed by a bit", () => {
    expect(digestOf("products")).toBe("c54833057c4f59a2274ab3e9bb34963d");
    expect(digestOf("colours")).toBe("7e20b393882fe96c5f822a4cc02e10ae");
  });

  it("are built once per thread, and the same every time", () => {
    expect(datasetByName("products")).toBe(datasetByName("products"));
    expect(productsDataset()).toEqual(datasetByName("products"));
  });

  it("cross to another thread unharmed", () => {
    for (const name of ["products", "colours"] as const) {
      const content = datasetByName(name);
      expect(structuredClone(content)).toEqual(content);
    }
  });

  it("own every embedding's buffer alone, so that sending one sends nothing else", () => {
    for (const name of ["products", "colours"] as const) {
      const buffers = datasetByName(name).items.flatMap(({ drafts }) =>
        drafts.map(({ embedding }) => embedding.buffer),
      );
      expect(new Set(buffers).size).toBe(buffers.length);
    }
  });

  it("take a query in words or as a colour, each in its own way", () => {
    expect(embedQuery("products", "red tent")).toMatchObject({ ok: true });
    expect(embedQuery("colours", "tomato")).toMatchObject({ ok: true });
    expect(embedQuery("products", "…")).toMatchObject({ ok: false });
    expect(embedQuery("colours", "red tent")).toMatchObject({ ok: false });
  });
});
