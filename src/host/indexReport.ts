/** How good approximate indexes are: the same questions put to every replica, and to exact search over the same items. */
import type { ReplicaId } from "../base/ids.ts";
import type { ClusterState, Member } from "../model/cluster/state.ts";
import type { IndexReport } from "../model/protocol/searchIndex.ts";
import type { HostedRun } from "./hostedRun.ts";
import type { Examined } from "./indexes.ts";

/** Questions of a report: spread over the data set, as many as the continuous probe asks. */
const QUESTIONS = 32;
/** Neighbours that each asks for. */
const NEIGHBOURS = 10;

/** At most so many states of items that the data set begins with, evenly spread over it. */
function questionsOf({ catalogue }: ClusterState["workload"]): readonly Float32Array[] {
  const count = Math.min(QUESTIONS, catalogue.length);
  return Array.from({ length: count }, (_, at) => {
    const item = catalogue[Math.floor((at * catalogue.length) / count)];
    return item?.drafts[0]?.embedding.values;
  }).filter((values) => values !== undefined);
}

/** The largest group of running replicas whose stores have one digest; of equal groups the first. */
function converged(members: readonly Member[]): readonly Member[] {
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    const { low, high } = member.status.digest;
    const key = `${high}:${low}`;
    groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  return [...groups.values()].reduce((largest, group) => (group.length > largest.length ? group : largest), []);
}

/** The share of questions to which not all answer the same. */
function differing(answers: readonly Examined["answers"][], questions: number): number {
  let count = 0;
  for (let at = 0; at < questions; at += 1) {
    if (new Set(answers.map((of) => of[at]?.join("\n"))).size > 1) count += 1;
  }
  return questions === 0 ? 0 : count / questions;
}

/** Examines every running replica of `run`. */
export async function indexReportOf(run: HostedRun): Promise<IndexReport> {
  const { state } = run;
  const queries = questionsOf(state.workload);
  const alive = state.members.filter((member) => member.alive);
  const examined = new Map<ReplicaId, Examined>();
  const ask = async ({ id }: Member) => examined.set(id, await run.examine(id, { queries, k: NEIGHBOURS }));
  await Promise.all(alive.map(ask));
  const alike = converged(alive);
  const answers = alike.map(({ id }) => examined.get(id)?.answers ?? []);
  return {
    at: state.now,
    k: NEIGHBOURS,
    queries: queries.length,
    replicas: state.members.map(({ id, alive: isAlive }) => ({
      replicaId: id,
      alive: isAlive,
      index: examined.get(id)?.standing,
      recall: examined.get(id)?.recall,
    })),
    converged:
      alike.length < 2
        ? undefined
        : { replicas: alike.map(({ id }) => id), differing: differing(answers, queries.length) },
  };
}
