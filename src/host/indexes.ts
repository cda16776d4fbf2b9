/** Search indexes where the machines are: built ahead in slices, examined, and asked for their way. Nothing of a run changes. */
import type { SearchIndexConfig } from "../model/protocol/config.ts";
import type { Embedding } from "../model/protocol/item.ts";
import type { IndexProgress, IndexStanding, SearchPath } from "../model/protocol/searchIndex.ts";
import { advanceIndex, indexStanding, searchExactly, searchPath, searchStore } from "../model/replica/searchIndex.ts";
import type { ReplicaState } from "../model/replica/state.ts";
import { embeddingOf } from "../model/vector/embedding.ts";
import type { WallClock } from "./wallClock.ts";

/** Insertions between two looks at the clock. */
const INSERTIONS_PER_LOOK = 16;

/** How far to build an index, and which: the one in force, unless it is one that is about to be set. */
export interface IndexOrder {
  /** Wall milliseconds. */
  readonly budget: number;
  readonly ahead: SearchIndexConfig | undefined;
}

/** What one replica answers to an examination. */
export interface Examined {
  readonly standing: IndexStanding | undefined;
  /** The ids that it answers to each question, best first. */
  readonly answers: readonly (readonly string[])[];
  /** The mean share of the exact nearest among them; undefined where it holds nothing. */
  readonly recall: number | undefined;
}

/** Questions for one replica: it is observed, or one of its searches is. */
export interface IndexQuestion {
  readonly queries: readonly Float32Array[];
  readonly k: number;
}

/** Builds for a slice of time. */
export function buildIndex(state: ReplicaState, { budget, ahead }: IndexOrder, clock: WallClock): IndexProgress {
  const until = clock.now() + budget;
  for (;;) {
    const progress = advanceIndex(state, INSERTIONS_PER_LOOK, ahead);
    if (progress.done === progress.total || clock.now() >= until) return progress;
  }
}

/** What an exact search answers over one content of a store: the index's numbers change more often than the items. */
interface Exact {
  readonly content: string;
  readonly answers: readonly ReadonlySet<string>[];
}

const exactly = new WeakMap<ReplicaState, Exact>();

function exactAnswers(state: ReplicaState, queries: readonly Embedding[], k: number): Exact["answers"] {
  const { high, low } = state.store.digest;
  const content = [k, high, low, ...queries.flatMap(({ digestHigh, digestLow }) => [digestHigh, digestLow])].join(" ");
  const known = exactly.get(state);
  if (known?.content === content) return known.answers;
  const answers = queries.map((query) => new Set(searchExactly(state, query, k).map(({ item }) => item.id)));
  exactly.set(state, { content, answers });
  return answers;
}

/** Puts every question to the index, unless it is to search exactly, and to exact search over the same items. */
export function examine(state: ReplicaState, { queries, k }: IndexQuestion, searchesExactly: boolean): Examined {
  const search = searchesExactly ? searchExactly : searchStore;
  const answers: (readonly string[])[] = [];
  let [found, sought] = [0, 0];
  const asked = queries.map(embeddingOf);
  const exact = exactAnswers(state, asked, k);
  for (const [at, query] of asked.entries()) {
    const ids = search(state, query, k).map(({ item }) => item.id);
    const wanted = exact[at] ?? new Set();
    answers.push(ids);
    found += ids.filter((id) => wanted.has(id)).length;
    sought += wanted.size;
  }
  const standing = searchesExactly ? undefined : indexStanding(state);
  return { standing, answers, recall: sought === 0 ? undefined : found / sought };
}

/** The way of the first of the questions. */
export function pathThrough(state: ReplicaState, { queries: [query], k }: IndexQuestion): SearchPath | undefined {
  return query === undefined ? undefined : searchPath(state, embeddingOf(query), k);
}
