/**
 * The graphs of this thread. A graph is a function of a journal and a shape, kept outside of every state: in no digest,
 * copy or checkpoint. Journals of one origin share one, which goes back and forth between them, so that every moment of a
 * run is near. It is made when somebody asks, or ahead in portions, and may be dropped at any moment.
 */
import { present } from "../../base/assert.ts";
import { Graph, type GraphShape } from "./hnsw.ts";
import type { Insertion, Journal } from "./journal.ts";
import { newKernel } from "./kernel.ts";

/** Graphs of one origin that differ in shape: the one in use, and the one before. */
const SHAPES_KEPT = 2;

/** By the insertion that a journal begins with, which no other journal has: with it, they go. The newest first. */
const graphs = new WeakMap<Insertion, Graph[]>();

function find([first]: readonly Insertion[], { m, efConstruction }: GraphShape): Graph | undefined {
  const known = first === undefined ? undefined : graphs.get(first);
  return known?.find(({ shape }) => shape.m === m && shape.efConstruction === efConstruction);
}

/** An empty graph for `journal`, in place of any other of its shape. */
function begin(journal: readonly Insertion[], { m, efConstruction }: GraphShape): Graph {
  const first = present(journal[0], "the first insertion of a journal");
  const dimension = journal.reduce((longest, { item }) => Math.max(longest, item.embedding.values.length), 0);
  const graph = new Graph(newKernel(), dimension, { m, efConstruction });
  const others = (graphs.get(first) ?? []).filter(
    ({ shape }) => shape.m !== m || shape.efConstruction !== efConstruction,
  );
  graphs.set(first, [graph, ...others].slice(0, SHAPES_KEPT));
  return graph;
}

/** How many insertions this thread would have to make before it can search. */
export function missingFrom({ insertions }: Journal, shape: GraphShape): number {
  return find(insertions, shape)?.missing(insertions) ?? insertions.length;
}

/** Makes up to `limit` insertions. Returns the graph once it is whole; an empty journal has none. */
export function advanceGraph({ insertions }: Journal, shape: GraphShape, limit: number): Graph | undefined {
  if (insertions.length === 0) return undefined;
  let graph = find(insertions, shape);
  const missing = graph?.missing(insertions);
  const rest = missing === undefined ? [] : insertions.slice(insertions.length - missing);
  const fits = missing !== undefined && rest.every((insertion) => graph?.fits(insertion));
  if (graph === undefined || !fits) graph = begin(insertions, shape);
  return graph.follow(insertions, limit) ? graph : undefined;
}

/** Drops what was derived from a journal; the next search makes it anew. */
export function forgetGraphs({ insertions: [first] }: Journal): void {
  if (first !== undefined) graphs.delete(first);
}
