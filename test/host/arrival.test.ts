// Embeddings are kept once per thread; what arrives becomes the thread's own, by its bits.
import { describe, expect, it } from "vitest";
import { present } from "../../src/base/assert.ts";
import { seconds } from "../../src/base/units.ts";
import { datasetByName } from "../../src/data/dataset.ts";
import { internArrived } from "../../src/host/arrival.ts";
import { defaultInputs } from "../../src/host/firstRun.ts";
import { replay } from "../../src/model/cluster/replay.ts";
import type { ReplicaState } from "../../src/model/replica/state.ts";
import { EmbeddingTable, embeddingOf } from "../../src/model/vector/embedding.ts";

function aState(): ReplicaState {
  const { replicas } = replay(defaultInputs(), datasetByName("products"), seconds(5));
  return present([...replicas.values()][0], "a replica");
}

describe("what arrives from another thread", () => {
  it("is what was sent, with every embedding of a whole replica's state kept once", () => {
    const state = aState();
    const table = new EmbeddingTable();
    const first = internArrived(table, structuredClone(state));
    const second = internArrived(table, structuredClone(state));
    expect(first).toEqual(state);
    for (const [id, { embedding }] of first.store.items) {
      expect(embedding).toBe(second.store.items.get(id)?.embedding);
    }
    const written = present(
      first.log.entries.find(({ operation }) => operation.kind === "put"),
      "a put",
    );
    const again = present(second.log.entries[written.index - 1], "the same entry");
    expect(written.operation).toHaveProperty("embedding");
    if (written.operation.kind === "put" && again.operation.kind === "put") {
      expect(written.operation.embedding).toBe(again.operation.embedding);
    }
  });

  it("keeps the order of its fields, in which they are hashed", () => {
    const message = { b: 1, a: { embedding: embeddingOf(Float32Array.of(1, 0)), z: undefined }, 7: null };
    const arrived = internArrived(new EmbeddingTable(), structuredClone(message));
    expect(JSON.stringify(arrived, (_key, value) => value ?? "none")).toBe(
      JSON.stringify(message, (_key, value) => value ?? "none"),
    );
  });

  it("takes the digest from the bits, not from the sender", () => {
    const honest = embeddingOf(Float32Array.of(0.6, 0.8));
    const arrived = internArrived(new EmbeddingTable(), { embedding: { ...honest, digestLow: 1 } });
    expect(arrived.embedding).toEqual(honest);
  });
});
