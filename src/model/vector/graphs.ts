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

/**
 * Graphs that a replica has in any case, however large: where two ways of one run are gone by turns, each finds its own.
 * Else they would drive each other out, and be built for ever.
 */
const KEPT_ALWAYS = 2;
/** Graphs that it has at most: a journal that is written anew begins another, again and again. */
const KEPT_AT_MOST = 4;
/** What all together may weigh before only those are kept that always are. */
const BYTES_KEPT = 16 * 1_024 * 1_024;

/** Whose graph it is. A journal that nobody owns has an owner too. */
type Owner = number;
const NOBODY: Owner = 0;

interface Kept {
  readonly owner: Owner;
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

/** What the graphs of this thread are: how many, and what they weigh. */
export function graphsKept(): { readonly count: number; readonly bytes: number } {
  return { count: kept.length, bytes: kept.reduce((sum, { graph }) => sum + graph.bytes, 0) };
}

/** `used` is the last to go; what is too much goes. */
function keep(used: Kept): void {
  if (kept.at(-1) === used) return;
  kept = [...kept.filter((other) => other !== used), used];
  let { bytes } = graphsKept();
  const left = new Map<Owner, number>();
  for (const { owner } of kept) left.set(owner, (left.get(owner) ?? 0) + 1);
  // The one used longest ago comes first.
  kept = kept.filter(({ owner, graph }) => {
    const count = left.get(owner) ?? 0;
    if (count <= KEPT_ALWAYS || (count <= KEPT_AT_MOST && bytes <= BYTES_KEPT)) return true;
    left.set(owner, count - 1);
    bytes -= graph.bytes;
    return false;
  });
}

/** An empty graph for `journal`. */
function begin(journal: readonly Insertion[], { m, efConstruction }: GraphShape, owner: Owner): Kept {
  const origin = present(journal[0], "the first insertion of a journal");
  const dimension = journal.reduce((longest, { item }) => Math.max(longest, item.embedding.values.length), 0);
  return { owner, origin, graph: new Graph(newKernel(), dimension, { m, efConstruction }) };
}

/** How many insertions this thread would have to make before it can search. */
export function missingFrom({ insertions }: Journal, shape: GraphShape): number {
  return find(insertions, shape)?.graph.missing(insertions) ?? insertions.length;
}

/** Makes up to `limit` insertions, for `owner`. Returns the graph once it is whole; an empty journal has none. */
export function advanceGraph(
  { insertions }: Journal,
  shape: GraphShape,
  limit: number,
  owner: Owner = NOBODY,
): Graph | undefined {
  if (insertions.length === 0) return undefined;
  let used = find(insertions, shape);
  const missing = used?.graph.missing(insertions);
  const from = insertions.length - (missing ?? 0);
  const next = missing === undefined ? [] : insertions.slice(from, from + limit);
  if (used === undefined || missing === undefined || !next.every((insertion) => used?.graph.fits(insertion))) {
    kept = kept.filter((other) => other !== used);
    used = begin(insertions, shape, owner);
  }
  keep(used);
  return used.graph.follow(insertions, limit) ? used.graph : undefined;
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
