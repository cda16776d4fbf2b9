/** How fast a search is, in Node or in a browser's worker: the same code, so that the two can be compared. */
import { present } from "../../../src/base/assert.ts";
import { simdKernels } from "../../../src/host/kernel.ts";
import type { Item } from "../../../src/model/protocol/item.ts";
import { type KernelMaker, scalarKernel } from "../../../src/model/vector/kernel.ts";
import { ItemMatrix } from "../../../src/model/vector/matrix.ts";
import { embeddings, itemWith } from "../../support/vectors.ts";
import { type TutorialItem, tutorialSearch } from "./tutorial.ts";

/** What is searched; `reader` is read.wat, assembled, in base64. */
export interface SearchOrder {
  readonly rows: number;
  readonly dimension: number;
  readonly reader: string;
  readonly runs: number;
}

/** Of one run. */
export interface SearchPace {
  /** Queries a second. */
  readonly tutorial: number;
  readonly scalar: number;
  readonly simd: number;
  /** Queries a second of a search that computes the score of every row. */
  readonly every: number;
  /** Rows of which a search computed the score, and 10^6 bytes that it read for that and for passing over the others. */
  readonly scored: number;
  readonly read: number;
  /** 10^9 bytes a second: what the search with SIMD read, and what a bare read of as many bytes gets. */
  readonly searched: number;
  readonly readable: number;
}

const K = 10;
const QUERIES = 16;

// Long enough that what a slice finds in the cache is its own.
const SLICE = 120;
const SLICES = 5;

/** Does one thing again and again, a slice of time at a time. */
class Repeated {
  readonly #work: (turn: number) => void;
  #turns = 0;
  #spent = 0;

  constructor(work: (turn: number) => void) {
    this.#work = work;
  }

  /** Goes on for at least a slice. */
  slice(): void {
    const [start, before] = [performance.now(), this.#spent];
    while (this.#spent < before + SLICE) {
      this.#work(this.#turns);
      this.#turns += 1;
      this.#spent = before + performance.now() - start;
    }
  }

  /** Turns a second. */
  get rate(): number {
    return (this.#turns * 1_000) / this.#spent;
  }
}

/** Reads `length` bytes once. */
function readerOf(code: string, length: number): () => void {
  const bytes = Uint8Array.from(atob(code), (letter) => letter.charCodeAt(0));
  const { memory, read } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  if (!(memory instanceof WebAssembly.Memory) || typeof read !== "function") throw new TypeError("This is no reader.");
  memory.grow(Math.ceil(length / 65_536));
  // Pages that nobody has written are all the same page.
  new Uint32Array(memory.buffer).fill(1);
  return () => read(0, length);
}

interface Contents {
  readonly items: readonly Item[];
  readonly tutorialItems: readonly TutorialItem[];
  readonly queries: readonly Item[];
  readonly tutorialQueries: readonly (readonly number[])[];
}

function contents({ rows, dimension }: SearchOrder): Contents {
  const all = embeddings(rows, dimension, rows + QUERIES).map((embedding, at) => itemWith(`item-${at}`, embedding));
  const items = all.slice(QUERIES);
  const queries = all.slice(0, QUERIES);
  const tutorialItems = items.map(({ id, embedding }) => ({ id, embedding: Array.from(embedding.values) }));
  const tutorialQueries = queries.map(({ embedding }) => Array.from(embedding.values));
  return { items, tutorialItems, queries, tutorialQueries };
}

/** Both must find the same, or there is nothing to compare. */
function expectAlike({ tutorialItems, queries, tutorialQueries }: Contents, matrix: ItemMatrix): void {
  const [query, tutorialQuery] = [present(queries[0], "a query"), present(tutorialQueries[0], "a query")];
  const ours = matrix.nearest(query.embedding, K).map(({ item }) => item.id);
  const theirs = tutorialSearch(tutorialItems, tutorialQuery, K).map(({ id }) => id);
  if (ours.join() !== theirs.join()) throw new Error(`found ${ours.join()}, the tutorial's search ${theirs.join()}`);
}

/** What a search reads, on average of all queries. */
function readBy(matrix: ItemMatrix, { queries }: Contents, stride: number, rows: number) {
  // The first searches of a matrix code its rows.
  for (let turn = 0; turn < 2; turn += 1) for (const { embedding } of queries) matrix.nearest(embedding, K);
  let scored = 0;
  for (const { embedding } of queries) {
    matrix.nearest(embedding, K);
    scored += matrix.scored / queries.length;
  }
  // A row in bytes has two numbers of four bytes beside it.
  const passed = scored < rows ? rows * (stride + 8) : 0;
  return { scored, bytes: passed + scored * stride * 4 };
}

/** Measures everything in turns, a slice each, so that all meet the same machine, however busy it is. */
export function measureSearch(order: SearchOrder): readonly SearchPace[] {
  const all = contents(order);
  const simdKernel: KernelMaker = present(simdKernels(), "an engine with SIMD");
  const [simd, scalar] = [new ItemMatrix(simdKernel(), all.items), new ItemMatrix(scalarKernel(), all.items)];
  const plain = new ItemMatrix(simdKernel(), all.items, Number.POSITIVE_INFINITY);
  expectAlike(all, simd);
  const search = (matrix: ItemMatrix) => (turn: number) =>
    matrix.nearest(present(all.queries[turn % QUERIES], "a query").embedding, K);
  const tutorial = (turn: number) =>
    tutorialSearch(all.tutorialItems, present(all.tutorialQueries[turn % QUERIES], "a query"), K);
  const { scored, bytes } = readBy(simd, all, Math.ceil(order.dimension / 16) * 16, order.rows);
  const read = readerOf(order.reader, Math.ceil(bytes / 64) * 64);
  const run = (): SearchPace => {
    const works = [tutorial, search(scalar), search(simd), search(plain), read].map((work) => new Repeated(work));
    for (let slice = 0; slice < SLICES; slice += 1) for (const work of works) work.slice();
    const [ofTutorial = 0, ofScalar = 0, ofSimd = 0, every = 0, ofRead = 0] = works.map(({ rate }) => rate);
    const gigabytes = bytes / 1e9;
    const rates = { tutorial: ofTutorial, scalar: ofScalar, simd: ofSimd, every };
    return { ...rates, scored, read: bytes / 1e6, searched: ofSimd * gigabytes, readable: ofRead * gigabytes };
  };
  // The engine compiles what it sees often.
  run();
  return Array.from({ length: order.runs }, run);
}
