/** The approximate index against exact search: recall, queries a second and the time to build, in Node. */
import { rngStream } from "../../src/base/rng.ts";
import { simdKernels } from "../../src/host/kernel.ts";
import type { Item } from "../../src/model/protocol/item.ts";
import { Graph } from "../../src/model/vector/hnsw.ts";
import { newJournal } from "../../src/model/vector/journal.ts";
import { scalarKernel } from "../../src/model/vector/kernel.ts";
import { ItemMatrix } from "../../src/model/vector/matrix.ts";
import { clusteredItems, itemsOf } from "../support/clusters.ts";
import { embeddings } from "../support/vectors.ts";
import { calibrate, type Figure } from "./measure.ts";

const RUNS = 3;
const ROWS = 10_000;
const DIMENSION = 128;
const QUERIES = 200;
const K = 10;
const EF = 64;
const SHAPE = { m: 16, efConstruction: 128 } as const;

/** Of one run. */
interface Pace {
  readonly recall: number;
  readonly approximate: number;
  readonly exact: number;
  readonly buildSeconds: number;
}

/** Turns of `work` over all queries a second. */
function rate(queries: readonly Item[], work: (query: Item) => void): number {
  const rounds = 10;
  const start = performance.now();
  for (let round = 0; round < rounds; round += 1) for (const query of queries) work(query);
  return (rounds * queries.length * 1_000) / (performance.now() - start);
}

function measure(items: readonly Item[], queries: readonly Item[], seed: number): Pace {
  const kernels = simdKernels() ?? scalarKernel;
  const { insertions } = newJournal(items, rngStream(seed, 1));
  const graph = new Graph(kernels(), DIMENSION, SHAPE);
  const start = performance.now();
  graph.follow(insertions, Number.POSITIVE_INFINITY);
  const buildSeconds = (performance.now() - start) / 1_000;
  const matrix = new ItemMatrix(kernels(), items);
  const found = ({ embedding }: Item) =>
    graph
      .search(embedding, EF, () => true)
      .nodes.slice(0, K)
      .map(({ node }) => graph.insertion(node).item.id);
  let hits = 0;
  for (const query of queries) {
    const truth = new Set(matrix.nearest(query.embedding, K).map(({ item }) => item.id));
    hits += found(query).filter((id) => truth.has(id)).length;
  }
  return {
    recall: hits / (K * queries.length),
    approximate: rate(queries, found),
    exact: rate(queries, ({ embedding }) => matrix.nearest(embedding, K)),
    buildSeconds,
  };
}

function figures(name: string, recallTarget: string, all: readonly Item[]): Figure[] {
  const [queries, items] = [all.slice(0, QUERIES), all.slice(QUERIES)];
  const calibration = [calibrate()];
  const paces = Array.from({ length: RUNS }, (_, run) => measure(items, queries, run + 1));
  const figure = (what: string, unit: string, target: string, of: (pace: Pace) => number): Figure => ({
    what: `HNSW, ${ROWS.toLocaleString("en")} x ${DIMENSION}, ${name}, M ${SHAPE.m}, efConstruction ${SHAPE.efConstruction}, ef ${EF}${what}`,
    unit,
    runs: paces.map(of),
    calibration,
    target,
  });
  return [
    figure(`, recall@${K}`, "%", recallTarget, ({ recall }) => 100 * recall),
    figure("", "queries/s", "", ({ approximate }) => approximate),
    figure(", over exact search", "times", "", ({ approximate, exact }) => approximate / exact),
    figure(", build", "s", "", ({ buildSeconds }) => buildSeconds),
  ];
}

/** Data in a hundred clusters, and data without any. */
export async function hnsw(): Promise<readonly Figure[]> {
  return [
    ...figures("100 clusters", ">= 99 %", clusteredItems(5, DIMENSION, ROWS + QUERIES)),
    ...figures("uniform random", "about 60 %", itemsOf(embeddings(5, DIMENSION, ROWS + QUERIES))),
  ];
}
