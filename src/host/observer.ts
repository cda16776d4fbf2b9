/** The observer's question: every replica's store and the truth, side by side. It touches nothing of the run. */
import { nearestOfTruth, trueItems } from "../model/cluster/acknowledged.ts";
import { trueMirrorOf } from "../model/cluster/mirror.ts";
import type { ClusterState, Member } from "../model/cluster/state.ts";
import type { JudgedNeighbour, ReplicaAnswer, SearchComparison } from "../model/protocol/frame.ts";
import { compareVersions, type Item } from "../model/protocol/item.ts";
import { embeddingOf, unitVector, vectorProblem } from "../model/vector/embedding.ts";
import type { HostedRun } from "./hostedRun.ts";
import { neighbourOf, type ObservedAnswer } from "./replicaHost.ts";

/** Neighbours that one search may ask for. */
export const MOST_NEIGHBOURS = 100;

/** A question that cannot be asked, in words for whoever asked it. */
export class QuestionError extends Error {
  override readonly name = "QuestionError";
}

/** Every item of the truth (acknowledged, not deleted), in order of id. */
export function itemsOfTruth(state: ClusterState): readonly Item[] {
  return [...trueItems(state.acknowledged)].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Whoever can ask a running replica's store. */
export type Stores = Pick<HostedRun, "answer">;

function truthOf(state: ClusterState, query: Float32Array, k: number): readonly JudgedNeighbour[] {
  return nearestOfTruth(state.acknowledged, embeddingOf(query), k).map(neighbourOf);
}

/** What of `truth` a replica holds as it should be, and does not answer. */
function unansweredBy(member: Member, truth: readonly JudgedNeighbour[], answer: ObservedAnswer): readonly string[] {
  const answered = new Set(answer.neighbours.map(({ id }) => id));
  const absent = truth.filter(({ id }) => !answered.has(id));
  const items = absent.length === 0 ? undefined : trueMirrorOf(member)?.items;
  return absent.flatMap(({ id, version }) => {
    const held = items?.get(id);
    return held !== undefined && compareVersions(held.version, version) === 0 ? [id] : [];
  });
}

interface Asking {
  readonly query: Float32Array;
  readonly k: number;
  readonly truth: readonly JudgedNeighbour[];
}

async function answerOf(stores: Stores, member: Member, { query, k, truth }: Asking): Promise<ReplicaAnswer> {
  const { id: replicaId, alive } = member;
  if (!alive) return { replicaId, alive, neighbours: [], vectorCount: 0 };
  const answer = await stores.answer(replicaId, query, k);
  const unanswered = unansweredBy(member, truth, answer);
  return { replicaId, alive, ...answer, ...(unanswered.length === 0 ? {} : { unanswered }) };
}

/** `values` at unit length. Throws {@link QuestionError} where nobody can be asked for `k` items near to them. */
export function checkedQuery(state: ClusterState, values: Float32Array, k: number): Float32Array {
  const dimension = state.workload.catalogue[0]?.drafts[0]?.embedding.values.length ?? values.length;
  const problem = vectorProblem(values, dimension);
  if (problem !== undefined) throw new QuestionError(problem);
  if (!Number.isInteger(k) || k < 1 || k > MOST_NEIGHBOURS) {
    throw new QuestionError(`A search asks for 1 to ${MOST_NEIGHBOURS} items, not ${k}.`);
  }
  return unitVector(values);
}

/** Asks every replica for the `k` items nearest to `values`. Throws {@link QuestionError} when that makes no sense. */
export async function compareSearch(
  state: ClusterState,
  stores: Stores,
  values: Float32Array,
  k: number,
): Promise<SearchComparison> {
  const query = checkedQuery(state, values, k);
  const truth = truthOf(state, query, k);
  const answers = await Promise.all(state.members.map((member) => answerOf(stores, member, { query, k, truth })));
  const ids = new Set([truth, ...answers.map((answer) => answer.neighbours)].flat().map(({ id }) => id));
  const standing = [...ids].flatMap((id) => {
    const known = state.acknowledged.truth.get(id);
    if (known === undefined) return [];
    const { version, item, write } = known;
    return [{ id, version, deleted: item === undefined, lost: write?.lost ?? false }];
  });
  return { at: state.now, k, truth, answers, standing };
}
