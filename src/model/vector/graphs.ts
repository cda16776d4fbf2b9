/**
 * The graphs of this thread. A graph is a function of a journal and a shape, kept outside of every state: in no digest,
 * copy or checkpoint. Journals of one origin share one, which goes back and forth between them, so that every moment of a
 * run is near. It is made when somebody asks, or ahead in portions, and may be dropped at any moment.
 */
import { present } from "../../base/assert.ts";
import type { Item } from "../protocol/item.ts";
import { Graph, type GraphShape } from "./hnsw.ts";
import { type Insertion, isSameInsertion, type Journal } from "./journal.ts";
import { newKernel } from "./kernel.ts";

/** Nodes of all graphs together beyond which those go that were not used for longest... */
const NODES_KEPT = 400_000;
/** ...but never so few that one replica could not have what it needs, now and before. */
const GRAPHS_KEPT = 4;

interface Kept {
  /** What its journals begin with. */
  readonly origin: Insertion;
  readonly graph: Graph;
}

/** The one used last comes last. */
let kept: readonly Kept[] = [];

function find([first]: readonly Insertion[], { m, efConstruction }: GraphShape): Kept | undefined {
  return kept.findLast(
    ({ origin, graph: { shape } }) =>
      shape.m === m && shape.efConstruction === efConstruction && isSameInsertion(origin, first),
  );
}

/** `used` is the last to go; what is too much goes. */
function keep(used: Kept): void {
  if (kept.at(-1) === used) return;
  kept = [...kept.filter((other) => other !== used), used];
  let nodes = kept.reduce((sum, { graph }) => sum + graph.size, 0);
  while (kept.length > GRAPHS_KEPT && nodes > NODES_KEPT) {
    nodes -= kept[0]?.graph.size ?? 0;
    kept = kept.slice(1);
  }
}

/** An empty graph for `journal`. */
function begin(journal: readonly Insertion[], { m, efConstruction }: GraphShape): Kept {
  const origin = present(journal[0], "the first insertion of a journal");
  const dimension = journal.reduce((longest, { item }) => Math.max(longest, item.embedding.values.length), 0);
  return { origin, graph: new Graph(newKernel(), dimension, { m, efConstruction }) };
}

/** How many insertions this thread would have to make before it can search. */
export function missingFrom({ insertions }: Journal, shape: GraphShape): number {
  return find(insertions, shape)?.graph.missing(insertions) ?? insertions.length;
}

/** Makes up to `limit` insertions. Returns the graph once it is whole; an empty journal has none. */
export function advanceGraph({ insertions }: Journal, shape: GraphShape, limit: number): Graph | undefined {
  if (insertions.length === 0) return undefined;
  let used = find(insertions, shape);
  const missing = used?.graph.missing(insertions);
  const rest = missing === undefined ? [] : insertions.slice(insertions.length - missing);
  if (used === undefined || missing === undefined || !rest.every((insertion) => used?.graph.fits(insertion))) {
    kept = kept.filter((other) => other !== used);
    used = begin(insertions, shape);
  }
  keep(used);
  return used.graph.follow(insertions, limit) ? used.graph : undefined;
}

/** Drops what was derived from a journal; the next search makes it anew. */
export function forgetGraphs({ insertions: [first] }: Journal): void {
  kept = kept.filter(({ origin }) => !isSameInsertion(origin, first));
}

/** Where items are searched: now with an index, now without. */
export interface Searched {
  readonly items: ReadonlyMap<string, Item>;
  readonly journal?: Journal | undefined;
}

function mayNeed({ items, journal }: Searched, { origin }: Kept): boolean {
  if (isSameInsertion(journal?.insertions[0], origin)) return true;
  const { id, embedding } = origin.item;
  const held = items.get(id)?.embedding;
  return held?.digestLow === embedding.digestLow && held.digestHigh === embedding.digestHigh;
}

/**
 * Drops all that `stores` will hardly need, being of other data. Those without a journal may have had one, or have one
 * again: a run goes back to before its index was switched on, and comes forward again.
 */
export function keepGraphsOf(stores: readonly Searched[]): void {
  kept = kept.filter((one) => stores.some((store) => mayNeed(store, one)));
}
