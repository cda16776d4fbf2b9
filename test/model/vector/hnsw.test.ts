// Malkov and Yashunin 2018: what a graph is made of, what it finds, and that it is a function of its journal.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { present } from "../../../src/base/assert.ts";
import { rngStream } from "../../../src/base/rng.ts";
import { simdKernels } from "../../../src/host/kernel.ts";
import { Graph, type GraphShape } from "../../../src/model/vector/hnsw.ts";
import { type Insertion, keepJournal, levelOf, newJournal } from "../../../src/model/vector/journal.ts";
import { type Kernel, scalarKernel } from "../../../src/model/vector/kernel.ts";
import { ItemMatrix } from "../../../src/model/vector/matrix.ts";
import { clusteredItems, itemsOf } from "../../support/clusters.ts";
import { graphFingerprint, KNOWN_GRAPH } from "../../support/graphs.ts";
import { embeddings } from "../../support/vectors.ts";

const everybody = () => true;
const SHAPE: GraphShape = { m: 8, efConstruction: 48 };

function graphOf(insertions: readonly Insertion[], shape = SHAPE, kernel: Kernel = scalarKernel()): Graph {
  const dimension = insertions[0]?.item.embedding.values.length ?? 1;
  const graph = new Graph(kernel, dimension, shape);
  graph.follow(insertions, Number.POSITIVE_INFINITY);
  return graph;
}

function linksOf(graph: Graph): readonly (readonly (readonly number[])[])[] {
  const layers = graph.layerSizes().length;
  return Array.from({ length: graph.size }, (_, node) =>
    Array.from({ length: layers }, (__, layer) => graph.neighbours(node, layer)),
  );
}

/** The mean share of the true `k` nearest that a search of breadth `ef` finds. */
function recall(
  graph: Graph,
  insertions: readonly Insertion[],
  queries: readonly Insertion[],
  ef: number,
  k = 10,
): number {
  const matrix = new ItemMatrix(
    scalarKernel(),
    insertions.map(({ item }) => item),
  );
  let hits = 0;
  for (const { item } of queries) {
    const truth = new Set(matrix.nearest(item.embedding, k).map((found) => found.item.id));
    const { nodes } = graph.search(item.embedding, ef, everybody);
    hits += nodes.slice(0, k).filter(({ node }) => truth.has(graph.insertion(node).item.id)).length;
  }
  return hits / (k * queries.length);
}

function journalOf(items: Parameters<typeof newJournal>[0], seed = 1): readonly Insertion[] {
  return newJournal(items, rngStream(seed, 1)).insertions;
}

describe("a level", () => {
  it("falls by a factor of M from layer to layer", () => {
    const journal = journalOf(itemsOf(embeddings(1, 1, 20_000)), 3);
    for (const m of [4, 16]) {
      const above = (level: number) => journal.filter(({ levelDraw }) => levelOf(levelDraw, m) >= level).length;
      expect(above(0)).toBe(20_000);
      expect(Math.abs(above(1) - 20_000 / m)).toBeLessThan(4 * Math.sqrt(20_000 / m));
      expect(Math.abs(above(2) - 20_000 / m ** 2)).toBeLessThan(4 * Math.sqrt(20_000 / m ** 2));
    }
  });

  it("is 0 for the largest draw and within bounds for the smallest", () => {
    expect(levelOf(0xffff_ffff, 16)).toBe(0);
    expect(levelOf(0, 16)).toBe(8);
    expect(levelOf(0, 4)).toBe(16);
  });
});

describe("a graph", () => {
  const journal = journalOf(clusteredItems(7, 24, 1_500));
  const graph = graphOf(journal);

  it("keeps to its widths, links nothing to itself or twice, and only what is in the layer", () => {
    for (const [node, layers] of linksOf(graph).entries()) {
      for (const [layer, links] of layers.entries()) {
        expect(links.length).toBeLessThanOrEqual(layer === 0 ? 16 : 8);
        expect(new Set(links).size).toBe(links.length);
        expect(links).not.toContain(node);
        for (const other of links) {
          expect(levelOf(graph.insertion(other).levelDraw, SHAPE.m)).toBeGreaterThanOrEqual(layer);
        }
      }
    }
    expect(graph.layerSizes()[0]).toBe(1_500);
  });

  it("finds more, the broader the search, and nearly all where the data has clusters", () => {
    const queries = journalOf(clusteredItems(7, 24, 60, 1_500));
    const found = [10, 24, 64].map((ef) => recall(graph, journal, queries, ef));
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(found[2]).toBeGreaterThanOrEqual(0.98);
    expect(found[0]).toBeLessThan(found[2] ?? 0);
  });

  it("has a hard time with vectors that are spread evenly in many dimensions", { timeout: 60_000 }, () => {
    const even = journalOf(itemsOf(embeddings(5, 96, 3_000)));
    const queries = journalOf(itemsOf(embeddings(6, 96, 40)));
    const share = recall(graphOf(even), even, queries, 32);
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.8);
  });

  it("is the same with every kernel, and in every engine", () => {
    expect(graphFingerprint(scalarKernel())).toBe(KNOWN_GRAPH);
    const simd = present(simdKernels(), "SIMD in this engine");
    for (const dimension of [3, 16, 50]) {
      const items = journalOf(clusteredItems(dimension, dimension, 300));
      const [one, other] = [scalarKernel(), simd()].map((kernel) => graphOf(items, SHAPE, kernel));
      expect(other && linksOf(other)).toEqual(one && linksOf(one));
    }
  });

  it("is another with other levels, and answers differently where it does not look far", () => {
    const other = graphOf(journalOf(clusteredItems(7, 24, 1_500), 2));
    const queries = journalOf(clusteredItems(7, 24, 60, 1_500));
    const answers = (of: Graph, ef: number) =>
      queries.map(({ item }) =>
        of
          .search(item.embedding, ef, everybody)
          .nodes.slice(0, 10)
          .map(({ node }) => of.insertion(node).item.id),
      );
    expect(answers(graph, 10)).not.toEqual(answers(other, 10));
  });

  it("answers nothing that does not count, and passes through it all the same", () => {
    const query = present(journal[17], "an insertion").item;
    const isEven = ({ id }: { readonly id: string }) => Number(id.slice(1)) % 2 === 0;
    const { nodes } = graph.search(query.embedding, 64, isEven);
    const ids = nodes.map(({ node }) => graph.insertion(node).item.id);
    expect(ids.length).toBe(64);
    expect(ids.every((id) => isEven({ id }))).toBe(true);
    const even = new ItemMatrix(scalarKernel(), journal.map(({ item }) => item).filter(isEven));
    const truth = even.nearest(query.embedding, 10).map(({ item }) => item.id);
    expect(ids.slice(0, 10).filter((id) => truth.includes(id)).length).toBeGreaterThanOrEqual(9);
    expect(graph.search(query.embedding, 64, () => false).nodes).toEqual([]);
  });

  it("keeps its ways where the same vectors are put again and again", () => {
    const items = clusteredItems(7, 24, 300);
    const journal = newJournal(items, rngStream(1, 1));
    const held = new Map(items.map((item) => [item.id, item]));
    // Each a few times over, as when a product is changed and changed back, and fewer dead than alive.
    for (const item of [...items.slice(0, 90), ...items.slice(0, 90), ...items.slice(0, 90)]) {
      keepJournal(journal, item, held);
    }
    expect(journal.insertions).toHaveLength(570);
    const again = graphOf(journal.insertions);
    const queries = journalOf(clusteredItems(7, 24, 60, 300));
    const matrix = new ItemMatrix(scalarKernel(), items);
    let hits = 0;
    for (const { item } of queries) {
      const truth = matrix.nearest(item.embedding, 10).map((found) => found.item.id);
      const { nodes } = again.search(item.embedding, 32, everybody);
      hits += nodes.slice(0, 10).filter(({ node }) => truth.includes(again.insertion(node).item.id)).length;
    }
    expect(hits / 600).toBeGreaterThanOrEqual(0.97);
  });

  it("finds nothing where there is nothing, and the one where there is one", () => {
    const one = journal.slice(0, 1);
    expect(graphOf([]).search(present(one[0], "one").item.embedding, 5, everybody).nodes).toEqual([]);
    expect(graphOf(one).search(present(one[0], "one").item.embedding, 5, everybody).nodes).toHaveLength(1);
  });
});

describe("going back and forth", () => {
  const journal = journalOf(clusteredItems(3, 12, 220));

  it("leaves the graph that its journal makes, at every length and on every branch", { timeout: 60_000 }, () => {
    const branches = [journalOf(clusteredItems(9, 12, 60), 5), journalOf(clusteredItems(11, 12, 60), 6)];
    const stop = fc.record({ kept: fc.nat(220), branch: fc.integer({ min: -1, max: 1 }), added: fc.nat(60) });
    fc.assert(
      fc.property(fc.array(stop, { minLength: 1, maxLength: 6 }), (stops) => {
        const graph = new Graph(scalarKernel(), 12, { m: 4, efConstruction: 16 });
        for (const { kept, branch, added } of stops) {
          const target = [...journal.slice(0, kept), ...(branches[branch] ?? []).slice(0, added)];
          expect(graph.missing(target)).toBeLessThanOrEqual(target.length);
          expect(graph.follow(target, Number.POSITIVE_INFINITY)).toBe(true);
          expect(graph.missing(target)).toBe(0);
          expect(linksOf(graph)).toEqual(linksOf(graphOf(target, { m: 4, efConstruction: 16 })));
        }
      }),
      { numRuns: 25 },
    );
  });

  it("is possible in portions", () => {
    const graph = new Graph(scalarKernel(), 12, SHAPE);
    expect(graph.follow(journal, 100)).toBe(false);
    expect(graph.missing(journal)).toBe(120);
    expect(graph.follow(journal, 100)).toBe(false);
    expect(graph.follow(journal, 100)).toBe(true);
    expect(linksOf(graph)).toEqual(linksOf(graphOf(journal)));
  });

  it("counts an item that comes back under its id once", () => {
    const [first, second, ...rest] = journal;
    if (first === undefined || second === undefined) throw new Error("the journal has more than two");
    const again: Insertion = { item: { ...second.item, id: first.item.id }, levelDraw: 7, chainLow: 1, chainHigh: 2 };
    const graph = graphOf([first, second, ...rest, again]);
    const ids = () => graph.search(first.item.embedding, 300, everybody).nodes.map(({ node }) => node);
    expect(ids()).not.toContain(0);
    expect(ids()).toContain(220);
    graph.follow([first, second, ...rest], 0);
    expect(ids()).toContain(0);
  });
});
