/** Search with an approximate index: the graph's answer, in the order in which every search answers. */
import type { ReplicaId } from "../../base/ids.ts";
import type { SearchIndexConfig } from "../protocol/config.ts";
import type { Embedding, Item } from "../protocol/item.ts";
import type { IndexStanding, SearchPath } from "../protocol/searchIndex.ts";
import type { Found } from "./best.ts";
import { advanceGraph } from "./graphs.ts";
import type { Graph, GraphAnswer } from "./hnsw.ts";
import type { Journal } from "./journal.ts";

/** What a replica with the index on searches in. */
export interface Indexed {
  readonly journal: Journal;
  readonly index: SearchIndexConfig;
  readonly items: ReadonlyMap<string, Item>;
  /** Whose index it is. */
  readonly owner: ReplicaId;
}

/** How broad a search for `k` has to be. */
function breadthOf({ ef }: SearchIndexConfig, k: number): number {
  return Math.max(ef, k);
}

/** The graph, whole. Undefined where a search would have to look at everything, and so does without: it is exact. */
function wholeGraph({ journal, index, items, owner }: Indexed, k: number): Graph | undefined {
  return breadthOf(index, k) >= items.size ? undefined : advanceGraph(journal, index, Number.POSITIVE_INFINITY, owner);
}

function isBefore(a: Found, b: Found): boolean {
  return a.score > b.score || (a.score === b.score && a.item.id < b.item.id);
}

/** What the index is made of. */
export function standingOf({ journal, index, items, owner }: Indexed): IndexStanding {
  const layers = advanceGraph(journal, index, Number.POSITIVE_INFINITY, owner)?.layerSizes() ?? [];
  return { living: items.size, dead: journal.insertions.length - items.size, layers };
}

/** The way of a search for the `k` nearest; undefined where the search is exact. */
export function pathOf(indexed: Indexed, query: Embedding, k: number): Omit<SearchPath, "replicaId"> | undefined {
  const graph = wholeGraph(indexed, k);
  if (graph === undefined) return undefined;
  const { items, index } = indexed;
  const ef = breadthOf(index, k);
  const isLiving = ({ id }: Item) => items.has(id);
  const { nodes, trail } = graph.trace(query, ef, isLiving);
  const steps = trail.visits.map(({ layer, node, score }) => {
    const { item } = graph.insertion(node);
    return { layer, id: item.id, score, isDead: !(graph.isNewest(node) && isLiving(item)) };
  });
  const found = inOrder(graph, nodes, k).map(({ item }) => item.id);
  return { ef, layers: graph.layerSizes(), steps, looked: trail.looked, found };
}

function inOrder(graph: Graph, nodes: GraphAnswer["nodes"], k: number): Found[] {
  const found = nodes.map(({ node, score }) => ({ item: graph.insertion(node).item, score }));
  return found.sort((a, b) => (isBefore(a, b) ? -1 : 1)).slice(0, k);
}

/** What the index takes for the `k` nearest, best first; undefined where the search is exact. */
export function approximateOf(indexed: Indexed, query: Embedding, k: number): Found[] | undefined {
  const graph = wholeGraph(indexed, k);
  if (graph === undefined) return undefined;
  const { nodes } = graph.search(query, breadthOf(indexed.index, k), ({ id }) => indexed.items.has(id));
  return inOrder(graph, nodes, k);
}
