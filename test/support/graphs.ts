/** What a graph is, as one text: that every engine and every kernel makes the same of it. */
import { feedUint32, type HashText, hashText, newHash } from "../../src/base/hash.ts";
import { rngStream } from "../../src/base/rng.ts";
import { Graph } from "../../src/model/vector/hnsw.ts";
import { newJournal } from "../../src/model/vector/journal.ts";
import type { Kernel } from "../../src/model/vector/kernel.ts";
import { clusteredItems } from "./clusters.ts";

/** The fingerprint of {@link graphFingerprint}, whatever made it. */
export const KNOWN_GRAPH: HashText = "3fae344034f0dd8e";

/** The links of a graph of 600 items in 40 dimensions, in order, as a hash. */
export function graphFingerprint(kernel: Kernel): HashText {
  const graph = new Graph(kernel, 40, { m: 8, efConstruction: 48 });
  const { insertions } = newJournal(clusteredItems(21, 40, 600), rngStream(4, 1));
  graph.follow(insertions, Number.POSITIVE_INFINITY);
  const hash = newHash();
  const layers = graph.layerSizes().length;
  for (let node = 0; node < graph.size; node += 1) {
    for (let layer = 0; layer < layers; layer += 1) {
      const links = graph.neighbours(node, layer);
      feedUint32(hash, links.length);
      for (const link of links) feedUint32(hash, link);
    }
  }
  return hashText(hash);
}
