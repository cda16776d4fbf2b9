/**
 * A hierarchical navigable small world (Malkov and Yashunin 2018, arXiv 1603.09320, algorithms 1, 2, 4 and 5) over the
 * insertions of a journal. Scores are cosines, so that nearer means higher; ties go to the older node. Nothing of a graph
 * depends on which insertions still count: one that does not is a stepping stone, and never an answer.
 */
import { present } from "../../base/assert.ts";
import type { Embedding, Item } from "../protocol/item.ts";
import { type Insertion, isSameInsertion, levelOf } from "./journal.ts";
import type { Kernel } from "./kernel.ts";
import { type Change, Links } from "./links.ts";
import { NodeHeap } from "./nodeHeap.ts";
import { QUERY, Rows } from "./rows.ts";

/** How a graph is built: links per node and layer, and the breadth of the search for them. */
export interface GraphShape {
  readonly m: number;
  readonly efConstruction: number;
}

/** What is kept of an insertion so that it can be taken back. */
interface Step {
  readonly change: Change;
  readonly entryBefore: number;
  /** The insertion under the same id before it; -1 if there was none. */
  readonly superseded: number;
}

/** Insertions that can be taken back: some megabytes at most. */
const STEPS_KEPT = 4_096;

const NONE = -1;

/** About what an engine takes for an insertion and its step, beside their numbers. */
const BYTES_EACH = 160;

/** What a search found, best first. */
export interface GraphAnswer {
  readonly nodes: readonly { readonly node: number; readonly score: number }[];
}

/** Which way a search took: the nodes that it went on from, in order, and how many it looked at. */
export interface Trail {
  readonly visits: { readonly layer: number; readonly node: number; readonly score: number }[];
  looked: number;
}

export class Graph {
  readonly shape: GraphShape;
  readonly #links: Links;
  readonly #rows: Rows;
  /** All that it knows, in order; those beyond `size` were taken back. */
  readonly #insertions: Insertion[] = [];
  /** Of the insertions from `#floor` on. */
  readonly #steps: Step[] = [];
  #floor = 0;
  /** Numbers that the steps hold. */
  #stepNumbers = 0;
  #entry = NONE;
  /** The newest node of each id. */
  readonly #newest = new Map<string, number>();

  // What a search needs, kept so that it is made once.
  readonly #candidates = new NodeHeap(true);
  readonly #results = new NodeHeap(false);
  #visited = new Uint32Array(64);
  #searches = 0;
  /** Set while somebody wants to know the way. */
  #trail: Trail | undefined;
  readonly #chosen: Int32Array;
  readonly #offered: Int32Array;
  readonly #offeredScores: Float32Array;

  constructor(kernel: Kernel, dimension: number, shape: GraphShape) {
    this.shape = shape;
    this.#links = new Links(shape.m);
    this.#rows = new Rows(kernel, dimension, 2 * shape.m);
    this.#chosen = new Int32Array(2 * shape.m);
    const offers = Math.max(shape.efConstruction, 2 * shape.m) + 1;
    this.#offered = new Int32Array(offers);
    this.#offeredScores = new Float32Array(offers);
  }

  get size(): number {
    return this.#links.size;
  }

  /** What it weighs: rows, links, and what is kept to take insertions back. */
  get bytes(): number {
    return this.#rows.bytes + this.#links.bytes + 4 * this.#stepNumbers + BYTES_EACH * this.#insertions.length;
  }

  /** The insertion that became `node`. */
  insertion(node: number): Insertion {
    return present(this.#insertions[node], "an insertion of the graph");
  }

  /** Nodes in each layer, the lowest first. */
  layerSizes(): readonly number[] {
    const sizes: number[] = [];
    for (let node = 0; node < this.size; node += 1) {
      for (let layer = 0; layer <= this.#links.levelOf(node); layer += 1) sizes[layer] = (sizes[layer] ?? 0) + 1;
    }
    return sizes;
  }

  /** The nodes that `node` leads to in `layer`. */
  neighbours(node: number, layer: number): readonly number[] {
    if (layer > this.#links.levelOf(node)) return [];
    const at = this.#links.at(node, layer);
    const { numbers } = this.#links;
    return Array.from(numbers.subarray(at + 1, at + 1 + (numbers[at] ?? 0)));
  }

  /** Insertions of `journal` that are missing here; undefined when it cannot get there from here. */
  missing(journal: readonly Insertion[]): number | undefined {
    const common = this.#common(journal);
    return common < this.#floor && common < this.size ? undefined : journal.length - common;
  }

  /**
   * Goes towards `journal`: takes back what is not in it, and adds up to `limit` insertions that are missing. Returns
   * whether it is there. To be asked only where {@link missing} knows a way.
   */
  follow(journal: readonly Insertion[], limit: number): boolean {
    const common = this.#common(journal);
    while (this.size > common) this.#takeBack();
    while (this.size < common) this.#doAgain();
    for (let added = 0; added < limit && this.size < journal.length; added += 1) {
      this.#insert(present(journal[this.size], "an insertion to come"));
    }
    return this.size === journal.length;
  }

  /** Whether vectors of these insertions fit into its rows. */
  fits({ item }: Insertion): boolean {
    return this.#rows.fits(item.embedding);
  }

  /** How far `journal` and what is known here agree: where two insertions are the same, all before them are. */
  #common(journal: readonly Insertion[]): number {
    const { size } = this;
    if (size === journal.length && isSameInsertion(journal[size - 1], this.#insertions[size - 1])) return size;
    let [low, high] = [0, Math.min(journal.length, this.#insertions.length)];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (isSameInsertion(journal[middle - 1], this.#insertions[middle - 1])) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  // Taking back and doing again.

  #takeBack(): void {
    const node = this.size - 1;
    const { change, entryBefore, superseded } = present(this.#steps[node - this.#floor], "a step to take back");
    this.#links.exchange(change);
    this.#links.removeLast();
    this.#entry = entryBefore;
    const { id } = this.insertion(node).item;
    if (superseded === NONE) this.#newest.delete(id);
    else this.#newest.set(id, superseded);
  }

  #doAgain(): void {
    const node = this.size;
    const { change } = present(this.#steps[node - this.#floor], "a step to do again");
    this.#links.restoreNext();
    this.#links.exchange(change);
    this.#newest.set(this.insertion(node).item.id, node);
    this.#raiseEntry(node);
  }

  #raiseEntry(node: number): void {
    if (this.#entry === NONE || this.#links.levelOf(node) > this.#links.levelOf(this.#entry)) this.#entry = node;
  }

  // Algorithm 1: INSERT.

  #insert(insertion: Insertion): void {
    const { item, levelDraw } = insertion;
    const { m, efConstruction } = this.shape;
    const node = this.#links.size;
    const level = levelOf(levelDraw, m);
    this.#links.add(level);
    this.#rows.write(node, item.embedding);
    // What was taken back and is not done again is gone.
    this.#insertions.length = node;
    this.#insertions.push(insertion);
    const entryBefore = this.#entry;
    if (entryBefore !== NONE) {
      const top = this.#links.levelOf(entryBefore);
      let [nearest, score] = [entryBefore, this.#rows.score(node, entryBefore)];
      for (let layer = top; layer > level; layer -= 1) [nearest, score] = this.#descend(node, nearest, score, layer);
      this.#begin();
      this.#enter(nearest, score);
      for (let layer = Math.min(top, level); layer >= 0; layer -= 1) {
        this.#searchLayer(node, layer, efConstruction, undefined);
        this.#connect(node, layer);
      }
    }
    this.#note({ change: this.#links.takeChange(), entryBefore, superseded: this.#newest.get(item.id) ?? NONE });
    this.#newest.set(item.id, node);
    this.#raiseEntry(node);
  }

  #note(step: Step): void {
    this.#drop(this.size - 1 - this.#floor, this.#steps.length);
    this.#steps.push(step);
    this.#stepNumbers += step.change.parts.length;
    if (this.#steps.length < 2 * STEPS_KEPT) return;
    this.#drop(0, STEPS_KEPT);
    this.#floor += STEPS_KEPT;
  }

  #drop(from: number, count: number): void {
    for (const { change } of this.#steps.splice(from, count)) this.#stepNumbers -= change.parts.length;
  }

  /** Links the newest node with what was found in `layer`, both ways. What was found is where the next layer begins. */
  #connect(node: number, layer: number): void {
    const count = this.#drain();
    const [offered, scores] = [this.#offered, this.#offeredScores];
    const { m } = this.shape;
    const chosen = this.#select(count, m);
    const neighbours = this.#chosen.slice(0, chosen);
    const found = offered.slice(0, count);
    const foundScores = scores.slice(0, count);
    this.#links.write(node, layer, neighbours, chosen);
    for (const neighbour of neighbours) this.#linkBack(neighbour, node, layer);
    this.#begin();
    for (const [place, entry] of found.entries()) this.#enter(entry, foundScores[place] ?? 0);
  }

  /** Adds `node` to the list of `neighbour`; a list that is full is chosen anew from what stands in it and `node`. */
  #linkBack(neighbour: number, node: number, layer: number): void {
    const links = this.#links;
    const width = links.width(layer);
    const at = links.at(neighbour, layer);
    const length = links.numbers[at] ?? 0;
    const offered = this.#offered;
    for (let place = 0; place < length; place += 1) offered[place] = links.numbers[at + 1 + place] ?? 0;
    offered[length] = node;
    if (length < width) {
      links.write(neighbour, layer, offered, length + 1);
      return;
    }
    this.#results.clear();
    for (let place = 0; place <= length; place += 1) {
      const other = offered[place] ?? 0;
      this.#results.push(other, this.#rows.score(neighbour, other));
    }
    const chosen = this.#select(this.#drain(), width);
    links.write(neighbour, layer, this.#chosen, chosen);
  }

  /** Moves the results into `#offered`, best first; returns how many there are. */
  #drain(): number {
    const results = this.#results;
    const count = results.size;
    for (let place = count - 1; place >= 0; place -= 1) {
      this.#offered[place] = results.top;
      this.#offeredScores[place] = results.topScore;
      results.pop();
    }
    return count;
  }

  /**
   * Algorithm 4: SELECT-NEIGHBORS-HEURISTIC, of the first `count` offered, into `#chosen`: one that is nearer to what is
   * chosen already than to whom it is chosen for is left out. As near is not nearer: an item that is put again stands
   * twice in one place, and would else be the only neighbour of itself. Returns how many there are, `m` at most.
   */
  #select(count: number, m: number): number {
    const [offered, scores, chosen] = [this.#offered, this.#offeredScores, this.#chosen];
    let size = 0;
    for (let place = 0; place < count && size < m; place += 1) {
      const candidate = offered[place] ?? 0;
      const score = scores[place] ?? 0;
      let isApart = true;
      for (let other = 0; isApart && other < size; other += 1) {
        isApart = this.#rows.score(candidate, chosen[other] ?? 0) <= score;
      }
      if (isApart) {
        chosen[size] = candidate;
        size += 1;
      }
    }
    return size;
  }

  // Algorithm 2: SEARCH-LAYER.

  /** A search begins: nothing has been visited. */
  #begin(): void {
    if (this.#visited.length < this.size) this.#visited = new Uint32Array(2 * this.size);
    this.#searches += 1;
    this.#candidates.clear();
    this.#results.clear();
  }

  #visit(node: number): boolean {
    if (this.#visited[node] === this.#searches) return false;
    this.#visited[node] = this.#searches;
    return true;
  }

  /** A node where the search begins. */
  #enter(node: number, score: number): void {
    if (!this.#visit(node)) return;
    this.#candidates.push(node, score);
    this.#results.push(node, score);
  }

  /** From where it was entered: keeps the `ef` best that it finds, of those that `counts`. */
  #searchLayer(query: number, layer: number, ef: number, counts: ((node: number) => boolean) | undefined): void {
    const [links, candidates, results] = [this.#links, this.#candidates, this.#results];
    while (candidates.size > 0) {
      const { top, topScore } = candidates;
      if (results.size >= ef && topScore < results.topScore) break;
      candidates.pop();
      this.#trail?.visits.push({ layer, node: top, score: topScore });
      const at = links.at(top, layer);
      const { numbers } = links;
      const end = at + (numbers[at] ?? 0);
      for (let place = at + 1; place <= end; place += 1) {
        const node = numbers[place] ?? 0;
        if (!this.#visit(node)) continue;
        const score = this.#rows.score(query, node);
        if (this.#trail !== undefined) this.#trail.looked += 1;
        if (results.size >= ef && !results.isBetterThanTop(node, score)) continue;
        candidates.push(node, score);
        if (counts !== undefined && !counts(node)) continue;
        results.push(node, score);
        if (results.size > ef) results.pop();
      }
    }
  }

  /** The search with a breadth of one, in the layers above: goes to a better neighbour as long as there is one. */
  #descend(query: number, from: number, fromScore: number, layer: number): [node: number, score: number] {
    const links = this.#links;
    let [nearest, score] = [from, fromScore];
    for (let moved = true; moved; ) {
      moved = false;
      this.#trail?.visits.push({ layer, node: nearest, score });
      const at = links.at(nearest, layer);
      const end = at + (links.numbers[at] ?? 0);
      for (let place = at + 1; place <= end; place += 1) {
        const node = links.numbers[place] ?? 0;
        const other = this.#rows.score(query, node);
        if (this.#trail !== undefined) this.#trail.looked += 1;
        if (other > score || (other === score && node < nearest)) {
          [nearest, score, moved] = [node, other, true];
        }
      }
    }
    return [nearest, score];
  }

  // Algorithm 5: K-NN-SEARCH.

  /** Whether `node` is the newest under its id. */
  isNewest(node: number): boolean {
    return this.#newest.get(this.insertion(node).item.id) === node;
  }

  /** The same search, and the way that it takes. */
  trace(query: Embedding, ef: number, counts: (item: Item) => boolean): GraphAnswer & { readonly trail: Trail } {
    const trail: Trail = { visits: [], looked: this.size === 0 ? 0 : 1 };
    this.#trail = trail;
    const answer = this.search(query, ef, counts);
    this.#trail = undefined;
    return { ...answer, trail };
  }

  /** The nodes nearest to `query` that a search of breadth `ef` finds among those that `counts`, best first. */
  search(query: Embedding, ef: number, counts: (item: Item) => boolean): GraphAnswer {
    if (this.#entry === NONE) return { nodes: [] };
    this.#rows.write(QUERY, query);
    let [nearest, score] = [this.#entry, this.#rows.score(QUERY, this.#entry)];
    for (let layer = this.#links.levelOf(nearest); layer > 0; layer -= 1) {
      [nearest, score] = this.#descend(QUERY, nearest, score, layer);
    }
    this.#begin();
    this.#visit(nearest);
    this.#candidates.push(nearest, score);
    const isLiving = (node: number) => this.isNewest(node) && counts(this.insertion(node).item);
    if (isLiving(nearest)) this.#results.push(nearest, score);
    this.#searchLayer(QUERY, 0, ef, isLiving);
    const nodes: { readonly node: number; readonly score: number }[] = [];
    for (; this.#results.size > 0; this.#results.pop()) {
      nodes.push({ node: this.#results.top, score: this.#results.topScore });
    }
    return { nodes: nodes.reverse() };
  }
}
